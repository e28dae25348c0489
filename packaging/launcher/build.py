"""Compiles the launcher twice, with mingw-w64: `Pelita.exe` (a window) and `pelita-cmd.exe` (a terminal). Same input, same bytes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
_FOR_WINDOWS = "x86_64-w64-mingw32-"
"""What Debian writes before the names of mingw-w64's tools. On Windows some distributions do, for some of them, others don't."""
_FLAGS = "-std=c17 -Os -s -municode -Wall -Wextra -Werror -fno-ident -Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va".split()
_LIBRARIES = ["-lshell32", "-luser32"]
_PROGRAMS = (
    ("Pelita.exe", "Pelita", ["-mwindows"]),
    ("pelita-cmd.exe", "Pelita (command line)", ["-mconsole", "-DTERMINAL"]),
)


def tool(name: str, *, on_windows: bool = os.name == "nt") -> str:
    """Where mingw-w64's `name` (gcc, windres) lies: with its long name, else, on Windows only, with the short one.

    On Linux the short name is the compiler for Linux. Raises FileNotFoundError when there is none.
    """
    names = [_FOR_WINDOWS + name, *([name] if on_windows else [])]
    for one in names:
        found = shutil.which(one)
        if found:
            return found
    raise FileNotFoundError(f"mingw-w64 is not installed: {' or '.join(names)}")


def build(out: Path, version: str, icon: Path) -> list[Path]:
    """Compile both into the folder `out`, with version (like "0.5.0") and icon (an .ico file); where they lie.

    Raises `subprocess.CalledProcessError` when the compiler complains and FileNotFoundError when mingw-w64 isn't installed.
    """
    numbers = [*re.findall(r"\d+", version)[:4], "0", "0", "0", "0"][:4]
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        work = Path(folder)
        manifest = work / "pelita.manifest"
        manifest.write_text(_filled("pelita.manifest", NUMBERS=".".join(numbers)), encoding="utf-8")
        return [
            _compiled(out / name, words, flags, work, version, numbers, icon)
            for name, words, flags in _PROGRAMS
        ]


def _filled(template: str, **words: str) -> str:
    text = (HERE / template).read_text(encoding="utf-8")
    for key, word in words.items():
        text = text.replace(f"@{key}@", word)
    return text


def _compiled(
    target: Path, description: str, flags: list[str], work: Path, version: str, numbers: list[str], icon: Path
) -> Path:
    script, resource = work / f"{target.stem}.rc", work / f"{target.stem}.o"
    script.write_text(
        _filled(
            "pelita.rc",
            ICON=icon.resolve().as_posix(),
            MANIFEST="pelita.manifest",
            COMMAS=",".join(numbers),
            VERSION=version,
            NAME=target.name,
            DESCRIPTION=description,
        ),
        encoding="utf-8",
    )
    quiet = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    compiler = tool("gcc")
    subprocess.run([tool("windres"), script.name, resource.name], check=True, cwd=work, env=quiet)
    source = [str(HERE / "launcher.c"), resource.name]
    command = [compiler, *_FLAGS, *flags, *source, *_LIBRARIES, "-o", str(target.resolve())]
    subprocess.run(command, check=True, cwd=work, env=quiet)
    return target
