"""A small world: headquarters and offices in folders, on the program's own code, databases and files; only the time is ours.

What happens in it is told by methods (`edit`, `send`, `receive`, `restore`, `copy` ...), so that a directed test reads like a story and
a machine of Hypothesis can make stories up. `heal` lets everybody exchange until nothing is left to say; `check` then compares all
copies with each other and with the fold of everything that was ever stored.
"""

from __future__ import annotations

import atexit
import csv
import datetime as dt
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing as closed
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest import mock

import sqlcipher3.dbapi2 as sqlite

from desktop_app.core import stamps, travel
from desktop_app.core.record import Line, Moved, Record
from desktop_app.core.stamps import Copy, new_uid
from desktop_app.exchange import own
from desktop_app.services import receiving, sending, settings
from desktop_app.services.context import AppContext
from desktop_app.services.receiving import Received
from desktop_app.services.sending import Sent
from desktop_app.storage import clock_ahead, exchanging, identity
from desktop_app.storage.backends import sqlite_csv
from desktop_app.storage.drafts import DraftStore
from desktop_app.storage.exchanging import Peer
from desktop_app.storage.store import FILE, Store
from desktop_app.storage.write import Writer
from tests.engines import Server
from tests.exchange.kinds import REGISTRY
from tests.storage.own import own_migrations

HEAD = "18.72"
CODES = {"A": "18.72.01", "B": "18.72.02", "C": "18.72.03", "D": "18.72.04", "E": "18.72.05"}
BEGIN = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)


_ON_SERVER = "backup on the server"
"""The file that names a backup's database there."""
TEMPLATES = "PELITA_TEST_TEMPLATES"
"""Where another process of the same test finds the templates."""


def templates() -> Path:
    """The folder to name in `TEMPLATES`."""
    return _templates()[0].parent


def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pelita-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _templates() -> tuple[Path, Path]:
    """A data folder to copy, without an identity of its own, and the migrations that made it."""
    made = os.environ.get(TEMPLATES)
    if made:
        return Path(made, "place"), Path(made, "migrations")
    folder = _temporary()
    migrations = own_migrations(folder, REGISTRY)
    place = folder / "place"
    Store.open(place, REGISTRY, migrations=migrations).close()
    _forget_identity(place)
    return place, migrations


def _forget_identity(place: Path) -> None:
    with closed(sqlite.connect(place / FILE)) as raw:
        raw.execute("DELETE FROM site")
        raw.execute("DELETE FROM secret")
        raw.commit()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    (place / identity.FILE).unlink(missing_ok=True)


class Site:
    """One computer. `skew`: how wrong its clock goes; `database`: its name on the server, when it has one there. Its context is opened
    when it is needed.
    """

    def __init__(self, world: World, code: str, folder: Path, database: str = "") -> None:
        self.world = world
        self.code = code
        self.folder = folder
        self.database = database
        self.skew = dt.timedelta(0)
        self._ctx: AppContext | None = None

    def __repr__(self) -> str:
        return f"<{self.code} {self.folder.name}>"

    @property
    def is_head(self) -> bool:
        return self.code == HEAD

    def now(self) -> dt.datetime:
        return self.world.time + self.skew

    @property
    def ctx(self) -> AppContext:
        if self._ctx is None:
            server = self.world.server
            address = server.address(self.database) if server and self.database else ""
            store = Store.open(
                self.folder, REGISTRY, migrations=_templates()[1], now=self.now, database=address
            )
            self._ctx = AppContext(
                self.folder, REGISTRY, store, DraftStore(self.folder), person="Sri", clock=self.now
            )
            settings.load(self._ctx)
        return self._ctx

    def close(self) -> None:
        if self._ctx is not None:
            self._ctx.close()
            self._ctx = None

    @property
    def id(self) -> str:
        with self.ctx.store.reading() as reader:
            return reader.site_id

    def peers(self) -> dict[str, Peer]:
        with self.ctx.store.reading() as reader:
            return {one.site_id: one for one in exchanging.peers(reader)}

    def head(self) -> Peer | None:
        with self.ctx.store.reading() as reader:
            return exchanging.headquarters(reader)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        with self.ctx.store.writing("Sri") as writer:
            yield writer

    # ---- what people do

    def load(self, number: int) -> None:
        """Many jobs with a line each, of always the same content."""
        jobs = [
            Record(
                "job",
                new_uid(),
                {"a": f"job {one}"},
                {"parts": [Line(new_uid(), {"part": "lamp", "qty": one})]},
            )
            for one in range(number)
        ]
        with self.writing() as writer:
            writer.load("job", jobs)

    def create(self, a: str | None = "first", *, site_code: str = "", **values: object) -> str:
        record = Record("job", new_uid(), {"a": a, **values}, {"parts": []})  # type: ignore[dict-item]
        record.site_code = site_code
        with self.writing() as writer:
            return writer.add(record).uid

    def edit(self, uid: str, field: str, value: object) -> None:
        """Write a field; "removed" with a reason or None takes the record away or brings it back."""
        with self.writing() as writer:
            if field == "removed":
                if value:
                    writer.remove("job", uid, str(value))
                else:
                    writer.recover("job", uid)
            elif field == "review":
                writer.change("job", uid, {"review_state": "RETURNED", "review_reason": str(value)})
            else:
                writer.change("job", uid, {field: value})  # type: ignore[dict-item]

    def add_line(self, uid: str, part: str, qty: int) -> str:
        line = Line(new_uid(), {"part": part, "qty": qty})
        with self.writing() as writer:
            record = writer.get("job", uid)
            assert record is not None
            writer.change("job", uid, {}, {"parts": [*record.lines["parts"], line]})
        return line.uid

    def finish(self, uid: str) -> None:
        with self.writing() as writer:
            writer.move("job", uid, Moved(new_uid(), "finish", "REPORTED", "DONE", self.now(), "Sri"))

    def record(self, uid: str) -> Record:
        with self.ctx.store.reading() as reader:
            found = reader.get("job", uid)
        assert found is not None, f"{uid} is not at {self}"
        return found

    def value(self, uid: str, field: str) -> object:
        return self.record(uid).values[field]

    def has(self, uid: str) -> bool:
        with self.ctx.store.reading() as reader:
            return reader.get("job", uid) is not None

    def uids(self) -> list[str]:
        """Its jobs, removed ones too, oldest first."""
        return [uid for part, uid in self.rows() if part == "job"]

    def conflicts(self) -> list[dict[str, str]]:
        return [dict(zip(columns, row, strict=True)) for columns, row in self._table("conflict")]

    # ---- what is stored

    def _table(
        self, name: str, codes: tuple[str, ...] | None = None
    ) -> Iterator[tuple[list[str], list[str]]]:
        part = travel.part_named(REGISTRY, name)
        assert part is not None
        with self.ctx.store.reading() as reader:
            pieces = reader.csv_due(part, after=0, not_known_to="", site_codes=codes, personal=True)
            text = b"".join(piece for _, piece in pieces).decode()
        heading, *rows = csv.reader(io.StringIO(text, newline=""))
        return ((heading, row) for row in rows)

    def rows(self, codes: tuple[str, ...] | None = None) -> dict[tuple[str, str], dict[str, str]]:
        """Everything that travels: (part, uid) -> column -> canonical text."""
        found = {}
        for part in travel.parts(REGISTRY):
            for columns, row in self._table(part.name, codes):
                cells = dict(zip(columns, row, strict=True))
                found[part.name, cells["uid"]] = cells
        return found


class World:
    """Headquarters and its offices, whose time passes only when somebody says so. `server`: where headquarters' database is, if not in its
    folder.
    """

    server: Server | None = None

    def __init__(self, folder: Path, codes: str = "ABC", server: Server | None = None) -> None:
        self.folder = folder
        self.server = server
        self.time = BEGIN
        self.post = folder / "post"
        self.post.mkdir(parents=True)
        self._made = 0
        self.sites: list[Site] = []
        self.head = self.new_site(HEAD, "headquarters")
        self.offices = [self.office(code) for code in codes]

    def close(self) -> None:
        for site in self.sites:
            site.close()

    def forget(self) -> None:
        """Close everything, and take from the server what is its own there."""
        self.close()
        if self.server:
            kept = [file.read_text() for file in self.folder.glob(f"*/{_ON_SERVER}")]
            for name in dict.fromkeys([*(site.database for site in self.sites if site.database), *kept]):
                self.server.drop(name)

    @classmethod
    def settled(cls, folder: Path, server: Server | None = None) -> World:
        """A world in which `settle` is done; made once, and copied. `server`: headquarters has its database there."""
        ready = _settled(server)
        world = cls.__new__(cls)
        world.server = server
        world.folder, world.time, world.post, world._made = folder, ready.time, folder / "post", ready._made
        shutil.copytree(ready.folder, folder, dirs_exist_ok=True)
        again = {}
        for site in ready.sites:
            copied = server.new(site.database) if server and site.database else ""
            again[site] = Site(world, site.code, folder / site.folder.name, copied)
        world.sites = list(again.values())
        world.head, world.offices = again[ready.head], [again[site] for site in ready.offices]
        world.first = {again[site]: uid for site, uid in ready.first.items()}
        world.second = {again[site]: uid for site, uid in ready.second.items()}
        return world

    # ---- computers

    def new_site(self, code: str, role: str) -> Site:
        site = Site(self, code, self._folder(code))
        if self.server and role == "headquarters":
            site.database = self.server.new()
        else:
            shutil.copytree(_templates()[0], site.folder)
        self.sites.append(site)
        with site.writing() as writer:
            writer.set_site(code, role, f"Kantor {code}")
            writer.set_settings({"city_code": HEAD})
        settings.load(site.ctx)
        return site

    def _folder(self, name: str) -> Path:
        self._made += 1
        return self.folder / f"{self._made:03d}-{name}"

    def office(self, code: str) -> Site:
        """A new office (or another new computer of one) that knows headquarters and is known there, as by a starter file and a call."""
        site = self.new_site(CODES.get(code, code), "office")
        self.introduce(site)
        return site

    def introduce(self, site: Site) -> None:
        for here, there in ((site, self.head), (self.head, site)):
            card = own.keys(there.ctx.store).card
            with here.writing() as writer:
                exchanging.put_peer(
                    writer,
                    Peer(
                        there.id,
                        there.code,
                        "headquarters" if there.is_head else "office",
                        sign_key=card.sign,
                        age_key=card.age,
                        trusted_at="2026-03-01T00:00:00Z",
                    ),
                )
                if there.is_head:
                    exchanging.follow(writer, there.id)

    def snapshot(self, site: Site) -> Path:
        """A backup: the whole data folder as it lies there, or what a server keeps."""
        site.close()
        kept = self._folder("backup")
        shutil.copytree(site.folder, kept)
        if self.server and site.database:
            (kept / _ON_SERVER).write_text(self.server.new(site.database))
        return kept

    def restore(self, site: Site, backup: Path, *, silent: bool = False, confirmed: bool = True) -> None:
        """Put a backup in place. `silent`: by copying everything back by hand, so that the program can't know; else by the program.
        `confirmed`: at headquarters somebody says that it takes its own rows back.
        """
        site.close()
        shutil.rmtree(site.folder)
        shutil.copytree(backup, site.folder)
        if self.server and site.database:
            self.server.drop(site.database)
            site.database = self.server.new((site.folder / _ON_SERVER).read_text())
        elif not silent:
            identity.ask_for_new(site.folder)
        if site.is_head and confirmed:
            receiving.confirm_own_rows(site.ctx)

    def copy(self, site: Site, *, silent: bool = False) -> Site:
        """A second computer with the data of this one. `silent`: with everything; else the program sees that it is elsewhere."""
        backup = self.snapshot(site)
        other = Site(self, site.code, self._folder(f"{site.code}-copy"))
        shutil.copytree(backup, other.folder)
        if not silent:
            kept = {"site_id": new_uid(), "change_no": 0, "machine": ""}
            (other.folder / identity.FILE).write_text(json.dumps(kept))
        self.sites.append(other)
        if not site.is_head:
            self.offices.append(other)
        return other

    def lose(self, site: Site) -> Site:
        """Stolen: a new computer takes its place."""
        site.close()
        new = self.office(site.code)
        self.sites.remove(site)
        self.offices[self.offices.index(site)] = new
        return new

    def pass_time(self, minutes: float) -> None:
        self.time += dt.timedelta(minutes=minutes)

    # ---- the post

    def send(self, site: Site, to: Site | str = "", *, split: bool = False) -> Sent:
        """The package of an office for headquarters, or of headquarters for one computer. `split`: every row in a file of its own."""
        out = self.post / f"{len(list(self.post.iterdir())):04d}"
        out.mkdir()
        addressed = to.id if isinstance(to, Site) else to
        if not split:
            return sending.send(site.ctx, out, addressed)
        with mock.patch.object(sending, "_MEGABYTE", 0), mock.patch.object(sqlite_csv, "_AT_ONCE", 1):
            return sending.send(site.ctx, out, addressed)

    def receive(self, site: Site, *files: Path) -> list[Received]:
        return receiving.receive(site.ctx, files)

    def up(self, office: Site, *, split: bool = False) -> list[Received]:
        """The office sends and headquarters receives."""
        return self.receive(self.head, *self.send(office, split=split).files)

    def down(self, office: Site, *, split: bool = False) -> list[Received]:
        """Headquarters answers and the office receives."""
        return self.receive(office, *self.send(self.head, office, split=split).files)

    def settle(self) -> World:
        """Everybody has two records, everybody has exchanged them and knows it; ten minutes later."""
        self.first: dict[Site, str] = {}
        self.second: dict[Site, str] = {}
        for site in (self.head, *self.offices):
            self.first[site], self.second[site] = site.create("first"), site.create("second")
        for office in self.offices:
            self.up(office)
            self.down(office)
        for office in self.offices:
            self.up(office)
        self.pass_time(10)
        return self

    # ---- the end of every story

    def heal(self, late: Iterable[Path] = (), rounds: int = 14) -> None:
        """Clocks are set right, then everybody exchanges until nothing is left to say."""
        for site in self.sites:
            site.skew = dt.timedelta(0)
            self._mend_clock(site)
        self.folded = fold(site.rows() for site in (self.head, *self.offices))
        for file in late:
            self.receive(self.head, file)
        for number in range(rounds):
            before = self._state()
            said = False
            for office in list(self.offices):
                sent = self.send(office)
                said = said or not sent.nothing_new
                self.receive(self.head, *sent.files)
            for office in list(self.offices):
                sent = self.send(self.head, office)
                said = said or not sent.nothing_new
                self.receive(office, *sent.files)
            if number and not said and before == self._state():
                return
        raise AssertionError("nobody stops talking")

    def _state(self) -> list[object]:
        return [site.id for site in (self.head, *self.offices)]

    def _mend_clock(self, site: Site) -> None:
        with site.writing() as writer:
            clock_ahead.mend(writer)

    def check(self) -> None:
        """All copies agree, nothing that was stored when healing began is lost, and headquarters' rows are the fold of all."""
        at_head = self.head.rows()
        for office in self.offices:
            both = (office.code, HEAD)
            here, there = office.rows(both), self.head.rows(both)
            differ = [key for key in sorted({*here, *there}) if here.get(key) != there.get(key)]
            shown = [(key, here.get(key), there.get(key)) for key in differ[:2]]
            assert not differ, f"{office} and headquarters differ in {len(differ)} rows: {shown}"
        for key, copy in self.folded.items():
            assert key in at_head, f"lost: {key}"
            if key[0] != "conflict":
                part = travel.part_named(REGISTRY, key[0])
                assert part is not None
                stored = copy_of(part, at_head[key])
                assert stamps.merge(stored, copy) == stored, f"headquarters misses a fact of {key}"


_READY: dict[str, World] = {}


def _settled(server: Server | None) -> World:
    key = server.uri if server else ""
    if key not in _READY:
        _READY[key] = World(_temporary(), server=server).settle()
        _READY[key].close()
    return _READY[key]


def copy_of(part: travel.Part, cells: Mapping[str, str]) -> Copy:
    """A row as the pure merge sees it."""
    texts = {
        group: tuple(cells.get(name, "") for name in sorted(names))
        for group, names in travel.groups(part).items()
    }
    return Copy.of(cells["born"], cells["field_stamps"] or None, texts)


def fold(all_rows: Iterable[Mapping[tuple[str, str], dict[str, str]]]) -> dict[tuple[str, str], Copy]:
    """All copies of every row merged into one."""
    found: dict[tuple[str, str], Copy] = {}
    for rows in all_rows:
        for key, cells in rows.items():
            part = travel.part_named(REGISTRY, key[0])
            assert part is not None
            copy = copy_of(part, cells)
            found[key] = stamps.merge(found[key], copy) if key in found else copy
    return found
