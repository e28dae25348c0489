"""What goes from one record into the next: Ctrl+D copies a field of the record before, pinned fields keep their value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.draft import Draft
from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.core.words import tr
from desktop_app.services import carrying
from desktop_app.services.context import AppContext
from desktop_app.ui import keys
from desktop_app.ui.form.editors import Editor
from desktop_app.ui.ops import Latest, Ops

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.ui.form.record_view import RecordView


class Carrying(QObject):
    """Of one view of a record. Pins are a person's own, for each kind; what was saved last in this window is copied from first."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx, self._ops = view, ctx, ops
        self._asks = Latest(ops, "quick", self)
        self._person: str | None = None
        self._previous: Record | None = None
        self._pins: dict[str, Value] = {}
        self._waiting: Callable[[], None] | None = None
        view.body.grown.connect(self.show_pins)
        view.body.pin_asked.connect(self.toggle)
        keys.bind(keys.CARRY, view, self.copy)
        keys.bind(keys.PIN, view, self.toggle)

    # ---- what is known

    def _is_known(self) -> bool:
        return self._person == self._ctx.person

    def _ask(self, then: Callable[[], None] | None = None) -> None:
        self._waiting = then or self._waiting
        person, kind = self._ctx.person, self._view.kind.name

        def came(found: carrying.Carried) -> None:
            self._person, self._pins = person, dict(found.pins)
            self._previous = found.previous
            waiting, self._waiting = self._waiting, None
            if waiting is not None:
                waiting()

        self._asks.run(lambda _op: carrying.carried(self._ctx, kind), came)

    def given(self) -> dict[str, Value]:
        """The pinned values that a new record begins with, as far as they are known by now."""
        return (
            {name: value for name, value in self._pins.items() if value not in (None, ())}
            if self._is_known()
            else {}
        )

    def begun(self, draft: Draft) -> None:
        """A record is on the screen. The pins of a person who has just come to the keyboard go into a new one when they are here."""
        draft.touched.update(self.given() if draft.base is None else ())
        self.show_pins()
        if not self._is_known():
            self._ask(lambda: self._late(draft))

    def _late(self, draft: Draft) -> None:
        if draft is not self._view.draft:
            return
        untouched = not draft.changed()
        for name, value in self.given().items() if draft.base is None else ():
            if name not in draft.touched:
                draft.choose(name, value)
        if untouched:
            draft.opened = draft.snapshot()
        self.show_pins()
        self._view.body.refresh_others()
        self._view.facts_wanted()
        if untouched and self._view.body.focused_field() in self._view.body.kept:
            self._view.body.focus_first()

    def stored(self, record: Record) -> None:
        """A record was saved: it is the one before now, and what stood in its pinned fields is kept."""
        if not self._is_known():
            return
        self._previous = record
        now = {name: record.values.get(name) for name in self._pins}
        if now != self._pins:
            self._keep(now)

    def _keep(self, pins: dict[str, Value]) -> None:
        self._pins, kept, kind = pins, dict(pins), self._view.kind.name
        self._ops.run(lambda _op: carrying.pin(self._ctx, kind, kept), lane="draft", owner=self)

    # ---- what is done

    def copy(self) -> None:
        """Ctrl+D: the field with the cursor takes what stood there in the record before (a cell: in the line above)."""
        if not self._is_known():
            self._ask(self.copy)
            return
        body = self._view.body
        if self._view.draft is None or not body.isVisible():
            return
        if not body.copy_from(self._previous) and body.focused_field():
            self._view.notice.show_message(
                "hint",
                tr("Catatan sebelumnya tidak mengisi bagian ini.", "The record before has nothing here.")
                if self._previous is not None
                else tr(
                    "Belum ada catatan sebelumnya untuk disalin.", "There is no record before to copy from."
                ),
            )

    def toggle(self, name: str = "") -> None:
        """Ctrl+Shift+D or the pin: keep this field's value for the next new records, or no longer."""
        draft, name = self._view.draft, name or self._view.body.focused_field()
        field = self._view.kind.by_name.get(name)
        if draft is None or draft.base is not None or field is None or not carrying.pinnable(field):
            return
        if not self._is_known():
            self._ask(lambda: self.toggle(name))
            return
        pins = {other: value for other, value in self._pins.items() if other != name}
        if name not in self._pins:
            pins[name] = draft.value(name)
        self._keep(pins)
        self.show_pins()

    def show_pins(self) -> None:
        """Mark the pinned fields of a new record; Enter passes over those that have a value."""
        draft, body = self._view.draft, self._view.body
        new = draft is not None and draft.base is None
        for name, editor in body.pin_editors():
            pin = name in self._pins if new and carrying.pinnable(self._view.kind.by_name[name]) else None
            editor.set_pin(pin)
            _describe(editor, self._view.kind.by_name[name].help)
        body.kept = {name for name in self.given() if new}


def _describe(editor: Editor, help_: object) -> None:
    """Say by tooltip and to screen readers what the keys do here, and that a value is kept."""
    pin = editor.pin()
    said = [help_.say()] if hasattr(help_, "say") else []
    if pin:
        said.append(
            tr(
                "Disematkan untuk catatan berikutnya (Ctrl+Shift+D melepas).",
                "Kept for the next records (Ctrl+Shift+D lets go).",
            )
        )
    elif pin is False:
        said.append(
            tr(
                "Ctrl+D menyalin dari catatan sebelumnya, Ctrl+Shift+D menyematkan.",
                "Ctrl+D copies from the record before, Ctrl+Shift+D keeps it.",
            )
        )
    if editor.toolTip() != "\n".join(said):  # telling what is known takes a millisecond a field
        editor.setToolTip("\n".join(said))
        editor.setAccessibleDescription(" ".join(said) or editor.accessibleName())
