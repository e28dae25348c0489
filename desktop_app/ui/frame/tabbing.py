"""Tab goes through the parts of the window as they lie: navigation, page header, page, status bar, and round again.

Qt's own order is that in which widgets were made; but pages are made when they are first opened, and forms grow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

# Asked of hundreds of widgets when a page goes: to find one of these costs a tenth of what `&` does.
_BY_TAB = (Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.WheelFocus)


def go_on(window: QWidget, parts: Sequence[QWidget], *, forward: bool) -> bool:
    """Move the focus to the next stop (or the one before) of the part that has it, else into the next part; False when there is none."""
    now: QWidget | None = window.focusWidget()
    here = (
        None if now is None else next((at for at, part in enumerate(parts) if part.isAncestorOf(now)), None)
    )
    if now is not None and here is not None:
        for widget in _chain(now, window, forward=forward):
            if _is_stop(widget, now, forward=forward) and parts[here].isAncestorOf(widget):
                return _focus(widget, forward=forward)
    start = here if here is not None else -1 if forward else 0
    for step in range(1, len(parts) + 1):
        part = parts[(start + (step if forward else -step)) % len(parts)]
        for widget in _chain(window, window, forward=forward) if part.isVisible() else ():
            if _is_stop(widget, now, forward=forward) and part.isAncestorOf(widget):
                return _focus(widget, forward=forward)
    return False


def _chain(start: QWidget, window: QWidget, *, forward: bool) -> Iterator[QWidget]:
    """Qt's order from after `start` to the window, which is its beginning."""
    widget: QWidget | None = start
    while widget is not None:
        widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if widget is window or widget is None:
            return
        yield widget


def _is_stop(widget: QWidget, now: QWidget | None, *, forward: bool) -> bool:
    """Whether Tab stops there. A widget that passes the focus on to a part of itself is one stop together with that."""
    if not widget.isVisible() or widget.focusPolicy() not in _BY_TAB or not widget.isEnabled():
        return False
    proxy = widget.focusProxy()
    if proxy is None:
        return True
    return proxy is not now and not (proxy.isAncestorOf(widget) if forward else widget.isAncestorOf(proxy))


def _focus(widget: QWidget, *, forward: bool) -> bool:
    widget.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    parent = widget.parentWidget()
    while parent is not None:  # Qt itself shows only what is reached from within the same area
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    return True
