"""Sending and receiving killed at random moments, many times (tests/exchange/test_kill.py has ten of each)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.exchange import killing


def run(count: int = 200) -> None:
    """`count` kills of each; prints how they are spread over the deed."""
    with tempfile.TemporaryDirectory(prefix="pelita-kills-") as folder:
        ready = killing.prepared(Path(folder, "ready"))
        for deed in ("send", "receive"):
            moments = [
                killing.killed(ready, Path(folder, "copy"), deed, 1_000 + seed) for seed in range(count)
            ]
            tenths = [sum(int(moment * 10) == tenth for moment in moments) for tenth in range(11)]
            print(
                f"{deed}: killed {count} times, all well; by tenths of {ready.seconds[deed]:.2f} s: {tenths}"
            )
