"""Made-up histories by the hundred, each time others: all must end with equal copies, and every outcome must have been met."""

from __future__ import annotations

from tests.exchange import histories

DEFAULT = 300


def run(count: int = DEFAULT) -> None:
    """Make up `count` histories of up to 50 steps; prints what happened in them."""
    counted = histories.run(count, steps=50, seeded=False)
    for what, times in counted.most_common():
        print(f"{times:7} {what}")
    missing = [what for what in histories.WANTED if not counted[what]]
    print(f"never met: {', '.join(missing) or 'nothing'}")
