"""Backups: copied through SQLite itself (`VACUUM INTO` refuses damage, where a plain copy would copy it), checked, then renamed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.settings import is_practice
from desktop_app.core.words import Words
from desktop_app.storage import failures, identity
from desktop_app.storage.backends import sqlite
from desktop_app.storage.backends.base import Raw
from desktop_app.storage.upkeep import revision

_BESIDE = ("-wal", "-shm", "-journal")
_STEPS = 10_000
"""Steps of SQLite's machine between two looks at Cancel: about a millisecond."""
_COPYING = Words("Menyalin data", "Copying the data")


def backup(database: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy the database while it is in use; `target` is whole, sound and durable when this returns, or is not there.

    Raises `KnownError` when the database is damaged or the target can't be written, `Cancelled` when stopped.
    """
    if target.exists() and target.samefile(database):
        raise KnownError(
            Words(
                "Cadangan tidak boleh menimpa data yang sedang dipakai.",
                "A backup must not overwrite the data in use.",
            )
        )
    with failures.explained(target.parent):
        copy(database, target, progress or Quiet())


def copy(file: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a database into a file that appears when it is sound and durable. Raises `KnownError` when it is damaged."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite.open_raw(file, writes=True)) as raw, _stoppable(raw, progress or Quiet()):
            raw.execute("VACUUM INTO ?", (str(part),))
        verify(part)
        _make_durable(part)
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        for ending in ("", *_BESIDE):
            part.with_name(part.name + ending).unlink(missing_ok=True)


class _stoppable:  # noqa: N801  (reads as a statement)
    """While in this block, the progress is told that work goes on, and its Cancel ends the statement that runs."""

    def __init__(self, raw: Raw, progress: Progress) -> None:
        self._raw, self._progress = raw, progress
        self._cancelled: Cancelled | None = None

    def __enter__(self) -> None:
        self._progress.at(0, None, _COPYING)
        self._raw.set_progress_handler(self._go_on, _STEPS)

    def _go_on(self) -> int:
        try:
            self._progress.at(0, None, _COPYING)
        except Cancelled as cancelled:
            self._cancelled = cancelled
            return 1
        return 0

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._raw.set_progress_handler(None, 0)
        if self._cancelled is not None:
            raise self._cancelled from error


def verify(file: Path) -> None:
    """Raise `KnownError` when a file is damaged, or no database of Pelita."""
    try:
        with closing(sqlite.open_unprepared(file)) as raw:
            wrong = sqlite.damage(raw)
            known = revision.of(raw)
    except sqlite.Damaged as error:
        wrong, known = [str(error)], None
    if wrong or known is None:
        reason = wrong[0] if wrong else "?"
        raise KnownError(
            Words(
                f"Berkas {file.name} rusak atau bukan data Pelita ({reason}). Pakai cadangan yang lain.",
                f"The file {file.name} is damaged or not Pelita's data ({reason}). Use another backup.",
            )
        )


def restore(
    folder: Path, database: str, source: Path, migrations: Path, progress: Progress | None = None
) -> Path | None:
    """Put a backup in place of the data in a folder, which nobody may have open; where the old data is kept, if there was any.

    The backup is checked first, and may be older than the program (it is upgraded when it is opened). The site takes a new id at the
    next start: what was sent since the backup was made is not known any more (exchange.md, `reid`). Raises `KnownError` when the backup
    is of no use, `Cancelled` when stopped; then everything is as it was.
    """
    verify(source)
    with closing(sqlite.open_unprepared(source)) as raw:
        revision.refuse_newer(revision.of(raw), revision.steps(migrations))
    if (folder / database).exists() and _is_practice(source) != _is_practice(folder / database):
        raise KnownError(
            Words(
                "Cadangan latihan dan data kantor tidak boleh saling menggantikan. Pilih cadangan yang lain.",
                "A backup of practice and the office's data can't take each other's place. Choose another backup.",
            )
        )
    with failures.explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return put_in_place(source, folder / database, progress, new_site=True)


def _is_practice(file: Path) -> bool:
    try:
        with closing(sqlite.open_unprepared(file)) as raw:
            return is_practice(dict(raw.execute("SELECT name, value FROM setting").fetchall()))
    except sqlite.Damaged:
        return False  # what is to be replaced may be damaged


def put_in_place(
    source: Path, file: Path, progress: Progress | None = None, *, new_site: bool = False
) -> Path | None:
    """Put a sound copy where the database was. Nobody may have it open. What was there is kept beside it; its new name."""
    part = file.with_name(file.name + ".baru")
    copy(source, part, progress)
    if new_site:
        identity.ask_for_new(file.parent)
    kept = None
    if file.exists():
        kept = _free_name(
            lambda n: file.with_name(
                f"{file.stem}-lama-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}{n}{file.suffix}"
            )
        )
        _fold_log(file)
        file.replace(kept)
    for ending in _BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists() and kept is not None:
            beside.replace(kept.with_name(kept.name + ending))
    part.replace(file)
    _sync_folder(file.parent)
    return kept


def _fold_log(file: Path) -> None:
    """Bring the write-ahead log into the file, so that it can be moved alone; a damaged one is moved with its log."""
    try:
        with closing(sqlite.open_raw(file, writes=True)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except (sqlite.Damaged, KnownError):
        return


def _free_name(name: Callable[[str], Path]) -> Path:
    number = 0
    while (found := name(f"-{number}" if number else "")).exists():
        number += 1
    return found


def _make_durable(file: Path) -> None:
    with file.open("r+b") as handle:
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename durable (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
