"""A session at the real window: undo goes back save by save, and neither language, person nor page drops a draft."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core import words
from desktop_app.services import drafts, people, records
from desktop_app.ui import app as ui_app
from desktop_app.ui import navigation
from tests.ui.form.desk import CTRL, KEY, NONE
from tests.ui.front import to_front
from tests.ui.screen import focused

REPAIR = "streetlight_repair"


class Session:
    """The program with its window, on the small city."""

    def __init__(self, ctx, qtbot, qapp):
        self.ctx, self.qtbot = ctx, qtbot
        self.app = ui_app.App(qapp, lambda _folder: ctx, ui_app.Options(ctx.place))
        self.app.use(ctx)
        self.build(REPAIR)

    def build(self, page):
        self.app.build(page)
        self.front()

    def front(self):
        assert self.app.window is not None
        to_front(self.app.window)
        self.settle()

    def settle(self):
        def quiet():
            view = self.view
            timers = (view._check_soon, view._keeper._timer, view.doubling.soon) if view else ()
            built = view is None or view.body.is_built()
            return built and not self.app.ops.busy() and not any(timer.isActive() for timer in timers)

        self.qtbot.waitUntil(quiet)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    @property
    def page(self):
        return self.app.window.current_page()

    @property
    def view(self):
        return getattr(self.page.record, "view", None) if hasattr(self.page, "record") else None

    def key(self, key, modifiers=NONE):
        QTest.keyClick(focused(), key, modifiers)

    def fill(self, name, text):
        self.view.body.focus_field(name)
        self.settle()
        self.key(KEY.Key_A, CTRL)
        QTest.keyClicks(focused(), text)
        self.key(KEY.Key_Tab)
        self.settle()

    def save(self):
        before = self.view.draft.record.version
        for _ in range(2):  # warnings are read, and it is saved once more
            self.key(KEY.Key_S, CTRL)
            self.settle()
            if self.view.draft.record.version != before:
                return
        raise AssertionError([one.words.id for one in self.view.body.shown_findings()])

    def undo(self):
        QTest.mouseClick(self.app.window.status.undo, Qt.MouseButton.LeftButton)
        self.settle()

    def close(self):
        self.app.window.close()
        self.app.ops.close()
        self.app.window.deleteLater()


@pytest.fixture
def session(city, qtbot, qapp):
    made = Session(city, qtbot, qapp)
    yield made
    made.close()


def street(city, uid):
    with city.store.reading() as reader:
        record = reader.get(REPAIR, uid)
    return record.values["street_name"], record.removed_at is None


def test_undo_goes_back_through_several_saves_and_a_removal_also_after_the_language_changed(
    session, city, uid_of
):
    uid = uid_of(REPAIR, lambda row: row.status == "RECEIVED")
    before = street(city, uid)
    session.app.desk.open_record(REPAIR, uid)
    session.settle()
    for text in ("Jl. Satu", "Jl. Dua"):
        session.fill("street_name", text)
        session.save()
    assert street(city, uid) == ("Jl. Dua", True)
    removed = records.remove(city, REPAIR, uid, "salah catat")
    session.app.desk.can_undo(removed.undo)
    words.use("en")
    session.build(REPAIR)
    assert session.app.window.status.undo.text() == "Undo the removal"
    session.undo()
    assert street(city, uid) == ("Jl. Dua", True)
    session.undo()
    assert street(city, uid) == ("Jl. Satu", True)
    session.undo()
    assert street(city, uid) == before
    assert not session.app.window.status.undo.isVisible()


def test_what_others_changed_since_is_not_undone_and_said(session, city, uid_of):
    uid = uid_of(REPAIR, lambda row: row.status == "RECEIVED")
    session.app.desk.open_record(REPAIR, uid)
    session.settle()
    session.fill("street_name", "Jl. Satu")
    session.save()
    theirs = records.open_draft(city, REPAIR, uid)
    theirs.type("street_name", "Jl. Lain")
    records.save(city, theirs)
    session.undo()
    assert street(city, uid) == ("Jl. Lain", True)
    assert "Tidak bisa dibatalkan" in session.app.window.status.lamp.accessibleName()


def test_neither_page_person_nor_language_drops_a_draft(session, city):
    for kind, field in ((REPAIR, "street_name"), ("light_point", "street_name")):
        session.app.window.open_page(kind)
        session.settle()
        session.page.begin()
        session.settle()
        session.fill(field, "Jl. Kenanga")
        QTest.keyClicks(focused(), "depan masjid")
    people.choose(city, "Agus Priyanto")
    session.app.window.open_page(navigation.SETTINGS)  # at once: the last letters are not kept yet
    words.use("en")
    session.build(navigation.SETTINGS)
    session.settle()
    kept = {one.kind: one for one in drafts.all_kept(city)}
    assert set(kept) == {REPAIR, "light_point"}
    assert [one.state["values"].get("street_name") for one in kept.values()] == ["Jl. Kenanga"] * 2
    assert all("depan masjid" in str(one.state) for one in kept.values())
    session.app.desk.go_on(kept[REPAIR])
    session.settle()
    session.front()
    assert QApplication.focusWidget().objectName() == "address_detail"
    assert session.view.draft.text("address_detail") == "depan masjid"
