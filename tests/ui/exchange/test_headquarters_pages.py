"""Kotak Masuk and Kantor at headquarters: packages read, told in words, taken out again; offices trusted and answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop_app.core import words
from desktop_app.core.query import Query
from desktop_app.services import receiving, records, sending, sites, start, starting_files
from desktop_app.ui import theme
from tests.services.slips import repair
from tests.ui.exchange.conftest import opened

REPAIR, OFFICE = "streetlight_repair", "18.72.04"
LEFT = Qt.MouseButton.LeftButton


def record_one(office, **changed: str) -> str:
    return records.save(office, repair(office, **changed), accept_warnings=True).uid


def number_of(ctx, kind: str = REPAIR) -> int:
    with ctx.store.reading() as reader:
        return reader.count(Query(kind))


@pytest.fixture
def came(office, stick) -> Path:
    """A package of one repair."""
    record_one(office)
    return sending.send(office, stick).files[-1]


# --- Kotak Masuk


def test_headquarters_has_its_own_pages_and_an_office_has_not(head, office, sit):
    seat = sit(head)
    assert {"nav_inbox", "nav_board", "nav_review"} <= {
        b.objectName() for b in seat.window.sidebar.buttons().values()
    }
    assert "nav_exchange" not in {b.objectName() for b in seat.window.sidebar.buttons().values()}
    assert "exchange" in sit(office).window.sidebar.buttons()


def test_files_dropped_are_told_one_by_one_and_a_bad_one_holds_up_nothing(head, came, stick, sit):
    bad = stick / "foto.pelita"
    bad.write_bytes(b"bukan paket")
    seat = sit(head)
    page = seat.open("inbox")
    seat.drop(page, [bad, came])
    first, second = page.results.words()
    assert first.startswith("foto.pelita tidak dibaca. ")
    assert "dari Kec. Metro Timur sudah dibaca. " in second
    assert "2 baris baru. " in second  # the repair and its first step
    assert "Diakui" in second
    code = seat.find("phone_code_shown", QLabel).text()
    assert len(code.replace("-", "")) == 12
    seat.click("action_copy_code")
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == code
    assert number_of(head) == 1
    row = page.table.texts()[0]
    assert row[0] == "Kec. Metro Timur"
    assert row[-1] == "Diakui"
    assert row[4] == "2"


def test_files_chosen_with_the_button_and_the_same_again(head, came, sit, expects_dialog):
    seat = sit(head)
    page = seat.open("inbox")
    for words_ in ("sudah dibaca", "sudah pernah dibaca"):
        QTest.mouseClick(seat.find("action_receive"), LEFT)
        seat.give_file(came)
        assert words_ in page.results.words()[0]
    assert number_of(head) == 1


def test_a_package_is_taken_out_again_with_a_reason(head, came, sit, expects_dialog):
    seat = sit(head)
    page = seat.open("inbox")
    seat.drop(page, [came])
    page.table.setCurrentIndex(page.table.rows.index(0, 1))
    QTest.mouseClick(seat.find("action_package_menu"), LEFT)
    seat.choose(seat.menu("package_menu"), "action_unmerge")
    dialog = seat.dialog("reason_dialog")
    confirm = dialog.findChild(type(page.more).__mro__[1], "action_confirm")
    assert not confirm.isEnabled()
    QTest.keyClicks(dialog.findChild(QLineEdit, "reason"), "Salah komputer")
    QTest.mouseClick(confirm, LEFT)
    seat.settle()
    assert number_of(head) == 0
    assert page.table.texts()[0][-1] == "Isinya dibatalkan"
    assert "dibatalkan" in seat.find("inbox_notice").text()
    with head.store.reading() as reader:
        gone = reader.rows(REPAIR, reader.ids(Query(REPAIR, removed=True)))
        reasons = {change.reason for row in gone for change in reader.history(REPAIR, row.uid)}
    assert "Salah komputer" in reasons
    QTest.mouseClick(seat.find("action_package_menu"), LEFT)
    again = next(a for a in seat.menu("package_menu").actions() if a.objectName() == "action_unmerge")
    assert not again.isEnabled()
    seat.menu("package_menu").close()


def test_the_code_of_a_package_can_be_had_again(head, came, sit):
    (got,) = receiving.receive(head, [came])
    seat = sit(head)
    page = seat.open("inbox")
    page.table.setCurrentIndex(page.table.rows.index(0, 1))
    QTest.mouseClick(seat.find("action_package_menu"), LEFT)
    menu = seat.menu("package_menu")
    action = next(one for one in menu.actions() if one.objectName() == "action_copy_code_again")
    assert got.code in action.text()
    assert "action_take_back" not in {one.objectName() for one in menu.actions()}
    seat.choose(menu, "action_copy_code_again")
    assert QGuiApplication.clipboard().text() == got.code != ""


def test_what_headquarters_lost_is_taken_back_from_an_office_after_one_click(
    places, two_places, office, stick, sit
):
    head = opened(places / "head", "Rudi Hartono")
    record_one(head)
    receiving.receive(office, sending.send(head, stick, OFFICE).files)
    head.close()
    shutil.rmtree(places / "head")
    shutil.copytree(two_places / "head", places / "head")  # last week's copy of the folder
    head = opened(places / "head", "Rudi Hartono")
    receiving.receive(head, sending.send(office, stick).files)
    receiving.receive(office, sending.send(head, stick, OFFICE).files)
    seat = sit(head)
    page = seat.open("inbox")
    seat.drop(page, list(sending.send(office, stick).files))
    assert "disisihkan" in page.results.words()[0]
    assert number_of(head) == 0
    assert page.table.texts()[0][-1] == "Disisihkan"
    page.table.setCurrentIndex(page.table.rows.index(0, 1))
    QTest.mouseClick(seat.find("action_package_menu"), LEFT)
    seat.choose(seat.menu("package_menu"), "action_take_back")
    seat.settle()
    assert "sudah dibaca" in page.results.words()[0]
    assert number_of(head) == 1
    head.close()


# --- Kantor


@pytest.fixture
def stranger(places, tmp_path):
    """A second computer, of another office, that nobody has compared yet."""
    head = opened(places / "head", "Rudi Hartono")
    file = starting_files.make(head, "18.72.02", tmp_path, name="Kec. Metro Utara")
    other = opened(tmp_path / "other", "Budi")
    start.begin_with(other, file, "Budi", "id")
    (tmp_path / "from-other").mkdir()
    receiving.receive(head, sending.send(other, tmp_path / "from-other").files)
    head.close()
    yield other
    other.close()


def state_of(ctx, code: str) -> str:
    return next(line.state for line in sites.board(ctx) if line.site_code == code)


def test_the_board_shows_the_worst_first_and_says_what_is_wrong(stranger, head, sit):
    seat = sit(head)
    page = seat.open("board")
    names = [row[0] for row in page.table.texts()]
    assert names[0] == "Kec. Metro Utara"
    assert names[1] == "Kec. Metro Timur"
    assert page.table.texts()[0][2] == "Belum dikonfirmasi"
    assert page.table.texts()[1][2] == "Tepat waktu"
    assert seat.find("figure_all").accessibleName() == "2 kantor"
    seat.click("sort_worst")
    assert [row[0] for row in page.table.texts()] == [
        "Kec. Metro Utara",
        "Kec. Metro Timur",
    ]  # 18.72.02 before 18.72.04
    seat.click("filter_unconfirmed")
    assert [row[0] for row in page.table.texts()] == ["Kec. Metro Utara"]
    seat.click("filter_unconfirmed")
    page.search().setFocus()
    seat.type("timur")
    assert [row[0] for row in page.table.texts()] == ["Kec. Metro Timur"]


def test_a_sender_is_trusted_only_after_the_tick(stranger, head, sit, expects_dialog):
    seat = sit(head)
    page = seat.open("board")
    assert not seat.find("action_answer").isEnabled()
    assert seat.find("chosen_office", QLabel).text() == "Kec. Metro Utara"
    QTest.mouseClick(seat.find("action_trust"), LEFT)
    dialog = seat.dialog("fingerprint_dialog")
    shown = dialog.findChild(QLabel, "fingerprint_shown").text()
    assert shown == sites.own_fingerprint(stranger)
    assert not dialog.deed.isEnabled()
    QTest.mouseClick(dialog.same, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, dialog.same.height() // 2))
    QTest.mouseClick(dialog.deed, LEFT)
    seat.settle()
    assert state_of(head, "18.72.02") == ""
    assert "dipercaya" in seat.find("board_notice").text()
    page.table.choose(next(line.site_id for line in sites.board(head) if line.site_code == "18.72.02"))
    assert seat.find("action_answer").isEnabled()
    assert not seat.sees("action_trust")


def test_the_answer_for_an_office_is_written_into_a_folder(head, office, came, stick, sit, expects_dialog):
    receiving.receive(head, [came])
    seat = sit(head)
    seat.open("board")
    QTest.mouseClick(seat.find("action_answer"), LEFT)
    seat.give_file(stick)
    assert "Jawaban untuk Kec. Metro Timur jadi" in seat.find("board_notice").text()
    assert "Pembaruan" not in seat.find("board_notice").text()
    [answer] = stick.glob("18.72_*.pelita")
    assert receiving.receive(office, [answer])[0].state == "merged"
    assert sending.sent(office)[0].acknowledged_by == "receipt"


def test_it_is_told_that_an_update_lies_beside_the_answer(head, came, stick, sit, expects_dialog):
    receiving.receive(head, [came])
    kept = head.place / "pembaruan" / "pelita-99.0.0.pelita"
    kept.parent.mkdir()
    kept.write_bytes(b"a new version")
    seat = sit(head)
    seat.open("board")
    QTest.mouseClick(seat.find("action_answer"), LEFT)
    seat.give_file(stick)
    assert "ikut diletakkan di sampingnya: pelita-99.0.0.pelita" in seat.find("board_notice").text()
    assert (stick / kept.name).read_bytes() == kept.read_bytes()


def test_a_new_office_gets_its_starter_file_and_stands_on_the_board(head, stick, sit, expects_dialog):
    seat = sit(head)
    page = seat.open("board")
    QTest.mouseClick(seat.find("action_new"), LEFT)
    dialog = seat.dialog("starter_dialog")
    assert not dialog.deed.isEnabled()
    QTest.keyClicks(dialog.office, "Ganjar Asri")
    seat.qtbot.waitUntil(dialog.office.is_open)
    seat.settle()
    QTest.keyClick(dialog.office, Qt.Key.Key_Down)
    QTest.keyClick(dialog.office, Qt.Key.Key_Return)
    seat.qtbot.waitUntil(dialog.deed.isEnabled)
    QTest.keyClicks(dialog.office, "x")  # another text is not the office that was chosen before
    assert (dialog.office.code, dialog.deed.isEnabled()) == ("", False)
    QTest.keyClick(dialog.office, Qt.Key.Key_Backspace)
    seat.qtbot.waitUntil(dialog.office.is_open)
    seat.settle()
    QTest.keyClick(dialog.office, Qt.Key.Key_Return)
    assert dialog.deed.isEnabled()
    QTest.mouseClick(dialog.deed, LEFT)
    seat.give_file(stick / "awal.pelita.zip")
    assert (stick / "awal.pelita.zip").exists()
    assert "Berkas awal" in seat.find("board_notice").text()
    never = [row for row in page.table.texts() if row[2] == "Belum pernah kirim"]
    assert len(never) == 1
    assert "Ganjar" in never[0][0]


@pytest.mark.parametrize("size", [(1366, 697), (1024, 768), (1093, 560)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_they_fit_every_window_in_both_languages(head, came, sit, size, language):
    receiving.receive(head, [came])
    words.use(language)
    seat = sit(head, size)
    for key in ("inbox", "board", "review"):
        page = seat.open(key)
        assert not seat.scrolls_sideways(), key
        least = seat.window.minimumSizeHint()
        assert least.width() <= size[0], key
        assert least.height() <= size[1], key
        assert page.title() in seat.window.windowTitle()
    inbox = seat.open("inbox").table
    name = theme.current().metrics["strong"].horizontalAdvance("Kel. Hadimulyo Barat")
    assert inbox.columnWidth(1) - theme.current().px(4) >= name
    board = seat.open("board")
    wide = size[0] >= theme.current().px(300)
    assert board.table.isColumnHidden(8) != wide  # the version steps back
    for place, column in enumerate(board.table.rows.columns, 1):
        if not board.table.isColumnHidden(place):
            heading = theme.current().metrics["small"].horizontalAdvance(column.heading)
            assert board.table.columnWidth(place) >= heading, column.heading


@pytest.mark.parametrize("language", ["id", "en"])
def test_in_large_type_what_has_no_room_is_left_out(head, came, sit, qapp, monkeypatch, language):
    receiving.receive(head, [came])
    words.use(language)
    monkeypatch.setattr(theme, "_system_text_factor", lambda: 1.5)
    theme.apply(qapp, dark=False)
    seat = sit(head, (1366, 697))
    try:
        for key in ("inbox", "board"):
            seat.open(key)
            assert not seat.scrolls_sideways(), key
        board = seat.open("board")
        name = theme.current().metrics["strong"].horizontalAdvance("Kel. Hadimulyo Barat")
        assert board.table.columnWidth(1) - theme.current().px(4) >= name
        cells = [board.strip.findChild(QWidget, f"figure_{key}") for key in ("all", "waiting")]
        assert cells[0].y() < cells[1].y(), "the figures stand in two lines"
        assert board.strip.rect().contains(cells[1].geometry().translated(cells[1].parentWidget().pos()))
    finally:
        seat.leave()
        monkeypatch.undo()
        theme.apply(qapp, dark=False)


def test_long_reading_shows_how_far_it_is_and_can_be_stopped(head, came, stick, sit):
    files = [came]
    for number in range(300):
        files.append(stick / f"salinan ({number}).pelita")
        files[-1].write_bytes(came.read_bytes())
    seat = sit(head)
    page = seat.open("inbox")
    page.taking_in.read(files)
    assert not seat.find("action_receive").isEnabled()
    seat.qtbot.waitUntil(lambda: seat.sees("action_cancel") and number_of(head) == 1)
    QTest.mouseClick(seat.find("action_cancel"), LEFT)
    seat.settle()
    assert not page.taking_in.busy()
    assert not page.working.isVisible()
    assert not seat.sees("results")
    assert (
        next(row[0] for row in page.table.texts()) == "Kec. Metro Timur"
    )  # what was read until then stays read, and is shown
    assert number_of(head) == 1
    assert seat.find("action_receive").isEnabled()
