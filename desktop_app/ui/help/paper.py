"""How a page of the help looks: Qt reads the Markdown, and every block, table, picture and key is then dressed in the theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QBrush,
    QImage,
    QImageReader,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrame,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
)

from desktop_app import place
from desktop_app.core.words import language
from desktop_app.ui import theme

PICTURE = "picture/"
OBJECT = "\ufffc"
"""What stands in a text for a picture."""

_LEFT, _RIGHT = 6, 4
_ROLES = {1: "title", 2: "section", 3: "strong"}


def edges() -> int:
    """The margins at the left and the right of a page together, in pixels."""
    return theme.current().px(_LEFT + _RIGHT)


def picture(name: str) -> Path:
    """The file of a picture in the language and the theme in use; what one lacks the other has."""
    folder = place.resources() / "help" / "pictures" / language()
    wanted = folder / f"{name}-{'dark' if theme.current().dark else 'light'}.png"
    return wanted if wanted.is_file() else folder / f"{name}-light.png"


@cache
def _width(file: Path) -> int:
    return QImageReader(str(file)).size().width()


def image(name: str, width: int, ratio: float) -> QImage:
    """A picture in pixels for a page that is `width` wide on a screen of this device pixel ratio; smooth where it is made smaller."""
    found = QImage(str(picture(name)))
    if not found.isNull() and found.width() > width * ratio:
        found = found.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
    return found


def made(markdown: str, width: int, parent: QObject) -> QTextDocument:
    """A page as a document of its own, `width` pixels wide. It is dressed before anybody lays it out: afterwards every touch would."""
    look = theme.current()
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(look.fonts["body"])
    document.setDocumentMargin(0)
    document.setIndentWidth(look.px(5))
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    block = document.begin()
    while block.isValid():
        _dress_block(block, width)
        block = block.next()
    root = document.rootFrame()
    for frame in root.childFrames():
        _dress_frame(frame)
    edge = root.frameFormat()
    edge.setLeftMargin(look.px(_LEFT))
    edge.setRightMargin(look.px(_RIGHT))
    edge.setTopMargin(look.px(4))
    edge.setBottomMargin(look.px(6))
    root.setFrameFormat(edge)
    return document


def _dress_block(block: QTextBlock, width: int) -> None:
    look = theme.current()
    level = block.blockFormat().headingLevel()
    cursor = QTextCursor(block)
    in_table = cursor.currentTable() is not None
    shape = QTextBlockFormat(block.blockFormat())
    if OBJECT not in block.text():  # what stands below a picture would be pushed down by its height
        shape.setLineHeight(118, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
    shape.setTopMargin(look.px(5 if level == 2 else 2 if level == 3 else 0))
    shape.setBottomMargin(0 if in_table else look.px(1 if block.textList() is not None else 2))
    cursor.setBlockFormat(shape)
    if level:
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        heading = QTextCharFormat()
        heading.setFont(look.fonts[_ROLES.get(level, "strong")])
        cursor.mergeCharFormat(heading)
    _dress_pieces(block, width, bold=not level)


def _dress_pieces(block: QTextBlock, width: int, *, bold: bool) -> None:
    """Links, keys, bold words and pictures of one block."""
    look = theme.current()
    pieces = []
    walk = block.begin()
    while not walk.atEnd():
        piece = walk.fragment()
        pieces.append((piece.position(), piece.length(), piece.charFormat()))
        walk += 1
    for start, length, shape in pieces:
        cursor = QTextCursor(block.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        if shape.isImageFormat():
            cursor.setCharFormat(_dressed_picture(shape.toImageFormat(), width))
            continue
        more = QTextCharFormat()
        if shape.isAnchor():
            more.setForeground(QBrush(look.colour("accent_text")))
            more.setFontUnderline(True)
        elif shape.fontFixedPitch():
            more.setFont(look.fonts["strong"])
            more.setBackground(QBrush(look.colour("info_tint")))
            more.setForeground(QBrush(look.colour("text")))
        elif bold and shape.fontWeight() > 500:
            more.setFont(look.fonts["strong"])
        if not more.isEmpty():
            cursor.mergeCharFormat(more)


def _dressed_picture(shape: QTextImageFormat, width: int) -> QTextImageFormat:
    """As wide as it was made, or as there is room for."""
    name = shape.name().removeprefix(PICTURE)
    file = picture(name)
    made = _width(file)
    if made > 0:
        shape.setWidth(min(made, width))
    return shape


def _dress_frame(frame: QTextFrame) -> None:
    look = theme.current()
    if not isinstance(frame, QTextTable):
        return
    shape = frame.format()
    shape.setBorder(1)
    shape.setBorderBrush(QBrush(look.colour("hairline")))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(look.px(1.5))
    shape.setCellSpacing(0)
    shape.setTopMargin(look.px(1))
    shape.setBottomMargin(look.px(3))
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    frame.setFormat(shape)
    head = QTextCharFormat()
    head.setFont(look.fonts["small"])
    head.setForeground(QBrush(look.colour("text2")))
    for column in range(frame.columns()):
        cell = frame.cellAt(0, column)
        ground = cell.format()
        ground.setBackground(QBrush(look.colour("sunken")))
        cell.setFormat(ground)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(head)
        cursor.mergeBlockFormat(_left())


def _left() -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setAlignment(Qt.AlignmentFlag.AlignLeft)
    return shape
