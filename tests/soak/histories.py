"""Made-up histories by the hundred, each time others: all must end with equal copies, and every outcome must have been met.

In one of five headquarters has its database on a server.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.engines import serving
from tests.exchange import histories

DEFAULT = 300
_STEPS = 50


def run(count: int = DEFAULT) -> None:
    """Make up `count` histories of up to 50 steps; prints what happened in them."""
    began = time.perf_counter()
    on_server = count // 5
    counted = Counter(histories.run(count - on_server, steps=_STEPS, seeded=False))
    if on_server:
        with tempfile.TemporaryDirectory(prefix="pelita-server-") as folder, serving(Path(folder)) as server:
            counted += histories.run(on_server, steps=_STEPS, seeded=False, server=server)
    for what, times in counted.most_common():
        print(f"{times:7} {what}")
    missing = [what for what in histories.WANTED if not counted[what]]
    print(f"never met: {', '.join(missing) or 'nothing'}")
    print(f"{on_server} of them on PostgreSQL; {time.perf_counter() - began:.0f} s")
