"""One record in a window of its own, and what a clerk does to it with keys and mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from desktop_app.services import records
from desktop_app.ui.form.messages import FieldMessage
from desktop_app.ui.form.picking import PickList
from desktop_app.ui.form.record_view import RecordView
from tests.ui.front import to_front

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


class Desk:
    """`size` is that of the window; the form takes all of it."""

    def __init__(self, ctx, ops, qtbot, kind, size=(700, 700)):
        self.ctx, self.ops, self.qtbot = ctx, ops, qtbot
        self.window = QWidget()
        box = QHBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.to_front()
        # Only now: a screen may take its time, and the view builds its form as soon as it is there.
        self.view = RecordView(ctx, ops, ctx.kind(kind))
        box.addWidget(self.view)
        self.view.show()
        self.lamps: list[tuple[str, str]] = []
        self.saved: list[str] = []
        self.closed: list[bool] = []
        self.others: list[tuple[str, str]] = []
        self.view.lamp.connect(lambda *lamp: self.lamps.append(lamp))
        self.view.saved.connect(self.saved.append)
        self.view.closed.connect(lambda: self.closed.append(True))
        self.view.open_other.connect(lambda *other: self.others.append(other))

    def to_front(self, window=None):
        to_front(window or self.window)

    # ---- looking

    @property
    def draft(self):
        assert self.view.draft is not None
        return self.view.draft

    def settle(self):
        """Until nothing is under way any more."""

        def quiet():
            timers = (self.view._check_soon, self.view._keeper._timer, self.view.doubling.soon)
            waiting = any(timer.isActive() for timer in timers)
            return not self.ops.busy() and not waiting and self.view.body.is_built()

        self.qtbot.waitUntil(quiet)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def find(self, name, sort=QWidget):
        found = [one for one in self.window.findChildren(sort, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def text(self, name):
        return self.find(name).text()

    def focus(self):
        now = QApplication.focusWidget()
        return now.objectName() if now is not None else ""

    def message(self, name):
        """What stands below a field: (severity, words), or None."""
        found = self.window.findChildren(FieldMessage, f"error_{name}")
        assert len(found) == 1, (name, found)
        return (found[0].severity(), found[0].text()) if found[0].isVisible() else None

    def picks(self, deeds=False):
        """The names in the list that is dropped down (or what can be done besides picking one)."""
        found = [one for one in self.window.findChildren(PickList) if one.isVisible()]
        return [pick.text for one in found for pick in one.picks() if (pick.do is not None) == deeds]

    def stored(self, uid=None):
        return records.open_draft(self.ctx, self.view.kind.name, uid or self.saved[-1]).record

    def problems(self):
        """Everything that is shown to be wrong."""
        return [(one.severity, one.field, one.words.id) for one in self.view.body.shown_findings()]

    # ---- doing

    def key(self, key, modifiers=NONE):
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    def type(self, text):
        """Letters at the place of the cursor; a line break is Enter."""
        for number, part in enumerate(text.split("\n")):
            if number:
                self.key(KEY.Key_Return)
            target = QApplication.focusWidget()
            assert target is not None
            QTest.keyClicks(target, part)

    def go(self, name):
        """A click into a field."""
        editor = self.find(name)
        self.view.body.ensureWidgetVisible(editor)
        QTest.mouseClick(editor, Qt.MouseButton.LeftButton, NONE, QPoint(12, editor.height() // 2))

    def fill(self, name, text):
        """Click into a field, replace what stands there, go on."""
        self.go(name)
        self.key(KEY.Key_A, CTRL)
        self.key(KEY.Key_Delete)
        self.type(text)
        self.key(KEY.Key_Tab)

    def click(self, name):
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def choose_from_menu(self, words):
        """An entry of the menu "Lainnya"."""
        self.click("action_more")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == words)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NONE, menu.actionGeometry(action).center())
        self.settle()
        self.to_front()

    def begin(self):
        self.view.begin()
        self.settle()

    def open(self, uid):
        self.view.open(uid)
        self.settle()

    def save(self):
        """Ctrl+S; warnings are read, and it is saved once more."""
        before = len(self.saved)
        self.key(KEY.Key_S, CTRL)
        self.settle()
        if len(self.saved) == before:
            self.key(KEY.Key_S, CTRL)
            self.settle()
        return len(self.saved) > before
