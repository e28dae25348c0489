"""Conflicts in plain words: what the office wrote, what headquarters wrote, and the decision. Source: exchange.md, "Conflict".

Merging notes each conflict as a row of the kind `conflict`; it is over as soon as somebody who knew both writings has written the
field again. A decision is just that: an ordinary write of the chosen value, also when it is the one in use.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from desktop_app.core import show, stamps, travel, values
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Value
from desktop_app.core.record import Line, Record
from desktop_app.core.travel import Column, Part
from desktop_app.core.words import Words, tr
from desktop_app.services import records, roles
from desktop_app.services.context import AppContext
from desktop_app.storage import exchanging
from desktop_app.storage.journal import Entry
from desktop_app.storage.merging import deciding
from desktop_app.storage.merging.deciding import Standing

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

Chosen = Literal["office", "head"]

_OFFICE, _HEAD = Words("Kantor", "The office"), Words("Pusat", "Headquarters")
_REMOVED = Words("Penghapusan", "Removal")
_POSITION = Words("Urutan", "Position")
_EMPTY = Words("(kosong)", "(empty)")
_NEAR = dt.timedelta(seconds=2)
"""The journal knows whole seconds, and a clock that follows another may be a little ahead of it."""


@dataclass(frozen=True)
class Side:
    """One of the two writings: its text as it stands on the screen, whose it is, who wrote it and when (the office's clock)."""

    text: str
    site: Words
    by: str
    at: dt.datetime | None
    stamp: str


@dataclass(frozen=True)
class Conflict:
    """Two writings of one field, neither of which knew of the other. `uid` is the conflict's own; `removal`: one removed the record."""

    uid: str
    kind: str
    record_uid: str
    title: str
    number: str
    site_code: str
    field: Words
    field_name: str
    office: Side
    head: Side
    in_use: Chosen
    removal: bool


@dataclass(frozen=True)
class _Open:
    """A conflict that is not over, with what it takes to show and to decide it."""

    uid: str
    part: Part
    row_uid: str
    group: str
    removal: bool
    stamps: tuple[str, str]
    texts: tuple[tuple[str, ...], tuple[str, ...]]
    now: Standing

    @property
    def removing(self) -> int:
        """Which of the two removed the row (when one did): that writing is among those of the removal."""
        mark = self.now.mark(stamps.REMOVAL)
        return 1 if self.stamps[1] in (mark.stamp, *mark.seen) else 0

    @property
    def reason(self) -> str:
        """Why it was removed; of a line nobody says."""
        return "".join(self.texts[self.removing][1:])

    @property
    def in_use(self) -> int:
        """Which of the two stands now."""
        if self.removal:
            removed = self.now.cells["removed_at"] is not None
            return self.removing if removed else 1 - self.removing
        return 0 if self.stamps[0] == self.now.mark(self.group).stamp != self.stamps[1] else 1

    @property
    def columns(self) -> list[Column]:
        """The columns of the group."""
        return [column for column in travel.columns(self.part) if column.group == self.group]


def open_conflicts(ctx: AppContext) -> list[Conflict]:
    """What is to be decided, in the order in which it came. The same list at headquarters and at the office."""
    with ctx.store.reading() as reader:
        heads = _head_sites(ctx, reader)
        return [_told(ctx, reader, one, heads) for one in _open(reader)]


def number_open(reader: Reader) -> int:
    """How many those are."""
    return sum(1 for _ in _open(reader))


def decide(ctx: AppContext, uid: str, side: Chosen) -> None:
    """Write what the office or headquarters wrote, so that both sides agree and the conflict is over.

    Raises `UsageError` when there is no such conflict, `KnownError` when it is over or the record is another's.
    """
    with ctx.store.writing(ctx.person) as writer:
        one = next((found for found in _open(writer) if found.uid == uid), None)
        if one is None:
            raise _no_such(writer, uid)
        record = records.stored(writer, one.part.kind, one.now.record_uid)
        records.refuse_foreign(ctx, one.part.kind, record)
        if one.group == travel.REVIEW:
            roles.refuse_elsewhere(ctx, Words("memutuskan tinjauan", "decide on a review"))
        heads = _head_sites(ctx, writer)
        _decide(writer, one, record, _order(one, heads).index(side))


def _no_such(reader: Reader, uid: str) -> KnownError:
    if reader.get("conflict", uid) is not None:
        return KnownError(Words("Perbedaan ini sudah diputuskan.", "This conflict is decided already."))
    return UsageError(Words(f"Tidak ada perbedaan '{uid}'.", f"There is no conflict '{uid}'."))


def _open(reader: Reader) -> Iterator[_Open]:
    found = deciding.noted(reader)
    noted: dict[Part, list[Record]] = {}
    for record in found:
        name = str(record.values["record_kind"])
        part = travel.part_named(reader.registry, f"{name}.{record.values.get('part') or ''}".rstrip("."))
        if part is not None:
            noted.setdefault(part, []).append(record)
    here = {
        part: deciding.standings(reader, part, [str(one.values["record_uid"]) for one in of_part])
        for part, of_part in noted.items()
    }
    place = {record.uid: number for number, record in enumerate(found)}
    site = reader.site()
    everybodys = site.role == roles.HEADQUARTERS
    opened = [
        one
        for part, of_part in noted.items()
        for record in of_part
        if (now := here[part].get(str(record.values["record_uid"]))) is not None
        if everybodys or now.cells["site_code"] == site.site_code  # else its new office decides
        if not _is_over(one := _read(part, record, now))
    ]
    yield from sorted(opened, key=lambda one: place[one.uid])


def _read(part: Part, record: Record, now: Standing) -> _Open:
    given = record.values
    texts = [tuple(json.loads(str(given.get(name) or "[]"))) for name in ("lower_texts", "higher_texts")]
    return _Open(
        record.uid,
        part,
        str(given["record_uid"]),
        str(given["group_name"]),
        bool(given.get("removal")),
        (str(given["lower_stamp"]), str(given["higher_stamp"])),
        (texts[0], texts[1]),
        now,
    )


def _is_over(one: _Open) -> bool:
    """Whether the group (or the removal) was written again since the two writings met."""
    mark = one.now.mark(stamps.REMOVAL if one.removal else one.group)
    if mark.stamp in one.stamps:
        return False
    return one.removal or all(mark.covers(stamp) for stamp in one.stamps)


def _head_sites(ctx: AppContext, reader: Reader) -> set[str]:
    """The short ids of headquarters' sites, present and former."""
    known = {
        stamps.short_id(peer.site_id) for peer in exchanging.peers(reader) if peer.role == roles.HEADQUARTERS
    }
    return known | deciding.own_sites(reader) if roles.is_headquarters(ctx) else known


def _order(one: _Open, heads: set[str]) -> tuple[Chosen, Chosen]:
    """Whose the two writings are. Two of one house (a copied PC): the later one stands at headquarters' place."""
    first, second = (stamps.site_of(stamp) in heads for stamp in one.stamps)
    return ("head", "office") if first and not second else ("office", "head")


# ---- in words


def _told(ctx: AppContext, reader: Reader, one: _Open, heads: set[str]) -> Conflict:
    kind, uid = one.part.kind, one.now.record_uid
    record = records.stored(reader, kind, uid)
    order = _order(one, heads)
    sides = {
        whose: Side(
            _text(ctx, reader, one, place),
            _HEAD if stamps.site_of(one.stamps[place]) in heads else _OFFICE,
            _author(reader, record, one, one.stamps[place]),
            _moment(one.stamps[place]).astimezone(ctx.settings.zone),
            one.stamps[place],
        )
        for place, whose in enumerate(order)
    }
    return Conflict(
        one.uid,
        kind.name,
        uid,
        reader.title(kind.name, uid),
        record.record_no or "",
        record.site_code,
        _label(one),
        one.columns[0].name if one.columns and not one.part.part else one.part.part or one.group,
        sides["office"],
        sides["head"],
        order[one.in_use],
        one.removal,
    )


def _label(one: _Open) -> Words:
    labels = [
        column.field.label if column.field else Words(column.name, column.name)
        for column, differs in zip(one.columns, _differing(one), strict=False)
        if differs
    ] or [Words(one.group, one.group)]
    if one.removal:
        labels = [_REMOVED]
    elif one.group == travel.POSITION:
        labels = [_POSITION]
    lines = one.part.kind.lines_by_name.get(one.part.part)
    label = Words(", ".join(each.id for each in labels), ", ".join(each.en for each in labels))
    return Words(f"{lines.id}: {label.id}", f"{lines.en}: {label.en}") if lines else label


def _differing(one: _Open) -> list[bool]:
    """Which fields of the group the two wrote differently; of a removal all that were written."""
    if one.removal:
        return [bool(text) for text in one.texts[1 - one.removing]]
    return [first != second for first, second in zip(*one.texts, strict=False)]


def _text(ctx: AppContext, reader: Reader, one: _Open, place: int) -> str:
    """A writing as it stands on the screen; of several fields those that differ, each with its name."""
    texts = one.texts[place]
    if one.removal and place == one.removing:
        return tr("Dihapus", "Removed") + (f": {one.reason}" if one.reason else "")
    given = _values(one.columns, texts)
    shown = []
    for column, text, differs in zip(one.columns, texts, _differing(one), strict=False):
        value = given.get(column.name)
        said = text
        if column.field is not None and value is not None:
            said = show.show(column.field, value, zone=ctx.settings.zone, lookup=reader, values=given)
        if differs:
            label = column.field.label.say() if column.field else column.name
            shown.append(
                said or _EMPTY.say() if len(one.columns) == 1 else f"{label}: {said or _EMPTY.say()}"
            )
    return ", ".join(shown) or ", ".join(filter(None, texts)) or _EMPTY.say()


def _values(columns: Sequence[Column], texts: Sequence[str]) -> dict[str, Value]:
    """The values of a writing; a text that this version can't read is left out."""
    given: dict[str, Value] = {}
    for column, text in zip(columns, texts, strict=False):
        try:
            given[column.name] = values.from_text(column.field, text) if column.field else text or None
        except KnownError:
            continue
    return given


def _moment(stamp: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(stamps.wall_of(stamp) / 1000, dt.UTC)


def _author(reader: Reader, record: Record, one: _Open, stamp: str) -> str:
    """Who wrote then, as far as this copy knows: by the journal, else by what travelled with the record; empty when it doesn't."""
    at = _moment(stamp)
    names, history = {column.name for column in one.columns}, reader.history(record.kind, record.uid)
    ours = stamps.site_of(stamp) in deciding.own_sites(reader)
    for change in history if ours else ():
        about = change.field in names or change.action in ("created", "removed", "recovered")
        merged = change.by.startswith(("kantor ", "pusat "))  # it came in a package at that moment
        if about and not merged and abs(change.at - at) <= _NEAR:
            return change.by
    written_here = {(change.by, change.at) for change in history}
    for by, when in ((record.updated_by, record.updated_at), (record.entry_by, record.entry_at)):
        theirs = ours or (by, when) not in written_here  # somebody may have written here at the same moment
        if by and when and theirs and abs(when - at) <= _NEAR:
            return by
    return ""


# ---- the decision


def _decide(writer: Writer, one: _Open, record: Record, chosen: int) -> None:
    told = tr("Dipilih dari dua tulisan", "Chosen from two writings")
    if one.removal:
        _settle_removal(writer, one, record, told, removed=chosen == one.removing)
        return
    given = {
        column.name: _value(column, text) for column, text in zip(one.columns, one.texts[chosen], strict=True)
    }
    if one.part.part == travel.MOVE:
        raise KnownError(
            Words(
                "Langkah status tidak bisa dipilih dari dua; buka catatannya.",
                "A step of the life cycle can't be chosen from two; open the record.",
            )
        )
    if one.part.part:
        _change_line(writer, one, record, given)
    else:
        writer.change(record.kind, record.uid, given)
    now = deciding.standings(writer, one.part, [one.row_uid])[one.row_uid]
    if now.mark(one.group) == one.now.mark(one.group):
        entries = [
            Entry("changed", column.name, text, text, reason=told, **_line_of(one))
            for column, text in zip(one.columns, one.texts[chosen], strict=True)
        ]
        deciding.restate(writer, one.part, one.row_uid, [one.group], entries[:1])


def _line_of(one: _Open) -> dict[str, str]:
    return {"lines": one.part.part, "line_uid": one.row_uid} if one.part.part else {}


def _value(column: Column, text: str) -> Value:
    return values.from_text(column.field, text) if column.field else text or None


def _settle_removal(writer: Writer, one: _Open, record: Record, told: str, *, removed: bool) -> None:
    """Remove or keep the row; both groups get a fresh stamp, so that neither writing is unknown to anybody who has this one."""
    if one.part.part:
        _keep_line(writer, one, record, removed=removed)
    elif removed and record.removed_at is None:
        writer.remove(record.kind, record.uid, one.reason)
    elif not removed and record.removed_at is not None:
        writer.recover(record.kind, record.uid)
    action: Literal["removed", "recovered"] = "removed" if removed else "recovered"
    entries = [] if one.part.part else [Entry(action, reason=told)]
    deciding.restate(writer, one.part, one.row_uid, [stamps.REMOVAL, one.group], entries)


def _change_line(writer: Writer, one: _Open, record: Record, given: Mapping[str, Value]) -> None:
    held = record.lines[one.part.part]
    mine = next((line for line in held if line.uid == one.row_uid), None)
    if mine is None:  # taken away meanwhile: the decision then only says that both writings are known
        return
    others = [line for line in held if line is not mine]
    place = int(str(given[travel.POSITION] or 0)) if one.group == travel.POSITION else held.index(mine)
    changed = mine if one.group == travel.POSITION else Line(mine.uid, {**mine.values, **given})
    lines = [*others[:place], changed, *others[place:]]
    writer.change(record.kind, record.uid, {}, {one.part.part: lines})


def _keep_line(writer: Writer, one: _Open, record: Record, *, removed: bool) -> None:
    lines = [line for line in record.lines[one.part.part] if line.uid != one.row_uid]
    if not removed:
        columns = writer.tables.line_columns[record.kind, one.part.part]
        again = Line(one.row_uid, columns.to_values(one.now.cells[name] for name in columns.names))
        lines.insert(min(int(one.now.cells["position"]), len(lines)), again)
    writer.change(record.kind, record.uid, {}, {one.part.part: lines})
