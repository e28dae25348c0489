"""Backups: copied through SQLite itself (`VACUUM INTO` refuses damage, where a plain copy would copy it), checked, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.storage.backends import sqlite
from desktop_app.storage.upkeep import integrity

_BESIDE = ("-wal", "-shm", "-journal")


def copy(file: Path, target: Path) -> None:
    """Copy a database into a new file, sound and durable when this returns. Raises `KnownError` when it is damaged."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        raw = sqlite.open_raw(file, writes=True)
        try:
            raw.execute("VACUUM INTO ?", (str(part),))
        finally:
            raw.close()
        verify(part)
        _make_durable(part)
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
        for ending in _BESIDE:
            part.with_name(part.name + ending).unlink(missing_ok=True)


def verify(file: Path) -> None:
    """Raise `KnownError` when a database file is damaged."""
    raw = sqlite.open_unprepared(file)
    try:
        wrong = integrity.damage(raw)
    finally:
        raw.close()
    if wrong:
        raise KnownError(
            Words(f"Berkas {file.name} rusak: {wrong[0]}", f"The file {file.name} is damaged: {wrong[0]}"),
        )


def put_in_place(copy_: Path, file: Path) -> None:
    """Put a sound copy where the database was. Nothing may have it open. What was there is kept beside it as `<name>.lama`."""
    part = file.with_name(file.name + ".part")
    copy(copy_, part)
    old = file.with_name(file.name + ".lama")
    if file.exists():
        file.replace(old)
    for ending in _BESIDE:
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.replace(old.with_name(old.name + ending))
    part.replace(file)
    sync_folder(file.parent)


def _make_durable(file: Path) -> None:
    with file.open("r+b") as handle:
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename durable (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
