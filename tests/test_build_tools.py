"""Which of mingw-w64's tools the launcher is compiled with: Debian and the computers of GitHub Actions call them differently."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

LONG = "x86_64-w64-mingw32-windres"


@pytest.fixture
def maker() -> ModuleType:
    """`packaging/launcher/build.py`."""
    file = Path(__file__).resolve().parents[1] / "packaging" / "launcher" / "build.py"
    spec = importlib.util.spec_from_file_location("launcher_tools", file)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize(
    ("there", "on_windows", "taken"),
    [
        ([LONG], False, LONG),
        ([LONG, "windres"], True, LONG),
        (["windres"], True, "windres"),
        (["windres"], False, ""),
        ([], True, ""),
    ],
)
def test_the_long_name_and_on_windows_the_short_one(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there, on_windows, taken
):
    for name in there:
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    if taken:
        assert Path(maker.tool("windres", on_windows=on_windows)).name == taken
    else:
        with pytest.raises(FileNotFoundError, match="mingw-w64 is not installed"):
            maker.tool("windres", on_windows=on_windows)
