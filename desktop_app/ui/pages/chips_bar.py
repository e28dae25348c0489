"""The filters of a list in one line of chips; what doesn't fit stands in the menu at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from desktop_app.core.query import Mark, Overdue, Query
from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.services.lists import Counts, label
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.pages.checklist_chip import ChecklistChip
from desktop_app.ui.pages.period_chip import PeriodChip
from desktop_app.ui.table.columns import is_day
from desktop_app.ui.widgets import Chip, IconButton


class ChipsBar(QWidget):
    """Open and all; a checklist for the status and each declared filter; the period; own, returned, unsent and removed records."""

    changed = Signal()
    """The user changed a filter."""
    menu_asked = Signal(str)
    """The checklist of this field was opened and wants its entries."""

    def __init__(
        self,
        kind: Kind,
        today: dt.date,
        overdue_now: Callable[[], Overdue | None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._overdue_now = kind, overdue_now
        self._chips: list[Chip] = []
        self.open: Chip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Saringan", "Filters"))
        if kind.life_cycle is not None and kind.life_cycle.is_work:
            self.open = self._chip(tr("Terbuka", "Open"), "filter_open", self._open_clicked)
        self.all = self._chip(tr("Semua", "All"), "filter_all", self._all_clicked)
        self.removed = self._chip(tr("Terhapus", "Removed"), "filter_removed", self._tell)
        self.lists: dict[str, ChecklistChip] = {}
        self.periods: dict[str, PeriodChip] = {}
        for field in kind.filters:
            if is_day(kind, field):
                self._period(field, today)
            else:
                self._checklist(field)
        self.overdue: Chip | None = None
        if kind.promise is not None:
            self.overdue = self._chip(tr("Lewat target", "Overdue"), "filter_overdue", self._overdue_clicked)
        self._late: Overdue | None = None
        self.mine = self._chip(tr("Saya catat", "Entered by me"), "filter_mine", self._tell)
        self.returned = self._chip(tr("Dikembalikan", "Returned"), "filter_returned", self._tell)
        self.unsent = self._chip(tr("Belum terkirim", "Not sent yet"), "filter_unsent", self._tell)
        self.own = self._chip(tr("Tanggung jawab kantor ini", "This office's own"), "filter_own", self._tell)
        self._marks: dict[Mark, Chip] = {
            "mine": self.mine,
            "returned": self.returned,
            "unsent": self.unsent,
            "own": self.own,
        }
        self.more = IconButton(
            tr("Saringan lain", "More filters"), "dots-horizontal", name="filter_more", parent=self
        )
        self.more.clicked.connect(self._open_more)
        self._show_open_or_all(open_only=self.open is not None)
        self.setFixedHeight(theme.current().px(8))  # what fits is seen when there is a width
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        self.setFixedHeight(theme.current().px(8))
        self._arrange()

    # --- the question

    def asked(self, query: Query) -> Query:
        """The query with what the chips say."""
        where = tuple((field, chip.chosen) for field, chip in self.lists.items() if chip.chosen)
        spans = [(field, *chip.span) for field, chip in self.periods.items() if chip.span is not None]
        span = next(((field, first.isoformat(), last.isoformat()) for field, first, last in spans), None)
        return replace(
            query,
            where=where,
            open_only=self.open is not None and self.open.isChecked(),
            period=span,
            marks=frozenset(mark for mark, chip in self._marks.items() if chip.isChecked()),
            removed=self.removed.isChecked(),
            overdue=self._late,
        )

    def take(self, query: Query) -> None:
        """Show a question, without telling. What it asks beyond the chips (search, order) is not theirs."""
        self.clear()
        for field, values in query.where:
            self.lists[field].choose(values)
        if query.period is not None:
            field, first, last = query.period
            self.periods[field].choose((dt.date.fromisoformat(first), dt.date.fromisoformat(last)))
        for mark, chip in self._marks.items():
            chip.setChecked(mark in query.marks)
        self.removed.setChecked(query.removed)
        if self.overdue is not None:
            self._late = query.overdue
            self.overdue.setChecked(query.overdue is not None)
        self._show_open_or_all(open_only=query.open_only)
        if self.open is None or any(field == "status" for field, _ in query.where):
            self.all.setChecked(not self.narrowed())
        self._arrange()

    def narrowed(self) -> bool:
        """Whether any chip leaves records out."""
        query = self.asked(Query(self._kind.name))
        return query != Query(self._kind.name)

    def clear(self) -> None:
        """Show all, without telling."""
        for chip in (*self._marks.values(), self.removed, self.overdue):
            if chip is not None:
                chip.setChecked(False)
        self._late = None
        for chip in self.lists.values():
            chip.choose(())
        for period in self.periods.values():
            period.choose(None)
        self._show_open_or_all(open_only=False)
        self._arrange()

    def show_counts(self, counts: Counts) -> None:
        """The numbers on the chips."""
        if self.open is not None:
            self.open.set_count(counts.open)
        self.all.set_count(counts.all)
        self.returned.set_count(counts.returned or None)
        self.unsent.set_count(counts.unsent or None)
        self._arrange()

    # --- clicks

    def _open_clicked(self) -> None:
        if "status" in self.lists:
            self.lists["status"].choose(())
        self._show_open_or_all(open_only=True)
        self._tell()

    def _all_clicked(self) -> None:
        """All states; of a kind without states, all records."""
        if self.open is None:
            self.clear()
        elif "status" in self.lists:
            self.lists["status"].choose(())
        self._show_open_or_all(open_only=False)
        self._tell()

    def _overdue_clicked(self) -> None:
        on = self.overdue is not None and self.overdue.isChecked()
        self._late = self._overdue_now() if on else None
        self._tell()

    def _list_changed(self, field: str) -> None:
        if field == "status" and self.open is not None:
            self.open.setChecked(False)
            self.all.setChecked(not self.lists[field].chosen)
        self._tell()

    def _period_changed(self, field: str) -> None:
        for other, chip in self.periods.items():  # a question has one period
            if other != field:
                chip.choose(None)
        self._tell()

    def _show_open_or_all(self, *, open_only: bool) -> None:
        if self.open is not None:
            self.open.setChecked(open_only)
        self.all.setChecked(not open_only)

    def _tell(self) -> None:
        if self.open is None:
            self.all.setChecked(not self.narrowed())
        self._arrange()
        self.changed.emit()

    # --- parts

    def _chip(self, words: str, name: str, clicked: Callable[[], None]) -> Chip:
        chip = Chip(words, name=name, parent=self)
        chip.clicked.connect(clicked)
        self._chips.append(chip)
        return chip

    def _checklist(self, field: str) -> None:
        chip = ChecklistChip(field, label(self._kind, field).say(), self)
        chip.asked.connect(lambda: self.menu_asked.emit(field))
        chip.changed.connect(lambda: self._list_changed(field))
        self.lists[field] = chip
        self._chips.append(chip)

    def _period(self, field: str, today: dt.date) -> None:
        chip = PeriodChip(field, label(self._kind, field).say(), today, self)
        chip.changed.connect(lambda: self._period_changed(field))
        self.periods[field] = chip
        self._chips.append(chip)

    # --- room

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(theme.current().px(120), theme.current().px(8))

    def minimumSizeHint(self) -> QSize:
        """One chip and the menu."""
        return QSize(theme.current().px(50), theme.current().px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits."""
        super().resizeEvent(event)
        self._arrange()

    def _wanted(self) -> list[Chip]:
        """The chips worth a place: what is rarely asked stands in the menu until it is on."""
        rare: list[Chip] = [self.mine, self.unsent, self.own, self.removed]
        if not self.returned.accessibleDescription():  # there are none
            rare.append(self.returned)
        return [chip for chip in self._chips if chip not in rare or chip.is_on()]

    def _arrange(self) -> None:
        look = theme.current()
        gap, top = look.px(1.5), look.px(0.5)
        wanted = self._wanted()
        room = self.width() - look.px(8) - gap
        used = 0
        fitting: set[Chip] = set()
        # What filters is always seen, and that something came back.
        for chip in sorted(wanted, key=lambda chip: (not chip.is_on(), chip is not self.returned)):
            wide = chip.sizeHint().width() + gap
            if used + wide > room and fitting:
                continue
            used += wide
            fitting.add(chip)
        x = 0
        for chip in self._chips:
            shown = chip in fitting
            chip.setVisible(shown)
            if shown:
                size = chip.sizeHint()
                chip.setGeometry(x, top, size.width(), size.height())
                x += size.width() + gap
        self.more.setGeometry(x, 0, look.px(8), look.px(8))

    @cached_property
    def _menu(self) -> QMenu:
        return QMenu(self)

    def _open_more(self) -> None:
        self._menu.clear()
        for chip in self._chips:
            if not chip.isVisible():
                self._entry(chip)
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _entry(self, chip: Chip) -> None:
        count = _count(chip)
        words = chip.words() + (f"  {grouped(count)}" if count else "")
        action = self._menu.addAction(words.replace("&", "&&"))
        action.setObjectName(chip.objectName())
        if isinstance(chip, ChecklistChip | PeriodChip):
            action.setText(words.replace("&", "&&") + "…")
            action.triggered.connect(lambda: self._open_at_more(chip))
        else:
            action.setCheckable(True)
            action.setChecked(chip.isChecked())
            action.triggered.connect(chip.click)

    def _open_at_more(self, chip: ChecklistChip | PeriodChip) -> None:
        chip.anchor = self.more
        chip.open_menu()
        chip.anchor = chip


def _count(chip: QAbstractButton) -> int:
    description = chip.accessibleDescription()
    return int("".join(letter for letter in description if letter.isdigit()) or 0)
