"""Which columns are shown, in which order and how wide: as declared, as the user arranged them, and as the room allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHeaderView

from desktop_app.core.spec import Column, Kind
from desktop_app.ui import theme
from desktop_app.ui.table.columns import heading, is_day
from desktop_app.ui.table.delegate import PAD
from desktop_app.ui.table.model import MARKS
from desktop_app.ui.widgets import pill_width

if TYPE_CHECKING:
    from desktop_app.ui.table.view import RowsView

_SAMPLE = "Hadimulyo Timur, Jl. A.H. Nasution 12"  # what a letter is wide, on the average of what lists hold
_LEAST_LETTERS = 20  # what the stretched column is never squeezed below while another can make room


class ColumnLayout:
    """The columns of one view. Exactly one stretches; when the room is short, the last ones step back until it is wide again."""

    def __init__(self, view: RowsView, kind: Kind) -> None:
        self._view, self._kind = view, kind
        self._names = [column.field for column in kind.columns]
        self._hidden = {column.field for column in kind.columns if column.hidden}
        self._by_user: dict[str, int] = {}  # widths in u
        self._set: dict[str, int] = {}  # widths in px as set here
        self._declared: dict[str, int] = {}  # widths in px that the declaration asks for
        self.arranging = True
        head = view.horizontalHeader()
        head.setStretchLastSection(False)
        head.setFirstSectionMovable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(MARKS, QHeaderView.ResizeMode.Fixed)
        self.arranging = False

    def restyle(self) -> None:
        """Widths after a change of text size."""
        self._declared.clear()
        self.fit()

    # --- what the user chose

    def names(self) -> list[str]:
        """All columns by field name, in the order on the screen."""
        head = self._view.horizontalHeader()
        return [self._names[head.logicalIndex(place) - 1] for place in range(1, head.count())]

    def is_shown(self, name: str) -> bool:
        """Whether the user wants to see a column (it may have stepped back for want of room)."""
        return name not in self._hidden

    def show(self, name: str, shown: bool) -> None:
        """Show or hide a column; the last one stays."""
        if shown:
            self._hidden.discard(name)
        elif len(self._hidden) < len(self._names) - 1:
            self._hidden.add(name)
        self.fit()

    def user_width(self, section: int, width: int) -> bool:
        """The user drew a column to this width in px. False when it was Qt, which stretches and hides columns later than asked."""
        stretches = self._view.horizontalHeader().sectionResizeMode(section) == QHeaderView.ResizeMode.Stretch
        name = self._names[section - 1]
        if self.arranging or stretches or width in (0, self._set.get(name)):
            return False
        self._by_user[name] = round(width / theme.current().u)
        return True

    def reset(self) -> None:
        """Back to the declaration."""
        self._hidden = {column.field for column in self._kind.columns if column.hidden}
        self._by_user.clear()
        self._order(self._names)
        self.fit()

    def kept(self) -> dict[str, Any]:
        """What to remember, as JSON values."""
        return {"order": self.names(), "hidden": sorted(self._hidden), "widths": dict(self._by_user)}

    def take(self, kept: dict[str, Any]) -> None:
        """Arrange as remembered; what the declaration no longer has is left out, what is new stands where it declares."""
        known = [name for name in kept.get("order", []) if name in self._names]
        for place, name in enumerate(self._names):
            if name not in known:
                known.insert(place, name)
        if "hidden" in kept:
            self._hidden = {name for name in kept["hidden"] if name in self._names}
        self._by_user = {
            name: int(width) for name, width in kept.get("widths", {}).items() if name in self._names
        }
        self._order(known)
        self.fit()

    def order(self, names: list[str]) -> None:
        """Put the columns in this order, all of them by field name."""
        self._order(names)
        self.fit()

    def _order(self, names: list[str]) -> None:
        head = self._view.horizontalHeader()
        self.arranging = True
        for place, name in enumerate(names, start=1):
            head.moveSection(head.visualIndex(self._names.index(name) + 1), place)
        self.arranging = False

    # --- what fits

    def first(self) -> int:
        """The section of the leftmost column of words; 0 when none is shown."""
        return next(
            (
                self._section(name)
                for name in self.names()
                if not self._view.isColumnHidden(self._section(name))
            ),
            0,
        )

    def fit(self) -> None:
        """Hide and size the columns for the room there is."""
        if self.arranging:
            return
        self.arranging = True
        view, head, look = self._view, self._view.horizontalHeader(), theme.current()
        shown = [name for name in self.names() if name not in self._hidden]
        elastic = self._elastic(shown)
        least = min(self._width(elastic), self._letters(_LEAST_LETTERS))
        room = view.viewport().width() - look.px(12) - self._clear(shown)
        seen = list(shown)
        for name in reversed(shown[1:]):
            if sum(self._width(one) for one in seen if one != elastic) + least <= room:
                break
            if name not in (elastic, "status"):
                seen.remove(name)
        spare = room - sum(self._width(one) for one in seen)
        clear = self._clear(seen)
        view.header.clear_right = (self._section(seen[-1]), clear)
        view.setColumnWidth(MARKS, look.px(12))
        for name in self._names:
            section = self._section(name)
            view.setColumnHidden(section, name not in seen)
            mode = QHeaderView.ResizeMode.Stretch if name == elastic else QHeaderView.ResizeMode.Interactive
            if head.sectionResizeMode(section) != mode:
                head.setSectionResizeMode(section, mode)
            if name in seen and name != elastic:
                self._set[name] = self._width(name) + self._share(name, seen, spare)
                if name == seen[-1]:
                    self._set[name] += clear
                view.setColumnWidth(section, self._set[name])
        self.arranging = False

    def _share(self, name: str, seen: list[str], spare: int) -> int:
        """What a column gets of the room to spare: half of it is theirs, at most three fifths of a column's own width."""
        others = [one for one in seen if self._grows(one)]
        if spare <= 0 or name not in others:
            return 0
        width = self._width(name)
        return int(min(width * 0.6, spare / 2 * width / sum(self._width(one) for one in others)))

    def _clear(self, seen: list[str]) -> int:
        """What the last column gets besides: figures at the right don't stand against the window's edge."""
        return theme.current().px(4) if seen and self._view.rows.to_right(self._section(seen[-1])) else 0

    def _grows(self, name: str) -> bool:
        return name not in self._by_user and name != "status"

    def _section(self, name: str) -> int:
        return self._names.index(name) + 1

    def _elastic(self, shown: list[str]) -> str:
        """The one that takes what is left: the first with two texts, else the widest."""
        columns = [
            column for column in self._kind.columns if column.field in shown and column.field != "status"
        ]
        both = [column.field for column in columns if column.also]
        if both:
            return both[0]
        return max(columns, key=lambda column: column.width).field if columns else shown[0]

    def _letters(self, letters: int) -> int:
        look = theme.current()
        return letters * look.metrics["body"].horizontalAdvance(_SAMPLE) // len(_SAMPLE) + look.px(2 * PAD)

    def _width(self, name: str) -> int:
        look = theme.current()
        if name in self._by_user:
            return look.px(self._by_user[name])
        if name not in self._declared:
            column = self._kind.columns[self._names.index(name)]
            words = look.metrics["small"].horizontalAdvance(heading(self._kind, column)) + look.px(
                2 * PAD + 4
            )
            self._declared[name] = max(
                words, self._letters(column.width), self._pills(column), self._figures(name)
            )
        return self._declared[name]

    def _pills(self, column: Column) -> int:
        cycle = self._kind.life_cycle
        if column.field != "status" or cycle is None:
            return 0
        return max(pill_width(state.label.say(), state.shape) for state in cycle.states) + theme.current().px(
            2 * PAD
        )

    def _figures(self, name: str) -> int:
        """Pixels for a date of another year, and for a figure with the word behind it: half a date or half a word tells nothing."""
        field = self._kind.by_name.get(name)
        unit = getattr(field, "unit", None)
        if is_day(self._kind, name):
            words = "00/00/0000"
        elif unit is not None:
            words = f"000 {unit.say()}"
        else:
            return 0
        look = theme.current()
        return look.metrics["body"].horizontalAdvance(words) + look.px(2 * PAD)
