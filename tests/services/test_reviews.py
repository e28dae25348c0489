"""Headquarters gives records back, takes them up and approves them; offices can't."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.core.errors import KnownError, UsageError
from desktop_app.services import drafts, records, reviews, settings
from tests.services.slips import repair

pytestmark = pytest.mark.engines

REVIEW = ("review_state", "review_field", "review_reason", "review_by", "review_at")


@pytest.fixture
def sent(pusat) -> str:
    """A repair of an office, as it stands at headquarters."""
    record = repair(pusat).record_to_save()
    record.site_code = "18.72.01"
    with pusat.store.writing("Sri") as writer:
        return writer.add(record).uid


def said(ctx, uid: str) -> list:
    with ctx.store.reading() as reader:
        values = reader.get("streetlight_repair", uid).values
        return [values[name] for name in REVIEW]


def test_a_record_is_given_back_with_field_and_reason(pusat, sent):
    moment = dt.datetime(2026, 11, 22, 3, 4, 5, 678, tzinfo=dt.UTC)
    pusat.clock = lambda: moment
    reviews.give_back(pusat, "streetlight_repair", sent, "points_reported", "  12 titik?  Cek ulang. ")
    assert said(pusat, sent) == [
        "RETURNED", "points_reported", "12 titik? Cek ulang.", "Rudi Hartono", moment.replace(microsecond=0)
    ]  # fmt: skip
    (item,) = reviews.returned(pusat)
    assert (item.kind, item.uid, item.site_code) == ("streetlight_repair", sent, "18.72.01")
    assert (item.field.id, item.field_name, item.by) == ("Jumlah titik", "points_reported", "Rudi Hartono")
    assert item.reason == "12 titik? Cek ulang."
    assert f"{item.at:%H.%M}" == "10.04"  # on the office's clock
    assert item.number.startswith("PJU-LAP/")


def test_child_lines_can_be_given_back_too(pusat, sent):
    reviews.give_back(pusat, "streetlight_repair", sent, "materials", "Kabel tidak dicatat")
    assert reviews.returned(pusat)[0].field.id == "Material"


def test_what_is_approved_or_taken_up_is_no_longer_given_back(pusat, sent):
    reviews.give_back(pusat, "streetlight_repair", sent, "category", "Salah jenis")
    reviews.approve(pusat, "streetlight_repair", sent)
    assert reviews.returned(pusat) == []
    assert said(pusat, sent)[:3] == ["APPROVED", None, None]
    assert reviews.receive_all(pusat, "streetlight_repair", [sent]) == 1
    assert reviews.receive_all(pusat, "streetlight_repair", [sent]) == 0
    assert said(pusat, sent)[0] == "RECEIVED"


@pytest.mark.parametrize(
    ("field", "reason", "kind"),
    [
        ("points_reported", "   ", KnownError),
        ("points_reported", "x" * 501, KnownError),
        ("no_such_field", "Salah", UsageError),
        ("review_state", "Salah", UsageError),
        ("materials_total", "Salah", UsageError),
    ],
)
def test_a_return_that_says_nothing_changes_nothing(pusat, sent, field, reason, kind):
    with pytest.raises(kind):
        reviews.give_back(pusat, "streetlight_repair", sent, field, reason)
    assert said(pusat, sent) == [None] * 5
    assert reviews.returned(pusat) == []


def test_headquarters_own_and_removed_records_are_not_given_back(pusat, sent):
    own = records.save(pusat, repair(pusat)).uid
    with pytest.raises(KnownError, match="milik pusat sendiri"):
        reviews.give_back(pusat, "streetlight_repair", own, "category", "Salah")
    records.remove(pusat, "streetlight_repair", sent, "ganda")
    with pytest.raises(KnownError, match="sudah dihapus"):
        reviews.give_back(pusat, "streetlight_repair", sent, "category", "Salah")


def test_an_office_may_not_review(office):
    uid = records.save(office, repair(office)).uid
    for attempt in (
        lambda: reviews.give_back(office, "streetlight_repair", uid, "category", "Salah"),
        lambda: reviews.approve(office, "streetlight_repair", uid),
        lambda: reviews.receive_all(office, "streetlight_repair", [uid]),
    ):
        with pytest.raises(KnownError, match="Hanya pusat yang dapat"):
            attempt()
    assert said(office, uid) == [None] * 5


def test_an_offices_edit_leaves_what_headquarters_said(office):
    """A draft from before the return, one that forges a review, and a new record that does: the review fields stay headquarters'."""
    uid = records.save(office, repair(office)).uid
    before = records.open_draft(office, "streetlight_repair", uid)
    before.type("points_reported", "5")
    drafts.keep(office, before)
    with office.store.writing("kantor pusat") as writer:
        writer.change("streetlight_repair", uid, {"review_state": "RETURNED", "review_reason": "Cek"})
    kept = drafts.take_up(office, drafts.all_kept(office)[0])
    with office.store.reading() as reader:
        kept.rebase(reader.get("streetlight_repair", uid))
    kept.record.values["review_state"] = "APPROVED"
    records.save(office, kept)
    assert said(office, uid)[:3] == ["RETURNED", None, "Cek"]
    with office.store.reading() as reader:
        assert reader.get("streetlight_repair", uid).values["points_reported"] == 5
    forged = repair(office)
    forged.record.values["review_state"] = "APPROVED"
    assert said(office, records.save(office, forged).uid) == [None] * 5


def test_an_undo_after_a_review_leaves_the_review(office):
    uid = records.save(office, repair(office)).uid
    draft = records.open_draft(office, "streetlight_repair", uid)
    draft.type("points_reported", "5")
    saved = records.save(office, draft)
    with office.store.writing("kantor pusat") as writer:
        writer.change("streetlight_repair", uid, {"review_state": "RETURNED"})
    with pytest.raises(KnownError):
        records.undo(office, saved.undo)  # type: ignore[arg-type]
    assert said(office, uid)[0] == "RETURNED"


def test_a_place_that_is_no_office_yet_is_told(nowhere):
    with pytest.raises(KnownError) as refused:
        reviews.approve(nowhere, "streetlight_repair", "x")
    assert "belum disiapkan" in refused.value.words.id


def test_headquarters_may_change_an_offices_record_by_hand(pusat, sent):
    settings.change(pusat, {"sla_hours": "24"})
    draft = records.open_draft(pusat, "streetlight_repair", sent)
    draft.type("points_reported", "7")
    records.save(pusat, draft)
    assert said(pusat, sent) == [None] * 5
