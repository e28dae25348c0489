"""One save against the bare driver making the same three inserts (row, journal, search words) in one transaction, WAL and FULL.

Both write into copies of the same data folder, in turn. The disk's synchronisations are counted with strace, where it is installed.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

import re
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import common
from benchmarks.common import KIND, Taken, ms, tell

SAVES = 200
COUNTED = 20


def both(rows: int, _times: int) -> None:
    """Save by save: the program's, the driver's; then the program's whole save with its rules."""
    from desktop_app import bootstrap
    from desktop_app.records.lighting.samples import streetlight_repair
    from desktop_app.records.sampling import World
    from desktop_app.services import records

    mine, other = common.copy_of(rows, "save-ours"), common.copy_of(rows, "save-raw")
    ctx = bootstrap.open_context(mine, person="benchmark")
    where = ctx.where()
    world = World.begin(today=where.today, seed=99)
    made = [streetlight_repair(world) for _ in range(SAVES)]
    for record in made:
        record.lines, record.moves = {}, record.moves[:1]  # one row, one journal entry, one entry of words
    raw = Raw(other)
    walls: dict[str, list[float]] = {"ours": [], "raw": [], "service": []}
    cpu = dict.fromkeys(walls, 0.0)

    def clocked(name: str, work: Any, *given: Any) -> None:
        began, busy = time.perf_counter(), time.process_time()
        work(*given)
        walls[name].append(time.perf_counter() - began)
        cpu[name] += time.process_time() - busy

    def save(record: Any) -> None:
        with ctx.store.writing("benchmark") as writer:
            writer.add(record)

    for record in made:
        clocked("ours", save, record)
        clocked("raw", raw.save, raw.row_of(mine, record.uid))
    for number in range(SAVES):
        draft = records.new(ctx, KIND)
        draft.type("street_name", f"Jl. Mawar {number}")
        draft.type("reporter_name", "Sri Wahyuni")
        draft.choose("channel", "PHONE")
        draft.choose("category", "LAMP_OUT")
        draft.choose("village_code", "18.72.04.1003")
        clocked("service", records.save, ctx, draft)
    ctx.close()
    raw.close()
    for place in (mine, other):
        shutil.rmtree(place)
    common.answer(**{name: Taken(walls[name][5:], cpu[name]).told() for name in walls})


class Raw:
    """The bare driver, with its statements ready."""

    def __init__(self, place: Path) -> None:
        from sqlcipher3 import dbapi2

        self._file = place / "pelita.db"
        self.raw = dbapi2.connect(str(self._file), isolation_level=None)
        self.raw.execute("PRAGMA journal_mode=wal").fetchall()
        self.raw.execute("PRAGMA synchronous=2")
        self._names = {table: self._columns(table) for table in (KIND, "journal")}

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self.raw.execute(f'PRAGMA table_info("{table}")') if row[1] != "pk"]

    def row_of(self, place: Path, uid: str) -> tuple[tuple[Any, ...], tuple[Any, ...], str]:
        """What the program stored, to be stored here as well. (Not measured.)"""
        from sqlcipher3 import dbapi2

        there = dbapi2.connect(str(place / "pelita.db"))
        found = []
        for table, names in self._names.items():
            sql = f'SELECT {", ".join(names)} FROM "{table}" WHERE uid = ?'
            found.append(there.execute(sql, (uid,)).fetchone())
        there.close()
        words = "  ".join(str(cell) for cell in found[0] if isinstance(cell, str) and len(cell) < 60)
        return found[0], found[1], words

    def save(self, given: tuple[tuple[Any, ...], tuple[Any, ...], str]) -> None:
        """Three inserts."""
        row, entry, words = given
        cursor = self.raw.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(_insert(KIND, self._names[KIND]), row)
        pk = cursor.lastrowid
        cursor.execute(_insert("journal", self._names["journal"]), entry)
        cursor.execute(f'INSERT INTO "{KIND}_search" (rowid, words) VALUES (?, ?)', (pk, words))
        cursor.execute("COMMIT")

    def close(self) -> None:
        self.raw.close()


def _insert(table: str, names: list[str]) -> str:
    return f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'


def counted(rows: int, _times: int) -> None:
    """Some saves, each between two marks (a file that is looked for in vain), for strace to count in between."""
    from desktop_app import bootstrap
    from desktop_app.records.lighting.samples import streetlight_repair
    from desktop_app.records.sampling import World

    place = common.copy_of(rows, "save-counted")
    ctx = bootstrap.open_context(place, person="benchmark")
    world = World.begin(today=ctx.where().today, seed=99)
    for number in range(COUNTED + 1):
        record = streetlight_repair(world)
        if number:  # the first save begins the write-ahead log
            Path("/benchmark-mark").exists()
        with ctx.store.writing("benchmark") as writer:
            writer.add(record)
    Path("/benchmark-mark").exists()
    ctx.close()
    shutil.rmtree(place)
    common.answer()


def _synchronisations(rows: int) -> str:
    trace = common.SCRATCH / "save.strace"
    if shutil.which("strace") is None:
        return "strace is not installed"
    calls = "trace=fsync,fdatasync,stat,statx,newfstatat,access"
    command = [sys.executable, "-m", "benchmarks.save", "--side", "counted", "--rows", str(rows)]
    common.run(["strace", "-f", "-qq", "-e", calls, "-o", str(trace), *command])
    saves = trace.read_text("utf-8", errors="replace").split("benchmark-mark")[1:-1]
    trace.unlink()
    number = [len(re.findall(r"fsync|fdatasync", one)) for one in saves]
    more = sum(number) - len(number)
    return f"1 in {number.count(1)} of {len(number)} saves, {more} more with a checkpoint of the log"


def main() -> None:
    given = common.arguments(__doc__, 100_000)
    if given.side:
        globals()[given.side](given.rows, given.times)
        return
    common.folder(given.rows)
    ran = common.side("save", "both", given.rows)
    mine, raw, service = (Taken.of(ran.answer[name]) for name in ("ours", "raw", "service"))
    common.head()
    n = len(mine.wall)
    cpu = mine.cpu / raw.cpu
    more = f"CPU {mine.cpu / n * 1000:.2f} / {raw.cpu / n * 1000:.2f} ms = {cpu:.1f}x"
    tell(
        "one save, p50",
        mine.median / raw.median,
        "2.5",
        ms(mine.median),
        f"{ms(raw.median)} bare driver",
        n,
        more,
    )
    tell("one save, p99 against its p50", mine.p99 / mine.median, "10", ms(mine.p99), "", n)
    other = f"{ms(raw.median)} bare driver"
    whole = f"slowest {ms(max(service.wall))}, CPU {service.cpu / n * 1000:.2f} ms"
    tell("with draft and rules, p50", service.median / raw.median, "", ms(service.median), other, n, whole)
    tell("synchronisations", None, "1 a save", _synchronisations(min(given.rows, 10_000)), "", COUNTED)
    print(f"spread of the disk: {ms(statistics.pstdev(raw.wall))}")


if __name__ == "__main__":
    main()
