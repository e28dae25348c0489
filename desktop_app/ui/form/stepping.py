"""A step of the life cycle, from its button to its card: what it asks is asked right above the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.spec import Move

if TYPE_CHECKING:
    from desktop_app.ui.form.record_view import RecordView


class Stepping(QObject):
    """Of one view of a record."""

    def __init__(self, view: RecordView) -> None:
        super().__init__(view)
        self._view = view
        view.head.moved.connect(self._begin)
        view.card.confirmed.connect(view.make_step)
        view.card.cancelled.connect(self._cancel)

    def _begin(self, move: Move) -> None:
        view, draft = self._view, self._view.draft
        if draft is None or view.is_storing():
            return
        view.notice.clear()
        view.show_tab("form")
        if move.asks or move.reason:
            view.card.ask(move, draft)
        else:
            view.card.hide()
            view.settled(lambda: view.make_step(move, draft.at(draft.where), ""))

    def _cancel(self) -> None:
        self._view.card.hide()
        self._view.body.focus_first()
