"""The card that shows another record, or another version of this one, beside what is being typed: field by field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.beside import Pair
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import Button
from desktop_app.ui.widgets.ground import lay_ground
from desktop_app.ui.widgets.labels import Label

_EMPTY = "–"
_HIGH, _SHARE = 50, 0.26
"""So many u, and at most this part of the pane, are shown at once; more is scrolled."""


class CompareCard(QWidget):
    """Right above the form. `taken` names the field whose other value is wanted, or (False) one's own again."""

    taken = Signal(object, bool)  # Pair, theirs
    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_card")
        ground = QFrame()
        ground.setProperty("kind", "banner")
        self._around = QVBoxLayout(self)
        self._around.addWidget(ground)
        self._title = Label("", "section", wrap=True)
        self._note = Label("", "meta", wrap=True)
        self._table = QWidget()
        self._table.setProperty("kind", "scrolled")
        self._grid = QGridLayout(self._table)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lay_ground(self._scroll)
        self._scroll.setWidget(self._table)
        self.open_button = Button(
            tr("Buka catatan itu", "Open that record"), "outlined", dim="small", name="action_open_other"
        )
        self.close_button = Button(
            tr("Tutup (Esc)", "Close (Esc)"), "quiet", dim="small", name="action_close_other"
        )
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.open_button)
        self._box = QVBoxLayout(ground)
        for part in (self._title, self._note, self._scroll):
            self._box.addWidget(part)
        self._box.addSpacing(theme.current().px(1))
        self._box.addLayout(buttons)
        self.open_button.clicked.connect(self.opened)
        self.close_button.clicked.connect(self.closed)
        self.choices: dict[str, tuple[Button, Button]] = {}
        self.restyle()
        theme.changed.connect(self.restyle)
        self.hide()

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._around.setContentsMargins(look.px(4), look.px(2), look.px(4), look.px(1))
        self._box.setContentsMargins(look.px(2), look.px(2.5), look.px(2), look.px(2.5))
        self._box.setSpacing(look.px(1))
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.px(3))
        self._grid.setVerticalSpacing(look.px(1))

    def show_pairs(self, title: str, note: str, heads: tuple[str, str], pairs: Sequence[Pair]) -> None:
        """Show the fields of both sides; those that both sides changed can be chosen."""
        self._clear()
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(title)
        self.open_button.setVisible(not any(pair.both for pair in pairs))
        for column, words in enumerate(("", *heads)):
            self._grid.addWidget(Label(words, "small"), 0, column)
        for row, pair in enumerate(pairs, 1):
            self._add(row, pair)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(0, theme.current().px(28))
        self.show()
        wanted, pane = self._table.sizeHint().height() + 2, self.parentWidget()
        room = (
            round(pane.height() * _SHARE) if pane is not None else wanted
        )  # the window must not grow for it
        self._scroll.setFixedHeight(min(wanted, theme.current().px(_HIGH), room))
        first = next(iter(self.choices.values()), (None, self.close_button))[1]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, row: int, pair: Pair) -> None:
        choosable = pair.both and not pair.lines
        top = Qt.AlignmentFlag.AlignVCenter if choosable else Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(Label(pair.label.say(), "label", wrap=True), row, 0, top)
        if choosable:
            mine, theirs = (
                Button(pair.mine or _EMPTY, dim="small"),
                Button(pair.theirs or _EMPTY, dim="small"),
            )
            mine.setObjectName(f"mine_{pair.name}")
            theirs.setObjectName(f"theirs_{pair.name}")
            mine.clicked.connect(lambda: self._choose(pair, theirs=False))
            theirs.clicked.connect(lambda: self._choose(pair, theirs=True))
            self.choices[pair.name] = (mine, theirs)
            self._grid.addWidget(mine, row, 1, top)
            self._grid.addWidget(theirs, row, 2, top)
            self._mark(pair, theirs=False)
            return
        same = pair.mine == pair.theirs
        self._grid.addWidget(Label(pair.mine or _EMPTY, "label", wrap=True), row, 1, top)
        self._grid.addWidget(Label(pair.theirs, "strong" if same else "body", wrap=True), row, 2, top)

    def _choose(self, pair: Pair, *, theirs: bool) -> None:
        self._mark(pair, theirs=theirs)
        self.taken.emit(pair, theirs)

    def _mark(self, pair: Pair, *, theirs: bool) -> None:
        """Which of the two stands in the form: by tint and by a check."""
        for button, used, side in zip(
            self.choices[pair.name],
            (not theirs, theirs),
            (tr("isian Anda", "yours"), tr("versi terbaru", "the newest version")),
            strict=True,
        ):
            button.setProperty("kind", "tonal" if used else "outlined")
            button.setIcon(
                theme.icon("check", "accent_text") if used else theme.icon("circle-outline", "text3")
            )
            used_now = tr(", dipakai", ", in use") if used else ""
            button.setAccessibleName(f"{pair.label.say()}, {side}: {button.text() or _EMPTY}{used_now}")
            button.style().unpolish(button)
            button.style().polish(button)

    def _clear(self) -> None:
        self.choices = {}
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the card away."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
