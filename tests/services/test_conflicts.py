"""Conflicts that real merging noted: in words, and decided."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.query import Query
from desktop_app.services import conflicts, history, records, status, typed
from tests.offices import RUDI
from tests.services.carrying import exchange, introduce
from tests.services.slips import repair

pytestmark = pytest.mark.engines

KIND = "streetlight_repair"


def _happens(office, pusat, folder) -> None:
    cable = records.new(office, "material")
    typed.fill(cable, {"code": "NYM-2", "name": "Kabel NYM", "unit": "meter"})
    records.save(office, cable)
    draft = repair(office)
    row = draft.add_row("materials")
    for name, text in (("material", "NYM-2"), ("qty", "2"), ("unit_price", "5000")):
        draft.type_cell("materials", row, name, text)
    records.save(office, draft)
    introduce(office, pusat, folder)


@pytest.fixture
def both(makers, tmp_path):
    """Office, headquarters, and the repair with one line of material that both have."""
    bases = makers.together("material", (makers.empty(), makers.headquarters()), _happens)
    opened = contextmanager(makers.opened)
    with opened(bases[0], tmp_path / "office") as office, opened(bases[1], tmp_path / "head", RUDI) as pusat:
        with pusat.store.reading() as reader:
            (repaired,) = reader.stream_rows(Query(KIND))
        yield office, pusat, repaired.uid


def edit(ctx, uid: str, **changed: str) -> None:
    draft = records.open_draft(ctx, KIND, uid)
    typed.type_all(draft, changed)
    records.save(ctx, draft)


def value(ctx, uid: str, name: str):
    with ctx.store.reading() as reader:
        return reader.get(KIND, uid).values[name]


def lines(ctx, uid: str) -> list:
    with ctx.store.reading() as reader:
        return [line.values["qty"] for line in reader.get(KIND, uid).lines["materials"]]


def edit_line(ctx, uid: str, qty: str) -> None:
    draft = records.open_draft(ctx, KIND, uid)
    draft.type_cell("materials", draft.rows("materials")[0], "qty", qty)
    records.save(ctx, draft)


def test_who_when_and_what_in_words(both, tmp_path):
    office, pusat, uid = both
    edit(office, uid, priority="rendah")
    edit(pusat, uid, priority="darurat")
    exchange(office, pusat, tmp_path)
    (one,) = conflicts.open_conflicts(pusat)
    (here,) = conflicts.open_conflicts(office)
    assert (here.uid, here.office.text, here.head.text) == (one.uid, one.office.text, one.head.text)
    assert here.office.by == "Sri Wahyuni"
    assert (one.kind, one.record_uid, one.site_code, one.in_use) == (KIND, uid, "18.72.01", "head")
    assert one.number.startswith("PJU-LAP/")
    assert (one.office.site.id, one.head.site.id) == ("Kantor", "Pusat")
    assert (one.office.text, one.head.text) == ("Rendah", "Darurat")
    assert one.head.by == "Rudi Hartono"
    assert one.office.at is not None
    assert one.head.at is not None
    assert one.office.at < one.head.at
    assert status.status(pusat).conflicts == status.status(office).conflicts == 1


def test_a_decision_for_what_is_in_use_is_a_fresh_writing_that_history_tells(both, tmp_path):
    office, pusat, uid = both
    edit(office, uid, priority="rendah")
    edit(pusat, uid, priority="darurat")
    exchange(office, pusat, tmp_path)
    (one,) = conflicts.open_conflicts(pusat)
    with pusat.store.reading() as reader:
        before = reader.get(KIND, uid)
    conflicts.decide(pusat, one.uid, "head")
    with pusat.store.reading() as reader:
        after = reader.get(KIND, uid)
    assert after.values == before.values
    assert after.version > before.version
    assert history.history(pusat, KIND, uid)[0].reason == "Dipilih dari dua tulisan"
    assert conflicts.open_conflicts(pusat) == []
    exchange(office, pusat, tmp_path)
    assert conflicts.open_conflicts(office) == []
    assert status.status(office).conflicts == 0


def test_a_line_is_decided_and_its_figures_follow(both, tmp_path):
    office, pusat, uid = both
    edit_line(office, uid, "3")
    edit_line(pusat, uid, "7")
    exchange(office, pusat, tmp_path)
    (one,) = conflicts.open_conflicts(office)
    assert one.field.id == "Material: Jumlah"
    assert (one.record_uid, one.field_name, one.office.text, one.head.text) == (uid, "materials", "3", "7")
    conflicts.decide(pusat, one.uid, "office")
    assert (lines(pusat, uid), value(pusat, uid, "materials_total")) == ([3], 15_000)
    exchange(office, pusat, tmp_path)
    assert (lines(office, uid), value(office, uid, "materials_total")) == ([3], 15_000)
    assert conflicts.open_conflicts(office) == conflicts.open_conflicts(pusat) == []


@pytest.mark.parametrize(("side", "kept"), [("head", [7]), ("office", [])])
def test_a_line_taken_away_against_its_edit(both, tmp_path, side, kept):
    office, pusat, uid = both
    draft = records.open_draft(office, KIND, uid)
    draft.remove_row("materials", draft.rows("materials")[0])
    records.save(office, draft)
    edit_line(pusat, uid, "7")
    exchange(office, pusat, tmp_path)
    (one,) = conflicts.open_conflicts(pusat)
    assert (one.removal, one.office.text, one.head.text) == (True, "Dihapus", "7")
    conflicts.decide(pusat, one.uid, side)
    assert conflicts.open_conflicts(pusat) == []
    exchange(office, pusat, tmp_path)
    exchange(office, pusat, tmp_path)
    assert conflicts.open_conflicts(pusat) == conflicts.open_conflicts(office) == []
    assert lines(office, uid) == lines(pusat, uid) == kept


def test_what_is_over_or_never_was_is_refused(both, tmp_path):
    office, pusat, uid = both
    edit(office, uid, priority="rendah")
    edit(pusat, uid, priority="darurat")
    exchange(office, pusat, tmp_path)
    (one,) = conflicts.open_conflicts(pusat)
    edit(pusat, uid, priority="sedang")
    assert conflicts.open_conflicts(pusat) == []
    with pytest.raises(KnownError, match="sudah diputuskan"):
        conflicts.decide(pusat, one.uid, "head")
    with pytest.raises(UsageError, match="Tidak ada perbedaan"):
        conflicts.decide(pusat, uid, "head")


def test_the_same_value_written_on_both_sides_is_no_conflict(both, tmp_path):
    office, pusat, uid = both
    edit(office, uid, priority="darurat")
    edit(pusat, uid, priority="darurat")
    exchange(office, pusat, tmp_path)
    assert conflicts.open_conflicts(pusat) == conflicts.open_conflicts(office) == []
