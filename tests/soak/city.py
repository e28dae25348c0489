"""A whole city for a year: its offices and headquarters at work month by month, while files are lost, doubled, late and shuffled.

Headquarters is there twice, on SQLite and on PostgreSQL: one site (the same site row, the same keys) in two databases. Both are given the
very same files and do the same work at the same moments, and whatever they tell of it has to be the same. What the one on SQLite
sends is carried to the offices, and entered in the books of the other as its own. In the end, after rounds without losses, both must
hold the same rows, and every office the rows of its own and of headquarters as they are there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desktop_app.core import travel, words
from desktop_app.core.errors import KnownError
from desktop_app.exchange import own
from desktop_app.records.registry import REGISTRY
from desktop_app.records.samples import SAMPLES
from desktop_app.records.sampling import World
from desktop_app.services import (
    conflicts,
    flagging,
    receiving,
    records,
    reviews,
    sending,
    sites,
    start,
    starting_files,
)
from desktop_app.services.conflicts import Chosen
from desktop_app.services.context import AppContext
from desktop_app.services.receiving import Received
from desktop_app.storage import exchanging, identity
from tests.engines import Server, serving
from tests.soak._computers import TEXTS, Computer, Office, Row

T = TypeVar("T")
HEAD = "18.72"
LAST = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)
"""The last month's day of sending; the samples are made for days up to it."""
MONTHS = 12
_PARTS = travel.parts(REGISTRY)


@dataclass(frozen=True)
class Measure:
    """How much happens. `records`: of an office in a month. The shares are of files on the way, `late` ones come a month later."""

    offices: int = 27
    months: int = MONTHS
    records: int = 30
    edits: int = 6
    lost: float = 0.1
    doubled: float = 0.1
    late: float = 0.05
    told: float = 0.05
    """The share of receipts that are read out on the telephone."""
    restored: int = 1
    """How many offices have an old copy of their folder put back, by hand, in the second half of the time."""
    seed: int = 1


def offices_of(count: int) -> list[str]:
    """The codes of so many offices: districts, then villages."""
    regions = start.resources_of(HEAD)
    assert regions is not None
    codes = [
        code
        for code, _, _ in start.read_regions(regions.read_bytes())
        if code != HEAD and code.startswith(HEAD)
    ]
    return sorted(codes, key=lambda code: (len(code), code))[:count]


@dataclass
class City:
    """All computers, the files between them, and what happened."""

    folder: Path
    measure: Measure
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.measure.seed)
        self.time = LAST - dt.timedelta(days=30 * self.measure.months)
        self.late: list[tuple[Path, str]] = []
        self._sent = 0

    def close(self) -> None:
        for one in (*self.heads, *self.offices):
            one.ctx.close()

    def pass_time(self, seconds: int = 7) -> None:
        self.time += dt.timedelta(seconds=seconds)

    def tried(self, what: str, deed: Callable[[], object]) -> bool:
        """Do something that the rules may refuse; whether it was done."""
        try:
            deed()
        except KnownError:
            self.told[f"{what} refused by a rule"] += 1
            return False
        self.told[what] += 1
        return True

    def edit(self, ctx: AppContext, kind: str, uid: str, name: str) -> bool:
        """Write something into a text field, through the form's brain."""
        self.told["writings"] += 1
        text = f"Dicatat {self.told['writings']}"

        def written() -> None:
            draft = records.open_draft(ctx, kind, uid)
            draft.type(name, text)
            records.save(ctx, draft)

        return self.tried("edit", written)

    # ---- headquarters, which is there twice

    def found(self, server: Server) -> None:
        """Headquarters on both engines under one identity; then the offices by their starter files, confirmed by telephone."""
        first = Computer(self, HEAD, "Rudi Hartono", name="pusat")
        second = Computer(self, HEAD, "Rudi Hartono", server.address(server.new()), name="pusat di server")
        keys = own.keys(first.ctx.store).text
        with first.ctx.store.reading() as reader:
            site = identity.load(reader.connection)
        with second.ctx.store.writing("") as writer:
            writer.site_row = site
            identity.save(writer.connection, site)
            exchanging.put_secret(writer, "keys", keys)
        self.heads = (first, second)
        self.offices: list[Office] = []
        self.at_head(lambda ctx: start.init(ctx, HEAD, "headquarters", "Dinas Perkim Kota Metro"))
        self.at_head(self._registers)
        for code in offices_of(self.measure.offices):
            self._found_office(code)

    def _registers(self, ctx: AppContext) -> None:
        world = World.begin(HEAD, today=self.time.date(), seed=self.measure.seed)
        with ctx.store.writing(ctx.person) as writer:
            for name in ("crew", "material"):
                writer.load(name, [SAMPLES[name](world) for _ in range(9)])

    def _found_office(self, code: str) -> None:
        self.pass_time()
        office = Office(self, code)
        files = self.at_head(
            lambda ctx: starting_files.make(ctx, code, ctx.place, staff=[office.person], personal=True).name
        )
        self.take(office, [self.heads[0].folder / files])
        self.receive_at_head(sending.send(office.ctx, self._stick()).files)
        fingerprint = sites.own_fingerprint(office.ctx)
        self.at_head(lambda ctx: sites.trust(ctx, code, fingerprint).site_id)
        self.offices.append(office)

    def at_head(self, deed: Callable[[AppContext], T]) -> T:
        """Do the same at both; what comes of it is the same."""
        first, second = (deed(head.ctx) for head in self.heads)
        assert first == second, f"SQLite: {first}\nPostgreSQL: {second}"
        return first

    def receive_at_head(self, files: Sequence[Path]) -> list[Received]:
        def deed(ctx: AppContext) -> list[Received]:
            return [
                dataclasses.replace(one, file=Path(one.file.name)) for one in receiving.receive(ctx, files)
            ]

        return self._noted(self.at_head(deed), "at headquarters")

    def take(self, office: Office, files: Sequence[Path]) -> None:
        before = office.id
        self._noted(receiving.receive(office.ctx, files), "at the offices")
        if office.id != before:
            self.told["new site ids"] += 1

    def _noted(self, done: list[Received], where: str) -> list[Received]:
        for one in done:
            assert one.state != "refused", (one.file, one.problem)
            self.told[f"files {one.state} {where}"] += 1
            self.told[f"rows new {where}"] += one.new
            self.told[f"rows changed {where}"] += one.changed
            self.told[f"rows the same {where}"] += one.same
            self.told[f"rows refused {where}"] += one.refused_rows
            self.told[f"conflicts noted {where}"] += one.conflicts
            self.told[f"rows given back, {where}"] += one.returned
            self.told[f"packages acknowledged {where}"] += one.acknowledged
            for note in one.notes:
                self.told[f"told: {note.en[:60]}"] += 1
        return done

    # ---- files on the way

    def _stick(self) -> Path:
        self._sent += 1
        folder = self.folder / "post" / f"{self._sent:05d}"
        folder.mkdir(parents=True)
        return folder

    def sent(self, office: Office) -> list[tuple[Path, str]]:
        self.pass_time()
        done = sending.send(office.ctx, self._stick())
        self.told["packages sent by offices"] += 1
        self.told["records sent by offices"] += done.records
        return [(file, HEAD) for file in done.files]

    def answered(self, office: Office) -> tuple[list[tuple[Path, str]], bool]:
        """Headquarters' answer, and whether there was anything new in it."""
        self.pass_time()
        self.at_head(lambda ctx: sending.preview(ctx, office.code))
        first, second = (head.ctx.store for head in self.heads)
        done = sending.send(self.heads[0].ctx, self._stick(), office.code)
        with first.reading() as reader, second.writing("") as writer:
            known = exchanging.next_number(writer)
            made = [one for one in exchanging.packages_out(reader, 20) if one.number >= known]
            for one in reversed(made):
                exchanging.enter_out(writer, one)
        self.told["packages sent by headquarters"] += len(made)
        self.told["records sent by headquarters"] += done.records
        return [(file, office.code) for file in done.files], done.nothing_new

    def carried(self, letters: Iterable[tuple[Path, str]]) -> list[tuple[Path, str]]:
        """What arrives, in which order: files are lost, doubled, late."""
        rng, given = self.rng, self.measure
        arrived, self.late = self.late, []
        for letter in letters:
            fate = rng.random()
            if fate < given.lost:
                self.told["files lost"] += 1
            elif fate < given.lost + given.late:
                self.late.append(letter)
                self.told["files late by a month"] += 1
            else:
                twice = rng.random() < given.doubled
                arrived += [letter] * (2 if twice else 1)
                self.told["files doubled"] += twice
        rng.shuffle(arrived)
        return arrived

    def deliver(self, letters: Sequence[tuple[Path, str]]) -> list[Received]:
        """Late letters of the other direction arrive with these."""
        up = [file for file, to in letters if to == HEAD]
        done = self.receive_at_head(up) if up else []
        for office in self.offices:
            if down := [file for file, to in letters if to == office.code]:
                self.take(office, down)
        return done

    # ---- a month

    def month(self, number: int) -> None:
        self.time = LAST - dt.timedelta(days=30 * (self.measure.months - 1 - number))
        letters: list[tuple[Path, str]] = []
        for office in self.offices:
            self._clocks(office)
            office.record(self.measure.records)
            office.work(self.measure.edits)
            office.correct()
            letters += self.sent(office)
        self.pass_time(3 * 86_400)
        self.telephone(self.deliver(self.carried(letters)))
        self.both_sides()
        self.decide()
        letters = [letter for office in self.offices for letter in self.answered(office)[0]]
        self.pass_time(86_400)
        self.deliver(self.carried(letters))

    def _clocks(self, office: Office) -> None:
        """All clocks are wrong by minutes; now and then one is days ahead until the next month."""
        ahead = self.rng.random() < 1 / 27
        self.told["clocks days ahead"] += ahead
        office.skew = dt.timedelta(days=5) if ahead else dt.timedelta(seconds=self.rng.randint(-1200, 1200))

    def telephone(self, came: Iterable[Received]) -> None:
        for one in came:
            if one.code and self.rng.random() < self.measure.told:
                self._read_out(one)

    def _read_out(self, one: Received) -> None:
        (office,) = (office for office in self.offices if office.code == one.site_code)
        self.tried("receipt by telephone", lambda: sending.take_code(office.ctx, one.code))

    def both_sides(self) -> None:
        """Headquarters gives back, approves and corrects, while the offices go on with the same records."""
        for office in self.offices:
            with self.heads[0].ctx.store.reading() as reader:
                here = [
                    one for one in office.some(8) if (found := reader.get(*one)) and found.removed_at is None
                ]
            for place, (kind, uid) in enumerate(here):
                self.pass_time()
                self._look_into(kind, uid, place // 2)
                if place % 2:
                    self.pass_time()
                    self.edit(office.ctx, kind, uid, self.rng.choice(TEXTS))

    def _look_into(self, kind: str, uid: str, mood: int) -> None:
        """A record lies on headquarters' desk."""
        if mood == 0:
            why = "Kurang jelas"
            self._judge("given back", lambda ctx: reviews.give_back(ctx, kind, uid, "notes", why))
        elif mood == 1:
            self._judge("approved", lambda ctx: reviews.approve(ctx, kind, uid))
        else:
            self._correct_at_head(kind, uid)

    def _correct_at_head(self, kind: str, uid: str) -> None:
        name, before = self.rng.choice(TEXTS), self.told["writings"]

        def written(ctx: AppContext) -> bool:
            self.told["writings"] = before  # the second headquarters writes the same text
            return self.edit(ctx, kind, uid, name)

        self.at_head(written)

    def _judge(self, what: str, deed: Callable[[AppContext], None]) -> None:
        def told(ctx: AppContext) -> str | None:
            try:
                deed(ctx)
            except KnownError as wrong:
                return wrong.words.en
            return None

        self.told[what] += self.at_head(told) is None

    def decide(self) -> None:
        """Half of the conflicts are decided each month."""
        open_ = self.at_head(lambda ctx: sorted(one.uid for one in conflicts.open_conflicts(ctx)))
        for uid in self.rng.sample(open_, (len(open_) + 1) // 2):
            self.pass_time()
            self._decide(uid, self.rng.choice(("office", "head")))

    def _decide(self, uid: str, side: Chosen) -> None:
        self._judge("conflicts decided", lambda ctx: conflicts.decide(ctx, uid, side))

    # ---- the whole story

    def live(self) -> None:
        half = self.measure.months // 2
        backups: dict[Office, Path] = {}
        for number in range(self.measure.months):
            began = time.perf_counter()
            if number == half:
                backups = {office: self._backup(office) for office in self.offices[-self.measure.restored :]}
            if number == half + 1:
                for office, backup in backups.items():
                    office.put_back(backup)
            self.month(number)
            print(
                f"month {number + 1} of {self.measure.months}: {time.perf_counter() - began:.0f} s",
                flush=True,
            )
        self.heal()

    def _backup(self, office: Office) -> Path:
        office.ctx.close()
        kept = self.folder / "backups" / office.code
        shutil.copytree(office.folder, kept)
        office.open()
        return kept

    def heal(self) -> None:
        """All clocks are right, nothing is lost any more: rounds until nobody has anything to say."""
        self.time += dt.timedelta(days=10)
        for office in self.offices:
            office.skew = dt.timedelta(0)
        self.deliver(self.late)
        self.late = []
        for number in range(1, 9):
            for office in self.offices:
                office.correct()
            up = [letter for office in self.offices for letter in self.sent(office)]
            self.deliver(up)
            answers = [self.answered(office) for office in self.offices]
            self.deliver([letter for letters, _ in answers for letter in letters])
            if number > 1 and all(nothing for _, nothing in answers):
                self.told["closing rounds"] = number
                return
        raise AssertionError("nobody stops talking")

    def compared(self) -> str:
        """Compare all copies, part by part; the digest of headquarters' rows."""
        digest = hashlib.sha256()
        made = {one for office in self.offices for one in office.made}
        for part in _PARTS:
            first, second = (head.rows(part) for head in self.heads)
            assert first == second, f"{part.name}: {_differing(first, second)}"
            heading, *rows = first
            at = heading.index("site_code")
            for office in self.offices:
                both = (office.code, HEAD)
                there = [heading, *(row for row in rows if row[at] in both)]
                here = office.rows(part, both)
                assert here == there, f"{office.code} {part.name}: {_differing(there, here)}"
            lost = {uid for kind, uid in made if kind == part.name} - {row[0] for row in rows}
            assert not lost, f"lost: {part.name} {sorted(lost)[:3]}"
            digest.update(repr((part.name, first)).encode())
            self.told["rows in the end"] += len(rows)
            self.told["records in the end"] += len(rows) if not part.part else 0
        self.told["records flagged in the end"] = self.at_head(lambda ctx: len(flagging.flagged(ctx, 10**6)))
        self.told["conflicts open in the end"] = self.at_head(lambda ctx: len(conflicts.open_conflicts(ctx)))
        self.told["missing numbers"] = self.at_head(
            lambda ctx: sum(len(line.missing) for line in sites.board(ctx))
        )
        return digest.hexdigest()


def _differing(first: list[Row], second: list[Row]) -> str:
    one, other = set(first), set(second)
    return f"{len(one - other)} and {len(other - one)} rows: {sorted(one - other)[:2]} / {sorted(other - one)[:2]}"


def lived(folder: Path, server: Server, measure: Measure) -> tuple[Counter[str], str]:
    """A city's life from beginning to end; what happened, and the digest of what headquarters holds."""
    words.use("id")
    city = City(folder, measure)
    with ExitStack() as stack:
        stack.callback(words.use, "id")
        city.found(server)
        stack.callback(city.close)
        city.live()
        return city.told, city.compared()


def run(count: int = 27) -> None:
    """A city with so many offices, for twelve months; prints what happened."""
    began = time.perf_counter()
    measure = Measure(offices=count, seed=random.SystemRandom().getrandbits(32))
    print(measure, flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="pelita-city-") as folder,
        serving(Path(folder, "server")) as server,
    ):
        told, digest = lived(Path(folder, "city"), server, measure)
    for what, number in sorted(told.items()):
        print(f"{number:10,} {what}")
    print(f"equal on SQLite and PostgreSQL and at all {count} offices: {digest}")
    print(f"{time.perf_counter() - began:.0f} s")
