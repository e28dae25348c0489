"""How Windows starts the program: with a package that was double-clicked; and how the program starts itself again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from desktop_app import __main__, bootstrap
from desktop_app.cli.main import Opened, Window, run
from desktop_app.services import installed
from tests.programs import Programs


def asked(words: list[str]) -> Window | None:
    """What is asked of the window by these words; None when no window was asked for."""
    windows: list[Window] = []

    def window(asked: Window) -> int:
        windows.append(asked)
        return 0

    opened = Opened(
        bootstrap.default_place, bootstrap.server_place, bootstrap.open_context, bootstrap.log_file
    )
    run(words, opened, window)
    return windows[0] if windows else None


def test_packages_are_for_the_window(tmp_path: Path) -> None:
    files = [tmp_path / "18.72_1 (1).pelita", tmp_path / "A.PELITA.ZIP"]
    window = asked(["--data-dir", str(tmp_path), *map(str, files)])
    assert window is not None
    assert window.files == tuple(files)
    assert window.folder == tmp_path


def test_packages_of_a_command_are_the_command_s(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(["--data-dir", str(tmp_path / "none"), "receive", str(tmp_path / "x.pelita")]) is None
    assert "x.pelita" in capsys.readouterr().out
    with pytest.raises(SystemExit) as wrong:
        asked(["receive", "x.pelita", "--bogus", "y.pelita"])
    assert wrong.value.code == 2


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    made = Programs(tmp_path / "program")
    monkeypatch.setattr(installed, "here", lambda: made.installed)
    return made


def test_the_program_begins_again_without_the_packages(
    program: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    program.installed.launcher.write_text(f'#!/bin/sh\necho "$@" > {told}.part && mv {told}.part {told}\n')
    monkeypatch.setattr(__main__, "_window", lambda _window: installed.START_ANEW)
    started: list[subprocess.Popen] = []
    monkeypatch.setattr("subprocess.Popen", _noting(started))
    assert __main__.main(["--data-dir", str(tmp_path), str(tmp_path / "pelita-9.1.0.pelita")]) == 0
    [process] = started
    assert process.wait() == 0
    assert told.read_text().split() == ["--data-dir", str(tmp_path)]


def _noting(started: list[subprocess.Popen]) -> type:
    """The real Popen, so that the test can wait for what was started."""

    class Noting(subprocess.Popen):
        def __init__(self, *words, **how) -> None:
            super().__init__(*words, **how)
            started.append(self)

    return Noting
