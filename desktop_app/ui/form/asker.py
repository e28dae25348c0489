"""The form's questions to the store, on their way to a worker and back; answers that nobody waits for any more go nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject

from desktop_app.core.fields import Reference, Value
from desktop_app.services.context import AppContext
from desktop_app.ui.form import asking
from desktop_app.ui.form.asking import Meant
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.known import Known, Question
from desktop_app.ui.ops import Latest, Op, Ops


class Asker(QObject):
    """Of one view of a record."""

    def __init__(self, ctx: AppContext, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._picks = Latest(ops, "quick", self)
        self._facts = Latest(ops, "quick", self)
        self._meanings: dict[object, Op] = {}
        self._waiting: Callable[[], object] | None = None

    def candidates(
        self, reference: Reference, text: str, among: Mapping[str, Value], editor: LineEditor
    ) -> None:
        """Offer an editor what fits its text."""
        self._picks.run(
            lambda _op: asking.picks(self.ctx, reference, text, among),
            lambda picks: editor.offer(picks, text),
        )

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
            if not self._meanings:
                waiting, self._waiting = self._waiting, None
                if waiting is not None:
                    waiting()

        self._meanings[place] = self.ops.run(
            lambda _op: asking.meant(self.ctx, reference, text, among), lane="quick", owner=self, done=arrived
        )

    def facts(self, known: Known, done: Callable[[], object]) -> None:
        """Ask for what is wanted of other records; `done` is called when something is different now."""
        wanted: Iterable[Question] = frozenset(known.wanted)
        if not wanted:
            return

        def arrived(found: dict[Question, object]) -> None:
            if known.learn(found):
                done()

        self._facts.run(lambda _op: asking.find_out(self.ctx, wanted), arrived)

    def when_settled(self, do: Callable[[], object]) -> None:
        """Call `do` when no typed reference is being looked up any more; now, if none is."""
        if self._meanings:
            self._waiting = do
        else:
            do()

    def drop(self) -> None:
        """Another record is shown: nobody waits for the answers about the old one."""
        self._picks.drop()
        self._facts.drop()
        for op in self._meanings.values():
            op.drop()
        self._meanings.clear()
        self._waiting = None
