"""The program with its window: one Qt application, one frame, one desk; built anew when the language changes.

The order of a start: the frame with the first rows (settings and rows at a glance, by the bare driver), painted; then the database
layer is loaded and the store opened in a thread; whatever asks the store before waits in its worker, never on the window's thread.
Last, in idle moments, what the first form needs is loaded.
"""

from __future__ import annotations

import gc
import linecache
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.core import words
from desktop_app.core.declared import declared
from desktop_app.core.errors import KnownError, PlaceTakenError
from desktop_app.services import installed
from desktop_app.services.context import AppContext
from desktop_app.services.opening import Opening
from desktop_app.ui import navigation, theme
from desktop_app.ui.desk import Desk
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.memory import Memory
from desktop_app.ui.ops import Op, Ops
from desktop_app.ui.preload import Preload

if TYPE_CHECKING:
    from desktop_app.ui.dialogs.trouble import Refusal
    from desktop_app.ui.one_window import Listener
    from desktop_app.ui.pages.start_page import StartPage
    from desktop_app.ui.pages.start_parts import Answers
    from desktop_app.ui.practising import Practising

_SETTLE_MS = 50
_QUIET_TURNS = 3
_LOOK_AGAIN_MS, _LOOKS = 10, 10
"""What is loaded beside the first rows takes its time from them: the store is opened when they are there, or soon all the same."""
_LAST_PAGE = "page"
_IDLE_MS = 3000
_TURN_S = 0.0005
"""So long a worker that computes keeps the window's thread waiting: at each call into Qt, and a painting has hundreds."""


@declared
class Options:
    """What the command line may ask of the window. `shot`: draw it into this file and end; `size` in logical pixels.

    `on_server`: the records are in a database on a server, the folder is for drafts.
    `shared`: the folder for all who use the PC, put to choice at the first start; None asks nothing.
    `files`: packages to be received, because somebody double-clicked them.
    """

    folder: Path
    on_server: bool = False
    shared: Path | None = None
    shot: Path | None = None
    page: str = ""
    size: tuple[int, int] = (1366, 768)
    dark: bool | None = None
    language: str = ""
    files: tuple[Path, ...] = ()


class App(QObject):
    """Holds the frame and rebuilds it. `open_context` opens a data folder (see `bootstrap.open_for_window`)."""

    ctx: AppContext

    def __init__(
        self, app: QApplication, open_context: Callable[[Path], AppContext], options: Options
    ) -> None:
        super().__init__()
        self.app, self.open_context, self.options = app, open_context, options
        self.ops = Ops()
        self.window: MainWindow | None = None
        self.desk: Desk | None = None
        self.assistant: StartPage | None = None
        self.listener: Listener | None = None
        self.refusal: Refusal | None = None
        self.preload = Preload(self)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._fold)
        self.ops.changed.connect(lambda _: self._idle.start())
        self._practising: Practising | None = None
        self._desks: dict[Path, Desk] = {}
        self.starts_anew = False
        """Whether the program is to begin again after its end: a new version is ready."""

    def build(self, page: str = navigation.HOME) -> MainWindow:
        """Make the frame and its pages in the language in use, at the page given; the old frame goes."""
        old, geometry = self.window, self.window.geometry() if self.window else None
        window = MainWindow(
            navigation.entries(self.ctx.registry, self.ctx.settings),
            self.ctx.settings.office_name,
            practice=self.ctx.practice,
        )
        window.rebuild_requested.connect(lambda: self.build(navigation.SETTINGS))
        window.restart_asked.connect(self.restart)
        window.practice_asked.connect(lambda: self.practising.ask())  # noqa: PLW0108  (not loaded before)
        window.practice_left.connect(lambda: self.practising.leave())  # noqa: PLW0108
        window.practice_cleared.connect(lambda: self.practising.clear())  # noqa: PLW0108
        self.window, self.desk = window, Desk(self.ctx, window, self.ops, self._desks.get(self.ctx.place))
        self._desks[self.ctx.place] = self.desk
        if geometry is not None:
            window.setGeometry(geometry)
        else:
            window.resize(*self.options.size)
        if old is not None:
            old.hide()
            old.deleteLater()
        window.open_page(page)
        window.page_changed.connect(self._remember)
        window.page_changed.connect(lambda _: self._load_ahead())
        window.show()
        return window

    @property
    def practising(self) -> Practising:
        """Into practice and back; loaded when somebody asks for it."""
        if self._practising is None:
            from desktop_app.ui.practising import Practising

            self._practising = Practising(self)
        return self._practising

    def drop_window(self) -> None:
        """Take the frame away: the assistant comes in its place."""
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
        self.window = self.desk = None

    def _remember(self, page: str) -> None:
        self._memory[_LAST_PAGE] = page

    def _first_page(self) -> str:
        """The page asked for, else that of the last time, else home."""
        known = {entry.name for entry in self.ctx.registry if entry.section in self.ctx.settings.sections}
        last = self._memory.get(_LAST_PAGE, "")
        return self.options.page or (last if last in known else navigation.HOME)

    def start(self) -> None:
        """Show the first page; then open the store, and take the newest draft up where it was left."""
        if not self.options.on_server and not (self.options.folder / "pelita.db").exists():
            theme.apply(self.app, dark=bool(self.options.dark))
            self.assist()
            return
        try:
            self.use(self.open_context(self.options.folder))
        except KnownError as refused:
            if not self.options.on_server or self.options.shot or isinstance(refused, PlaceTakenError):
                raise
            theme.apply(self.app, dark=bool(self.options.dark))
            self._failed(refused)
            return
        if not self.ctx.settings.site_code:
            self.assist()
            return
        self.build(self._first_page())
        self._begin_soon(_LOOKS)

    def _begin_soon(self, looks: int) -> None:
        """Open the store when the window is painted and its rows have come; it waits a tenth of a second at most."""
        if looks and (looks == _LOOKS or self.ops.busy("quick")):
            QTimer.singleShot(_LOOK_AGAIN_MS, self, lambda: self._begin_soon(looks - 1))
        else:
            self.open_store()

    def use(self, ctx: AppContext) -> None:
        """Work on this data folder from now on, in its looks and its language."""
        self.ctx = ctx
        self._memory = Memory(ctx.place)
        if self.options.language:
            words.use("en" if self.options.language == "en" else "id")
        dark = ctx.settings.dark if self.options.dark is None else self.options.dark
        theme.apply(self.app, dark=dark, practice=ctx.practice)

    def open_store(self) -> None:
        """Open what the frame shows; until then everybody who asks it waits."""
        _open(self.ctx)
        self.ops.run(
            lambda _op: self.ctx.settle(),
            lane="quick",
            owner=self,
            done=lambda _: self._opened(),
            failed=self._failed,
        )

    def _opened(self) -> None:
        _collect_again()
        from desktop_app.ui.one_window import Listener

        installed.prove()
        self.listener = Listener(self.ctx.place, lambda: self.window)
        self.listener.given.connect(self.take_in)
        self.preload.start()
        self._load_ahead()
        if self.desk is not None:
            self.desk.catch_up()
        if self.options.files:
            self.take_in(self.options.files)
        elif not self.options.page and self.desk is not None:
            self.desk.offer_draft()
        if installed.here() is not None or self.ctx.news is not None:
            self._tell_news()

    def _load_ahead(self) -> None:
        """Load what forms need, once the store is open and a page that leads to them: the home page alone does with a tenth less memory."""
        if (
            self.listener is not None
            and self.window is not None
            and self.window.current_key() != navigation.HOME
        ):
            self.preload.start_forms()

    def take_in(self, files: Sequence[Path]) -> None:
        """Receive packages that were double-clicked."""
        if files and self.desk is not None:
            self.desk.take_in(files)

    def _tell_news(self) -> None:
        """What became of an update, and away with versions that are not needed any more."""
        if self.ctx.news is not None and self.options.shot is None:
            from desktop_app.ui.dialogs.updates import WentBackDialog

            WentBackDialog(self.ctx.news, self.window).open()
        self.ops.run(lambda _op: installed.tidy(self.ctx.place), lane="slow", owner=self)

    def restart(self) -> None:
        """Close the window as by its cross, and begin again."""
        if self.window is not None:
            self.starts_anew = self.window.close()

    def _fold(self) -> None:
        """Some seconds after the last write: what would else keep one save in a hundred waiting."""
        from desktop_app.services import upkeep

        self.ops.run(lambda _op: upkeep.fold(self.ctx), lane="slow", owner=self)

    def _failed(self, refused: KnownError) -> None:
        """The data folder can't be opened: say why, and end."""
        _collect_again()
        if installed.doubt():  # nobody need read why: the version before is about to start instead
            self.app.exit(1)
            return
        from desktop_app.ui.dialogs import trouble

        self.refusal = trouble.refused(self.window, refused.words)
        self.refusal.finished.connect(lambda _: self.app.exit(1))

    def assist(self) -> None:
        """The first start: there is no data folder yet, or no office in it."""
        _collect_again()
        installed.prove()
        from desktop_app.services import practice, start
        from desktop_app.ui.pages.start_page import StartPage

        shared = None if hasattr(self, "ctx") else self.options.shared
        self.assistant = StartPage(
            self.ops, start.offices, self._begin, shared, practised=practice.is_there(self.options.folder)
        )
        self.assistant.finished.connect(self._begun)
        self.assistant.resize(*self.options.size)
        self.assistant.show()

    def _begin(self, answers: Answers, op: Op) -> AppContext | Path:
        """In a worker: make the data folder where it was wished, and the office in it; or only the folder to practise in."""
        from desktop_app.services import practice, start

        if answers.practice:
            wanted = practice.Wanted("", answers.role, "", answers.person, answers.language, answers.dark)
            return practice.prepared(self.open_context, self.options.folder, wanted, op)
        folder = self.options.shared if answers.for_all and self.options.shared else self.options.folder
        ctx = self.ctx if hasattr(self, "ctx") else self.open_context(folder)
        _open(ctx)
        ctx.settle()
        if answers.starter is not None:
            start.begin_with(ctx, answers.starter, answers.person, answers.language, dark=answers.dark)
        else:
            start.begin(
                ctx,
                answers.site_code,
                answers.role,
                answers.office,
                answers.person,
                answers.language,
                dark=answers.dark,
            )
        return ctx

    def _begun(self, begun: AppContext | Path) -> None:
        assistant = self.assistant
        if isinstance(begun, Path):
            if not self.practising.enter(begun, assistant.so_far.person if assistant else ""):
                return
        else:
            self.use(begun)
            self.build()
            self._opened()
        if assistant is not None:  # hidden, not closed: the last window that is closed ends the program
            self.assistant = None
            assistant.hide()
            assistant.deleteLater()

    def close(self) -> None:
        """The program ends: work is finished or stopped, the data folder let go of."""
        self.ops.close()
        if self.listener is not None:
            self.listener.close()
        if self._practising is not None:
            self._practising.close()
        if hasattr(self, "ctx"):
            self.ctx.close()

    def shoot(self, file: Path) -> None:
        """Draw what is shown into a file, once nothing is under way any more."""
        loop, quiet = QEventLoop(), 0
        while (
            quiet < _QUIET_TURNS
        ):  # opening the store begins only after the first turns, and what it brings begins others
            QTimer.singleShot(_SETTLE_MS, loop.quit)
            loop.exec()
            opening = self.window is not None and not getattr(self.ctx.store, "is_ready", _yes)()
            quiet = 0 if opening or self.ops.busy() else quiet + 1
        shown = self.window or self.assistant
        if shown is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            shown.grab().save(str(file))


def _yes() -> bool:
    """A store that is no `Opening` is open."""
    return True


def _collect_again() -> None:
    """Look for garbage from now on, but not among what has been loaded (see `__main__`); the sources that PySide read are garbage."""
    linecache.clearcache()
    gc.freeze()
    gc.enable()


def _open(ctx: AppContext) -> None:
    for part in (ctx.store, ctx.drafts):
        if isinstance(part, Opening):
            part.start()


def main(open_context: Callable[[Path], AppContext], options: Options) -> int:
    """Run the program until its window is closed; the exit code."""
    sys.setswitchinterval(_TURN_S)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication.instance() or theme.application(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a QApplication is needed")
    app.setApplicationName("Pelita")
    if options.language:
        words.use("en" if options.language == "en" else "id")
    program = App(app, open_context, options)
    try:
        program.start()
    except PlaceTakenError:
        from desktop_app.ui.one_window import raise_other

        if options.shot is None and raise_other(options.folder, options.files):
            return 0
        raise
    code = 0
    if options.shot is not None:
        program.shoot(options.shot)
    else:
        code = app.exec()
    program.close()
    return installed.START_ANEW if program.starts_anew else code
