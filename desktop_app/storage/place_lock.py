"""One instance per data folder: a file that is locked as long as the program runs. The operating system lets go when it ends, however."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from desktop_app.core.errors import PlaceTakenError

FILE = "pelita.lock"

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class PlaceLock:
    """The lock on a data folder; holds from its making until `release` (or the end of the process)."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises `PlaceTakenError` when somebody else has it."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file: IO[bytes] = (folder / FILE).open("ab")
        try:
            _take(self._file)
        except OSError:
            self._file.close()
            raise PlaceTakenError(folder) from None

    def release(self) -> None:
        """Let go. The file stays: deleting it could take a lock away from the next one."""
        if not self._file.closed:
            self._file.close()

    def __enter__(self) -> Self:
        """Hold it for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go."""
        self.release()
