"""How the city stands when a scenario begins. Each is made once by the command line, from the one before it, and copied for each scenario."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.engines import Base, Engine
from tests.exchange.scenarios.desk import KIND, Desk, exchanged

_HEAD, _TOLD = "head", "told.json"


class City(NamedTuple):
    """Headquarters, an office, and the stick that is carried between them."""

    head: Desk
    office: Desk
    stick: Path

    @property
    def folder(self) -> Path:
        """Where everything lies that is in it."""
        return self.stick.parent


def founded(city: City) -> None:
    """A headquarters and one office of its city, introduced to each other, and a first record."""
    head, office, stick = city
    head("init", "--site", "18.72", "--role", "headquarters", "--name", "Dinas Perkim Kota Metro")
    starter = city.folder / "awal.pelita.zip"
    head("starter", "18.72.01", "--out", starter, "--staff", "Sri Wahyuni")
    office("receive", starter)
    office.adds(street_name="jl kenanga")
    head.receives(*office.sends(stick))
    (line,) = head.asked("sites")
    head("trust", "18.72.01", line["fingerprint"])
    exchanged(head, office, stick)
    starter.unlink()


def known(city: City) -> str:
    """A repair of the office's that both have."""
    uid = city.office.adds()
    exchanged(*city)
    return uid


def clash(city: City) -> str:
    """A repair of which office and headquarters both changed street and number of points, and each one field more."""
    uid = told(city.folder)
    city.office.edits(uid, points_reported="3", reporter_name="Bu Sri Lestari")
    city.head.edits(uid, points_reported="7", priority="darurat")
    exchanged(*city)
    return uid


def stolen(city: City) -> tuple[str, dict[str, Any]]:
    """The office's computer is gone, and a new one (`NEW`) has read the starter file; a record of the former one, and all that it had."""
    head, office, stick = city
    uid = office.adds(reporter_phone="0812-1111-2222")
    office("move", KIND, uid, "verify")
    exchanged(head, office, stick)
    head("starter", "18.72.01", "--out", city.folder / STARTER, "--replace")
    anew(city).run("receive", city.folder / STARTER)
    return uid, office.rows()


STARTER = "awal.pelita.zip"


def anew(city: City) -> Desk:
    """The new computer of the office."""
    return Desk(city.folder / "new", "Sri Wahyuni", city.office.capsys)


BEGINNINGS: dict[str, tuple[str, Callable[[City], object]]] = {
    "founded": ("", founded),
    "known": ("founded", known),
    "clash": ("known", clash),
    "stolen": ("founded", stolen),
}
"""What each begins from, and how it is made."""


def told(folder: Path) -> Any:
    """What making the city of this folder gave."""
    return json.loads((folder / _TOLD).read_text(encoding="utf-8"))


class Cities:
    """Makes and copies them. On PostgreSQL it is headquarters' records that are on a server; an office has its own in a folder."""

    def __init__(self, engine: Engine, make_folder: Callable[[str], Path], capsys: Any) -> None:
        self._engine, self._make_folder, self._capsys = engine, make_folder, capsys

    def copied(self, name: str, folder: Path) -> tuple[City, Base]:
        """A city as it begins, in an empty folder, and headquarters' database."""
        base = self._made(name)
        original = base.folder.parent
        for one in original.iterdir():
            if one.is_file():
                shutil.copy(one, folder)
            elif one.name != _HEAD:
                shutil.copytree(one, folder / one.name)
        return self._in(folder, self._engine.copy(base, folder / _HEAD))

    def _made(self, name: str) -> Base:
        key = f"city {name}"
        if key not in self._engine.kept:
            folder = self._make_folder(name)
            begin, happens = BEGINNINGS[name]
            city, base = (
                self.copied(begin, folder) if begin else self._in(folder, self._engine.new(folder / _HEAD))
            )
            (folder / _TOLD).write_text(json.dumps(happens(city)), encoding="utf-8")
            shutil.rmtree(city.stick)
            self._engine.kept[key] = base
        return self._engine.kept[key]

    def _in(self, folder: Path, base: Base) -> tuple[City, Base]:
        head = Desk(base.folder, "Rudi Hartono", self._capsys, base.database)
        office = Desk(folder / "office", "Sri Wahyuni", self._capsys)
        return City(head, office, folder / "stick"), base
