"""The installer as the office's IT person meets it: silent, with exit codes; what it writes, what it refuses, what it leaves."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.windows.conftest import OLDER, ROOT, Built
from tests.windows.test_using_it import close
from tests.windows.wine.prefix import Prefix
from tests.windows.wine.screen import Screen, wait_for

TOO_OLD, NO_ROOM, NO_MEMORY, RUNNING = 3, 5, 6, 7
KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Pelita"


@pytest.fixture
def packer(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module of packaging/ that makes installers."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    yield importlib.import_module("windows.installer")
    for name in [one for one in sys.modules if one == "windows" or one.startswith("windows.")]:
        del sys.modules[name]


def files(folder: Path) -> set[str]:
    """Every file and folder below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def line(file: Path) -> str:
    """A file of one line."""
    return file.read_text(encoding="utf-8").strip()


def made_data(prefix: Prefix) -> Path:
    """An office with a few records, made by the installed command line; its folder."""
    cmd = prefix.program / "pelita-cmd.exe"
    for words in (
        ["init", "--site", "18.72.01", "--role", "office"],
        ["demo", "--records", "30", "--seed", "7"],
    ):
        code, said = prefix.run(cmd, *words)
        assert code == 0, said
    prefix.wait_for_end()
    return prefix.local / "Pelita"


def repairs(prefix: Prefix) -> str:
    """The list of repairs as the command line prints it."""
    code, said = prefix.run(prefix.program / "pelita-cmd.exe", "list", "streetlight_repair")
    assert code == 0, said
    return said


def test_a_silent_installation_is_complete(installed: Prefix, built: Built):
    program = installed.program
    packed = files(built.program)
    assert files(program) == packed | {"uninstall.exe"}
    differing = {
        name
        for name in packed
        if (built.program / name).is_file()
        and (program / name).read_bytes() != (built.program / name).read_bytes()
    }
    assert differing == set()
    assert line(program / "active.txt") == built.version
    start_menu = installed.home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    assert (start_menu / "Pelita.lnk").is_file()
    assert not list(installed.home.glob("Desktop/*.lnk"))
    assert installed.registry(KEY, "DisplayVersion") == built.version
    exe = installed.windows_path(program / "Pelita.exe")
    kind = installed.registry(r"HKCU\Software\Classes\.pelita")
    assert installed.registry(rf"HKCU\Software\Classes\{kind}\shell\open\command") == f'"{exe}" "%1"'


def test_an_icon_on_the_desktop_is_made_when_asked_for(windows: Prefix, built: Built):
    code, said = windows.run(built.setup, "/S", "/DESKTOP")
    assert code == 0, said
    wait_for("the icon", lambda: list(windows.home.rglob("Desktop/Pelita.lnk")))


def test_an_old_windows_is_refused_before_anything_is_written(windows: Prefix, built: Built):
    windows.set_registry("HKCU\\Software\\Wine", "Version", "win7")
    before = files(windows.home)
    assert windows.run(built.setup, "/S")[0] == TOO_OLD
    assert files(windows.home) == before


@pytest.mark.parametrize(
    ("needs", "code"),
    [({"need_kb": 2_000_000_000}, NO_ROOM), ({"need_memory_kb": 2_000_000_000}, NO_MEMORY), ({}, 0)],
)
def test_a_pc_that_does_not_qualify_is_refused(
    packer: ModuleType, windows: Prefix, tmp_path: Path, needs, code
):
    layout = packer.Layout(tmp_path / "small", "1.2.3")
    layout.runtime.mkdir(parents=True)
    (layout.runtime / "file").write_text("x", encoding="utf-8")
    icon = ROOT / "packaging" / "windows" / "pelita.ico"
    setup = packer.make(layout, tmp_path, icon, quick=True, **needs)
    assert windows.run(setup, "/S", "/CHECK")[0] == code
    assert not windows.program.exists(), "it only looked"
    assert windows.run(setup, "/S")[0] == code
    assert windows.program.exists() == (code == 0)


def test_neither_installing_nor_removing_while_the_program_runs(
    installed: Prefix, built: Built, display: Screen
):
    made_data(installed)
    running = installed.start(installed.program / "Pelita.exe")
    display.wait_for_title("Pelita")
    display.settle()
    before = files(installed.program)
    assert installed.run(built.setup, "/S")[0] == RUNNING
    home = installed.windows_path(installed.program)
    assert installed.run(installed.program / "uninstall.exe", "/S", f"_?={home}")[0] == RUNNING
    written = {
        f"versions/{built.version}/proven",
        "versions/pelita.lock",
    }  # by the program, once it has settled
    assert files(installed.program) - written == before - written
    close(display, running)


def test_a_newer_version_takes_over_the_data_and_proves_itself(
    windows: Prefix, older: Built, built: Built, display: Screen
):
    assert windows.run(older.setup, "/S")[0] == 0
    data = made_data(windows)
    said = repairs(windows)
    assert windows.run(windows.program / "pelita-cmd.exe", "--version")[1].strip().endswith(OLDER)
    windows.wait_for_end()

    assert windows.run(built.setup, "/S")[0] == 0
    windows.wait_for_end()
    program = windows.program
    assert (line(program / "active.txt"), line(program / "previous.txt")) == (built.version, OLDER)
    assert (program / "trial.txt").is_file()
    stale = files(program / "versions" / built.version) ^ files(built.folder)
    assert stale == set(), "nothing of the old version is among the new one's files"

    running = windows.start(program / "Pelita.exe")
    display.wait_for_title("Pelita")
    wait_for("the end of the trial", lambda: not (program / "trial.txt").exists())
    display.settle()
    close(display, running)
    assert repairs(windows) == said
    assert (data / "pelita.db").is_file()
    assert line(program / "active.txt") == built.version


def test_the_same_version_again_repairs_a_damaged_installation(installed: Prefix, built: Built):
    damaged = installed.program / "versions" / built.version / "app" / "desktop_app" / "__main__.py"
    damaged.unlink()
    stray = damaged.with_name("stray.py")
    stray.touch()
    assert installed.run(built.setup, "/S")[0] == 0
    installed.wait_for_end()
    assert damaged.is_file()
    assert not stray.exists()
    assert not (installed.program / "trial.txt").exists(), "there is nothing to go back to"


def test_removing_leaves_the_records_and_nothing_else(windows: Prefix, built: Built):
    before = files(windows.home)
    registry = (windows.folder / "user.reg").read_text(encoding="utf-8", errors="replace")
    assert "pelita" not in registry.lower()
    assert windows.run(built.setup, "/S", "/DESKTOP")[0] == 0
    data = made_data(windows)
    records = {file.name: file.read_bytes() for file in data.glob("*.db")}

    home = windows.windows_path(windows.program)
    assert windows.run(windows.program / "uninstall.exe", "/S", f"_?={home}")[0] == 0
    windows.wait_for_end()
    (windows.program / "uninstall.exe").unlink(
        missing_ok=True
    )  # `_?=` runs it where it is, so it can't remove itself
    if windows.program.is_dir():
        windows.program.rmdir()  # fails when anything else is left
    own = data.relative_to(windows.home).as_posix()
    left = files(windows.home) - before
    ours = {name for name in left if not name.startswith(own) and not name.startswith("AppData/Local/Temp")}
    assert ours - {"AppData/Local/Programs"} == set()
    assert {file.name: file.read_bytes() for file in data.glob("*.db")} == records
    registry = (windows.folder / "user.reg").read_text(encoding="utf-8", errors="replace")
    lines = [one for one in registry.splitlines() if "pelita" in one.lower() and "MenuOrder" not in one]
    assert lines == []


def test_no_rights_are_asked_for(built: Built):
    manifest = built.setup.read_bytes()
    assert b'level="asInvoker"' in manifest or b'level="highestAvailable"' not in manifest
    assert b"requireAdministrator" not in manifest
    assert os.access(built.setup, os.R_OK)
