"""The pictures themselves, each once under its hash. They lie in the database, so that backups and encryption cover them.

Which record a picture belongs to is told by the `attachment` rows; a picture stays when they are removed, for a removal can be taken
back. `attachment` rows travel, and a picture may come later than its row: until then it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from desktop_app.storage.columns import moment
from desktop_app.storage.read import Reader
from desktop_app.storage.write import Writer

_AT_ONCE = 500  # parameters of a statement


def put(writer: Writer, sha256: str, data: bytes) -> None:
    """Store a picture; one that is here already stays as it is."""
    if not here(writer, [sha256]):
        row = {"sha256": sha256, "added_at": moment(writer.now), "data": data}
        writer.connection.execute(sa.insert(writer.tables.photo).values(row))


def get(reader: Reader, sha256: str) -> bytes | None:
    """The picture with this hash, a JPEG; None when it is not here (yet)."""
    photo = reader.tables.photo
    found = reader.connection.execute(sa.select(photo.c.data).where(photo.c.sha256 == sha256)).scalar()
    return None if found is None else bytes(found)


def here(reader: Reader, hashes: Iterable[str]) -> set[str]:
    """Those of the hashes whose picture is here."""
    wanted, photo = list(hashes), reader.tables.photo
    found: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = photo.c.sha256.in_(wanted[start : start + _AT_ONCE])
        found.update(reader.connection.execute(sa.select(photo.c.sha256).where(some)).scalars())
    return found
