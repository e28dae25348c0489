"""Possible doubles: records that may be the same thing entered twice, for the one being typed and among all that are stored."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from desktop_app.core.fields import Value
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.resembling import Around, Facts, Found, Judge, Likeness, Near, Plan, Same
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.records.doubles import PLANS
from desktop_app.services.context import AppContext

if TYPE_CHECKING:
    from desktop_app.storage.plain import Row
    from desktop_app.storage.read import Reader

_LOOK_AT = 100
"""So many records of each way are compared: the newest ones."""
_LOOK_THROUGH = 5_000
"""So many records of the days around are looked through for a key that they have in common."""
_NEWEST = 40
_IN_A_BLOCK = 50
"""With more records of the same value that value tells nothing; only neighbours are compared then."""
_TOLD_EVERY = 500
_SWEEP_EVERY = 5_000
_DOING = Words("Mencari data ganda", "Looking for doubles")
_NO_STATUS = Words("", "")


@dataclass(frozen=True)
class Double:
    """A stored record that may be the same thing: what it is called, where it stands, when it was, and what speaks for it."""

    kind: str
    uid: str
    title: str
    number: str
    status: Words
    at: dt.date | None
    why: Words


@dataclass(frozen=True)
class Pair:
    """Two stored records that may be the same thing; `first` is the older one. `points`: how much speaks for it, from 1."""

    kind: str
    first: Double
    second: Double
    points: float


def _storage() -> ModuleType:
    """What finds the records; loaded with the first question, as the window starts without the database layer."""
    from desktop_app.storage import resembling  # noqa: PLC0415

    return resembling


def has_plan(kind: str) -> bool:
    """Whether records of this kind are compared at all."""
    return kind in PLANS


def possible(
    ctx: AppContext, kind: str, values: Mapping[str, Value], uid: str = "", limit: int = 5
) -> list[Double]:
    """Stored records that may be the same as the one being typed, the likeliest first; for a worker.

    `values`: what is filled in so far; `uid`: its own, so that it is not compared with itself.
    """
    plan = PLANS.get(kind)
    if plan is None:
        return []
    declared = ctx.kind(kind)
    with ctx.store.reading() as reader:
        status = _storage().status_of(reader, declared, uid) if uid else None
        start = declared.life_cycle.start if declared.life_cycle else None
        facts = Facts(uid, values, status or start, ctx.settings.zone)
        judged: list[tuple[Likeness, Row]] = []
        for row in reader.rows(kind, list(_candidates(reader, declared, plan, facts))):
            likeness = None if row.uid == uid else plan.judge(facts, _facts(ctx, row))
            if likeness is not None:
                judged.append((likeness, row))
        judged.sort(key=lambda one: (-one[0].points, -one[1].pk))
        return [_double(reader, declared, plan, ctx, row, likeness.why) for likeness, row in judged[:limit]]


Remembered = dict[tuple[str, str, int], list["Pair"]]
"""What was found for a record (kind, uid, version), so that it is not looked for again."""


def newest(
    ctx: AppContext, remembered: Remembered, progress: Progress | None = None, most: int = _NEWEST
) -> list[Pair]:
    """Possible doubles of the `most` records of each kind that were stored last; for a worker, in the background.

    What was found for a record that has not changed since is taken from `remembered`. Raises `Cancelled`.
    """
    progress = progress or Quiet()
    found: dict[frozenset[str], Pair] = {}
    for name in PLANS:
        kind = ctx.kind(name)
        if kind.owner != "office" or kind.section not in ctx.settings.sections:
            continue
        with ctx.store.reading() as reader:
            for number, row in enumerate(_storage().newest(reader, kind, most)):
                progress.at(number, most, _DOING)
                key = (name, row.uid, row.version)
                if key not in remembered:
                    remembered[key] = list(_pairs_of(ctx, reader, kind, row))
                for pair in remembered[key]:
                    found.setdefault(frozenset((pair.first.uid, pair.second.uid)), pair)
    return sorted(found.values(), key=lambda pair: -pair.points)


def _pairs_of(ctx: AppContext, reader: Reader, kind: Kind, row: Row) -> Iterator[Pair]:
    plan, facts = PLANS[kind.name], _facts(ctx, row)
    pks = [pk for pk in _candidates(reader, kind, plan, facts) if pk != row.pk]
    for other in reader.rows(kind.name, pks):
        likeness = plan.judge(facts, _facts(ctx, other))
        if likeness is not None:
            yield _pair(reader, kind, plan, ctx, likeness, row, other)


def _facts(ctx: AppContext, row: Row) -> Facts:
    return Facts(row.uid, row.values, row.status, ctx.settings.zone)


def _candidates(reader: Reader, kind: Kind, plan: Plan, facts: Facts) -> dict[int, None]:
    """The `pk` of what is worth comparing, without repeats."""
    found: dict[int, None] = {}
    for way in plan.ways:
        if isinstance(way, Same):
            given = {name: facts.values.get(name) for name in way.fields}
            if None not in given.values():
                found.update(dict.fromkeys(_storage().equal(reader, kind, given, _LOOK_AT)))
        elif isinstance(way, Around):
            found.update(dict.fromkeys(_around(reader, kind, way, facts) if way.typed else ()))
        elif isinstance(way, Found):
            for question in way.questions(facts):
                pks = _storage().found(reader, kind, question, _LOOK_AT, open_only=way.open_only)
                found.update(dict.fromkeys(pks))
        else:
            found.update(dict.fromkeys(_near(reader, kind, way, facts)))
    return found


def _around(reader: Reader, kind: Kind, way: Around, facts: Facts) -> Iterator[int]:
    day, keys = facts.day(way.field), frozenset(way.keys(facts))
    if day is None or not keys:
        return
    number = 0
    for pk, values in _storage().within(reader, kind, way.field, day, way.days, way.of, _LOOK_THROUGH):
        if not keys.isdisjoint(way.keys(facts._replace(values=values))):
            yield pk
            number += 1
            if number == _LOOK_AT:
                return


def _near(reader: Reader, kind: Kind, way: Near, facts: Facts) -> list[int]:
    lat, lon = facts.values.get("latitude"), facts.values.get("longitude")
    if lat is None or lon is None:
        return []
    found: list[int] = _storage().near(reader, kind, lat, lon, way.metres, _LOOK_AT)
    return found


def _double(reader: Reader, kind: Kind, plan: Plan, ctx: AppContext, row: Row, why: Words) -> Double:
    state = kind.life_cycle.by_code.get(row.status or "") if kind.life_cycle else None
    return Double(
        kind.name,
        row.uid,
        reader.title(kind.name, row.uid),
        row.record_no or "",
        state.label if state else _NO_STATUS,
        _facts(ctx, row).day(plan.at) if plan.at else None,
        why,
    )


# ---- among all that are stored


def pairs(
    ctx: AppContext, progress: Progress | None = None, limit: int = 500, kinds: tuple[str, ...] = ()
) -> list[Pair]:
    """Possible doubles among the stored records, kind by kind, at most `limit` of each; the likeliest first.

    Only neighbours are compared (same lamp, same plot, same days and name), so memory does not grow with the number of records
    (but 8 bytes each). Raises `Cancelled`.
    """
    progress = progress or Quiet()
    found: list[Pair] = []
    with ctx.store.reading() as reader:
        for name in kinds or PLANS:
            kind, plan = ctx.kind(name), PLANS[name]
            met: dict[tuple[int, int], tuple[Likeness, Row, Row]] = {}
            for likeness, one, other in _met(ctx, reader, kind, plan, progress):
                met[min(one.pk, other.pk), max(one.pk, other.pk)] = (likeness, one, other)
                if len(met) >= limit:
                    break
            found += (_pair(reader, kind, plan, ctx, *each) for each in met.values())
    return sorted(found, key=lambda pair: -pair.points)


def _pair(
    reader: Reader, kind: Kind, plan: Plan, ctx: AppContext, likeness: Likeness, one: Row, other: Row
) -> Pair:
    one, other = sorted((one, other), key=lambda row: row.pk)
    why = plan.judge(_facts(ctx, other), _facts(ctx, one)) or likeness
    likeness = plan.judge(_facts(ctx, one), _facts(ctx, other)) or likeness
    return Pair(
        kind.name,
        _double(reader, kind, plan, ctx, one, why.why),
        _double(reader, kind, plan, ctx, other, likeness.why),
        likeness.points,
    )


def _met(
    ctx: AppContext, reader: Reader, kind: Kind, plan: Plan, progress: Progress
) -> Iterator[tuple[Likeness, Row, Row]]:
    for way in plan.ways:
        if isinstance(way, Same):
            yield from _of_same(ctx, reader, kind, way, plan.judge, progress)
        elif isinstance(way, Around):
            yield from _of_around(ctx, reader, kind, way, plan.judge, progress)
        elif isinstance(way, Near):
            yield from _of_near(ctx, reader, kind, way, plan.judge, progress)


def _of_same(
    ctx: AppContext, reader: Reader, kind: Kind, way: Same, judge: Judge, progress: Progress
) -> Iterator[tuple[Likeness, Row, Row]]:
    """Records with the same values stand beside each other in their order; of a long run only the neighbours are compared."""
    run: list[Row] = []
    value: tuple[Value, ...] = ()
    for number, row in enumerate(_storage().in_order(reader, kind, way.fields)):
        if not number % _TOLD_EVERY:
            progress.at(number, None, _DOING)
        here = tuple(row.values.get(name) for name in way.fields)
        if here != value:
            run, value = [], here
        yield from _compared(ctx, judge, row, run)
        run = [*run[-_IN_A_BLOCK:], row]


def _of_around(
    ctx: AppContext, reader: Reader, kind: Kind, way: Around, judge: Judge, progress: Progress
) -> Iterator[tuple[Likeness, Row, Row]]:
    """A window slides over the days; within it, those with a key in common are compared."""
    window: list[tuple[dt.date, Row, frozenset[str]]] = []
    by_key: defaultdict[str, list[Row]] = defaultdict(list)
    begin = 0
    for number, row in enumerate(_storage().in_order(reader, kind, (way.field,))):
        if not number % _TOLD_EVERY:
            progress.at(number, None, _DOING)
        facts = _facts(ctx, row)
        day, keys = facts.day(way.field), frozenset(way.keys(facts))
        if day is None:
            continue
        while begin < len(window) and (day - window[begin][0]).days > way.days:
            _, gone, old_keys = window[begin]
            for key in old_keys:
                by_key[key].remove(gone)
                if not by_key[key]:
                    del by_key[key]
            begin += 1
        if begin > _TOLD_EVERY:
            del window[:begin]
            begin = 0
        others = {other.pk: other for key in keys for other in by_key.get(key, ())[-_IN_A_BLOCK:]}
        yield from _compared(ctx, judge, row, list(others.values()))
        for key in keys:
            by_key[key].append(row)
        window.append((day, row, keys))


def _of_near(
    ctx: AppContext, reader: Reader, kind: Kind, way: Near, judge: Judge, progress: Progress
) -> Iterator[tuple[Likeness, Row, Row]]:
    """A window slides from south to north; within it, those in the same or a neighbouring strip of longitude are compared."""
    degrees = way.metres / 111_195.0
    strips: defaultdict[int, list[Row]] = defaultdict(list)
    for number, row in enumerate(_storage().in_order(reader, kind, ("latitude", "longitude"))):
        if not number % _TOLD_EVERY:
            progress.at(number, None, _DOING)
        lat, lon = float(str(row.values["latitude"])), float(str(row.values["longitude"]))
        strip = round(lon / degrees)
        for beside in (strip - 1, strip, strip + 1):
            there = strips.get(beside, [])
            there[:] = [other for other in there if lat - float(str(other.values["latitude"])) <= degrees]
            yield from _compared(ctx, judge, row, there[-_IN_A_BLOCK:])
        strips[strip].append(row)
        if not number % _SWEEP_EVERY:
            for key in [key for key, rows in strips.items() if _is_passed(rows, lat - degrees)]:
                del strips[key]


def _is_passed(rows: list[Row], lat: float) -> bool:
    """Whether the window has gone by all of a strip: nobody came there again."""
    return not rows or float(str(rows[-1].values["latitude"])) < lat


def _compared(
    ctx: AppContext, judge: Judge, row: Row, others: list[Row]
) -> Iterator[tuple[Likeness, Row, Row]]:
    facts = _facts(ctx, row) if others else None
    for other in others:
        likeness = judge(facts, _facts(ctx, other)) if facts else None
        if likeness is not None:
            yield likeness, row, other
