"""What the head of a record does besides steps of its life: duplicate it, remove it, bring it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.show import number
from desktop_app.core.words import Words, tr
from desktop_app.services import carrying, looks, records
from desktop_app.services.context import AppContext
from desktop_app.ui.form.duplicating import DuplicateDialog
from desktop_app.ui.ops import Changed, Ops

if TYPE_CHECKING:
    from desktop_app.core.record import Record
    from desktop_app.ui.form.record_view import RecordView


class Deeds(QObject):
    """Of one view of a record."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx, self._ops = view, ctx, ops
        view.head.duplicated.connect(self.duplicate)
        view.head.removed.connect(self.remove)
        view.head.recovered.connect(self.recover)
        view.body.look_asked.connect(self.look)

    # ---- duplicates

    def duplicate(self) -> None:
        """Ask how many; a single one is begun as a new form, several are stored."""
        draft = self._view.draft
        if draft is None or draft.base is None:
            return
        record, kind = draft.base, self._view.kind
        dialog = DuplicateDialog(carrying.running(kind, record), self._view.window())
        dialog.one.connect(lambda numbers: self._begin_one(record, numbers))
        dialog.many.connect(lambda count, numbers: self._store(record, count, numbers))
        dialog.open()

    def _begin_one(self, record: Record, numbers: Mapping[str, str]) -> None:
        self._view.begin({**carrying.copied_values(self._view.kind, record), **numbers})

    def _store(self, record: Record, count: int, numbers: Mapping[str, str]) -> None:
        kind = self._view.kind
        doing = Words(f"Menggandakan menjadi {number(count)}", f"Making {number(count)} copies")
        op = self._ops.run(
            lambda op: carrying.copies(self._ctx, kind, record, count, numbers, op),
            lane="write",
            owner=self,
            done=self._stored,
            failed=lambda refused: self._say("error", refused.words.say()),
            changes=Changed(frozenset({kind.name}), by=self._view),
        )
        self._view.working.watch(op, doing)

    def _stored(self, copies: carrying.Copies) -> None:
        for saved in copies.saved:
            self._view.undoable.emit(saved.undo)
        count = number(len(copies.saved))
        done = tr(
            f"{count} salinan disimpan. Ctrl+Z mengurungkannya satu per satu.",
            f"{count} copies saved. Ctrl+Z takes them back one by one.",
        )
        if copies.refused is None:
            self._say("hint", done)
        else:
            why = copies.refused.say()
            self._say("warning", tr(f"{done} Yang berikutnya tidak: {why}", f"{done} Not the next: {why}"))

    def _say(self, severity: str, words: str) -> None:
        self._view.notice.show_message(severity, words)  # type: ignore[arg-type]

    # ---- removal

    def remove(self) -> None:
        """The owner asks why and removes; a draft that was never a record is thrown away."""
        draft = self._view.draft
        if draft is None:
            return
        if draft.base is not None:
            self._view.ask_remove.emit(self._view.kind.name, draft.record.uid)
        else:
            self._view.throw_away()

    def look(self, name: str) -> None:
        """Show a masked number when it is in the journal that somebody looked."""
        draft = self._view.draft
        if draft is None:
            return
        kind, uid = self._view.kind.name, draft.record.uid

        def noted(_nothing: None) -> None:
            if draft is self._view.draft:
                self._view.body.reveal(name)
                self._view.pages.history.show_record(uid)

        self._ops.run(
            lambda _op: looks.look(self._ctx, kind, uid, name),
            lane="write",
            owner=self,
            done=noted,
            failed=lambda refused: self._say("error", refused.words.say()),
        )

    def recover(self) -> None:
        """Bring a removed record back."""
        draft = self._view.draft
        if draft is not None:
            kind, uid = self._view.kind.name, draft.record.uid
            self._ops.run(
                lambda _op: records.recover(self._ctx, kind, uid),
                lane="write",
                owner=self,
                done=lambda _: self._view.open(uid),
                failed=lambda refused: self._say("error", refused.words.say()),
                changes=Changed(frozenset({kind}), uid, by=self._view),
            )
