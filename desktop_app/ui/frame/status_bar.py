"""The bottom line: is all saved, what can be undone, and how things stand with headquarters, backup and user."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import keys, theme
from desktop_app.ui.widgets import Button, Lamp, painting
from desktop_app.ui.widgets.status import LampState

_ICONS = {
    "practice": "school-outline",
    "unsent": "tray-arrow-up",
    "waiting": "inbox-arrow-down-outline",
    "review": "compare-horizontal",
    "receipt": "receipt-text-outline",
    "backup": "shield-check-outline",
    "person": "account-circle-outline",
    "help": "help-circle-outline",
}


_FIRST_SHORTENED = ("help", "backup", "receipt", "review", "waiting", "unsent", "person")


class StatusItem(QAbstractButton):
    """Icon and words; where there is no room only the icon with its tooltip and its accessible name stays."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._words = ""
        self._short = False
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Change the words; empty hides the item."""
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def set_short(self, short: bool) -> None:
        """Show the icon only."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """What the item says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Icon and words in one line."""
        return self.minimumSizeHint() if self._short else self.full_size()

    def full_size(self) -> QSize:
        """What it wants with its words."""
        look = theme.current()
        return QSize(look.metrics["meta"].horizontalAdvance(self._words) + look.px(8), look.px(6))

    def minimumSizeHint(self) -> QSize:
        """The icon."""
        return QSize(theme.current().px(6), theme.current().px(6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon, words, hover, focus."""
        look = theme.current()
        painter = painting.smooth(self)
        if self.underMouse():
            painting.fill(painter, self.rect(), look.px(1), "hover")
        if self.hasFocus():
            painting.outline(painter, self.rect(), look.px(1), "focus", 2)
        painting.picture(painter, look.px(1), (self.height() - look.px(4)) / 2, self._icon, "text3", 4)
        words = QRect(look.px(6.5), 0, self.width() - look.px(7.5) + 1, self.height())
        if not self._short:
            painting.write(painter, words, self._words, "meta", "text2")
        painter.end()


class StatusBar(QFrame):
    """Lamp and undo at the left; unsent, receipt, backup, user at the right. `clicked` names the item."""

    clicked = Signal(str)
    undo_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "status")
        self.setObjectName("status_bar")
        self.lamp = Lamp()
        self.lamp.setObjectName("lamp")
        self.undo = Button("", "link", "undo", name="action_undo")
        self.undo.hide()
        self.undo.clicked.connect(self.undo_clicked)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.lamp)
        self._row.addWidget(self.undo)
        self._row.addStretch(1)
        self.items: dict[str, StatusItem] = {}
        for key, icon in _ICONS.items():
            item = StatusItem(icon, f"status_{key}")
            item.hide()
            item.clicked.connect(lambda _=False, name=key: self.clicked.emit(name))
            self.items[key] = item
            self._row.addWidget(item)
        self.items["help"].set_words(keys.tip(tr("Bantuan", "Help"), keys.HELP))
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self.setFixedHeight(look.px(7) + 1)
        self._row.setContentsMargins(look.px(4), 0, look.px(2), 0)
        self._row.setSpacing(look.px(2))
        self._make_room()

    def set_saved(self, state: LampState, words: str) -> None:
        """Show the lamp."""
        self.lamp.show_state(state, words)
        self._make_room()

    def set_item(self, key: str, words: str) -> None:
        """Change the words of an item ("unsent", "waiting", "review", "receipt", "backup", "person"); empty hides it."""
        self.items[key].set_words(words)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten what is least needed where there is no room for all words."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        shown = {key: item for key, item in self.items.items() if item.words()}
        gap = self._row.spacing()
        left = (self.lamp, self.undo) if self.undo.text() else (self.lamp,)
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - gap
        room -= sum(widget.sizeHint().width() + gap for widget in left)
        short: set[str] = set()
        for key in ("", *_FIRST_SHORTENED):
            short.add(key)
            wanted = sum(
                (item.minimumSizeHint() if name in short else item.full_size()).width() + gap
                for name, item in shown.items()
            )
            if wanted <= room:
                break
        for name, item in shown.items():
            item.set_short(name in short)

    def set_undo(self, words: str) -> None:
        """Offer to undo ("Urungkan simpan terakhir"); empty offers nothing."""
        self.undo.set_words(words)
        self.undo.setVisible(bool(words))
        self._make_room()
