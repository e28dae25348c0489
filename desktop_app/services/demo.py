"""Made-up records of every kind, for training and for measuring: the samples that stand beside the kinds, stored in bulk."""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Iterator

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Reference
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.records.samples import ONE_EACH, SAMPLES, counts
from desktop_app.records.sampling import CLERKS, World
from desktop_app.services.context import AppContext
from desktop_app.services.start import METRO

DAY = dt.date(2026, 11, 20)
"""The day on which the samples are made, so that the same seed gives the same records; a PC whose clock is behind takes its own day."""

_FEWEST = 100
_REFERRED = 20_000
"""When one kind only is asked for: at most so many of each kind that it refers to."""


class _Onward(Counter[str]):
    """Running numbers that go on behind those of the records that are there already."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, key: str) -> int:
        return self._first


class _Part:
    """The progress of one kind as a part of the whole."""

    def __init__(self, whole: Progress, before: int, total: int) -> None:
        self.whole, self.before, self.total = whole, before, total

    def at(self, done: int, total: int | None = None, doing: Words | None = None) -> None:  # noqa: ARG002
        """See `Progress.at`."""
        self.whole.at(self.before + done, self.total, doing)


def fill(
    ctx: AppContext,
    records: int,
    seed: int = 1,
    *,
    kind: str = "",
    until: dt.date = DAY,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Store so many made-up records, all or none; how many of each kind. With `kind`, that many of it and what it refers to.

    They lead up to the day `until`, or to today if that is earlier.

    In an empty folder of the same office the same seed gives the same records. Raises `KnownError` outside Kota Metro, `Cancelled` when stopped.
    """
    if ctx.settings.city_code != METRO or not ctx.settings.site_code:
        raise KnownError(
            Words(
                "Data contoh hanya ada untuk Kota Metro: siapkan dahulu dengan kode kantor 18.72….",
                "There are samples for Kota Metro only: set up an office code 18.72… first.",
            )
        )
    numbers = _only(ctx, kind, records) if kind else plan(records)
    progress, total = progress or Quiet(), sum(numbers.values())
    noon_was = ctx.clock().astimezone(ctx.settings.zone) - dt.timedelta(
        hours=12
    )  # samples end at noon of their last day
    today = min(until, noon_was.date())
    with ctx.store.writing(ctx.person) as writer:
        there = sum(writer.counts().values()) - writer.counts()["region"]
        world = World.begin(
            ctx.settings.site_code, today=today, seed=_seed(ctx.settings.site_code, seed) + there
        )
        world.numbers, world.marked = _Onward(there), True
        for name in CLERKS:
            writer.add_person(name)
        done = 0
        for name, number in numbers.items():
            done += writer.load(name, _made(world, name, number), _Part(progress, done, total))
        progress.at(total, total)
    return numbers


def _seed(site_code: str, seed: int) -> int:
    """Another one for each office: two offices' records must never have the same uids, they meet at headquarters."""
    return (zlib.crc32(site_code.encode()) << 32) + seed


def _made(world: World, name: str, number: int) -> Iterator[Record]:
    return (SAMPLES[name](world) for _ in range(number))


def plan(records: int) -> dict[str, int]:
    """How many of each kind, in the order of making; their sum is `records`."""
    numbers = counts(max(records, _FEWEST))
    while sum(numbers.values()) > records:
        numbers[max(numbers, key=lambda name: numbers[name])] -= 1
    # Each permit needs a burial, and of few burials one may have been moved away.
    too_many = numbers["plot_permit"] - max(1, numbers["burial"] // 2)
    if too_many > 0:
        numbers["plot_permit"] -= too_many
        numbers["streetlight_repair"] += too_many
    return {name: number for name, number in numbers.items() if number}


def _referred_to(kind: Kind) -> set[str]:
    """The kinds that a kind or its child lines refer to."""
    in_lines = (field for lines in kind.lines for field in lines.fields)
    return {field.kind for field in (*kind.fields, *in_lines) if isinstance(field, Reference)}


def _only(ctx: AppContext, kind: str, records: int) -> dict[str, int]:
    """So many of one kind, with what it refers to, directly and in turn."""
    wanted, waiting = {kind}, [ctx.kind(kind)]
    if kind not in SAMPLES or kind == "region":
        raise KnownError(
            Words(
                f"Tidak ada data contoh untuk {ctx.kind(kind).id}.",
                f"There are no samples for {ctx.kind(kind).en}.",
            )
        )
    while waiting:
        for target in _referred_to(waiting.pop()) - wanted - {"region"}:
            wanted.add(target)
            waiting.append(ctx.kind(target))
    usual = counts(max(records, _FEWEST))
    return {
        name: records if name in (kind, ONE_EACH.get(kind)) else min(number, _REFERRED)
        for name, number in usual.items()
        if name in wanted
    }
