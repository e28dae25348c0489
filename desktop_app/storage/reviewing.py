"""What is to be looked at again: rows that a rule found something about after merging, rows that headquarters gave back, rows unsent.

`needs_review` and `returned` are columns of this copy alone: they do not travel, and changing them is no change of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.storage.read import Reader
from desktop_app.storage.write import Writer

FOUND, MERGED = 1, 2
"""`needs_review`: a rule found something; merged, and no rule has looked at it yet."""


def to_review(
    reader: Reader, kind: Kind, state: int, after: int, limit: int
) -> tuple[list[Record], dict[str, int]]:
    """The next living records of a kind that stand at this `needs_review`, in the order in which they came, and their `pk` by uid."""
    table = reader.tables.main[kind.name]
    wanted = sa.select(table).where(
        table.c.needs_review == state, table.c.removed_at.is_(None), table.c.pk > after
    )
    rows = reader.connection.execute(wanted.order_by(table.c.pk).limit(limit)).all()
    return reader.complete(kind, rows), {row.uid: row.pk for row in rows}


def reviewed(writer: Writer, kind: Kind, pks: Sequence[int], state: int | None) -> None:
    """Say how these records stand: `FOUND`, or None when there is nothing about them."""
    table = writer.tables.main[kind.name]
    if pks:
        writer.connection.execute(sa.update(table).where(table.c.pk.in_(pks)).values(needs_review=state))


def flag(writer: Writer, kind: Kind, uid: str) -> bool:
    """A rule found something about this record; whether that is news."""
    table = writer.tables.main[kind.name]
    other = sa.or_(table.c.needs_review.is_(None), table.c.needs_review != FOUND)
    flagging = sa.update(table).where(table.c.uid == uid, other).values(needs_review=FOUND)
    return writer.connection.execute(flagging).rowcount > 0


def flagged(reader: Reader, kind: Kind, limit: int) -> list[Record]:
    """The living records of a kind that a rule found something about, the latest first."""
    table = reader.tables.main[kind.name]
    wanted = sa.select(table).where(table.c.needs_review == FOUND, table.c.removed_at.is_(None))
    return reader.complete(
        kind, reader.connection.execute(wanted.order_by(table.c.pk.desc()).limit(limit)).all()
    )


def numbers_to_review(reader: Reader) -> dict[str, int]:
    """How many living records are flagged or not looked at yet, by office."""
    found: dict[str, int] = {}
    for table in reader.tables.main.values():
        number = sa.select(table.c.site_code, sa.func.count()).where(
            table.c.needs_review.is_not(None), table.c.removed_at.is_(None)
        )
        for site_code, count in reader.connection.execute(number.group_by(table.c.site_code)):
            found[site_code] = found.get(site_code, 0) + count
    return found


def returned(reader: Reader, kind: Kind) -> list[Record]:
    """The living records of a kind that headquarters gave back and that nobody has corrected since, oldest first."""
    table = reader.tables.main[kind.name]
    wanted = sa.select(table).where(*reader.selecting.conditions(_returned(kind)))
    return reader.complete(kind, reader.connection.execute(wanted.order_by(table.c.pk)).all())


def number_returned(reader: Reader) -> int:
    """How many those are, over all kinds."""
    return sum(reader.tally([_returned(kind) for kind in reader.registry]))


def _returned(kind: Kind) -> Query:
    return Query(kind.name, marks=frozenset({"returned"}))


def set_returned(writer: Writer, kind: Kind, uid: str, *, given_back: bool) -> None:
    """Note at headquarters that a record was given back, or that this is over."""
    table = writer.tables.main[kind.name]
    writer.connection.execute(
        sa.update(table).where(table.c.uid == uid).values(returned=1 if given_back else None)
    )


def number_unsent(
    reader: Reader, kinds: Iterable[Kind], site_code: str, after: int, not_known_to: str
) -> int:
    """How many of an office's records were changed after `after` and are not known to be at that site; removed ones too."""
    return sum(
        reader.connection.execute(
            sa.select(sa.func.count()).where(
                table.c.change_no > after,
                table.c.site_code == site_code,
                sa.or_(table.c.known_to.is_(None), table.c.known_to != not_known_to),
            )
        ).scalar_one()
        for table in (reader.tables.main[kind.name] for kind in kinds)
    )
