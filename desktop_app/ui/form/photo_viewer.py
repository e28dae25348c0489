"""One photo as large as the window, with what is known of it; the others of the record by the arrow keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.show import number, show_any
from desktop_app.core.words import tr
from desktop_app.services import photos
from desktop_app.services.context import AppContext
from desktop_app.services.photos import STAGES, Photo
from desktop_app.ui import keys, theme
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.choices import ComboBox
from desktop_app.ui.widgets.labels import Label

_SHARE = 0.92  # of the window behind it


def decoded(data: bytes | None) -> QImage | None:
    """The picture for the screen; for a worker. None when it is not here or Qt can't read it."""
    image = QImage.fromData(data) if data is not None else QImage()
    return None if image.isNull() else image


class _Canvas(QWidget):
    """The picture, as large as there is room, never larger than it is."""

    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._words = ""
        self.setObjectName("photo_canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(theme.current().px(60), theme.current().px(40))

    def show_image(self, image: QImage | None, words: str) -> None:
        """Show a picture, or words in its stead."""
        self._picture, self._words = None if image is None else QPixmap.fromImage(image), words
        self.update()

    def shows(self) -> QSize:
        """The size of the picture, empty while there is none."""
        return self._picture.size() if self._picture is not None else QSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go to the photo before and after."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture in the middle."""
        painter = QPainter(self)
        painting.line(painter, self.rect(), "sunken")
        if self._picture is None:
            painting.write(painter, self.rect(), self._words, "body", "text3", painting.CENTRE)
        else:
            # Scaled while it is painted: ten milliseconds, a third of what a smooth copy of it takes.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self._place(self._picture), self._picture)
        if self.hasFocus():
            painting.outline(painter, self.rect(), 0, "focus", 2)
        painter.end()

    def _place(self, picture: QPixmap) -> QRect:
        """In the middle, as large as there is room, a pixel of the picture at most a pixel of the screen."""
        whole = picture.size() / self.devicePixelRatioF()
        size = picture.size().scaled(self.size().boundedTo(whole), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(0, 0), size)
        place.moveCenter(self.rect().center())
        return place


class PhotoViewer(QDialog):
    """`described` carries uid, stage and caption of a photo that was described anew; `removal` a photo to take away."""

    described = Signal(str, str, str)
    removal = Signal(object)

    def __init__(
        self,
        ctx: AppContext,
        ops: Ops,
        taken: Sequence[Photo],
        first: str,
        *,
        may_change: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._photos, self._may_change = ctx, list(taken), may_change
        self._place = next((place for place, one in enumerate(taken) if one.uid == first), 0)
        self._asks = Latest(ops, "quick", self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("photo_viewer")
        self.canvas = _Canvas()
        self.stage = ComboBox()
        self.stage.setObjectName("photo_stage")
        self.stage.setAccessibleName(tr("Tahap", "Stage"))
        for code in STAGES:
            self.stage.addItem(code.words.say(), code.code)
        self.caption = QLineEdit()
        self.caption.setObjectName("photo_caption")
        self.caption.setMaxLength(200)
        self.caption.setAccessibleName(tr("Judul foto", "Caption"))
        self.caption.setPlaceholderText(tr("Judul foto", "Caption"))
        self._known = Label("", "meta", wrap=True)
        self._known.setObjectName("photo_known")
        self._known.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pager = Label("", "label")
        self._back = IconButton(
            tr("Foto sebelumnya", "Previous photo"), "chevron-left", name="action_photo_back"
        )
        self._on = IconButton(tr("Foto berikutnya", "Next photo"), "chevron-right", name="action_photo_on")
        self._trash = IconButton(
            tr("Hapus foto…", "Remove photo…"), "trash-can-outline", name="action_photo_remove"
        )
        self._lay_out()
        self._connect()
        for widget in (self.stage, self.caption, self._trash):
            widget.setEnabled(may_change)
        self.resize(parent.window().size() * _SHARE)
        self._show()
        self.canvas.setFocus()

    def _lay_out(self) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(3))
        column.setSpacing(look.px(2))
        line = QHBoxLayout()
        line.setContentsMargins(look.px(4), 0, look.px(4), 0)
        line.setSpacing(look.px(2))
        self.stage.setFixedWidth(look.px(42))
        line.addWidget(self.stage)
        line.addWidget(self.caption, 1)
        for widget in (self._back, self._pager, self._on, self._trash):
            line.addWidget(widget)
        below = QHBoxLayout()
        below.setContentsMargins(look.px(4), 0, look.px(4), 0)
        below.addWidget(self._known)
        column.addWidget(self.canvas, 1)
        column.addLayout(line)
        column.addLayout(below)

    def _connect(self) -> None:
        self.canvas.stepped.connect(self.step)
        self._back.clicked.connect(lambda: self.step(-1))
        self._on.clicked.connect(lambda: self.step(1))
        self._trash.clicked.connect(lambda: self.removal.emit(self.photo()))
        self.stage.activated.connect(self._describe)
        self.caption.editingFinished.connect(self._describe)
        keys.bind(keys.PHOTO_BACK, self, lambda: self.step(-1))
        keys.bind(keys.PHOTO_ON, self, lambda: self.step(1))

    def uid(self) -> str:
        """The uid of the photo that is shown, or nothing."""
        return self.photo().uid if self._photos else ""

    def photo(self) -> Photo:
        """The photo that is shown."""
        return self._photos[self._place]

    def step(self, by: int) -> None:
        """To the photo before or after; what was typed about this one is kept."""
        if 0 <= self._place + by < len(self._photos):
            self._describe()
            self._place += by
            self._show()

    def show_photos(self, taken: Sequence[Photo]) -> None:
        """The photos as they are stored now; without any the window closes."""
        uid = self.photo().uid
        places = [place for place, one in enumerate(taken) if one.uid == uid]
        if not taken:
            self._photos = []
            self.reject()
            return
        self._photos = list(taken)
        self._place = places[0] if places else min(self._place, len(taken) - 1)
        if not places:
            self._show()
        else:
            self._show_place()

    def _show_place(self) -> None:
        self._pager.setText(
            tr(
                f"{number(self._place + 1)} dari {number(len(self._photos))}",
                f"{number(self._place + 1)} of {number(len(self._photos))}",
            )
        )
        self._back.setEnabled(self._place > 0)
        self._on.setEnabled(self._place + 1 < len(self._photos))

    def _show(self) -> None:
        photo = self.photo()
        self.setWindowTitle(photo.file_name)
        self._show_place()
        if self.stage.findData(photo.stage) < 0:  # a newer office's
            self.stage.addItem(photo.stage, photo.stage)
        self.stage.setCurrentIndex(self.stage.findData(photo.stage))
        self.caption.setText(photo.caption)
        self.caption.setCursorPosition(0)
        self._known.setText(known_of(photo, self._ctx.settings.zone))
        if not photo.here:
            self._asks.drop()
            words = tr(
                "Foto menyusul: gambarnya belum diterima.", "Photo to follow: its picture has not come yet."
            )
            self.canvas.show_image(None, words)
            return
        self.canvas.show_image(None, "")
        self._asks.run(lambda _op: decoded(photos.picture(self._ctx, photo.sha256)), self._arrived)

    def _arrived(self, image: QImage | None) -> None:
        words = tr("Foto ini tidak bisa ditampilkan.", "This photo can't be shown.")
        self.canvas.show_image(image, "" if image is not None else words)

    def _describe(self) -> None:
        if not self._photos or not self._may_change:
            return
        photo, stage, caption = self.photo(), str(self.stage.currentData()), self.caption.text().strip()
        if (stage, caption) != (photo.stage, photo.caption):
            self._photos[self._place] = replace(photo, stage=stage, caption=caption)
            self.described.emit(photo.uid, stage, caption)

    def done(self, result: int) -> None:
        """Whatever was typed is kept, however the window is closed."""
        self._describe()
        self._asks.drop()
        super().done(result)


def known_of(photo: Photo, zone: dt.tzinfo) -> str:
    """When and where it was taken, what the file was called, who added it."""
    parts = []
    if photo.taken_at is not None:
        when = show_any(photo.taken_at, zone=zone)
        parts.append(tr(f"Dipotret {when}", f"Taken {when}"))
    if photo.latitude is not None and photo.longitude is not None:
        spot = f"{number(photo.latitude, 4)}; {number(photo.longitude, 4)}"
        parts.append(tr(f"Posisi {spot}", f"Position {spot}"))
    parts.append(photo.file_name)
    if photo.at is not None:
        when = show_any(photo.at, zone=zone)
        parts.append(tr(f"Ditambahkan {when} oleh {photo.by}", f"Added {when} by {photo.by}"))
    return "  ·  ".join(parts)
