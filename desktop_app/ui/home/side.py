"""Beside the work: what was done lately as bars, and the permits that end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.home import BarLine, Ending
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Button, Card, painting


class Bars(QWidget):
    """One hue in two strengths, the numbers at the end of each bar, no axes; said in words to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[BarLine] = ()
        self.setObjectName("bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[BarLine]) -> None:
        """Change the figures."""
        self._lines = lines
        said = [
            tr(
                f"{line.label}: {grouped(line.done)} dari {grouped(line.done + line.open)}",
                f"{line.label}: {grouped(line.done)} of {grouped(line.done + line.open)}",
            )
            for line in lines
        ]
        self.setAccessibleName("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """What it wants."""
        look = theme.current()
        return QSize(look.px(80), look.px(8) * len(self._lines) + look.px(9))

    def minimumSizeHint(self) -> QSize:
        """What it can do with."""
        return QSize(theme.current().px(55), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = theme.current()
        painter = painting.smooth(self)
        body, meta = look.metrics["body"], look.metrics["meta"]
        longest = max((body.horizontalAdvance(line.label) for line in self._lines), default=0)
        names = min(longest + look.px(3), self.width() * 2 // 5)
        behind = max((self._behind(line) for line in self._lines), default=0)
        room = max(look.px(8), self.width() - names - behind)
        most = max((line.done + line.open for line in self._lines), default=1) or 1
        high = look.px(8)
        for place, line in enumerate(self._lines):
            y = place * high
            painting.write(painter, QRect(0, y, names - look.px(2), high), line.label, "body", "text2")
            done, still = room * line.done // most, room * line.open // most
            bar = QRect(names, y + look.px(2.25), done, look.px(3.5))
            painting.fill(painter, bar, look.px(0.5), "bar")
            soft = QRect(bar.right() + 2, bar.y(), still, bar.height())
            painting.fill(painter, soft, look.px(0.5), "bar_soft")
            x = names + done + still + look.px(2)
            figure = grouped(line.done)
            advance = look.metrics["strong"].horizontalAdvance(figure)
            painting.write(painter, QRect(x, y, advance + 1, high), figure, "strong", "text")
            of = self._of(line)
            painting.write(
                painter,
                QRect(x + advance + look.px(1.5), y, meta.horizontalAdvance(of) + 1, high),
                of,
                "meta",
                "text3",
            )
        self._legend(painter, len(self._lines) * high + look.px(3))
        painter.end()

    def _of(self, line: BarLine) -> str:
        whole = grouped(line.done + line.open)
        return tr(f"dari {whole}", f"of {whole}")

    def _behind(self, line: BarLine) -> int:
        look = theme.current()
        figure = look.metrics["strong"].horizontalAdvance(grouped(line.done))
        return figure + look.metrics["meta"].horizontalAdvance(self._of(line)) + look.px(5)

    def _legend(self, painter: QPainter, y: int) -> None:
        look = theme.current()
        meta, side, x = look.metrics["meta"], look.px(3), 0
        high = look.px(5)
        for token, words in (("bar", tr("selesai", "done")), ("bar_soft", tr("masih terbuka", "still open"))):
            painting.fill(painter, QRect(x, y + (high - side) // 2, side, side), look.px(0.5), token)
            wide = meta.horizontalAdvance(words) + 1
            painting.write(painter, QRect(x + side + look.px(2), y, wide, high), words, "meta", "text3")
            x += side + wide + look.px(5)
        done = sum(line.done for line in self._lines)
        whole = done + sum(line.open for line in self._lines)
        words = tr(f"{grouped(done)} dari {grouped(whole)}", f"{grouped(done)} of {grouped(whole)}")
        if x + meta.horizontalAdvance(words) < self.width():
            painting.write(
                painter, QRect(x, y, self.width() - x, high), words, "meta", "text2", painting.RIGHT
            )


class EndingRow(QAbstractButton):
    """A permit that ends: whose, which grave, how many days are left."""

    def __init__(self, ending: Ending, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ending = ending
        self.setObjectName(f"ending_{ending.uid}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        days = grouped(ending.days)
        self._days = (
            tr("hari ini", "today")
            if not ending.days
            else tr(f"{days} hari", f"{days} day" if ending.days == 1 else f"{days} days")
        )
        self.setAccessibleName(f"{ending.title}, {ending.place}, {self._days}")

    def sizeHint(self) -> QSize:
        """What it wants."""
        return QSize(theme.current().px(60), theme.current().px(7.5))

    def minimumSizeHint(self) -> QSize:
        """What it can do with."""
        return QSize(theme.current().px(40), theme.current().px(7.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = theme.current()
        painter = painting.smooth(self)
        if self.underMouse():
            painting.line(painter, self.rect(), "hover")
        high, side = self.height(), look.px(6)
        days = look.metrics["strong"].horizontalAdvance(self._days)
        end = self.width() - side
        painting.write(painter, QRect(end - days, 0, days + 1, high), self._days, "strong", "text")
        room = end - days - side - look.px(3)
        name = min(look.metrics["body"].horizontalAdvance(self.ending.title) + 1, room)
        painting.write(painter, QRect(side, 0, name, high), self.ending.title, "body", "text")
        rest = QRect(side + name + look.px(2), 0, room - name - look.px(2), high)
        if rest.width() > look.px(6):
            painting.write(painter, rest, self.ending.place, "meta", "text3")
        if self.hasFocus():
            painting.outline(painter, self.rect().adjusted(1, 0, -1, 0), look.px(1.5), "focus", 2)
        painter.end()


class Endings(Card):
    """The permits that end first, and the way to all of them."""

    all_asked = Signal()
    opened = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        self._more = Button("", "link", name="endings_all")
        super().__init__(title, "", self._more, parent, flush=True)
        self.setObjectName("endings")
        self._more.clicked.connect(self.all_asked)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self._shown: list[EndingRow] = []

    def show_endings(self, endings: Sequence[Ending], total: int) -> None:
        """Change them."""
        self._more.set_words(tr(f"Semua {grouped(total)}", f"All {grouped(total)}"))
        for row in self._shown:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._shown = [EndingRow(ending, self) for ending in endings]
        for row in self._shown:
            row.clicked.connect(lambda _=False, ending=row.ending: self.opened.emit(ending))
            self._column.addWidget(row)
        self.setVisible(bool(endings))
