"""Drop-down, check box and radio button: the style sheet dresses them, the marks are painted here."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QRadioButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.widgets import painting


class ComboBox(QComboBox):
    """A drop-down of a handful of choices (a field with many is the form's picker)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxVisibleItems(12)
        self.setItemDelegate(QStyledItemDelegate(self))  # Fusion's own one for menus ignores the style sheet

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the chevron."""
        super().paintEvent(event)
        look = theme.current()
        painter = painting.smooth(self)
        ink = "text3" if self.isEnabled() else "disabled"
        left = self.width() - look.px(6)
        painting.picture(painter, left, (self.height() - look.px(4)) / 2, "chevron-down", ink, 4)
        painter.end()


class CheckBox(QCheckBox):
    """A check box; it is called by its words."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the check."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = painting.smooth(self)
        side = theme.current().px(4)
        ink = "on_accent" if self.isEnabled() else "disabled"
        painting.picture(
            painter, box.center().x() - side / 2, box.center().y() - side / 2, "check-bold", ink, 4
        )
        painter.end()


class RadioButton(QRadioButton):
    """A radio button."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the dot."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self))
        inset = box.width() * 0.27
        painter = painting.smooth(self)
        ink = "focus" if self.isEnabled() else "disabled"
        painting.fill(painter, box.adjusted(inset, inset, -inset, -inset), box.width(), ink)
        painter.end()
