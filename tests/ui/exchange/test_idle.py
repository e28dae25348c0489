"""In an idle moment after a save, the window has the write-ahead log folded into the database file."""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt

from desktop_app.storage.backends import sqlite
from desktop_app.storage.store import FILE


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
