"""Sites of a small world: real databases, and rows that go from one to another as machine CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any, cast

from desktop_app.core import travel
from desktop_app.core.record import Line, Moved, Record
from desktop_app.core.stamps import Copy, merge, new_uid
from desktop_app.core.travel import Part
from desktop_app.storage.merging.layout import BORN, STAMPS, layout_of, read_extras
from desktop_app.storage.merging.plain import Arrival, From
from desktop_app.storage.merging.tables import stored_at
from desktop_app.storage.store import Store
from tests.engines import Base
from tests.storage.merging.tiny import OLDER, REGISTRY

NOON = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)
CITY = "18.72"
"""Headquarters' site code."""


class Clock:
    """The time of day in the small world; `skew` is what is wrong with one computer's clock."""

    def __init__(self):
        self.now = NOON

    def pass_(self, seconds=1.0):
        self.now += dt.timedelta(seconds=seconds)


class Site:
    """One installation."""

    def __init__(self, base: Base, code: str, clock: Clock, migrations: Path, registry=REGISTRY):
        self.base, self.code, self.clock, self.skew = base, code, clock, dt.timedelta()
        self.registry, self.migrations = registry, migrations
        self.role = "headquarters" if code == CITY else "office"
        self.open()

    def open(self):
        self.store = Store.open(
            self.base.folder,
            self.registry,
            now=lambda: self.clock.now + self.skew,
            migrations=self.migrations,
            database=self.base.database,
        )

    def begin(self):
        with self.store.writing("") as writer:
            writer.set_site(self.code, self.role, self.code)
        return self

    def close(self):
        self.store.close()

    def writing(self):
        return self.store.writing(f"Orang {self.code}")

    @property
    def site_id(self):
        with self.store.reading() as reader:
            return reader.site_id

    @property
    def change_no(self):
        with self.writing() as writer:
            return writer.site_row.change_no

    # ---- what people do

    def add(self, code=None, parts=1, **values):
        lines = [
            Line(new_uid(), {"part": f"Lampu {n}", "qty": 2, "price": 1000 * (n + 1)}) for n in range(parts)
        ]
        record = Record(
            "job", new_uid(), {"name": "Pasang", **values}, {"parts": lines}, site_code=code or self.code
        )
        with self.writing() as writer:
            return writer.add(record).uid

    def place(self, code, label):
        with self.writing() as writer:
            return writer.add(Record("place", "", {"code": code, "label": label})).uid

    def get(self, uid, kind="job"):
        with self.store.reading() as reader:
            return reader.get(kind, uid)

    def change(self, uid, kind="job", **values):
        with self.writing() as writer:
            return writer.change(kind, uid, values)

    def lines(self, uid, lines):
        with self.writing() as writer:
            return writer.change("job", uid, {}, {"parts": lines})

    def move(self, uid, name):
        with self.writing() as writer:
            record = writer.get("job", uid)
            step = REGISTRY["job"].life_cycle.move(name)
            writer.move("job", uid, Moved(new_uid(), name, record.status, step.to, self.clock.now, "x"))

    def remove(self, uid, reason="ganda"):
        with self.writing() as writer:
            writer.remove("job", uid, reason)

    def recover(self, uid):
        with self.writing() as writer:
            writer.recover("job", uid)

    # ---- what travels

    def rows(self, *, after=0, not_known_to="", site_codes=None, personal=True):
        """The tables of a package: part name -> (columns, rows)."""
        tables = {}
        with self.store.reading() as reader:
            for part in travel.parts(self.registry):
                pieces = reader.csv_due(
                    part, after=after, not_known_to=not_known_to, site_codes=site_codes, personal=personal
                )
                text = b"".join(piece for _, piece in pieces).decode()
                columns, *rows = csv.reader(io.StringIO(text, newline=""))
                tables[part.name] = (tuple(columns), [[cell or None for cell in row] for row in rows])
        return tables

    def merge(self, tables, sender, *, pid="p", acknowledged=True, groups=None):
        """Merge the tables of a package that `sender` (a site) made."""
        arrivals = [
            Arrival(
                cast("Part", travel.part_named(self.registry, name)),
                columns,
                rows,
                groups_of(sender.registry, name),
            )
            for name, (columns, rows) in tables.items()
            if travel.part_named(self.registry, name) is not None
        ]
        who = From(sender.site_id, sender.code, sender.role, pid, f"kantor {sender.code}")
        with self.writing() as writer:
            return writer.merge(arrivals, who, acknowledged=acknowledged)

    def take(self, sender, **given):
        """Take everything that another site has."""
        return self.merge(sender.rows(), sender, **given)

    # ---- what is there

    def stored(self):
        """(part, uid) -> the travelling cells of every row."""
        found: dict[tuple[str, str], tuple[Any, ...]] = {}
        with self.writing() as writer:
            for part in travel.parts(self.registry):
                layout = layout_of(part)
                pks = [pk for (pk,) in writer.connection.exec_driver_sql(f'SELECT pk FROM "{part.table}"')]
                for row in stored_at(writer, layout, pks):
                    found[part.name, row.cells[0]] = tuple(row.cells)
        return found

    def local(self):
        """(part, uid) -> (change_no, known_to)."""
        found: dict[tuple[str, str], tuple[int, str | None]] = {}
        with self.store.reading() as reader:
            for part in travel.parts(self.registry):
                rows = reader.connection.exec_driver_sql(
                    f'SELECT uid, change_no, known_to FROM "{part.table}"'
                )
                found |= {(part.name, uid): (no, known_to) for uid, no, known_to in rows}
        return found

    def conflicts(self):
        with self.store.reading() as reader:
            return sorted(
                tuple(
                    reader.get("conflict", uid).values.get(name)
                    for name in ("record_uid", "group_name", "lower_texts", "higher_texts", "removal")
                )
                for (uid,) in reader.connection.exec_driver_sql("SELECT uid FROM conflict")
            )

    def said(self, sql, *values):
        with self.store.reading() as reader:
            return [tuple(row) for row in reader.connection.exec_driver_sql(sql, values)]


def groups_of(registry, name):
    """Column -> merge group, as a package's Table Schema tells it."""
    part = travel.part_named(registry, name)
    return {column.name: column.group for column in travel.columns(part) if column.group}


def copy_of(part, cells):
    """A stored row as `core.stamps` sees it: the plain statement of what merging means."""
    layout = layout_of(part)
    groups = {
        group: tuple(layout.text(cells, at) for _, at in members) for group, members in layout.groups.items()
    }
    for group, named in read_extras(cells[layout.extras]).items():
        # What is unknown of a group that is known stands behind its fields: the same place in every copy that has it.
        groups[group] = (*groups.get(group, ()), *(text for _, text in sorted(named.items())))
    return Copy.of(cells[BORN], cells[STAMPS], groups)


def fold(registry, *worlds):
    """The rows of several sites merged by `core.stamps` alone."""
    found: dict[tuple[str, str], Copy] = {}
    for world in worlds:
        for (name, uid), cells in world.items():
            part = travel.part_named(registry, name)
            mine = copy_of(part, cells)
            found[name, uid] = merge(found[name, uid], mine) if (name, uid) in found else mine
    return found


def as_copies(registry, world):
    return {key: copy_of(travel.part_named(registry, key[0]), cells) for key, cells in world.items()}


__all__ = ["CITY", "OLDER", "REGISTRY", "Clock", "Site", "as_copies", "copy_of", "fold", "groups_of"]
