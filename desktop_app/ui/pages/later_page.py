"""Parts of the program that are not there yet: the page says so and what can be done meanwhile."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.words import Words
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import EmptyState


class LaterPage(Page):
    """A title, a sentence, and no button that does nothing."""

    def __init__(
        self, title: Words, icon: str, sentence: Words, meanwhile: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        box = QVBoxLayout(self)
        box.addWidget(EmptyState(icon, sentence.say(), meanwhile.say()))

    def title(self) -> str:
        """See `Page.title`."""
        return self._title.say()
