"""From one built version to the next under Wine: good updates with a migration, one that fails in the rehearsal, one that exits, one that hangs."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.programs import ADDS_A_COLUMN, RAISES, maker
from tests.windows.conftest import Built
from tests.windows.test_installing import KEY
from tests.windows.test_using_it import shown
from tests.windows.wine.prefix import LONG, Prefix, ended
from tests.windows.wine.screen import Screen, wait_for

NEW = "99.1.0"
EXITS = "\nraise SystemExit(3)\n"
"""At the end of `desktop_app/__init__.py`."""
HANGS = "\ndef prove() -> None:\n    import time\n    time.sleep(3600)\n"
"""At the end of `services/installed.py`: when the database is open, and upgraded."""
TRIAL = "90"
"""Seconds: enough for a start with a migration on a busy computer."""


def version(built: Built, folder: Path, step: str, module: str = "__init__", text: str = "") -> Path:
    """A later version made of the built one: a migration more, and some text at the end of a module."""
    target = folder / NEW
    shutil.copytree(built.folder, target)
    package = target / "app" / "desktop_app"
    for name, more in (("__init__", f'\n__version__ = "{NEW}"\n'), (module, text)):
        file = package / f"{name}.py"
        file.write_text(file.read_text("utf-8") + more, "utf-8")
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
            compiled.unlink()
    steps = target / "app" / "migrations" / "versions"
    last = max(steps.glob("[0-9]*.py")).name[:4]
    (steps / "9001_later.py").write_text(step.format(last=last), "utf-8")
    return target


class Office:
    """The installed program with some records."""

    def __init__(self, windows: Prefix) -> None:
        self.windows, self.program, self.data = windows, windows.program, windows.local / "Pelita"
        self.run("init", "--site", "18.72.01", "--role", "office")
        self.run("demo", "--records", "30", "--seed", "7")
        self.own = self.small("active")

    def run(self, *words: str, code: int = 0) -> str:
        got, said = self.windows.run(self.program / "pelita-cmd.exe", *words)
        assert got == code, said
        return said

    def small(self, name: str) -> str:
        file = self.program / f"{name}.txt"
        return " ".join(file.read_text("utf-8").split()) if file.exists() else ""

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        self.windows.wait_for_end()
        with closing(sqlite3.connect(self.data / "pelita.db")) as raw:
            made = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
            tables = [name for name, sql in made if sql and "CREATE TABLE" in sql and "_search" not in name]
            return {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}

    def on_trial(self, version: Path) -> None:
        """Let a version lie there as an update leaves it."""
        shutil.copytree(version, self.program / "versions" / version.name)
        for name, text in {"previous": self.own, "trial": TRIAL, "active": version.name}.items():
            (self.program / f"{name}.txt").write_text(f"{text}\n")


@pytest.fixture
def office(installed: Prefix) -> Office:
    return Office(installed)


def package(built: Built, folder: Path, step: str) -> Path:
    """An update package signed with the key that the build pinned."""
    key = built.program.parent / "throwaway-release.key"
    made: Path = maker().make(version(built, folder, step), folder, key, preset=0)
    return made


def test_a_good_update_with_a_migration(office: Office, built: Built, tmp_path: Path) -> None:
    """Received on the command line, begun in the window on a screen, proven there; nothing is lost."""
    before = office.rows()
    file = package(built, tmp_path, ADDS_A_COLUMN)
    said = office.run("--language", "en", "receive", office.windows.windows_path(file))
    assert f"Pelita {NEW} is ready" in said
    assert (office.small("active"), office.small("previous")) == (NEW, office.own)
    assert int(office.small("trial")) >= 180
    assert office.rows().keys() == before.keys()

    window = office.windows.start(office.program / "Pelita.exe")
    wait_for("the window of the new version", lambda: not (office.program / "trial.txt").exists())
    assert (office.program / "versions" / NEW / "proven").exists()
    office.windows.end()
    window.communicate(timeout=LONG)
    assert office.run("--version").strip() == NEW
    after = office.rows()
    assert after["alembic_version"] == [("9001",)]
    assert {row[-1] for row in after["crew"]} == {"terang"}
    assert [row[:-1] for row in after["crew"]] == before["crew"]
    assert after["streetlight_repair"] == before["streetlight_repair"]


def test_an_update_that_is_double_clicked_begins_when_wanted(
    office: Office, built: Built, display: Screen, tmp_path: Path
) -> None:
    """Taken in by the window, "Mulai lagi sekarang", and the new version stands there, also in Windows' list of programs."""
    assert office.windows.registry(KEY, "DisplayVersion") == office.own
    file = package(built, tmp_path, ADDS_A_COLUMN)
    old = office.windows.start(office.program / "Pelita.exe", office.windows.windows_path(file))
    display.wait_for_title("Versi baru siap")
    display.settle()
    shown(display, tmp_path, "update-ready")
    display.keys("Return")
    ended(old)
    wait_for("the proof", (office.program / "versions" / NEW / "proven").exists)
    wait_for("the end of the trial", lambda: not (office.program / "trial.txt").exists())
    display.wait_for_title("Pelita")
    display.settle()
    shown(display, tmp_path, "updated")
    wait_for("its version", lambda: office.windows.registry(KEY, "DisplayVersion") == NEW)
    display.wait_for_title("Pelita")
    display.keys("alt+F4")
    office.windows.wait_for_end()
    assert office.run("--version").strip() == NEW


def test_a_migration_that_raises_is_caught_in_the_rehearsal(
    office: Office, built: Built, tmp_path: Path
) -> None:
    before = office.rows()
    file = package(built, tmp_path, RAISES)
    said = office.run("--language", "en", "receive", office.windows.windows_path(file), code=1)
    assert "did not pass its rehearsal" in said
    assert (office.small("active"), office.small("trial"), office.small("previous")) == (office.own, "", "")
    assert [one.name for one in (office.program / "versions").iterdir() if one.is_dir()] == [office.own]
    assert office.rows() == before


@pytest.mark.parametrize(
    ("module", "text", "why"),
    [("__init__", EXITS, "exit 3"), ("services/installed", HANGS, "hang")],
    ids=["exits", "hangs"],
)
def test_a_version_that_fails_gives_way_to_the_old_one_with_its_data(
    office: Office, built: Built, tmp_path: Path, module: str, text: str, why: str
) -> None:
    before = office.rows()
    office.on_trial(version(built, tmp_path, ADDS_A_COLUMN, module, text))
    said = office.run("--language", "en", "check")
    assert f"The update to Pelita {NEW} failed" in said
    assert "All is well" in said
    assert office.small("active") == office.own
    assert office.small("went-back").startswith(f"{NEW} {why}")
    assert office.rows() == before
    upgraded = list(office.data.glob("pelita-lama-*.db"))
    assert bool(upgraded) is (why == "hang"), "the upgraded database is kept beside the one from before"
    assert office.run("--version").strip() == office.own
