"""What the small dialogs have in common: a heading, what it is about, what is asked, and at the end Cancel and the deed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Label


class Ask(QDialog):
    """`answer` is called by the button of the deed and by Enter in a line. What is asked is added between begin and `finish`."""

    def __init__(
        self, name: str, title: str, deed: Button, units: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setMinimumWidth(look.px(units))
        self.deed = deed
        self.deed.setObjectName("action_confirm")
        self.deed.clicked.connect(self.answer)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self.column.setSpacing(look.px(2))

    def answer(self) -> None:
        """Take what was asked, if it is enough."""
        raise NotImplementedError

    def tell(self, heading: str, words: str = "") -> None:
        """Heading, and below it what this is about."""
        self.column.addWidget(Label(heading, "section", wrap=True))
        if words:
            self.column.addWidget(Label(words, "label", wrap=True))
            self.column.addSpacing(theme.current().px(1))

    def ask(self, words: str, editor: QWidget, name: str) -> Label:
        """Something that is asked, below its words."""
        label = Label(words, "label")
        editor.setObjectName(name)
        editor.setAccessibleName(words)
        label.setBuddy(editor)
        self.column.addWidget(label)
        self.column.addWidget(editor)
        return label

    def ask_line(self, words: str, name: str, limit: int, least: int = 1, example: str = "") -> QLineEdit:
        """A line: the deed can be done once so many letters stand in it, and Enter does it."""
        line = QLineEdit()
        line.setMaxLength(limit)
        line.setPlaceholderText(example)
        self.deed.setEnabled(False)
        line.textChanged.connect(lambda text: self.deed.setEnabled(len(text.strip()) >= least))
        line.returnPressed.connect(self.answer)
        self.ask(words, line, name)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        """High enough for its words: Qt keeps a dialog below two thirds of the screen, which is little in large type."""
        super().showEvent(event)
        self.setMinimumHeight(self.column.totalHeightForWidth(self.width()))

    def finish(self, first: QWidget, refuse: str = "") -> None:
        """The buttons; the cursor goes to the first thing asked. `refuse`: what the other button says instead of "Cancel"."""
        cancel = Button(refuse or tr("Batal", "Cancel"), name="action_cancel")
        cancel.clicked.connect(self.reject)
        self.column.addSpacing(theme.current().px(2))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.deed)
        self.column.addLayout(buttons)
        first.setFocus()
