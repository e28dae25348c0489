"""How the window was left: columns, sort orders, sizes. Kept beside the data, lost without harm."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from pathlib import Path

from PySide6.QtCore import QSettings

FILE = "window.ini"


class Memory(MutableMapping[str, str]):
    """Texts by name, written to a file in the data folder when Qt finds time. A damaged file is an empty one."""

    def __init__(self, folder: Path) -> None:
        self._settings = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def __getitem__(self, key: str) -> str:
        found = self._settings.value(key)
        if not isinstance(found, str):
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, text: str) -> None:
        self._settings.setValue(key, text)

    def __delitem__(self, key: str) -> None:
        if not self._settings.contains(key):
            raise KeyError(key)
        self._settings.remove(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._settings.allKeys())

    def __len__(self) -> int:
        return len(self._settings.allKeys())
