"""Makes the computer of the tests a slow and stuttering one, to find what depends on its speed: `pytest -p tests.slow_computer tests/ui`.

Work beside the window begins and is answered late, now and then the whole process stands still around a key or a click. The delays are
another draw each time; `PELITA_SLOW` is the longest one in milliseconds (150 unless told).
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest

from desktop_app.ui.ops import Op

_LONGEST = float(os.environ.get("PELITA_SLOW", "150")) / 1000
_STUTTERS = 0.03  # of all keys and clicks
_chance = random.SystemRandom()


def _late(work: Callable[..., Any]) -> Callable[..., Any]:
    """Before and after a piece of work the worker waits for its turn."""

    def later(*given: Any, **named: Any) -> Any:
        time.sleep(_chance.uniform(0, _LONGEST))
        return work(*given, **named)

    return later


def _stuttering(deed: Callable[..., Any]) -> Callable[..., Any]:
    """Around a key or a click nothing may happen at all for a while."""

    def then(*given: Any, **named: Any) -> Any:
        if _chance.random() < _STUTTERS:
            time.sleep(_chance.uniform(0, 6 * _LONGEST))
        result = deed(*given, **named)
        if _chance.random() < _STUTTERS:
            time.sleep(_chance.uniform(0, 6 * _LONGEST))
        return result

    return then


Op._work = _late(Op._work)  # type: ignore[method-assign]
for _name in ("keyClick", "keyClicks", "mouseClick", "mouseDClick"):
    setattr(QTest, _name, staticmethod(_stuttering(getattr(QTest, _name))))
