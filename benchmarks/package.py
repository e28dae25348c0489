"""A whole package of an office (all kinds of rows, CSV, ZIP, hashes, signature) against plain CSV of the same tables by `sqlite3`.

`sealed` is encrypted to headquarters, to the office itself and to nobody else. Sending also enters the package, waits for the disk
and reads every file back, which the plain CSV does not; that is part of what is measured.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

import shutil

from benchmarks import common
from benchmarks.common import middle, ms, tell


def sending(rows: int, to: str) -> None:
    """`to`: the folder; one called "sealed" gets a package for a headquarters whose key is known."""
    import time
    from pathlib import Path

    from desktop_app import bootstrap
    from desktop_app.exchange import sending as deed

    out = Path(to)
    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    peer = _headquarters(ctx) if out.name == "sealed" else ""
    order = deed.Order(folder=out, part_bytes=ctx.settings.part_megabytes * 1_000_000, personal=True)
    before = common.memory("VmHWM")
    began, busy = time.perf_counter(), time.process_time()
    made = deed.send(ctx.store, peer, order)
    taken = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    ctx.close()
    size = sum(file.stat().st_size for file in made.files)
    common.answer(**taken, before=before, size=size, files=len(made.files), rows=sum(made.counts.values()))


def _headquarters(ctx) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from desktop_app.core.stamps import new_uid
    from desktop_app.exchange.package.keys import Keys
    from desktop_app.storage import exchanging

    card = Keys.new().card
    trusted = "2026-01-01T00:00:00Z"
    peer = exchanging.Peer(
        new_uid(), "18.72", "headquarters", sign_key=card.sign, age_key=card.age, trusted_at=trusted
    )
    with ctx.store.writing("benchmark") as writer:
        exchanging.put_peer(writer, peer)
    return peer.site_id


def columns(_rows: int, _to: str) -> None:
    from desktop_app.core import travel
    from desktop_app.records.registry import REGISTRY

    told = {part.table: [column.name for column in travel.columns(part)] for part in travel.parts(REGISTRY)}
    common.answer(tables=told)


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    common.folder(given.rows)
    tables = common.side("package", "columns", given.rows).answer["tables"]
    out = common.SCRATCH / "package"
    ran: dict[str, list[common.Ran]] = {"open": [], "sealed": [], "csv": []}
    for _ in range(given.times):
        for name, some in ran.items():
            shutil.rmtree(out, ignore_errors=True)
            (out / name).mkdir(parents=True)
            if name == "csv":
                some.append(_cli(given.rows, tables, f"{out}/csv"))
                plain = sum(file.stat().st_size for file in (out / name).iterdir())
            else:
                some.append(common.side("package", "sending", given.rows, "--to", str(out / name)))
    shutil.rmtree(out)
    other, other_cpu = middle([one.wall for one in ran["csv"]]), middle([one.cpu for one in ran["csv"]])
    common.head()
    for name, what in (("open", "signed"), ("sealed", "signed and encrypted")):
        told = [one.answer for one in ran[name]]
        wall, cpu = (middle([one[of] for one in told]) for of in ("wall", "cpu"))
        peak, last = max(one.peak for one in ran[name]), told[-1]
        more = (
            f"CPU {cpu:.1f} / {other_cpu:.1f} s; {last['rows']:,} rows, {last['size'] / 1e6:.0f} MB in {last['files']} files "
            f"of {plain / 1e6:.0f} MB; peak {peak:.0f} MB ({last['before']:.0f} before)"
        )
        row = f"package of {given.rows:,} repairs with lines and steps, {what}"
        tell(row, wall / other, "1.3", ms(wall), f"{ms(other)} CSV by sqlite3", given.times, more)


def _cli(rows: int, tables: dict[str, list[str]], out: str) -> common.Ran:
    words = [".mode csv", ".headers on"]
    for table, names in tables.items():
        listed = ", ".join(f'"{name}"' for name in names)
        words += [f".once {out}/{table}.csv", f'SELECT {listed} FROM "{table}" ORDER BY change_no;']
    file = common.folder(rows) / "pelita.db"
    return common.run(["sqlite3", "-batch", f"file:{file}?mode=ro"], stdin="\n".join(words) + "\n")


if __name__ == "__main__":
    main()
