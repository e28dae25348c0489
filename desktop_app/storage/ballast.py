"""A file that takes up room so that there is some when the disk is full: SQLite can't even delete without writing first."""

from __future__ import annotations

import shutil
from pathlib import Path

FILE = "cadangan-ruang.bin"
SIZE = 4 * 1024 * 1024
_FREE_ENOUGH = 8 * SIZE


def put(folder: Path) -> bool:
    """Lay the ballast in, when there is room enough; whether it is there now."""
    file = folder / FILE
    if file.exists() and file.stat().st_size == SIZE:
        return True
    if shutil.disk_usage(folder).free < _FREE_ENOUGH:
        return False
    with file.open("wb") as out:
        out.write(bytes(SIZE))
    return True


def let_go(folder: Path) -> bool:
    """Give the room back; whether there was any to give."""
    file = folder / FILE
    if not file.exists():
        return False
    file.unlink()
    return True
