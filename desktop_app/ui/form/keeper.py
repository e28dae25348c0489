"""Keeps what is being typed: within a second, in a worker of its own, so that no disk holds a keystroke."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop_app.core.draft import Draft
from desktop_app.core.draft_typed import Spot
from desktop_app.core.errors import KnownError
from desktop_app.core.words import tr
from desktop_app.services import drafts
from desktop_app.services.context import AppContext
from desktop_app.ui.ops import Ops

KEEP_AFTER_MS = 400
"""After the first keystroke that is not kept yet; with the writing itself well within a second."""


class DraftKeeper(QObject):
    """Of one view of a record. `lamp` tells the state of the saved lamp and its words."""

    lamp = Signal(str, str)

    def __init__(self, ctx: AppContext, ops: Ops, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._ops = ctx, ops
        self._draft: Draft | None = None
        self._cursor: Callable[[], Spot] = Spot
        self._on_shelf = False
        self._unkept = False
        self._kept_here = False
        self._latest = 0
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._timer.timeout.connect(self._due)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def watch(self, draft: Draft, cursor: Callable[[], Spot], *, on_shelf: bool) -> None:
        """From now on keep this draft; `cursor` tells where the cursor stands, `on_shelf`: it has been kept before."""
        self.keep_now()
        self._draft, self._cursor, self._on_shelf, self._kept_here = draft, cursor, on_shelf, False

    def touched(self) -> None:
        """Something was typed."""
        if self._draft is not None and not self._unkept:
            self._unkept = True
            self.lamp.emit("saving", tr("Menyimpan konsep…", "Keeping the draft…"))
            self._timer.start()

    def keep_now(self) -> None:
        """Write down what is not written yet; a draft in which nothing is left to save goes from the shelf."""
        draft, unkept = self._draft, self._unkept
        self._timer.stop()
        self._unkept = False
        if draft is None or not unkept:
            return
        if draft.changed():
            copy, cursor = draft.at(draft.where), self._cursor()
            self._on_shelf = self._kept_here = True
            self._run(
                lambda: drafts.keep(self._ctx, copy, cursor), "draft", tr("Konsep tersimpan", "Draft kept")
            )
        else:
            self._take_off(draft, tr("Semua tersimpan", "All saved"))

    def _due(self) -> None:
        if self._unkept:
            self.keep_now()
        else:
            self._keep_cursor()

    def _moved(self, _old: object, now: object) -> None:
        """The cursor is elsewhere: a slip that was kept while it was on the screen is kept with it."""
        if now is not None and self._draft is not None and self._kept_here and not self._timer.isActive():
            self._timer.start()

    def _keep_cursor(self) -> None:
        draft, cursor = self._draft, self._cursor()
        if draft is not None and self._kept_here and self._on_shelf and cursor.field:
            copy = draft.at(draft.where)
            self._ops.run(
                lambda _op: drafts.keep(self._ctx, copy, cursor),
                lane="draft",
                owner=self,
                failed=self._failed,
            )

    def saved(self, draft: Draft) -> None:
        """The record is stored: its draft goes."""
        if draft is self._draft:
            self._timer.stop()
            self._draft, self._unkept = None, False
        self._run(lambda: drafts.drop(self._ctx, draft), "", "")

    def put_aside(self) -> None:
        """Somebody else keeps it from now on."""
        self._timer.stop()
        self._draft, self._unkept = None, False

    def let_go(self) -> None:
        """Keep what there is, and watch no longer."""
        self.keep_now()
        self._draft = None

    def _take_off(self, draft: Draft, words: str) -> None:
        if self._on_shelf:
            self._on_shelf = False
            self._run(lambda: drafts.drop(self._ctx, draft), "saved", words)
        else:
            self.lamp.emit("saved", words)

    def _run(self, work: Callable[[], None], state: str, words: str) -> None:
        self._latest += 1
        number = self._latest

        def done(_nothing: None) -> None:
            # A keeping that ends after the record itself was stored is no news any more.
            if state and not self._unkept and number == self._latest:
                self.lamp.emit(state, words)

        self._ops.run(lambda _op: work(), lane="draft", owner=self, done=done, failed=self._failed)

    def _failed(self, refused: KnownError) -> None:
        self.lamp.emit(
            "failed", tr(f"Konsep belum tersimpan: {refused.words.id}", f"Draft not kept: {refused.words.en}")
        )
