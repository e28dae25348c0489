"""From the real data into practice and back, in one window: the frame is built anew on the other data folder.

The real folder stays open and locked meanwhile, so a second start of the program comes to this window. The folder for practice is
closed when it is left, and can then be cleared away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.errors import KnownError, PlaceTakenError
from desktop_app.core.words import Words
from desktop_app.services import practice
from desktop_app.services.context import AppContext
from desktop_app.ui import navigation
from desktop_app.ui.dialogs import trouble
from desktop_app.ui.dialogs.practice import ClearDialog, PracticeDialog
from desktop_app.ui.one_window import raise_other
from desktop_app.ui.ops import LANES

if TYPE_CHECKING:
    from desktop_app.ui.app import App
    from desktop_app.ui.one_window import Listener
    from desktop_app.ui.ops import Op


CLEARED = Words("Data latihan dihapus", "Practice data deleted")


def _named(lane: str, _op: Op) -> str:
    return lane


class Practising(QObject):
    """Belongs to an `App`. `ask`, `leave` and `clear` are what the window's pages and banner ask for."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.app = app
        self.real: AppContext | None = None
        """The real data while somebody practises."""
        self._listener: Listener | None = None

    # ---- into practice

    def ask(self) -> None:
        """Say what practice is, make its data where there is none yet, and go there."""
        ctx = self.app.ctx
        if ctx.practice:
            return
        dialog = PracticeDialog(practice.is_there(ctx.place), self.app.window)
        dialog.agreed.connect(lambda: self._prepare(ctx, dialog))
        dialog.open()

    def _prepare(self, ctx: AppContext, dialog: PracticeDialog) -> None:
        def ready(_folder: object) -> None:
            dialog.accept()
            self.enter(practice.folder_of(ctx.place), ctx.person)

        wanted = practice.wanted_by(ctx)
        op = self.app.ops.run(
            lambda op: practice.prepared(self.app.open_context, ctx.place, wanted, op),
            lane="long",
            owner=dialog,
            done=ready,
            failed=dialog.refused,
            stopped=dialog.stopped,
        )
        dialog.watch(op)

    def enter(self, folder: Path, person: str) -> bool:
        """Build the window on the folder for practice; whether that was done: a page may not let go, or somebody practise there already."""
        app = self.app
        try:
            ctx = app.open_context(folder)
        except KnownError as refused:
            trouble.refused(app.window or app.assistant, refused.words)
            return False
        if app.window is not None and not app.window.open_page(navigation.HOME):
            ctx.let_go()
            return False
        ctx.person = person or ctx.person
        self.real, self._listener = getattr(app, "ctx", None), app.listener
        app.listener = None
        app.use(ctx)
        app.build()
        app.open_store()
        return True

    # ---- back

    def leave(self, then: Callable[[Path], object] | None = None) -> None:
        """Back to the real data, or to the first start where there is none; `then` is called in a worker with its folder."""
        app, left = self.app, self.app.ctx
        if app.window is None or not app.window.open_page(navigation.HOME):
            return
        place = self.real.place if self.real else practice.real_of(left.place)
        if not left.practice or place is None:  # a folder that was moved away from the real one
            app.window.close()
            return
        if app.listener is not None:
            app.listener.close()
        app.listener, self._listener = self._listener, None
        real, self.real = self.real, None
        if real is not None and real.settings.site_code:
            app.use(real)
            app.build()
        else:
            self._begin_again(real, place)
        QTimer.singleShot(0, self, lambda: self._close(left, place, then))

    def _begin_again(self, real: AppContext | None, place: Path) -> None:
        """The program as it starts on the real folder: it may not be set up yet."""
        app = self.app
        app.drop_window()
        if real is not None:
            app.use(real)
            app.assist()
            return
        del app.ctx
        app.options = replace(app.options, folder=place, page="")
        try:
            app.start()
        except PlaceTakenError:
            raise_other(place)
            app.app.quit()

    def _close(self, ctx: AppContext, place: Path, then: Callable[[Path], object] | None) -> None:
        """Close a folder when all that was begun on it is through: each lane is asked to come past."""
        waiting: set[str] = set(LANES)

        def last(_op: Op) -> None:
            ctx.settle()
            ctx.close()
            if then is not None:
                then(place)

        def past(lane: str) -> None:
            waiting.discard(lane)
            if not waiting:
                done = self._cleared if then is not None else None
                self.app.ops.run(last, lane="long", owner=self, done=done)

        for lane in LANES:
            self.app.ops.run(partial(_named, lane), lane=lane, owner=self, done=past)

    # ---- away with it

    def clear(self) -> None:
        """Ask once more, then delete the folder for practice; from within it, after going back."""
        ctx = self.app.ctx
        dialog = ClearDialog(self.app.window)

        def agreed() -> None:
            if ctx.practice:
                self.leave(practice.clear)
            else:
                self.app.ops.run(
                    lambda _op: practice.clear(ctx.place), lane="long", owner=self, done=self._cleared
                )

        dialog.agreed.connect(agreed)
        dialog.open()

    def _cleared(self, _answer: object) -> None:
        if self.app.window is not None:
            self.app.window.set_saved("saved", CLEARED.say())
            self.app.window.practice_gone.emit()

    def close(self) -> None:
        """The program ends: let go of the real data, too."""
        if self._listener is not None:
            self._listener.close()
        if self.real is not None:
            self.real.close()
