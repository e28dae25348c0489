"""The launcher by itself, under Wine: which version it runs, with which words, and what it does while a new one is on trial.

Instead of Python a small DLL of the same name notes what it is given and behaves as it is told: starts take a moment, and every way to fail is there.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.conftest import ROOT
from tests.windows.wine.prefix import Prefix

OLD, NEW = "1.0", "2.0"
STUB = Path(__file__).resolve().parent / "launcher" / "python313.c"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The launcher, compiled as the build does it, and the DLL that stands for Python."""
    folder = tmp_path_factory.mktemp("launcher")
    spec = importlib.util.spec_from_file_location(
        "launcher_build", ROOT / "packaging" / "launcher" / "build.py"
    )
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    icon = ROOT / "packaging" / "windows" / "pelita.ico"
    made = [maker.build(folder / name, "1.2.3", icon) for name in ("one", "two")]
    assert [one.read_bytes() for one in made[0]] == [two.read_bytes() for two in made[1]], (
        "not the same bytes"
    )
    library = folder / "python313.dll"
    flags = ["-shared", "-O2", "-s", "-Wall", "-Wextra", "-Werror"]
    subprocess.run(["x86_64-w64-mingw32-gcc", *flags, str(STUB), "-o", str(library)], check=True)
    return folder


class Folder:
    """A program folder in a Windows, with two versions."""

    def __init__(self, windows: Prefix, parts: Path) -> None:
        self.windows = windows
        self.path = windows.folder / "drive_c" / "Kantor Größe ✓" / "Pelita"
        self.path.mkdir(parents=True)
        for launcher in (parts / "one").iterdir():
            (self.path / launcher.name).write_bytes(launcher.read_bytes())
        for version in (OLD, NEW):
            runtime = self.path / "versions" / version / "runtime"
            runtime.mkdir(parents=True)
            (runtime / "python313.dll").write_bytes((parts / "python313.dll").read_bytes())
        self.behaves(OLD, "exit 5")
        self.write(active=NEW, previous=OLD)

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.path / f"{name}.txt").write_text(f"{text}\r\n")

    def behaves(self, version: str, how: str) -> None:
        (self.path / "versions" / version / "behave.txt").write_text(how)

    def run(self, *words: str, env: dict[str, str] | None = None) -> int:
        return self.windows.run(self.path / "pelita-cmd.exe", *words, env=env)[0]

    def told(self, version: str) -> list[str]:
        """The words that a version was started with, and at the end its surroundings."""
        file = self.path / "versions" / version / "told.txt"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def small(self, name: str) -> str | None:
        file = self.path / f"{name}.txt"
        return " ".join(file.read_text("utf-8").split()) if file.exists() else None


@pytest.fixture
def folder(windows: Prefix, parts: Path) -> Folder:
    return Folder(windows, parts)


def test_it_runs_the_active_version_with_the_words_as_they_are(folder: Folder) -> None:
    folder.behaves(NEW, "exit 7")
    words = ["a b", 'q"x', "c\\", "", "--größe=✓"]
    assert folder.run(*words) == 7
    assert folder.told(NEW) == ["-X", "utf8", "-B", "-m", "desktop_app", *words, "trial 0, code page 65001"]
    assert folder.told(OLD) == []


def test_it_runs_the_version_asked_for_in_a_rehearsal(folder: Folder) -> None:
    folder.write(trial="60")
    assert folder.run(env={"PELITA_RUN": OLD}) == 5
    assert folder.told(NEW) == []
    assert folder.small("active") == NEW
    (folder.path / "trial.txt").unlink()
    folder.behaves(NEW, "exit 7")
    assert folder.run(env={"PELITA_RUN": "..\\versions\\1.0"}) == 7, (
        "a name that leads elsewhere is no version"
    )


def test_a_version_that_proves_itself_stays(folder: Folder) -> None:
    folder.write(trial="600")
    folder.behaves(NEW, "prove 4")
    assert folder.run("x") == 4
    assert (folder.small("active"), folder.small("previous"), folder.small("trial")) == (NEW, OLD, None)
    assert folder.told(NEW)[-2:] == ["x", "trial 0, code page 65001"]


def test_a_version_that_ends_as_it_should_stays_on_trial(folder: Folder) -> None:
    folder.write(trial="600")
    folder.behaves(NEW, "ended 2")
    assert folder.run("--bogus") == 2
    assert (folder.small("active"), folder.small("trial")) == (NEW, "600")
    assert not list((folder.path / "versions" / NEW).glob("ended-*"))


@pytest.mark.parametrize(
    ("how", "why"),
    [("exit 3", "exit 3"), ("exit 0", "exit 0"), ("crash", "exit -1073741819"), ("hang", "hang")],
)
def test_a_version_that_fails_gives_way_to_the_one_before(folder: Folder, how: str, why: str) -> None:
    folder.write(trial="5")
    folder.behaves(NEW, how)
    assert folder.run("list", "crew") == 5, "the version before has run with the same words"
    assert folder.told(OLD)[-3:] == ["list", "crew", "trial 0, code page 65001"]
    assert folder.small("active") == OLD
    assert folder.small("went-back") == f"{NEW} {why}"
    assert folder.small("trial") is None
    assert folder.small("previous") is None
    assert folder.run() == 5
    assert len([word for word in folder.told(NEW) if word == "desktop_app"]) == 1, "it is not tried again"


def test_without_a_version_before_there_is_no_trial(folder: Folder) -> None:
    folder.write(trial="5", previous="0.1")
    folder.behaves(NEW, "exit 3")
    assert folder.run() == 3
    assert folder.small("active") == NEW


def test_what_is_missing_is_said_in_both_languages(folder: Folder) -> None:
    folder.write(active="3.0")
    code, said = folder.windows.run(folder.path / "pelita-cmd.exe")
    assert code == 9
    assert "Pelita di komputer ini tidak lengkap" in said
    assert "Pelita is not complete on this computer" in said
    assert "versions\\3.0" in said


if sys.platform == "win32":
    pytestmark = pytest.mark.skip(reason="mingw-w64 and Wine are needed")
