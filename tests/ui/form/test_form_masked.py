"""Personal numbers stay masked until the eye is pressed, and each look is in the journal."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app.services import drafts, history, records
from desktop_app.services.history import changes
from tests.ui.form.desk import CTRL, KEY

pytestmark = pytest.mark.engines

NAME = "reporter_phone"


@pytest.fixture
def uid(city, uid_of):
    """A stored report with a telephone number."""
    found = uid_of("streetlight_repair", lambda row: row.status == "RECEIVED")
    draft = records.open_draft(city, "streetlight_repair", found)
    draft.type(NAME, "081234567890")
    records.save(city, draft)
    return found


def looks(city, uid):
    return [(one.by, one.field) for one in changes(city, "streetlight_repair", uid) if one.action == "looked"]


def test_the_cursor_alone_shows_nothing_the_eye_does_and_is_noted(desk, city, uid):
    form = desk()
    form.open(uid)
    version = form.draft.record.version
    form.go(NAME)
    assert form.text(NAME) == "0812*****890"
    assert looks(city, uid) == []
    form.key(KEY.Key_F4)
    form.settle()
    assert form.text(NAME).replace("-", "") == "081234567890"
    assert looks(city, uid) == [("Sri Wahyuni", NAME)]
    form.key(KEY.Key_F4)
    assert form.text(NAME) == "0812*****890"
    told = history.history(city, "streetlight_repair", uid)[0]
    assert (told.by, told.words, told.details) == (
        "Sri Wahyuni",
        ("Dilihat: Telepon", "Looked at: Telephone"),
        (),
    )
    assert form.stored(uid).version == version, "a look changes nothing, and nothing travels"
    assert drafts.all_kept(city) == []


def test_each_opening_is_masked_again_and_each_look_noted(desk, city, uid):
    form = desk()
    for _ in range(2):
        form.open(uid)
        form.go(NAME)
        form.key(KEY.Key_F4)
        form.settle()
    assert len(looks(city, uid)) == 2
    form.open(uid)
    assert form.find(NAME).text() == "0812*****890"


def test_typing_over_a_mask_replaces_all_of_it(desk, city, uid):
    form = desk()
    form.open(uid)
    form.go(NAME)
    form.type("0899")
    assert form.text(NAME) == "0899"
    form.type("12345678")
    form.key(KEY.Key_Tab)
    form.settle()
    assert form.draft.value(NAME) == "+6289912345678"
    form.go(NAME)
    form.key(KEY.Key_Backspace)
    assert form.text(NAME) == ""
    assert form.draft.value(NAME) is None
    assert looks(city, uid) == []


def test_what_one_typed_himself_is_shown_without_a_note(desk, city, uid):
    form = desk()
    form.begin()
    form.fill(NAME, "081299998888")
    form.go(NAME)
    form.key(KEY.Key_F4)
    form.settle()
    assert "*" not in form.text(NAME)
    form.open(uid)
    form.fill(NAME, "081299998888")
    form.go(NAME)
    form.key(KEY.Key_F4)
    form.settle()
    assert "*" not in form.text(NAME)
    assert looks(city, uid) == []


def test_copying_from_a_masked_field_copies_the_mask(desk, uid):
    form = desk()
    form.open(uid)
    form.go(NAME)
    form.key(KEY.Key_A, CTRL)
    form.key(KEY.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "0812*****890"


def test_an_older_version_is_told_apart_from_looks(desk, city, uid):
    """A draft of a record that was looked at since still knows how it stood."""
    form = desk()
    form.open(uid)
    form.fill("street_name", "Jl. Setengah")
    form.key(KEY.Key_Escape)
    form.settle()
    theirs = records.open_draft(city, "streetlight_repair", uid)
    theirs.type("description", "dari meja lain")
    records.save(city, theirs)
    with city.store.writing("Agus") as writer:
        writer.looked("streetlight_repair", uid, NAME)
    taken = drafts.take_up(city, drafts.all_kept(city)[0])
    assert taken.base.values[NAME] == "+6281234567890"
