"""Words: labels by role, headings, and the line of a message below a field."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets import painting
from desktop_app.ui.widgets.buttons import Button

Severity = Literal["error", "warning", "hint"]

_SEVERITIES: dict[str, tuple[str, str]] = {  # severity -> icon, colour token
    "error": ("alert-circle", "bad"),
    "warning": ("alert", "warn"),
    "hint": ("", "text3"),
}


class Label(QLabel):
    """Plain text in a role of `tokens.TYPES`, or "label" (body in the second grey); `tone` changes its colour token."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_tone(self, tone: str) -> None:
        """Change the colour token."""
        theme.set_state(self, tone, "tone")


class ElidedLabel(Label):
    """A label that gives way: too narrow, it ends in … and tells the whole text in its tooltip."""

    def minimumSizeHint(self) -> QSize:
        """As high as a line, as narrow as need be."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
        painter.end()


class Hairline(QWidget):
    """A line of 1 px, across or down."""

    def __init__(self, *, down: bool = False, token: str = "hairline", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        if down:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painting.line(painter, self.rect(), self._token)
        painter.end()


class SectionHeading(QWidget):
    """The title of a section, a note beside it, a hairline to the right and at its end an action, if there is one."""

    def __init__(
        self, words: str, note: str = "", action: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = Label(words, "section")
        self._note = Label(note, "meta")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._note.setVisible(bool(note))  # not before it has a parent: it would be a window of its own
        self._row.addWidget(Hairline(), 1)
        if action is not None:
            self._row.addWidget(action)
        self.setAccessibleName(words)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.current().px(2))

    def set_note(self, note: str) -> None:
        """The small words beside the title ("2 baris, Rp1.610.000"); empty hides them."""
        self._note.setText(note)
        self._note.setVisible(bool(note))


class MessageLine(QWidget):
    """What is wrong or to be known about the field above: icon, one sentence, and at the right end a link.

    Takes space only while it has a message. Its object name is for the owner to set (`error_<field>`).
    """

    link_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity: Severity = "hint"
        self._icon = QLabel()
        self._words = Label("", "meta", _SEVERITIES["hint"][1], wrap=True)
        self._link = Button("", "link")
        self._link.clicked.connect(self.link_clicked)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        self.restyle()
        theme.changed.connect(self.restyle)
        self.hide()

    def restyle(self) -> None:
        """Sizes, and the icon in the colours in use."""
        look = theme.current()
        self._row.setContentsMargins(0, look.px(0.5), 0, look.px(0.5))
        self._row.setSpacing(look.px(1))
        name, token = _SEVERITIES[self._severity]
        if name:
            self._icon.setPixmap(theme.pixmap(name, token, look.px(4), self.devicePixelRatioF()))
        self._icon.setVisible(bool(name))

    def show_message(self, severity: Severity, words: str, link: str = "") -> None:
        """Show one sentence; an empty one hides the line."""
        self._severity = severity
        self._words.setText(words)
        self._words.set_tone(_SEVERITIES[severity][1])
        self._link.set_words(link)
        self._link.setVisible(bool(link))
        self.setAccessibleName(words)
        self.restyle()
        self.setVisible(bool(words))

    def clear(self) -> None:
        """Take the message and its space away."""
        self.show_message("hint", "")

    def text(self) -> str:
        """The sentence shown, or nothing."""
        return self._words.text()

    def severity(self) -> Severity:
        """What kind of message is shown."""
        return self._severity
