"""What the marks in a list tell: not acknowledged yet, given back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.services import receiving, records, reviews, sending
from tests.services.slips import repair

REPAIR, OFFICE = "streetlight_repair", "18.72.04"


def add(office, street: str) -> str:
    return records.save(office, repair(office, street_name=street), accept_warnings=True).uid


def marks(page) -> dict[str, set[str]]:
    rows = [page.model.row(number) for number in range(page.model.rowCount())]
    return {row.uid: set(row.marks) for row in rows}


def test_a_list_marks_what_is_unsent_and_what_came_back_and_filters_by_it(office, head, stick, sit):
    delivered, returned = add(office, "jl mawar"), add(office, "jl melati")
    receiving.receive(head, sending.send(office, stick).files)
    reviews.give_back(head, REPAIR, returned, "points_reported", "Berapa?")
    receiving.receive(office, sending.send(head, stick, OFFICE).files)
    fresh = add(office, "jl anggrek")
    seat = sit(office)
    page = seat.open(REPAIR)
    assert marks(page) == {delivered: {"mine"}, returned: {"mine", "returned"}, fresh: {"mine", "unsent"}}
    number = next(n for n in range(3) if page.model.row(n).uid == returned)
    tip = page.model.index(number, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "dikembalikan" in tip.lower()
    chip = seat.find("filter_returned")
    assert chip.accessibleDescription() == "1"
    seat.click("filter_returned")
    assert set(marks(page)) == {returned}
    seat.click("filter_returned")
    assert len(marks(page)) == 3
    QTest.mouseClick(seat.find("filter_more"), Qt.MouseButton.LeftButton)
    menu = page.chips._menu
    seat.choose(menu, "filter_unsent")
    seat.settle()
    assert set(marks(page)) == {fresh}
    assert seat.sees("filter_unsent")
    records.remove(office, REPAIR, fresh, "salah")
    view = sit(head).open(REPAIR)
    assert marks(view)[delivered] == set()
    assert marks(view)[returned] == {"returned"}


def test_a_receipt_takes_the_marks_away(office, head, stick, sit):
    uid = add(office, "jl mawar")
    receiving.receive(head, sending.send(office, stick).files)
    seat = sit(office)
    page = seat.open(REPAIR)
    assert marks(page)[uid] == {"mine", "unsent"}  # sent, and no receipt yet
    answer = sending.send(head, stick, OFFICE).files
    seat.drop(seat.open("exchange"), answer)
    page = seat.open(REPAIR)
    assert marks(page)[uid] == {"mine"}
