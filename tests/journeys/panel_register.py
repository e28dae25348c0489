"""A real panel register put in through the services, row by row, as a clerk would type it.

    python -m tests.journeys.panel_register FILE.csv [--data-dir DIR]

What a field can't hold is kept as it was written (`source_text`) and warned about; a row that can't be what it says it is, is refused
with the reason. Columns: nama_box, idpel, alamat, daya, jenis, kode_box, latitude, longitude, merk_meter, no_meter, gardu, tiang.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app import bootstrap
from desktop_app.core.draft import Draft
from desktop_app.services import records, start, typed
from desktop_app.services.context import AppContext
from desktop_app.services.records import NotSaved

COLUMNS = {
    "nama_box": "panel_name",
    "idpel": "idpel",
    "alamat": "address_detail",
    "daya": "connected_power_va",
    "jenis": "supply_type",
    "kode_box": "pln_unit",
    "latitude": "latitude",
    "longitude": "longitude",
    "merk_meter": "meter_brand",
    "no_meter": "meter_no",
    "gardu": "transformer_code",
    "tiang": "network_pole",
}
SUPPLY = {"METER": "METERED", "TAGSASI 375": "UNMETERED_LEGAL"}
_SPREADSHEET_WHOLE = re.compile(r"(\d+)\.0")
"""How a spreadsheet writes the whole number 3500: `3500.0`. Anything else with a point is no whole number (`111.80.0`)."""


@dataclass
class Outcome:
    """What became of the rows."""

    stored: dict[str, str] = field(default_factory=dict)
    """IDPEL -> uid"""
    refused: dict[str, str] = field(default_factory=dict)
    """IDPEL -> the reason"""
    warned: Counter[str] = field(default_factory=Counter)
    """field of a warning -> rows"""
    kept_as_text: dict[str, str] = field(default_factory=dict)
    """IDPEL -> what no field could hold, as it was written"""


def texts_of(row: Mapping[str, str]) -> dict[str, str]:
    """The row as a clerk types it into the form."""
    texts = {COLUMNS[column]: cell.strip() for column, cell in row.items() if cell.strip()}
    texts["supply_type"] = SUPPLY.get(texts["supply_type"], texts["supply_type"])
    for name in ("connected_power_va", "pln_unit"):
        if whole := _SPREADSHEET_WHOLE.fullmatch(texts.get(name, "")):
            texts[name] = whole[1]
    return texts | {"coord_source": "LEGACY", "from_old_register": "ya", "condition": "UNKNOWN"}


def put_in(ctx: AppContext, row: Mapping[str, str], number: int, outcome: Outcome) -> None:
    """One row through the form's rules."""
    draft = records.new(ctx, "power_panel", {"import_batch_id": "panel-register", "source_row": number})
    texts = texts_of(row)
    typed.type_all(draft, texts)
    kept = keep_unread(draft, texts)
    warnings = {finding.field for finding in draft.findings() if finding.severity == "warning"}
    try:
        outcome.stored[row["idpel"]] = records.save(ctx, draft).uid
    except NotSaved as refused:
        outcome.refused[row["idpel"]] = f"baris {number}: {refused.words.id}"
        return
    outcome.warned.update(warnings)
    if kept:
        outcome.kept_as_text[row["idpel"]] = kept


def keep_unread(draft: Draft, texts: Mapping[str, str]) -> str:
    """What was not understood in fields that an old register may leave empty, moved to `source_text` as it was written."""
    unread = [name for name in texts if draft.unread(name) and draft.kind.by_name[name].legacy_ok]
    gone = [name for name in texts if not draft.unread(name) and draft.value(name) is None]
    kept = "\n".join(f"{draft.kind.by_name[name].id}: {texts[name]}" for name in (*unread, *gone))
    for name in unread:
        draft.type(name, "")
    if kept:
        draft.type("source_text", kept)
    return kept


def run(ctx: AppContext, rows: Iterable[Mapping[str, str]]) -> Outcome:
    """All rows; row 1 of the file is its heading."""
    outcome = Outcome()
    for number, row in enumerate(rows, 2):
        put_in(ctx, row, number, outcome)
    return outcome


def read(file: Path) -> list[dict[str, str]]:
    """The register's rows."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def main() -> int:
    """Put a register into a new data folder and say what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--site", default="35.06")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        ctx = bootstrap.open_context(args.data_dir or Path(temporary) / "data", person="Petugas")
        try:
            if not start.is_set_up(ctx):
                start.init(ctx, args.site, "headquarters", "Register panel")
            outcome = run(ctx, read(args.file))
        finally:
            ctx.close()
    sys.stdout.write(f"{len(outcome.stored)} stored, {len(outcome.refused)} refused\n")
    for idpel, reason in outcome.refused.items():
        sys.stdout.write(f"refused {idpel}: {reason}\n")
    for idpel, kept in outcome.kept_as_text.items():
        sys.stdout.write(f"kept as written {idpel}: {' | '.join(kept.splitlines())}\n")
    for name, count in outcome.warned.most_common():
        sys.stdout.write(f"warned {name}: {count}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
