"""Beranda: drafts to go on with, counts that open what lies behind them, what there is to do today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core import show
from desktop_app.core.show import long_date, weekday
from desktop_app.core.words import Words, tr
from desktop_app.records.agenda import CHART, ENDING
from desktop_app.services import drafts, home
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.home.doors import DoorButton, Doors, LargeDoor, SmallDoor
from desktop_app.ui.home.side import Bars, Endings
from desktop_app.ui.home.work import WorkList
from desktop_app.ui.ops import Changed, Latest, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Banner, Button, Card, EmptyState
from desktop_app.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from desktop_app.core.fields import Value
    from desktop_app.services.doubles import Pair, Remembered

_DRAFTS = 3
DOUBLES = "doubles"
LOOK_FOR_DOUBLES_AFTER_MS = 3_000
"""First the figures, then, when nobody is waiting, what may be there twice."""


def greeting(hour: int, person: str) -> str:
    """Good morning, by the office's clock."""
    words = (
        tr("Selamat pagi", "Good morning")
        if hour < 11
        else tr("Selamat siang", "Good day")
        if hour < 15
        else tr("Selamat sore", "Good afternoon")
        if hour < 18
        else tr("Selamat malam", "Good evening")
    )
    return f"{words}, {person}" if person else words


def _emptied(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class HomePage(Page):
    """`open_list` asks for the list of a question, `open_page` for a page, `open_record` for a record, `begin` for a new one
    (kind, and what is known of it already), `go_on` for a draft to be taken up.
    """

    open_list = Signal(object)  # Query
    open_page = Signal(str)
    open_record = Signal(str, str)
    begin = Signal(str, object)
    go_on = Signal(object)  # drafts.Kept
    practice_asked = Signal()

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._asks = Latest(ops, "slow", self)
        self._searches = Latest(ops, "long", self)
        self._overview: home.Overview | None = None
        self._pairs: list[Pair] = []
        self._remembered: Remembered = {}
        self._all_drafts = False
        self._buttons: list[DoorButton] = []
        self._later = QTimer(self, singleShot=True, interval=LOOK_FOR_DOUBLES_AFTER_MS)
        self._later.timeout.connect(self._look_for_doubles)
        self._new_button = Button(
            tr("Catatan baru", "New record"), "primary", "plus", name="action_new_record"
        )
        self._new_button.clicked.connect(self._choose_kind)
        self._build()
        ops.changed.connect(self._changed)
        theme.changed.connect(self.restyle)

    # ---- the frame's questions

    def title(self) -> str:
        """See `Page.title`."""
        return greeting(self._now().hour, self.ctx.person.split()[0] if self.ctx.person else "")

    def note(self) -> str:
        """Today, written out."""
        today = self._now().date()
        return f"{weekday(today)}, {long_date(today)}"

    def header_widgets(self) -> Sequence[QWidget]:
        """A new record of any kind; headquarters has its packages to look after."""
        return () if self.ctx.settings.role == "headquarters" else (self._new_button,)

    def activate(self) -> None:
        """See `Page.activate`."""
        self._asks.run(lambda _op: home.overview(self.ctx), self._show)

    def _now(self) -> dt.datetime:
        return self.ctx.clock().astimezone(self.ctx.settings.zone)

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.activate()

    # ---- building

    def _build(self) -> None:
        self._inner = QWidget()
        self._inner.setProperty("kind", "scrolled")
        self._drafts, self._doors, self._others = QVBoxLayout(), Doors(), Flow()
        self.work = WorkList()
        self.work.opened.connect(self._open_task)
        self.bars = Bars()
        self.chart = Card(CHART.title.say(), CHART.unit.say())
        self.chart.setObjectName("chart")
        self.chart.body.addWidget(self.bars)
        self.endings = Endings(tr("Izin makam akan habis", "Permits that end soon"))
        self.endings.opened.connect(lambda ending: self.open_record.emit(ending.kind, ending.uid))
        self.endings.all_asked.connect(self._open_endings)
        self._side = QVBoxLayout()
        self._side.addWidget(self.chart)
        self._side.addWidget(self.endings)
        self._side.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.work, 11)
        self._columns.addLayout(self._side, 9)
        self._first = self._first_words()
        box = QVBoxLayout(self._inner)
        box.addLayout(self._drafts)
        box.addWidget(self._first, 1)
        box.addWidget(self._doors)
        box.addWidget(self._others)
        box.addLayout(self._columns)
        box.addStretch(1)
        self._box = box
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        for part in (self._first, self.work, self.chart, self.endings, self._doors):
            part.hide()
        self._others.hide()
        self.restyle()

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        for layout in (self._box, self._drafts, self._columns, self._side):
            layout.setSpacing(look.px(4))
        self._doors.arrange()

    def _first_words(self) -> EmptyState:
        """What to do first, in an office without a record."""
        if self.ctx.settings.role == "headquarters":
            offices = Button(
                tr("Kantor", "Offices"), "primary", "office-building-outline", name="first_offices"
            )
            offices.clicked.connect(lambda: self.open_page.emit("board"))
            return EmptyState(
                "office-building-outline",
                tr("Belum ada data dari kantor", "No records from the offices yet"),
                tr(
                    "Buat dulu berkas awal untuk setiap kantor di halaman Kantor; paket mereka dibaca di Kotak Masuk.",
                    "First make a starter file for each office on the page Offices; their packages are read in the inbox.",
                ),
                (offices, *self._practice()),
            )
        begin = Button(tr("Catatan baru", "New record"), "primary", "plus", name="first_record")
        begin.clicked.connect(lambda: self._choose_kind(begin))
        return EmptyState(
            "sprout-outline",
            tr("Belum ada catatan", "No records yet"),
            tr(
                "Mulai dengan yang didata: titik lampu, taman, petak makam. Laporan dan pekerjaan lalu tinggal memilihnya.",
                "Begin with what is looked after: light points, parks, grave plots. Reports and work then only choose them.",
            ),
            (begin, *self._practice()),
        )

    def _practice(self) -> Sequence[Button]:
        """Who has nothing yet may try it out first."""
        if self.ctx.practice:
            return ()
        words = tr("Coba dulu dengan data contoh…", "Try it with made-up records first…")
        button = Button(words, "outlined", "school-outline", name="first_practice")
        button.clicked.connect(self.practice_asked)
        return (button,)

    # ---- showing

    def _show(self, overview: home.Overview) -> None:
        self._overview = overview
        self._show_drafts(overview.drafts)
        self._show_doors()
        self._first.setVisible(overview.empty)
        if self.header_widgets():  # one that stands nowhere would become a window of its own
            self._new_button.setVisible(not overview.empty)
        self.work.setVisible(not overview.empty)
        self._show_work()
        self.bars.show_lines(overview.bars)
        self.chart.setVisible(bool(overview.bars))
        door = next((door for door in overview.doors if door.key == ENDING), None)
        self.endings.show_endings(overview.endings, door.number if door else 0)
        self._order_tabs()
        self._later.start()

    def _order_tabs(self) -> None:
        """Tab goes down the page: drafts, doors, the work, what ends."""
        items = (self._drafts.itemAt(place) for place in range(self._drafts.count()))
        kept = [item.widget() for item in items if item is not None]
        stops: list[QWidget] = []
        for part in (*kept, *self._buttons, self.work, self.endings):
            if part is None:
                continue
            stops += [part] if isinstance(part, QAbstractButton) else part.findChildren(QAbstractButton)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _show_drafts(self, kept: Sequence[drafts.Kept]) -> None:
        _emptied(self._drafts)
        shown = kept if self._all_drafts else kept[:_DRAFTS]
        for one in shown:
            self._drafts.addWidget(self._banner(one))
        if len(kept) > len(shown):
            number = grouped(len(kept) - len(shown))
            more = Button(tr(f"{number} konsep lain", f"{number} more drafts"), "link", name="more_drafts")
            more.clicked.connect(self._show_all_drafts)
            self._drafts.addWidget(more)

    def _show_all_drafts(self) -> None:
        self._all_drafts = True
        if self._overview is not None:
            self._show_drafts(self._overview.drafts)

    def _show_doors(self) -> None:
        overview = self._overview
        doors = [] if overview is None or overview.empty else list(overview.doors)
        large, small = doors[: home.BIG], [door for door in doors[home.BIG :] if door.number]
        if doors and self._pairs:
            small.append(self._doubles_door())
        if [door.key for door in (*large, *small)] == [button.door.key for button in self._buttons]:
            for button, door in zip(self._buttons, (*large, *small), strict=True):
                button.show_door(door)  # nothing flickers while somebody is reading
            self._doors.arrange()
            return
        registry = self.ctx.registry
        first, others = (
            [LargeDoor(door, registry) for door in large],
            [SmallDoor(door, registry) for door in small],
        )
        self._buttons = [*first, *others]
        for button in self._buttons:
            button.list_asked.connect(self.open_list)
            button.page_asked.connect(lambda page, one=button: self._open_page(page, one.door))
        self._doors.fill(first)
        self._others.fill(others)

    def _open_page(self, page: str, door: home.Door) -> None:
        if page == "work":
            self.work.show_door(door.key, door.label.say())
        else:
            self.open_page.emit(page)

    def _show_work(self) -> None:
        if self._overview is None:
            return
        tasks = [*self._overview.tasks, *map(self._double_task, self._pairs)]
        doors = {task.door for task in tasks}
        total = sum(door.number for door in self._overview.doors if door.key in doors) + len(self._pairs)
        self.work.show_tasks(tasks, total, self._now().year)

    # ---- possible doubles

    def _look_for_doubles(self) -> None:
        if not self.isVisible() or self._searches.waiting():
            return

        def look(op: Op) -> list[Pair]:
            from desktop_app.services import doubles  # noqa: PLC0415  (the window starts without the database layer)

            return doubles.newest(self.ctx, self._remembered, op)

        self._searches.run(look, self._show_pairs)

    def _show_pairs(self, pairs: list[Pair]) -> None:
        if pairs != self._pairs:
            self._pairs = pairs
            self._show_doors()
            self._show_work()
            self._order_tabs()

    def _doubles_door(self) -> home.Door:
        return home.Door(
            DOUBLES,
            "content-duplicate",
            "warn",
            Words("Mungkin ganda", "Possible doubles"),
            len(self._pairs),
            Words("di antara catatan terbaru", "among the newest records"),
            Words("Tampilkan", "Show"),
            page="work",
        )

    def _double_task(self, pair: Pair) -> home.Task:
        new, old = pair.second, pair.first
        said = show.date(old.at) if old.at else old.number
        states = self.ctx.kind(pair.kind).life_cycle
        state = next((one for one in states.states if one.label == new.status), None) if states else None
        return home.Task(
            DOUBLES,
            pair.kind,
            new.uid,
            f"{new.title} = {old.title}?" if new.title != old.title else f"2 × {new.title}",
            Words(f"{old.why.id} ({said})", f"{old.why.en} ({said})") if said not in old.why.id else old.why,
            state,
            new.at,
        )

    # ---- deeds

    def _open_task(self, task: home.Task) -> None:
        if task.kept is not None:
            self.go_on.emit(task.kept)
        elif task.page:
            self.open_page.emit(task.page)
        elif task.uid:
            self.open_record.emit(task.kind, task.uid)
        else:
            self.begin.emit(task.kind, task.begin)

    def _open_endings(self) -> None:
        if self._overview is not None:
            self.open_list.emit(self._overview.door(ENDING).queries[0][0])

    def _choose_kind(self, anchor: QWidget | None = None) -> None:
        """A menu of the kinds that this office writes."""
        below = anchor if isinstance(anchor, QWidget) else self._new_button
        menu = QMenu(self)
        menu.setObjectName("new_record_menu")
        used = self.ctx.settings.sections
        for section in self.ctx.registry.sections:
            kinds = [kind for kind in self.ctx.registry.of_section(section.name) if section.name in used]
            if kinds:
                menu.addSection(section.label.say())
            for kind in kinds:
                action = menu.addAction(theme.icon(kind.icon), kind.label.say())
                action.setObjectName(f"new_{kind.name}")
                action.triggered.connect(lambda _=False, name=kind.name: self._begin(name, {}))
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))

    def _begin(self, kind: str, known: Mapping[str, Value]) -> None:
        self.begin.emit(kind, known)

    def _throw(self, kept: drafts.Kept) -> None:
        drafts.throw(self.ctx, kept)
        self.activate()

    def _banner(self, kept: drafts.Kept) -> Banner:
        go_on = Button(
            tr("Lanjutkan", "Go on"), "outlined", "pencil-outline", dim="small", name=f"go_on_{kept.uid}"
        )
        throw = Button(tr("Buang…", "Throw away…"), "quiet", dim="small", name=f"throw_{kept.uid}")
        at = kept.at.astimezone(self.ctx.settings.zone)
        words = tr(
            f"Konsep {kept.title}, belum disimpan sejak {at:%d/%m %H.%M}. Isiannya utuh.",
            f"Draft {kept.title}, not saved since {at:%d/%m %H.%M}. All that was typed is there.",
        )
        banner = Banner("backup-restore", words, [throw, go_on])
        go_on.clicked.connect(lambda: self.go_on.emit(kept))
        throw.clicked.connect(lambda: self._asked_to_throw(kept, banner, throw))
        return banner

    def _asked_to_throw(self, kept: drafts.Kept, banner: Banner, throw: Button) -> None:
        """What was typed goes only when it was said twice."""
        if throw.property("asked"):
            self._throw(kept)
            return
        throw.setProperty("asked", True)
        throw.set_words(tr("Ya, buang", "Yes, throw away"))
        banner.set_words(
            tr(
                f"Buang konsep {kept.title}? Isiannya tidak bisa dikembalikan.",
                f"Throw the draft {kept.title} away? What was typed can't be brought back.",
            )
        )
