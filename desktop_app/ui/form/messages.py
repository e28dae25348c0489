"""What stands below a field: what is wrong with it, or what was understood; made only when there is something to say."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui.widgets.labels import MessageLine, Severity


class Notice(MessageLine):
    """One sentence above the form; its link does what was said with it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._do: Callable[[], object] = self.clear
        self.link_clicked.connect(self._follow)

    def tell(
        self, severity: Severity, words: str, link: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence, with a link that does something."""
        self._do = do or self.clear
        self.show_message(severity, words, link)

    def _follow(self) -> None:
        self._do()


class FieldMessage(QWidget):
    """Takes no space while it is empty. `link_clicked` is the link at the right end."""

    link_clicked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._line: MessageLine | None = None
        self._said: tuple[str, str, str] = ("hint", "", "")
        self.hide()

    def say(self, severity: Severity, words: str, link: str = "") -> None:
        """Show one sentence with an icon and a link; an empty one takes it away."""
        if (severity, words, link) == self._said:
            return
        self._said = (severity, words, link)
        if words and self._line is None:
            self._line = MessageLine()
            self._line.link_clicked.connect(self.link_clicked)
            for button in self._line.findChildren(QWidget):
                button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from field to field
            box = QVBoxLayout(self)
            box.setContentsMargins(0, 0, 0, 0)
            box.addWidget(self._line)
        if self._line is not None:
            self._line.show_message(severity, words, link)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def text(self) -> str:
        """The sentence shown, or nothing."""
        return self._said[1]

    def severity(self) -> str:
        """What kind of message is shown."""
        return self._said[0]

    def link(self) -> str:
        """The words of the link, or nothing."""
        return self._said[2]
