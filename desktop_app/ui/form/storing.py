"""How a record on the screen is stored: checked in a worker, written in another; meanwhile the keys wait."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError
from desktop_app.core.spec import Move
from desktop_app.core.words import Words
from desktop_app.services import forms, records
from desktop_app.services.context import AppContext
from desktop_app.ui.form.asker import Asker
from desktop_app.ui.form.held_keys import HeldKeys
from desktop_app.ui.ops import Changed, Ops


class Storing(QObject):
    """Of one view of a record. One thing at a time; whoever listens ends it with `over`."""

    stopped = Signal(object)
    """`forms.Checked`: errors, or warnings that nobody has seen yet; nothing was stored."""
    stored = Signal(object, object, bool)
    """`records.Saved`, the draft that it was, and whether a new record is to follow."""
    failed = Signal(object)
    """`KnownError`; nothing was stored."""

    def __init__(self, ctx: AppContext, ops: Ops, asker: Asker, view: QWidget) -> None:
        super().__init__(view)
        self._ctx, self._ops, self._asker, self._view = ctx, ops, asker, view
        self._keys = HeldKeys(view, self._is_ours)
        self.busy = False
        self.warned: set[str] = set()
        """The codes of the warnings that have been seen."""

    def save(self, draft: Draft, *, then_new: bool) -> None:
        """Check everything and store it. Typed references that are still being looked up come first."""
        self._begin()
        self._asker.when_settled(lambda: self._check(draft, then_new))

    def _check(self, draft: Draft, then_new: bool) -> None:
        snapshot = draft.at(draft.where)
        self._ops.run(
            lambda _op: forms.check(self._ctx, snapshot),
            lane="quick",
            owner=self._view,
            done=lambda checked: self._checked(checked, draft, then_new),
            failed=self.failed.emit,
        )

    def _checked(self, checked: forms.Checked, draft: Draft, then_new: bool) -> None:
        if any(one.severity == "error" or one.code not in self.warned for one in checked.findings):
            self.stopped.emit(checked)
            return
        snapshot = draft.at(draft.where)
        self._ops.run(
            lambda _op: records.save(self._ctx, snapshot),
            lane="write",
            owner=self._view,
            done=lambda saved: self.stored.emit(saved, draft, then_new),
            failed=self.failed.emit,
            changes=self._changes(draft),
        )

    def move(self, draft: Draft, asked: Draft, move: Move, reason: str) -> None:
        """Make a step of the life cycle with what was asked for it, and store what else was changed."""
        self._begin()
        self._ops.run(
            lambda _op: forms.save_and_move(self._ctx, asked, move.name, reason),
            lane="write",
            owner=self._view,
            done=lambda saved: self.stored.emit(saved, draft, False),
            failed=self.failed.emit,
            changes=self._changes(draft),
        )

    def _changes(self, draft: Draft) -> Changed:
        return Changed(frozenset({draft.kind.name}), draft.record.uid, by=self._view)

    def _begin(self) -> None:
        self.busy = True
        self._keys.hold()

    def over(self, *, stored: bool = False) -> None:
        """Listening to keys again: those that waited are typed now, unless nothing was stored."""
        self.busy = False
        if stored:
            self._keys.give()
        else:
            self._keys.forget()

    def _is_ours(self, event: QKeyEvent) -> bool:
        """A shortcut that waited does what it does; given to a field as a key it would do nothing."""
        pressed = event.keyCombination()
        if not pressed.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        plain = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        wanted = QKeySequence(QKeyCombination(plain, pressed.key()))
        for shortcut in self._view.findChildren(QShortcut):
            owner = shortcut.parent()
            shown = isinstance(owner, QWidget) and owner.isVisible()
            if shown and shortcut.isEnabled() and shortcut.key() == wanted:
                shortcut.activated.emit()
                return True
        return False


def is_stale(refused: KnownError) -> bool:
    """Whether somebody else stored the record meanwhile (`refused.theirs` is what is stored now)."""
    return getattr(refused, "theirs", None) is not None


def refusal(ctx: AppContext, draft: Draft) -> Words | None:
    """Why this installation may not change the record (it is another office's); None when it may."""
    try:
        records.refuse_foreign(ctx, draft.kind, draft.record)
    except KnownError as refused:
        return refused.words
    return None
