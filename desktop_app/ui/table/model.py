"""The rows of a list by their ids.

The first rows come at once, then the ids of all; what is painted is fetched by ids, a page of rows at a time, in a worker, and some
ahead. Only some pages are kept, so that a list of a million rows costs eight bytes a row. Nothing here asks the database on the
window's thread, and nothing waits for longer than a blink (`bring`).
"""

from __future__ import annotations

import time
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop_app.core.query import Query
from desktop_app.core.spec import Column, Kind
from desktop_app.core.words import tr
from desktop_app.services.lists import ListRow, Source
from desktop_app.ui.ops import Latest, Op, Ops
from desktop_app.ui.table.columns import heading, is_number

FIRST = 50  # rows shown at once
PAGE = 8  # rows fetched together: few beside those seen, for whoever jumps there waits for each
KEPT = 500  # pages kept
_AHEAD = 5  # pages fetched beyond what is seen
_AT_ONCE = 15  # pages fetched by one question, the newest wishes first
_BLINK = 0.02  # seconds for which a jump waits for its rows: they nearly always come sooner, and nothing flashes empty
MARKS = 0  # the column of the marks; the declared columns follow

Index = QModelIndex | QPersistentModelIndex

# Comparing an enum member costs more than painting the cell; these are plain numbers.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_NO_CELL = QModelIndex()


def mark_words(mark: str) -> str:
    """What a mark means; an unknown one says its name."""
    known = {
        "unsent": tr("Belum terkirim", "Not sent yet"),
        "returned": tr("Dikembalikan", "Returned"),
        "draft": tr("Ada konsep yang belum disimpan", "Has an unsaved draft"),
    }
    return known.get(mark, mark)


class RowsModel(QAbstractTableModel):
    """All rows that a question matches. `row(number)` gives one for painting, or None while it is being fetched."""

    answered = Signal()
    """The first rows of the newest question stand."""
    complete = Signal(int)
    """All ids of the newest question are known: how many."""
    fetched = Signal(int, int)
    """Rows from, to (inclusive) have come, or must be asked for anew."""
    refused = Signal(object)
    """`KnownError`: why a question was not answered."""
    about_to_swap = Signal()
    swapped = Signal()
    """Around a reload: whoever shows the list keeps selection and place over it."""

    def __init__(self, kind: Kind, source: Source, ops: Ops, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._source = source
        self._query = Query(kind.name)
        self._ids: array[int] = array("q")
        self._whole = False
        self._pages: OrderedDict[int, list[ListRow | Gone]] = OrderedDict()
        self._newest = -1
        self._wanted: list[int] = []
        self._direction = 1
        self._first_rows = Latest(ops, "quick", self)
        self._fetch = Latest(ops, "quick", self)
        self._all = Latest(ops, "slow", self)
        self._numbers = [False, *(is_number(kind, column) for column in kind.columns)]
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch_wanted)

    # --- questions

    def ask(self, query: Query) -> None:
        """Show what `query` matches. What is shown stays until the first rows of the answer are there."""
        self._drop()
        self._query, self._whole = query, False
        self._first_rows.run(
            lambda op: self._source.first_page(query, FIRST, op), self._show_first, self.refused.emit
        )

    def reload(self, around: int = 0, span: int = FIRST) -> None:
        """Ask again without a flicker: the rows seen now (from `around` on) are fetched together with the ids, then swapped."""
        self._drop()
        query, seen = self._query, self._ids[around : around + 1]

        def work(op: Op) -> tuple[array[int], Pages]:
            ids = self._source.all_ids(query, op)
            place = _place(ids, seen[0] if seen else None, around)
            return ids, self._read(ids, range(place // PAGE, (place + span) // PAGE + 1), op)

        self._all.run(work, lambda answer: self._swap(*answer), self.refused.emit)

    @property
    def query(self) -> Query:
        """The question whose answer is shown or awaited."""
        return self._query

    def whole(self) -> bool:
        """Whether all ids are known."""
        return self._whole

    def waiting(self) -> bool:
        """Whether an answer is to come."""
        return (
            any(latest.waiting() for latest in (self._first_rows, self._fetch, self._all))
            or self._soon.isActive()
        )

    def _drop(self) -> None:
        for latest in (self._first_rows, self._fetch, self._all):
            latest.drop()
        self._wanted.clear()
        self._soon.stop()

    def _show_first(self, rows: Sequence[ListRow]) -> None:
        self.beginResetModel()
        self._ids = array("q", (row.pk for row in rows))
        self._pages.clear()
        self._newest = -1
        for start in range(0, len(rows), PAGE):
            self._pages[start // PAGE] = list(rows[start : start + PAGE])
        self.endResetModel()
        query = self._query
        self.answered.emit()
        if len(rows) < FIRST:
            self._set_whole()
        else:
            self._all.run(lambda op: self._source.all_ids(query, op), self._show_all, self.refused.emit)

    def _show_all(self, ids: array[int]) -> None:
        known = len(self._ids)
        if ids[:known] == self._ids:
            if len(ids) > known:
                self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
                self._ids = ids
                self.endInsertRows()
        else:  # somebody wrote between the two questions
            self.beginResetModel()
            self._ids = ids
            self._pages.clear()
            self._newest = -1
            self.endResetModel()
        self._set_whole()

    def _swap(self, ids: array[int], pages: Pages) -> None:
        same = ids == self._ids
        self.about_to_swap.emit()
        if not same:
            self.beginResetModel()
        self._ids = ids
        self._pages = OrderedDict(pages)
        self._newest = -1
        if same and ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, self.columnCount() - 1))
        elif not same:
            self.endResetModel()
        self.swapped.emit()
        self.answered.emit()
        self._set_whole()

    def _set_whole(self) -> None:
        self._whole = True
        self.complete.emit(len(self._ids))

    # --- rows

    def row(self, number: int) -> ListRow | Gone | None:
        """A row for painting; one that isn't here yet is fetched, with the pages that follow."""
        which = number // PAGE
        page = self._pages.get(which)
        place = number - which * PAGE
        if page is None or place >= len(page):
            self._want(which)
            return None
        if which != self._newest:
            self._direction = 1 if which >= self._newest else -1
            self._newest = which
            self._pages.move_to_end(which)
            for step in range(1, _AHEAD + 1):
                self._want(which + step * self._direction)
        return page[place]

    def bring(self, first: int, last: int) -> None:
        """Have these rows (inclusive) here if they come within a blink; those that don't arrive as ever."""
        pages = range(first // PAGE, min(last, len(self._ids) - 1) // PAGE + 1)
        until = time.monotonic() + _BLINK
        while not all(map(self._has, pages)) and (left := until - time.monotonic()) > 0:
            for which in pages:
                self._want(which)
            if self._wanted and not self._fetch.waiting():
                self._soon.stop()
                self._fetch_wanted()
            if not self._fetch.wait(left):
                return

    def pk(self, number: int) -> int:
        """The record's number in this database. IndexError when there is no such row."""
        return self._ids[number]

    def pks(self, numbers: Iterable[int]) -> list[int]:
        """The same of several rows."""
        return [self._ids[number] for number in numbers]

    def number_of(self, pk: int) -> int:
        """Where a record stands; -1 when it isn't in the list."""
        try:
            return self._ids.index(pk)
        except ValueError:
            return -1

    def known_number_of(self, uid: str) -> int:
        """Where a record stands, among the rows that are here; -1 when it isn't."""
        for which, page in self._pages.items():
            for place, row in enumerate(page):
                if row.uid == uid:
                    return which * PAGE + place
        return -1

    def _want(self, which: int) -> None:
        last = (len(self._ids) - 1) // PAGE
        if not 0 <= which <= last or which in self._wanted or self._has(which):
            return
        self._wanted.append(which)
        if not self._soon.isActive() and not self._fetch.waiting():
            self._soon.start()

    def _has(self, which: int) -> bool:
        page = self._pages.get(which)
        return page is not None and len(page) >= min(PAGE, len(self._ids) - which * PAGE)

    def _fetch_wanted(self) -> None:
        """Fetch the pages asked for last: whoever drags the scroll bar is past the others."""
        wishes, self._wanted = self._wanted[-_AT_ONCE:], []
        if not wishes:
            return
        ids = self._ids
        self._fetch.run(
            lambda op: self._read(ids, wishes, op), lambda pages: self._keep(ids, pages), self.refused.emit
        )

    def _read(self, ids: array[int], pages: Iterable[int], op: Op) -> Pages:
        """In the worker. A row that has gone meanwhile leaves a gap, so that no other row moves."""
        wanted = {which: ids[which * PAGE : (which + 1) * PAGE].tolist() for which in pages}
        pks = [pk for page in wanted.values() for pk in page]
        rows = {row.pk: row for row in self._source.page(self.kind.name, pks, op)} if pks else {}
        return {which: [rows.get(pk) or Gone(pk) for pk in page] for which, page in wanted.items() if page}

    def _keep(self, ids: array[int], pages: Pages) -> None:
        if ids is self._ids:
            for which, page in pages.items():
                self._pages[which] = page
                self._pages.move_to_end(which)
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        for which, page in pages.items():
            start = which * PAGE
            self.fetched.emit(start, start + len(page) - 1)
        if self._wanted:
            self._soon.start()

    # --- what Qt asks

    def rowCount(self, parent: Index = _NO_CELL) -> int:
        """All rows known so far."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_CELL) -> int:
        """The marks and the declared columns."""
        return 0 if parent.isValid() else len(self._numbers)

    def column(self, section: int) -> Column | None:
        """The declared column of a section; None for the marks."""
        return self.kind.columns[section - 1] if section > MARKS else None

    def section_of(self, field: str) -> int:
        """The section of a declared column. StopIteration for another name."""
        return next(
            place for place, column in enumerate(self.kind.columns, MARKS + 1) if column.field == field
        )

    def to_right(self, section: int) -> bool:
        """Whether the cells of a section are figures."""
        return self._numbers[section]

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """For what the delegate doesn't paint: screen readers, tooltips, tests."""
        if role not in (_DISPLAY, _TOOLTIP, _SPOKEN):
            return _RIGHT if role == _ALIGN and self._numbers[index.column()] else None
        section, row = index.column(), self.row(index.row())
        if row is None or isinstance(row, Gone):
            return "" if role == _DISPLAY else None
        if section == MARKS:
            words = ", ".join(mark_words(mark) for mark in sorted(row.marks))
            return "" if role == _DISPLAY else words or None
        cell = row.cells[section - 1]
        whole = f"{cell.text}, {cell.second}" if cell.text and cell.second else cell.text or cell.second
        return whole if role != _TOOLTIP else None  # the view tells what was cut off

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Headings, aligned as their cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._numbers):
            return None
        if role == _ALIGN:
            return _RIGHT if self._numbers[section] else _LEFT
        column = self.column(section)
        if role == _DISPLAY:
            return "" if column is None else heading(self.kind, column)
        if role in (_TOOLTIP, _SPOKEN) and column is None:
            return tr("Tanda: belum terkirim, dikembalikan, konsep", "Marks: not sent yet, returned, draft")
        if role == _TOOLTIP and column is not None:
            return heading(self.kind, column)  # a narrow column shortens it
        return None


class Gone:
    """A row that was removed by somebody else while the list stood; the next reload leaves it out."""

    uid = ""

    def __init__(self, pk: int) -> None:
        self.pk = pk


Pages = dict[int, list[ListRow | Gone]]


def _place(ids: array[int], pk: int | None, otherwise: int) -> int:
    """Where the row that was on top stands now; where it stood, when it has gone."""
    if pk is not None:
        try:
            return ids.index(pk)
        except ValueError:
            pass
    return min(otherwise, max(0, len(ids) - 1))
