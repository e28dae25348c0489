"""Figures in a row (in two, where it is narrow) on one ground: what stands out of all offices, at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Hairline, Label
from desktop_app.ui.widgets.flow import Flow

_GAP = 5
"""Units u at either side of a hairline."""


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
        flow = Flow(_GAP)
        self._row.addWidget(flow, 1)
        for key, word in words:
            self._cells[key] = self._cell(key, word, last=key == words[-1][0])
        flow.fill(list(self._cells.values()))
        if action is not None:
            self._row.addWidget(action)
        self.restyle()
        theme.changed.connect(self.restyle)

    def _cell(self, key: str, word: str, *, last: bool) -> QWidget:
        self._figures[key] = figure = Label("0", "title")
        cell = QWidget()
        cell.setObjectName(f"figure_{key}")
        grid = QGridLayout(cell)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(figure, 0, 0)
        grid.addWidget(Label(word, "meta"), 1, 0)
        if not last:
            grid.addWidget(Hairline(down=True, token="border"), 0, 1, 2, 1)
        return cell

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._row.setContentsMargins(look.px(6), look.px(2.5), look.px(6), look.px(2.5))
        self._row.setSpacing(look.px(_GAP))
        for cell in self._cells.values():
            grid = cell.layout()
            assert isinstance(grid, QGridLayout)
            grid.setHorizontalSpacing(look.px(_GAP))

    def show_figure(self, key: str, count: int, tone: str = "") -> None:
        """Change a figure; `tone` colours it while it is not 0."""
        label = self._figures[key]
        label.setText(grouped(count))
        label.set_tone(tone if count and tone else "text")
        self._cells[key].setAccessibleName(f"{grouped(count)} {self._words[key]}")
