"""Whether what is stored is what stands on the slips: the canonical files, read by the standard library."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop_app.core.fields import Computed
from desktop_app.core.query import Query
from desktop_app.services import exports
from desktop_app.services.context import AppContext
from tests.hands.slips import Slip
from tests.journeys.city import Names

Wrong = tuple[int, str, str, str]
"""The slip's number, the field or cell, what should stand there, what does."""


def rows_of(file: Path) -> list[dict[str, str]]:
    """A canonical CSV file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def differences(
    ctx: AppContext, names: Names, kind: str, typed: Iterable[tuple[Slip, str]], folder: Path
) -> list[Wrong]:
    """Where records (their uids) say something else than their slips. Writes its files into `folder`."""
    declared, wrong = ctx.kind(kind), []
    told_of = [field.name for field in declared.stored_fields if field.name != "accepted_warnings"]
    exports.export(ctx, Query(kind), folder / f"{kind}.csv", "csv")
    rows = {row["uid"]: row for row in rows_of(folder / f"{kind}.csv")}
    for slip, uid in typed:
        wanted = _named({name: slip.stored(name) for name in told_of}, names)
        wrong += [
            (slip.number, name, text, rows[uid][name])
            for name, text in wanted.items()
            if text != rows[uid][name]
        ]
        for lines in declared.lines:
            cells = [cell.name for cell in lines.fields if not isinstance(cell, Computed)]
            stored = [row for row in rows_of(folder / f"{kind}.{lines.name}.csv") if row["parent_uid"] == uid]
            stored.sort(key=lambda row: int(row["position"]))
            found = [{name: row[name] for name in cells if row[name]} for row in stored]
            meant = [_named(line, names) for line in slip.told.get("csv_lines", {}).get(lines.name, [])]
            if found != meant:
                wrong.append((slip.number, lines.name, str(meant), str(found)))
    return wrong


def _named(given: Mapping[str, str], names: Names) -> dict[str, str]:
    """The expected cells, "@name" replaced by the uid of the thing of that name."""
    return {
        field: names.get(text[1:], text) if text.startswith("@") else text for field, text in given.items()
    }
