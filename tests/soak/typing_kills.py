"""The window killed at random moments while a robot types (tests/hands/test_killing.py has three)."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from tests.hands.killing import killed
from tests.journeys import city


def run(count: int = 100) -> None:
    """`count` kills; prints how many keys were lost, and where the cursor came back. Stops at the first that loses more than a second."""
    with tempfile.TemporaryDirectory(prefix="pelita-kills-") as name:
        folder = Path(name)
        city.build(folder / "ready")
        seen = []
        for seed in range(count):
            seen.append(killed(folder / "ready", folder / "copy", 5_000 + seed))
            print(seed, seen[-1], flush=True)
        lost = Counter(one.lost for one in seen)
        fields = Counter(one.field or "(nothing unsaved)" for one in seen)
        print(f"killed {count} times, each time back at the same record and field")
        print(
            f"keys lost, at ten a second: {dict(sorted(lost.items()))}; longest {max(one.seconds for one in seen):.2f} s"
        )
        print(f"came back in {len(fields)} fields: {dict(fields.most_common())}")
