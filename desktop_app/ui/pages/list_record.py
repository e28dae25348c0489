"""The record of a list page: beside the list, or in its place in a narrow window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui.figures import grouped
from desktop_app.ui.splitter import Splitter
from desktop_app.ui.widgets.ground import paint_next_turn

if TYPE_CHECKING:
    from desktop_app.core.draft import Draft
    from desktop_app.ui.form.record_view import RecordView
    from desktop_app.ui.pages.list_page import ListPage

_LIST_SHARE = 0.48
_PREPARE_AFTER_MS = 600
_NEEDED = "desktop_app.ui.form.record_view"


class RecordBeside(QObject):
    """Makes the view of a record in an idle moment, or when the first is opened, and puts list and record where there is room for them."""

    def __init__(self, page: ListPage, side: QWidget, make: Callable[[QWidget], RecordView]) -> None:
        super().__init__(page)
        self._page, self._side, self._make = page, side, make
        self._wide = True
        self._hidden = False
        self._asked = ""  # shown as soon as it has been read
        self.view: RecordView | None = None
        self._splitter = Splitter()
        self._splitter.addWidget(side)
        self._room = QWidget()
        """Where the view is made: put there afterwards, all that is in it would be dressed twice."""
        self._room.hide()
        self._box = QVBoxLayout(self._room)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._splitter.addWidget(self._room)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)
        self._prepare = QTimer(self, singleShot=True, interval=_PREPARE_AFTER_MS)
        self._prepare.timeout.connect(self._prepare_now)

    def is_open(self) -> bool:
        """Whether a record is on the screen."""
        return self.view is not None and not self._room.isHidden()

    def showing(self) -> str:
        """The uid of the record that is shown, or nothing."""
        return (self.view.showing() or self._asked) if self.view is not None and self.is_open() else ""

    def open(self, uid: str, field: str = "") -> None:
        """Show a stored record, the cursor in `field` or the first."""
        view, self._asked = self._appear(), uid
        view.open(uid, field)

    def begin(self) -> None:
        """Show a new record, the cursor in its first field."""
        view, self._asked = self._appear(), ""
        view.begin()

    def take_up(self, draft: Draft, field: str) -> None:
        """Show a draft, the cursor where it was."""
        view, self._asked = self._appear(), ""
        view.take_up(draft, field)

    def close(self) -> None:
        """Back to the list alone."""
        self._room.hide()
        self._place()
        self._page.view.setFocus()
        self._page.reload()  # what was typed and not saved left a mark

    def keep_now(self) -> None:
        """What is being typed is in its draft."""
        if self.view is not None:
            self.view.keep_now()

    def fit(self, wide: bool) -> None:
        """Beside each other in a wide window."""
        self._wide = wide
        self._place()

    def show_pager(self) -> None:
        """The place as "1 dari 38", while the record shown is the row that the list stands on."""
        if self.view is None:
            return
        number, count = self._page.view.current_number(), self._page.model.rowCount()
        place = tr(
            f"{grouped(number + 1)} dari {grouped(count)}", f"{grouped(number + 1)} of {grouped(count)}"
        )
        row = self._page.model.row(number) if number >= 0 else None
        here = row is not None and row.uid == self.view.showing()  # a new record stands nowhere in the list
        self.view.head.set_pager(place if here else "")

    def prepare_soon(self) -> None:
        """Make the view once nothing is under way: made together with the first record it would hold the window for too long."""
        if self.view is None:
            self._prepare.start()

    def _prepare_now(self) -> None:
        if self.view is not None or not self._page.isVisible():
            return
        if self._page.ops.busy() or _NEEDED not in sys.modules:
            self._prepare.start()
        else:
            self._made()

    def _made(self) -> RecordView:
        view = self._make(self._room)
        view.closed.connect(self.close)
        view.stepped.connect(self._page.step)
        view.shown.connect(lambda _uid: self.show_pager())
        view.ask_remove.connect(lambda _kind, uid: self._page.doings.ask_reason([uid]))
        self._box.addWidget(view)
        paint_next_turn(self._room)
        self.view = view
        return view

    def _appear(self) -> RecordView:
        view = self.view or self._made()
        if self._room.isHidden():
            self._room.show()
            self._place()
        return view

    def _place(self) -> None:
        hidden = self.is_open() and not self._wide
        if hidden != self._hidden:  # shown again and again, all in it would be laid out each time
            self._hidden = hidden
            self._side.setHidden(hidden)
        if self.view is not None:
            self.view.set_narrow(not self._wide)
            if self.is_open() and self._wide:
                self._splitter.share(_LIST_SHARE)
