"""What the list page shows: rows as texts and pills, counts on the filter chips, the values that a filter offers."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from desktop_app.core import fields as f
from desktop_app.core import show, values
from desktop_app.core.declared import declared
from desktop_app.core.fields import Field, Value
from desktop_app.core.query import Mark, Overdue, Query
from desktop_app.core.record import Record
from desktop_app.core.spec import Family, Kind, Shape
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext
from desktop_app.services.opening import Opening
from desktop_app.storage.glance import Glance
from desktop_app.storage.plain import Row
from desktop_app.storage.stopping import Stop

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

STATUS, NUMBER = "status", "record_no"
"""What a column or a filter may name beside the kind's fields."""

_SYSTEM_LABELS = {STATUS: Words("Status", "Status"), NUMBER: Words("Nomor register", "Register no.")}
EMPTY = Words("(kosong)", "(empty)")
_REMEMBERED = 50_000
_MARKS: tuple[Mark, ...] = ("returned", "unsent")


class Cell(NamedTuple):
    """One cell as it is painted: its text, what explains it in grey, and for a status the pill's family and shape."""

    text: str
    second: str = ""
    family: Family | None = None
    shape: Shape | None = None


class ListRow(NamedTuple):
    """One row of a list, ready to be painted; `cells` are in the order of `Kind.columns`."""

    pk: int
    uid: str
    record_no: str | None
    cells: tuple[Cell, ...]
    status: str | None
    marks: frozenset[str]
    """Of "unsent", "returned", "mine", and "draft": something was typed and not saved."""


@declared
class MenuItem:
    """One value that a filter offers, in words, with the number of records that have it."""

    value: Value
    text: str
    count: int


class Counts(NamedTuple):
    """What the chips would show: `everything` without any filter, the others under search and filters."""

    everything: int
    all: int
    open: int
    returned: int
    unsent: int


class Stoppable(Protocol):
    """A question under way that another thread may stop (the window's operations)."""

    def interruptible(self, interrupt: Callable[[], object]) -> AbstractContextManager[None]:
        """While inside, stopping also calls `interrupt`."""


class Names:
    """Names of referenced records, looked up many at a time and remembered."""

    def __init__(self, reader: Reader | Glance) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str], str] = {}

    def learn(self, fields: Iterable[Field], rows: Iterable[Mapping[str, Value]]) -> None:
        """Look up what the references among these fields point to in these rows."""
        wanted: defaultdict[str, set[str]] = defaultdict(set)
        pointing = [
            (field.name, like.kind) for field in fields if isinstance(like := values.leaf(field), f.Reference)
        ]
        for row in rows if pointing else ():
            for name, kind in pointing:
                uid = row.get(name)
                if uid is not None and (kind, uid) not in self._known:
                    wanted[kind].add(str(uid))
        for kind, uids in wanted.items():
            for uid, title in self._reader.titles(kind, uids).items():
                self._known[kind, uid] = title

    def forget(self) -> None:
        """Let go of what was learnt when it has become much: a stream over all records shall not fill the memory."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()

    def get(self, kind: str, uid: str) -> Record | None:
        """See `Lookup.get`."""
        return self._reader.get(kind, uid) if not isinstance(self._reader, Glance) else None

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        """See `Lookup.find`."""
        return self._reader.find(kind, **equal) if not isinstance(self._reader, Glance) else ()

    def title(self, kind: str, uid: str) -> str:
        """See `Lookup.title`."""
        if (kind, uid) not in self._known:
            self._known[kind, uid] = self._reader.titles(kind, [uid])[uid]
        return self._known[kind, uid]


@declared
class Source:
    """Answers the questions of a list with plain data, each with a reader of its own. `Cancelled` when `op` is stopped."""

    ctx: AppContext

    @contextmanager
    def _reading(self, op: Stoppable | None) -> Iterator[Reader]:
        if op is None:
            with self.ctx.store.reading(person=self.ctx.person) as reader:
                yield reader
            return
        stop = Stop()
        with op.interruptible(stop), self.ctx.store.reading(stop, person=self.ctx.person) as reader:
            yield reader

    def first_page(self, query: Query, limit: int = 50, op: Stoppable | None = None) -> list[ListRow]:
        """The first rows, at once: what is seen while `all_ids` still runs, or while the store is still being opened."""
        early = self._at_a_glance(query, limit)
        if early:
            return early
        with self._reading(op) as reader:
            return _listed(
                self.ctx,
                reader,
                self.ctx.kind(query.kind),
                reader.first(query, limit, shown_fields(self.ctx.kind(query.kind))),
            )

    def _at_a_glance(self, query: Query, limit: int) -> list[ListRow]:
        """The first rows by the bare driver, while the database layer is still being loaded; none when that can't be told so."""
        store = self.ctx.store
        plain = Query(query.kind, sort=query.sort, open_only=query.open_only)
        if not isinstance(store, Opening) or store.is_ready() or query != plain:
            return []
        kind = self.ctx.kind(query.kind)
        with Glance(self.ctx.place, self.ctx.registry, self.ctx.person) as glance:
            rows = glance.first(kind, limit, shown_fields(kind), sort=query.sort, open_only=query.open_only)
            return _listed(self.ctx, glance, kind, rows)

    def all_ids(self, query: Query, op: Stoppable | None = None) -> array[int]:
        """The `pk` of all that match, in order: 8 bytes each."""
        with self._reading(op) as reader:
            return reader.ids(query)

    def page(self, kind: str, pks: Sequence[int], op: Stoppable | None = None) -> list[ListRow]:
        """The rows with these `pk`, in the order given; those that are gone are left out."""
        with self._reading(op) as reader:
            return _listed(
                self.ctx,
                reader,
                self.ctx.kind(kind),
                reader.rows(kind, pks, shown_fields(self.ctx.kind(kind))),
            )

    def count(self, query: Query, op: Stoppable | None = None) -> int:
        """How many match."""
        with self._reading(op) as reader:
            return reader.count(query)

    def chips(self, query: Query, op: Stoppable | None = None) -> Counts:
        """The counts on the chips, each under search and filters but not under the other chips."""
        kind = self.ctx.kind(query.kind)
        rest = replace(
            query,
            where=tuple(one for one in query.where if one[0] != STATUS),
            open_only=False,
            marks=frozenset(),
            overdue=None,
        )
        with self._reading(op) as reader:
            asked = [Query(query.kind, removed=query.removed), rest, replace(rest, open_only=True)]
            everything, all_, opened, *marked = reader.tally(
                [*asked, *(replace(rest, marks=frozenset({mark})) for mark in _MARKS)]
            )
            number = dict(zip(_MARKS, marked, strict=True))
            opened = opened if kind.life_cycle else 0
            return Counts(everything, all_, opened, number["returned"], number["unsent"])

    def menu(self, query: Query, field: str, op: Stoppable | None = None) -> list[MenuItem]:
        """The values of a field (or `status`) that occur under the query, in words and with counts; at most 500."""
        kind = self.ctx.kind(query.kind)
        with self._reading(op) as reader:
            found = reader.facets(query, field)
            if field == STATUS:
                return [MenuItem(code, _state(kind, code), count) for code, count in found]
            declared, names = kind.by_name[field], Names(reader)
            names.learn([declared], ({field: value} for value, _ in found))
            zone = self.ctx.settings.zone
            return [
                MenuItem(
                    value,
                    show.show(declared, value, zone=zone, lookup=names, mask=True) or EMPTY.say(),
                    count,
                )
                for value, count in found
            ]


def overdue(ctx: AppContext, kind: Kind) -> Overdue | None:
    """What should have been done by now, as a list asks it; None for a kind without a promise."""
    promise = kind.promise
    if promise is None:
        return None
    now = ctx.clock().astimezone(dt.UTC)
    before = [
        (code, f"{(now - dt.timedelta(hours=hours)).isoformat()[:19]}Z")
        for code, hours in promise.hours(ctx.settings).items()
    ]
    return Overdue(promise.since, promise.by, promise.states, tuple(before))


def shown_fields(kind: Kind) -> tuple[str, ...]:
    """The fields that the columns of a list tell something of."""
    named = {name for column in kind.columns for name in (column.field, column.also)}
    told = [field for field in kind.table_fields if field.name in named]
    # How much of a day is known stands in a field of its own.
    ways = [field.precision for field in told if isinstance(field, f.Date) and field.precision]
    return tuple(dict.fromkeys([*(field.name for field in told), *ways]))


def label(kind: Kind, name: str) -> Words:
    """What a column or a filter is called: the field's label, or what the system's own columns are called."""
    return _SYSTEM_LABELS[name] if name in _SYSTEM_LABELS else kind.by_name[name].label


def _state(kind: Kind, code: Value) -> str:
    state = kind.life_cycle.by_code.get(str(code)) if kind.life_cycle else None
    return state.label.say() if state else str(code or EMPTY.say())


def _listed(ctx: AppContext, reader: Reader | Glance, kind: Kind, rows: Sequence[Row]) -> list[ListRow]:
    names = Names(reader)
    shown = [kind.by_name[name] for name in shown_fields(kind)]
    names.learn(shown, (row.values for row in rows))
    drafts = (
        reader.drafts(kind.name)  # the shelf itself is still being opened
        if isinstance(reader, Glance)
        else {kept.uid for kept in ctx.drafts.all() if kept.kind == kind.name}
    )
    cells = _Cells(ctx, kind, names)
    return [
        ListRow(
            row.pk,
            row.uid,
            row.record_no,
            cells.of(row),
            row.status,
            row.marks | {"draft"} if row.uid in drafts else row.marks,
        )
        for row in rows
    ]


Tell = Callable[[Value, Mapping[str, Value]], str]


def _system(row: Row, name: str) -> str:
    """The text of a column that is no field, or empty."""
    return {NUMBER: row.record_no, STATUS: row.status}.get(name) or ""


class _Cells:
    """Rows as cells. What is the same for all rows is looked up once: a page is wanted while the user scrolls."""

    def __init__(self, ctx: AppContext, kind: Kind, names: Names) -> None:
        self._names = names
        self._zone = ctx.settings.zone
        self._this_year = ctx.clock().astimezone(self._zone).year
        states = kind.life_cycle.states if kind.life_cycle else ()
        self._states = {
            state.code: Cell(state.label.say(), "", state.family, state.shape) for state in states
        }
        told = {
            name: self._tell(kind.by_name[name])
            for column in kind.columns
            for name in (column.field, column.also)
            if name in kind.by_name
        }
        self._columns = [
            (column.field, told.get(column.field), column.also, told.get(column.also))
            for column in kind.columns
        ]

    def of(self, row: Row) -> tuple[Cell, ...]:
        """The cells of one row."""
        values, cells = row.values, []
        for name, tell, also, tell_also in self._columns:
            if name == STATUS and row.status in self._states:
                cells.append(self._states[row.status])
                continue
            value = values.get(name)
            text = _system(row, name) if value is None or tell is None else tell(value, values)
            if not also:
                cells.append(Cell(text))
                continue
            value = values.get(also)
            second = _system(row, also) if value is None or tell_also is None else tell_also(value, values)
            cells.append(Cell(text, second))
        return tuple(cells)

    def _tell(self, field: Field) -> Tell:
        """What makes the text of this field's values, as `core.show` does."""
        like = values.leaf(field)
        if isinstance(like, f.Timestamp):  # a list tells the day; the form tells the minute
            return self._day
        if isinstance(like, f.Choice):
            words: dict[Value, str] = {}

            def choice(value: Value, given: Mapping[str, Value]) -> str:
                if value not in words:
                    words[value] = self._show(field, value, given)
                return words[value]

            return choice
        if isinstance(like, f.Reference):
            title, kind = self._names.title, like.kind
            return lambda value, _: title(kind, str(value)) if value else ""
        return partial(self._show, field)

    def _day(self, value: Value, _: Mapping[str, Value]) -> str:
        there = value.astimezone(self._zone) if isinstance(value, dt.datetime) else None
        return show.date(there, self._this_year) if there else show.show_any(value, this_year=self._this_year)

    def _show(self, field: Field, value: Value, given: Mapping[str, Value]) -> str:
        return show.show(
            field,
            value,
            zone=self._zone,
            lookup=self._names,
            mask=True,
            this_year=self._this_year,
            values=given,
        )
