"""A record that headquarters gave back says so above the form and at the field; at headquarters, the menu gives back and approves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core import show
from desktop_app.core.draft import Draft
from desktop_app.core.rules import Finding
from desktop_app.core.words import Words, tr
from desktop_app.services import forms, responsibility
from desktop_app.services.context import AppContext
from desktop_app.ui.form.proposing import Proposing
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.widgets import Banner, Button

if TYPE_CHECKING:
    from desktop_app.services.reviews import ReturnedItem
    from desktop_app.ui.form.record_view import RecordView

_CODE = "returned"


class Returning(QObject):
    """`banner` stands below the head. `findings` is what the reason adds to the findings shown; `told`: there is something to show."""

    told = Signal()

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self.ctx, self.ops = view, ctx, ops
        self._asks = Latest(ops, "quick", self)
        self._item: ReturnedItem | None = None
        go = Button(
            tr("Ke isiannya", "To the field"), "outlined", dim="small", name="action_to_returned_field"
        )
        go.clicked.connect(self.go)
        self.banner = Banner("arrow-u-left-top", "", (go,), "bad", flush=True)
        self.banner.setObjectName("returned_banner")
        self.banner.hide()
        self._proposing = Proposing(view, ctx, ops)
        view.head.given_back.connect(self.ask)
        view.head.approved.connect(self.approve)
        view.head.transferred.connect(self.transfer)
        self.told.connect(view.check)

    def show_draft(self, draft: Draft) -> None:
        """Another record is on the screen: ask whether it was given back and not changed since."""
        self._item = None
        self.banner.hide()
        self._asks.drop()
        self._proposing.show_draft(draft)
        record = draft.record
        at_headquarters = self.ctx.settings.role == "headquarters"
        foreign = record.site_code != self.ctx.settings.site_code
        self._view.head.gives_back = (
            at_headquarters and foreign and draft.base is not None and record.removed_at is None
        )
        self._view.head.transfers = (
            at_headquarters and draft.base is not None and responsibility.may_move(draft.kind)
        )
        self._view.head.adopts = self._view.head.transfers and foreign and draft.kind.owner == "register"
        if draft.base is not None and record.values.get("review_state") == "RETURNED":
            kind, uid = record.kind, record.uid

            def work(_op: object) -> ReturnedItem | None:
                from desktop_app.services import reviews

                found = reviews.returned(self.ctx)
                return next((item for item in found if (item.kind, item.uid) == (kind, uid)), None)

            self._asks.run(work, self._found)

    def _found(self, item: ReturnedItem | None) -> None:
        self._item = item
        if item is None:
            return
        on = show.date(item.at.date()) if item.at is not None else ""
        who = ", ".join(part for part in (item.by, on) if part)
        self.banner.set_words(
            tr(
                f"Dikembalikan oleh Pusat ({who}). {item.field.id}: {item.reason}",
                f"Given back by headquarters ({who}). {item.field.en}: {item.reason}",
            )
        )
        self.banner.show()
        self._view.body.visit(item.field_name)
        self.told.emit()

    def findings(self) -> list[Finding]:
        """The reason, as something to be seen at the field."""
        if self._item is None:
            return []
        reason = self._item.reason
        words = Words(f"Dikembalikan: {reason}", f"Given back: {reason}")
        return [Finding("warning", _CODE, self._item.field_name, words)]

    def go(self) -> None:
        """The cursor into the field that is to be put right."""
        if self._item is not None:
            self._view.body.focus_field(self._item.field_name)

    def ask(self) -> None:
        """At headquarters: ask field and reason, and give the record back."""
        from desktop_app.ui.exchange import giving_back

        draft = self._view.draft
        if draft is None:
            return
        title = forms.title(self.ctx, draft) or draft.kind.label.say()
        record = (draft.record.kind, draft.record.uid, title)
        told = tr("Dikembalikan ke kantor", "Given back to the office")
        giving_back.ask(
            self.ctx,
            self.ops,
            self._view,
            record,
            self._view.body.focused_field(),
            lambda: self._view.lamp.emit("saved", told),
            lambda error: self._view.notice.show_message("error", error.words.say()),
        )

    def transfer(self, adopts: bool) -> None:
        """At headquarters: ask which office is to be responsible, and make it so. `adopts`: headquarters is proposed."""
        from desktop_app.ui.exchange import transferring

        draft = self._view.draft
        if draft is None:
            return
        title = forms.title(self.ctx, draft) or draft.kind.label.say()
        transferring.ask(
            self.ctx,
            self.ops,
            self._view,
            (draft.record.kind, [draft.record.uid], title),
            lambda words: self._view.lamp.emit("saved", words.say()),
            lambda error: self._view.notice.show_message("error", error.words.say()),
            adopts=adopts,
        )

    def approve(self) -> None:
        """At headquarters: the record is right as it is; its office sees it with the next answer."""
        draft = self._view.draft
        if draft is None:
            return
        kind, uid = draft.record.kind, draft.record.uid
        told = tr("Disetujui Pusat", "Approved by headquarters")

        def work(_op: object) -> None:
            from desktop_app.services import reviews

            reviews.approve(self.ctx, kind, uid)

        self.ops.run(
            work,
            lane="write",
            owner=self,
            done=lambda _: self._view.lamp.emit("saved", told),
            failed=lambda error: self._view.notice.show_message("error", error.words.say()),
            changes=Changed(frozenset({kind}), uid),
        )
