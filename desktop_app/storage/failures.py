"""What the disk does to us, in words: full, locked, not writable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.storage import ballast

_KNOWN = {
    "locked": Words(
        "Data sedang dipakai program lain. Tunggu sebentar, lalu simpan lagi.",
        "The data is being used by another program. Wait a moment, then save again.",
    ),
    "readonly": Words(
        "Folder data tidak bisa ditulisi. Periksa izin folder atau pindahkan datanya.",
        "The data folder can't be written to. Check its permissions, or move the data.",
    ),
    "unable to open": Words(
        "Berkas data tidak bisa dibuka. Periksa apakah foldernya ada dan boleh dipakai.",
        "The data file can't be opened. Check that its folder exists and may be used.",
    ),
    "not a database": Words(
        "Berkas ini bukan basis data Pelita, atau rusak. Pulihkan dari cadangan.",
        "This file is not a database of Pelita, or it is damaged. Restore a backup.",
    ),
    "malformed": Words(
        "Basis data rusak. Jalankan 'check', lalu pulihkan dari cadangan.",
        "The database is damaged. Run 'check', then restore a backup.",
    ),
}
_FULL = Words(
    "Disk penuh: tidak ada yang disimpan. Kosongkan disk, lalu simpan lagi; isian Anda masih ada di formulir.",
    "The disk is full: nothing was saved. Free some space, then save again; what you typed is still in the form.",
)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn the failures that a person can do something about into `KnownError`; a full disk lets go of the ballast."""
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.DatabaseError, OSError) as wrong:
        said = str(getattr(wrong, "orig", None) or wrong)
        if "full" in said or getattr(wrong, "errno", None) == 28:
            ballast.let_go(folder)
            raise KnownError(_FULL) from wrong
        for sign, words in _KNOWN.items():
            if sign in said:
                raise KnownError(words) from wrong
        raise
