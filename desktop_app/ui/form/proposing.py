"""At an office, a record that is another's: its menu proposes a change, and below the head stands what became of proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.draft import Draft
from desktop_app.core.words import Words, tr
from desktop_app.services import forms, proposals
from desktop_app.services.context import AppContext
from desktop_app.ui.dialogs.propose import ProposeDialog
from desktop_app.ui.ops import Changed, Latest, Ops

if TYPE_CHECKING:
    from desktop_app.services.proposals import Offered, Proposed
    from desktop_app.ui.form.record_view import RecordView

_STANDS = {
    "": Words("menunggu Pusat", "waiting for headquarters"),
    "ACCEPTED": Words("diterima", "accepted"),
    "REJECTED": Words("ditolak", "rejected"),
}


class Proposing(QObject):
    """Of one view of a record."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx, self._ops = view, ctx, ops
        self._asks = Latest(ops, "quick", self)
        view.head.proposed.connect(self.ask)

    def show_draft(self, draft: Draft) -> None:
        """Another record is on the screen; that it is another's is told already."""
        self._asks.drop()
        may = draft.base is not None and proposals.may_propose(self._ctx, draft.record)
        self._view.head.proposes = may and draft.record.removed_at is None
        if may:
            about = (draft.record.kind, draft.record.uid)
            self._asks.run(lambda _op: proposals.proposals(self._ctx, about=about), self._told)

    def _told(self, found: list[Proposed]) -> None:
        if not found:
            return
        one = found[-1]
        stands = _STANDS[one.decision].say() + (f": {one.answer}" if one.answer else "")
        refused = self._view.notice.text()
        words = tr(
            f"Usulan: {one.field.id} menjadi {one.proposed or '-'} ({stands}).",
            f"Proposed: {one.field.en} to be {one.proposed or '-'} ({stands}).",
        )
        self._view.notice.show_message("hint", f"{refused} {words}".strip())

    def ask(self) -> None:
        """Ask field, value and reason, and keep the proposal: it goes with the next package."""
        draft = self._view.draft
        if draft is None:
            return
        kind, uid = draft.record.kind, draft.record.uid
        title = forms.title(self._ctx, draft) or draft.kind.label.say()
        field = self._view.body.focused_field()

        def offered(_op: object) -> list[Offered]:
            return proposals.offered(self._ctx, kind, uid)

        def show(fields: list[Offered]) -> None:
            dialog = ProposeDialog(title, fields, field, self._view.window())
            dialog.given.connect(lambda name, text, why: self._propose(kind, uid, {name: text}, why))
            dialog.open()

        self._ops.run(offered, lane="quick", owner=self, done=show)

    def _propose(self, kind: str, uid: str, given: dict[str, str], reason: str) -> None:
        def work(_op: object) -> list[str]:
            return proposals.propose(self._ctx, kind, uid, given, reason)

        def done(_uids: list[str]) -> None:
            told = tr("Usulan tersimpan; ikut terkirim ke Pusat", "Proposal saved; it goes to headquarters")
            self._view.lamp.emit("saved", told)
            if self._view.draft is not None and self._view.draft.record.uid == uid:
                self._view.open(uid)

        self._ops.run(
            work,
            lane="write",
            owner=self,
            done=done,
            failed=lambda error: self._view.notice.show_message("error", error.words.say()),
            changes=Changed(frozenset({"proposal"}), by=self._view),
        )
