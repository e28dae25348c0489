"""Records one at a time, through the services that form and command line use."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.query import Query
from desktop_app.services import history, records, settings, typed
from desktop_app.services.lists import Source
from desktop_app.services.records import NotSaved
from desktop_app.storage.plain import StaleRecord
from tests.services import slips

pytestmark = pytest.mark.engines


def stored(ctx, uid, kind="streetlight_repair"):
    with ctx.store.reading() as reader:
        return reader.get(kind, uid)


def undo(ctx, saved):
    assert saved.undo is not None
    return records.undo(ctx, saved.undo)


def test_what_was_typed_is_stored_as_it_was_meant(office):
    saved = records.save(office, slips.repair(office))
    record = stored(office, saved.uid)
    assert saved.record_no == "PJU-LAP/187201/2026/000001"
    assert record.values["street_name"] == "Jl. mawar"
    assert record.values["village_code"] == "18.72.01.1003"
    assert record.values["rt"] == "003"
    assert str(record.values["latitude"]) == "-5.11670000"
    assert record.status == "RECEIVED"
    assert record.entry_by == "Sri Wahyuni"
    assert [move.after for move in record.moves] == ["RECEIVED"]


def test_errors_stop_a_save_and_nothing_is_stored(office):
    draft = slips.repair(office, channel="burung merpati", village_code="")
    with pytest.raises(NotSaved) as refused:
        records.save(office, draft)
    assert {finding.field for finding in refused.value.findings} == {"channel", "village_code"}
    assert "1 hal lain" in refused.value.words.id
    assert Source(office).count(Query("streetlight_repair")) == 0


def test_warnings_let_through_once_confirmed_and_are_kept_with_the_record(office):
    draft = slips.repair(office, latitude="-6,2, 106,8")
    with pytest.raises(NotSaved) as refused:
        records.save(office, draft, accept_warnings=False)
    assert {finding.severity for finding in refused.value.findings} == {"warning"}
    saved = records.save(office, draft)
    kept = str(stored(office, saved.uid).values["accepted_warnings"]).split("|")
    assert set(kept) >= {finding.code for finding in refused.value.findings}
    again = records.open_draft(office, "streetlight_repair", saved.uid)
    again.type("points_reported", "3")
    assert records.save(office, again, accept_warnings=False).record.values["points_reported"] == 3


def test_a_record_is_done_only_by_its_moves(office):
    crew = slips.crew(office)
    uid = records.save(office, slips.repair(office)).uid
    draft = records.open_draft(office, "streetlight_repair", uid)
    with pytest.raises(KnownError, match="move"):
        typed.type_all(draft, {"status": "DONE"})
    with pytest.raises(NotSaved, match="tidak bisa dari status"):
        records.move(office, "streetlight_repair", uid, "finish")
    records.move(office, "streetlight_repair", uid, "verify")
    with pytest.raises(NotSaved) as refused:
        records.move(office, "streetlight_repair", uid, "schedule")
    assert {finding.field for finding in refused.value.findings} >= {"crew"}
    draft = records.open_draft(office, "streetlight_repair", uid)
    typed.type_all(draft, {"crew": crew, "planned_date": "21/11/2026"})
    assert records.move_draft(office, draft, "schedule").record.status == "SCHEDULED"
    assert [move.move for move in stored(office, uid).moves] == ["begin", "verify", "schedule"]


def test_a_move_that_needs_a_reason_is_refused_without_one(office):
    uid = records.save(office, slips.repair(office)).uid
    with pytest.raises(NotSaved, match="alasan"):
        records.move(office, "streetlight_repair", uid, "reject")
    after = records.move(office, "streetlight_repair", uid, "reject", reason="Bukan lampu kota")
    assert after.record.moves[-1].reason == "Bukan lampu kota"
    assert after.undo is None


def test_a_refused_move_stores_nothing_of_what_came_with_it(office):
    uid = records.save(office, slips.repair(office)).uid
    with pytest.raises(NotSaved):
        records.move(office, "streetlight_repair", uid, "finish", {"points_reported": 9})
    assert stored(office, uid).values["points_reported"] == 2


def test_unknown_moves_kinds_and_records_are_wrong_usage(office):
    uid = records.save(office, slips.repair(office)).uid
    for wrong in (
        lambda: records.move(office, "streetlight_repair", uid, "fly"),
        lambda: records.new(office, "airplane"),
        lambda: records.open_draft(office, "streetlight_repair", "nobody"),
    ):
        with pytest.raises(UsageError):
            wrong()


def test_two_people_on_one_record_the_later_one_gets_both_versions(office):
    uid = records.save(office, slips.repair(office)).uid
    first, second = (records.open_draft(office, "streetlight_repair", uid) for _ in range(2))
    first.type("points_reported", "5")
    second.type("description", "Padam total")
    records.save(office, first)
    with pytest.raises(StaleRecord) as stale:
        records.save(office, second)
    assert stale.value.theirs.values["points_reported"] == 5
    assert second.rebase(stale.value.theirs) == []
    saved = records.save(office, second)
    assert (saved.record.values["points_reported"], saved.record.values["description"]) == (5, "Padam total")


def test_a_save_can_be_undone_and_history_tells_both(office):
    uid = records.save(office, slips.repair(office)).uid
    draft = records.open_draft(office, "streetlight_repair", uid)
    draft.type("points_reported", "7")
    undone = undo(office, records.save(office, draft))
    assert undone.values["points_reported"] == 2
    told = [
        [(detail.before, detail.after) for detail in event.details]
        for event in history.history(office, "streetlight_repair", uid)
    ]
    assert told == [[("7 titik", "2 titik")], [("2 titik", "7 titik")], []]


def test_undoing_a_new_record_removes_it_and_undoing_a_removal_brings_it_back(office):
    saved = records.save(office, slips.repair(office))
    assert undo(office, saved).removed_at is not None
    other = records.save(office, slips.repair(office))
    removed = records.remove(office, "streetlight_repair", other.uid, "salah ketik")
    assert stored(office, other.uid).remove_reason == "salah ketik"
    assert undo(office, removed).removed_at is None


def test_what_was_changed_since_cannot_be_undone(office):
    saved = records.save(office, slips.repair(office))
    records.move(office, "streetlight_repair", saved.uid, "verify")
    with pytest.raises(KnownError, match="sudah diubah lagi"):
        undo(office, saved)


def test_lines_are_stored_changed_and_undone_with_their_record(office):
    material = records.new(office, "material")
    typed.fill(material, {"code": "LED-90", "name": "Lampu LED 90 W", "unit": "buah"})
    records.save(office, material)
    draft = slips.repair(office)
    typed.fill(
        draft, {"lines": {"materials": [{"material": "LED-90", "qty": "2", "unit_price": "1.250.000"}]}}
    )
    saved = records.save(office, draft)
    assert saved.record.values["materials_total"] == 2_500_000
    again = records.open_draft(office, "streetlight_repair", saved.uid)
    again.type_cell("materials", again.rows("materials")[0], "qty", "3")
    changed = records.save(office, again)
    assert changed.record.values["materials_total"] == 3_750_000
    assert undo(office, changed).values["materials_total"] == 2_500_000


def test_removal_asks_for_a_reason_and_happens_once(office):
    uid = records.save(office, slips.repair(office)).uid
    with pytest.raises(KnownError, match="alasan"):
        records.remove(office, "streetlight_repair", uid, "  ")
    records.remove(office, "streetlight_repair", uid, "dobel")
    with pytest.raises(KnownError, match="sudah dihapus"):
        records.remove(office, "streetlight_repair", uid, "dobel")
    records.recover(office, "streetlight_repair", uid)
    with pytest.raises(KnownError, match="tidak dihapus"):
        records.recover(office, "streetlight_repair", uid)


def test_an_office_only_looks_at_what_belongs_to_others(office):
    draft = records.open_draft(office, "region", "18.72.01.1003")
    draft.type("name", "Imopuro Baru")
    with pytest.raises(KnownError, match=r"tanggung jawab Pusat"):
        records.save(office, draft)
    settings.change(office, {"role": "headquarters"})
    records.save(office, draft)
    assert stored(office, "18.72.01.1003", "region").values["name"] == "Imopuro Baru"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"nobody": "1"}, "nobody"),
        ({"import_batch_id": "x"}, "import_batch_id"),
        ({"district_code": "x"}, "district_code"),
    ],
)
def test_names_that_nobody_types_are_refused(office, given, field):
    with pytest.raises(KnownError) as refused:
        typed.fill(records.new(office, "streetlight_repair"), given)
    assert refused.value.field == field
