"""The only place where the parts are put together: data folder, log, store, drafts, settings -> one AppContext."""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias, cast

from desktop_app.core.errors import KnownError
from desktop_app.core.settings import is_practice
from desktop_app.core.words import Words, use
from desktop_app.records.registry import REGISTRY
from desktop_app.services import going_back, people, settings
from desktop_app.services.context import AppContext
from desktop_app.services.context import log_file as log_file  # noqa: PLC0414  (the command line is given it)
from desktop_app.services.opening import Opening
from desktop_app.storage.glance import FILE, Glance
from desktop_app.storage.lean import load_sqlalchemy
from desktop_app.storage.place_lock import PlaceLock

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

    from desktop_app.storage.drafts import DraftStore
    from desktop_app.storage.store import Store

_log = logging.getLogger(__name__)

_LOG_BYTES = 1_000_000
_LOG_FILES = 3
_Exception: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


def default_place() -> Path:
    """Where the records live unless `--data-dir` says otherwise: the folder shared by all who use the PC if it is in use, else one's own."""
    if sys.platform == "win32":
        shared = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Pelita"
        own = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))) / "Pelita"
        return shared if (shared / FILE).exists() and not (own / FILE).exists() else own
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "pelita"


class _WithoutMessages(logging.Formatter):
    """Writes where an exception came from and not what it said: its message may quote what somebody typed."""

    def formatException(self, ei: _Exception) -> str:  # noqa: N802  (logging's own name)
        """The frames and the exception's type."""
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


class LogFile(logging.Handler):
    """The log of a data folder, a few megabytes at most. What rotates it is loaded with the first line: most starts write none."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    @cached_property
    def _writing(self) -> RotatingFileHandler:
        from logging.handlers import RotatingFileHandler

        handler = RotatingFileHandler(
            self.file, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
        )
        handler.setFormatter(_WithoutMessages("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return handler

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        self._writing.emit(record)

    def close(self) -> None:
        """Close the file, if there was a line."""
        if "_writing" in self.__dict__:
            self._writing.close()
        super().close()


def start_logging(folder: Path) -> None:
    """Write the program's log into the data folder. Starting it again for the same folder does nothing."""
    file = log_file(folder).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger("desktop_app")
    if any(isinstance(one, LogFile) and one.file == file for one in root.handlers):
        return
    root.addHandler(LogFile(file))
    root.setLevel(logging.INFO)


def stop_logging(folder: Path) -> None:
    """Close the log of a data folder that is not worked on any more: it may be about to be deleted."""
    file, root = log_file(folder).resolve(), logging.getLogger("desktop_app")
    for handler in [one for one in root.handlers if isinstance(one, LogFile) and one.file == file]:
        root.removeHandler(handler)
        handler.close()


def server_place(database: str) -> Path:
    """Where this computer keeps what is its own (drafts, log) while the records are in a database on a server."""
    from hashlib import sha256  # most records are in a file

    known_by = re.sub("//[^/@]*@", "//", database)  # a new password is no other database
    return default_place() / f"server-{sha256(known_by.encode()).hexdigest()[:8]}"


def open_context(
    folder: Path, *, person: str = "", must_exist: bool = False, database: str = ""
) -> AppContext:
    """Open a data folder (made if it isn't there, unless it `must_exist`), or a `database` on a server, with the folder for drafts.

    Raises `KnownError` when that can't be.
    """
    if must_exist and not database and not (folder / FILE).exists():
        raise KnownError(
            Words(
                f"Di {folder} belum ada data Pelita. Jalankan 'init' dahulu.",
                f"There is no Pelita data in {folder} yet. Run 'init' first.",
            )
        )
    load_sqlalchemy()
    from desktop_app.storage.drafts import DraftStore
    from desktop_app.storage.store import Store

    start_logging(folder)
    news = None if database else going_back.settle_alone(folder)
    store = Store.open(folder, REGISTRY, must_exist=must_exist, database=database)
    try:
        ctx = AppContext(folder, REGISTRY, store, DraftStore(folder))

        def let_go() -> None:
            if ctx.practice:
                stop_logging(folder)

        ctx.let_go = let_go
        settings.load(ctx)
        with store.reading() as reader:
            ctx.practice = is_practice(reader.settings())
        ctx.person = person or _who(people.people(ctx))
        ctx.news = news
    except BaseException:
        store.close()
        raise
    return ctx


def shared_place() -> Path | None:
    """The folder for all who use this PC (Windows only: elsewhere an administrator gives `--data-dir`)."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Pelita"
    return None


def open_for_window(folder: Path, *, person: str = "", database: str = "") -> tuple[AppContext, PlaceLock]:
    """A data folder for the one window that may work on it, to be drawn at once: store and drafts are still being opened.

    Settings and names are read at a glance; `AppContext.store` and `drafts` are `Opening`s that the window starts after its first
    paint. The lock holds until it is released. Raises `PlaceTakenError` when a window is open already.

    A `database` on a server has nothing to glance at: the window waits until it is open (`open_context`, and raises as it does).
    """
    lock = PlaceLock(folder)
    if database:
        try:
            return open_context(folder, person=person, database=database), lock
        except BaseException:
            lock.release()
            raise
    start_logging(folder)
    try:
        news = going_back.settle(folder)
    except BaseException:
        lock.release()
        raise
    with Glance(folder, REGISTRY) as glance:
        lines, names = glance.settings(), glance.people()

    def open_store() -> Store:
        load_sqlalchemy()
        from desktop_app.storage.store import Store

        return Store.open(folder, REGISTRY)

    def open_drafts() -> DraftStore:
        load_sqlalchemy()
        from desktop_app.storage.drafts import DraftStore

        return DraftStore(folder)

    store, drafts = Opening(open_store), Opening(open_drafts)
    ctx = AppContext(folder, REGISTRY, cast("Store", store), cast("DraftStore", drafts), settings.read(lines))
    ctx.person = person or _who(names)
    ctx.practice = is_practice(lines)
    ctx.news = news

    def let_go() -> None:
        lock.release()
        if ctx.practice:
            stop_logging(folder)

    ctx.let_go = let_go
    use("en" if ctx.settings.language == "en" else "id")
    return ctx, lock


def _who(names: list[str]) -> str:
    """Who writes, when nobody said so: the only name on the list, else the computer's user."""
    if len(names) == 1:
        return names[0]
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        _log.info("the computer does not tell who uses it")
        return "?"
