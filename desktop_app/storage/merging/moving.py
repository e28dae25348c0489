"""Which office is responsible for a row, and how headquarters moves that (exchange.md, "Responsibility"; docs/exchange.md, "Moving").

A record goes with its lines, its steps, its photos and the conflicts about them: all of them get the new office under one fresh stamp of
headquarters. Which office had a row before is kept here, with the number of that change: until that office has acknowledged it, it is
sent the row, and may still say what it wrote before it knew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from desktop_app.core import stamps, travel
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import RESPONSIBLE
from desktop_app.core.travel import Part
from desktop_app.storage import backends
from desktop_app.storage.columns import moment
from desktop_app.storage.journal import Entry
from desktop_app.storage.making import last_written
from desktop_app.storage.merging.tables import BATCH, Changes

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

BESIDE = ("attachment", "conflict")
"""Kinds that tell of a record by `record_kind` and `record_uid` and go where it goes; a conflict may tell of a line (`part`)."""
_ASKED = ("uid", "pk", "site_code", "born", "field_stamps")
Row = tuple[str, str]
"""A row that travels: the name of its part, and its uid."""


class _Own(NamedTuple):
    """What is needed of a row to put another office over it."""

    uid: str
    pk: int
    site_code: str
    born: str
    field_stamps: str | None


# ---- who had a row before


def were(reader: Reader, site_code: str, mark: int = 0) -> set[Row]:
    """The rows that were this office's, those only of which a computer of it with this mark has not acknowledged that they are not."""
    table = reader.tables.moved_row
    wanted = sa.select(table.c.kind, table.c.part, table.c.uid).where(
        table.c.site_code == site_code, table.c.change_no > mark
    )
    parts = {(part.kind.name, part.part): part.name for part in travel.parts(reader.registry)}
    rows = reader.connection.execute(wanted)
    return {(parts[kind, part], uid) for kind, part, uid in rows if (kind, part) in parts}


def was_theirs(
    reader: Reader, part: Part, site_codes: Sequence[str], after: int
) -> sa.ColumnElement[bool] | None:
    """The condition for rows of a part that were these offices' until a change above this number; None when there are none."""
    table = reader.tables.moved_row
    moved = sa.select(table.c.uid).where(
        table.c.kind == part.kind.name,
        table.c.part == part.part,
        table.c.site_code.in_(list(site_codes)),
        table.c.change_no > after,
    )
    if reader.connection.execute(moved.limit(1)).first() is None:
        return None
    return reader.tables.metadata.tables[part.table].c.uid.in_(moved)


def note(writer: Writer, part: Part, moved: Iterable[tuple[str, str, str, int]]) -> None:
    """Keep of each row (uid, the office before, the office now, the number of the change) whose it was; whose it is now was told."""
    table = writer.tables.moved_row
    of_part = (table.c.kind == part.kind.name, table.c.part == part.part)
    by_codes: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for uid, before, now, number in moved:
        by_codes[before, now].append((uid, number))
    for codes, rows in by_codes.items():
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            uids = [uid for uid, _ in some]
            writer.connection.execute(
                sa.delete(table).where(*of_part, table.c.uid.in_(uids), table.c.site_code.in_(codes))
            )
            of_row = {"kind": part.kind.name, "part": part.part, "site_code": codes[0]}
            backends.of(writer.connection).insert(
                table.name, [{**of_row, "uid": uid, "change_no": number} for uid, number in some]
            )


def tell_again(writer: Writer, part: Part, uid: str, site_code: str) -> None:
    """An office has not heard yet that a row is not its own any more: the row has just got a new number for that."""
    table = writer.tables.moved_row
    writer.connection.execute(
        sa.update(table)
        .where(
            table.c.kind == part.kind.name,
            table.c.part == part.part,
            table.c.uid == uid,
            table.c.site_code == site_code,
        )
        .values(change_no=writer.site_row.change_no)
    )


# ---- moving


def give(writer: Writer, kind: Kind, uids: Iterable[str], to: str, reason: str = "") -> list[str]:
    """See `Writer.give`."""
    part, moved = Part(kind, ""), list[str]()
    for some in _in_batches(uids):
        rows = [one for one in _rows(writer, part, "uid", some) if one.site_code != to]
        numbers = _write(writer, part, rows, dict.fromkeys((one.uid for one in rows), to), writer.stamp())
        for one in rows:
            told = Entry("changed", "site_code", one.site_code, to, reason=reason or None)
            writer.enter(kind, one.uid, numbers[one.uid], moment(writer.now), [told])
            moved.append(one.uid)
        follow(writer, kind, [one.uid for one in rows])
    return moved


def follow(writer: Writer, kind: Kind, uids: Iterable[str]) -> None:
    """Put the office that is responsible for each of these records over what belongs to it, where that is another's."""
    for some in _in_batches(uids):
        codes = {one.uid: one.site_code for one in _rows(writer, Part(kind, ""), "uid", some)}
        for part, rows, wanted in _belonging(writer, kind, codes):
            others = [one for one in rows if one.site_code != wanted[one.uid]]
            if others:
                _write(writer, part, others, wanted, writer.stamp())


def _belonging(
    writer: Writer, kind: Kind, codes: dict[str, str]
) -> Iterator[tuple[Part, list[_Own], dict[str, str]]]:
    """The lines, steps, photos of these records, and the conflicts about all of them: part, rows, and the office of each by uid."""
    parts = [one for one in travel.parts(writer.registry) if one.kind.name == kind.name]
    yield from _conflicts(writer, parts[0], codes)
    for part in parts[1:]:
        children = backends.of(writer.connection).rows_with(
            part.table, ("parent_uid", *_ASKED), "parent_uid", list(codes)
        )
        rows, wanted = [_Own(*row[1:]) for row in children], {row[1]: codes[row[0]] for row in children}
        yield part, rows, wanted
        yield from _conflicts(writer, part, wanted)
    photos = _beside(writer, "attachment", Part(kind, ""), codes)
    if photos is not None:
        yield photos
        yield from _conflicts(writer, photos[0], photos[2])


def _conflicts(
    writer: Writer, part: Part, codes: dict[str, str]
) -> Iterator[tuple[Part, list[_Own], dict[str, str]]]:
    found = _beside(writer, "conflict", part, codes)
    if found is not None and part.kind.name != "conflict":
        yield found


def _beside(
    writer: Writer, name: str, about: Part, codes: dict[str, str]
) -> tuple[Part, list[_Own], dict[str, str]] | None:
    """The rows of a kind in `BESIDE` that tell of these rows."""
    if name not in writer.registry or about.kind.name == name:
        return None
    rows, wanted = list[_Own](), dict[str, str]()
    for some in _in_batches(codes):
        columns = ("record_uid", "record_kind", *(("part",) if name == "conflict" else ()), *_ASKED)
        for row in backends.of(writer.connection).rows_with(name, columns, "record_uid", some):
            cells = dict(zip(columns, row, strict=True))
            if (cells["record_kind"], cells.get("part") or "") == (about.kind.name, about.part):
                rows.append(_Own(*(cells[column] for column in _ASKED)))
                wanted[cells["uid"]] = codes[cells["record_uid"]]
    return Part(writer.registry[name], ""), rows, wanted


def _write(
    writer: Writer, part: Part, rows: Sequence[_Own], codes: dict[str, str], stamp: str
) -> dict[str, int]:
    """Put these offices over these rows; the number of each change."""
    changes, numbers = Changes(part.table), dict[str, int]()
    said: dict[str, Any] = {} if part.part else last_written(writer.person, writer.now)
    for one in rows:
        numbers[one.uid] = writer.site_row.next_change()
        cells = {
            "site_code": codes[one.uid],
            "field_stamps": stamps.after_write(one.born, one.field_stamps, (RESPONSIBLE,), stamp),
            "change_no": numbers[one.uid],
            "known_to": None,
        }
        changes.add(one.pk, cells | said)
    changes.write(writer)
    note(writer, part, ((one.uid, one.site_code, codes[one.uid], numbers[one.uid]) for one in rows))
    return numbers


def record_of(writer: Writer, part: Part, uid: str) -> str | None:
    """The record that a row belongs to: itself, or the one that a line or step is of; None when it is not here."""
    if not part.part:
        return uid
    table = writer.tables.metadata.tables[part.table]
    found: str | None = writer.connection.execute(
        sa.select(table.c.parent_uid).where(table.c.uid == uid)
    ).scalar()
    return found


def _rows(writer: Writer, part: Part, key: str, keys: Sequence[str]) -> list[_Own]:
    """In the order of their making, so that numbers and stamps are given in an order that doesn't depend on the engine."""
    found = backends.of(writer.connection).rows_with(part.table, _ASKED, key, keys) if keys else []
    return sorted((_Own(*row) for row in found), key=lambda one: one.pk)


def _in_batches(uids: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(dict.fromkeys(uids))
    for start in range(0, len(wanted), BATCH):
        yield wanted[start : start + BATCH]
