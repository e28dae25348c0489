"""The line in which an office is looked up by its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.form.picking import Pick
from desktop_app.ui.ops import Latest, Ops


class OfficeLine(LineEditor):
    """`code` is that of the office chosen; as soon as something else is typed there is none, until one is chosen again.

    `find` is called in a worker with what is typed. `decided` carries the code, or "".
    """

    decided = Signal(str)

    def __init__(self, name: str, ops: Ops, find: Callable[[str], list[Pick]], code: str = "") -> None:
        super().__init__(name, self._find)
        self.code = code
        self._finds = find
        self._asks = Latest(ops, "quick", self)
        self.typed.connect(lambda _text: self._decide(""))
        self.chosen.connect(lambda code: self._decide(str(code) if code else ""))

    def _find(self, text: str) -> None:
        self._asks.run(lambda _op: self._finds(text), lambda picks: self.offer(picks, text))

    def _decide(self, code: str) -> None:
        self.code = code
        self.decided.emit(code)
