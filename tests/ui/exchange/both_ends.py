"""Both ends by hand: an office sends, headquarters receives and gives two records back, the office puts them right and sends again.

Every step is a click or a key in the program's own window. `tests.shots` draws it, `test_both_ends` runs it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from desktop_app import bootstrap
from desktop_app.core.progress import Quiet
from desktop_app.services import demo, reviews, start, starting_files
from desktop_app.services.context import AppContext
from desktop_app.ui.dialogs.give_back import GiveBackDialog
from desktop_app.ui.widgets.choices import CheckBox
from tests.ui.exchange.seat import Seat

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
OFFICE, REPAIR = "18.72.04", "streetlight_repair"
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
GIVEN_BACK = (
    ("points_reported", "Di foto terlihat tiga lampu padam", "3"),
    ("reporter_name", "Nama lengkap pelapor belum ada", "Suminah binti Sastro Wiyono"),
)
"""The field, the reason, and what the office puts in it."""

SitDown = Callable[[AppContext], Seat]
Picture = Callable[[str, QWidget], object]


def begin(folder: Path, records: int) -> tuple[AppContext, AppContext]:
    """Headquarters, and an office with some records that has never sent anything."""
    folder.mkdir(parents=True, exist_ok=True)
    head = _opened(folder / "head", "Rudi Hartono")
    start.init(head, "18.72", "headquarters", "Dinas Perkim Kota Metro")
    file = starting_files.make(head, OFFICE, folder, name="Kec. Metro Timur")
    office = _opened(folder / "office", "Sri Wahyuni")
    start.begin_with(office, file, "Sri Wahyuni", "id")
    demo.fill(office, records, 7, progress=Quiet())
    return head, office


def _opened(folder: Path, person: str) -> AppContext:
    ctx = bootstrap.open_context(folder, person=person)
    ctx.clock = ctx.store.now = lambda: NOW
    return ctx


@dataclass
class BothEnds:
    """One walk. `sit` opens the window on a data folder; `picture` is shown every station."""

    head: AppContext
    office: AppContext
    stick: Path
    sit: SitDown
    picture: Picture

    def walk(self) -> None:
        """From the first package to the receipt for what was put right."""
        first = self._send("1-kantor-mengirim")
        chosen = self._receive_and_give_back(first)
        answer = self._answer("5-pusat-menjawab")
        self._put_right(answer, chosen)
        second = self._send("9-kantor-mengirim-lagi")
        self._receive_again(second, chosen)
        self._read_receipt(self._answer("13-pusat-menjawab-lagi"))

    # ---- the office

    def _send(self, name: str) -> Path:
        seat = self._at(self.office, "exchange")
        before = set(self.stick.iterdir())
        if seat.find("place_other").isChecked():
            seat.click("action_send")
        else:
            QTest.mouseClick(seat.find("place_other"), LEFT)
            seat.give_file(self.stick)
            seat.click("action_send")
        assert seat.sees("sent_banner")
        self.picture(name, seat.window)
        [package] = set(self.stick.iterdir()) - before
        seat.leave()
        return package

    def _put_right(self, answer: Path, chosen: list[str]) -> None:
        seat = self._at(self.office, "exchange")
        self._read(seat, answer)
        assert seat.sees("returned_card")
        self.picture("6-kantor-melihat-yang-dikembalikan", seat.window)
        for uid, (field, reason, value) in zip(chosen, GIVEN_BACK, strict=True):
            self._go(seat, "exchange")
            seat.click(f"mend_{uid}")
            view = seat.record()
            seat.to_front()
            seat.qtbot.waitUntil(lambda view=view, field=field: view.body.focused_field() == field)
            assert seat.find(f"error_{field}").text() == f"Dikembalikan: {reason}"
            self.picture(f"7-{field}-dengan-alasannya", seat.window)
            seat.key(Qt.Key.Key_A, CTRL)
            seat.type(value)
            seat.key(Qt.Key.Key_Tab)
            for _ in range(2):  # a warning of the record's own wants to be seen first
                seat.key(Qt.Key.Key_S, CTRL)
            assert not seat.sees("returned_banner")
            self.picture(f"8-{field}-diperbaiki", seat.window)
        assert reviews.returned(self.office) == []
        seat.leave()

    def _read_receipt(self, answer: Path) -> None:
        seat = self._at(self.office, "exchange")
        self._read(seat, answer)
        assert not seat.sees("returned_card")
        page = seat.window.current_page()
        assert [row[-1] for row in page.table.texts()] == ["Diterima Pusat", "Diterima Pusat"]
        self.picture("14-kantor-menerima-tanda-terima", seat.window)
        seat.leave()

    # ---- headquarters

    def _receive_and_give_back(self, package: Path) -> list[str]:
        seat = self._at(self.head, "inbox")
        self._read(seat, package)
        self.picture("2-pusat-menerima", seat.window)
        self._go(seat, "board")
        seat.press("action_trust")
        dialog = seat.dialog("fingerprint_dialog")
        same = dialog.findChild(CheckBox, "fingerprint_same")
        assert same is not None
        QTest.mouseClick(same, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, same.height() // 2))
        self.picture("3-sidik-kunci", dialog)
        self._confirm(seat, dialog)
        chosen: list[str] = []
        self._go(seat, REPAIR)
        for field, reason, _ in GIVEN_BACK:
            if chosen:
                seat.key(Qt.Key.Key_Down)
            seat.key(Qt.Key.Key_Return)
            view = seat.record()
            chosen.append(view.showing())
            seat.click(field)
            seat.press("action_more")
            seat.choose(seat.menu("record_menu"), "action_give_back")
            dialog = seat.dialog("give_back_dialog")
            assert isinstance(dialog, GiveBackDialog)
            assert dialog.field.currentData() == field, "the field with the cursor is proposed"
            QTest.keyClicks(dialog.reason, reason)
            self.picture(f"4-{field}-dikembalikan", dialog)
            self._confirm(seat, dialog)
            seat.click("action_close")
        assert sorted(item.uid for item in reviews.returned(self.head)) == sorted(chosen)
        seat.leave()
        return chosen

    def _answer(self, name: str) -> Path:
        seat = self._at(self.head, "board")
        before = set(self.stick.iterdir())
        seat.press("action_answer")
        seat.give_file(self.stick)
        assert "Jawaban untuk Kec. Metro Timur jadi" in seat.find("board_notice").text()
        self.picture(name, seat.window)
        [answer] = set(self.stick.iterdir()) - before
        seat.leave()
        return answer

    def _receive_again(self, package: Path, chosen: list[str]) -> None:
        seat = self._at(self.head, "inbox")
        self._read(seat, package)
        assert seat.window.current_page().table.texts()[0][-1] == "Diakui"
        self.picture("10-pusat-menerima-perbaikan", seat.window)
        self._go(seat, "review")
        seat.click("heap_returned")
        assert seat.window.current_page().table.texts() == []
        self.picture("11-tidak-ada-lagi-yang-dikembalikan", seat.window)
        for number, uid in enumerate(chosen, 1):
            self._open_by_keys(seat, uid)
            seat.press("action_more")
            seat.choose(seat.menu("record_menu"), "action_approve")
            seat.settle()
            self.picture(f"12-pusat-menyetujui-{number}", seat.window)
        with self.head.store.reading() as reader:
            values = [reader.get(REPAIR, uid).values for uid in chosen]
        assert [one["review_state"] for one in values] == ["APPROVED", "APPROVED"]
        assert [str(one[field]) for one, (field, _, _) in zip(values, GIVEN_BACK, strict=True)] == [
            value for _, _, value in GIVEN_BACK
        ]
        seat.leave()

    # ---- at either

    def _at(self, ctx: AppContext, page: str) -> Seat:
        seat = self.sit(ctx)
        self._go(seat, page)
        return seat

    @staticmethod
    def _go(seat: Seat, page: str) -> None:
        """By the entry in the navigation, whose group is opened first where it is folded."""
        if page == REPAIR and not seat.sees(f"nav_{page}"):
            seat.click("nav_lighting")
        seat.click(f"nav_{page}")
        seat.to_front()  # without a window system a dialog that has gone may leave no window in front
        seat.settle()

    def _open_by_keys(self, seat: Seat, uid: str) -> None:
        """Down the list with the arrow key until it is the one, and Enter."""
        if seat.sees("action_close"):
            seat.click("action_close")
        self._go(seat, REPAIR)
        for _ in range(50):
            seat.key(Qt.Key.Key_Return)
            if seat.record().showing() == uid:
                return
            seat.click("action_close")
            seat.key(Qt.Key.Key_Down)
        raise AssertionError(f"{uid} is not in the list")

    @staticmethod
    def _read(seat: Seat, file: Path) -> None:
        seat.press("action_receive")
        seat.give_file(file)
        [told] = [one for one in seat.window.findChildren(QWidget, f"result_{file.name}") if one.isVisible()]
        assert "sudah dibaca" in told.accessibleName(), told.accessibleName()

    @staticmethod
    def _confirm(seat: Seat, dialog: QDialog) -> None:
        confirm = dialog.findChild(QWidget, "action_confirm")
        assert confirm is not None
        QTest.mouseClick(confirm, LEFT)
        seat.to_front()
        seat.settle()
