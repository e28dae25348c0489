"""The card on which a step of the life cycle asks what it needs (a crew, a date, a reason), right above the form."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.draft import Draft
from desktop_app.core.fields import Text
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Move
from desktop_app.core.words import Words, tr
from desktop_app.ui import theme
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.binding import FieldBinding
from desktop_app.ui.form.editors import Editor, LineEditor
from desktop_app.ui.form.messages import FieldMessage
from desktop_app.ui.form.rows import FieldRow
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import Label

REASON = Text("reason", "Alasan", "Reason", max_len=300)
_REASON_MISSING = Words("Tulis alasannya dulu.", "Write the reason first.")


class MoveCard(QWidget):
    """Shown while a step is being made. It works on a copy of the draft: cancelled, it leaves nothing behind."""

    confirmed = Signal(object, object, str)  # Move, the draft with what was asked, reason
    cancelled = Signal()
    asked = Signal()

    def __init__(self, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("move_card")
        ground = QFrame()
        ground.setProperty("kind", "banner")
        self._around = QVBoxLayout(self)
        self._around.addWidget(ground)
        self._asker = asker
        self._fields = FieldBinding(asker, self)
        self._move: Move | None = None
        self._stands = ""
        self._reason: FieldRow | None = None
        self._rows = QVBoxLayout()
        self._made: list[FieldRow] = []
        self._title = Label("", "section")
        self._message = FieldMessage("error_move")
        self._confirm = Button("", "primary", name="action_confirm_move")
        cancel = self._cancel = Button(tr("Batal (Esc)", "Cancel (Esc)"), "quiet", name="action_cancel_move")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._confirm)
        box = QVBoxLayout(ground)
        box.addWidget(self._title)
        box.addLayout(self._rows)
        box.addWidget(self._message)
        box.addLayout(buttons)
        self._box = box
        cancel.clicked.connect(self.cancelled)
        self._confirm.clicked.connect(self.confirm)
        self.restyle()
        theme.changed.connect(self.restyle)
        self.hide()

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._around.setContentsMargins(look.px(4), look.px(3), look.px(4), 0)
        self._box.setContentsMargins(look.px(2) - 1, look.px(3), look.px(2) - 1, look.px(3))
        self._box.setSpacing(look.px(2))
        self._rows.setSpacing(look.px(2))

    def ask(self, move: Move, draft: Draft) -> None:
        """Show what this step asks, with the cursor in the first field."""
        copy = draft.at(draft.where)
        self._move, self._stands = move, draft.record.status or ""
        copy.record.status = move.to  # what applies only there is asked for here
        copy.refresh()
        self._clear(copy)
        words = move.label.say()
        self._title.setText(words)
        self._confirm.set_words(words)
        for name in move.asks:
            row = self._fields.add((draft.kind.by_name[name],))
            self._add(row, row.editors[name], f"move_{name}")
            row.set_required({name} if name in move.requires else set())
            row.editors[name].show_text(copy.text(name))
        if move.reason:
            self._reason = FieldRow([REASON], lambda *_: None)
            self._reason.set_required({"reason"})
            self._add(self._reason, self._reason.editors["reason"], "move_reason")
        self._in_order()
        self.show()
        first = self._editors()
        (first[0] if first else self._confirm).setFocus(Qt.FocusReason.TabFocusReason)

    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order, shown or not."""
        return [*self._editors(), self._cancel, self._confirm]

    def _in_order(self) -> None:
        """By keyboard and by ear: what is asked, then the buttons."""
        for before, after in pairwise(self.tab_stops()):
            QWidget.setTabOrder(before, after)
        for button in (self._cancel, self._confirm):
            button.raise_()
        self.asked.emit()

    def _clear(self, draft: Draft) -> None:
        self._fields.deleteLater()
        self._fields = FieldBinding(self._asker, self)
        self._fields.show_draft(draft)
        self._fields.changed.connect(self._show_others)
        self._reason = None
        self._message.say("hint", "")
        for row in self._made:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._made = []

    def _show_others(self, name: str) -> None:
        """A picked record fills other fields of the card too."""
        draft = self._fields.draft
        for other in self._fields.row_of if draft else ():
            if other != name and draft is not None:
                self._fields.editor(other).show_text(draft.text(other))

    def _add(self, row: FieldRow, editor: Editor, name: str) -> None:
        editor.setObjectName(name)
        number = len(self._made)
        self._made.append(row)
        self._rows.addWidget(row)
        editor.entered.connect(lambda: self._go_on(number))

    def _editors(self) -> list[Editor]:
        rows = [*self._fields.rows, *([self._reason] if self._reason else [])]
        return [editor for row in rows for editor in row.editors.values()]

    def _go_on(self, number: int) -> None:
        editors = self._editors()
        after: QWidget = editors[number + 1] if number + 1 < len(editors) else self._confirm
        after.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, words: Words, findings: list[Finding]) -> None:
        """Say why the step can't be made: at the field where it is one of the asked ones, else at the foot of the card."""
        self._fields.findings = findings
        self._fields.show_all()
        self._fields.show_findings()
        here = [one for one in findings if one.field in self._fields.row_of and one.line is None]
        self._message.say("error", "" if here and len(here) == len(findings) else words.say())
        if here:
            self._fields.editor(here[0].field).setFocus(Qt.FocusReason.TabFocusReason)

    def draft(self) -> Draft | None:
        """The copy that this card fills in."""
        return self._fields.draft

    def confirm(self) -> None:
        """As pressing the button: what is being typed counts as left, then the step is made."""
        now = QApplication.focusWidget()
        if isinstance(now, LineEditor) and self.isAncestorOf(now):
            now.accept()
            now.left.emit()
        draft, move = self._fields.draft, self._move
        reason = self._reason.editors["reason"].plain_text().strip() if self._reason else ""
        if draft is None or move is None:
            return
        if self._reason is not None and not reason:
            missing = Finding("error", "reason:missing", "reason", _REASON_MISSING)
            self._reason.show_message("reason", [missing])
            self._reason.editors["reason"].setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._asker.when_settled(lambda: self._tell(move, draft, reason))

    def _tell(self, move: Move, draft: Draft, reason: str) -> None:
        if self.isVisible() and draft is self._fields.draft:
            asked = draft.at(draft.where)
            asked.record.status = self._stands or None
            self.confirmed.emit(move, asked, reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the card away."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
