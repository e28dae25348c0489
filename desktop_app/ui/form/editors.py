"""The editors: what a field is typed into. Each tells what was typed (`typed`), picked (`chosen`) and that it was left (`left`).

Only what the user does is told; `show_text` by the program is silent, so loading a record never makes it look changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QMenu, QPlainTextEdit, QWidget

from desktop_app.core.fields import Codes
from desktop_app.core.words import Words
from desktop_app.ui import theme
from desktop_app.ui.form.picking import Pick, PickList
from desktop_app.ui.form.pinning import PinCorner
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.choices import CheckBox

YES_NO = Codes(true=("Ya", "Yes"), false=("Tidak", "No"))

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.OtherFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_MENU = (
    ("undo", Words("Urungkan", "Undo")),
    ("cut", Words("Potong", "Cut")),
    ("copy", Words("Salin", "Copy")),
    ("paste", Words("Tempel", "Paste")),
    ("selectAll", Words("Pilih semua", "Select all")),
)
"""Qt's own menu speaks no Indonesian."""


class LineEditor(QLineEdit):
    """One line. With `look_up`, what is typed drops down a list to pick from: `look_up(text)` must answer with `offer`.

    `icon` is painted at the right end; clicking it emits `icon_clicked` (the chevron of a picker drops its list down).
    """

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()
    entered = Signal()  # Enter: on to the next field
    icon_clicked = Signal()
    pin_clicked = Signal()

    def __init__(
        self,
        name: str,
        look_up: Callable[[str], None] | None = None,
        parent: QWidget | None = None,
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look_up = look_up
        self._picks: PickList | None = None
        self._asked: str | None = None
        self._fresh = False
        self._icon = ""
        self._pin: bool | None = None
        self.takes_paste: Callable[[str], bool] | None = None
        """Asked about a pasted text; when it answers yes, it has taken it."""
        self.textEdited.connect(self._edited)
        self.set_icon(icon or ("chevron-down" if look_up is not None else ""))
        if look_up is not None:
            self.icon_clicked.connect(self.drop_down)

    # ---- the text

    def show_text(self, text: str) -> None:
        """Put a text in without telling anybody."""
        if text != self.text():
            self.setText(text)
            if self.hasFocus() and not self.isReadOnly():
                self.selectAll()
            else:
                self.setCursorPosition(0)

    def plain_text(self) -> str:
        """What stands in it, unmasked."""
        return self.text()

    def set_state(self, state: str) -> None:
        """Nothing, "error" or "warning": the colour of border and ground."""
        theme.set_state(self, state)

    # ---- the list to pick from

    def drop_down(self) -> None:
        """Show everything there is to pick from."""
        self.setFocus()
        if self._look_up is not None and not self.isReadOnly():
            self._ask("")

    def offer(self, picks: list[Pick], text: str | None = None) -> None:
        """Entries for what was typed. Those for a text that is not the newest asked for, or for a field that was left, go nowhere."""
        if not self.hasFocus() or self._asked is None or text not in (None, self._asked):
            return
        self._fresh = True
        self._list().offer(picks, chosen=bool(self._asked.strip()))

    def accept(self) -> bool:
        """Take the entry that stands out in the open list. Whether one goes on to the next field: not when something is done first."""
        pick = self._picks.current() if self._picks is not None and self._fresh else None
        if pick is not None:
            self._take(pick)
        return pick is None or pick.do is None

    def take(self, value: object, text: str) -> None:
        """A value from elsewhere, as if it had been picked."""
        self._close_list()
        self.show_text(text)
        self.chosen.emit(value)

    def is_open(self) -> bool:
        """Whether the list is dropped down."""
        return self._picks is not None and self._picks.isVisible()

    def _ask(self, text: str) -> None:
        if self._look_up is not None:
            self._asked, self._fresh = text, False
            self._look_up(text)

    def _list(self) -> PickList:
        if self._picks is None:
            self._picks = PickList(self)
            self._picks.picked.connect(self._take)
        return self._picks

    def _close_list(self) -> None:
        self._asked = None
        if self._picks is not None:
            self._picks.hide()

    def _edited(self, text: str) -> None:
        self.typed.emit(text)
        self._ask(text)

    def _take(self, pick: Pick) -> None:
        self._close_list()
        if pick.do is not None:
            pick.do()
            return
        self.show_text(pick.text)
        self.chosen.emit(pick.value)

    # ---- keys and focus

    def event(self, event: QEvent) -> bool:
        """Tab accepts what the list offers, then goes on as usual; Esc is ours while the list is open."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab and not self.accept():
                return True
            if event.type() == QEvent.Type.ShortcutOverride and self._keeps(event):
                event.accept()
                return True
        return super().event(event)

    def _keeps(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self.is_open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, arrows choose, Esc closes the list."""
        key, plain = event.key(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in ENTER and plain:
            if self.accept():
                self.entered.emit()
        elif key in ENTER:
            event.ignore()
        elif key == Qt.Key.Key_Escape and self.is_open():
            self._close_list()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.is_open():
            self._fresh = True  # the user sees what he takes
            self._list().step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_F4) and self._look_up is not None:
            self.drop_down()
        elif key == Qt.Key.Key_F4 and self._icon:
            self.icon_clicked.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._paste_is_taken():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _paste_is_taken(self) -> bool:
        return self.takes_paste is not None and self.takes_paste(QApplication.clipboard().text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keyboard, the whole text stands selected: typing replaces it."""
        super().focusInEvent(event)
        self._make_room()
        if event.reason() in _BY_KEYS:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The field is left: the list goes, the form looks at what was typed."""
        super().focusOutEvent(event)
        self._make_room()
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            return
        self._close_list()
        self.deselect()
        self.setCursorPosition(0)
        self.show_text(self.plain_text())
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Cut, copy, paste in the user's language."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb, words in _MENU:
            if not self.isReadOnly() or verb in ("copy", "selectAll"):
                menu.addAction(words.say()).triggered.connect(getattr(self, verb))
        menu.popup(event.globalPos())

    # ---- the icons

    def set_icon(self, name: str) -> None:
        """Change the icon at the right end; none takes no room."""
        if name != self._icon:
            self._icon = name
            self._make_room()

    def set_pin(self, pin: bool | None) -> None:
        """Show a pin: set, to be set (while somebody is at the field), or none at all."""
        if pin != self._pin:
            self._pin = pin
            self._make_room()

    def pin(self) -> bool | None:
        """Whether its value is kept for the next records; None: it can't be."""
        return self._pin

    def _pin_is_shown(self) -> bool:
        return bool(self._pin) or (self._pin is not None and (self.hasFocus() or self.underMouse()))

    def _pin_left(self) -> float:
        """Where the pin stands: before the icon at the right end, or at the left of figures."""
        look = theme.current()
        if self.alignment() & Qt.AlignmentFlag.AlignRight:
            return look.px(1.5)
        return self.width() - look.px(12 if self._icon else 6.5)

    def _make_room(self) -> None:
        look, figures = theme.current(), bool(self.alignment() & Qt.AlignmentFlag.AlignRight)
        pin = look.px(5.5) if self._pin_is_shown() else 0
        icon = look.px(6) if self._icon else 0
        self.setTextMargins(pin if figures else 0, 0, icon + (0 if figures else pin), 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the icons."""
        super().paintEvent(event)
        shown = self._pin_is_shown()
        if not self._icon and not shown:
            return
        look = theme.current()
        painter = painting.smooth(self)
        ink, top = "text3" if self.isEnabled() else "disabled", (self.height() - look.px(4)) / 2
        if self._icon:
            painting.picture(painter, self.width() - look.px(6.5), top, self._icon, ink, 4)
        if shown:
            name, ink = ("pin", "accent_text") if self._pin else ("pin-outline", ink)
            painting.picture(painter, self._pin_left(), top, name, ink, 4)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pin that could be set shows."""
        super().enterEvent(event)
        self._make_room()

    def leaveEvent(self, event: QEvent) -> None:
        """It goes again."""
        super().leaveEvent(event)
        self._make_room()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The icons are buttons."""
        look, x = theme.current(), event.position().x()
        if self._pin_is_shown() and self._pin_left() - look.px(1) <= x < self._pin_left() + look.px(4.5):
            self.pin_clicked.emit()
            return
        if self._icon and x > self.width() - look.px(8):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.icon_clicked.emit()
            return
        super().mousePressEvent(event)


class AreaEditor(QPlainTextEdit):
    """Several lines: Enter makes a new line, Tab goes on."""

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()
    entered = Signal()
    pin_clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self._silent = False
        self.corner = PinCorner(self, ())
        self.corner.clicked.connect(self.pin_clicked)
        self.set_pin, self.pin = self.corner.set_pin, self.corner.pin
        self.textChanged.connect(self._changed)

    def show_text(self, text: str) -> None:
        """Put a text in without telling anybody."""
        if text != self.toPlainText():
            self._silent = True
            self.setPlainText(text)
            self._silent = False

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    plain_text = text

    def set_state(self, state: str) -> None:
        """See `LineEditor.set_state`."""
        theme.set_state(self, state)

    def _changed(self) -> None:
        if not self._silent:
            self.typed.emit(self.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is the form's; Enter is a new line."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The field is left."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """As `LineEditor.contextMenuEvent`."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for verb, words in _MENU:
            menu.addAction(words.say()).triggered.connect(getattr(self, verb))
        menu.popup(event.globalPos())


class TicksEditor(QWidget):
    """Any number of a code list, as boxes to tick in two columns. Space ticks, the arrows move, Enter and Tab go on."""

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()
    entered = Signal()
    pin_clicked = Signal()

    def __init__(self, name: str, codes: Codes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._boxes: dict[str, CheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.current().px(1.5), 0, theme.current().px(1.5))
        grid.setVerticalSpacing(theme.current().px(1.5))
        for number, entry in enumerate(codes):
            box = CheckBox()
            box.setText(entry.words.say().replace("&", "&&"))
            box.setAccessibleName(entry.words.say())
            box.setObjectName(f"{name}_{entry.code}")
            box.clicked.connect(self._clicked)
            box.installEventFilter(self)
            box.setFocusPolicy(Qt.FocusPolicy.ClickFocus if number else Qt.FocusPolicy.StrongFocus)
            self._boxes[entry.code] = box
            grid.addWidget(box, number // 2, number % 2)
        self._grid, self._across = grid, 2
        self.corner = PinCorner(self, self._boxes.values())
        self.corner.clicked.connect(self.pin_clicked)
        self.set_pin, self.pin = self.corner.set_pin, self.corner.pin
        self.setFocusProxy(next(iter(self._boxes.values())))
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus
        )  # without it `setTabOrder` leaves it out, and cuts the order in two

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where two columns have no room there is one."""
        super().resizeEvent(event)
        boxes = list(self._boxes.values())
        wide = sum(
            max((box.sizeHint().width() for box in boxes[column::2]), default=0) for column in range(2)
        )
        across = 2 if wide + self._grid.horizontalSpacing() <= self.width() else 1
        if across != self._across:
            self._across = across
            for box in boxes:
                self._grid.removeWidget(box)
            for number, box in enumerate(boxes):
                self._grid.addWidget(box, number // across, number % across)

    def show_text(self, text: str) -> None:
        """Tick the codes of a canonical text ("A|B")."""
        ticked = set(text.split("|"))
        for code, box in self._boxes.items():
            box.setChecked(code in ticked)

    def text(self) -> str:
        """The ticked codes as canonical text."""
        return "|".join(self.codes())

    plain_text = text

    def codes(self) -> tuple[str, ...]:
        """The ticked codes, in the list's order."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_state(self, _state: str) -> None:
        """Ticks have no colour of their own; the message below says what is wrong."""

    def _clicked(self) -> None:
        self.chosen.emit(self.codes())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The boxes are one field: arrows move among them, Enter goes on to the next field."""
        boxes: list[QObject] = list(self._boxes.values())
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            down = self._across
            step = {Qt.Key.Key_Down: down, Qt.Key.Key_Up: -down, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
            if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.entered.emit()
                return True
            if event.key() in step:
                place = boxes.index(watched) + step[Qt.Key(event.key())]
                if 0 <= place < len(boxes):
                    boxes[place].setFocus()  # type: ignore[attr-defined]
                return True
        if event.type() == QEvent.Type.FocusOut and QApplication.focusWidget() not in boxes:
            self.left.emit()
        return super().eventFilter(watched, event)


def put_caret(editor: QWidget | None, caret: int) -> None:
    """The cursor before this letter, nothing selected: what is typed next belongs there and replaces nothing."""
    if isinstance(editor, QLineEdit):
        editor.setCursorPosition(caret)
    elif isinstance(editor, QPlainTextEdit):
        cursor = editor.textCursor()
        cursor.setPosition(min(caret, editor.document().characterCount() - 1))
        editor.setTextCursor(cursor)


Editor = LineEditor | AreaEditor | TicksEditor

__all__ = ["ENTER", "YES_NO", "AreaEditor", "Editor", "LineEditor", "TicksEditor", "put_caret"]
