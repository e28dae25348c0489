"""The card on which a step of the life cycle asks what it needs (a crew, a date, a reason), right above the form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.draft import Draft
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Move
from desktop_app.core.words import Words, tr
from desktop_app.core.fields import Text
from desktop_app.ui import theme
from desktop_app.ui.form.editors import value_of
from desktop_app.ui.form.rows import FieldRow, LookUp
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import Label, MessageLine

REASON = Text("reason", "Alasan", "Reason", max_len=300)


class MoveCard(QFrame):
    """Shown while a step is being made; what is typed goes into the record's draft, the reason stays with the step."""

    confirmed = Signal(object, str)  # Move, reason
    cancelled = Signal()
    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("move_card")
        self.setProperty("kind", "banner")
        self._box = QVBoxLayout(self)
        self._rows: list[FieldRow] = []
        self._move: Move | None = None
        self._title = Label("", "section")
        self._words = MessageLine()
        self._words.setObjectName("error_move")
        self._fields = QVBoxLayout()
        self._confirm = Button("", "tonal", name="action_confirm_move")
        cancel = Button(tr("Batal", "Cancel"), "quiet", name="action_cancel_move")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._confirm)
        self._box.addWidget(self._title)
        self._box.addLayout(self._fields)
        self._box.addWidget(self._words)
        self._box.addLayout(buttons)
        cancel.clicked.connect(self.cancelled)
        self._confirm.clicked.connect(self._ok)
        look = theme.current()
        self._box.setContentsMargins(look.px(4), look.px(3), look.px(4), look.px(3))
        self._box.setSpacing(look.px(2))
        self.hide()

    def ask(self, move: Move, draft: Draft, look_up: LookUp) -> None:
        """Show what this step asks, with the cursor in the first field."""
        self._move = move
        self._title.setText(move.label.say())
        self._confirm.set_words(move.label.say())
        self._words.clear()
        for row in self._rows:
            self._fields.removeWidget(row)
            row.deleteLater()
        self._rows = []
        for name in move.asks:
            field = draft.kind.by_name[name]
            row = FieldRow([field], look_up)
            editor = row.editors[name]
            editor.setObjectName(f"move_{name}")
            editor.show_text(draft.text(name))
            editor.typed.connect(lambda text, name=name: self._typed(draft, name, text))
            editor.chosen.connect(lambda value, field=field: self._chosen(draft, field.name, value_of(field, value)))
            editor.left.connect(lambda name=name: self._left(draft, name))
            self._add(row)
        if move.reason:
            row = FieldRow([REASON], look_up)
            row.editors["reason"].setObjectName("move_reason")
            row.set_required({"reason"})
            self._add(row)
        self.show()
        first = self._rows[0] if self._rows else None
        (next(iter(first.editors.values())) if first else self._confirm).setFocus()

    def _add(self, row: FieldRow) -> None:
        number = len(self._rows)
        self._rows.append(row)
        self._fields.addWidget(row)
        next(iter(row.editors.values())).entered.connect(lambda: self._go_on(number))

    def _go_on(self, number: int) -> None:
        if number + 1 < len(self._rows):
            next(iter(self._rows[number + 1].editors.values())).setFocus()
        else:
            self._confirm.setFocus()

    def _typed(self, draft: Draft, name: str, text: str) -> None:
        draft.type(name, text)
        self.edited.emit("")

    def _chosen(self, draft: Draft, name: str, value: object) -> None:
        draft.choose(name, value)  # type: ignore[arg-type]
        self.edited.emit("")

    def _left(self, draft: Draft, name: str) -> None:
        row = next(row for row in self._rows if name in row.editors)
        if not draft.unread(name):
            row.editors[name].show_text(draft.text(name))

    def refuse(self, words: Words, findings: list[Finding] | None = None) -> None:
        """Say why the step can't be made, at the field where it is one of the asked ones."""
        for row in self._rows:
            for name in row.editors:
                row.show_findings(name, [finding for finding in findings or [] if finding.field == name])
        self._words.show_message("error", words.say())

    def _ok(self) -> None:
        reason_row = next((row for row in self._rows if "reason" in row.editors), None)
        reason = reason_row.editors["reason"].text().strip() if reason_row else ""
        if self._move is not None and self._move.reason and not reason:
            self.refuse(Words("Tulis alasannya dulu.", "Write the reason first."))
            if reason_row is not None:
                reason_row.editors["reason"].setFocus()
            return
        self.confirmed.emit(self._move, reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the card away."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
