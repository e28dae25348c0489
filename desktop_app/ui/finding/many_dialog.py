"""Asks what is common to many records for one step or one change: the card of the form, in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.core.draft import Draft
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Move
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.finding.many import CHANGE
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.moving import MoveCard
from desktop_app.ui.ops import Ops
from desktop_app.ui.pages.list_empty import small
from desktop_app.ui.widgets import Label

_FILL = Words("Isi dulu.", "Fill it in first.")


class ManyDialog(QDialog):
    """`given` carries the common values by field (what was left empty is not among them) and the reason."""

    given = Signal(object, str)

    def __init__(
        self, ctx: AppContext, ops: Ops, move: Move, draft: Draft, number: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("many_dialog")
        plural, count = draft.kind.plural, grouped(number)
        title = tr(f"{count} {small(plural.id)}: {move.id}", f"{count} {small(plural.en)}: {move.en}")
        self.setWindowTitle(title)
        self.setMinimumWidth(look.px(130))
        asker = Asker(ctx, ops, self)
        asker.makes_new = False
        self.card = MoveCard(asker, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(2), look.px(5), look.px(2), look.px(4))
        column.setSpacing(look.px(2))
        words = tr(
            "Berlaku sama untuk semua. Yang dikosongkan tetap seperti pada tiap catatan.",
            "The same for all. What is left empty stays as it is in each record.",
        )
        if move.name == CHANGE:
            words = tr("Isi yang sama untuk semua catatan ini.", "The same value for all these records.")
        elif not move.asks:
            words = tr("Setiap catatan diperiksa seperti biasa.", "Each record is checked as usual.")
        for label in (Label(title, "section", wrap=True), Label(words, "label", wrap=True)):
            label.setContentsMargins(look.px(4), 0, look.px(4), 0)
            column.addWidget(label)
        column.addWidget(self.card)
        for name in move.asks:
            draft.choose(name, None)
        self._all = move.name == CHANGE
        self.card.confirmed.connect(self._confirmed)
        self.card.cancelled.connect(self.reject)
        self.card.ask(move, draft)

    def _confirmed(self, move: Move, _draft: Draft, reason: str) -> None:
        draft = self.card.draft()
        if draft is None:
            return
        unread = [one for one in draft.findings() if one.field in move.asks and draft.unread(one.field)]
        common = {name: value for name in move.asks if (value := draft.value(name)) not in (None, ())}
        if not unread and self._all and not common:
            unread = [Finding("error", "many:missing", move.asks[0], _FILL)]
        if unread:
            self.card.refuse(unread[0].words, unread)
            return
        self.accept()
        self.given.emit(common, reason)
