"""The first package of a large office, merged into an empty headquarters, against `sqlite3 .import` into the same indexed table.

Ours keeps stamps, a journal line and search words of every record besides. `load` is the way of the demo and of old registers: records
that are in memory already (a few gigabytes of them at full size: `--brief` leaves it out), each with its first step. The `sqlite3` command line is given the same rows as they are stored.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

import shutil

from benchmarks import common
from benchmarks.common import KIND, middle, ms, tell


def ours(rows: int, _to: str) -> None:
    from benchmarks import arriving

    ctx = _empty("first-ours")
    before = common.memory("VmHWM")
    told = arriving.merge(ctx, rows, "all")
    ctx.close()
    common.answer(**told, before=before)


def _empty(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  (its type is the program's, which is loaded in sides only)
    from benchmarks import arriving
    from desktop_app import bootstrap

    place = common.SCRATCH / name
    shutil.rmtree(place, ignore_errors=True)
    ctx = bootstrap.open_context(place, person="benchmark")
    arriving.as_headquarters(ctx)
    return ctx


def load(rows: int, _to: str) -> None:
    import time

    import sqlalchemy as sa

    from desktop_app import bootstrap

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    with ctx.store.reading() as reader:
        made = reader.complete(ctx.kind(KIND), reader.connection.execute(sa.select(reader.tables.main[KIND])))
    ctx.close()
    for record in made:
        record.lines, record.moves = {}, []
    ctx = _empty("first-load")
    began, busy = time.perf_counter(), time.process_time()
    with ctx.store.writing("benchmark") as writer:
        writer.load(KIND, made)
    told = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    ctx.close()
    common.answer(**told)


def schema(rows: int, _to: str) -> None:
    """The table and its indexes as statements, and all its columns as CSV."""
    import csv
    import sqlite3

    with sqlite3.connect(f"file:{common.folder(rows) / 'pelita.db'}?mode=ro", uri=True) as database:
        found = database.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", [KIND]
        )
        statements = [sql for (sql,) in found]
        with (common.SCRATCH / "first.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(database.execute(f"SELECT * FROM {KIND} ORDER BY pk"))
    common.answer(sql=statements)


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    common.side("arriving", "prepare", given.rows)
    statements = common.side("first_load", "schema", given.rows).answer["sql"]
    mine, loaded, other = [], [], []
    for _ in range(given.times):
        mine.append(common.side("first_load", "ours", given.rows))
        if not given.brief:
            loaded.append(common.side("first_load", "load", given.rows).answer)
        other.append(_cli(statements))
    common.head()
    cpu, wall = (middle([each.answer[what] for each in mine]) for what in ("cpu", "wall"))
    other_cpu, other_wall = middle([each.cpu for each in other]), middle([each.wall for each in other])
    peak, before = max(each.peak for each in mine), mine[0].answer["before"]
    theirs = f"{ms(other_cpu)} CPU .import"
    walls = f"on the clock {wall:.1f} / {other_wall:.1f} s"
    more = f"{walls}; peak {peak:.0f} MB, {peak - before:.0f} of it for the load (goal 60)"
    what = f"first package of {given.rows:,} into nothing"
    tell(what, cpu / other_cpu, "1.0", f"{ms(cpu)} CPU", theirs, given.times, more)
    if loaded:
        cpu, wall = (middle([each[what] for each in loaded]) for what in ("cpu", "wall"))
        walls = f"on the clock {wall:.1f} / {other_wall:.1f} s"
        what = f"load of {given.rows:,} records"
        tell(what, cpu / other_cpu, "1.0", f"{ms(cpu)} CPU", theirs, given.times, walls)
    for name in ("first-ours", "first-load"):
        shutil.rmtree(common.SCRATCH / name, ignore_errors=True)
    for name in ("first.csv", "first.db", "first.db-wal", "first.db-shm"):
        (common.SCRATCH / name).unlink(missing_ok=True)


def _cli(statements: list[str]) -> common.Ran:
    target = common.SCRATCH / "first.db"
    for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
        (common.SCRATCH / name).unlink(missing_ok=True)
    begin = ["PRAGMA journal_mode = WAL;", "PRAGMA synchronous = FULL;", *(f"{sql};" for sql in statements)]
    words = [*begin, f".import --csv {common.SCRATCH}/first.csv {KIND}"]
    return common.run(["sqlite3", "-batch", str(target)], stdin="\n".join(words) + "\n")


if __name__ == "__main__":
    main()
