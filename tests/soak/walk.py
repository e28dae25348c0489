"""Every page, dialog and form, in both languages, in small windows and large type: by keyboard, by ear, for cut words and for contrast.

`.ci/run` goes to one place in seven; here all are gone to.
"""

from __future__ import annotations

import pytest


def run(processes: int = 2) -> None:
    """Go to all places, in so many processes; raises `SystemExit` when something is amiss."""
    raise SystemExit(pytest.main(["-m", "heavy", "-n", str(processes), "--timeout", "1800", "tests/ui/walk"]))
