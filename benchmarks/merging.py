"""A package of 200,000 repairs merged into 1,000,000: stamps, journal, conflicts, search index; against a plain `executemany` upsert.

Half of what comes is new, half was changed. The plain one has the same rows as stored values, the same table with its indexes, and none
of the rest. Both read CSV and end with a durable COMMIT. What the rules say of the rows afterwards (`flagging`) is timed by itself.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

import shutil

from benchmarks import common
from benchmarks.common import KIND, middle, ms, tell


def ours(rows: int, to: str) -> None:
    import contextlib
    import time

    from benchmarks import arriving
    from desktop_app import bootstrap
    from desktop_app.core.errors import Cancelled
    from desktop_app.services import flagging

    class Some:
        """Stops after a thousand records: all of them take long."""

        done = 0

        def at(self, done: int, *_: object) -> None:
            self.done = done
            if done >= 1_000:
                raise Cancelled

    place = common.copy_of(rows, "merge-ours")
    ctx = bootstrap.open_context(place, person="benchmark")
    arriving.as_headquarters(ctx)
    before = common.memory("VmHWM")
    told = arriving.merge(ctx, rows, "some")
    peak, began = common.memory("VmHWM"), time.perf_counter()
    if to == "flagging":
        some = Some()
        with contextlib.suppress(Cancelled):
            flagging.look(ctx, some)
        told["flagging"] = (time.perf_counter() - began) / max(some.done, 1)
    ctx.close()
    shutil.rmtree(place)
    common.answer(**told, before=before, merge_peak=peak)


def plain(rows: int, _to: str) -> None:
    import sqlite3
    import time

    from benchmarks import arriving

    place = common.copy_of(rows, "merge-plain")
    database = sqlite3.connect(place / "pelita.db", isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        database.execute(f"PRAGMA {pragma}")
    columns = ", ".join(arriving.STORED)
    changed = ", ".join(f"{name} = excluded.{name}" for name in arriving.STORED[1:])
    sql = (
        f"INSERT INTO {KIND} ({columns}) VALUES ({', '.join('?' * len(arriving.STORED))}) "
        f"ON CONFLICT (uid) DO UPDATE SET {changed}"
    )
    began, busy = time.perf_counter(), time.process_time()
    database.execute("BEGIN IMMEDIATE")
    database.executemany(sql, arriving.stored_rows(rows, "some"))
    database.execute("COMMIT")
    told = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    database.close()
    shutil.rmtree(place)
    common.answer(**told)


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    common.side("arriving", "prepare", given.rows)
    mine, other = [], []
    for number in range(given.times):
        mine.append(common.side("merging", "ours", given.rows, "--to", "" if number else "flagging").answer)
        other.append(common.side("merging", "plain", given.rows).answer)
    first, came = mine[0], given.rows // 5
    one, two = (middle([each["wall"] for each in side]) for side in (mine, other))
    cpu, other_cpu = (middle([each["cpu"] for each in side]) for side in (mine, other))
    common.head()
    more = (
        f"CPU {cpu:.1f} / {other_cpu:.1f} s; {first['new']:,} new, {first['changed']:,} changed; "
        f"peak {first['merge_peak']:.0f} MB ({first['before']:.0f} before)"
    )
    tell(
        f"merge of {came:,} into {given.rows:,}",
        one / two,
        "1.7",
        ms(one),
        f"{ms(two)} upsert",
        given.times,
        more,
    )
    tell("the rules over a merged record, afterwards", None, "", ms(first["flagging"]), "", 1)


if __name__ == "__main__":
    main()
