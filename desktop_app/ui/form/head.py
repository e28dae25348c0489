"""The top of a record: what it is, its number, how far it is in its life cycle, its tabs and the steps that can be made."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.core import show
from desktop_app.core.draft import Draft
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind, Move
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import Button, IconButton
from desktop_app.ui.widgets.labels import ElidedLabel, Label
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.stepper import Step, Stepper, StepState
from desktop_app.ui.widgets.tabs import Tab, TabStrip

SHOWN_MOVES = 2
"""So many steps have a button; the others are in the menu."""


def short_name(person: str) -> str:
    """Sri Wahyuni -> Sri W.: under the stepper there is little room."""
    words = person.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else person


def steps_of(kind: Kind, record: Record, zone: dt.tzinfo, year: int) -> list[Step]:
    """The ordinary way of the life cycle with date and person of what is done; a side state stands at the end of what was done."""
    cycle = kind.life_cycle
    if cycle is None:
        return []
    last = {moved.after: moved for moved in record.moves}
    way = list(cycle.path)
    if record.status is not None and record.status not in way:
        way = [*(state for state in way if state in last), record.status]
    place = way.index(record.status) if record.status in way else 0
    steps = []
    for number, code in enumerate(way):
        moved = last.get(code) if number <= place else None
        note = f"{show.date(moved.at.astimezone(zone).date(), year)}  {short_name(moved.by)}" if moved else ""
        state: StepState = "now" if number == place else "done" if number < place else "next"
        label = cycle.by_code[code].label.say() if code in cycle.by_code else code
        steps.append(Step(label, state, note))
    return steps


class RecordHead(QWidget):
    """Title line, stepper, and the line of tabs and life-cycle buttons."""

    closed = Signal()
    stepped = Signal(int)
    moved = Signal(object)  # Move
    removed = Signal()
    recovered = Signal()
    duplicated = Signal()
    given_back = Signal()
    approved = Signal()
    transferred = Signal(bool)
    """Another office is to be responsible; True: headquarters."""
    proposed = Signal()
    tab_chosen = Signal(str)

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._record: Record | None = None
        self._low = False
        self.gives_back = False
        """Whether the menu offers to give the record back to its office."""
        self.transfers = False
        """Whether the menu offers to make another office responsible."""
        self.adopts = False
        """Whether it offers to make the record headquarters' own."""
        self.proposes = False
        """Whether it offers to propose a change of another office's record."""
        self._move_buttons: list[Button] = []
        self._moves: list[Move] = []
        self._for_new: list[Button] = []
        self.back = IconButton(
            tr("Kembali ke daftar (Esc)", "Back to the list (Esc)"), "arrow-left", name="action_back"
        )
        self.close_button = IconButton(tr("Tutup (Esc)", "Close (Esc)"), "close", name="action_close")
        self._title = ElidedLabel("", "record")
        self._number = Label("", "meta")
        self._pill = Pill("", "info", "ring")
        self._mark = Label("", "meta")
        self._pager = Label("", "label")
        self._up = IconButton(
            tr("Catatan sebelumnya", "Previous record"), "chevron-up", name="action_previous"
        )
        self._down = IconButton(tr("Catatan berikutnya", "Next record"), "chevron-down", name="action_next")
        self._duplicate = IconButton(
            tr("Gandakan", "Duplicate"), "content-duplicate", name="action_duplicate"
        )
        self._more = IconButton(tr("Lainnya", "More"), "dots-horizontal", name="action_more")
        self._more.setFocusPolicy(
            Qt.FocusPolicy.TabFocus
        )  # a click leaves the cursor in the field that is meant
        self.stepper = Stepper()
        self.tabs = TabStrip()
        self._buttons = QHBoxLayout()
        self._lay_out()
        self.back.clicked.connect(self.closed)
        self.close_button.clicked.connect(self.closed)
        self._up.clicked.connect(lambda: self.stepped.emit(-1))
        self._down.clicked.connect(lambda: self.stepped.emit(1))
        self._duplicate.clicked.connect(self.duplicated)
        self._more.clicked.connect(self._menu)
        self.tabs.chosen.connect(self.tab_chosen)
        self.set_narrow(False)
        self.restyle()
        theme.changed.connect(self.restyle)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._number)
        self._top = QHBoxLayout()
        self._top.addWidget(self.back)
        self._top.addLayout(words, 1)
        for widget in (
            self._pill,
            self._mark,
            self._pager,
            self._up,
            self._down,
            self._duplicate,
            self._more,
            self.close_button,
        ):
            self._top.addWidget(widget)
        self._line = QHBoxLayout()
        self._line.addWidget(self.tabs)
        self._line.addStretch(1)
        self._line.addLayout(self._buttons)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._top)
        self._way = QHBoxLayout()
        self._way.addWidget(self.stepper)
        self._box.addLayout(self._way)
        self._box.addLayout(self._line)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        side = look.px(6)
        self._box.setContentsMargins(0, look.px(3), 0, 0)
        self._box.setSpacing(0)
        self._top.setContentsMargins(side, 0, look.px(4), 0)
        self._top.setSpacing(look.px(1))
        self._way.setContentsMargins(side, look.px(3), side, 0)
        self._line.setContentsMargins(
            side - look.px(2.5), 0, side, 0
        )  # the words of the tabs stand on the line
        self._buttons.setSpacing(look.px(2))

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the form is the whole page: back arrow and pager instead of the cross."""
        self.back.setVisible(narrow)
        self.close_button.setVisible(not narrow)
        for widget in (self._pager, self._up, self._down):
            widget.setVisible(narrow)

    def set_low(self, low: bool) -> None:
        """In a window lower than 160u the stepper folds into a pill."""
        self._low = low
        cycle = self.kind.life_cycle
        steps = cycle is not None and len(cycle.path) > 1 and not low
        self.stepper.setVisible(steps)
        self._pill.setVisible(cycle is not None and not steps)
        self.tabs.set_height(9 if low else 10)

    def set_pager(self, words: str) -> None:
        """The record's place in the list: 1 dari 38."""
        self._pager.setText(words)

    def set_title(self, title: str) -> None:
        """Change what the record is called."""
        self._title.setText(title)

    def show_record(self, title: str, draft: Draft, zone: dt.tzinfo, *, steps: bool) -> None:
        """Show what the record is and where it stands; `steps`: this office may make its steps."""
        record = self._record = draft.record
        new = draft.base is None
        self.set_title(title)
        self._number.setText(
            record.record_no or tr("Belum disimpan", "Not saved yet") if new else record.record_no or ""
        )
        self._number.setVisible(bool(self._number.text()))
        self._mark.setText(tr("Dihapus", "Removed") if record.removed_at is not None else "")
        self._mark.set_tone("bad")
        self.stepper.show_steps(steps_of(self.kind, record, zone, draft.where.today.year))
        cycle = self.kind.life_cycle
        state = cycle.by_code.get(record.status or "") if cycle else None
        if state is not None:
            self._pill.show_status(state.label.say(), state.family, state.shape)
        self._duplicate.setVisible(not new)
        for button in self._for_new:
            button.setVisible(new)
        movable = steps and cycle is not None and not new and record.removed_at is None
        self._show_moves(list(cycle.moves_from(record.status)) if cycle is not None and movable else [])
        self._set_tabs(new)

    def _set_tabs(self, new: bool) -> None:
        keys = ["form", "photos"] if new else ["form", "photos", "history", "related"]
        if self.tabs.keys() != keys:
            words = {
                "form": tr("Isian", "Form"),
                "photos": tr("Foto", "Photos"),
                "history": tr("Riwayat", "History"),
                "related": tr("Terkait", "Related"),
            }
            self.tabs.set_tabs([Tab(key, words[key]) for key in keys])

    def add_for_new(self, button: Button) -> None:
        """A button beside the tabs of records that are still new."""
        self._for_new.append(button)
        self._line.addWidget(button)

    def set_count(self, key: str, count: int | None) -> None:
        """How many entries a tab has."""
        if key in self.tabs.keys():  # noqa: SIM118  (the tabs are no mapping)
            self.tabs.set_count(key, count)
            self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for more or fewer steps beside the tabs."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The tabs come first: a step that has no room beside them is in the menu, the expected one never."""
        margins, gap = self._line.contentsMargins(), self._buttons.spacing()
        room = self.width() - margins.left() - margins.right() - self.tabs.sizeHint().width()
        for place, button in enumerate(reversed(self._move_buttons)):
            room -= button.sizeHint().width() + gap
            button.setVisible(place == 0 or room >= 0)

    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order, shown or not."""
        top = (self.back, self._up, self._down, self._duplicate, self._more, self.close_button)
        return [*top, self.tabs, *self._for_new, *self._move_buttons]

    def _show_moves(self, moves: list[Move]) -> None:
        self._moves = moves
        for old in self._move_buttons:
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._move_buttons = []
        main = [move for move in moves if move.main][:1]
        others = [move for move in moves if move not in main][: SHOWN_MOVES - len(main)]
        for move in [*others, *main]:
            words = move.label.say() + ("…" if move.asks or move.reason else "")
            button = Button(
                words, "tonal" if move.main else "outlined", dim="small", name=f"action_move_{move.name}"
            )
            button.clicked.connect(lambda _checked=False, move=move: self.moved.emit(move))
            self._move_buttons.append(button)
            self._buttons.addWidget(button)
        self._make_room()

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("record_menu")
        shown = {button.objectName() for button in self._move_buttons if not button.isHidden()}
        for move in self._moves:
            if f"action_move_{move.name}" not in shown:
                action = menu.addAction(move.label.say() + ("…" if move.asks or move.reason else ""))
                action.triggered.connect(lambda _checked=False, move=move: self.moved.emit(move))
        if menu.actions():
            menu.addSeparator()
        if self.gives_back:
            give = menu.addAction(theme.icon("arrow-u-left-top", "text2"), tr("Kembalikan…", "Give back…"))
            give.setObjectName("action_give_back")
            give.triggered.connect(self.given_back)
            approve = menu.addAction(theme.icon("check", "text2"), tr("Setujui", "Approve"))
            approve.setObjectName("action_approve")
            approve.setEnabled(
                self._record is not None and self._record.values.get("review_state") != "APPROVED"
            )
            approve.triggered.connect(self.approved)
        if self.proposes:
            propose = menu.addAction(
                theme.icon("comment-edit-outline", "text2"), tr("Usulkan perubahan…", "Propose a change…")
            )
            propose.setObjectName("action_propose")
            propose.triggered.connect(self.proposed)
        if self.transfers:
            away = menu.addAction(
                theme.icon("account-switch-outline", "text2"),
                tr("Pindahkan tanggung jawab…", "Make another office responsible…"),
            )
            away.setObjectName("action_transfer")
            away.triggered.connect(lambda: self.transferred.emit(False))
        if self.adopts:
            adopt = menu.addAction(
                theme.icon("account-switch-outline", "text2"),
                tr("Jadikan milik Pusat…", "Make it headquarters' own…"),
            )
            adopt.setObjectName("action_adopt")
            adopt.triggered.connect(lambda: self.transferred.emit(True))
        if self._record is not None and self._record.removed_at is not None:
            menu.addAction(
                theme.icon("backup-restore", "text2"), tr("Pulihkan", "Recover")
            ).triggered.connect(self.recovered)
        else:
            menu.addAction(theme.icon("trash-can-outline", "bad"), tr("Hapus…", "Remove…")).triggered.connect(
                self.removed
            )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
