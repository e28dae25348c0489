"""Demo data: as many as asked for, the same for the same seed, such as the form itself would let through."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from desktop_app.core import rules
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.core.stamps import new_uid
from desktop_app.records.samples import SAMPLES
from desktop_app.records.sampling import World
from desktop_app.services import demo, settings, start
from desktop_app.services.references import resolver


def all_records(ctx):
    with ctx.store.reading() as reader:
        return [
            reader.get(kind.name, row.uid)
            for kind in ctx.registry
            if kind.name != "region"
            for row in reader.stream_rows(Query(kind.name))
        ]


def as_told(record):
    """All of a record but its stamps and versions, which tell of this installation."""
    return (
        record.kind,
        record.uid,
        record.values,
        [(name, [(line.uid, line.values) for line in lines]) for name, lines in record.lines.items()],
        record.moves,
        record.status,
        record.record_no,
        record.entry_by,
        record.entry_at,
    )


def test_there_are_as_many_as_asked_for_over_all_kinds(busy):
    found = Counter(record.kind for record in all_records(busy))
    assert sum(found.values()) == 400
    assert set(found) == {kind.name for kind in busy.registry if kind.own_page} - {"region"}
    assert found["streetlight_repair"] > found["light_point"] > found["power_panel"]
    assert found["park_work"] > found["park"]


@pytest.mark.parametrize("number", [1, 7, 60, 100, 12_345])
def test_a_plan_adds_up(number):
    assert sum(demo.plan(number).values()) == number


def _second_office(ctx):
    start.init(ctx, "18.72.02", "office")
    demo.fill(ctx, 400, seed=5)


@pytest.fixture
def elsewhere(makers, tmp_path):
    """Another office filled in the same way as `busy`."""
    yield from makers.opened(makers.filled("elsewhere", makers.bare(), _second_office), tmp_path / "other")


def test_the_same_seed_gives_the_same_records_and_another_office_others(busy, office, elsewhere):
    demo.fill(office, 400, seed=5)
    assert [as_told(one) for one in all_records(office)] == [as_told(one) for one in all_records(busy)]
    assert not {one.uid for one in all_records(elsewhere)} & {one.uid for one in all_records(busy)}


def test_no_code_that_is_given_once_is_given_by_two_offices(busy, elsewhere):
    """Both meet at headquarters."""
    once = {kind.name: [field.name for field in kind.table_fields if field.unique] for kind in busy.registry}
    given = [
        {(one.kind, name, one.values[name]) for one in all_records(ctx) for name in once[one.kind]}
        for ctx in (busy, elsewhere)
    ]
    named = [{one for one in some if one[2] is not None} for some in given]
    assert {kind for kind, _, _ in named[0]} >= {"power_panel", "light_point", "park", "cemetery", "crew"}
    assert not named[0] & named[1]


def test_an_office_holds_only_what_it_owns(busy):
    for record in all_records(busy):
        assert record.site_code == "18.72.01", record.kind
        village = record.values.get("village_code")
        assert village is None or str(village).startswith("18.72.01."), record.kind


@pytest.mark.parametrize("number", [100, pytest.param(500, marks=pytest.mark.heavy)])
def test_they_pass_the_rules_of_the_form(office, number):
    demo.fill(office, number * 8 // 5, seed=11)
    chosen = random.Random(1).sample(all_records(office), number)
    wrong = []
    with office.store.reading() as reader:
        where = office.where(reader)
        for record in chosen:
            draft = Draft.of(office.kind(record.kind), record, where, new_uid, resolver(office))
            wrong += [
                (record.kind, finding.field, finding.words.en)
                for finding in draft.findings()
                if finding.severity == "error"
            ]
            assert not draft.changed() or record.kind == "slum_assessment", record.kind
    assert wrong == []


def test_histories_go_along_the_life_cycles(busy):
    walked: Counter[tuple[str, str | None]] = Counter()
    for record in all_records(busy):
        cycle = busy.kind(record.kind).life_cycle
        if cycle is None:
            continue
        assert record.moves[0].after == cycle.start
        assert record.moves[-1].after == record.status
        for before, step in zip(record.moves, record.moves[1:], strict=False):
            move = cycle.move(step.move)
            assert move is not None
            assert step.before == before.after
            assert step.before in move.frm
            assert step.after == move.to
            assert step.at >= before.at
            assert bool(step.reason) or not move.reason
        walked[record.kind, record.status] += 1
    assert len([status for kind, status in walked if kind == "streetlight_repair"]) > 4


def test_a_second_filling_goes_on_with_other_records(busy):
    demo.fill(busy, 100, seed=5)
    found = all_records(busy)
    assert len({record.uid for record in found}) == 500
    codes = [record.values["lamp_code"] for record in found if record.kind == "light_point"]
    assert len(set(codes)) == len(codes)


def test_one_kind_alone_brings_what_it_refers_to(office):
    made = demo.fill(office, 300, seed=1, kind="streetlight_repair")
    assert made["streetlight_repair"] == 300
    assert set(made) >= {"light_point", "crew", "material"}
    assert "burial" not in made
    with pytest.raises(KnownError):
        demo.fill(office, 10, kind="region")


def test_there_are_units_for_all_assessments(office):
    made = demo.fill(office, 120, seed=2, kind="slum_assessment")
    assert made["slum_assessment"] == made["slum_unit"] == 120
    for total in (20, 300, 1_000, 10_000, 100_000, 1_000_000):
        counted = demo.plan(total)
        assert counted.get("slum_assessment", 0) <= counted.get("slum_unit", 0), total


def test_outside_kota_metro_there_is_no_demo(nowhere):
    start.init(nowhere, "35.06.01", "office")
    with pytest.raises(KnownError, match="Kota Metro"):
        demo.fill(nowhere, 10)


def test_rules_are_asked_at_all(busy):
    """A record that breaks a rule is found by the same means as above."""
    settings.change(busy, {"idpel_prefixes": ""})
    with busy.store.reading() as reader:
        record = next(one for one in all_records(busy) if one.kind == "streetlight_repair")
        record.values["category"] = "NOTHING"
        draft = Draft.of(busy.kind(record.kind), record, busy.where(reader), new_uid, resolver(busy))
        assert any(finding.severity == "error" for finding in rules.findings(draft.view()))


@pytest.mark.parametrize("number", [20, 25, 40])
def test_a_small_demo_has_a_burial_for_each_permit(number):
    for seed in range(200):
        world = World.begin("18.72.01", today=demo.DAY, seed=seed)
        made = Counter(
            SAMPLES[name](world).kind for name, some in demo.plan(number).items() for _ in range(some)
        )
        assert made == demo.plan(number)
