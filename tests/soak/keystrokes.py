"""What the hands of a clerk do for a slip: the keys written out in tests/data/slips, beside the least that anybody could press."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.hands.slips import KINDS, least, slips
from tests.journeys import city


def run() -> None:
    """Prints, slip by slip, the keys, the least, and how many times as many they are."""
    with tempfile.TemporaryDirectory(prefix="pelita-keys-") as folder:
        city.build(Path(folder, "data"))
        ctx = city.opened(Path(folder, "data"))
        ratios: list[float] = []
        for kind in KINDS:
            typed = slips(kind)
            for before, slip in zip([None, *typed], typed, strict=False):
                used, needed = len(slip.strokes), least(ctx, slip, before)
                ratios.append(used / needed)
                print(
                    f"{kind:20} {slip.number:2}  {used:4} keys, least {needed:4}: {ratios[-1]:.2f}  {slip.told['about'][:60]}"
                )
            mine = ratios[-len(typed) :]
            print(f"{kind:20} on average {sum(mine) / len(mine):.2f}, at worst {max(mine):.2f}")
        print(f"all on average {sum(ratios) / len(ratios):.2f}")
        ctx.close()
