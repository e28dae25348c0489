"""The page of a kind: search, filters, the list, and beside it (or in its place, in a narrow window) the record."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind
from desktop_app.core.values import leaf
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Counts, ListRow, Source, overdue
from desktop_app.ui import keys, theme
from desktop_app.ui.finding.views_chip import ViewsChip
from desktop_app.ui.memory import Memory
from desktop_app.ui.ops import Changed, Latest, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.pages import list_memory
from desktop_app.ui.pages.chips_bar import ChipsBar
from desktop_app.ui.pages.list_doings import Doings
from desktop_app.ui.pages.list_empty import small
from desktop_app.ui.pages.list_foot import ListFoot
from desktop_app.ui.pages.list_notices import Notices
from desktop_app.ui.pages.list_record import RecordBeside
from desktop_app.ui.table.model import RowsModel
from desktop_app.ui.table.view import RowsView
from desktop_app.ui.widgets import Button, SearchBox

if TYPE_CHECKING:
    from desktop_app.core.draft import Draft
    from desktop_app.services.views import View
    from desktop_app.ui.form.record_view import RecordView
    from desktop_app.ui.widgets.labels import MessageLine, Severity

DEBOUNCE_MS = 120  # after the last keystroke in the search box
_PLACEHOLDER_LETTERS = 22


class ListPage(Page):
    """The list of `kind`. `pane` makes the view of one record when the first is opened.

    `open_record(uid)`, `begin()` and `take_up(draft)` show a record; `undoable` carries what the status bar can undo.
    """

    undoable = Signal(object)
    """`services.records.Undo`, or None."""
    record_opened = Signal(str, str)
    """Kind and uid of the record that the user opened."""

    def __init__(
        self,
        ctx: AppContext,
        ops: Ops,
        kind: Kind,
        pane: Callable[[QWidget], RecordView],
        remember: MutableMapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ctx, self.ops, self.kind = ctx, ops, kind
        self._remember = Memory(ctx.place) if remember is None else remember
        self._source = Source(ctx)
        self._sort = ""
        self._counts: Counts | None = None
        self._stale = True
        self._follow = ""
        self._concerns = {kind.name, *(reference.kind for reference in kind.references)}
        self._counting = Latest(ops, "slow", self)
        self._menus = Latest(ops, "slow", self)
        self.model = RowsModel(kind, self._source, ops, self)
        self.view = RowsView(self.model, f"list_{kind.name}")
        self.views = ViewsChip(self)
        self.chips = ChipsBar(kind, ctx.where().today, lambda: overdue(ctx, kind))
        self.foot = ListFoot()
        self.doings = Doings(self)
        self._search = SearchBox(_placeholder(kind))
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._build(pane)
        self._connect()
        self._add_actions()
        self._take_remembered()
        self.restyle()
        theme.changed.connect(self.restyle)

    # --- the frame's questions

    def title(self) -> str:
        """What the list holds."""
        return self.kind.plural.say()

    def search(self) -> SearchBox:
        """The search box."""
        return self._search

    @property
    def notice(self) -> MessageLine:
        """The sentence above the list."""
        return self.notices.line

    def header_widgets(self) -> Sequence[QWidget]:
        """Export and new."""
        return (self._export_button, self._new_button)

    def activate(self) -> None:
        """Ask at the first time; later only what changed meanwhile."""
        if self._stale:
            self._stale = False
            if self._counts is None:
                self.ask()
            else:
                self.reload()
        if not self.record.is_open():
            self.view.setFocus()

    def can_leave(self) -> bool:
        """Always: what is being typed is kept as a draft."""
        self.record.keep_now()
        return True

    def fit(self, wide: bool, tall: bool) -> None:  # noqa: ARG002  (the record folds itself in a low window)
        """List beside record, or one in place of the other."""
        self.record.fit(wide)

    # --- building

    def _build(self, pane: Callable[[QWidget], RecordView]) -> None:
        self._export_button = Button(
            tr("Ekspor", "Export"),
            "outlined",
            "export-variant",
            shortcut=keys.EXPORT.first,
            name="action_export",
        )
        self._new_button = Button(
            tr("Baru", "New"), "primary", "plus", shortcut=keys.LIST_NEW.first, name="action_new"
        )
        self._export_button.setEnabled(False)
        self._side = QFrame()
        self.record = RecordBeside(
            self, self._side, pane
        )  # first: to move a filled part dresses all of it anew
        self._side.setBackgroundRole(QPalette.ColorRole.Base)
        self._side.setAutoFillBackground(True)
        self._top = QVBoxLayout()
        filters = QHBoxLayout()
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.views)
        self._top.addLayout(filters)
        self.notices = Notices(self, self._top)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        self._search.installEventFilter(self)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._top.setContentsMargins(look.px(6), look.px(2.5), look.px(6), look.px(2))
        self._top.setSpacing(look.px(2))

    def _connect(self) -> None:
        self._search.textChanged.connect(lambda _text: self._debounce.start())
        self._search.returnPressed.connect(self._from_search_to_list)
        self._debounce.timeout.connect(self.ask)
        self.chips.changed.connect(self.ask)
        self.chips.menu_asked.connect(self._fill_menu)
        self.view.opened.connect(self._open_number)
        self.view.typed.connect(self._type_into_search)
        self.view.sort_asked.connect(self._sort_by)
        self.view.picked.connect(self._show_count)
        self.view.arranged.connect(self._keep)
        self.foot.columns_asked.connect(self._choose_columns)
        self.model.answered.connect(self._answered)
        self.model.complete.connect(lambda _number: self._show_count())
        self.model.swapped.connect(self._find_again)
        self.model.refused.connect(self.refuse)
        self.ops.changed.connect(self._changed)
        self._new_button.clicked.connect(self.begin)
        self._export_button.clicked.connect(self.export)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._context_menu)

    def _add_actions(self) -> None:
        here = Qt.ShortcutContext.WidgetShortcut
        window = Qt.ShortcutContext.WindowShortcut
        self._open_action = self._action("open", tr("Buka", "Open"), "", self._open_current, here)
        self._copy_action = self._action(
            "copy", tr("Salin baris", "Copy rows"), keys.COPY.first, self.doings.copy, here
        )
        self._remove_action = self._action(
            "remove", tr("Hapus…", "Remove…"), keys.REMOVE.first, self._remove, here
        )
        self._recover_action = self._action(
            "recover", tr("Pulihkan", "Recover"), "", self.doings.recover_selected, here
        )
        self._action("reload", tr("Muat ulang", "Reload"), keys.RELOAD.first, self.reload, window)

    def _action(
        self, verb: str, words: str, pressed: str, do: Callable[[], object], context: Qt.ShortcutContext
    ) -> QAction:
        action = QAction(words, self)
        action.setObjectName(f"action_{verb}")
        if pressed:
            action.setShortcut(QKeySequence(pressed))
            action.setShortcutContext(context)
        action.triggered.connect(lambda _checked=False: do())
        (self if context == Qt.ShortcutContext.WindowShortcut else self.view).addAction(action)
        return action

    # --- the question

    def query(self) -> Query:
        """What search box, chips and headings ask."""
        return self.chips.asked(Query(self.kind.name, search=self._search.text().strip(), sort=self._sort))

    def ask(self) -> None:
        """Put the question anew; the answer begins at the top."""
        self._debounce.stop()
        query = self.query()
        self.notices.asked_anew(removed=query.removed)
        self._new_button.setEnabled(not query.removed)
        self._show_sort()
        self.views.follow()
        self._counting.drop()
        self.model.ask(query)
        self.view.scrollToTop()
        self._show_count()

    def reload(self) -> None:
        """Read again what is shown, without moving it."""
        if self.model.query != self.query():
            self.ask()
            return
        self._counting.drop()
        self.model.reload(*self.view.seen())

    def clear_filters(self) -> None:
        """Show all records of the kind."""
        self.show_only(Query(self.kind.name, sort=self._sort))

    def show_only(self, query: Query) -> None:
        """The list of a question that was put elsewhere (a figure on Beranda), from the top; search box and chips show it."""
        self.record.close()
        self.chips.take(query)
        self._search.setText(query.search)
        self._sort = query.sort
        self.ask()

    def show_view(self, view: View) -> None:
        """Bring a saved view back: columns and order for the next time too."""
        self.view.layout_of_columns.take(dict(view.columns))
        self.show_only(view.query)
        self._keep()

    def _answered(self) -> None:
        if self.view.current_number() < 0 and self.view.hasFocus() and self.model.rowCount():
            self.view.choose(0)
        query = self.query()
        self._counting.run(lambda op: self._source.chips(query, op), self._show_counts, self.refuse)

    def _show_counts(self, counts: Counts) -> None:
        self._counts = counts
        self.chips.show_counts(counts)
        self._export_button.setEnabled(counts.everything > 0)
        self._show_count()
        self.record.prepare_soon()

    def _show_count(self) -> None:
        number = self.model.rowCount() if self.model.whole() else None
        counts = self._counts
        self.foot.show_count(number, counts.everything if counts else None, self.view.selected_count())
        removed = self.model.query.removed
        self._remove_action.setEnabled(not removed)
        self._recover_action.setEnabled(removed)
        self.notices.show_rows(number, counts.everything if counts else None, removed=removed)
        self.record.show_pager()

    def _fill_menu(self, field: str) -> None:
        query = self.query()
        chip = self.chips.lists[field]
        self._menus.run(lambda op: self._source.menu(query, field, op), chip.fill, self.refuse)

    def _sort_by(self, section: int) -> None:
        column = self.model.column(section)
        if column is None:
            return
        now = self._sort or self.kind.sort
        if now.removeprefix("-") == column.field:
            self._sort = column.field if now.startswith("-") else f"-{column.field}"
        else:
            field = self.kind.by_name.get(column.field)
            newest_first = field is not None and isinstance(leaf(field), f.Date | f.Timestamp)
            self._sort = f"-{column.field}" if newest_first else column.field
        self._keep()
        self.ask()

    def _show_sort(self) -> None:
        now = self._sort or self.kind.sort
        names = [column.field for column in self.kind.columns]
        name = now.removeprefix("-")
        self.view.show_sort(names.index(name) + 1 if name in names else -1, descending=now.startswith("-"))

    # --- what changes elsewhere

    def _changed(self, changed: Changed) -> None:
        if not self._concerns & changed.kinds:
            return
        if changed.uid and self.record.showing() == changed.uid:
            self._follow = changed.uid
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def _find_again(self) -> None:
        """After a save the list stands on the record that is open, if it is among the rows seen."""
        uid, self._follow = self._follow, ""
        number = self.model.known_number_of(uid) if uid else -1
        if number >= 0 and number != self.view.current_number():
            self.view.choose(number, scroll=False)

    def gone(self, uids: Sequence[str]) -> None:
        """These records were removed or recovered: one of them may be open."""
        if self.record.showing() in uids:
            self.record.close()

    # --- one record

    def open_record(self, uid: str, field: str = "") -> None:
        """Show a record beside the list (in a narrow window in its place), the cursor in `field` or the first."""
        number = self.model.known_number_of(uid)
        if number >= 0 and number != self.view.current_number():
            self.view.choose(number)
        self.record.open(uid, field)
        self.record_opened.emit(self.kind.name, uid)

    def begin(self) -> None:
        """A new record."""
        if self._new_button.isEnabled():
            self.record.begin()

    def take_up(self, draft: Draft, field: str = "") -> None:
        """Go on with a draft, with the cursor where it was."""
        self.record.take_up(draft, field)

    def step(self, by: int) -> None:
        """Open the next (1) or the previous (-1) record of the list."""
        number = self.view.current_number() + by
        if 0 <= number < self.model.rowCount():
            self.view.choose(number)
            self._open_number(number)

    def _open_current(self) -> None:
        self._open_number(self.view.current_number())

    def _open_number(self, number: int) -> None:
        if 0 <= number < self.model.rowCount():
            self.doings.with_rows([number], self._open_rows)

    def _open_rows(self, rows: Sequence[ListRow]) -> None:
        for row in rows:
            self.open_record(row.uid)

    # --- deeds

    def export(self) -> None:
        """Write the list, or all records of the kind, into a file."""
        if self._counts is None or not self._export_button.isEnabled():
            return
        from desktop_app.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(
            self.ctx,
            self.ops,
            self.kind,
            self.query(),
            self.model.rowCount(),
            self._counts.everything,
            self.window(),
        )
        dialog.open()

    def _remove(self) -> None:
        if not self.model.query.removed:
            self.doings.remove_selected()

    def say(self, severity: Severity, words: str) -> None:
        """Tell something in the line above the list; the next question takes it away."""
        self.notices.line.show_message(severity, words)

    def refuse(self, error: KnownError) -> None:
        """Tell why something was not done."""
        self.say("error", error.words.say())

    def watch(self, op: Op, doing: Words) -> None:
        """Show an operation above the list, should it take long."""
        self.notices.watch(op, doing)

    def _context_menu(self, at: QPoint) -> None:
        from desktop_app.ui.pages.list_columns import sorting_menu

        if self.view.selected_count() == 0:
            return
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        removed = self.model.query.removed
        menu.addActions([self._open_action, self._copy_action])
        menu.addSeparator()
        menu.addAction(self._recover_action if removed else self._remove_action)
        menu.addSeparator()
        sorting_menu(self.view, self._sort or self.kind.sort, menu)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _choose_columns(self) -> None:
        from desktop_app.ui.pages.list_columns import ColumnsPopup

        popup = ColumnsPopup(self.kind, self.view.layout_of_columns, self.window())
        popup.arranged.connect(self._keep)
        popup.open_above(self.foot.columns)

    # --- keys

    def _type_into_search(self, letters: str) -> None:
        self._search.setFocus()
        self._search.end(False)
        self._search.insert(letters)

    def _from_search_to_list(self) -> None:
        if self._debounce.isActive():
            self.ask()
        self.view.setFocus()
        if self.model.rowCount() and self.view.current_number() < 0:
            self.view.choose(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow down goes from the search box into the list."""
        if (
            watched is self._search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self._from_search_to_list()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the list clears the search."""
        if event.key() == Qt.Key.Key_Escape and self._search.text():
            self._search.clear()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        list_memory.keep(self._remember, self.kind, self.view.layout_of_columns, self._sort)

    def _take_remembered(self) -> None:
        self._sort = list_memory.take(self._remember, self.kind, self.view.layout_of_columns)
        self._show_sort()


def _placeholder(kind: Kind) -> str:
    """As "Cari nomor, jalan, pelapor…": what the search box looks at, the fields of the title first."""
    searched = [field for field in kind.fields if field.is_searched]
    searched.sort(key=lambda field: field.name not in (*kind.title, *kind.subtitle))
    words = ""
    for field in searched:
        more = f"{words}, {small(field.label.say())}" if words else small(field.label.say())
        if len(more) > _PLACEHOLDER_LETTERS:
            break
        words = more
    return tr(f"Cari {words}…", f"Search {words}…") if words else tr("Cari…", "Search…")
