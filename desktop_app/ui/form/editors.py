"""The editors: what a field is typed into. Each tells what was typed (`typed`), picked (`chosen`) and that it was left (`left`).

Only what the user does is told; `show_text` by the program is silent, so loading a record never makes it look changed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.core import fields as f
from desktop_app.core.fields import Codes, Value
from desktop_app.ui import theme
from desktop_app.ui.form.picking import Pick, PickList

YES_NO = Codes(true=("Ya", "Yes"), false=("Tidak", "No"))

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEditor(QLineEdit):
    """One line. With `look_up`, what is typed drops down a list to pick from: `look_up(text)` must answer with `offer`."""

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()
    entered = Signal()  # Enter: on to the next field

    def __init__(self, name: str, look_up: Callable[[str], None] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._look_up = look_up
        self._picks: PickList | None = None
        self._shown = ""
        self._taken: Pick | None = None
        self.textEdited.connect(self._edited)
        if look_up is not None:
            icon = theme.icon("chevron-down", "text3")
            action = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)
            action.triggered.connect(self.drop_down)

    def show_text(self, text: str) -> None:
        """Put a text in without telling anybody."""
        self._shown = text
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def set_state(self, state: str) -> None:
        """"" , "error" or "warning": the colour of border and ground."""
        if self.property("state") != state:
            theme.set_state(self, state)

    def drop_down(self) -> None:
        """Show everything there is to pick from."""
        self.setFocus()
        if self._look_up is not None and not self.isReadOnly():
            self._look_up("")

    def offer(self, picks: list[Pick]) -> None:
        """Entries for what was typed; they are shown while the field has the focus."""
        if self.hasFocus():
            self._list().offer(picks)

    def _list(self) -> PickList:
        if self._picks is None:
            self._picks = PickList(self)
            self._picks.picked.connect(self._take)
        return self._picks

    def _edited(self, text: str) -> None:
        self._taken = None
        self.typed.emit(text)
        if self._look_up is not None:
            self._look_up(text)

    def _take(self, pick: Pick) -> None:
        self._list().hide()
        self._taken = pick
        self.show_text(pick.text)
        self.chosen.emit(pick.value)

    def _accept(self) -> None:
        """Take the entry that stands out, when the list is open and something was typed or an arrow pressed."""
        pick = self._picks.current() if self._picks else None
        if pick is not None:
            self._take(pick)

    def event(self, event: QEvent) -> bool:
        """Tab accepts what the list offers, then goes on as usual."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab:
            self._accept()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._keeps(event):
            event.accept()
            return True
        return super().event(event)

    def _keeps(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self._picks is not None and self._picks.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, arrows choose, Esc closes the list."""
        key, plain = event.key(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        opened = self._picks is not None and self._picks.isVisible()
        if key in ENTER and plain:
            self._accept()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and opened:
            self._list().hide()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and opened:
            self._list().step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Down and self._look_up is not None:
            self.drop_down()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By keyboard, the whole text stands selected: typing replaces it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The field is left: the list goes, the form looks at what was typed."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        if self._picks is not None:
            self._picks.hide()
        self.deselect()
        self.left.emit()


class AreaEditor(QPlainTextEdit):
    """Several lines: Enter makes a new line, Tab goes on."""

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self._silent = False
        self.textChanged.connect(self._changed)
        self.setFixedHeight(theme.current().px(18))

    def show_text(self, text: str) -> None:
        """Put a text in without telling anybody."""
        if text != self.toPlainText():
            self._silent = True
            self.setPlainText(text)
            self._silent = False

    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def set_state(self, state: str) -> None:
        """See `LineEditor.set_state`."""
        if self.property("state") != state:
            theme.set_state(self, state)

    def _changed(self) -> None:
        if not self._silent:
            self.typed.emit(self.toPlainText())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The field is left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TicksEditor(QWidget):
    """Any number of a code list, as boxes to tick in two columns."""

    typed = Signal(str)
    chosen = Signal(object)
    left = Signal()
    entered = Signal()

    def __init__(self, name: str, codes: Codes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._codes = codes
        self._boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.current().px(1), 0, 0)
        for number, entry in enumerate(codes):
            box = QCheckBox(entry.words.say().replace("&", "&&"))
            box.setAccessibleName(entry.words.say())
            box.setObjectName(f"{name}_{entry.code}")
            box.clicked.connect(self._clicked)
            box.installEventFilter(self)
            self._boxes[entry.code] = box
            grid.addWidget(box, number // 2, number % 2)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def show_text(self, text: str) -> None:
        """Tick the codes of a canonical text ("A|B")."""
        ticked = set(text.split("|"))
        for code, box in self._boxes.items():
            box.setChecked(code in ticked)

    def text(self) -> str:
        """The ticked codes as canonical text."""
        return "|".join(self.codes())

    def codes(self) -> tuple[str, ...]:
        """The ticked codes, in the list's order."""
        return tuple(code for code, box in self._boxes.items() if box.isChecked())

    def set_state(self, _state: str) -> None:
        """Ticks have no colour of their own; the message below says what is wrong."""

    def _clicked(self) -> None:
        self.chosen.emit(self.codes())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the last box goes on to the next field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.entered.emit()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)


Editor = LineEditor | AreaEditor | TicksEditor


def is_short(field: f.Field) -> bool:
    """Whether the editor has a width of its own; the others take what there is."""
    return width_units(field) > 0


def width_units(field: f.Field) -> int:
    """The editor's width in units u (look.md 5 "width by content"); 0 = all there is."""
    if isinstance(field, f.Computed):
        return width_units(field.like)
    if isinstance(field, f.Date):
        return 34
    if isinstance(field, f.Time):
        return 16
    if isinstance(field, f.Timestamp):
        return 46
    if isinstance(field, f.Integer | f.Decimal | f.YesNo):
        return 24
    if isinstance(field, f.Money | f.Coordinate):
        return 40
    if isinstance(field, f.Text) and not field.multiline and field.max_len <= 20:
        return max(14, round(field.max_len * 2.6) + 8)
    return 0


def is_number(field: f.Field) -> bool:
    """Numbers stand at the right edge of their editor."""
    like = field.like if isinstance(field, f.Computed) else field
    return isinstance(like, f.Integer | f.Decimal | f.Money)


def value_of(field: f.Field, picked: Value) -> Value:
    """What a pick means for the field: yes/no is picked like a code."""
    return picked == "true" if isinstance(field, f.YesNo) else picked
