"""The photos of one stage as tiles: a heading, the pictures with caption and time, and a ground that takes what is dropped on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.show import number, show_any
from desktop_app.core.words import tr
from desktop_app.services.photos import STAGES, Photo
from desktop_app.ui import theme
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.labels import SectionHeading

ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
"""From photo to photo, whichever way they stand."""
WIDE, HIGH = 40, 30  # u, of a picture
_WORDS = 11  # u, for the two lines below it
_GAP = 3
_EMPTY = 12


def thumbnail_size() -> QSize:
    """How large a tile's picture is, in logical pixels."""
    look = theme.current()
    return QSize(look.px(WIDE), look.px(HIGH))


class PhotoTile(QAbstractButton):
    """One photo: a click or Enter opens it, Delete takes it away, the menu key or the right button shows what can be done."""

    removal = Signal()
    menu = Signal(QPoint)

    def __init__(self, photo: Photo, zone: dt.tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photo = photo
        self._picture: QPixmap | None = None
        self._broken = False
        self._when = show_any(photo.taken_at, zone=zone) if photo.taken_at else ""
        self.setObjectName(f"photo_{photo.uid}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        named = ", ".join(
            part for part in (STAGES.words(photo.stage).say(), self._named(), self._when) if part
        )
        self.setAccessibleName(named)
        self.setAccessibleDescription("" if photo.here else self._instead())
        self.setToolTip("\n".join(part for part in (photo.caption, photo.file_name, self._when) if part))
        theme.changed.connect(self.updateGeometry)

    def show_picture(self, picture: QPixmap | None) -> None:
        """The picture has been made ready; None: it can't be shown."""
        self._picture, self._broken = picture, picture is None
        self.update()

    def is_shown(self) -> bool:
        """Whether its picture is there to be seen."""
        return self._picture is not None

    def sizeHint(self) -> QSize:
        """Picture and two lines."""
        look = theme.current()
        return QSize(look.px(WIDE), look.px(HIGH + _WORDS))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes away; the arrow keys are the tab's: a button would go to any other button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal.emit()
        elif event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with it, below the pointer; by the keyboard in its middle."""
        self.menu.emit(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint picture, words and focus."""
        look = theme.current()
        painter = painting.smooth(self)
        frame = QRect(0, 0, self.width(), look.px(HIGH))
        painting.fill(painter, frame, look.px(1.5), "sunken")
        if self._picture is not None:
            self._paint_picture(painter, frame, self._picture)
        else:
            self._paint_instead(painter, frame)
        if self.hasFocus():
            painting.outline(painter, frame, look.px(1.5), "focus", 2)
        else:
            painting.outline(painter, frame, look.px(1.5), "focus" if self.underMouse() else "hairline")
        line = QRect(0, frame.bottom() + look.px(1), self.width(), look.px(5))
        painting.write(painter, line, self._named(), "body", "text" if self.photo.caption else "text2")
        painting.write(painter, line.translated(0, look.px(4.5)), self._when, "meta", "text3")
        painter.end()

    def _named(self) -> str:
        return self.photo.caption or self.photo.file_name

    @staticmethod
    def _paint_picture(painter: QPainter, frame: QRect, picture: QPixmap) -> None:
        size = picture.deviceIndependentSize()
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(frame).center())
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(frame), theme.current().px(1.5), theme.current().px(1.5))
        painter.setClipPath(corners)
        painter.drawPixmap(place.toRect(), picture)
        painter.setClipping(False)

    def _paint_instead(self, painter: QPainter, frame: QRect) -> None:
        look = theme.current()
        left = frame.center().x() - look.px(4.5)
        painting.picture(painter, left, frame.center().y() - look.px(8), "image-multiple-outline", "text3", 9)
        below = QRect(frame.x(), frame.center().y() + look.px(2), frame.width(), look.px(5))
        painting.write(painter, below, self._instead(), "meta", "text3", painting.CENTRE)

    def _instead(self) -> str:
        if not self.photo.here:
            return tr("Foto menyusul", "Photo to follow")
        return tr("Tidak bisa ditampilkan", "Can't be shown") if self._broken else ""


class _Ground(QWidget):
    """Where there is no photo yet: a dashed frame that says how one gets there."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(WIDE), theme.current().px(_EMPTY))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painting.smooth(self)
        pen = QPen(look.colour("border"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, look.px(1.5), look.px(1.5))
        painting.write(painter, self.rect(), self._words, "meta", "text3", painting.CENTRE)
        painter.end()


class StageSection(QWidget):
    """The photos of one stage. `opened` and `removal` carry a photo, `menu` a photo and the place on the screen."""

    add = Signal(str)
    opened = Signal(object)
    removal = Signal(object)
    menu = Signal(object, QPoint)

    def __init__(
        self, stage: str, heading: str, photos: Sequence[Photo], zone: dt.tzinfo, *, may_change: bool
    ) -> None:
        super().__init__()
        self.stage = stage
        self.setObjectName(f"stage_{stage}")
        look = theme.current()
        self.button: Button | None = None
        if may_change:
            self.button = Button(tr("Tambah…", "Add…"), "link", name=f"action_add_{stage}")
            self.button.setAccessibleDescription(heading)
            self.button.clicked.connect(lambda: self.add.emit(stage))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(2))
        column.setSpacing(look.px(2))
        column.addWidget(SectionHeading(heading, number(len(photos)) if photos else "", self.button))
        self.tiles = [self._tile(photo, zone) for photo in photos]
        self._grid = QGridLayout()
        self._grid.setSpacing(look.px(_GAP))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._grid)
        if not photos:
            column.addWidget(_Ground(self._invitation(may_change=may_change)))
        self._columns = 0

    @staticmethod
    def _invitation(*, may_change: bool) -> str:
        if may_change:
            return tr("Seret foto ke sini, atau tempel (Ctrl+V)", "Drop photos here, or paste (Ctrl+V)")
        return tr("Belum ada foto", "No photo yet")

    def _tile(self, photo: Photo, zone: dt.tzinfo) -> PhotoTile:
        tile = PhotoTile(photo, zone, self)
        tile.clicked.connect(lambda: self.opened.emit(photo))
        tile.removal.connect(lambda: self.removal.emit(photo))
        tile.menu.connect(lambda place: self.menu.emit(photo, place))
        return tile

    def arrange(self, width: int) -> None:
        """Put as many tiles side by side as fit into `width` logical pixels."""
        look = theme.current()
        columns = max(1, (width + look.px(_GAP)) // look.px(WIDE + _GAP))
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
