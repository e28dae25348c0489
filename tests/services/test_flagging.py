"""What the rules find in records that came by merging."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from desktop_app.core.errors import Cancelled
from desktop_app.core.progress import Quiet
from desktop_app.core.record import Record
from desktop_app.core.rules import Finding
from desktop_app.core.stamps import new_uid
from desktop_app.services import flagging, records, upkeep
from desktop_app.storage import reviewing
from tests.services.slips import repair

pytestmark = pytest.mark.engines

LAMP = "019a0000-0000-7000-8000-00000000aaaa"


def came(ctx, *uids: str, kind: str = "streetlight_repair") -> None:
    """As a merge leaves them: nobody has looked at them yet."""
    with ctx.store.writing("") as writer:
        table = writer.tables.main[kind]
        given = sa.update(table).where(table.c.uid.in_(uids)).values(needs_review=reviewing.MERGED)
        writer.connection.execute(given)


def stands(ctx, kind: str = "streetlight_repair") -> dict[str, int | None]:
    with ctx.store.reading() as reader:
        table = reader.tables.main[kind]
        found = reader.connection.execute(sa.select(table.c.uid, table.c.needs_review))
        return {row.uid: row.needs_review for row in found}


def stored(ctx, **changed) -> str:
    """A repair as the writer takes it, whatever the rules say."""
    draft = repair(ctx)
    record = draft.record_to_save()
    record.values |= changed
    with ctx.store.writing("Sri") as writer:
        return writer.add(record).uid


def test_a_good_record_is_let_through_and_a_bad_one_is_flagged(office):
    good, bad = stored(office), stored(office, points_reported=-3)
    untouched = stored(office, points_reported=-4)
    came(office, good, bad)
    assert flagging.look(office) == 1
    assert stands(office) == {good: None, bad: reviewing.FOUND, untouched: None}
    (found,) = flagging.flagged(office)
    assert (found.uid, found.number[:8], found.site_code) == (bad, "PJU-LAP/", "18.72.01")
    assert [finding.field for finding in found.findings] == ["points_reported"]
    assert "-3" in found.findings[0].words.id


def test_a_code_that_is_in_no_list_is_kept_and_flagged(office):
    strange = stored(office, category="UFO_SIGHTED")
    came(office, strange)
    assert flagging.look(office) == 1
    assert "UFO_SIGHTED" in flagging.flagged(office)[0].findings[0].words.id


def test_two_that_stand_in_each_others_way_are_both_kept_and_both_flagged(office):
    here, comes = stored(office, lamp=LAMP), stored(office, lamp=LAMP)
    came(office, comes)
    assert flagging.look(office) == 2
    assert stands(office) == {here: reviewing.FOUND, comes: reviewing.FOUND}


def test_a_warning_that_somebody_let_through_flags_nothing(office):
    here = stored(office, lamp=LAMP)
    comes = stored(office, lamp=LAMP)
    records.save(office, records.open_draft(office, "streetlight_repair", comes))
    with office.store.reading() as reader:
        assert reader.get("streetlight_repair", comes).values["accepted_warnings"]
    came(office, comes)
    assert flagging.look(office) == 0
    assert stands(office) == {here: None, comes: None}


def test_what_has_healed_is_flagged_no_longer(office):
    bad = stored(office, points_reported=-3)
    came(office, bad)
    flagging.look(office)
    with office.store.writing("Sri") as writer:
        writer.change("streetlight_repair", bad, {"points_reported": 3})
    assert flagging.flagged(office) == []
    came(office, stored(office))
    assert flagging.look(office) == 0
    assert set(stands(office).values()) == {None}


def test_a_removed_record_is_looked_at_only_when_it_is_recovered(office):
    bad = stored(office, points_reported=-3)
    records.remove(office, "streetlight_repair", bad, "ganda")
    came(office, bad)
    assert flagging.look(office) == 0
    with office.store.reading() as reader:
        assert reviewing.numbers_to_review(reader) == {}
    records.recover(office, "streetlight_repair", bad)
    assert flagging.look(office) == 1


def test_stopped_work_goes_on_where_it_was(office, monkeypatch):
    monkeypatch.setattr(flagging, "_AT_ONCE", 2)
    bad = [stored(office, points_reported=-number) for number in range(1, 6)]
    came(office, *bad)
    with pytest.raises(Cancelled):
        flagging.look(office, Quiet(cancel_after=2))
    assert sorted(state or 0 for state in stands(office).values()) == [1, 1, 2, 2, 2]
    assert flagging.look(office) == 3
    assert set(stands(office).values()) == {1}


def test_looking_changes_nothing_that_travels(office):
    bad = stored(office, points_reported=-3)
    came(office, bad)
    with office.store.reading() as reader:
        before = reader.get("streetlight_repair", bad)
    flagging.look(office)
    with office.store.reading() as reader:
        assert reader.get("streetlight_repair", bad) == before


def test_the_numbers_of_each_office_are_counted(office):
    came(office, stored(office, points_reported=-3), stored(office))
    with office.store.reading() as reader:
        assert reviewing.numbers_to_review(reader) == {"18.72.01": 2}
    flagging.look(office)
    with office.store.reading() as reader:
        assert reviewing.numbers_to_review(reader) == {"18.72.01": 1}


def test_what_no_rule_can_judge_is_for_a_person_to_look_at(office):
    """The first hour of the first year has no time in Jakarta's zone a day before it; no form lets it in, a package may."""
    strange = stored(
        office,
        received_at=dt.datetime(1, 1, 1, tzinfo=dt.UTC),
        finished_at=dt.datetime.max.replace(tzinfo=dt.UTC),
    )
    came(office, strange)
    assert flagging.look(office) == 1
    (only,) = flagging.flagged(office)
    assert [finding.code for finding in only.findings] == ["unjudged"]


def test_a_personal_field_that_was_left_out_is_no_finding(office):
    kind = office.kind("tree_request")
    personal = next(field for field in kind.fields if field.personal and field.required)
    assert flagging._left_out(
        kind, Finding("error", f"{personal.name}:missing", personal.name, personal.label)
    )
    assert not flagging._left_out(
        kind, Finding("error", f"{personal.name}:format", personal.name, personal.label)
    )


def test_a_large_package_is_looked_at_a_piece_at_a_time(office, monkeypatch):
    monkeypatch.setattr(flagging, "_AT_ONCE", 2)
    bad = [stored(office, points_reported=-number) for number in range(1, 6)]
    came(office, *bad)
    assert flagging.look(office, most=2) == 2
    assert sorted(state or 0 for state in stands(office).values()) == [1, 1, 2, 2, 2]
    upkeep.catch_up(office)
    assert set(stands(office).values()) == {1}


def crew_of(ctx, site_code: str, name: str = "Regu 1") -> str:
    """A crew as it came from that office."""
    record = Record("crew", new_uid(), {"name": name, "leader": "Suryanto"}, site_code=site_code)
    with ctx.store.writing("Sri") as writer:
        uid = writer.add(record).uid
    came(ctx, uid, kind="crew")
    return uid


def test_two_offices_may_each_have_a_crew_of_the_same_name_until_headquarters_adopts_one(pusat):
    first, second = crew_of(pusat, "18.72.01"), crew_of(pusat, "18.72.02")
    assert flagging.look(pusat) == 0
    assert flagging.flagged(pusat) == []
    twice = crew_of(pusat, "18.72.02")
    assert flagging.look(pusat) == 2, "within one office it is one crew entered twice"
    assert {one.uid for one in flagging.flagged(pusat)} == {second, twice}
    with pusat.store.writing("Rudi") as writer:
        writer.remove("crew", twice, "ganda")
        writer.give("crew", [first], "18.72")
    came(pusat, second, kind="crew")
    flagging.look(pusat)
    assert {one.uid for one in flagging.flagged(pusat)} == {first, second}, (
        "the one that all offices have is meant"
    )


def test_the_register_s_own_codes_are_the_city_s(pusat):
    lamps = []
    for code in ("18.72.01", "18.72.02"):
        record = Record("light_point", new_uid(), {"lamp_code": "PJU-0001"}, site_code=code)
        with pusat.store.writing("Sri") as writer:
            lamps.append(writer.add(record).uid)
    came(pusat, *lamps, kind="light_point")
    flagging.look(pusat)
    for one in flagging.flagged(pusat):
        assert "lamp_code:unique" in [finding.code for finding in one.findings]
    assert {one.uid for one in flagging.flagged(pusat)} == set(lamps)
