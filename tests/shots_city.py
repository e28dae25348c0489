"""A city for the pictures: headquarters and an office that have been exchanging packages for a month, and offices that are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from desktop_app import bootstrap
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.services import (
    demo,
    people,
    receiving,
    records,
    reviews,
    sending,
    sites,
    start,
    starting_files,
    typed,
)
from desktop_app.services.context import AppContext

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
OFFICE, REPAIR, SEED = "18.72.04", "streetlight_repair", 7

Event = tuple[float, Callable[[], object]]
"""How many days ago, and what happened."""


def at(days: float, *all_of: AppContext) -> None:
    """Let it be so many days before `NOW` at these places, and stay so."""
    moment = NOW - dt.timedelta(days=days)
    for ctx in all_of:
        ctx.clock = ctx.store.now = lambda: moment


def begin(folder: Path, count: int) -> tuple[AppContext, AppContext]:
    """Headquarters and the office, with `count` records in it, after a month of packages. Both clocks stand at `NOW`."""
    folder.mkdir(parents=True, exist_ok=True)
    head = bootstrap.open_context(folder / "head")
    at(40, head)
    start.begin(head, "18.72", "headquarters", "Dinas Perkim Kota Metro", "Rudi Hartono", "id")
    office = _office(head, folder, OFFICE, "Kec. Metro Timur", "Sri Wahyuni")
    people.add(office, "Agus Priyanto")
    at(34, office)
    demo.fill(office, count * 9 // 10, SEED, progress=Quiet())
    events = [*_of_office(head, office, folder, _uids(office, 12)), *_of_others(head, folder)]
    for _, event in sorted(events, key=lambda event: -event[0]):  # clocks never go back
        event()
    at(0, head, office)
    demo.fill(office, count // 10, SEED + 1, progress=Quiet())
    return head, office


def _of_office(head: AppContext, office: AppContext, folder: Path, uids: list[str]) -> Iterator[Event]:
    """Four quiet weeks; then both sides write the same fields, two records come back, and one package waits for its receipt."""
    for week, days in enumerate((33, 26, 19, 12)):
        yield days, partial(_change, office, uids[week], days, points_reported=str(week + 2))
        yield days - 1, partial(_week, head, office, folder, days - 1)
    street, name = "Jalan Ki Hajar Dewantoro", "Suminah binti Sastrowiyono"
    yield 8, partial(_change, office, uids[4], 8, street_name=street, reporter_name=name)
    street, name = "Jalan Ki Hajar Dewantara", "Suminah binti Sastro Wiyono"
    yield 7.5, partial(_change, head, uids[4], 7.5, street_name=street, reporter_name=name)
    yield 7.4, partial(_change, office, uids[5], 7.4, points_reported="3")
    yield 7.3, partial(_change, head, uids[5], 7.3, points_reported="7")
    yield 6, partial(_week, head, office, folder, 6)
    for uid, field, why in (
        (uids[8], "points_reported", "Titiknya kurang, lihat foto"),
        (uids[9], "reporter_name", "Nama pelapor belum lengkap"),
    ):
        yield 4, partial(_give_back, head, uid, field, why)
    yield 3.5, partial(_answer, head, office, folder, 3.5)
    yield 3, partial(_change, office, uids[10], 3, points_reported="6")
    yield 2.9, partial(sending.send, office, folder)


def _of_others(head: AppContext, folder: Path) -> Iterator[Event]:
    """Offices that sent lately, a while ago, of which a package got lost, that nobody has trusted yet, and one that never sent."""
    told = (
        ("18.72.01", "Kec. Metro Pusat", (37, 30, 23, 16, 9, 2)),
        ("18.72.02", "Kec. Metro Utara", (36, 29, 22, 15)),
        ("18.72.03", "Kec. Metro Barat", (5,)),
    )
    for code, name, days in told:
        at(39, head)
        ctx = _office(head, folder, code, name, "Budi Santoso")
        for place, day in enumerate(days):
            yield day, partial(_report, head, ctx, folder, day, lost=(code, place) == ("18.72.02", 2))
        if code != "18.72.03":
            yield days[0] - 0.5, partial(_trust, head)
    yield 20, partial(starting_files.make, head, "18.72.05", folder, name="Kec. Metro Selatan")


def _report(head: AppContext, ctx: AppContext, folder: Path, days: float, *, lost: bool) -> None:
    at(days, ctx, head)
    files = sending.send(ctx, folder).files
    if not lost:
        receiving.receive(head, files)


def _trust(head: AppContext) -> None:
    for line in sites.board(head):
        if line.state == "unconfirmed":
            sites.trust(head, line.site_id, line.fingerprint)


def _give_back(head: AppContext, uid: str, field: str, why: str) -> None:
    at(4, head)
    reviews.give_back(head, REPAIR, uid, field, why)


def _uids(ctx: AppContext, count: int) -> list[str]:
    with ctx.store.reading() as reader:
        rows = reader.rows(REPAIR, reader.ids(Query(REPAIR, open_only=True))[:count])
    return [row.uid for row in rows]


def _office(head: AppContext, folder: Path, code: str, name: str, person: str) -> AppContext:
    file = starting_files.make(head, code, folder, name=name)
    ctx = bootstrap.open_context(folder / code)
    ctx.clock = ctx.store.now = head.clock
    start.begin_with(ctx, file, person, "id")
    return ctx


def _change(ctx: AppContext, uid: str, days: float, **given: str) -> None:
    at(days, ctx)
    draft = records.open_draft(ctx, REPAIR, uid)
    typed.fill(draft, given)
    records.save(ctx, draft, accept_warnings=True)


def _week(head: AppContext, office: AppContext, folder: Path, days: float) -> None:
    """A package, read the next morning, and its receipt."""
    at(days, office)
    files = sending.send(office, folder).files
    at(days - 0.6, head)
    receiving.receive(head, files)
    _trust(head)
    _answer(head, office, folder, days - 0.9)


def _answer(head: AppContext, office: AppContext, folder: Path, days: float) -> None:
    at(days, head, office)
    receiving.receive(office, sending.send(head, folder, OFFICE).files)
