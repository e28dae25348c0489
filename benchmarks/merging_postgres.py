"""A package of 200,000 repairs merged into 1,000,000 on PostgreSQL, against COPY into a staging table and INSERT ON CONFLICT by hand.

A server of its own is started for it, with its data in the benchmark folder and careless about the power going. The work is done by two
processes: what is measured is the CPU of both (of the server, that of the process that serves us), and the clock.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

from benchmarks import common
from benchmarks.common import KIND, middle, ms, tell


def both(rows: int, to: str) -> None:
    """Fill a database by merging, then merge into copies of it, in turn; `to`: how often."""
    from benchmarks import arriving
    from desktop_app import bootstrap
    from tests.engines import serving

    taken: dict[str, list[float]] = {"ours": [], "theirs": [], "our_cpu": [], "their_cpu": []}
    with serving(common.SCRATCH / "postgres") as server:
        full = server.new()
        place = common.SCRATCH / "postgres-place"
        ctx = bootstrap.open_context(place, person="benchmark", database=server.address(full))
        arriving.as_headquarters(ctx)
        first = arriving.merge(ctx, rows, "all")
        ctx.close()
        for _ in range(int(to)):
            name = server.new(full)
            ctx = bootstrap.open_context(place, person="benchmark", database=server.address(name))
            with (
                ctx.store.engines.writer.connect() as connection
            ):  # it has one only, which goes on being used
                serving_us = int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
            busy = _cpu(serving_us)
            told = arriving.merge(ctx, rows, "some")
            taken["ours"].append(told["wall"])
            taken["our_cpu"].append(told["cpu"] + _cpu(serving_us) - busy)
            ctx.close()
            server.drop(name)
            name = server.new(full)
            wall, cpu = _by_hand(server.uri.format(name), rows)
            taken["theirs"].append(wall)
            taken["their_cpu"].append(cpu)
            server.drop(name)
    common.answer(**taken, first=first["wall"])


def _cpu(process: int) -> float:
    """The CPU seconds of another process so far."""
    import os
    from pathlib import Path

    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _by_hand(uri: str, rows: int) -> tuple[float, float]:
    import time

    import psycopg

    from benchmarks import arriving

    columns = ", ".join(arriving.STORED)
    changed = ", ".join(f"{name} = excluded.{name}" for name in arriving.STORED[1:])
    with psycopg.connect(uri) as connection:
        began, busy = time.perf_counter(), time.process_time() + _cpu(connection.info.backend_pid)
        connection.execute(
            f"CREATE TEMP TABLE staging ON COMMIT DROP AS SELECT {columns} FROM {KIND} WITH NO DATA"
        )
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY staging ({columns}) FROM STDIN (FORMAT csv, HEADER)") as copy,
            arriving.file_of(rows, "some-stored").open("rb") as file,
        ):
            while piece := file.read(1 << 16):
                copy.write(piece)
        connection.execute(
            f"INSERT INTO {KIND} ({columns}) SELECT {columns} FROM staging ON CONFLICT (uid) DO UPDATE SET {changed}"
        )
        connection.commit()
        cpu = time.process_time() + _cpu(connection.info.backend_pid) - busy
        return time.perf_counter() - began, cpu


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    common.side("arriving", "prepare", given.rows)
    told = common.side("merging_postgres", "both", given.rows, "--to", str(given.times)).answer
    one, two, came = middle(told["our_cpu"]), middle(told["their_cpu"]), given.rows // 5
    wall, other = middle(told["ours"]), middle(told["theirs"])
    common.head()
    more = f"on the clock {wall:.1f} / {other:.1f} s; {one / came * 1e6:.0f} us a row; all into nothing {ms(told['first'])}"
    what = f"merge of {came:,} into {given.rows:,} on PostgreSQL"
    tell(what, one / two, "1.2", f"{ms(one)} CPU", f"{ms(two)} COPY, ON CONFLICT", given.times, more)


if __name__ == "__main__":
    main()
