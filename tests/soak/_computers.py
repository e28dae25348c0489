"""The computers of the city (`city.py`): headquarters' and the offices', and what the people there do."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop_app.core import travel
from desktop_app.records.registry import REGISTRY
from desktop_app.records.samples import SAMPLES
from desktop_app.records.sampling import World
from desktop_app.services import demo, records, reviews, settings
from desktop_app.services.context import AppContext
from desktop_app.storage.drafts import DraftStore
from desktop_app.storage.store import Store

if TYPE_CHECKING:
    from tests.soak.city import City

WORK = ("streetlight_repair", "park_work", "tree_request", "burial", "plot_permit")
TEXTS = ("notes", "verified_by", "source_doc_no")
"""Fields that all of these have, and that no rule looks at together with others."""
Row = tuple[str, ...]


class Onward(Counter[str]):
    """Running numbers from a beginning of one's own."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, key: str) -> int:
        return self._first


class Computer:
    """One installation, with a clock that goes as the city's (and is wrong by `skew`)."""

    def __init__(self, city: City, code: str, person: str, database: str = "", name: str = "") -> None:
        self.city, self.code, self.person, self.database = city, code, person, database
        self.folder = city.folder / (name or code)
        self.skew = dt.timedelta(0)
        self.open()

    def open(self) -> None:
        store = Store.open(self.folder, REGISTRY, now=self.now, database=self.database)
        self.ctx = AppContext(
            self.folder, REGISTRY, store, DraftStore(self.folder), person=self.person, clock=self.now
        )
        settings.load(self.ctx)

    def now(self) -> dt.datetime:
        return self.city.time + self.skew

    @property
    def id(self) -> str:
        with self.ctx.store.reading() as reader:
            return reader.site_id

    def rows(self, part: travel.Part, codes: tuple[str, ...] | None = None) -> list[Row]:
        """What travels of a part, in canonical text, by uid; the first is the heading."""
        with self.ctx.store.reading() as reader:
            pieces = reader.csv_due(part, after=0, not_known_to="", site_codes=codes, personal=True)
            text = b"".join(piece for _, piece in pieces).decode()
        heading, *found = map(tuple, csv.reader(io.StringIO(text, newline="")))
        return [heading, *sorted(found)]  # the uid is the first column


class Office(Computer):
    """An office, and what it has recorded so far."""

    def __init__(self, city: City, code: str) -> None:
        super().__init__(city, code, f"Petugas {code}")
        self.made: list[tuple[str, str]] = []
        self.first_number = 10_000 * (len(city.offices) + 1)

    def record(self, number: int) -> None:
        """A month's new records of all kinds, as `demo` makes them, with codes that no other office gives."""
        today = (self.city.time + dt.timedelta(hours=7)).date()
        world = World.begin(self.code, today=today, seed=self.city.rng.getrandbits(60))
        world.numbers = Onward(self.first_number + len(self.made))
        with self.ctx.store.writing(self.person) as writer:
            for name, some in demo.plan(number).items():
                writer.load(name, [SAMPLES[name](world) for _ in range(some)])
        self.remember()
        self.city.told["records made"] += number

    def remember(self) -> None:
        """Which records there are of its own."""
        self.made = []
        with self.ctx.store.reading() as reader:
            for kind in REGISTRY:
                table = reader.tables.main[kind.name]
                own_ones = sa.select(table.c.uid).where(table.c.site_code == self.code).order_by(table.c.pk)
                self.made += [(kind.name, uid) for uid in reader.connection.execute(own_ones).scalars()]

    def some(self, number: int) -> list[tuple[str, str]]:
        work = [one for one in self.made if one[0] in WORK]
        return self.city.rng.sample(work, min(number, len(work)))

    def work(self, number: int) -> None:
        """Edits, steps, removals of what is there."""
        rng = self.city.rng
        for kind, uid in self.some(number):
            self.city.pass_time()
            deed = rng.random()
            if deed < 0.6:
                self.city.edit(self.ctx, kind, uid, rng.choice(TEXTS))
            elif deed < 0.85:
                self.step(kind, uid)
            else:
                self.remove_or_recover(kind, uid)

    def step(self, kind: str, uid: str) -> None:
        with self.ctx.store.reading() as reader:
            record = reader.get(kind, uid)
        cycle = REGISTRY[kind].life_cycle
        assert record is not None
        assert cycle is not None
        possible = [move.name for move in cycle.moves if record.status in move.frm]
        if possible and record.removed_at is None:
            name = self.city.rng.choice(possible)
            self.city.tried("step", lambda: records.move(self.ctx, kind, uid, name, reason="Diperiksa ulang"))

    def remove_or_recover(self, kind: str, uid: str) -> None:
        with self.ctx.store.reading() as reader:
            record = reader.get(kind, uid)
        assert record is not None
        if record.removed_at is None:
            self.city.tried("removal", lambda: records.remove(self.ctx, kind, uid, "Tercatat dua kali"))
        else:
            self.city.tried("recovery", lambda: records.recover(self.ctx, kind, uid))

    def correct(self) -> None:
        """What was given back is corrected."""
        for item in reviews.returned(self.ctx):
            self.city.pass_time()
            if self.city.edit(self.ctx, item.kind, item.uid, item.field_name):
                self.city.told["returned and corrected"] += 1

    def put_back(self, backup: Path) -> None:
        """An old copy of the folder is put in place by hand; the program can't know."""
        self.ctx.close()
        shutil.rmtree(self.folder)
        shutil.copytree(backup, self.folder)
        self.open()
        self.remember()
        self.city.told["old copy put back"] += 1
