"""Drafts: kept as they are typed, found again, taken up where they were left."""

from __future__ import annotations

import pytest

from desktop_app import bootstrap
from desktop_app.core.errors import KnownError
from desktop_app.services import drafts, records
from desktop_app.storage.plain import StaleRecord
from tests.engines import database_of
from tests.services import slips

pytestmark = pytest.mark.engines


def test_a_draft_comes_back_after_a_crash_with_what_was_not_understood(office):
    draft = slips.repair(office, points_reported="banyak")
    drafts.keep(office, draft, "points_reported")
    again = bootstrap.open_context(
        office.place, database=database_of(office.store)
    )  # the first one never closed anything
    try:
        kept = drafts.all_kept(again)[0]
        assert (kept.kind, kept.uid, kept.field) == (
            "streetlight_repair",
            draft.record.uid,
            "points_reported",
        )
        taken = drafts.take_up(again, kept)
        assert taken.text("points_reported") == "banyak"
        assert taken.value("village_code") == "18.72.01.1003"
        assert any(finding.field == "points_reported" for finding in taken.findings())
        taken.type("points_reported", "4")
        assert records.save(again, taken).record.values["points_reported"] == 4
    finally:
        again.close()


def test_what_is_saved_or_thrown_away_leaves_the_shelf(office):
    first, second = slips.repair(office), slips.repair(office, reporter_name="Pak Budi")
    for draft in (first, second):
        drafts.keep(office, draft)
    drafts.drop(office, first)
    kept = drafts.all_kept(office)
    assert [one.uid for one in kept] == [second.record.uid]
    drafts.throw(office, kept[0])
    assert drafts.all_kept(office) == []


def test_the_shelf_says_how_each_draft_is_called(office):
    crew = slips.crew_draft(office, name="Regu Mawar")
    drafts.keep(office, crew)
    assert drafts.all_kept(office)[0].title == "Regu Mawar"


def test_a_draft_on_a_record_that_others_changed_meets_them_when_it_is_saved(office):
    uid = records.save(office, slips.repair(office)).uid
    mine = records.open_draft(office, "streetlight_repair", uid)
    mine.type("description", "Padam total")
    drafts.keep(office, mine, "description")
    theirs = records.open_draft(office, "streetlight_repair", uid)
    theirs.type("points_reported", "9")
    records.save(office, theirs)
    taken = drafts.take_up(office, drafts.all_kept(office)[0])
    with pytest.raises(StaleRecord) as stale:
        records.save(office, taken)
    taken.rebase(stale.value.theirs)
    after = records.save(office, taken).record.values
    assert (after["description"], after["points_reported"]) == ("Padam total", 9)


def test_a_draft_of_a_record_that_never_came_is_refused_in_words(office):
    draft = slips.repair(office)
    uid = records.save(office, draft).uid
    opened = records.open_draft(office, "streetlight_repair", uid)
    opened.record.uid = "00000000-0000-7000-8000-000000000000"
    drafts.keep(office, opened)
    with pytest.raises(KnownError, match="sudah tidak ada"):
        drafts.take_up(office, drafts.all_kept(office)[0])


def test_a_new_record_stored_the_moment_before_a_power_cut_is_no_draft_any_more(office):
    draft, other = slips.repair(office), slips.repair(office, reporter_name="Pak Budi")
    for one in (draft, other):
        drafts.keep(office, one)
    uid = records.save(office, draft).uid  # and its draft was not dropped any more
    changing = records.open_draft(office, "streetlight_repair", uid)
    assert [one.uid for one in drafts.all_kept(office)] == [other.record.uid]
    assert [one.uid for one in office.drafts.all()] == [other.record.uid]
    changing.type("description", "Padam total")
    drafts.keep(office, changing)
    assert {one.uid for one in drafts.all_kept(office)} == {uid, other.record.uid}, "a change of it is one"
