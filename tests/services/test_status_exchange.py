"""What the status bar tells of sending and receiving: by what headquarters has acknowledged, not by what was sent."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from desktop_app.core.stamps import new_uid
from desktop_app.services import records, reviews, status, typed
from desktop_app.storage import exchanging, identity
from desktop_app.storage.exchanging import PackageOut, Peer
from tests.services.slips import crew, repair

pytestmark = pytest.mark.engines

HEAD, OTHER = new_uid(), new_uid()


def knows_headquarters(ctx, mark: int = 0) -> None:
    with ctx.store.writing("Sri") as writer:
        exchanging.put_peer(writer, Peer(HEAD, "18.72", "headquarters", mark=mark))


def known_to(ctx, kind: str, uid: str, site: str) -> None:
    with ctx.store.writing("") as writer:
        table = writer.tables.main[kind]
        writer.connection.execute(sa.update(table).where(table.c.uid == uid).values(known_to=site))


def version(ctx) -> int:
    with ctx.store.reading() as reader:
        return identity.load(reader.connection).change_no


def test_as_long_as_no_headquarters_is_known_all_of_the_offices_own_is_unsent(office):
    crew(office)
    uid = records.save(office, repair(office)).uid
    assert status.status(office).unsent == 2
    records.remove(office, "streetlight_repair", uid, "ganda")
    assert status.status(office).unsent == 2, "a removal is to be sent too"
    assert status.status(office).receipt.id == "Belum ada tanda terima"


def test_only_what_lies_above_the_mark_is_unsent(office):
    records.save(office, repair(office))
    knows_headquarters(office, version(office))
    assert status.status(office).unsent == 0
    uid = records.save(office, repair(office, points_reported="1")).uid
    assert status.status(office).unsent == 1
    known_to(office, "streetlight_repair", uid, OTHER)
    assert status.status(office).unsent == 1
    known_to(office, "streetlight_repair", uid, HEAD)
    assert status.status(office).unsent == 0


def test_a_new_line_makes_its_record_unsent(office):
    cable = records.new(office, "material")
    typed.fill(cable, {"code": "NYM-2", "name": "Kabel NYM", "unit": "meter"})
    records.save(office, cable)
    uid = records.save(office, repair(office)).uid
    knows_headquarters(office, version(office))
    draft = records.open_draft(office, "streetlight_repair", uid)
    row = draft.add_row("materials")
    draft.type_cell("materials", row, "material", "NYM-2")
    draft.type_cell("materials", row, "qty", "2")
    records.save(office, draft)
    assert status.status(office).unsent == 1


def test_the_last_receipt_is_told(office):
    office.clock = lambda: dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
    knows_headquarters(office)
    with office.store.writing("Sri") as writer:
        for number, read in ((1, "2026-11-02T18:30:00Z"), (2, "2026-11-09T03:00:00Z"), (3, None)):
            package = PackageOut(
                f"{number:064x}", HEAD, "18.72", number, None, None, 0, 1, "0", "2026-11-01T00:00:00Z", "Sri",
                None, "x.pelita", 1, "[]", "{}", 1, read, "receipt" if read else None,
            )  # fmt: skip
            exchanging.enter_out(writer, package)
    assert status.status(office).receipt == ("Tanda terima no. 2, 09/11", "Receipt no. 2, 09/11")


def test_headquarters_has_nothing_unsent_but_waits_for_corrections(pusat):
    record = repair(pusat).record_to_save()
    record.site_code = "18.72.01"
    with pusat.store.writing("Sri") as writer:
        uid = writer.add(record).uid
    before = status.status(pusat)
    assert (before.unsent, before.returned, before.waiting, before.conflicts, before.flagged) == (
        0,
        0,
        0,
        0,
        0,
    )
    reviews.give_back(pusat, "streetlight_repair", uid, "category", "Cek")
    assert status.status(pusat).returned == 1
