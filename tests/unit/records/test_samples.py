"""Samples: plausible, in order by the form's own rules, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest

from desktop_app.core import fields as f
from desktop_app.core.computing import compute
from desktop_app.core.record import Record, Setting, View
from desktop_app.core.rules import findings
from desktop_app.core.settings import Settings
from desktop_app.core.spec import LifeCycle
from desktop_app.core.values import from_db, from_text, to_db, to_text
from desktop_app.records.registry import REGISTRY
from desktop_app.records.samples import SAMPLES, make
from desktop_app.records.sampling import BEGIN, METRO, World
from tests.unit.records.house import House

TODAY = dt.date(2026, 11, 22)
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def office(number: int, seed: int = 7) -> tuple[World, list[Record]]:
    world = World.begin(today=TODAY, seed=seed)
    return world, list(make(world, number))


@pytest.fixture(scope="module")
def filled() -> tuple[World, House, list[Record]]:
    world, records = office(700)
    records.append(SAMPLES["region"](world))
    house = House(REGISTRY.kinds, Settings(site_code=world.site_code))
    for record in records:
        record.version = 1
        compute(View(REGISTRY[record.kind], record, house.where()))
        house.records[record.uid] = record
    return world, house, records


def test_as_many_as_asked_of_every_kind_that_offices_write():
    _, records = office(700)
    assert len(records) == 700
    assert {record.kind for record in records} == {kind.name for kind in REGISTRY if kind.own_page} - {
        "region"
    }


def test_every_kind_has_a_sample():
    assert set(SAMPLES) == {kind.name for kind in REGISTRY}


def test_the_same_seed_gives_the_same_city_and_another_seed_another():
    assert office(150)[1] == office(150)[1]
    assert office(150)[1] != office(150, seed=8)[1]


def test_the_form_has_nothing_against_them(filled: tuple[World, House, list[Record]]):
    world, house, records = filled
    where = Setting(world.now, house, house.settings, house, "Sri Wahyuni")
    errors = Counter(
        (record.kind, finding.code, finding.words.en)
        for record in records
        for finding in findings(View(REGISTRY[record.kind], record, where))
        if finding.severity == "error"
    )
    assert not errors


def test_they_hold_only_declared_fields_and_values_that_the_store_can_keep(
    filled: tuple[World, House, list[Record]],
):
    for record in filled[2]:
        kind = REGISTRY[record.kind]
        cells = [(kind.by_name, record.values)]
        cells += [
            (kind.lines_by_name[name].by_name, line.values)
            for name, rows in record.lines.items()
            for line in rows
        ]
        for fields, values in cells:
            assert set(values) <= set(fields), record.kind
            for name, value in values.items():
                assert from_db(fields[name], to_db(fields[name], value)) == value, f"{record.kind}.{name}"
                assert from_text(fields[name], to_text(fields[name], value)) == value, f"{record.kind}.{name}"


def test_ids_are_uuids_of_their_time_and_their_own(filled: tuple[World, House, list[Record]]):
    seen: set[str] = set()
    for record in filled[2]:
        own = [record.uid, *(move.uid for move in record.moves)]
        own += [line.uid for rows in record.lines.values() for line in rows]
        if record.kind == "region":
            own = own[1:]
        for uid in own:
            assert UID.fullmatch(uid), uid
        assert not seen & set(own)
        seen |= set(own)
        if record.kind != "region":
            assert record.entry_at is not None
            assert int(record.uid.replace("-", "")[:12], 16) == int(record.entry_at.timestamp() * 1000)


def _walks(cycle: LifeCycle, record: Record) -> bool:
    stands, at = None, record.moves[0].at
    for move in record.moves:
        declared = cycle.move(move.move)
        begun = stands is None and (move.move, move.after) == (BEGIN, cycle.start)
        if not begun and (declared is None or stands not in declared.frm or move.after != declared.to):
            return False
        if move.before != stands or move.at < at or (declared and declared.reason and not move.reason):
            return False
        stands, at = move.after, move.at
    return stands == record.status


def test_they_came_where_they_stand_by_their_life_cycle(filled: tuple[World, House, list[Record]]):
    for record in filled[2]:
        cycle = REGISTRY[record.kind].life_cycle
        assert cycle is None or _walks(cycle, record), record


def test_an_office_s_city_is_its_own(filled: tuple[World, House, list[Record]]):
    world, house, records = filled
    south, west, north, east = house.settings.city_box
    for record in records:
        village = record.values.get("village_code")
        assert village is None or str(village).startswith("18.72.04"), record.kind
        if record.kind != "region":
            assert record.site_code == world.site_code
        lat, lon = record.values.get("latitude"), record.values.get("longitude")
        assert lat is None or (south < lat < north and west < lon < east)  # type: ignore[operator]


def test_references_lead_to_records_made_before(filled: tuple[World, House, list[Record]]):
    known: dict[str, str] = {village.code: "region" for village in METRO}
    known |= {village.code[:8]: "region" for village in METRO}
    for record in filled[2]:
        kind = REGISTRY[record.kind]
        told = [(kind.by_name, record.values)]
        told += [
            (kind.lines_by_name[name].by_name, line.values)
            for name, rows in record.lines.items()
            for line in rows
        ]
        for fields, values in told:
            for name, value in values.items():
                field = fields[name]
                if isinstance(field, f.Reference) and value is not None:
                    assert known.get(str(value)) == field.kind, f"{record.kind}.{name}"
        known[record.uid] = record.kind


def test_a_city_elsewhere_may_be_given():
    world = World.begin(
        "35.06.01", today=TODAY, villages=[village._replace(code="35.06.01.2001") for village in METRO]
    )
    assert {world.village().code for _ in range(20)} == {"35.06.01.2001"}
