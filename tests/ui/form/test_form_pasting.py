"""A WhatsApp message goes into a new form: who, when, what, where; nothing is asked, and all of it can be taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app.core.words import use
from tests.ui.form.desk import CTRL, KEY, SHIFT

pytestmark = pytest.mark.engines

SAID = (
    "[05/11/26 08.41] Siti Aminah: Pak, lampu PJU 0004 di depan masjid mati\n"
    "sudah dua malam\n"
    "[05/11/26 08.42] Siti Aminah: Lokasi: https://maps.google.com/?q=-5.113,105.307\n"
    "[05/11/26 08.50] Petugas: Siap bu\n"
)


def copied(text):
    QGuiApplication.clipboard().setText(text)


def test_ctrl_v_in_a_new_form_fills_who_when_what_and_where(desk):
    form = desk()
    form.begin()
    copied(SAID)
    form.key(KEY.Key_V, CTRL)
    form.settle()
    held = form.draft.record.values
    assert held["reporter_name"] == "Siti Aminah"
    assert held["received_at"] == dt.datetime(2026, 11, 5, 1, 41, tzinfo=dt.UTC)
    assert held["channel"] == "WHATSAPP"
    assert held["description"] == "Pak, lampu PJU 0004 di depan masjid mati\nsudah dua malam"
    assert (float(held["latitude"]), float(held["longitude"])) == (-5.113, 105.307)
    assert form.text("lamp").startswith("PJU-0004")
    assert form.text("street_name") == form.draft.view().target("lamp").street_name
    assert form.view.notice.text() == (
        "Dari WhatsApp: Siti Aminah, 05/11/2026 08.41, koordinat. 1 pesan dari orang lain tidak dipakai."
    )


def test_it_is_taken_back_as_a_whole(desk):
    form = desk()
    form.begin()
    form.fill("reporter_name", "Budi")
    copied(SAID)
    form.key(KEY.Key_V, CTRL | SHIFT)
    form.settle()
    assert form.draft.value("reporter_name") == "Budi", "what was typed stays"
    assert form.draft.value("description")
    form.view.notice.link_clicked.emit()
    form.settle()
    assert form.draft.value("description") is None
    assert form.draft.value("channel") is None
    assert form.draft.value("reporter_name") == "Budi"


def test_a_sender_without_a_name_is_a_telephone_number(desk):
    form = desk("tree_request")
    form.begin()
    copied("05/11/26 08.41 - +62 812-3456-7890: Pohon tumbang di Jl. Kenanga RT 03 RW 05 dekat SD")
    form.click("action_paste_message")
    form.settle()
    held = form.draft.record.values
    assert (held["applicant_phone"], held["applicant_name"]) == ("+6281234567890", None)
    assert (held["street_name"], held["rt"], held["rw"]) == ("Jl. Kenanga", "003", "005")


def test_ordinary_text_is_pasted_as_ever(desk):
    form = desk()
    form.begin()
    form.go("reporter_name")
    copied("Siti Aminah")
    form.key(KEY.Key_V, CTRL)
    form.settle()
    assert form.text("reporter_name") == "Siti Aminah"
    assert form.view.notice.text() == ""


def test_a_stored_record_takes_no_message_and_an_empty_clipboard_says_what_to_do(desk, uid_of):
    form = desk()
    form.open(uid_of("streetlight_repair"))
    assert form.view.pasting.button.isHidden()
    before = form.draft.snapshot()
    copied(SAID)
    form.key(KEY.Key_V, CTRL | SHIFT)
    form.settle()
    assert form.draft.snapshot() == before
    use("en")
    form.begin()
    copied("")
    form.key(KEY.Key_V, CTRL | SHIFT)
    assert form.view.notice.text() == "Copy the message in WhatsApp first, then press again."


def test_kinds_that_nobody_reports_have_no_button(desk):
    form = desk("crew")
    form.begin()
    assert form.view.pasting.button.isHidden()
