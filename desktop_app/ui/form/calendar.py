"""The calendar of a date field (F4, or a click on its icon)."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QAbstractItemView, QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from desktop_app.core import words
from desktop_app.core.words import Words
from desktop_app.ui import theme


class CalendarPopup(QFrame):
    """A month to click into; arrows move, Enter takes, Esc closes."""

    picked = Signal(object)  # datetime.date

    def __init__(self, day: dt.date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("calendar")
        self.setProperty("kind", "card")
        self.calendar = QCalendarWidget()
        indonesian = words.language() == "id"
        self.calendar.setLocale(
            QLocale(QLocale.Language.Indonesian if indonesian else QLocale.Language.English)
        )
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        days = self.calendar.findChild(QAbstractItemView)
        if days is not None:
            days.setAccessibleName(words.tr("Tanggal", "Date"))
        self._dress()
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.addWidget(self.calendar)

    def _dress(self) -> None:
        """No red Sundays: red is for what is wrong. The arrows in the colours of the theme."""
        plain = QTextCharFormat()
        plain.setForeground(theme.current().colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        before, after = (
            Words("Bulan sebelumnya (PgUp)", "Previous month (PgUp)"),
            Words("Bulan berikutnya (PgDn)", "Next month (PgDn)"),
        )
        for name, icon, said in (
            ("prevmonth", "chevron-left", before),
            ("nextmonth", "chevron-right", after),
        ):
            button = self.calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if isinstance(button, QToolButton):
                button.setIcon(theme.icon(icon, "text2"))
                button.setAccessibleName(said.say())
                button.setToolTip(said.say())

    def open_below(self, field: QWidget) -> None:
        """Show it below a field, inside the screen."""
        self.adjustSize()
        place = field.mapToGlobal(QPoint(0, field.height() + 2))
        free = field.screen().availableGeometry()
        self.move(min(place.x(), free.right() - self.width()), min(place.y(), free.bottom() - self.height()))
        self.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self.picked.emit(dt.date(day.year(), day.month(), day.day()))
        self.close()
