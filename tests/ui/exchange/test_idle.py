"""What the window does when nobody does anything: it folds the write-ahead log into the database file, and takes in what waited."""

from __future__ import annotations

import datetime as dt
import shutil

from PySide6.QtCore import Qt

from desktop_app.services import receiving, records, sending
from desktop_app.storage.backends import sqlite
from desktop_app.storage.store import FILE
from desktop_app.ui.ops import Changed
from tests.services.slips import repair


def named(ctx, folder, name: str) -> int:
    """How many crews of this name the database file holds by itself, without its log."""
    folder.mkdir(exist_ok=True)
    copy = folder / FILE
    shutil.copy(ctx.place / FILE, copy)
    raw = sqlite.open_raw(copy)
    try:
        return int(raw.execute("SELECT count(*) FROM crew WHERE name = ?", (name,)).fetchone()[0])
    finally:
        raw.close()


def test_a_save_is_folded_into_the_file_when_nobody_does_anything(office, sit, tmp_path):
    seat = sit(office)
    seat.open("crew")
    seat.click("action_new")
    seat.record()
    for field, words in (("name", "Regu Mawar"), ("leader", "Sutrisno")):
        seat.click(field)
        seat.type(words)
        seat.key(Qt.Key.Key_Tab)
    seat.program._idle.stop()  # on a slow computer the moment may come between the save and the next look
    waits: list[bool] = []
    seat.program.ops.changed.connect(lambda _: waits.append(seat.program._idle.isActive()))
    seat.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with office.store.reading() as reader:
        assert reader.find("crew", name="Regu Mawar"), "it is saved"
    assert waits, "a save begins the wait"
    assert all(waits)
    seat.qtbot.waitUntil(lambda: named(office, tmp_path / "alone", "Regu Mawar") == 1)


def test_what_is_taken_in_beside_the_window_is_seen_in_an_open_list(head, office, sit, stick):
    now = office.store.now
    office.store.now = lambda: now() + dt.timedelta(days=3)
    uid = records.save(office, repair(office), accept_warnings=True).uid
    (got,) = receiving.receive(head, sending.send(office, stick).files)
    assert got.state == "waiting", "it was made on a day that has not come yet"
    seat = sit(head)
    page = seat.open("streetlight_repair")
    seat.program.desk.catch_up()
    seat.settle()
    assert page.model.rowCount() == 0
    head.store.now = office.store.now
    told: list[Changed] = []
    seat.program.ops.changed.connect(told.append)
    seat.program.desk.catch_up()
    seat.settle()
    assert [page.model.row(place).uid for place in range(page.model.rowCount())] == [uid]
    seat.qtbot.waitUntil(lambda: not seat.program.desk._later.isActive())
    seat.settle()
    assert len(told) == 1, "it is told once, and begins nothing that begins it again"
