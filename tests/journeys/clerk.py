"""A clerk at the real window: everything by keys, nothing by mouse, nothing behind the window's back.

Looks at the screen only: which field has the cursor, what stands in it, what is said below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from desktop_app import bootstrap
from desktop_app.core import fields as f
from desktop_app.services.context import AppContext
from desktop_app.ui.app import App, Options
from desktop_app.ui.form.editors import TicksEditor
from desktop_app.ui.form.messages import FieldMessage
from desktop_app.ui.form.picking import PickList
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.pages.list_page import ListPage
from desktop_app.ui.widgets.labels import MessageLine
from tests.ui.front import to_front

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
KEY = Qt.Key
_MOST_FIELDS = 120


class Clerk:
    """The program with its window on one data folder, and the clerk's ten fingers."""

    ESCAPE = KEY.Key_Escape

    def __init__(self, ctx: AppContext, qapp: QApplication, qtbot: Any) -> None:
        self.ctx, self.qtbot = ctx, qtbot
        self.program = App(qapp, bootstrap.open_context, Options(ctx.place, dark=False))
        self.program.use(ctx)
        self.window = self.program.build()
        to_front(self.window)
        self.kind = ""

    def close(self) -> None:
        """Go home."""
        self.window.close()
        self.program.ops.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # ---- looking

    def page(self) -> ListPage:
        """The list page at the front."""
        page = self.window.current_page()
        assert isinstance(page, ListPage)
        return page

    def view(self) -> RecordView:
        """The record beside the list."""
        view = self.page().record.view
        assert view is not None
        assert view.isVisible()
        return view

    def settle(self) -> None:
        """Until nothing is under way any more: no work, no pause after the last key, no form half built."""
        page = self.window.current_page()

        def quiet() -> bool:
            if self.program.ops.busy():
                return False
            if not isinstance(page, ListPage):
                return True
            view = page.record.view
            resting = view is None or not (
                view._check_soon.isActive() or view._keeper._timer.isActive() or not view.body.is_built()
            )
            return resting and not page._debounce.isActive() and not page.model.waiting()

        for _ in range(3):  # what has just arrived may begin something new
            self.qtbot.waitUntil(quiet)
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()

    def focus(self) -> str:
        """The name of what has the cursor."""
        now = QApplication.focusWidget()
        return now.objectName() if now is not None else ""

    def find(self, name: str, sort: type[Any] = QWidget) -> Any:
        """What is on the screen under this name."""
        found = [one for one in self.window.findChildren(sort, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def message(self, name: str) -> tuple[str, str] | None:
        """What stands below a field: (severity, words)."""
        found = [
            one
            for one in self.window.findChildren(FieldMessage, f"error_{name}")
            if one.isVisible() and one.text()
        ]
        assert len(found) < 2, (name, found)
        return (found[0].severity(), found[0].text()) if found else None

    def complaints(self) -> list[tuple[str, str, str]]:
        """Everything that is shown to be wrong or doubtful: (severity, field, words)."""
        shown = self.view().body.shown_findings()
        return [
            (one.severity, f"{one.line[0]}.{one.field}" if one.line else one.field, one.words.id)
            for one in shown
        ]

    def entries(self) -> dict[str, str]:
        """What stands in the form's fields."""
        draft = self.view().draft
        assert draft is not None
        texts = {one.name: draft.text(one.name) for one in draft.kind.stored_fields if not one.hidden}
        return {name: text for name, text in texts.items() if text}

    def picks(self) -> list[str]:
        """The names in the list that is dropped down."""
        found = [one for one in self.window.findChildren(PickList) if one.isVisible()]
        return [pick.text for one in found for pick in one.picks()]

    # ---- keys

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """One key, pressed and let go where the cursor is."""
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)
        QApplication.processEvents()  # between two keys of a person the window always gets its turn

    def type(self, text: str) -> None:
        """Letters at the cursor, one by one."""
        for letter in text:
            target = QApplication.focusWidget()
            assert target is not None
            if letter == "\n":
                QTest.keyClick(target, KEY.Key_Return)
            elif letter.isascii() and letter.isprintable():
                QTest.keyClicks(target, letter)
            else:
                letter_typed(target, letter)

    def go(self, kind: str) -> None:
        """To the page of a kind, all of it shown."""
        self.kind = kind
        self.window.open_page(kind)
        self.settle()

    def field(self) -> str:
        """The name of the field that has the cursor (of boxes to tick: the field that they are of)."""
        here = self.focus()
        boxes = [one.name for one in self.ctx.kind(self.kind).fields if isinstance(one, f.Choices)]
        return next((name for name in boxes if here.startswith(f"{name}_")), here)

    def walk_to(self, name: str) -> None:
        """Tab until the cursor is in a field."""
        seen: list[str] = []
        while self.field() != name:
            seen.append(self.focus())
            assert len(seen) < _MOST_FIELDS, (name, seen)
            self.key(KEY.Key_Tab)

    def open(self, uid: str) -> None:
        """A record of this kind, as a link in another one opens it."""
        assert self.program.desk is not None
        self.program.desk.open_record(self.kind, uid)
        self.settle()
        assert self.view().showing() == uid

    # ---- a slip

    def begin(self) -> None:
        """A new record: Ctrl+N; the cursor stands in its first field."""
        record = self.page().record
        before = record.showing()
        self.key(KEY.Key_N, CTRL)  # the button is seen pressed first: what was open before may still be there
        self.qtbot.waitUntil(lambda: record.is_open() and record.showing() not in ("", before))

    def fill(
        self, typed: Mapping[str, str], lines: Mapping[str, Sequence[Mapping[str, str]]], *, waits: bool
    ) -> None:
        """Walk through the form once, Tab by Tab, and type what the slip says. `waits`: for the lists to drop down."""
        left, grids = dict(typed), {name: list(rows) for name, rows in lines.items()}
        walked: list[str] = []
        while left or grids:
            here = self.field()
            walked.append(here)
            assert len(walked) < _MOST_FIELDS, (left, grids, walked)
            assert here != "action_save", f"never came to {sorted(left)} {sorted(grids)}: {walked}"
            grid = here.partition("_")[0]
            if grid in grids:
                self._fill_grid(grid, grids.pop(grid), waits=waits)
                continue
            if here in left:
                self._replace(left.pop(here), waits=waits)
            self.key(KEY.Key_Tab)

    def _replace(self, text: str, *, waits: bool) -> None:
        """What stands in the field is selected already: typing replaces it."""
        editor = QApplication.focusWidget()
        if isinstance(editor, QCheckBox):
            self._tick(text.split("|"))
            return
        if isinstance(editor, QPlainTextEdit):
            self.key(KEY.Key_A, CTRL)
        self.type(text) if text else self.key(KEY.Key_Delete)
        if waits and text and getattr(editor, "_look_up", None) is not None:
            self.qtbot.waitUntil(lambda: bool(self.picks()) or not self.program.ops.busy())

    def _tick(self, codes: Sequence[str]) -> None:
        """Along the boxes with the arrows; Space ticks."""
        name = self.field()
        boxes = next(one for one in self.view().findChildren(TicksEditor, name) if one.isVisible())
        order = [box.objectName() for box in boxes.findChildren(QCheckBox)]
        for code in codes:
            for _ in range(order.index(f"{name}_{code}") - order.index(self.focus())):
                self.key(KEY.Key_Right)
            assert self.focus() == f"{name}_{code}"
            self.key(KEY.Key_Space)

    def _fill_grid(self, grid: str, rows: Sequence[Mapping[str, str]], *, waits: bool) -> None:
        for number, row in enumerate(rows, 1):
            left = dict(row)
            while self.focus().startswith(f"{grid}_{number}_"):
                cell = self.focus().removeprefix(f"{grid}_{number}_")
                if cell in left:
                    self._replace(left.pop(cell), waits=waits)
                self.key(KEY.Key_Return)
            assert not left, (grid, number, left)
        if not self.view().kind.lines_by_name[grid].fixed:
            self.key(KEY.Key_Return)  # on the empty line: out of the grid

    def save_and_new(self) -> None:
        """Ctrl+Enter; warnings that were not seen before are read, and let through by a second one."""
        before = self.view().showing()
        self.key(KEY.Key_Return, CTRL)
        self.settle()
        if self.view().showing() == before:
            assert not [one for one in self.complaints() if one[0] == "error"], (
                self.complaints(),
                self.entries(),
            )
            self.key(KEY.Key_Return, CTRL)
            self.settle()
        assert self.view().showing() != before, self.complaints()

    def change(self, name: str, text: str) -> None:
        """Tab to a field, type over it, Ctrl+S (and once more when there is a warning to read), Esc."""
        self.walk_to(name)
        self._replace(text, waits=True)
        for _ in range(2):
            self.key(KEY.Key_S, CTRL)
            self.settle()
            if self.is_saved():
                break
        assert self.is_saved(), self.complaints()
        self.key(KEY.Key_Escape)
        self.settle()
        assert not self.page().record.is_open()

    def is_saved(self) -> bool:
        """Whether everything on the form is stored."""
        draft = self.view().draft
        assert draft is not None
        return draft.base is not None and not draft.changed()

    def make_move(self, name: str) -> None:
        """A step of the life cycle: back to its button, or into the menu that has it, and press it."""
        cycle = self.ctx.kind(self.kind).life_cycle
        move = cycle.move(name) if cycle else None
        assert move is not None
        shown = [one for one in self.view().findChildren(QWidget, f"action_move_{name}") if one.isVisible()]
        wanted = shown[0].objectName() if shown else "action_more"
        self._until(lambda: self.focus() == wanted, KEY.Key_Backtab, SHIFT)
        self.settle()
        assert self.focus() == wanted
        self.key(KEY.Key_Space)
        if not shown:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            self._until(
                lambda: menu.activeAction() is not None and menu.activeAction().text().rstrip("…") == move.id,
                KEY.Key_Down,
            )
            self.key(KEY.Key_Return)
        self.settle()

    def refusal(self) -> str:
        """Why the last step or save was not made, where no field of the form is to blame."""
        notice = self.find("record_notice", MessageLine) if self.view().notice.isVisible() else None
        card = self.message("move")
        return " ".join([*([notice.text()] if notice else []), *([card[1]] if card else [])])

    # ---- the list

    def search(self, text: str) -> int:
        """Ctrl+F, type, wait: how many rows are there."""
        self.key(KEY.Key_F, CTRL)
        assert self.focus() == "search"
        self.key(KEY.Key_A, CTRL)
        self.key(KEY.Key_Delete)
        self.type(text)
        self.settle()
        return self.page().model.rowCount()

    def found(self) -> list[str]:
        """The uids of the rows that are listed."""
        model = self.page().model
        return [
            row.uid for row in (model.row(number) for number in range(model.rowCount())) if row is not None
        ]

    def open_first(self) -> None:
        """From the search box into the list, and into the record."""
        self.key(KEY.Key_Down)
        assert self.focus() == f"list_{self.kind}"
        self.key(KEY.Key_Return)
        self.settle()

    def count(self) -> str:
        """What the foot of the list says."""
        return str(self.find("list_count", QLabel).text())

    # ---- export

    def export(self, file: Path, style: str) -> None:
        """Ctrl+E; the format and the name are chosen by keys."""
        self.key(KEY.Key_E, CTRL)
        dialog = self._dialog("export_dialog")
        to_front(dialog)
        self._until(lambda: self.focus() in ("export_xlsx", f"export_{style}"), KEY.Key_Tab)
        self._until(lambda: dialog.findChild(QRadioButton, f"export_{style}").isChecked(), KEY.Key_Down)
        self._until(lambda: self.focus() == "export_path", KEY.Key_Tab)
        self.key(KEY.Key_A, CTRL)
        self.type(str(file))
        self._until(lambda: self.focus() == "action_start_export", KEY.Key_Tab)
        self.key(KEY.Key_Space)
        self.settle()
        self.qtbot.waitUntil(lambda: self.focus() == "action_close")
        self.key(KEY.Key_Space)
        self.qtbot.waitUntil(lambda: not any(one.isVisible() for one in self.window.findChildren(QDialog)))
        to_front(self.window)

    def _dialog(self, name: str) -> QDialog:
        self.qtbot.waitUntil(lambda: any(one.isVisible() for one in self.window.findChildren(QDialog, name)))
        return next(one for one in self.window.findChildren(QDialog, name) if one.isVisible())

    def _until(self, there: Callable[[], bool], key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        for _ in range(60):
            if there():
                return
            self.key(key, modifiers)
        raise AssertionError(f"never came there, the cursor is in {self.focus()!r}")


def letter_typed(target: QWidget, letter: str) -> None:
    """A letter that has no key of its own (é, ², an emoji), as an input method sends it."""
    for sort in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(sort, 0, NONE, letter))
