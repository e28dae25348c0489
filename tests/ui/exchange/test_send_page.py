"""Kirim & Terima at an office: sending, receipts by telephone and by file, what came back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core import words
from desktop_app.services import drafts, receiving, records, reviews, sending
from desktop_app.ui import theme
from desktop_app.ui.exchange import sticks
from tests.services.slips import repair

REPAIR = "streetlight_repair"


def record_one(office, **changed: str) -> str:
    return records.save(office, repair(office, **changed), accept_warnings=True).uid


def sentence(seat) -> str:
    return seat.find("send_sentence", QLabel).text()


def send_to(seat, page, folder: Path) -> None:
    page.sending.places.take_folder(str(folder))
    seat.click("action_send")


def package(stick: Path) -> Path:
    return max(stick.glob("18.72.04_*"), key=lambda file: file.stat().st_mtime_ns)


def test_the_sentence_counts_what_goes_and_says_what_stays(office, sit):
    record_one(office)
    record_one(office, street_name="jl melati")
    drafts.keep(office, repair(office, street_name="jl kenanga"))
    seat = sit(office)
    page = seat.open("exchange")
    assert sentence(seat) == "2 catatan siap dikirim"
    told = [one.accessibleName() for one in page.sending.findChildren(QWidget) if one.accessibleName()]
    assert "2 Perbaikan lampu" in told
    assert "1 konsep tidak ikut" in told
    assert seat.find("action_send").text() == "Kirim 2 catatan"
    assert page.sending._beside.text() == "Disandi untuk Dinas Perkim"
    assert not seat.sees("send_personal")  # it is encrypted: nothing to ask


def test_one_click_writes_the_package_where_one_chose(office, sit, stick, expects_dialog):
    record_one(office)
    seat = sit(office)
    page = seat.open("exchange")
    QTest.mouseClick(seat.find("place_other"), Qt.MouseButton.LeftButton)
    seat.give_file(stick)
    assert page.sending.places.folder() == stick
    seat.click("action_send")
    assert package(stick).suffixes[-1] == ".pelita"
    newest = sending.sent(office)[0]
    assert seat.find("sent_banner").accessibleName().startswith(f"Paket No. {newest.number} jadi: 1 catatan")
    assert page.sending.folder_of_sent() == stick
    row = page.table.texts()[0]
    assert row[0] == f"No. {newest.number}"
    assert row[-1] == "Belum diakui"
    assert "Tanda terima ditunggu" in row[3]
    assert sentence(seat) == "1 catatan siap dikirim"  # only a receipt marks it as delivered


def test_of_several_sticks_each_can_be_chosen_and_stays_chosen_while_it_is_in(
    office, sit, stick, monkeypatch
):
    second = stick.parent / "second"
    second.mkdir()
    plugged = [sticks.Stick(stick, "PERTAMA", 10**9), sticks.Stick(second, "KEDUA", 2 * 10**9)]
    monkeypatch.setattr(sticks, "sticks", lambda: list(plugged))
    record_one(office)
    seat = sit(office)
    page = seat.open("exchange")
    places = page.sending.places
    places.look()
    seat.settle()
    assert places.folder() == stick
    QTest.mouseClick(seat.find("place_stick_2"), Qt.MouseButton.LeftButton)
    assert places.folder() == second
    plugged.append(sticks.Stick(stick.parent / "third", "KETIGA", 10**9))
    places.look()
    seat.settle()
    assert places.folder() == second
    seat.click("action_send")
    assert len(list(second.glob("*.pelita"))) == 1
    del plugged[1:]
    places.look()
    seat.settle()
    assert places.folder() == stick
    assert not seat.sees("place_stick_2")


def test_nothing_to_report_is_a_package_too(office, sit, stick):
    seat = sit(office)
    page = seat.open("exchange")
    send_to(seat, page, stick)
    seat.open("home")
    receiving.receive(office, [])
    page = seat.open("exchange")
    if sentence(seat) == "Tidak ada yang perlu dikirim":
        assert seat.find("action_send").text() == "Kirim laporan nihil"
    assert package(stick).exists()


def test_a_code_said_on_the_telephone_marks_the_package_as_received(office, head, sit, stick):
    record_one(office)
    seat = sit(office)
    page = seat.open("exchange")
    send_to(seat, page, stick)
    code = receiving.receive(head, [package(stick)])[0].code
    line = seat.find("phone_code")
    line.setFocus()
    seat.type(code[:5])
    message = seat.find("message_phone_code")
    assert message.accessibleName() == "12 huruf dan angka, seperti 7KMQ2-4D29X-HT. Kurang 7 lagi."
    seat.type(" " + code[6:].lower())  # the twelfth letter is the Enter key
    assert page.table.texts()[0][-1] == "Diterima Pusat"
    assert "lewat telepon" in page.table.texts()[0][3]
    assert line.text() == ""
    assert "sudah diterima Pusat" in message.accessibleName()
    assert sentence(seat) == "Tidak ada yang perlu dikirim"


def test_a_misheard_code_says_so_and_changes_nothing(office, head, sit, stick):
    record_one(office)
    seat = sit(office)
    page = seat.open("exchange")
    send_to(seat, page, stick)
    code = receiving.receive(head, [package(stick)])[0].code
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    seat.find("phone_code").setFocus()
    seat.type(wrong)
    message = seat.find("message_phone_code")
    assert "salah dengar atau salah ketik" in message.accessibleName()
    assert seat.find("phone_code").property("state") == "error"
    assert seat.find("phone_code").text() == wrong  # to be put right, not typed again
    assert page.table.texts()[0][-1] == "Belum diakui"
    seat.key(Qt.Key.Key_Home)
    seat.key(Qt.Key.Key_Delete)
    assert seat.find("phone_code").property("state") == ""
    seat.type(code[0])
    assert page.table.texts()[0][-1] == "Diterima Pusat"


def test_the_answer_comes_by_the_button_or_dropped_on_the_page(office, head, sit, stick, expects_dialog):
    record_one(office)
    sent = sending.send(office, stick)
    receiving.receive(head, sent.files)
    answer = sending.send(head, stick, "18.72.04")
    seat = sit(office)
    page = seat.open("exchange")
    QTest.mouseClick(seat.find("action_receive"), Qt.MouseButton.LeftButton)
    seat.give_file(answer.files[0])
    assert len(page.results.words()) == 1
    assert page.results.words()[0].startswith(f"Paket No. {answer.number} dari Dinas Perkim sudah dibaca")
    assert page.table.texts()[0][-1] == "Diterima Pusat"
    damaged = stick / "rusak.pelita"
    damaged.write_bytes(answer.files[0].read_bytes()[:200])
    seat.drop(page, [damaged, answer.files[0]])
    first, second = page.results.words()
    assert first.startswith("rusak.pelita tidak dibaca. ")
    assert len(first) > len("rusak.pelita tidak dibaca. ")
    assert "sudah pernah dibaca" in second
    seat.click("action_close_results")
    assert not seat.sees("results")


def test_what_came_back_opens_at_the_field_with_the_reason_until_it_is_put_right(office, head, sit, stick):
    uid = record_one(office)
    receiving.receive(head, sending.send(office, stick).files)
    reviews.give_back(head, REPAIR, uid, "street_name", "Nama jalan lengkapnya apa?")
    receiving.receive(office, sending.send(head, stick, "18.72.04").files)
    seat = sit(office)
    seat.open("exchange")
    assert seat.sees("returned_card")
    mend = seat.find(f"mend_{uid}")
    assert "Nama jalan lengkapnya apa?" in mend.accessibleName()
    seat.click(f"mend_{uid}")
    view = seat.record()
    assert view.showing() == uid
    seat.qtbot.waitUntil(lambda: view.body.focused_field() == "street_name")
    banner = seat.find("returned_banner")
    assert "Rudi Hartono" in banner.accessibleName()
    assert "Nama jalan lengkapnya apa?" in banner.accessibleName()
    assert seat.find("error_street_name").text() == "Dikembalikan: Nama jalan lengkapnya apa?"
    seat.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    seat.type("Jalan Mawar Merah")
    seat.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    if reviews.returned(office):  # a warning of the record's own wants to be seen first
        seat.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert reviews.returned(office) == []
    assert not seat.sees("returned_banner")
    seat.open("exchange")
    assert not seat.sees("returned_card")
    assert sentence(seat) == "1 catatan siap dikirim"


def test_the_field_of_a_returned_record_is_one_click_away(office, head, sit, stick):
    uid = record_one(office)
    receiving.receive(head, sending.send(office, stick).files)
    reviews.give_back(head, REPAIR, uid, "points_reported", "Berapa titik?")
    receiving.receive(office, sending.send(head, stick, "18.72.04").files)
    seat = sit(office)
    seat.program.desk.open_record(REPAIR, uid)
    view = seat.record()
    seat.click("action_to_returned_field")
    seat.qtbot.waitUntil(lambda: view.body.focused_field() == "points_reported")
    assert seat.find("error_points_reported").text() == "Dikembalikan: Berapa titik?"


def test_a_folder_that_has_gone_is_said_in_one_sentence(office, sit, tmp_path):
    record_one(office)
    seat = sit(office)
    page = seat.open("exchange")
    gone = tmp_path / "dicabut"
    send_to(seat, page, gone)
    assert seat.find("error_send").text() == f"Folder {gone} tidak ada."
    assert seat.find("action_send").isEnabled()
    assert len(page.table.texts()) == len(sending.sent(office))


def test_its_own_fingerprint_can_be_read_out(office, sit):
    from desktop_app.services import sites

    seat = sit(office)
    seat.open("exchange")
    assert sites.own_fingerprint(office) in seat.find("own_fingerprint", QLabel).text()


def test_keys_alone_send_and_receive(office, sit, stick):
    record_one(office)
    seat = sit(office)
    page = seat.open("exchange")
    page.sending.places.take_folder(str(stick))
    assert seat.find("action_send").hasFocus()
    seat.key(Qt.Key.Key_Return)
    assert package(stick).exists()
    seen = set()
    for _ in range(40):
        seat.key(Qt.Key.Key_Tab)
        focused = seat.window.focusWidget()
        seen.add(focused.objectName())
    assert {"action_send", "phone_code", "action_receive", "packages", "place_other", "send_plain"} <= seen


@pytest.mark.parametrize("size", [(1366, 697), (1024, 768), (1093, 560)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_fits_every_window_in_both_languages(office, sit, size, language):
    words.use(language)
    record_one(office)
    seat = sit(office, size)
    page = seat.open("exchange")
    assert not seat.scrolls_sideways()
    least = seat.window.minimumSizeHint()
    assert least.width() <= size[0]
    assert least.height() <= size[1]
    across = page.receipt.mapTo(page, page.receipt.rect().topLeft()).x() > page.sending.width()
    assert across == (size[0] >= theme.current().px(300))


def test_every_control_has_a_name(office, sit):
    seat = sit(office)
    page = seat.open("exchange")
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.objectName():
            if widget.objectName().startswith("qt_"):
                continue
            assert widget.accessibleName(), widget.objectName()
