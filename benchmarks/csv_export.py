"""Machine CSV (records, child lines, moves) against the `sqlite3` command line writing the same columns of the same tables.

Memory at any size: the same with a tenth of the rows.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

import shutil

from benchmarks import common
from benchmarks.common import KIND, middle, ms, tell


def ours(rows: int, to: str) -> None:
    from pathlib import Path

    from desktop_app import bootstrap
    from desktop_app.core.query import Query
    from desktop_app.services import exports

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    before = common.memory("VmHWM")
    done = exports.export(ctx, Query(KIND), Path(to), "csv")
    ctx.close()
    common.answer(rows=done.rows, before=before)


def opened(rows: int, _to: str) -> None:
    """What starting the program costs; it is not the export's."""
    from desktop_app import bootstrap
    from desktop_app.core.query import Query
    from desktop_app.services import exports

    assert exports
    assert Query
    bootstrap.open_context(common.folder(rows), person="benchmark").close()
    common.answer()


def columns(rows: int, _to: str) -> None:
    """The statements that give the same columns, and the files' names."""
    from desktop_app import bootstrap
    from desktop_app.core.query import Query

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    kind, query, told = ctx.kind(KIND), Query(KIND), {}
    with ctx.store.reading() as reader:
        parts = {"": reader.csv_records(query)} | {
            f".{lines.name}": reader.csv_lines(query, lines.name) for lines in kind.lines
        }
        parts[".moves"] = reader.csv_moves(query)
        for name, stream in parts.items():
            table = {"": KIND, ".moves": f"{KIND}_move"}.get(name, f"{KIND}_{name[1:]}")
            told[name] = [table, next(stream)[1].decode().strip()]
    ctx.close()
    common.answer(tables=told)


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    out = common.SCRATCH / "csv"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    common.folder(given.rows)
    tables = common.side("csv_export", "columns", given.rows).answer["tables"]
    start = [common.side("csv_export", "opened", given.rows) for _ in range(3)]
    walls: dict[str, list[float]] = {"ours": [], "cli": [], "cpu": [], "cli cpu": []}
    peak = other_peak = 0.0
    for number in range(given.times):
        ran = common.side("csv_export", "ours", given.rows, "--to", str(out / "ours.csv"))
        walls["ours"].append(ran.wall - middle([one.wall for one in start]))
        walls["cpu"].append(ran.cpu - middle([one.cpu for one in start]))
        peak = max(peak, ran.peak)
        cli = _cli(given.rows, tables, out)
        walls["cli"].append(cli.wall)
        walls["cli cpu"].append(cli.cpu)
        other_peak = max(other_peak, cli.peak)
        if number == 0:
            _same_size(out, tables)
    common.head()
    one, two = middle(walls["ours"]), middle(walls["cli"])
    cpu = f"CPU {middle(walls['cpu']):.1f} / {middle(walls['cli cpu']):.1f} s, start not counted"
    tell(f"CSV of {given.rows:,} records", one / two, "1.0", ms(one), f"{ms(two)} sqlite3", given.times, cpu)
    less = given.rows // 10
    small = common.side("csv_export", "ours", less, "--to", str(out / "ours.csv"))
    begun = ran.answer["before"]
    tell(
        f"its memory, beside that at {less:,}",
        peak / small.peak,
        "1.2",
        f"{peak:.0f} MB",
        f"{small.peak:.0f} MB; sqlite3 {other_peak:.0f} MB",
        given.times,
        f"{begun:.0f} MB before it began, so the export takes {peak - begun:.0f} MB (goal 40)",
    )
    shutil.rmtree(out)


def _cli(rows: int, tables: dict[str, list[str]], out: object) -> common.Ran:
    words = [".mode csv", ".headers on"]
    for name, (table, names) in tables.items():
        words += [f".once {out}/cli{name}.csv", f'SELECT {names} FROM "{table}" WHERE removed_at IS NULL;']
    file = common.folder(rows) / "pelita.db"
    return common.run(["sqlite3", "-batch", f"file:{file}?mode=ro"], stdin="\n".join(words) + "\n")


def _same_size(out: object, tables: dict[str, list[str]]) -> None:
    from pathlib import Path

    for name in tables:
        mine, other = (Path(f"{out}/{who}{name}.csv").stat().st_size for who in ("ours", "cli"))
        print(f"file{name or '.records'}: {mine / 1e6:.0f} MB, by sqlite3 {other / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
