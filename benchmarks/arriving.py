"""Rows as they come in a package, for the benchmarks that merge: made of the demo's own, as machine CSV and as plain stored values.

Of every ten repairs one comes back changed (its notes), and one comes a second time as a new record: a fifth of the table. Sides only:
this loads the program.
"""

from __future__ import annotations

import csv
import io
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import common
from benchmarks.common import KIND
from desktop_app import bootstrap
from desktop_app.core import stamps, travel
from desktop_app.core.stamps import Clock, new_uid, short_id
from desktop_app.formats import machine_csv
from desktop_app.records.registry import REGISTRY
from desktop_app.services.context import AppContext
from desktop_app.storage.merging.plain import Arrival, From
from desktop_app.storage.read import Reader

PART = next(part for part in travel.parts(REGISTRY) if part.name == KIND)
NAMES = tuple(column.name for column in travel.columns(PART))
STORED = (*NAMES, "change_no")
OFFICE, HEAD = "18.72.04", "18.72"
_MADE_AT = 1_763_700_000_000


def prepare(rows: int, _to: str) -> None:
    """Write the files, if they aren't there: `all` and `some`, each as machine CSV and (`-stored`) as it is stored."""
    place = common.SCRATCH / f"arriving-{rows}"
    if not place.exists():
        part = place.with_name(f"{place.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
        with ctx.store.reading() as reader:
            _write(reader, part)
        ctx.close()
        part.rename(place)
    common.answer()


def _write(reader: Reader, place: Path) -> None:
    clock, at = Clock(short_id(new_uid()), _MADE_AT), {name: number for number, name in enumerate(NAMES)}
    columns = ", ".join(f'"{name}"' for name in STORED)
    stored = reader.connection.exec_driver_sql(f'SELECT {columns} FROM "{KIND}" ORDER BY change_no')
    files = {name: (place / f"{name}.csv").open("w", newline="", encoding="utf-8") for name in _FILES}
    into = {name: csv.writer(file) for name, file in files.items()}
    for name, writer in into.items():
        writer.writerow(STORED if name.endswith("stored") else NAMES)
    for number, (row, plain) in enumerate(zip(_due(reader), map(list, stored), strict=True)):
        into["all"].writerow(row)
        into["all-stored"].writerow(plain)
        if number % 5:
            continue
        clock = clock.tick(_MADE_AT)
        fresh: dict[str, str | None] = {"uid": new_uid()}
        if number % 10:
            written = stamps.after_write(row[at["born"]], row[at["field_stamps"]], ("notes",), clock.stamp)
            fresh = {"notes": f"Dicatat {number}", "field_stamps": written}
        for name, text in fresh.items():
            row[at[name]] = text or ""
            plain[at[name]] = text
        into["some"].writerow(row)
        into["some-stored"].writerow(plain)
    for file in files.values():
        file.close()


_FILES = ("all", "all-stored", "some", "some-stored")


def _due(reader: Reader) -> Iterator[list[str]]:
    pieces = reader.csv_due(PART, after=0, not_known_to="", site_codes=None, personal=True)
    next(pieces)
    for _, piece in pieces:
        yield from csv.reader(io.StringIO(piece.decode(), newline=""))


def file_of(rows: int, name: str) -> Path:
    return common.SCRATCH / f"arriving-{rows}" / f"{name}.csv"


def stored_rows(rows: int, name: str) -> Iterator[list[str | None]]:
    """The plain rows, empty as NULL."""
    with file_of(rows, f"{name}-stored").open(newline="", encoding="utf-8") as file:
        lines = csv.reader(file)
        next(lines)
        for line in lines:
            yield [cell or None for cell in line]


def as_headquarters(ctx: AppContext) -> None:
    """From now on this is headquarters, and the records are office 18.72.04's."""
    with ctx.store.writing("benchmark") as writer:
        writer.set_site(HEAD, "headquarters", "Pusat")


def merge(ctx: AppContext, rows: int, name: str) -> dict[str, Any]:
    """Read and merge a file in one durable transaction; what it took and what became of the rows."""
    sender = From(new_uid(), OFFICE, "office", f"{time.time()}", f"kantor {OFFICE}")
    began, busy = time.perf_counter(), time.process_time()
    with file_of(rows, name).open("rb") as file, ctx.store.writing("benchmark") as writer:
        arrival = Arrival(PART, NAMES, machine_csv.Table(file, NAMES))
        merged = writer.merge([arrival], sender, acknowledged=True)
    taken = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    told = {what: sum(getattr(merged, what).values()) for what in ("new", "changed", "same", "refused")}
    if told["refused"]:
        raise SystemExit(f"refused: {merged.refused_rows[0].words.en}")
    return taken | told | {"conflicts": len(merged.conflicts)}


if __name__ == "__main__":
    given = common.arguments(__doc__, 1_000_000)
    prepare(given.rows, given.to)
