"""The form's questions to the store, on their way to a worker and back; answers that nobody waits for any more go nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Reference, Value
from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui.form import asking
from desktop_app.ui.form.asking import Meant
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.known import Known, Question
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Latest, Op, Ops


class Asker(QObject):
    """Of one view of a record. `lamp` and `undoable` are those of records made on the way (see `RecordView`)."""

    lamp = Signal(str, str)
    undoable = Signal(object)

    def __init__(self, ctx: AppContext, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self.makes_new = True
        """Whether lists to pick from end with "Baru…"."""
        self._picks = Latest(ops, "quick", self)
        self._facts = Latest(ops, "quick", self)
        self._meanings: dict[object, Op] = {}
        self._waiting: Callable[[], object] | None = None

    def candidates(
        self, reference: Reference, text: str, among: Mapping[str, Value], editor: LineEditor
    ) -> None:
        """Offer an editor what fits its text."""

        def found(picks: list[Pick]) -> None:
            if self._may_make(reference):
                picks = [*picks, self._new(reference, text, among, editor)]
            editor.offer(picks, text)

        self._picks.run(lambda _op: asking.picks(self.ctx, reference, text, among), found)

    def _may_make(self, reference: Reference) -> bool:
        return self.makes_new and self.ctx.kind(reference.kind).owner == "register"

    def _new(self, reference: Reference, text: str, among: Mapping[str, Value], editor: LineEditor) -> Pick:
        """The last entry: a record that is not there yet is made without leaving this form."""
        from desktop_app.ui.form.making import MakeDialog  # noqa: PLC0415  (a form within a form)

        kind = self.ctx.kind(reference.kind)

        def make() -> None:
            dialog = MakeDialog(self, kind, text.strip(), among, editor.window())
            dialog.made.connect(editor.take)
            dialog.finished.connect(lambda _code: editor.setFocus(Qt.FocusReason.OtherFocusReason))
            dialog.open()

        return Pick(None, tr(f"{kind.id} baru…", f"New {kind.en.lower()}…"), do=make)

    def meaning(
        self,
        place: object,
        reference: Reference,
        text: str,
        among: Mapping[str, Value],
        done: Callable[[Meant], object],
    ) -> None:
        """Look up what a typed text means at `place`; a newer question about the same place takes the place of an older one."""
        older = self._meanings.pop(place, None)
        if older is not None:
            older.drop()

        def arrived(found: Meant) -> None:
            self._meanings.pop(place, None)
            done(found)
            self._rest()

        def failed(refused: KnownError) -> None:
            self._meanings.pop(place, None)
            self._failed(refused)

        self._meanings[place] = self.ops.run(
            lambda _op: asking.meant(self.ctx, reference, text, among),
            lane="quick",
            owner=self,
            done=arrived,
            failed=failed,
        )

    def facts(self, known: Known, done: Callable[[], object]) -> None:
        """Ask for what is wanted of other records; `done` is called when something is different now."""
        wanted: Iterable[Question] = frozenset(known.wanted)
        if not wanted:
            return

        def arrived(found: dict[Question, object]) -> None:
            if known.learn(found):
                done()
            self._rest()

        self._facts.run(lambda _op: asking.find_out(self.ctx, wanted), arrived, self._failed)

    def when_settled(self, do: Callable[[], object]) -> None:
        """Call `do` when nothing is being looked up any more, neither what a typed text means nor what a picked record fills in."""
        self._waiting = do
        self._rest()

    def _failed(self, refused: KnownError) -> None:
        """Told, and whoever waits goes on without the answer."""
        self.ops.refused.emit(refused.words)
        self._rest()

    def _rest(self) -> None:
        if not self._meanings and not self._facts.waiting():
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting()

    def drop(self) -> None:
        """Another record is shown: nobody waits for the answers about the old one."""
        self._picks.drop()
        self._facts.drop()
        for op in self._meanings.values():
            op.drop()
        self._meanings.clear()
        self._waiting = None
