"""The ordinary tests (core, storage, exchange, window) under the shipped Windows Python in Wine: hours.

Only the exceptions of docs/windows.md may fail; what it prints says which did.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.windows.conftest import build
from tests.windows.inside import EXCEPTIONS, Inside
from tests.windows.wine.prefix import Prefix

WHOLE = ("tests/unit", "tests/storage", "tests/exchange", "tests/ui")


def run(_count: int = 1) -> None:
    """Build (or take the build of PELITA_WINDOWS_BUILD), then run folder after folder."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(os.environ.get("PELITA_WINDOWS_BUILD") or Path(folder) / "build")
        built = build(kept)
        prefix = Prefix(Path(folder) / "prefix")
        prefix.make()
        inside = Inside(prefix, built, kept / "work", Path(folder) / "inside")
        worst = 0
        for tests in WHOLE:
            begun = time.monotonic()
            chosen = ["-m", "not heavy and not bench and not postgres and not windows"]
            code, said = inside.pytest(*chosen, *(f"--deselect={one}" for one in EXCEPTIONS), tests=[tests])
            print(said[-8000:])
            print(f"{tests}: exit code {code}, {time.monotonic() - begun:.0f} s", flush=True)
            worst = max(worst, code)
        prefix.end()
    if worst:
        sys.exit(worst)
