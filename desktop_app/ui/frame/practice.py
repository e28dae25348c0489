"""The banner of practice: across the top of the window, on every page, so that nobody takes what is below for real."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, ElidedLabel, Label

_STRIPES = 12  # u at each end


class PracticeBanner(QFrame):
    """Says in words and with stripes that this is practice. `leave` asks to go back to the real data."""

    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice_banner")
        self.setProperty("kind", "practice")
        self._icon = QLabel()
        self._first = Label(
            tr("LATIHAN — data ini bukan data sungguhan", "PRACTICE — these are not real records"),
            "strong",
            "on_accent",
        )
        self._first.setObjectName("practice_words")
        self._more = ElidedLabel(
            tr(
                "Coba apa saja: tidak ada yang sampai ke Pusat.",
                "Try whatever you like: nothing reaches headquarters.",
            ),
            "meta",
            "on_accent",
        )
        self.setAccessibleName(self._first.text())
        self.setAccessibleDescription(self._more.text())
        self.button = Button(
            tr("Kembali ke data kantor", "Back to the office's records"),
            "outlined",
            "arrow-left",
            dim="small",
            name="action_leave_practice",
        )
        self.button.clicked.connect(self.leave)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._first)
        self._row.addWidget(self._more, 1)
        self._row.addWidget(self.button)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size, and the icon in the colours in use."""
        look = theme.current()
        self.setFixedHeight(look.px(9))
        self._row.setContentsMargins(look.px(_STRIPES + 3), 0, look.px(_STRIPES + 3), 0)
        self._row.setSpacing(look.px(2))
        self._icon.setPixmap(
            theme.pixmap("school-outline", "on_accent", look.px(5), self.devicePixelRatioF())
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The accent, with stripes at both ends."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("accent"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = look.px(_STRIPES)
        for left in (0, self.width() - wide):
            self._stripes(painter, QRect(left, 0, wide, self.height()))
        painter.end()

    def _stripes(self, painter: QPainter, box: QRect) -> None:
        look = theme.current()
        painter.save()
        painter.setClipRect(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_line"))
        step, high = look.px(4), box.height()
        for left in range(box.left() - high, box.right() + high, step):
            right = left + step // 2
            corners = ((left + high, 0), (right + high, 0), (right, high), (left, high))
            painter.drawPolygon(QPolygon([QPoint(x, y) for x, y in corners]))
        painter.restore()
