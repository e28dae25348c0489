"""What can be done with selected rows of a list: open, copy, remove, recover, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.values import is_whole_number
from desktop_app.core.words import Words, tr
from desktop_app.services.lists import ListRow, Source, label
from desktop_app.ui.figures import grouped
from desktop_app.ui.finding.many import ManyAtOnce
from desktop_app.ui.ops import Changed, Op
from desktop_app.ui.pages.list_empty import small
from desktop_app.ui.table.columns import heading

if TYPE_CHECKING:
    from desktop_app.core.spec import Kind
    from desktop_app.services.context import AppContext
    from desktop_app.services.records import Saved
    from desktop_app.ui.pages.list_page import ListPage

REMOVED_AT_ONCE = 200
"""More is not a slip of a clerk but a job to think about."""
_PIECE = 200  # rows fetched by one question


class _Done(NamedTuple):
    """What came of doing something to several records, one after the other."""

    saved: list[Saved]
    refused: Words | None = None


def one_after_another(uids: Sequence[str], do: Callable[[str], Saved], op: Op, doing: Words) -> _Done:
    """In the worker: each record by itself. What was done before a refusal or a cancel stays done, and is told."""
    saved: list[Saved] = []
    try:
        for number, uid in enumerate(uids):
            op.at(number, len(uids), doing)
            saved.append(do(uid))
    except Cancelled:
        if not saved:
            raise
    except KnownError as error:
        if not saved:
            raise
        return _Done(saved, error.words)
    return _Done(saved)


class Doings(QObject):
    """The deeds of one list page; each works beside the window."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._ctx: AppContext = page.ctx
        self._kind: Kind = page.kind
        self._source = Source(page.ctx)
        self.many = ManyAtOnce(page)

    # --- rows

    def with_rows(self, numbers: Sequence[int], then: Callable[[list[ListRow]], object]) -> None:
        """Give `then` these rows; those that aren't here yet are fetched first."""
        found = [self._page.model.row(number) for number in numbers]
        here = [row for row in found if isinstance(row, ListRow)]
        if len(here) == len(numbers):
            then(here)
            return
        pks, kind = self._page.model.pks(numbers), self._kind.name

        def fetch(op: Op) -> list[ListRow]:
            rows: list[ListRow] = []
            for start in range(0, len(pks), _PIECE):
                op.at(start, len(pks))
                rows.extend(self._source.page(kind, pks[start : start + _PIECE], op))
            return rows

        self._page.watch(
            self._page.ops.run(fetch, lane="quick", owner=self, done=then, failed=self._page.refuse),
            Words("Mengambil catatan", "Fetching records"),
        )

    # --- copy

    def copy(self) -> None:
        """The selected rows as text for Excel, with headings; a cell with two texts becomes two."""
        from desktop_app.services import clipboard

        numbers = self._page.view.selected_numbers(clipboard.ROWS_AT_MOST + 1)
        if len(numbers) > clipboard.ROWS_AT_MOST:
            most = grouped(clipboard.ROWS_AT_MOST)
            self._page.say(
                "warning",
                tr(
                    f"Terlalu banyak untuk disalin, paling banyak {most} baris. Pakai Ekspor (Ctrl+E).",
                    f"Too many to copy, {most} rows at most. Use Export (Ctrl+E).",
                ),
            )
        elif numbers:
            self.with_rows(numbers, self._to_clipboard)

    def _to_clipboard(self, rows: list[ListRow]) -> None:
        from desktop_app.services import clipboard

        kind, layout = self._kind, self._page.view.layout_of_columns
        places = {column.field: place for place, column in enumerate(kind.columns)}
        shown = [places[name] for name in layout.names() if layout.is_shown(name)]
        headings: list[str] = []
        figures: list[bool] = []
        for place in shown:
            column = kind.columns[place]
            headings.append(label(kind, column.field).say() if column.also else heading(kind, column))
            field = kind.by_name.get(column.field)
            figures.append(field is not None and is_whole_number(field))
            if column.also:
                headings.append(label(kind, column.also).say())
                figures.append(False)

        def cells(row: ListRow) -> list[str]:
            texts: list[str] = []
            for place in shown:
                cell = row.cells[place]
                texts.extend((cell.text, cell.second) if kind.columns[place].also else (cell.text,))
            return texts

        QGuiApplication.clipboard().setText(clipboard.as_table(headings, map(cells, rows), figures))
        number = grouped(len(rows))
        self._page.say(
            "hint",
            tr(f"{number} baris disalin; tempel di Excel.", f"{number} rows copied; paste into Excel."),
        )

    # --- remove and recover

    def remove_selected(self) -> None:
        """Ask why, then remove."""
        numbers = self._page.view.selected_numbers(REMOVED_AT_ONCE + 1)
        if len(numbers) > REMOVED_AT_ONCE:
            self._page.say(
                "warning",
                tr(
                    f"Paling banyak {REMOVED_AT_ONCE} catatan sekali hapus. Pilih lebih sedikit.",
                    f"At most {REMOVED_AT_ONCE} records are removed at a time. Select fewer.",
                ),
            )
        elif numbers:
            self.with_rows(numbers, self._ask_reason_for)

    def _ask_reason_for(self, rows: list[ListRow]) -> None:
        texts = {
            name: text
            for column, cell in zip(self._kind.columns, rows[0].cells, strict=True)
            for name, text in ((column.field, cell.text), (column.also, cell.second))
        }
        self.ask_reason([row.uid for row in rows], self._kind.title_of(texts))

    def ask_reason(self, uids: Sequence[str], name: str = "") -> None:
        """Ask why these records are to be removed, and remove them when an answer is given. `name` calls a single one."""
        number = grouped(len(uids))
        kind = self._kind.label
        what = Words(name, name) if name else Words(small(kind.id), small(kind.en))
        title = tr(f"Hapus {what.id}?", f"Remove {what.en}?")
        if len(uids) > 1:
            title = tr(f"Hapus {number} catatan?", f"Remove {number} records?")
        sentence = tr(
            "Catatan tidak tampil lagi di daftar, tetapi riwayatnya tetap ada dan dapat dipulihkan.",
            "It is no longer listed, but its history stays and it can be recovered.",
        )
        from desktop_app.ui.dialogs.reason import ReasonDialog

        dialog = ReasonDialog(title, sentence, tr("Hapus", "Remove"), self._page.window())
        dialog.given.connect(lambda reason: self._remove(list(uids), reason))
        dialog.open()

    def _remove(self, uids: list[str], reason: str) -> None:
        from desktop_app.services import records

        self._each(
            uids,
            lambda uid: records.remove(self._ctx, self._kind.name, uid, reason),
            Words("Menghapus", "Removing"),
        )

    def recover_selected(self) -> None:
        """Bring removed records back."""
        numbers = self._page.view.selected_numbers(REMOVED_AT_ONCE)
        if numbers:
            self.with_rows(numbers, lambda rows: self._recover([row.uid for row in rows]))

    def _recover(self, uids: list[str]) -> None:
        from desktop_app.services import records

        self._each(
            uids,
            lambda uid: records.recover(self._ctx, self._kind.name, uid),
            Words("Memulihkan", "Recovering"),
        )

    def _each(self, uids: list[str], do: Callable[[str], Saved], doing: Words) -> None:
        op = self._page.ops.run(
            lambda op: one_after_another(uids, do, op, doing),
            lane="write",
            owner=self,
            done=self._did,
            failed=self._page.refuse,
            changes=Changed(frozenset({self._kind.name}), uids[0] if len(uids) == 1 else None, by=self._page),
        )
        self._page.watch(op, doing)

    def _did(self, done: _Done) -> None:
        for saved in done.saved:
            self._page.undoable.emit(saved.undo)
        self._page.gone([saved.uid for saved in done.saved])
        if done.refused is not None:
            self._page.say("error", done.refused.say())
