"""How the window was left: columns, sort orders, sizes. Kept beside the data, lost without harm."""

from __future__ import annotations

import logging
from collections.abc import Iterator, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from weakref import WeakValueDictionary

_log = logging.getLogger(__name__)

FILE = "window.ini"


class _Kept:
    """What one file holds, shared by all who remember in it; written beside the window, which never waits for the disk."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.texts = _read(file)
        self.writing: Future[None] | None = None

    def write(self) -> None:
        lines = "".join(f"{key}={_escaped(text)}\n" for key, text in self.texts.items())
        self.writing = _writer.submit(self._write, lines)  # holds this: nobody reads the file anew meanwhile

    def _write(self, lines: str) -> None:
        part = self.file.with_name(f"{self.file.name}.part")
        try:
            part.write_bytes(lines.encode())
            part.replace(self.file)
        except OSError as error:
            _log.info("how the window was left is not kept: %s", type(error).__name__)


_kept: WeakValueDictionary[Path, _Kept] = WeakValueDictionary()
_writer = ThreadPoolExecutor(1, "pelita-memory")  # what is under way at the end of the program is finished


class Memory(MutableMapping[str, str]):
    """Texts by name, written to a file in the data folder. A damaged file is an empty one."""

    def __init__(self, folder: Path) -> None:
        file = folder / FILE
        self._file = _kept.get(file) or _kept.setdefault(file, _Kept(file))

    def __getitem__(self, key: str) -> str:
        return self._file.texts[key]

    def __setitem__(self, key: str, text: str) -> None:
        if self._file.texts.get(key) != text:
            self._file.texts[key] = text
            self._file.write()

    def __delitem__(self, key: str) -> None:
        del self._file.texts[key]
        self._file.write()

    def __iter__(self) -> Iterator[str]:
        return iter(self._file.texts)

    def __len__(self) -> int:
        return len(self._file.texts)

    def settle(self) -> None:
        """Wait until all is in the file."""
        if self._file.writing is not None:
            self._file.writing.result()


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_bytes().decode().split("\n")
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: text.replace("\\n", "\n").replace("\\b", "\\") for key, text in pairs}


def _escaped(text: str) -> str:
    """In one line, as `_read` takes it apart."""
    return text.replace("\\", "\\b").replace("\n", "\\n")
