"""The top of a record: what it is, its number, how far it is in its life cycle, its tabs and the steps that can be made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.core.record import Record
from desktop_app.core.show import show_short
from desktop_app.core.spec import Kind, Move
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import Button, IconButton
from desktop_app.ui.widgets.labels import ElidedLabel, Label
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.stepper import Step, Stepper
from desktop_app.ui.widgets.tabs import Tab, TabStrip

SHOWN_MOVES = 2
"""So many steps have a button; the others are in the menu."""


def short_name(person: str) -> str:
    """ "Sri Wahyuni" -> "Sri W.": under the stepper there is little room."""
    words = person.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else person


def steps_of(kind: Kind, record: Record, zone: object, year: int) -> list[Step]:
    """The ordinary way of the life cycle with date and person of what is done; a side state stands at the end of what was done."""
    cycle = kind.life_cycle
    if cycle is None:
        return []
    last = {moved.after: moved for moved in record.moves}
    way = list(cycle.path)
    if record.status is not None and record.status not in way:
        done = [state for state in way if state in last]
        way = [*done, record.status]
    place = way.index(record.status) if record.status in way else 0
    steps = []
    for number, code in enumerate(way):
        moved = last.get(code) if number <= place else None
        note = f"{show_short(moved.at.astimezone(zone).date(), this_year=year)}  {short_name(moved.by)}" if moved else ""  # type: ignore[arg-type]
        state = "now" if number == place else "done" if number < place else "next"
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
    tab_chosen = Signal(str)

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._record: Record | None = None
        self._narrow = False
        self._moves: list[Move] = []
        self.back = IconButton(tr("Kembali ke daftar (Esc)", "Back to the list (Esc)"), "arrow-left", name="action_back")
        self.close_button = IconButton(tr("Tutup (Esc)", "Close (Esc)"), "close", name="action_close")
        self._title = ElidedLabel("", "record")
        self._number = Label("", "meta")
        self._pill = Pill("", "info", "ring")
        self._mark = Label("", "meta")
        self._pager = Label("", "label")
        self._up = IconButton(tr("Catatan sebelumnya", "Previous record"), "chevron-up", name="action_previous")
        self._down = IconButton(tr("Catatan berikutnya", "Next record"), "chevron-down", name="action_next")
        self._more = IconButton(tr("Lainnya", "More"), "dots-horizontal", name="action_more")
        self.stepper = Stepper()
        self.tabs = TabStrip()
        self._buttons = QHBoxLayout()
        self._lay_out()
        self.back.clicked.connect(self.closed)
        self.close_button.clicked.connect(self.closed)
        self._up.clicked.connect(lambda: self.stepped.emit(-1))
        self._down.clicked.connect(lambda: self.stepped.emit(1))
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
        for widget in (self._pill, self._mark, self._pager, self._up, self._down, self._more, self.close_button):
            self._top.addWidget(widget)
        self._line = QHBoxLayout()
        self._line.addWidget(self.tabs)
        self._line.addStretch(1)
        self._line.addLayout(self._buttons)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._top)
        self._box.addWidget(self.stepper)
        self._box.addLayout(self._line)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(3), look.px(6), 0)
        self._box.setSpacing(look.px(2))
        self._top.setSpacing(look.px(2))
        self._buttons.setSpacing(look.px(2))

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the form is the whole page: back arrow and pager instead of the cross."""
        self._narrow = narrow
        self.back.setVisible(narrow)
        self.close_button.setVisible(not narrow)
        for widget in (self._pager, self._up, self._down):
            widget.setVisible(narrow)

    def set_low(self, low: bool) -> None:
        """In a window lower than 640 px the stepper folds into a pill."""
        self.stepper.setVisible(not low and self._has_steps())
        self._pill.setVisible(low and self._has_steps())

    def _has_steps(self) -> bool:
        return self.kind.life_cycle is not None

    def set_pager(self, words: str) -> None:
        """ "1 dari 38"."""
        self._pager.setText(words)

    def show_record(self, title: str, record: Record, steps: list[Step], mark: str = "") -> None:
        """Show what the record is and where it stands."""
        self._record = record
        self._title.setText(title)
        self._number.setText(record.record_no or tr("Belum disimpan", "Not saved yet"))
        self._mark.setText(mark)
        self.stepper.show_steps(steps)
        cycle = self.kind.life_cycle
        state = cycle.by_code.get(record.status or "") if cycle else None
        if state is not None:
            self._pill.show_status(state.label.say(), state.family, state.shape)
        self._show_moves(list(cycle.moves_from(record.status)) if cycle and record.removed_at is None else [])

    def _show_moves(self, moves: list[Move]) -> None:
        self._moves = moves
        while self._buttons.count():
            widget = self._buttons.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        main = [move for move in moves if move.main][:1]
        others = [move for move in moves if move not in main][: SHOWN_MOVES - len(main)]
        for move in [*others, *main]:
            words = move.label.say() + ("…" if move.asks or move.reason else "")
            button = Button(words, "tonal" if move.main else "outlined", dim="small", name=f"action_move_{move.name}")
            button.clicked.connect(lambda _checked=False, move=move: self.moved.emit(move))
            self._buttons.addWidget(button)

    def set_tabs(self, tabs: list[Tab]) -> None:
        """The tabs of the record."""
        chosen = self.tabs.chosen_key() if self.tabs.count() else ""
        self.tabs.set_tabs(tabs)
        if any(tab.key == chosen for tab in tabs):
            self.tabs.choose(chosen)

    def _menu(self) -> None:
        menu = QMenu(self)
        shown = {self._buttons.itemAt(i).widget().objectName() for i in range(self._buttons.count())}
        for move in self._moves:
            if f"action_move_{move.name}" not in shown:
                action = menu.addAction(move.label.say() + ("…" if move.asks or move.reason else ""))
                action.triggered.connect(lambda _checked=False, move=move: self.moved.emit(move))
        if menu.actions():
            menu.addSeparator()
        menu.addAction(theme.icon("content-duplicate", "text2"), tr("Gandakan", "Duplicate")).triggered.connect(self.duplicated)
        if self._record is not None and self._record.removed_at is not None:
            menu.addAction(theme.icon("backup-restore", "text2"), tr("Pulihkan", "Recover")).triggered.connect(self.recovered)
        else:
            menu.addAction(theme.icon("trash-can-outline", "bad"), tr("Hapus…", "Remove…")).triggered.connect(self.removed)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
