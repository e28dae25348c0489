"""The box over the window that looks everywhere: letters, arrows, Enter opens the record on its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.core.words import tr
from desktop_app.services import finding
from desktop_app.services.context import AppContext
from desktop_app.services.finding import Group, Hit
from desktop_app.ui import theme
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.widgets import Label, SearchBox, paint_pill, painting, pill_width

PAUSE_MS = 60  # after the last keystroke; a question on its way is interrupted by the next letter
_ENTRY = Qt.ItemDataRole.UserRole
_ABOUT = "about"
_ABOUT_WORDS = ("tentang", "about", "versi", "version", "lisensi", "licence", "license", "pelita")
_WIDE, _LINES, _TALL = 190, 11, 9  # u: the box; lines seen at once; a line
_NUMBER, _STATUS = 44, 34  # u: what number and pill have at the right


def _asks_about(typed: str) -> bool:
    """Whether somebody asks for the program itself: three letters of one of the words are enough."""
    begun = typed.lower().split()[0] if typed.split() else ""
    return len(begun) >= 3 and any(word.startswith(begun) for word in _ABOUT_WORDS)


class _Lines(QStyledItemDelegate):
    """A heading for each kind; a record as name, grey explanation, number and pill; a link to the rest."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect, entry = theme.current(), QRect(option.rect), index.data(_ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = rect.adjusted(look.px(3), 0, -look.px(3), 0)
        if isinstance(entry, Group):
            below = inner.adjusted(0, look.px(1.5), 0, 0)
            painting.picture(painter, below.x(), below.center().y() - look.px(2), entry.kind.icon, "text3", 4)
            words = below.adjusted(look.px(6), 0, 0, 0)
            painting.write(painter, words, entry.kind.plural.say(), "small", "text3")
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painting.fill(painter, rect.adjusted(2, 1, -2, -1), look.px(1), "accent_tint")
                painting.line(painter, QRect(rect.x() + 2, rect.y() + 3, 3, rect.height() - 6), "accent")
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painting.fill(painter, rect.adjusted(2, 1, -2, -1), look.px(1), "hover")
            inner.setLeft(inner.left() + look.px(6))
            if isinstance(entry, Hit):
                _paint_hit(painter, inner, entry)
            else:
                painting.write(painter, inner, str(index.data()), "body", "accent_text")
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heading = isinstance(index.data(_ENTRY), Group)
        return QSize(theme.current().px(60), theme.current().px(7 if heading else _TALL))


def _paint_hit(painter: QPainter, rect: QRect, hit: Hit) -> None:
    look, right = theme.current(), rect.right()
    if hit.family is not None and hit.shape is not None:
        wide = min(pill_width(hit.status, hit.shape), look.px(_STATUS))
        place = QRect(right - wide, rect.y(), wide, rect.height())
        paint_pill(painter, place, hit.status, hit.family, hit.shape)
    right -= look.px(_STATUS + 2)
    number = QRect(right - look.px(_NUMBER), rect.y(), look.px(_NUMBER), rect.height())
    painting.write(painter, number, hit.number, "meta", "text3")
    words = QRect(rect.x(), rect.y(), number.left() - rect.x() - look.px(2), rect.height())
    painting.write(painter, words, hit.title, "body", "text")
    used = min(words.width(), look.metrics["body"].horizontalAdvance(hit.title)) + look.px(2)
    if words.width() - used > look.px(10):
        painting.write(painter, words.adjusted(used, 0, 0, 0), hit.subtitle, "body", "text2")


class Everywhere(QFrame):
    """Open over the window. `chosen` carries kind and uid, `listed` the question for "show all"; both close it, as Esc does.

    Whoever types what the program is called, or asks for its version, is offered `about_asked`.
    """

    chosen = Signal(str, str)
    listed = Signal(object)
    about_asked = Signal()

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("find_everywhere")
        self.setProperty("kind", "card")
        words = tr("Cari di semua data", "Search all records")
        self.setAccessibleName(words)
        look = theme.current()
        self._ctx, self._over, self._asked = ctx, parent, ""
        self._latest = Latest(ops, "quick", self)
        self.box = SearchBox(
            tr("Cari nomor, kode aset, nama, jalan…", "Search number, asset code, name, street…"),
            "",
            name="find_box",
        )
        self.list = QListWidget()
        self.list.setObjectName("find_list")
        self.list.setAccessibleName(words)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.note = Label("", "body", "text3", wrap=True)
        self.note.setObjectName("find_note")
        keys = tr("↑ ↓ pilih    Enter buka    Esc tutup", "↑ ↓ choose    Enter open    Esc close")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.box.textChanged.connect(lambda _text: self._typed())
        self.box.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(3), look.px(3), look.px(3), look.px(2))
        column.setSpacing(look.px(2))
        for widget in (self.box, self.note, self.list, Label(keys, "meta")):
            column.addWidget(widget)
        self._show_note(
            tr(
                "Ketik sebagian nomor, kode lampu, petak, taman, nama orang atau jalan.",
                "Type part of a number, a lamp, plot or park code, a person's or a street's name.",
            )
        )

    def open_over(self, window: QWidget) -> None:
        """Open in the upper middle of the window, the cursor in the box."""
        look = theme.current()
        width = min(look.px(_WIDE), window.width() - look.px(12))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, look.px(16))))
        self.show()
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def entries(self) -> list[Group | Hit | Query | str]:
        """What the list shows, from the top."""
        return [self.list.item(row).data(_ENTRY) for row in range(self.list.count())]

    def current(self) -> Hit | Query | str | None:
        """What Enter would open."""
        item = self.list.currentItem()
        return item.data(_ENTRY) if self.list.count() else None

    def waiting(self) -> bool:
        """Whether an answer is to come."""
        return self._pause.isActive() or self._latest.waiting()

    # --- asking

    def _typed(self) -> None:
        self._latest.drop()  # nobody waits for the former question: it is interrupted at once
        self._pause.start()

    def _ask(self, *, then_open: bool = False) -> None:
        """`then_open`: Enter was pressed before the answer came, so the first hit is opened as soon as it is there."""
        self._pause.stop()
        typed = self._asked = self.box.text().strip()

        def told(groups: Sequence[Group]) -> None:
            self._show(groups)
            if then_open:
                self._take(self.list.currentItem())

        self._latest.run(lambda op: finding.everywhere(self._ctx, typed, op), told, self._refuse)

    def _refuse(self, error: KnownError) -> None:
        self.list.clear()
        self._show_note(error.words.say())

    def _show(self, groups: Sequence[Group]) -> None:
        self.list.clear()
        for group in groups:
            self._add(group.kind.plural.say(), group, Qt.ItemFlag.NoItemFlags)
            for hit in group.hits:
                parts = (hit.title, hit.subtitle, hit.number, hit.status)
                self._add(", ".join(filter(None, parts)), hit)
            if group.more:
                words = tr("Tampilkan semua di daftar", "Show all in the list")
                self._add(words, Query(group.kind.name, search=self._asked))
        if _asks_about(self._asked):
            self._add(tr("Tentang Pelita: versi dan lisensi", "About Pelita: version and licences"), _ABOUT)
        if groups:
            self.list.setCurrentRow(1)
            self._show_note("")
        elif self.list.count():
            self.list.setCurrentRow(0)
            self._show_note("")
        elif self._asked:
            self._show_note(
                tr(f"Tidak ada yang cocok dengan “{self._asked}”.", f"Nothing matches “{self._asked}”.")
            )
        self._fit()

    def _add(self, words: str, entry: Group | Hit | Query | str, flags: Qt.ItemFlag | None = None) -> None:
        item = QListWidgetItem(words)
        item.setData(_ENTRY, entry)
        if flags is not None:
            item.setFlags(flags)
        elif isinstance(entry, Hit):
            item.setToolTip(words)
        self.list.addItem(item)

    def _show_note(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self._fit()

    def _fit(self) -> None:
        look, rows = theme.current(), self.list.count()
        high = sum(self.list.sizeHintForRow(row) for row in range(rows)) + look.px(1)
        room = self._over.height() - look.px(50)
        self.list.setFixedHeight(min(high, look.px(_LINES * _TALL), max(room, look.px(20))))
        self.list.setVisible(rows > 0)
        self.adjustSize()

    # --- choosing

    def _take(self, item: QListWidgetItem | None) -> None:
        entry = item.data(_ENTRY) if item is not None else None
        if isinstance(entry, Hit):
            self.close()
            self.chosen.emit(entry.kind, entry.uid)
        elif isinstance(entry, Query):
            self.close()
            self.listed.emit(entry)
        elif entry == _ABOUT:
            self.close()
            self.about_asked.emit()

    def _walk(self, step: int) -> None:
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count() and isinstance(self.list.item(row).data(_ENTRY), Group):
            row += step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
            if row == 1:
                self.list.scrollToTop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc work from the box."""
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._walk(1 if key == Qt.Key.Key_Down else -1)
            elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.waiting():
                    self._ask(then_open=True)
                else:
                    self._take(self.list.currentItem())
            elif key == Qt.Key.Key_Escape:
                self.close()
            else:
                return False
            return True
        return False

    def hideEvent(self, _event: object) -> None:
        """Gone, however it was closed: nobody waits any more."""
        self._pause.stop()
        self._latest.drop()
