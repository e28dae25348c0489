"""Figures in a row on one ground: what stands out of all offices, at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Hairline, Label


class FigureStrip(QFrame):
    """Figure above, word below, a hairline between two; `action` stands at the right end."""

    def __init__(
        self, words: Sequence[tuple[str, str]], action: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._figures: dict[str, Label] = {}
        self._cells: dict[str, QWidget] = {}
        self._words = dict(words)
        self._row = QHBoxLayout(self)
        for place, (key, word) in enumerate(words):
            if place:
                self._row.addWidget(Hairline(down=True, token="border"))
            figure, cell = Label("0", "title"), QWidget()
            cell.setObjectName(f"figure_{key}")
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(figure)
            column.addWidget(Label(word, "meta"))
            self._figures[key], self._cells[key] = figure, cell
            self._row.addWidget(cell)
        self._row.addStretch(1)
        if action is not None:
            self._row.addWidget(action)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._row.setContentsMargins(look.px(6), look.px(2.5), look.px(6), look.px(2.5))
        self._row.setSpacing(look.px(5))

    def show_figure(self, key: str, count: int, tone: str = "") -> None:
        """Change a figure; `tone` colours it while it is not 0."""
        label = self._figures[key]
        label.setText(grouped(count))
        label.set_tone(tone if count and tone else "text")
        self._cells[key].setAccessibleName(f"{grouped(count)} {self._words[key]}")
