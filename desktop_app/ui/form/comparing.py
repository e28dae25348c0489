"""Another record beside the form, and both versions of this one when somebody else has just stored it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.draft import Draft
from desktop_app.core.record import Record
from desktop_app.core.words import tr
from desktop_app.services import beside
from desktop_app.services.beside import Pair
from desktop_app.services.context import AppContext
from desktop_app.ui.form.body import Cursor
from desktop_app.ui.ops import Latest, Ops

if TYPE_CHECKING:
    from desktop_app.core.fields import Value
    from desktop_app.ui.form.record_view import RecordView


class Comparing(QObject):
    """Of one view of a record; fills its card `beside`."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx = view, ctx
        self._asks = Latest(ops, "quick", self)
        self._cursor: Cursor = ("", None)
        self._shown = ("", "")
        self._mine: dict[str, Value] = {}
        view.beside.opened.connect(self._open)
        view.beside.closed.connect(self.close)
        view.beside.taken.connect(self._take)

    def hide(self) -> None:
        """Another record is on the screen."""
        self._asks.drop()
        self._view.beside.hide()

    def close(self) -> None:
        """Take the card away; the cursor goes back to where it was."""
        self._view.beside.hide()
        if self._cursor[0]:
            self._view.body.set_cursor(self._cursor)
        else:
            self._view.body.focus_first()

    # ---- another record

    def look(self, kind: str, uid: str) -> None:
        """Show another record beside this form, which stays as it is."""
        draft = self._view.draft
        if draft is None:
            return
        copy, self._shown = draft.at(draft.where), (kind, uid)
        self._asks.run(
            lambda _op: beside.other(self._ctx, copy, kind, uid),
            lambda found: self._show_other(draft, found),
            lambda refused: self._view.notice.tell("error", refused.words.say()),
        )

    def _show_other(self, draft: Draft, found: beside.Other) -> None:
        if draft is not self._view.draft:
            return
        self._cursor = self._view.body.where()
        note = ", ".join(part for part in (found.number, found.status.say()) if part)
        heads = (tr("Isian ini", "This form"), tr("Catatan itu", "That record"))
        self._view.beside.show_pairs(found.title, note, heads, found.pairs)

    def _open(self) -> None:
        self._view.beside.hide()
        self._view.open_other.emit(*self._shown)

    # ---- two versions

    def both_changed(self, draft: Draft, theirs: Record) -> None:
        """Somebody else stored the record meanwhile: what was changed here goes upon that, and both versions are shown."""
        copy = draft.at(draft.where)
        self._asks.run(
            lambda _op: beside.versions(self._ctx, copy, theirs),
            lambda pairs: self._put_upon(draft, theirs, pairs),
        )

    def _put_upon(self, draft: Draft, theirs: Record, pairs: list[Pair]) -> None:
        if draft is not self._view.draft:
            return
        self._view.card.hide()
        self._cursor = self._view.body.where()
        draft.rebase(theirs)
        self._mine = {pair.name: draft.record.values.get(pair.name) for pair in pairs}
        self._view.shown_anew()
        who = theirs.updated_by or "?"
        told = tr(
            f"{who} baru mengubah catatan ini; isian Anda dipasang di atas versi terbaru. Simpan sekali lagi.",
            f"{who} has just changed this record; your entries were put on the newest version. Save once more.",
        )
        self._view.notice.tell("warning", told)
        if pairs:
            clash = any(pair.both for pair in pairs)
            note = (
                tr(
                    "Anda berdua mengubah isian ini. Pilih yang dipakai.",
                    "You both changed these. Choose which stands.",
                )
                if clash
                else tr(
                    "Yang baru dari versi terbaru, sudah masuk di formulir.",
                    "New in the newest version, in the form already.",
                )
            )
            title = tr("Dua versi catatan ini", "Two versions of this record")
            heads = (tr("Isian Anda", "Yours"), tr(f"Versi {who}", f"{who}'s version"))
            self._view.beside.show_pairs(title, note, heads, pairs)
            self._view.beside.open_button.hide()

    def _take(self, pair: Pair, theirs: bool) -> None:
        value = pair.theirs_value if theirs else self._mine.get(pair.name)
        self._view.body.put({pair.name: value})
