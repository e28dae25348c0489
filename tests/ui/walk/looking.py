"""What is asked of everything on the screen: is it reached by keys, named, readable, whole? Each question answers with complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.later_page import LaterPage
from desktop_app.ui.widgets import Button, MessageLine, NavButton, RailButton

STEPS, LINKS = 400, 100
"""More presses of Tab than any page has controls, and than a page of the help has links."""


def called(widget: QWidget) -> str:
    """How a complaint names a widget."""
    words = widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {widget.objectName()!r} {words!r}"


def shown(top: QWidget) -> Iterator[QWidget]:
    """The visible widgets of a window, in the order of the tree of children."""
    for child in top.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield child
            yield from shown(child)


# ---- reached by keys


def is_control(widget: QWidget) -> bool:
    """Whether a mouse could do something with it."""
    if not widget.isEnabled() or not widget.isVisible() or widget.size().isEmpty():
        return False
    if isinstance(widget, QScrollBar | QSplitterHandle):
        return False  # what is scrolled to is reached itself
    if isinstance(widget.parentWidget(), QLineEdit | QTabBar | QComboBox | QScrollBar):
        return False  # icons inside a field: the field has keys for them
    if isinstance(widget, QHeaderView):
        return False  # see the list's menu of columns
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QComboBox | QAbstractButton | QTabBar):
        return True
    if isinstance(widget, QAbstractItemView):
        return widget.model() is not None and widget.model().rowCount() > 0
    return widget.cursor().shape() == Qt.CursorShape.PointingHandCursor


def in_group(widget: QWidget) -> set[QWidget]:
    """Those among which the arrows move: of radio buttons, and of boxes to tick of one field, one is reached by Tab."""
    if isinstance(widget, QRadioButton | QCheckBox):
        group: QButtonGroup | None = widget.group()
        parent = widget.parentWidget()
        if group is not None:
            return set(group.buttons())
        if isinstance(widget, QRadioButton) and widget.autoExclusive():
            return {one for one in parent.findChildren(QRadioButton) if one.parentWidget() is parent}
        if type(parent).__name__ == "TicksEditor":
            return set(parent.findChildren(QCheckBox))
    return {widget}


class Step:
    """One stop of the walk: what had the focus, and how it looked with and without."""

    def __init__(self, widget: QWidget, focused: QImage) -> None:
        self.widget, self.focused, self.name = widget, focused, widget.objectName()
        self.plain: QImage | None = None
        self.trap = False


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def differing(one: QImage, other: QImage) -> int:
    """How many pixels differ; all of them where the sizes do."""
    if one.size() != other.size():
        return one.width() * one.height()
    before, after = (memoryview(image.constBits()).cast("I") for image in (one, other))
    return sum(a != b for a, b in zip(before, after, strict=True))


def walk(top: QWidget) -> list[Step]:
    """Press Tab until all has been round once, and tell it from the very first stop."""
    steps: list[Step] = []
    seen: set[tuple[QWidget, str]] = (
        set()
    )  # the editor of a grid goes from cell to cell, and with it its name
    for _ in range(STEPS):
        now = QApplication.focusWidget()
        assert now is not None, "nothing has the focus"
        if (now, now.objectName()) in seen:
            break
        seen.add((now, now.objectName()))
        steps.append(Step(now, picture(now)))
        for _ in range(LINKS if isinstance(now, QTextBrowser) else 1):
            QTest.keyClick(now, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not now:
                break
        steps[-1].trap = stays(steps[-1])
        if not steps[-1].trap and not is_cell(now):
            steps[-1].plain = picture(now)
    return from_the_top(top, steps)


def is_cell(widget: QWidget) -> bool:
    """Whether it is the editor of a table's cell: it comes and goes with the cursor."""
    around = widget.parentWidget()
    return around is not None and isinstance(around.parentWidget(), QAbstractItemView)


def stays(step: Step) -> bool:
    """Whether Tab has led nowhere."""
    now = QApplication.focusWidget()
    return now is step.widget and now.objectName() == step.name


def from_the_top(top: QWidget, steps: list[Step]) -> list[Step]:
    """The round from its first stop: in the main window that of the navigation, else that which was made first."""
    firsts: list[QWidget | None]
    if isinstance(top, MainWindow):
        firsts = [one for one in shown(top) if isinstance(one, NavButton | RailButton)]
    else:
        firsts = [top.nextInFocusChain()]
        while (last := firsts[-1]) is not None and last is not top:
            firsts.append(last.nextInFocusChain())
    stops = [step.widget for step in steps]
    begin = next((stops.index(one) for one in firsts if one in stops), 0)
    return [*steps[begin:], *steps[:begin]]


def not_reached(top: QWidget, steps: Iterable[Step]) -> list[str]:
    """Controls that Tab, and the arrows within a group, do not come to."""
    reached = {one for step in steps for one in in_group(step.widget)}
    reached |= {
        one
        for one in shown(top)
        if isinstance(one, QAbstractItemView) and any(map(one.isAncestorOf, reached))
    }
    missed = [one for one in shown(top) if is_control(one) and not {one, one.focusProxy()} & reached]
    return [called(one) for one in missed if not has_a_key(one)]


def has_a_key(widget: QWidget) -> bool:
    """What Tab passes by on purpose, because a key does the same from where one is typing."""
    if isinstance(widget, QLineEdit) and widget.isReadOnly():
        return True  # a derived figure: nothing to type
    if isinstance(widget, Button) and isinstance(widget.parentWidget(), MessageLine):
        return True  # Ctrl+L
    # Typing in the last line; Ctrl+S; PgUp and PgDown in the calendar; the arrows in the box of Ctrl+K.
    return widget.objectName().startswith(("add_", "action_first_", "qt_calendar_", "find_list"))


def trapped(steps: list[Step]) -> list[str]:
    """Where Tab stays for good."""
    return [f"Tab does not leave {called(step.widget)}" for step in steps if step.trap and len(steps) > 1]


def is_empty(widget: QWidget) -> bool:
    """Whether it is a list without rows, which Tab passes, or a page that only tells something: there is nothing to walk through."""
    if isinstance(widget, LaterPage):
        return not any(map(is_control, shown(widget)))
    return isinstance(widget, QAbstractItemView) and widget.model().rowCount() == 0


def unseen_focus(steps: Iterable[Step]) -> list[str]:
    """What looks the same with the focus and without."""
    found = []
    for step in steps:
        if step.plain is None or is_empty(step.widget):
            continue
        image = step.focused
        needed = min(image.width() + image.height(), 150) // 2
        many = differing(step.focused, step.plain)
        if many < needed:
            found.append(f"{called(step.widget)}: {many} px differ, {needed} wanted")
    return found


def parts(one: QWidget, other: QWidget) -> tuple[QRect, QRect]:
    """Where the two stand: the parts of the page that hold the one and not the other, so that it doesn't matter what is scrolled away."""
    above: QWidget = one
    while not above.isAncestorOf(other):
        above = above.parentWidget() or other.window()

    def part(widget: QWidget) -> QRect:
        while widget is not above and widget.parentWidget() is not above:
            widget = widget.parentWidget() or above
        return QRect(widget.mapTo(above, QPoint(0, 0)), widget.size()) if widget is not above else QRect()

    return part(one), part(other)


def before(one: QWidget, other: QWidget) -> bool:
    """Whether `one` is read before `other`: further left in the same line, higher, or in a column further left."""
    this, that = parts(one, other)
    if this.isNull() or that.isNull():
        return True
    high = min(this.bottom(), that.bottom()) - max(this.top(), that.top())
    if high > min(this.height(), that.height()) / 2:  # of one line
        return this.center().x() <= that.center().x()
    return that.bottom() > this.top() + 2 or that.left() >= this.right() - 2


def backwards(stops: list[QWidget]) -> list[str]:
    """Steps that go back or up on the page."""
    return [
        f"{called(one)} {one.geometry().getRect()} -> {called(other)} {other.geometry().getRect()}"
        for one, other in pairwise(stops)
        if one.window() is other.window() and not before(one, other)
    ]


def out_of_order(steps: Iterable[Step]) -> list[str]:
    """Where Tab goes back or up on the page."""
    return backwards([step.widget for step in steps])


# ---- what a screen reader is told


def interface(widget: QWidget) -> Any:
    return QAccessible.queryAccessibleInterface(widget)


def is_stop(widget: QWidget) -> bool:
    """Whether the focus can stand on it."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()


def unnamed(top: QWidget) -> list[str]:
    """Controls without a name, or with one that nobody wrote for a reader."""
    found = []
    for one in shown(top):
        if not (is_stop(one) or is_control(one)) or one.focusProxy() is not None:
            continue
        if isinstance(one, QAbstractScrollArea) and not isinstance(
            one, QAbstractItemView | QPlainTextEdit | QTextEdit
        ):
            continue
        name = interface(one).text(QAccessible.Text.Name)
        if not name.strip() or name == one.objectName() or "&&" in name or len(name.strip()) < 2:
            found.append(f"{called(one)} is called {name!r}")
    return found


def names(top: QWidget) -> list[tuple[str, str]]:
    """What the controls are called, beside what they are."""
    return [
        (called(one), interface(one).text(QAccessible.Text.Name))
        for one in shown(top)
        if (is_stop(one) or is_control(one)) and one.focusProxy() is None and not isinstance(one, QScrollArea)
    ]


def without_shortcut(top: QWidget) -> list[str]:
    """Buttons with a shortcut that neither tooltip nor description names."""
    found = []
    for one in shown(top):
        if isinstance(one, QAbstractButton) and not one.shortcut().isEmpty():
            keys = one.shortcut().toString()
            if keys not in one.toolTip() and keys not in interface(one).text(QAccessible.Text.Description):
                found.append(f"{called(one)}: {keys} is told nowhere")
    return found


def listened(top: QWidget) -> list[QWidget]:
    """The stops in the order in which a screen reader goes through the tree."""
    stops: list[QWidget] = []

    def go(node: Any) -> None:
        widget = node.object()
        if isinstance(widget, QWidget):
            if not widget.isVisible():
                return
            if is_stop(widget) and widget.focusProxy() is None:
                stops.append(widget)
                if isinstance(widget, QAbstractItemView | QTabBar | QComboBox):
                    return
        for place in range(node.childCount()):
            child = node.child(place)
            if child is not None and child.isValid():
                go(child)

    go(interface(top))
    return stops


def told_out_of_order(top: QWidget) -> list[str]:
    """Where the tree goes back or up on the page."""
    return backwards([one for one in listened(top) if one.window() is top])
