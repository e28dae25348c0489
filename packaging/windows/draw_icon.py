"""Draw packaging/windows/pelita.ico, and the side of the installer's last page (side.bmp), from the program's own sign: `.venv/bin/python packaging/windows/draw_icon.py`."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.ui import icons, theme
from desktop_app.ui.widgets import painting

SIDES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""In pixels: what Windows wants at 100, 125, 150 and 200 percent."""


def picture(side: int) -> bytes:
    """The sign in one size: as in the window, with a larger lamp, since it is seen small and among others."""
    scale = 1 if side <= 24 else 4
    image = QImage(side * scale, side * scale, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRect(0, 0, side * scale, side * scale)
    painting.fill(painter, whole, whole.width() * 0.22, "accent")
    inset = whole.width() * (0.02 if side <= 24 else 0.09)
    lamp = QRectF(whole).adjusted(inset, inset, -inset, -inset)
    icons.draw(painter, lamp, "oil-lamp", theme.current().colours.on_accent)
    painter.end()
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth) if scale > 1 else image
    if side < 256:
        return bitmap(small)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub and its code differ
    return bytes(buffer.data().data())


def bitmap(image: QImage) -> bytes:
    """A device-independent bitmap with alpha: Windows' resource compilers and old readers want the small ones so."""
    side = image.width()
    lines = [memoryview(image.constScanLine(row)) for row in range(side)]  # type: ignore[arg-type]
    rows = [bytes(line[: side * 4]) for line in lines]
    mask = bytes(((side + 31) // 32) * 4 * side)
    head = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, side * side * 4 + len(mask), 0, 0, 0, 0)
    return head + b"".join(reversed(rows)) + mask


def last_page() -> QImage:
    """The picture beside the last page, 164 x 314 pixels as NSIS wants it."""
    wide, high, scale = 164, 314, 4
    image = QImage(wide * scale, high * scale, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(image.rect(), theme.current().colours.accent)
    lamp = QRectF(34 * scale, 60 * scale, 96 * scale, 96 * scale)
    icons.draw(painter, lamp, "oil-lamp", theme.current().colours.on_accent)
    painter.end()
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return small.convertToFormat(QImage.Format.Format_Indexed8)


def main() -> None:
    """Write the files."""
    app = QApplication(sys.argv)  # alive while there is something to paint
    theme.apply(app, dark=False)
    pictures = [picture(side) for side in SIDES]
    place = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for side, data in zip(SIDES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    folder = Path(__file__).resolve().parent
    (folder / "pelita.ico").write_bytes(head + b"".join(pictures))
    last_page().save(str(folder / "side.bmp"), "BMP")  # type: ignore[call-overload]  # its stub and its code differ


if __name__ == "__main__":
    main()
