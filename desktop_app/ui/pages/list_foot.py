"""The foot of a list: how many records, what the marks mean, and which columns are shown."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import keys, theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.table.delegate import MARK_ICONS
from desktop_app.ui.widgets import Button, IconButton, Label, painting


class _Legend(QWidget):
    """The marks and their words, as many as fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = {
            "unsent": tr("belum terkirim", "not sent yet"),
            "returned": tr("dikembalikan", "returned"),
            "draft": tr("konsep", "draft"),
        }
        self.setAccessibleName(
            tr("Arti tanda", "What the marks mean") + ": " + ", ".join(self._words.values())
        )

    def _parts(self) -> Iterator[tuple[str, str, int]]:
        look = theme.current()
        for mark, words in self._words.items():
            yield mark, words, look.px(5.5) + look.metrics["meta"].horizontalAdvance(words) + look.px(3.5)

    def sizeHint(self) -> QSize:
        return QSize(sum(width for _, _, width in self._parts()), theme.current().px(5))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.current().px(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        if self.width() < self.sizeHint().width():
            return
        painter = painting.smooth(self)
        x = self.width() - self.sizeHint().width()
        for mark, words, width in self._parts():
            name, token = MARK_ICONS[mark]
            painting.picture(painter, x, (self.height() - look.px(4)) / 2, name, token, 4)
            painting.write(painter, QRect(x + look.px(5.5), 0, width, self.height()), words, "meta", "text3")
            x += width
        painter.end()


class ListFoot(QFrame):
    """The count ("38 dari 1.284 catatan"), the legend, the button for the columns."""

    columns_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self.count = Label("", "meta")
        self.count.setObjectName("list_count")
        self.columns = IconButton(tr("Kolom", "Columns"), "view-column-outline", name="action_columns")
        self.columns.clicked.connect(self.columns_asked)
        self._row = QHBoxLayout(self)
        self.many = Button("", "link", name="action_many")
        self.many.hide()
        self._row.addWidget(self.count)
        self._row.addWidget(self.many)
        self._row.addWidget(_Legend(), 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.columns)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self.setFixedHeight(look.px(9))
        self._row.setContentsMargins(look.px(6), 0, look.px(3), 0)
        self._row.setSpacing(look.px(2))

    def show_count(self, matching: int | None, everything: int | None, selected: int) -> None:
        """`matching` is None while it is being counted; more than one selected row is told too."""
        if matching is None:
            words = tr("Menghitung…", "Counting…")
        elif everything is None or matching >= everything:
            words = tr(f"{grouped(matching)} catatan", f"{grouped(matching)} records")
        else:
            words = tr(
                f"{grouped(matching)} dari {grouped(everything)} catatan",
                f"{grouped(matching)} of {grouped(everything)} records",
            )
        if selected > 1:
            words = tr(f"{grouped(selected)} dipilih, ", f"{grouped(selected)} selected, ") + words
        self.count.setText(words)
        self.many.setVisible(selected > 1)
        if selected > 1:
            chosen = grouped(selected)
            many = tr(f"Ubah {chosen} catatan…", f"Change {chosen} records…")
            self.many.set_words(many)
            self.many.setToolTip(keys.tip(many, keys.MANY))
