"""The installer and the remover with the mouse: every page read, in both languages; nothing cut off, nothing in the other language."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.windows.conftest import Built
from tests.windows.test_installing import KEY, RUNNING, files, line, made_data
from tests.windows.test_using_it import close
from tests.windows.wine.dialogs import Control, Dialog, Dialogs
from tests.windows.wine.prefix import Prefix, ended
from tests.windows.wine.screen import Screen, wait_for

LANGUAGES = {
    "id": {
        "choice": "Bahasa Indonesia",
        "check": "PC ini memenuhi syarat",
        "enough": "cukup",
        "install": "Pasang",
        "cancel": "Batalkan",
        "stop": "Hentikan pemasangan?",
        "done": "Pelita ada di menu Start",
        "open": "Buka Pelita sekarang",
        "icon": "Buat ikon di desktop",
        "finish": "Selesai",
        "running": "Pelita sedang berjalan. Tutup dahulu jendelanya",
        "removes": "Pelita dihapus dari akun Anda",
        "remove": "Hapus",
        "removed": "Pelita sudah dihapus",
        "close": "Tutup",
    },
    "en": {
        "choice": "English",
        "check": "This PC qualifies",
        "enough": "enough",
        "install": "Install",
        "cancel": "Cancel",
        "stop": "Stop installing?",
        "done": "Pelita is in the Start menu",
        "open": "Open Pelita now",
        "icon": "Make an icon on the desktop",
        "finish": "Finish",
        "running": "Pelita is running. Close its window first",
        "removes": "Pelita is removed from your account",
        "remove": "Remove",
        "removed": "Pelita has been removed",
        "close": "Close",
    },
}
OTHERS = {
    "id": {
        "installed",
        "account",
        "the",
        "please",
        "next",
        "cancel",
        "finish",
        "enough",
        "memory",
        "records",
    },
    "en": {
        "dipasang",
        "akun",
        "lanjut",
        "mundur",
        "batalkan",
        "selesai",
        "perlu",
        "cukup",
        "memori",
        "untuk",
    },
}
"""Words of the other language, none of which may be read on a page. (Yes, No, Retry are Windows' own.)"""
WINDOWS_OWN = {"cancel"}
"""On the buttons of a question."""
SLACK = 3  # pixels


def cut_off(one: Control) -> bool:
    """Whether a label or a button is too small for its words."""
    wide, high = one.needs
    if one.kind not in {"Static", "Button"} or one.words.startswith("\uffff") or "\\" in one.words:
        return False
    return wide > one.width + SLACK or high > max(one.height, 17) + SLACK


class Clicks:
    """One person with a mouse, in one language."""

    def __init__(self, prefix: Prefix, screen: Screen, folder: Path, language: str) -> None:
        self.language, self.says = language, LANGUAGES[language]
        self.dialogs, self.screen, self.folder = Dialogs(prefix, screen, folder), screen, folder

    def page(self, words: str) -> Dialog:
        """Wait for a page, keep its picture, and look whether all of it can be read, in this language."""
        page = self.dialogs.wait(self.says[words])
        self.picture(words)
        read = {word for said in page.said() for word in re.findall(r"\w+", said.lower())}
        assert read & OTHERS[self.language] <= WINDOWS_OWN
        if words not in {"stop", "running"}:  # Windows itself makes these as large as their words
            assert [one for one in page.controls if cut_off(one)] == []
        return page

    def click(self, words: str) -> None:
        self.dialogs.click(self.says[words])

    def language_chosen(self) -> None:
        """The first question, in both languages: Indonesian stands chosen."""
        asked = self.dialogs.wait("Pilih bahasa")
        assert any("Choose a language" in said for said in asked.said())
        [box] = [one for one in asked.controls if one.kind == "ComboBox"]
        assert box.words == LANGUAGES["id"]["choice"]
        self.picture("language")
        if self.says["choice"] != box.words:
            self.screen.click(*box.middle)
            self.screen.settle()
            self.screen.keys("Down", "Return")
            self.dialogs.wait(self.says["choice"])
        self.dialogs.click("OK")

    def picture(self, name: str) -> None:
        picture = self.screen.picture(self.folder / f"setup-{self.language}-{name}.png")
        if kept := os.environ.get("PELITA_WINDOWS_PICTURES"):
            Path(kept).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, Path(kept) / picture.name)


@pytest.mark.parametrize("language", ["id", "en"])
def test_installed_and_removed_with_the_mouse(
    windows: Prefix, built: Built, display: Screen, tmp_path: Path, language: str
):
    clicks = Clicks(windows, display, tmp_path, language)
    setup = windows.start(built.setup)
    clicks.language_chosen()
    said = clicks.page("check").said()
    assert said.count(clicks.says["enough"]) == 4
    assert windows.windows_path(windows.program) in said
    clicks.click("cancel")
    clicks.page("stop")
    clicks.dialogs.click("No")
    clicks.click("install")
    done = clicks.page("done")
    icon, opens = done.find(clicks.says["icon"]), done.find(clicks.says["open"])
    assert icon is not None
    assert opens is not None
    assert (icon.checked, opens.checked) == (False, True)
    clicks.click("icon")
    clicks.click("open")
    clicks.click("finish")
    ended(setup)
    assert setup.returncode == 0
    assert line(windows.program / "active.txt") == built.version
    wait_for("the icon", lambda: list(windows.home.rglob("Desktop/Pelita.lnk")))
    assert windows.registry(KEY, "DisplayVersion") == built.version
    data = made_data(windows)

    remover = windows.start(windows.program / "uninstall.exe")
    clicks.page("removes")
    clicks.click("remove")
    clicks.page("removed")
    clicks.click("close")
    ended(remover)
    wait_for("an empty place", lambda: not windows.program.exists())
    assert not list(windows.home.rglob("Desktop/Pelita.lnk"))
    assert (data / "pelita.db").is_file()


def test_it_refuses_in_a_sentence_while_the_program_runs(
    installed: Prefix, built: Built, display: Screen, tmp_path: Path
):
    made_data(installed)
    clicks = Clicks(installed, display, tmp_path, "id")
    running = installed.start(installed.program / "Pelita.exe")
    display.wait_for_title("Pelita")
    display.settle()
    before = files(installed.program)
    setup = installed.start(built.setup)
    clicks.language_chosen()
    clicks.page("running")
    clicks.dialogs.click("Retry")
    clicks.page("running")
    clicks.dialogs.click("Cancel")
    ended(setup)
    assert setup.returncode == RUNNING
    assert {name for name in files(installed.program) - before if "proven" not in name} <= {
        "versions/pelita.lock"
    }
    display.wait_for_title("Pelita")
    close(display, running)
