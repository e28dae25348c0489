"""The navigation at the left: the wide sidebar, an accordion, and the narrow rail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.frame.brand import Brand, Sign
from desktop_app.ui.frame.entries import NavEntry
from desktop_app.ui.widgets import Hairline, NavButton, RailButton


class _Column(QFrame):
    """The column of entries below the sign; scrolls when the window is lower than the entries are many."""

    chosen = Signal(str)

    def __init__(self, top: QWidget, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sidebar")
        self.setObjectName(name)
        self._inner = QWidget()
        self._inner.setProperty("kind", "scrolled")
        self.list = QVBoxLayout(self._inner)
        self.list.setSpacing(0)
        self._scroll = QScrollArea()
        ground = QWidget()  # to be handed Qt's own, PySide would load every class of widgets there is
        self._scroll.setViewport(ground)
        self._scroll.setWidget(self._inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._scroll, 1)

    def _walk(self, buttons: Sequence[QWidget], start: QWidget, step: int) -> None:
        """Bring the focus from `start` to the next visible entry up or down."""
        visible = [button for button in buttons if not button.isHidden()]
        at = visible.index(start) + step
        if 0 <= at < len(visible):
            visible[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(visible[at])


class _Apart(QWidget):
    """The hairline between the sections of work and the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.addWidget(Hairline())
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._row.setContentsMargins(look.px(2), look.px(2), look.px(2), look.px(2))


class Sidebar(_Column):
    """Groups with icon, word and chevron, children as indented words, counts at the right. One group is open at a time.

    `chosen` carries the key of a page; a group only folds.
    """

    def __init__(self, entries: Sequence[NavEntry], office: str, parent: QWidget | None = None) -> None:
        self.brand = Brand(office)
        super().__init__(self.brand, "sidebar", parent)
        self._buttons: dict[str, NavButton] = {}
        self._groups: dict[str, tuple[NavButton, QWidget]] = {}
        self._group_of: dict[str, str] = {}
        for entry in entries:
            if entry.apart:
                self.list.addWidget(_Apart())
            self._add(entry)
        self.list.addStretch(1)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self.setFixedWidth(look.px(52) - 1)  # and the hairline
        self.list.setContentsMargins(0, look.px(2), 0, look.px(2))
        for _, children in self._groups.values():
            children.setContentsMargins(0, 0, 0, look.px(1))

    def buttons(self) -> Mapping[str, NavButton]:
        """The buttons by key."""
        return self._buttons

    def set_current(self, key: str) -> None:
        """Show the page `key` as open, and its group unfolded."""
        group = self._group_of.get(key)
        for name, button in self._buttons.items():
            button.set_chosen(name == key)
            button.set_holds_chosen(name == group)
        if group is not None:
            self.unfold(group)

    def set_count(self, key: str, count: int | None, *, urgent: bool = False) -> None:
        """Change the count of an entry; KeyError when there is none."""
        self._buttons[key].set_count(count, urgent=urgent)

    def unfold(self, group: str | None) -> None:
        """Open one group and close the others; None closes all."""
        for key, (button, children) in self._groups.items():
            button.set_open(key == group)
            children.setVisible(key == group)

    def _add(self, entry: NavEntry) -> None:
        button = self._button(entry, bool(entry.children))
        self.list.addWidget(button)
        if not entry.children:
            return
        children = QWidget()
        column = QVBoxLayout(children)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        children.hide()
        self.list.addWidget(children)
        self._groups[entry.key] = (button, children)
        for child in entry.children:
            self._group_of[child.key] = entry.key
            column.addWidget(self._button(child, False))

    def _button(self, entry: NavEntry, group: bool) -> NavButton:
        button = NavButton(entry.words.say(), entry.icon, group=group, name=f"nav_{entry.key}")
        button.set_count(entry.count)
        button.clicked.connect(lambda _=False, key=entry.key: self._clicked(key))
        button.step.connect(lambda step, start=button: self._step(start, step))
        button.fold.connect(lambda opens, key=entry.key: self._fold(key, opens))
        self._buttons[entry.key] = button
        return button

    def _clicked(self, key: str) -> None:
        if key in self._groups:
            self.unfold(None if self._groups[key][0].is_open() else key)
        else:
            self.chosen.emit(key)

    def _fold(self, key: str, opens: bool) -> None:
        """Arrow right unfolds a group; arrow left folds it, from a child too, which gives the focus back."""
        group = self._group_of.get(key, key)
        if group not in self._groups or (opens and key != group):
            return
        if not opens and key != group:
            self._groups[group][0].setFocus(Qt.FocusReason.TabFocusReason)
        self.unfold(group if opens else None)

    def _step(self, start: QWidget, step: int) -> None:
        shown = [b for key, b in self._buttons.items() if self._is_shown(key)]
        self._walk(shown, start, step)

    def _is_shown(self, key: str) -> bool:
        group = self._group_of.get(key)
        return group is None or self._groups[group][0].is_open()


class Rail(_Column):
    """Icon above a short word, one an entry; the children of a group become tabs in the page header."""

    def __init__(self, entries: Sequence[NavEntry], office: str, parent: QWidget | None = None) -> None:
        self._top = QWidget()
        self._top_row = QHBoxLayout(self._top)
        self._top_row.addWidget(Sign())
        super().__init__(self._top, "rail", parent)
        self._buttons: dict[str, RailButton] = {}
        self._entry_of: dict[str, str] = {}
        self._urgent: dict[str, set[str]] = {}
        for number, entry in enumerate(entries):
            if entry.apart and number:
                self.list.addSpacing(theme.current().px(3))
            button = RailButton(entry.words.say(), entry.rail_words(), entry.icon, name=f"rail_{entry.key}")
            button.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            button.step.connect(
                lambda step, start=button: self._walk(list(self._buttons.values()), start, step)
            )
            self._buttons[entry.key] = button
            self._urgent[entry.key] = set()
            self.list.addWidget(button)
            for page in (entry, *entry.children):
                self._entry_of[page.key] = entry.key
        self.list.addStretch(1)
        self.set_office(office)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self.setFixedWidth(look.px(19) - 1)  # and the hairline
        self._top_row.setContentsMargins(0, look.px(2), 0, look.px(2))
        self.list.setContentsMargins(0, 0, 0, look.px(2))

    def buttons(self) -> Mapping[str, RailButton]:
        """The buttons by the key of their entry."""
        return self._buttons

    def set_office(self, office: str) -> None:
        """The office is told by the tooltip of the sign."""
        self._top.setToolTip(office)

    def set_current(self, key: str) -> None:
        """Show the entry that holds the page `key` as open."""
        for name, button in self._buttons.items():
            button.set_chosen(name == self._entry_of[key])

    def set_count(self, key: str, count: int | None, *, urgent: bool = False) -> None:
        """A red dot while anything of an entry is urgent; KeyError when there is no such entry."""
        entry = self._entry_of[key]
        waiting = self._urgent[entry]
        (waiting.add if urgent and count else waiting.discard)(key)
        self._buttons[entry].set_count(len(waiting), urgent=bool(waiting))
