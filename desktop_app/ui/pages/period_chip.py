"""The filter by time: this month, one of the last twelve, this year, last year."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.words import language, tr
from desktop_app.ui.widgets import MenuChip

_MONTHS = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


def month_words(month: dt.date) -> str:
    """`Nov 2026`."""
    return f"{_MONTHS[language()][month.month - 1]} {month.year}"


def month_span(month: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month in which a day lies."""
    first = month.replace(day=1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


class PeriodChip(MenuChip):
    """A chip with a menu of periods of the field `field`; `span` is the first and last day, or None."""

    changed = Signal()

    def __init__(self, field: str, words: str, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(words, name="filter_period", parent=parent)
        self.field = field
        self.span: tuple[dt.date, dt.date] | None = None
        self.anchor: QWidget = self
        self._plain, self._today = words, today

    def open_menu(self) -> None:
        """Open the menu below the chip, or below what stands for it."""
        self._fill()
        self.menu().popup(self.anchor.mapToGlobal(self.anchor.rect().bottomLeft()))

    def choose(self, span: tuple[dt.date, dt.date] | None) -> None:
        """Set the period without telling."""
        self.span = span
        self.set_on(span is not None)
        if span is None:
            self.set_words(self._plain)
        elif span == month_span(span[0]):
            self.set_words(month_words(span[0]))
        elif span == (span[0].replace(month=1, day=1), span[0].replace(month=12, day=31)):
            self.set_words(str(span[0].year))
        elif span[0] == dt.date.min:
            self.set_words(tr(f"sampai {span[1]:%d/%m/%Y}", f"until {span[1]:%d/%m/%Y}"))
        else:
            self.set_words(f"{span[0]:%d/%m/%Y}–{span[1]:%d/%m/%Y}")

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        self._entry(tr("Semua waktu", "Any time"), None)
        menu.addSeparator()
        month = self._today.replace(day=1)
        for _ in range(12):
            self._entry(month_words(month), month_span(month))
            month = (month - dt.timedelta(days=1)).replace(day=1)
        menu.addSeparator()
        for year in (self._today.year, self._today.year - 1):
            self._entry(str(year), (dt.date(year, 1, 1), dt.date(year, 12, 31)))

    def _entry(self, words: str, span: tuple[dt.date, dt.date] | None) -> None:
        action = self.menu().addAction(words)
        action.setCheckable(True)
        action.setChecked(span == self.span)
        action.triggered.connect(lambda: self._chosen(span))

    def _chosen(self, span: tuple[dt.date, dt.date] | None) -> None:
        self.choose(span)
        self.changed.emit()
