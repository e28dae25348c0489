"""What a list tells above its rows, or in their place when there are none. Made when there is first something to tell: most lists never do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.words import tr

if TYPE_CHECKING:
    from desktop_app.core.words import Words
    from desktop_app.ui.ops import Op
    from desktop_app.ui.pages.list_empty import ListEmpty
    from desktop_app.ui.pages.list_page import ListPage
    from desktop_app.ui.widgets import Banner
    from desktop_app.ui.widgets.labels import MessageLine
    from desktop_app.ui.working import Working

W = TypeVar("W", bound=QWidget)


class Notices:
    """Banner, sentence and progress of one list page, below what else stands in `top`, always in this order."""

    def __init__(self, page: ListPage, top: QVBoxLayout) -> None:
        self._page, self._top = page, top
        self._before = top.count()
        self._ranks: list[int] = []

    @cached_property
    def banner(self) -> Banner:
        """That the records shown were removed, with the way back."""
        from desktop_app.ui.widgets import Banner, Button

        recover = Button(
            tr("Pulihkan", "Recover"), "tonal", "backup-restore", dim="small", name="action_recover"
        )
        recover.clicked.connect(self._page.doings.recover_selected)
        words = tr(
            "Ini catatan yang sudah dihapus. Pilih, lalu pulihkan.",
            "These records were removed. Select and recover.",
        )
        return self._placed(Banner("trash-can-outline", words, (recover,), "info"), 0)

    @cached_property
    def line(self) -> MessageLine:
        """One sentence: why something was not done, or what was."""
        from desktop_app.ui.widgets.labels import MessageLine

        line = self._placed(MessageLine(), 1)
        line.setObjectName("list_notice")
        return line

    @cached_property
    def working(self) -> Working:
        """Long work."""
        from desktop_app.ui.working import Working

        return self._placed(Working(), 2)

    @cached_property
    def empty(self) -> ListEmpty:
        """What stands in a list without rows."""
        from desktop_app.ui.pages.list_empty import ListEmpty

        empty = ListEmpty(self._page.kind, self._page.view)
        empty.new_asked.connect(self._page.begin)
        empty.clear_asked.connect(self._page.clear_filters)
        return empty

    def asked_anew(self, *, removed: bool) -> None:
        """A new question: the sentence goes, and the banner follows."""
        if "line" in self.__dict__:
            self.line.clear()
        if removed or "banner" in self.__dict__:
            self.banner.setVisible(removed)

    def watch(self, op: Op, doing: Words) -> None:
        """Show an operation, should it take long."""
        self.working.watch(op, doing)

    def show_rows(self, matching: int | None, everything: int | None, *, removed: bool) -> None:
        """Say why there are no rows, or nothing while there are some or it isn't known yet."""
        if matching != 0 or everything is None:
            if "empty" in self.__dict__:
                self.empty.hide()
        elif everything == 0:
            (self.empty.show_none_removed if removed else self.empty.show_first)()
        else:
            self.empty.show_no_match()

    def _placed(self, widget: W, rank: int) -> W:
        """Put it where it belongs among those that are there already."""
        place = sum(other < rank for other in self._ranks)
        self._ranks.append(rank)
        self._top.insertWidget(self._before + place, widget)
        return widget
