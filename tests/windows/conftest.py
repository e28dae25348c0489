"""What is built and set up once for all tests of the Windows program: the installer, and a Windows with nothing on it.

`PELITA_WINDOWS_BUILD=DIR` keeps the build in DIR and takes it from there the next time; without it everything is made anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.windows.wine.prefix import Prefix
from tests.windows.wine.screen import Screen, screen

ROOT = Path(__file__).resolve().parents[2]
OLDER = "0.0.9"
"""The version of the build that is there before."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is here is `windows`, and waits as long as builds and Wine take."""
    here = Path(__file__).resolve().parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.windows)
            item.add_marker(pytest.mark.timeout(1500))


@dataclass(frozen=True)
class Built:
    """What one build has made."""

    version: str
    setup: Path
    out: Path
    program: Path

    @property
    def folder(self) -> Path:
        """The version's folder as it was packed."""
        return self.program / "versions" / self.version


def copy_of(folder: Path, target: Path) -> Path:
    """A copy of a prefix. Windows' own files, half a gigabyte that nobody writes to, are the same ones."""
    system = folder / "drive_c" / "windows"

    def one(source: str, copy: str) -> str:
        if Path(source).is_relative_to(system):
            os.link(source, copy)
            return copy
        return shutil.copy2(source, copy)

    shutil.copytree(folder, target, symlinks=True, copy_function=one)
    return target


def build(folder: Path, *words: str, version: str = "") -> Built:
    """Build the Windows program below `folder`, with the command that everybody uses."""
    out, work = folder / f"out-{version or 'own'}", folder / "work"
    done = out / "done"
    if not done.is_file():
        more = ["--version", version] if version else []
        command = [
            sys.executable,
            str(ROOT / "packaging" / "build.py"),
            "--out",
            str(out),
            "--work",
            str(work),
        ]
        answer = subprocess.run(
            [*command, *more, *words], capture_output=True, text=True, check=False, timeout=1400
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr
        done.touch()
    setup = next(out.glob("Pelita-*-setup.exe"))
    made = setup.name.removeprefix("Pelita-").removesuffix("-setup.exe")
    return Built(made, setup, out, work / f"program-{made}")


@pytest.fixture(scope="session")
def build_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the builds are made."""
    kept = os.environ.get("PELITA_WINDOWS_BUILD")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("windows-build")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def built(build_folder: Path) -> Built:
    """The program as it is published, from this checkout."""
    return build(build_folder)


@pytest.fixture(scope="session")
def older(build_folder: Path, built: Built) -> Built:
    """The same program under an older version, to be replaced."""
    return build(build_folder, "--quick", version=OLDER)


@pytest.fixture(scope="session")
def _display() -> Iterator[Screen]:
    with screen() as shown:
        yield shown


@pytest.fixture(scope="session")
def _new_windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("windows") / "prefix"
    prefix = Prefix(folder)
    prefix.make()
    return folder


@pytest.fixture
def windows(_new_windows: Path, _display: Screen, tmp_path: Path) -> Iterator[Prefix]:
    """A Windows on which nothing is installed yet, with a screen; what runs in it ends with the test."""
    folder = copy_of(_new_windows, tmp_path / "prefix")
    prefix = Prefix(folder, _display.display)
    yield prefix
    prefix.end()


@pytest.fixture
def display(_display: Screen) -> Screen:
    """The screen of that Windows."""
    return _display


@pytest.fixture(scope="session")
def _installed_windows(_new_windows: Path, built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_of(_new_windows, tmp_path_factory.mktemp("installed") / "prefix")
    prefix = Prefix(folder)
    code, said = prefix.run(built.setup, "/S")
    assert code == 0, said
    prefix.wait_for_end()
    return folder


@pytest.fixture
def installed(_installed_windows: Path, _display: Screen, tmp_path: Path) -> Iterator[Prefix]:
    """A Windows on which Pelita has been installed from the installer, and nothing more."""
    folder = copy_of(_installed_windows, tmp_path / "prefix")
    prefix = Prefix(folder, _display.display)
    yield prefix
    prefix.end()
