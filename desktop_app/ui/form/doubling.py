"""While a new record is typed: another one that may be the same thing, named above the form, with the way to see it beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.draft import Draft
from desktop_app.core.show import date
from desktop_app.core.words import tr
from desktop_app.services import doubles
from desktop_app.services.context import AppContext
from desktop_app.services.doubles import Double
from desktop_app.ui import keys
from desktop_app.ui.ops import Latest, Ops

if TYPE_CHECKING:
    from desktop_app.ui.form.record_view import RecordView

ASK_AFTER_MS = 500
"""So long after the last keystroke it is looked whether the record is there already."""


class Doubling(QObject):
    """Of one view of a record. A record that was looked at and closed again is not named a second time."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx = view, ctx
        self._asks = Latest(ops, "slow", self)
        self._named: Double | None = None
        self._seen: set[str] = set()
        self.soon = QTimer(self, singleShot=True, interval=ASK_AFTER_MS)
        self.soon.timeout.connect(self._ask)
        if doubles.has_plan(view.kind.name):
            view.body.edited.connect(lambda _name: self._edited())
            keys.bind(keys.BESIDE, view, self.look)

    def begin(self) -> None:
        """Another record is on the screen."""
        self._asks.drop()
        self.soon.stop()
        self._named, self._seen = None, set()
        self._view.hint.clear()

    def _edited(self) -> None:
        draft = self._view.draft
        if draft is not None and draft.base is None:
            self.soon.start()

    def _ask(self) -> None:
        draft = self._view.draft
        if draft is not None and draft.base is None:
            kind, uid, values = draft.kind.name, draft.record.uid, dict(draft.record.values)
            self._asks.run(
                lambda _op: doubles.possible(self._ctx, kind, values, uid),
                lambda found: self._found(draft, found),
            )

    def _found(self, draft: Draft, found: list[Double]) -> None:
        if draft is not self._view.draft:
            return
        told = {one.see[1] for one in self._view.body.shown_findings() if one.see}
        self._named = next((one for one in found if one.uid not in told | self._seen), None)
        if self._named is None:
            self._view.hint.clear()
        else:
            self._view.hint.tell("warning", said(self._named), tr("Lihat", "Show"), self.look)

    def look(self) -> None:
        """Show the record that may be the same beside the form."""
        if self._named is not None:
            self._seen.add(self._named.uid)
            self._view.hint.clear()
            self._view.comparing.look(self._named.kind, self._named.uid)


def said(double: Double) -> str:
    """What the other record is called, where it stands, and what speaks for it."""
    parts = [double.number, double.status.say(), date(double.at) if double.at is not None else ""]
    about = ", ".join(part for part in parts if part)
    about = f" ({about})" if about else ""
    return tr(
        f"Mungkin ganda: {double.title}{about}. {double.why.id}.",
        f"Possible double: {double.title}{about}. {double.why.en}.",
    )
