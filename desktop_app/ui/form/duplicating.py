"""Asks how many records like this one are wanted, and with which numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.errors import KnownError
from desktop_app.core.words import tr
from desktop_app.services.carrying import COPIES_AT_MOST, Running, counted
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.choices import CheckBox
from desktop_app.ui.widgets.labels import Label, MessageLine


class DuplicateDialog(QDialog):
    """How many, and for each number where it begins to count; beside it what the last one will be."""

    one = Signal(object)
    """A single copy, to be looked at before it is saved: field -> text of the numbers."""
    many = Signal(int, object)
    """So many copies, to be stored."""

    def __init__(self, running: Sequence[Running], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("duplicate_dialog")
        self.setWindowTitle(tr("Gandakan catatan", "Duplicate the record"))
        look = theme.current()
        self.setMinimumWidth(look.px(120))
        self._lines: dict[str, tuple[CheckBox, QLineEdit, Label]] = {}
        words = Label(tr("Jumlah salinan", "Number of copies"), "label")
        self.count = QLineEdit("1")
        self.count.setObjectName("duplicate_count")
        self.count.setAccessibleName(words.text())
        self.count.setFixedWidth(look.px(18))
        self.count.setMaxLength(3)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(3))
        self._grid.setVerticalSpacing(look.px(2))
        self._grid.setColumnStretch(2, 1)
        self._grid.addWidget(words, 0, 0)
        self._grid.addWidget(self.count, 0, 1, Qt.AlignmentFlag.AlignLeft)
        for one in running:
            self._add(one)
        self.message = MessageLine()
        self.take = Button("", "primary", "content-duplicate", name="action_confirm")
        cancel = Button(tr("Batal", "Cancel"), name="action_cancel")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(3))
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addLayout(self._grid)
        column.addWidget(self.message)
        column.addLayout(buttons)
        cancel.clicked.connect(self.reject)
        self.take.clicked.connect(self._give)
        self.count.textChanged.connect(lambda _text: self._show())
        for edit in (self.count, *(line[1] for line in self._lines.values())):
            edit.returnPressed.connect(self._give)
        self._show()
        self.count.setFocus()
        self.count.selectAll()

    def _add(self, one: Running) -> None:
        row = self._grid.rowCount()
        tick = CheckBox()
        tick.setText(tr(f"{one.label.id} mulai", f"{one.label.en} from").replace("&", "&&"))
        tick.setObjectName(f"duplicate_tick_{one.name}")
        tick.setChecked(True)
        tick.setEnabled(not one.always)
        edit = QLineEdit(one.first)
        edit.setObjectName(f"duplicate_{one.name}")
        edit.setAccessibleName(tick.text())
        edit.setFixedWidth(theme.current().px(36))
        until = Label("", "meta")
        for place, widget in enumerate((tick, edit, until)):
            self._grid.addWidget(widget, row, place)
        self._lines[one.name] = (tick, edit, until)
        tick.toggled.connect(edit.setEnabled)
        tick.toggled.connect(lambda _on: self._show())
        edit.textChanged.connect(lambda _text: self._show())

    def _number(self) -> int:
        """How many; 0 when that can't be said."""
        text = self.count.text().strip()
        return int(text) if text.isascii() and text.isdigit() and int(text) <= COPIES_AT_MOST else 0

    def _show(self) -> None:
        """What the last copy will be called, what is wrong, what the button does."""
        count, wrong = self._number(), ""
        if not count:
            wrong = tr(f"Jumlahnya 1 sampai {COPIES_AT_MOST}.", f"The number is 1 to {COPIES_AT_MOST}.")
        for tick, edit, until in self._lines.values():
            until.setText("")
            if tick.isChecked() and count:
                try:
                    last = counted(edit.text(), count - 1)
                except KnownError as refused:
                    wrong = wrong or refused.words.say()
                else:
                    until.setText(tr(f"sampai {last}", f"to {last}") if count > 1 else "")
        self.message.show_message("error" if wrong else "hint", wrong)
        self.take.setEnabled(not wrong)
        self.take.set_words(
            tr(f"Simpan {count} salinan", f"Save {count} copies")
            if count > 1
            else tr("Isi salinannya", "Fill in the copy")
        )

    def _give(self) -> None:
        if not self.take.isEnabled():
            return
        count = self._number()
        numbers = {
            name: edit.text().strip() for name, (tick, edit, _) in self._lines.items() if tick.isChecked()
        }
        self.accept()
        if count == 1:
            self.one.emit(numbers)
        else:
            self.many.emit(count, numbers)
