"""Looking through the whole database: is the file sound, and does what is derived agree with what it is derived from?

What can be made anew from the records is repaired when asked; nothing that a person typed is ever changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop_app.core import stamps
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.storage import backends, clock_ahead
from desktop_app.storage.listing import Lists
from desktop_app.storage.upkeep import rebuild

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.store import Store
    from desktop_app.storage.write import Writer

_SHOWN = 20
_DOING = Words("Memeriksa data", "Checking the data")


@dataclass(frozen=True)
class Trouble:
    """One thing that is not as it should be. `serious`: restore a backup; else it was, or can be, repaired."""

    code: str
    words: Words
    kind: str = ""
    uids: tuple[str, ...] = ()
    serious: bool = False
    repaired: bool = False


@dataclass(frozen=True)
class Report:
    """What a check found. `waiting` are child rows whose record has not come (yet); that is no error."""

    records: dict[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    waiting: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is left to be done."""
        return all(trouble.repaired for trouble in self.troubles)


def check(store: Store, *, repair: bool = False, progress: Progress | None = None) -> Report:
    """Look through everything; with `repair`, make anew what can be."""
    progress = progress or Quiet()
    with store.reading() as reader:
        damage = backends.of(reader.connection).damage()
        if damage:
            return Report(troubles=(Trouble("damaged", _words("damaged", damage[0]), serious=True),))
        found: list[Trouble] = []
        for number, kind in enumerate(store.registry):
            progress.at(number, len(store.registry.kinds), _DOING)
            found.extend(_of_kind(reader, kind))
        found.extend(_of_clock(reader))
        report = Report(reader.counts(), tuple(found), sum(_waiting(reader, kind) for kind in store.registry))
    if rebuild.is_behind(store):
        report = replace(report, troubles=(*report.troubles, Trouble("indexes", _words("indexes"))))
    return _repaired(store, report, progress) if repair and report.troubles else report


def _of_kind(reader: Lists, kind: Kind) -> Iterator[Trouble]:
    for code, find in _LOOKED_FOR.items():
        uids = tuple(find(reader, kind))
        if uids:
            yield Trouble(
                code,
                _words(code, f"{kind.name} {len(uids)}"),
                kind.name,
                uids[:_SHOWN],
                serious=code == "stamps",
            )


def _other_status(reader: Lists, kind: Kind) -> Iterator[str]:
    """Records whose status is not that of their last move."""
    table, moves = reader.tables.main[kind.name], reader.tables.moves.get(kind.name)
    if moves is None:
        return
    last = _last_move(moves, table)
    statement = sa.select(table.c.uid).where(last.is_not(None), table.c.status.is_distinct_from(last))
    yield from reader.connection.execute(statement).scalars()


def _last_move(moves: sa.Table, table: sa.Table) -> sa.ScalarSelect[str]:
    made = sa.select(moves.c.state_after).where(
        moves.c.parent_uid == table.c.uid, moves.c.removed_at.is_(None)
    )
    return made.order_by(moves.c.born.desc(), moves.c.uid.desc()).limit(1).scalar_subquery()


def _unreadable_stamps(reader: Lists, kind: Kind) -> Iterator[str]:
    for table in (reader.tables.main[kind.name], *_children(reader, kind)):
        columns = sa.select(table.c.uid, table.c.born, table.c.field_stamps)
        for uid, born, kept in reader.connection.execute(columns):
            if not _is_readable(born, kept):
                yield uid


def _is_readable(born: str, field_stamps: str | None) -> bool:
    try:
        stamps.read(field_stamps)
    except ValueError:
        return False
    return stamps.is_stamp(born)


def _children(reader: Lists, kind: Kind) -> list[sa.Table]:
    """The tables of a kind's lines and moves."""
    lines = [reader.tables.lines[kind.name, lines.name] for lines in kind.lines]
    return [*lines, *(table for name, table in reader.tables.moves.items() if name == kind.name)]


def _unsearched(reader: Lists, kind: Kind) -> Iterator[str]:
    """The kind itself, when its search index has not one entry for each record."""
    records = reader.connection.execute(
        sa.select(sa.func.count()).select_from(reader.tables.main[kind.name])
    ).scalar_one()
    if backends.of(reader.connection).search_size(kind.name) != records:
        yield kind.name


_LOOKED_FOR: dict[str, Callable[[Lists, Kind], Iterator[str]]] = {
    "status": _other_status,
    "stamps": _unreadable_stamps,
    "search": _unsearched,
}


def _waiting(reader: Lists, kind: Kind) -> int:
    """Child rows whose record is not here."""
    here = sa.select(reader.tables.main[kind.name].c.uid)
    found = 0
    for table in _children(reader, kind):
        lost = sa.select(sa.func.count()).select_from(table).where(table.c.parent_uid.not_in(here))
        found += int(reader.connection.execute(lost).scalar_one())
    return found


def _last_stamp(reader: Lists) -> str:
    """The greatest birth stamp of all rows (greater ones in field stamps are not looked for: they were ticked by the same clock)."""
    tables = (*reader.tables.main.values(), *reader.tables.lines.values(), *reader.tables.moves.values())
    found = (reader.connection.execute(sa.select(sa.func.max(table.c.born))).scalar() for table in tables)
    return max((str(stamp) for stamp in found if stamp), default="")


def _of_clock(reader: Reader) -> Iterator[Trouble]:
    if clock_ahead.is_ahead(reader):
        yield Trouble("ahead", _words("ahead"))
    clock = str(reader.connection.execute(sa.select(reader.tables.site.c.clock)).scalar_one())
    if _last_stamp(reader)[:16] > clock[:16]:
        yield Trouble("clock", _words("clock"))


def _repaired(store: Store, report: Report, progress: Progress) -> Report:
    codes = {trouble.code for trouble in report.troubles}
    with store.writing("") as writer:
        for kind in store.registry:
            if any(trouble.code == "status" and trouble.kind == kind.name for trouble in report.troubles):
                _set_status(writer, kind)
        if "ahead" in codes:
            clock_ahead.mend(writer)
        if "clock" in codes:
            writer.site_row.clock = writer.site_row.clock.saw(_last_stamp(writer))
    if codes & {"search", "indexes"}:
        rebuild.rebuild(store, progress)
    return replace(report, troubles=tuple(replace(one, repaired=not one.serious) for one in report.troubles))


def _set_status(writer: Writer, kind: Kind) -> None:
    """The status is derived: it takes no stamp and no change number."""
    table, moves = writer.tables.main[kind.name], writer.tables.moves[kind.name]
    last = _last_move(moves, table)
    writer.connection.execute(sa.update(table).where(last.is_not(None)).values(status=last))


def _words(code: str, what: str = "") -> Words:
    return {
        "damaged": Words(
            f"Berkas basis data rusak: {what}. Pulihkan dari cadangan.",
            f"The database file is damaged: {what}. Restore a backup.",
        ),
        "status": Words(
            f"Status tidak sesuai dengan langkah terakhir: {what}.",
            f"The status is not that of the last move: {what}.",
        ),
        "stamps": Words(
            f"Cap waktu tidak terbaca: {what}. Pulihkan dari cadangan.",
            f"Stamps can't be read: {what}. Restore a backup.",
        ),
        "search": Words(
            f"Indeks pencarian tidak lengkap: {what}.", f"The search index is incomplete: {what}."
        ),
        "indexes": Words("Indeks daftar belum selesai disusun.", "The list indexes are not complete."),
        "ahead": Words(
            "Data ini dicap lebih dari sehari di depan jam komputer. Bila tanggal komputer sekarang benar, jalankan 'check --repair'.",
            "This data is stamped more than a day ahead of the computer's clock. If the date is right now, run 'check --repair'.",
        ),
        "clock": Words("Jam basis data tertinggal dari datanya.", "The database's clock is behind its data."),
    }[code]
