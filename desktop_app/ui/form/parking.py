"""Simpan sementara: a half-known slip goes on the shelf with what is missing, and the next one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.draft import Draft
from desktop_app.core.words import tr
from desktop_app.services import drafts
from desktop_app.services.context import AppContext
from desktop_app.ui import keys
from desktop_app.ui.ops import Latest, Ops

if TYPE_CHECKING:
    from desktop_app.ui.form.record_view import RecordView

_NAMED = 4
"""So many missing fields are named; more are counted."""


class Parking(QObject):
    """Of one view of a record. What was put aside last can be taken up again from the message that tells of it."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx, self._ops = view, ctx, ops
        self._back = Latest(ops, "quick", self)
        view.footer.park.connect(self.park)
        keys.bind(keys.PARK, view, self.park)

    def park(self) -> None:
        """Put what is on the screen aside. An empty form has nothing to put aside."""
        draft = self._view.draft
        if draft is None or self._view.footer.isHidden() or self._view.is_storing():
            return
        self._view.body.finish_typing()
        self._view.settled(lambda: self._put(draft))

    def _put(self, draft: Draft) -> None:
        if draft is not self._view.draft:
            return
        if not draft.changed():
            self._view.notice.show_message(
                "hint",
                tr("Belum ada isian untuk disimpan sementara.", "There is nothing to keep for later yet."),
            )
            return
        copy, spot = draft.at(draft.where), self._view.body.spot()
        self._view.put_aside()
        self._ops.run(
            lambda _op: drafts.park(self._ctx, copy, spot), lane="draft", owner=self, done=self._parked
        )

    def _parked(self, kept: drafts.Kept) -> None:
        self._view.lamp.emit("draft", tr("Disimpan sementara", "Kept for later"))
        self._view.notice.tell("hint", told(kept), tr("Buka lagi", "Open again"), lambda: self._take_up(kept))

    def _take_up(self, kept: drafts.Kept) -> None:
        self._back.run(
            lambda _op: drafts.take_up(self._ctx, kept), lambda draft: self._view.take_up(draft, kept.field)
        )


def told(kept: drafts.Kept) -> str:
    """What was put aside and what it lacks, in one sentence or two."""
    said = tr(f"“{kept.title}” disimpan sementara.", f"“{kept.title}” is kept for later.")
    names = [words.say() for words in kept.missing]
    if not names:
        return said
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED]) + (tr(f" dan {more} lagi", f" and {more} more") if more > 0 else "")
    return f"{said} {tr('Belum diisi', 'Still missing')}: {listed}."
