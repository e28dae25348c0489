"""Grounds for content: the card, the banner, and what an empty list says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.tokens import Family
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.labels import Label


class Card(QFrame):
    """A white ground with a hairline: title, note beside it, an action at the right end; content goes into `body`.

    `flush`: the content reaches the edges, as a table does.
    """

    def __init__(
        self,
        title: str = "",
        note: str = "",
        action: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        flush: bool = False,
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._note = Label(note, "meta")
        if title:
            self._head.addWidget(Label(title, "section"), 0, Qt.AlignmentFlag.AlignBaseline)
            self._head.addWidget(self._note, 1, Qt.AlignmentFlag.AlignBaseline)
            if action is not None:
                self._head.addWidget(action)
            self.body.addLayout(self._head)
            self.setAccessibleName(title)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        side = look.px(6)
        if self._flush:
            self.body.setContentsMargins(1, look.px(4), 1, look.px(2))
            self._head.setContentsMargins(side, 0, side, 0)
        else:
            self.body.setContentsMargins(side, look.px(4), side, look.px(4))
        self.body.setSpacing(look.px(2))
        self._head.setSpacing(look.px(2))

    def set_note(self, note: str) -> None:
        """The small words beside the title."""
        self._note.setText(note)


class Banner(QFrame):
    """One sentence that concerns the whole page, with at most two actions at its right end.

    `flush`: it reaches from edge to edge, without corners.
    """

    def __init__(
        self,
        icon: str,
        words: str,
        actions: Sequence[QWidget] = (),
        family: Family = "accent",
        parent: QWidget | None = None,
        *,
        flush: bool = False,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._family, self._flush = icon, family, flush
        self.setProperty("flush", flush)
        self.setProperty("kind", "banner")
        self.setProperty("family", family)
        self._icon = QLabel()
        self._words = Label("", "body", wrap=True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._words, 1)
        for action in actions:
            self._row.addWidget(action)
        self.set_words(words)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes, and the icon in the colours in use."""
        look = theme.current()
        left, right = (look.px(6), look.px(6)) if self._flush else (look.px(4), look.px(3))
        self._row.setContentsMargins(left, look.px(2), right, look.px(2))
        self._row.setSpacing(look.px(2.5))
        ink = "accent_text" if self._family == "accent" else self._family
        self._icon.setPixmap(theme.pixmap(self._icon_name, ink, look.px(5), self.devicePixelRatioF()))

    def set_words(self, words: str) -> None:
        """Change the sentence."""
        self._words.setText(words)
        self.setAccessibleName(words)


class _Disc(QWidget):
    """An icon in a tinted circle."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(18), theme.current().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painting.smooth(self)
        painting.fill(painter, QRectF(self.rect()), self.width() / 2, "accent_tint")
        inset = (self.width() - look.px(9)) / 2
        painting.picture(painter, inset, inset, self._icon, "accent_text", 9)
        painter.end()


class EmptyState(QWidget):
    """Nothing here yet: an icon, a sentence, what to do first, and the buttons to do it."""

    def __init__(
        self,
        icon: str,
        title: str,
        words: str,
        actions: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._title = Label(title, "title")
        self._words = Label(words, "label", wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        self._disc = _Disc(icon)
        self._column.addWidget(self._disc, 0, centre)
        self._column.addWidget(self._title, 0, centre)
        middle = QHBoxLayout()  # an alignment would take the label's height for one line from it
        for part in (None, self._words, None):
            middle.addStretch(1) if part is None else middle.addWidget(part)
        self._column.addLayout(middle)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        for action in actions:
            self._buttons.addWidget(action)
        self._buttons.addStretch(1)
        self._column.addLayout(self._buttons)
        self._column.addStretch(1)
        self.setAccessibleName(title)
        self.restyle()
        theme.changed.connect(self.restyle)

    def set_title(self, title: str) -> None:
        """Change the sentence."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, the words have it and not the icon."""
        super().resizeEvent(event)
        words = self._words.heightForWidth(self._words.width())
        others = (self._title.sizeHint(), self._buttons.sizeHint(), self._disc.sizeHint())
        margins, gaps = self._column.contentsMargins(), 3 * self._column.spacing()
        needed = words + sum(one.height() for one in others) + margins.top() + margins.bottom() + gaps
        self._disc.setVisible(self.height() >= needed)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._column.setContentsMargins(look.px(6), look.px(4), look.px(6), look.px(4))
        self._column.setSpacing(look.px(1))
        self._title.setContentsMargins(0, look.px(3), 0, 0)
        self._buttons.setContentsMargins(0, look.px(4), 0, 0)
        self._buttons.setSpacing(look.px(3))
        self._words.setFixedWidth(look.px(105))
