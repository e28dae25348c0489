"""Another start of the program on a folder, as far as the window that works there hears of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_ASK = (
    "import sys; from pathlib import Path; from desktop_app.ui.one_window import raise_other; "
    "folder, *files = map(Path, sys.argv[1:]); sys.exit(0 if raise_other(folder, files) else 3)"
)


def second_start(qtbot, folder: Path, files: Sequence[Path] = ()) -> bool:
    """Whether a window heard it. A process of its own, as it is with users: it waits for the answer of this one."""
    other = subprocess.Popen([sys.executable, "-c", _ASK, str(folder), *map(str, files)])
    qtbot.waitUntil(lambda: other.poll() is not None, timeout=60_000)
    assert other.returncode in {0, 3}
    return other.returncode == 0
