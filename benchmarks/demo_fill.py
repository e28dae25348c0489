"""Filling an empty data folder with made-up records of all kinds, as `demo --records N` does: seconds, CPU, peak memory."""

from __future__ import annotations

import shutil
import sys

from benchmarks import common
from benchmarks.common import middle, ms, tell


def main() -> None:
    given = common.arguments(__doc__, 100_000)
    ran: list[common.Ran] = []
    size = 0.0
    for _ in range(min(3, given.times)):
        place = common.SCRATCH / "demo"
        shutil.rmtree(place, ignore_errors=True)
        base = [sys.executable, "-m", "desktop_app", "--data-dir", str(place)]
        common.run([*base, "init", "--site", "18.72.04", "--role", "office", "--name", "Kec. Metro Timur"])
        ran.append(common.run([*base, "demo", "--records", str(given.rows)]))
        size = (place / "pelita.db").stat().st_size / 1e6
        shutil.rmtree(place)
    wall, cpu = middle([one.wall for one in ran]), middle([one.cpu for one in ran])
    common.head()
    more = f"CPU {cpu:.1f} s; peak {max(one.peak for one in ran):.0f} MB; file {size:.0f} MB"
    tell(f"demo of {given.rows:,} records", None, "60 s", ms(wall), "", len(ran), more)


if __name__ == "__main__":
    main()
