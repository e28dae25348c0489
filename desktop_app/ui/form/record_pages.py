"""What lies behind the tabs of a record: its form, its photos, its history, its relatives."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.core.draft import Draft
from desktop_app.core.spec import Kind
from desktop_app.services import photos
from desktop_app.services.context import AppContext
from desktop_app.ui.form.body import FormBody
from desktop_app.ui.form.photos_tab import PhotosTab
from desktop_app.ui.form.tabs import HistoryTab, RelatedTab
from desktop_app.ui.ops import Ops


class RecordPages(QStackedWidget):
    """`show_record` tells the pages which record it is; each asks for its own in a worker."""

    counted = Signal(str, object)
    """The key of a tab, and how many entries it has; None where there is nothing to count."""
    open_other = Signal(str, str)
    """Kind and uid of a relative."""

    taken_over = Signal(str)
    """Place or time of a photo has gone into the form, to be looked at before it is saved: the first of its fields."""

    def __init__(self, ctx: AppContext, ops: Ops, body: FormBody) -> None:
        super().__init__()
        kind: Kind = body.kind
        self.photos = PhotosTab(ctx, ops, kind)
        self.history = HistoryTab(ctx, ops, kind)
        self.related = RelatedTab(ctx, ops, kind)
        self._by_key: dict[str, QWidget] = {
            "form": body,
            "photos": self.photos,
            "history": self.history,
            "related": self.related,
        }
        for page in self._by_key.values():
            self.addWidget(page)
        self._body = body
        self._draft: Draft | None = None
        self.photos.ask_offer = lambda taken: photos.offer(self._draft, taken) if self._draft else None
        self.photos.ask_stage = lambda: photos.likely_stage(self._draft) if self._draft else "OTHER"
        self.photos.counted.connect(lambda count: self.counted.emit("photos", count or None))
        self.photos.offered.connect(self._take_over)
        self.history.counted.connect(lambda count: self.counted.emit("history", count))
        self.related.counted.connect(lambda count: self.counted.emit("related", count))
        self.related.open_other.connect(self.open_other)

    def show_record(self, draft: Draft, *, may_change: bool) -> None:
        """Show what belongs to the record; one that is not stored yet has nothing."""
        self._draft = draft
        if draft.base is None:
            self.photos.show_new()
            return
        self.photos.show_record(draft.record.uid, may_change=may_change and draft.record.removed_at is None)
        self.history.show_record(draft.record.uid)
        self.related.show_record(draft.record.uid)

    def _take_over(self, offer: photos.Offer) -> None:
        if self._draft is not None:
            for name, value in offer.values.items():
                self._draft.choose(name, value)
            self._body.refresh()
            self.taken_over.emit(next(iter(offer.values)))

    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order, shown or not."""
        return [*self._body.tab_stops(), self.photos, *self.photos.tab_stops(), self.history, self.related]

    def show_page(self, key: str) -> None:
        """The page of a tab; KeyError when there is none."""
        self.setCurrentWidget(self._by_key[key])
        if key == "photos":
            self.photos.look_for_offer()  # what was typed meanwhile counts
