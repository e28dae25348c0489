"""The installer: pelita.nsi, given a sorted list of files, compiled by NSIS."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

from windows.inputs import WrongInputError
from windows.layout import Layout

SCRIPT = Path(__file__).resolve().parent / "pelita.nsi"
LARGEST = 40_000_000
"""Bytes of the installer: what an office's connection and an e-mail still carry."""
SPARE_KB = 150_000  # beside the files themselves, so that the version before can stay
NEED_MEMORY_KB = 1_700_000  # what Windows reports of 2 GB, a little less for what the graphics take
NEED_BUILD = 17763  # Windows 10 1809, the oldest that this Qt runs on
UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Pelita"


def file_list(layout: Layout) -> str:
    """The `File` commands for a program folder, always in the same order; the version's folder is unpacked beside its place."""
    folders: dict[PurePosixPath, list[Path]] = {}
    for file in sorted(path for path in layout.program.rglob("*") if path.is_file()):
        inside = PurePosixPath(file.relative_to(layout.program).as_posix())
        if str(inside) != "active.txt":  # written last, by the installer itself
            folders.setdefault(inside.parent, []).append(file)
    lines = []
    for folder, files in folders.items():
        parts = list(folder.parts)
        if parts[:1] == ["versions"]:
            parts[1] += ".new"
        lines.append(f'SetOutPath "{PureWindowsPath("$INSTDIR", *parts)}"')
        lines += [f'File "{_escaped(str(file.resolve()))}"' for file in files]
    return "\n".join(lines) + "\n"


def _escaped(path: str) -> str:
    return path.replace("$", "$$")


def make(
    layout: Layout,
    out: Path,
    icon: Path,
    *,
    quick: bool = False,
    need_kb: int = 0,
    need_memory_kb: int = 0,
    need_build: int = 0,
) -> Path:
    """Write `Pelita-<version>-setup.exe` into `out`. For tests: `quick` packs less tightly, and what the PC must have can be raised.

    Raises `WrongInputError` when NSIS is missing or complains.
    """
    target = out / f"Pelita-{layout.version}-setup.exe"
    listed = layout.program.parent / f"{layout.program.name}-files.nsh"
    listed.write_text("\ufeff" + file_list(layout), encoding="utf-8", newline="\n")
    payload = sum(file.stat().st_size for file in layout.program.rglob("*") if file.is_file()) // 1024
    needed = need_kb or payload + SPARE_KB
    numbers = [*re.findall(r"\d+", layout.version)[:4], "0", "0", "0", "0"][:4]
    defines = {
        "VERSION": layout.version,
        "NUMBERS": ".".join(numbers),
        "OUTFILE": str(target.resolve()),
        "ICON": str(icon.resolve()),
        "TARGET": _target(),
        "COMPRESSOR": "zlib" if quick else "lzma",
        "FILES": str(listed.resolve()),
        "NEED_KB": str(needed),
        "NEED_MB": str(needed // 1024),
        "NEED_MEMORY_KB": str(need_memory_kb or NEED_MEMORY_KB),
        "NEED_BUILD": str(need_build or NEED_BUILD),
        "UNINSTALL_KEY": UNINSTALL_KEY,
    }
    dash = "/" if sys.platform == "win32" else "-"
    command = [
        "makensis",
        f"{dash}V2",
        f"{dash}INPUTCHARSET",
        "UTF8",
        *(f"{dash}D{k}={v}" for k, v in defines.items()),
        str(SCRIPT),
    ]
    answer = subprocess.run(command, cwd=SCRIPT.parent, capture_output=True, text=True, check=False)
    if answer.returncode or "warning" in (answer.stdout + answer.stderr).lower():
        raise WrongInputError(f"makensis:\n{answer.stdout[-4000:]}{answer.stderr[-4000:]}")
    return target


def _target() -> str:
    """A 64-bit installer where NSIS can make one (Debian's can); the 32-bit one runs on the same PCs, and refuses 32-bit Windows itself."""
    said = subprocess.run(
        ["makensis", "-HDRINFO" if sys.platform != "win32" else "/HDRINFO"],
        capture_output=True,
        text=True,
        check=False,
    )
    stubs = Path("/usr/share/nsis/Stubs/lzma_solid-amd64-unicode")
    return "amd64-unicode" if stubs.exists() or "amd64" in said.stdout else "x86-unicode"
