"""Which USB sticks are plugged in. Asked in a worker: a drive that is slow to answer shall not stop the window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStorageInfo

_REMOVABLE = 2  # GetDriveType: DRIVE_REMOVABLE
_MOUNTED_UNDER = ("/media", "/run/media", "/mnt/usb")


class Stick(NamedTuple):
    """One stick: where it is, what it is called, and how many bytes are free on it."""

    root: Path
    name: str
    free: int


def sticks() -> list[Stick]:
    """The sticks that can be written to, in the order of their letters."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and is_removable(root):
            found.append(Stick(Path(root), volume.displayName(), volume.bytesAvailable()))
    return sorted(found, key=lambda stick: str(stick.root))


def is_removable(root: str) -> bool:
    """Whether a volume is one that people carry about."""
    if os.name != "nt":
        return any(root.startswith(f"{folder}/") for folder in _MOUNTED_UNDER)
    import ctypes

    drive = root.replace("/", "\\").rstrip("\\") + "\\"
    return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOVABLE)  # type: ignore[attr-defined,unused-ignore]
