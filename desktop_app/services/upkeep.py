"""Looking after the data: check, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app import place
from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress
from desktop_app.core.words import Words
from desktop_app.services import flagging
from desktop_app.services.context import AppContext
from desktop_app.services.status import LAST_BACKUP
from desktop_app.storage import ballast, exchanging
from desktop_app.storage.backends import sqlite
from desktop_app.storage.engines import ON_SERVER as ON_SERVER  # noqa: PLC0414  (what a server's database is told)
from desktop_app.storage.place_lock import PlaceLock
from desktop_app.storage.store import FILE
from desktop_app.storage.upkeep import backup as copies
from desktop_app.storage.upkeep import check as checking
from desktop_app.storage.upkeep import rebuild as derived
from desktop_app.storage.upkeep.check import Report


def check(ctx: AppContext, *, repair: bool = False, progress: Progress | None = None) -> Report:
    """Look through the whole database; with `repair`, make anew what can be made from the records."""
    return checking.check(ctx.store, repair=repair, progress=progress)


def told(report: Report) -> list[Words]:
    """What a check found, in sentences."""
    count = sum(report.records.values())
    sentences = [Words(f"{count} data diperiksa.", f"{count} records checked.")] if report.records else []
    for trouble in report.troubles:
        done = Words(" Sudah diperbaiki.", " Repaired.") if trouble.repaired else Words("", "")
        sentences.append(Words(trouble.words.id + done.id, trouble.words.en + done.en))
    return sentences if report.troubles else [*sentences, Words("Semuanya baik.", "All is well.")]


def as_json(report: Report) -> dict[str, Any]:
    """What a check found, for machines."""
    troubles = [
        {
            "code": one.code,
            "kind": one.kind,
            "uids": list(one.uids),
            "serious": one.serious,
            "repaired": one.repaired,
            "id": one.words.id,
            "en": one.words.en,
        }
        for one in report.troubles
    ]
    return {"sound": report.sound, "records": report.records, "waiting": report.waiting, "troubles": troubles}


def rebuild(ctx: AppContext, progress: Progress | None = None) -> int:
    """Make all indexes anew; how many records were entered. Stopped, it goes on there the next time."""
    return derived.rebuild(ctx.store, progress)


def catch_up(ctx: AppContext, progress: Progress | None = None) -> bool:
    """Bring indexes and search words up to date with what an upgrade or a rename left to do; whether records became others by it.

    Also lays in the ballast that is let go of when the disk is full, tries the packages that were set aside, and lets the rules look at
    what a large package brought.
    """
    if ctx.store.engines.is_file:
        ballast.put(ctx.place)
    derived.catch_up(ctx.store, progress)
    with ctx.store.reading() as reader:
        waiting = exchanging.waiting(reader)
    merged = False
    if waiting:
        from desktop_app.services import receiving  # noqa: PLC0415  (keys and archives: only for those who need them)

        merged = bool(receiving.try_again(ctx, progress))
    return flagging.look(ctx, progress) > 0 or merged


def fold(ctx: AppContext) -> None:
    """Fold what was saved into the database file, in an idle moment, so that no save has to wait for it."""
    if ctx.store.engines.is_file:
        sqlite.fold(ctx.store.engines.file)


def backup(ctx: AppContext, file: Path, progress: Progress | None = None) -> None:
    """Copy the data into one file and prove that it can be read; people may go on working meanwhile.

    Raises `KnownError` when the place can't be written or the data is on a server, `Cancelled` when stopped; then there is no file.
    """
    database = ctx.store.engines.file
    if not file.parent.is_dir():
        raise KnownError(Words(f"Folder {file.parent} tidak ada.", f"There is no folder {file.parent}."))
    copies.backup(database, file, progress)
    with ctx.store.writing(ctx.person) as writer:
        writer.set_settings({LAST_BACKUP: ctx.clock().isoformat(timespec="seconds")})


def restore(folder: Path, file: Path, progress: Progress | None = None) -> Path | None:
    """Put a backup in place of the data in a folder; where the data from before is kept, if there was any.

    Raises `PlaceTakenError` while a window works on the folder, `KnownError` when the backup is damaged or newer than the program,
    `Cancelled` when stopped; then the data is as it was.
    """
    if not file.is_file():
        raise KnownError(Words(f"Berkas {file} tidak ada.", f"There is no file {file}."))
    with PlaceLock(folder):
        return copies.restore(folder, FILE, file, place.migrations(), progress)
