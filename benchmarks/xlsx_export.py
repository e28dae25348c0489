"""A workbook of repairs against XlsxWriter (`constant_memory`) writing the same cells.

XlsxWriter is no part of the program: `pip install --target FOLDER xlsxwriter`, then `PYTHONPATH=FOLDER python -m benchmarks.xlsx_export`.
It is given its cells for nothing; the program reads, names and writes them. `cells` is what making them costs.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path
from typing import Any

from benchmarks import common
from benchmarks.common import KIND, middle, ms, tell


def ours(rows: int, to: str) -> None:
    from desktop_app import bootstrap
    from desktop_app.core.query import Query
    from desktop_app.services import exports

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    began, busy = time.perf_counter(), time.process_time()
    exports.export(ctx, Query(KIND), Path(to), "xlsx")
    told = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    ctx.close()
    common.answer(**told)


def cells(rows: int, _to: str) -> None:
    """Only making the cells."""
    ctx, sheets = _sheets(rows)
    began, busy = time.perf_counter(), time.process_time()
    for _, _, found in sheets:
        for _row in found:
            pass
    told = {"wall": time.perf_counter() - began, "cpu": time.process_time() - busy}
    ctx.close()
    common.answer(**told)


def xlsxwriter(rows: int, to: str) -> None:
    import xlsxwriter as other

    ctx, sheets = _sheets(rows)
    ready = [(name, headings, list(found)) for name, headings, found in sheets]
    ctx.close()
    began, busy = time.perf_counter(), time.process_time()
    book = other.Workbook(to, {"constant_memory": True, "strings_to_numbers": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for name, headings, found in ready:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, bold)
        for number, row in enumerate(found, 1):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, day)
    book.close()
    common.answer(wall=time.perf_counter() - began, cpu=time.process_time() - busy)


def _write(sheet: Any, number: int, place: int, cell: Any, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(number, place, cell)
    elif isinstance(cell, bool):
        sheet.write_boolean(number, place, cell)
    elif hasattr(cell, "isoformat"):
        sheet.write_datetime(number, place, cell, day)
    else:
        sheet.write_number(number, place, cell)


_OPEN = contextlib.ExitStack()
"""What is being read from, until the process ends."""


def _sheets(rows: int) -> tuple[Any, list[tuple[str, list[str], Any]]]:
    """The cells of all sheets, as the export makes them."""
    from desktop_app import bootstrap
    from desktop_app.core.progress import Quiet
    from desktop_app.core.query import Query
    from desktop_app.services import exports, people_columns
    from desktop_app.services.lists import Names

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    kind = ctx.kind(KIND)
    reader = _OPEN.enter_context(ctx.store.reading(person="benchmark"))
    work, names = exports._Work(ctx, reader, kind, Query(KIND), Quiet(), personal=True), Names(reader)  # noqa: SLF001
    of_record = people_columns.of_record(ctx, kind, names)
    sheets = [("Perbaikan", [one.look.heading for one in of_record], work.records(of_record, names))]
    for lines in kind.lines:
        of_lines = people_columns.of_lines(ctx, lines, names)
        sheets.append(
            (lines.name, [one.look.heading for one in of_lines], work.lines(lines, of_lines, names))
        )
    return ctx, sheets


def main() -> None:
    given = common.arguments(__doc__, 100_000)
    if given.side:
        globals()[given.side](given.rows, given.to)
        return
    file = common.SCRATCH / "workbook.xlsx"
    common.folder(given.rows)
    ran: dict[str, list[common.Ran]] = {"ours": [], "cells": [], "xlsxwriter": []}
    for _ in range(given.times):
        for name, found in ran.items():
            found.append(common.side("xlsx_export", name, given.rows, "--to", str(file)))
    middles = {name: middle([one.answer["wall"] for one in found]) for name, found in ran.items()}
    cpu = {name: middle([one.answer["cpu"] for one in found]) for name, found in ran.items()}
    one, only, two = (middles[name] for name in ("ours", "cells", "xlsxwriter"))
    common.head()
    other = f"{ms(two)} XlsxWriter"
    more = (
        f"CPU {cpu['ours']:.1f} / {cpu['xlsxwriter']:.1f} s; peak {max(r.peak for r in ran['ours']):.0f} MB"
    )
    tell(f"XLSX of {given.rows:,}, whole", one / two, "", ms(one), other, given.times, more)
    tell("writing alone", (one - only) / two, "0.25", ms(one - only), other, given.times, f"cells {ms(only)}")
    shutil.rmtree(file, ignore_errors=True)
    file.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
