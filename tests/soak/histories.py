"""Made-up histories by the hundred, each time others: all must end with equal copies, and every outcome must have been met.

In one of five headquarters has its database on a server. One that ends badly is printed as it was, step by step: making it shorter would
take longer than the run, and its steps can be called again on `Histories`.
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
_AT_ONCE = 20
"""So many histories between two words about how far it is: who stops it knows what was done till then."""


def run(count: int = DEFAULT) -> None:
    """Make up `count` histories of up to 50 steps; prints what happened in them."""
    began = time.perf_counter()
    counted: Counter[str] = Counter()
    on_server = done = 0
    with tempfile.TemporaryDirectory(prefix="pelita-server-") as folder, serving(Path(folder)) as server:
        while done < count:
            now = min(_AT_ONCE, count - done)
            counted += histories.run(now - now // 5, steps=_STEPS, shrink=False, seeded=False)
            if now // 5:
                counted += histories.run(now // 5, steps=_STEPS, shrink=False, seeded=False, server=server)
            on_server += now // 5
            done += now
            print(
                f"{done} ended well ({on_server} on PostgreSQL), {time.perf_counter() - began:.0f} s",
                flush=True,
            )
    for what, times in counted.most_common():
        print(f"{times:7} {what}")
    missing = [what for what in histories.WANTED if not counted[what]]
    print(f"never met: {', '.join(missing) or 'nothing'}")
