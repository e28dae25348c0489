"""What the frame asks of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.search import SearchBox


class Page(QWidget):
    """A page of the window: the ground of its class, made when it is first opened, kept until the window closes.

    A subclass gives at least `title`, and `ground`, the colour token of what lies behind its content. Whatever can
    exceed 560 px in height stands in a scroll area.
    """

    ground: ClassVar[Literal["window", "surface"]] = "window"

    title_changed = Signal()
    """To emit when `title()` or `note()` would answer something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", self.ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def title(self) -> str:
        """The words of the page header, in the language in use."""
        raise NotImplementedError

    def note(self) -> str:
        """Small words beside the title (a date, a count); none by default."""
        return ""

    def search(self) -> SearchBox | None:
        """The search box for the page header; asked once. Its own shortcut brings the focus there."""
        return None

    def header_widgets(self) -> Sequence[QWidget]:
        """Buttons for the right end of the page header: secondary first, the primary one last; asked once."""
        return ()

    def activate(self) -> None:
        """The page has just come to the front: reload what may be stale, put the focus where one types."""

    def can_leave(self) -> bool:
        """Whether another page may come to the front now. A page that says no also says why."""
        return True

    def fit(self, wide: bool, tall: bool) -> None:
        """The window is at least 300u wide (room for list beside form) and at least 160u high (room for the stepper)."""
