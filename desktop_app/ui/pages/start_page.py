"""The first start, one question a page: which language, who uses this computer, which office it is. Everything can be changed later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.core import words
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services import start
from desktop_app.ui import keys, theme
from desktop_app.ui.frame.brand import Sign, window_icon
from desktop_app.ui.ops import Op, Ops
from desktop_app.ui.pages.start_parts import STEPS, Answers, SoFar, StepsDown
from desktop_app.ui.pages.start_steps import LANGUAGES, LanguageStep, RegionStep, RoleStep, Step
from desktop_app.ui.widgets import Button, Hairline, Label, MessageLine
from desktop_app.ui.working import Working

_WIDE, _LEFT, _HIGH = 236, 64, 146  # u
_TO_OFFICE = Words("Membuka berkas awal", "Opening the starter file")
_BEGINNING = Words("Menyiapkan data", "Preparing the data")


class StartPage(QFrame):
    """A card in the middle of the window. `begin` sets the office up (or practice), in a worker; `finished` carries what it answered.

    `shared`: the folder for all who use the PC; None does not ask whose the data is. `practised`: there is practice to go on with.
    """

    finished = Signal(object)

    def __init__(
        self,
        ops: Ops,
        offices: Callable[[str], list[start.Office]],
        begin: Callable[[Answers, Op], object],
        shared: Path | None = None,
        parent: QWidget | None = None,
        *,
        practised: bool = False,
    ) -> None:
        super().__init__(parent)
        self.ops, self._offices, self._begin = ops, offices, begin
        self._shared, self._practised = shared, practised
        self.so_far = SoFar()
        self._help: QWidget | None = None
        self.setProperty("look", "window")
        self.setWindowTitle("Pelita")
        self.setWindowIcon(window_icon())
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self._whole: QWidget | None = None
        keys.bind(keys.HELP, self, self.help_here)
        self._build()

    # ---- the frame of all steps

    def _build(self) -> None:
        """All of it anew, for the step, the language and the answers so far."""
        if self._whole is not None:
            self._outer.removeWidget(self._whole)
            self._whole.hide()
            self._whole.deleteLater()
        look = theme.current()
        card = QFrame()
        card.setProperty("kind", "card")
        card.setMaximumSize(look.px(_WIDE), look.px(_HIGH))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        halves = QHBoxLayout(card)
        halves.setContentsMargins(1, 1, 1, 1)
        halves.setSpacing(0)
        halves.addWidget(self._left())
        halves.addWidget(Hairline(down=True))
        halves.addLayout(self._right(), 1)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._whole = around = QScrollArea()  # in large type a low screen does not hold all steps
        around.setWidgetResizable(True)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidget(inside)
        middle = QVBoxLayout(inside)
        middle.setContentsMargins(look.px(4), look.px(3), look.px(4), look.px(2))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, 1000)
        row.addStretch(1)
        middle.addStretch(1)
        middle.addLayout(row, 1000)
        middle.addLayout(self._foot())
        middle.addStretch(1)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._whole)
        self._whole.show()  # at once: what isn't shown takes no focus
        first = self._step.first
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(first)

    def _left(self) -> QWidget:
        look, so_far = theme.current(), self.so_far
        pane = QWidget()
        pane.setFixedWidth(look.px(_LEFT))
        box = QVBoxLayout(pane)
        box.setContentsMargins(look.px(6), look.px(7), look.px(3), look.px(6))
        box.setSpacing(look.px(5))
        language = next(name for code, name, _ in LANGUAGES if code == words.language())
        box.addWidget(Sign(), 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(Label(tr("Selamat datang di Pelita", "Welcome to Pelita"), "title", wrap=True))
        box.addSpacing(look.px(2))
        notes = (
            language,
            tr("Pusat", "Headquarters") if so_far.role == "headquarters" else tr("Kantor", "Office"),
        )
        box.addWidget(StepsDown((*notes, ""), so_far.step))
        box.addStretch(1)
        later = tr("Semua bisa diubah nanti di Pengaturan.", "Everything can be changed later in Settings.")
        box.addWidget(Label(later, "meta", wrap=True))
        return pane

    def _right(self) -> QVBoxLayout:
        look = theme.current()
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._page = QVBoxLayout(inner)
        self._page.setContentsMargins(look.px(9), look.px(7), look.px(9), look.px(2))
        self._page.setSpacing(look.px(3))
        self._step = self._made_step()
        self._page.addWidget(Label(self._step.heading, "title", wrap=True))
        self._page.addWidget(Label(self._step.sentence, "label", wrap=True))
        self._page.addWidget(self._step)
        self._page.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        self._inner = inner
        self._message = MessageLine()
        self._message.setObjectName("error_start")
        self._working = Working()
        below = QVBoxLayout()
        below.setContentsMargins(look.px(9), look.px(1), look.px(9), look.px(6))
        below.setSpacing(look.px(2))
        below.addWidget(self._message)
        below.addWidget(self._working)
        below.addLayout(self._buttons())
        box = QVBoxLayout()
        box.addWidget(self._scroll, 1)
        box.addLayout(below)
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._back = Button(tr("Kembali", "Back"), "quiet", "arrow-left", name="action_back")
        self._back.clicked.connect(lambda: self._go(-1))
        last = self.so_far.step == len(STEPS) - 1
        if last:
            self._go_on = Button("", "primary", "check", name="action_start")
            self._go_on.clicked.connect(self._finish)
            self._name_the_deed()
        else:
            self._go_on = Button(tr("Lanjut", "Next"), "primary", "arrow-right", name="action_next")
            self._go_on.clicked.connect(self._next)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._go_on)
        if self.so_far.step == 0:
            self._back.hide()
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        helping = Button(
            keys.tip(tr("Bantuan", "Help"), keys.HELP), "link", "help-circle-outline", name="action_help"
        )
        helping.clicked.connect(self.help_here)
        looks = Button(
            tr("Gelap atau terang", "Dark or light"), "link", "theme-light-dark", name="action_looks"
        )
        looks.clicked.connect(self._change_looks)
        row.setSpacing(theme.current().px(6))
        row.setContentsMargins(0, theme.current().px(2), 0, 0)
        row.addStretch(1)
        for widget in (Label(f"Pelita {__version__}", "meta"), helping, looks):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _made_step(self) -> Step:
        if self.so_far.step == 0:
            language = LanguageStep(self.so_far)
            language.spoken.connect(self._speak)
            step: Step = language
        elif self.so_far.step == 1:
            step = RoleStep(self.so_far, ask_whose=self._shared is not None)
        else:
            region = RegionStep(self.so_far, self.ops, self._offices, practised=self._practised)
            region.way_taken.connect(self._name_the_deed)
            region.answered.connect(lambda: self._go_on.setFocus(Qt.FocusReason.TabFocusReason))
            step = region
        step.changed.connect(self._clear)
        step.shows.connect(self._show)
        step.entered.connect(self._press)
        return step

    def _clear(self) -> None:
        self._message.clear()

    def _show(self, part: QWidget) -> None:
        """Scroll to a part, once it has its size."""
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part))

    def _press(self) -> None:
        self._go_on.click()

    def _speak(self, code: str) -> None:
        words.use("en" if code == "en" else "id")
        QTimer.singleShot(0, self, self._build)  # the card that was clicked goes with the old words

    def _name_the_deed(self) -> None:
        self._go_on.set_words(
            tr("Mulai latihan", "Begin to practise")
            if self.so_far.way == "practice"
            else tr("Mulai memakai Pelita", "Start using Pelita")
        )

    # ---- on and back

    def _go(self, by: int) -> None:
        self.so_far.step += by
        self._build()

    def _next(self) -> None:
        if self._is_answered():
            self._go(1)

    def _is_answered(self) -> bool:
        """Whether this step has all it asks for; else the cursor is where it is wanted, and a sentence says so."""
        missing = self._step.missing()
        if missing is None:
            return True
        what, where = missing
        self._message.show_message("error", what.say())
        where.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _finish(self) -> None:
        so_far = self.so_far
        if not self._is_answered():
            return
        answers = Answers(
            so_far.site_code if so_far.way == "region" else "",
            so_far.role,
            so_far.office if so_far.way == "region" else "",
            so_far.person,
            words.language(),
            theme.current().dark,
            so_far.for_all,
            so_far.starter if so_far.way == "starter" else None,
            so_far.way == "practice",
        )
        self._message.clear()
        self._work(answers)

    def _work(self, answers: Answers) -> None:
        for part in (self._inner, self._go_on, self._back):
            part.setEnabled(False)
        op = self.ops.run(
            lambda op: self._begin(answers, op),
            lane="write",
            owner=self,
            done=self._done,
            failed=self._refused,
            stopped=self._again,
        )
        self._working.watch(op, _TO_OFFICE if answers.starter else _BEGINNING)

    def _done(self, begun: object) -> None:
        self._again()  # should it not come to it after all
        self.finished.emit(begun)

    def _again(self) -> None:
        """It did not come to it: everything can be answered anew."""
        for part in (self._inner, self._go_on, self._back):
            part.setEnabled(True)
        self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: KnownError) -> None:
        self._again()
        self._message.show_message("error", error.words.say())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back a step."""
        if event.key() == Qt.Key.Key_Escape and self.so_far.step and self._back.isEnabled():
            self._go(-1)
            return
        super().keyPressEvent(event)

    # ---- help and looks

    def _change_looks(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, dark=not theme.current().dark)
            self._build()

    def help_here(self) -> None:
        """F1: what the first start asks for, and why."""
        from desktop_app.ui.help.window import HelpWindow, Nowhere  # noqa: PLC0415  (loaded when it is asked for)

        if not isinstance(self._help, HelpWindow):
            self._help = HelpWindow(Nowhere(), self)
        self._help.open_at("guide/first-start")
