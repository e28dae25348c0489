"""What Beranda shows: drafts to go on with, counts that open what lies behind them, what there is to do today.

A figure and the list behind it are the same question (`core.query.Query`): they can't differ.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from desktop_app.core.agenda import Chart, Due
from desktop_app.core.fields import Value
from desktop_app.core.query import Mark, Query
from desktop_app.core.show import duration
from desktop_app.core.spec import Kind, State
from desktop_app.core.words import Words
from desktop_app.records.agenda import CHART, DUES, ENDING, SCHEDULED
from desktop_app.records.parks.planned import falls_on, last_before
from desktop_app.services import drafts, lists, status
from desktop_app.services.context import AppContext

if TYPE_CHECKING:
    from desktop_app.core.draft import Draft
    from desktop_app.services.sites import SiteLine
    from desktop_app.storage.plain import Row
    from desktop_app.storage.read import Reader

SHOWN = 100
"""So many things of each door stand in the work list at most."""
_BARS = 5
_ENDINGS = 3
_MISSED_WITHIN = 7
"""Scheduled work that nobody recorded is missed for a week; then the next turn counts."""
BIG = 4
"""So many doors are large; the others stand below them in one line, while there is something behind them."""

Page = Literal["", "exchange", "inbox", "board", "review", "work"]
"""Where a door leads beside lists: a page of the window, or the work list on Beranda itself."""


@dataclass(frozen=True)
class Door:
    """A count that opens what lies behind it: the list of `queries` (one a kind, with its own count), or a page.

    `tone`: what its icon is coloured in (a family of look.md), while the count is not 0.
    """

    key: str
    icon: str
    tone: str
    label: Words
    number: int
    note: Words
    link: Words
    queries: tuple[tuple[Query, int], ...] = ()
    page: Page = ""


@dataclass(frozen=True)
class Task:
    """One thing to do: a record to open, one that nobody has recorded yet (`begin`), or a `page`. `door`: the key it belongs to."""

    door: str
    kind: str
    uid: str
    title: str
    line: Words
    state: State | None
    day: dt.date | None
    late: bool = False
    begin: Mapping[str, Value] = field(default_factory=dict)
    page: Page = ""
    kept: drafts.Kept | None = None


@dataclass(frozen=True)
class BarLine:
    """One bar of the chart: how much is done, how much is still open."""

    label: str
    done: int
    open: int


@dataclass(frozen=True)
class Ending:
    """A permit that ends soon: whose, which grave, how many days are left."""

    kind: str
    uid: str
    title: str
    place: str
    days: int


@dataclass(frozen=True)
class Overview:
    """Everything on the page; `drafts` without those that were put aside on purpose (they are work); `doors` in the order of importance, `empty` when there is no record yet."""

    drafts: list[drafts.Kept]
    doors: list[Door]
    tasks: list[Task]
    bars: list[BarLine]
    endings: list[Ending]
    empty: bool

    def door(self, key: str) -> Door:
        """The door with this key; KeyError when it isn't there."""
        return {door.key: door for door in self.doors}[key]


_OPEN_LIST = Words("Buka daftar", "Open the list")
_REVIEWING = Words("perlu dibaca", "to be looked at")


def overview(ctx: AppContext) -> Overview:
    """Count and collect what there is to do, for a worker: every question is answered from an index."""
    today = ctx.where().today
    with ctx.store.reading(person=ctx.person) as reader:
        here = _Here(ctx, reader, today)
        doors = [*here.exchange(), *here.overdue(), *here.dues()]
        order = _AT_HEADQUARTERS if ctx.settings.role == "headquarters" else _AT_AN_OFFICE
        scheduled = list(here.scheduled())
        kept = drafts.all_kept(ctx)
        parked = [one for one in kept if one.parked]
        if scheduled:
            doors.append(_scheduled_door(len(scheduled)))
        if parked:
            doors.append(_parked_door(len(parked)))
        work = {"scheduled": scheduled, "parked": [here.parked(one) for one in parked]}
        doors.sort(key=lambda door: order.index(door.key))
        tasks = [
            task for door in doors for task in (work[door.key] if door.key in work else here.tasks(door))
        ]
        return Overview(
            [one for one in kept if not one.parked],
            doors,
            tasks,
            here.bars(CHART),
            here.endings(doors),
            here.is_empty(),
        )


def begun(ctx: AppContext, kind: str, known: Mapping[str, Value]) -> Draft:
    """A new record with what is known of it already: work that the schedule planned."""
    from desktop_app.core.draft import Draft  # noqa: PLC0415  (a form is loaded when the first one is opened)
    from desktop_app.core.stamps import new_uid  # noqa: PLC0415
    from desktop_app.services.references import resolver  # noqa: PLC0415

    draft = Draft.new(ctx.kind(kind), ctx.where(), new_uid, resolver(ctx))
    for name, value in known.items():
        if value is not None:
            draft.choose(name, value)
    return draft


_OTHERS = ("parked", "park_today", "park_missed", "scheduled", "permits_ended", "assessments")
_AT_AN_OFFICE = ("returned", "overdue", "permits", "unsent", *_OTHERS)
_AT_HEADQUARTERS = ("inbox", "board", "review", "overdue", "returned", "permits", *_OTHERS)


def _scheduled_door(number: int) -> Door:
    return Door(
        "scheduled",
        "tree-outline",
        "warn",
        Words("Jadwal taman belum dicatat", "Scheduled park work not recorded"),
        number,
        Words("hari ini dan seminggu terakhir", "today and the last week"),
        Words("Tampilkan", "Show"),
        page="work",
    )


def _parked_door(number: int) -> Door:
    return Door(
        "parked",
        "pencil-outline",
        "accent_text",
        Words("Slip sementara", "Slips kept for later"),
        number,
        Words("belum lengkap", "not complete"),
        Words("Tampilkan", "Show"),
        page="work",
    )


class _Here:
    """One look at the data, in one transaction."""

    def __init__(self, ctx: AppContext, reader: Reader, today: dt.date) -> None:
        self.ctx, self.reader, self.today = ctx, reader, today
        used = (*ctx.settings.sections, "shared")
        self.kinds = [kind for kind in ctx.registry if kind.own_page and kind.section in used]
        self._used = {kind.name for kind in self.kinds}
        # Headquarters looks over everybody's records, an office has work with its own.
        self._own: frozenset[Mark] = frozenset(() if ctx.settings.role == "headquarters" else ("own",))
        self._late: list[SiteLine] = []
        self._has_offices = False

    def is_empty(self) -> bool:
        """Whether nobody has recorded anything yet (regions come with the program), and headquarters knows no office."""
        return not self._has_offices and not any(
            self.reader.first(Query(kind.name), 1) for kind in self.kinds if kind.owner != "reference"
        )

    # ---- doors

    def _door(
        self, key: str, icon: str, tone: str, label: Words, note: Words, link: Words, queries: list[Query]
    ) -> Door:
        counted = [(query, self.reader.count(query)) for query in queries]
        behind = tuple((query, number) for query, number in counted if number)
        number = sum(number for _, number in behind)
        return Door(key, icon, tone, label, number, note, link, behind or tuple(counted[:1]))

    def exchange(self) -> Iterator[Door]:
        """What was given back, and what waits between office and headquarters."""
        returned = [Query(kind.name, marks=frozenset({"returned"})) for kind in self.kinds]
        at_headquarters = self.ctx.settings.role == "headquarters"
        yield self._door(
            "returned",
            "arrow-u-left-top",
            "bad",
            Words("Dikembalikan ke kantor", "Returned to offices")
            if at_headquarters
            else Words("Dikembalikan Pusat", "Returned records"),
            Words("belum diperbaiki", "not corrected yet"),
            _OPEN_LIST if at_headquarters else Words("Perbaiki", "Correct them"),
            returned,
        )
        if at_headquarters:
            yield from self._at_headquarters()
            return
        now = status.status(self.ctx)
        yield Door(
            "unsent",
            "tray-arrow-up",
            "accent_text",
            Words("Belum terkirim", "Not sent yet"),
            now.unsent,
            Words("catatan", "records"),
            Words("Kirim sekarang", "Send now"),
            page="exchange",
        )

    def _at_headquarters(self) -> Iterator[Door]:
        from desktop_app.services import sites  # noqa: PLC0415  (what reads packages is not for every start)

        now = status.status(self.ctx)
        offices = sites.board(self.ctx)
        self._has_offices = bool(offices)
        self._late = [line for line in offices if line.days_late > 0 and not line.never]
        yield Door(
            "inbox",
            "inbox-arrow-down-outline",
            "warn",
            Words("Paket disisihkan", "Packages set aside"),
            now.waiting,
            Words("di Kotak Masuk", "in the inbox"),
            Words("Buka Kotak Masuk", "Open the inbox"),
            page="inbox",
        )
        yield Door(
            "board",
            "office-building-outline",
            "bad",
            Words("Kantor terlambat", "Offices that are late"),
            len(self._late),
            Words("lebih dari seminggu", "for more than a week"),
            Words("Buka papan kantor", "Open the board"),
            page="board",
        )
        yield Door(
            "review",
            "compare-horizontal",
            "warn",
            Words("Perlu ditinjau", "To be reviewed"),
            now.conflicts + now.flagged,
            Words(f"{now.conflicts} konflik", f"{now.conflicts} conflicts"),
            Words("Buka Tinjauan", "Open the review"),
            page="review",
        )

    def overdue(self) -> Iterator[Door]:
        """What should have been done by now, by the office's promise."""
        promised = [kind for kind in self.kinds if kind.promise is not None]
        if promised:
            hours = self.ctx.settings.sla_hours
            days, rest = divmod(hours, 24)
            target = f"{days}×24" if days and not rest else str(hours)
            yield self._door(
                "overdue",
                "clock-alert-outline",
                "warn",
                Words(f"Lewat target {target} jam", f"Overdue ({target} hours)"),
                Words("belum selesai", "not done yet"),
                _OPEN_LIST,
                [
                    Query(kind.name, overdue=lists.overdue(self.ctx, kind), sort=kind.promise.since)
                    for kind in promised
                    if kind.promise is not None
                ],
            )

    def dues(self) -> Iterator[Door]:
        """What the sections' agenda says, for the sections that this office uses."""
        for due in DUES:
            if due.kind in self._used:
                tone = "warn" if due.late else "accent_text"
                query = replace(due.query(self.today), marks=self._own)
                yield self._door(due.key, due.icon, tone, due.label, due.note, _OPEN_LIST, [query])

    # ---- the work list

    def tasks(self, door: Door) -> Iterator[Task]:
        """The first records behind a door, as work."""
        due = next((due for due in DUES if due.key == door.key), None)
        if door.key == "board":
            yield from map(_late_office, self._late)
        if not door.queries or (due is not None and not due.listed):
            return
        for query, number in door.queries:
            kind = self.ctx.kind(query.kind)
            rows = self.reader.first(query, SHOWN) if number else []
            titles = self.reader.titles(kind.name, [row.uid for row in rows])
            for row in rows:
                yield self._task(door.key, due, kind, row, titles[row.uid])

    def _task(self, door: str, due: Due | None, kind: Kind, row: Row, title: str) -> Task:
        state = kind.life_cycle.by_code.get(row.status or "") if kind.life_cycle else None
        if door == "returned":
            why = row.values.get("review_reason") or ""
            line = Words(f"Pusat: {why}", f"Headquarters: {why}") if why else _GIVEN_BACK
            return Task(door, kind.name, row.uid, title, line, _RETURNED, self._day(row, "review_at"))
        if due is None:
            return self._overdue_task(door, kind, row, title, state)
        day = self._day(row, due.field) if due.field else None
        return Task(door, kind.name, row.uid, title, due.doing, state, day, due.late)

    def _overdue_task(self, door: str, kind: Kind, row: Row, title: str, state: State | None) -> Task:
        promise, line, day = kind.promise, Words("Lewat target", "Overdue"), None
        since = row.values.get(promise.since) if promise else None
        if promise is not None and isinstance(since, dt.datetime):
            hours = promise.hours(self.ctx.settings)
            due = since + dt.timedelta(hours=hours.get(str(row.values.get(promise.by)), hours[""]))
            late = self.ctx.clock() - due
            line = Words(f"Lewat target {duration(late, 'id')}", f"Overdue by {duration(late, 'en')}")
            day = due.astimezone(self.ctx.settings.zone).date()
        return Task(door, kind.name, row.uid, title, line, state, day, late=True)

    def _day(self, row: Row, name: str) -> dt.date | None:
        value = row.values.get(name)
        if isinstance(value, dt.datetime):
            return value.astimezone(self.ctx.settings.zone).date()
        return value if isinstance(value, dt.date) else None

    def parked(self, kept: drafts.Kept) -> Task:
        """A slip that was put aside, with what it lacks."""
        names = [words.id for words in kept.missing], [words.en for words in kept.missing]
        line = Words(
            f"Belum diisi: {', '.join(names[0])}" if names[0] else "Belum disimpan",
            f"Still missing: {', '.join(names[1])}" if names[1] else "Not saved yet",
        )
        day = kept.at.astimezone(self.ctx.settings.zone).date()
        return Task("parked", kept.kind, kept.uid, kept.title, line, _ASIDE, day, kept=kept)

    def scheduled(self) -> Iterator[Task]:
        """Work that a schedule plans for today, or planned last week, and that nobody has recorded. Derived, never stored."""
        place, lines, work, active = SCHEDULED
        if work not in self._used or self.ctx.settings.role == "headquarters":
            return
        begin = self.today - dt.timedelta(days=_MISSED_WITHIN)
        period = ("work_date", begin.isoformat(), self.today.isoformat())
        done: defaultdict[tuple[Value, Value], dt.date] = defaultdict(lambda: dt.date.min)
        for row in self.reader.stream_rows(Query(work, period=period)):
            day, key = row.values["work_date"], (row.values["park"], row.values["activity"])
            if isinstance(day, dt.date):
                done[key] = max(done[key], day)
        whose = {"site_code": self.ctx.settings.site_code} if self.ctx.settings.site_code else {}
        for record in self.reader.find(place, status=active, **whose):
            title = self.reader.title(place, record.uid)
            for line in record.lines.get(lines, []):
                day = self._open_day(line.values, done[record.uid, line.values.get("activity")])
                if day is not None:
                    yield self._planned(work, record.uid, title, line.values, day)

    def _open_day(self, line: Mapping[str, Value], done: dt.date) -> dt.date | None:
        """The day whose work is open: today's, else the last one of the week; daily work of yesterday is no longer caught up."""
        if falls_on(line, self.today):
            return self.today if done < self.today else None
        day = last_before(line, self.today, _MISSED_WITHIN)
        return day if day is not None and done < day else None

    def _planned(self, work: str, uid: str, title: str, line: Mapping[str, Value], day: dt.date) -> Task:
        kind = self.ctx.kind(work)
        activity = kind.by_name["activity"].codes.words(str(line.get("activity")))  # type: ignore[attr-defined]
        missed = day < self.today
        return Task(
            "scheduled",
            work,
            "",
            f"{activity.say()}, {title}",
            Words("Menurut jadwal, belum dicatat", "By the schedule, not recorded yet"),
            kind.life_cycle.by_code[kind.life_cycle.start] if kind.life_cycle else None,
            day,
            missed,
            {"park": uid, "activity": line.get("activity"), "work_date": day, "crew": line.get("crew")},
        )

    # ---- the cards

    def bars(self, chart: Chart) -> list[BarLine]:
        """The places with the most, the most first; none when the section is not used or nothing was reported."""
        if chart.kind not in self._used:
            return []
        by = chart.by_at_headquarters if self.ctx.settings.role == "headquarters" else chart.by
        from desktop_app.storage import adding  # noqa: PLC0415  (the window starts without the database layer)

        begin = self.today - dt.timedelta(days=chart.days - 1)
        period = (chart.field, begin.isoformat(), self.today.isoformat())
        query = Query(chart.kind, period=period, marks=self._own)
        found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for (place, state), number in adding.sums(self.reader, query, (by, "status"), chart.of):
            if place and state in (*chart.done, *chart.open):
                found[place][state in chart.open and state not in chart.done] += number
        names = self.reader.titles("region", found)
        lines = [BarLine(names[place], done, still) for place, (done, still) in found.items()]
        return sorted(lines, key=lambda line: (-line.done - line.open, line.label))[:_BARS]

    def endings(self, doors: list[Door]) -> list[Ending]:
        """The permits that end first."""
        door = next((door for door in doors if door.key == ENDING), None)
        if door is None or not door.number:
            return []
        query = door.queries[0][0]
        rows = self.reader.first(query, _ENDINGS)
        graves = self.reader.titles("grave_plot", [str(row.values["plot"]) for row in rows])
        buried = [str(row.values["burial"]) for row in rows if row.values.get("burial")]
        names = self.reader.titles("burial", buried)
        return [
            Ending(
                query.kind,
                row.uid,
                names.get(str(row.values.get("burial"))) or str(row.values.get("permit_no") or ""),
                graves[str(row.values["plot"])],
                (day - self.today).days,
            )
            for row in rows
            if (day := self._day(row, "valid_until")) is not None
        ]


def _late_office(line: SiteLine) -> Task:
    days = line.days_late
    said = Words(f"Belum mengirim, terlambat {days} hari", f"Has not sent, {days} days late")
    last = line.last_package_at.date() if line.last_package_at else None
    return Task("board", "", line.site_id, line.name or line.site_code, said, _LATE, last, page="board")


_LATE = State("LATE", "Terlambat", "Late", "warn", "bars")
_GIVEN_BACK = Words("Dikembalikan Pusat, belum diperbaiki", "Returned by headquarters, not corrected yet")
_ASIDE = State("ASIDE", "Sementara", "Kept for later", "info", "ring")
_RETURNED = State("RETURNED", "Dikembalikan", "Returned", "bad", "back")
