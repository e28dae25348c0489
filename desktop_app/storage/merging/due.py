"""The other direction: the rows that a site does not have yet, as machine CSV; and how a refused row is named."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop_app.core import travel
from desktop_app.core.travel import Column, Part
from desktop_app.storage import backends
from desktop_app.storage.backends.base import Along, Piece, csv_heading
from desktop_app.storage.merging import moving

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer


def columns_for(part: Part, *, personal: bool) -> tuple[Column, ...]:
    """The columns that are sent. Without personal data a merge group that holds some is left out whole: it is taken whole, too."""
    columns = travel.columns(part)
    hidden = {column.group for column in columns if column.field is not None and column.field.personal}
    return columns if personal else tuple(column for column in columns if column.group not in hidden)


def csv_due(
    reader: Reader,
    part: Part,
    *,
    after: int,
    not_known_to: str,
    site_codes: Sequence[str] | None,
    personal: bool,
    moved: bool = False,
) -> Iterator[Piece]:
    """See `Reader.csv_due`."""
    table, here = reader.tables.metadata.tables[part.table], backends.of(reader.connection)
    columns = columns_for(part, personal=personal)
    yield csv_heading([column.name for column in columns])
    cells = [here.csv_cell(table.c[column.name], column.field) for column in columns]
    due = _due(reader, part, after, not_known_to, site_codes, moved=moved)
    yield from here.csv_rows(cells, sa.select(table.c.pk).where(*due), Along(table.c.change_no, after))


def due_counts(
    reader: Reader,
    after: int,
    not_known_to: str,
    site_codes: Sequence[str] | None,
    *,
    moved: bool = False,
    parts: Iterable[Part] | None = None,
) -> dict[str, int]:
    """See `Reader.due_counts`."""
    counts = {}
    for part in travel.parts(reader.registry) if parts is None else parts:
        table = reader.tables.metadata.tables[part.table]
        number = sa.select(sa.func.count()).select_from(table).where(table.c.change_no > after)
        due = number.where(*_due(reader, part, after, not_known_to, site_codes, moved=moved))
        counts[part.name] = int(reader.connection.execute(due).scalar_one())
    return counts


def _due(
    reader: Reader,
    part: Part,
    after: int,
    not_known_to: str,
    site_codes: Sequence[str] | None,
    *,
    moved: bool,
) -> list[sa.ColumnElement[Any]]:
    """Which of the rows with a number above `after` are due."""
    table = reader.tables.metadata.tables[part.table]
    known = table.c.known_to
    due: list[sa.ColumnElement[Any]] = [sa.or_(known.is_(None), known != not_known_to)]
    if site_codes is None:
        return due
    whose: sa.ColumnElement[bool] = table.c.site_code.in_(list(site_codes))
    was = moving.was_theirs(reader, part, site_codes, after) if moved else None
    return [*due, whose if was is None else sa.or_(whose, was)]


def fingerprint(reader: Reader, part: Part, uid: str) -> str | None:
    """See `Reader.fingerprint`."""
    table = reader.tables.metadata.tables[part.table]
    wanted = sa.select(*(table.c[name] for name in travel.STAMPS)).where(table.c.uid == uid)
    row = reader.connection.execute(wanted).first()
    return None if row is None else fingerprint_of(part.name, *row)


def fingerprint_of(
    part: str, uid: str | None, site_code: str | None, born: str | None, field_stamps: str | None
) -> str:
    """A short name for what a row says: its stamps tell every writing apart, whichever columns a program knows."""
    told = "\n".join((part, uid or "", site_code or "", born or "", field_stamps or ""))
    return hashlib.sha256(told.encode()).hexdigest()


def renumber(writer: Writer, part: Part, uid: str) -> None:
    """See `Writer.renumber`."""
    table = writer.tables.metadata.tables[part.table]
    writer.connection.execute(
        sa.update(table)
        .where(table.c.uid == uid)
        .values(change_no=writer.site_row.next_change(), known_to=None)
    )
