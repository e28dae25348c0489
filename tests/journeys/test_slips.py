"""Thirty slips as messy as real ones: typed by keys, found, changed, exported; the file read back says what was typed.

What was typed and what must come of it was written out by hand in tests/data/slips.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.fields import Computed
from tests.journeys.city import Names
from tests.journeys.clerk import Clerk

SLIPS = Path(__file__).parent.parent / "data" / "slips"
_PROGRAM_S_OWN = ("accepted_warnings",)


def rows_of(file: Path) -> list[dict[str, str]]:
    """A canonical CSV file, by the standard library."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def named(given: Mapping[str, str], names: Names) -> dict[str, str]:
    """The expected cells, "@name" replaced by the uid of the thing of that name."""
    return {
        field: names.get(text[1:], text) if text.startswith("@") else text for field, text in given.items()
    }


def warned_about(clerk: Clerk, kind: str, uid: str) -> list[str]:
    """The fields whose warnings were read and let through, as kept with the record."""
    with clerk.ctx.store.reading() as reader:
        record = reader.get(kind, uid)
    assert record is not None
    kept = str(record.values["accepted_warnings"] or "")
    return sorted({code.partition(":")[0] for code in kept.split("|") if code})


@pytest.mark.parametrize("kind", ["streetlight_repair", "park_work", "burial"])
@pytest.mark.parametrize("many", [2, pytest.param(10, marks=[pytest.mark.heavy, pytest.mark.timeout(600)])])
def test_slips_typed_by_keys_are_found_changed_and_exported_as_typed(
    clerk: Clerk, names: Names, tmp_path, expects_dialog, kind, many
):
    told: dict[str, Any] = json.loads((SLIPS / f"{kind}.json").read_text("utf-8"))
    slips = told["slips"][:many]
    declared = clerk.ctx.kind(kind)
    before = {name for name in names.values() if name}

    clerk.go(kind)
    clerk.begin()
    uids = []
    for number, slip in enumerate(slips):
        uids.append(clerk.view().showing())
        clerk.fill(slip["typed"], slip.get("lines", {}), waits=number % 2 == 0)
        clerk.save_and_new()
    clerk.key(clerk.ESCAPE)
    clerk.settle()
    assert [warned_about(clerk, kind, uid) for uid in uids] == [slip.get("warned", []) for slip in slips]
    assert len(set(uids)) == many
    assert not before & set(uids)

    found = {}
    for slip, uid in zip(slips, uids, strict=True):
        clerk.search(slip["search"])
        found[slip["search"]] = [slips[uids.index(one)]["search"] for one in clerk.found()]
        assert found[slip["search"]] == [slip["search"]]
        clerk.open_first()
        assert clerk.view().showing() == uid
        clerk.change(slip["change"]["field"], slip["change"]["typed"])
    clerk.search("")

    clerk.export(tmp_path / "out.csv", "csv")
    rows = {row["uid"]: row for row in rows_of(tmp_path / "out.csv")}
    wrong = []
    for number, (slip, uid) in enumerate(zip(slips, uids, strict=True), 1):
        wanted = named({**told["defaults"], **slip["csv"], **slip["change"]["csv"]}, names)
        told_of = [field.name for field in declared.stored_fields if field.name not in _PROGRAM_S_OWN]
        cells = [(name, wanted.get(name, ""), rows[uid][name]) for name in told_of]
        wrong += [(number, name, typed, read) for name, typed, read in cells if typed != read]
    assert wrong == []
    assert {row["status"] for row in rows.values()} == {declared.life_cycle.start}

    for lines in declared.lines:
        stored = rows_of(tmp_path / f"out.{lines.name}.csv")
        typed = [cell for cell in lines.fields if not isinstance(cell, Computed)]
        for slip, uid in zip(slips, uids, strict=True):
            mine = sorted(
                (row for row in stored if row["parent_uid"] == uid), key=lambda row: int(row["position"])
            )
            wanted_lines = [named(line, names) for line in slip.get("csv_lines", {}).get(lines.name, [])]
            assert [
                {cell.name: row[cell.name] for cell in typed if row[cell.name]} for row in mine
            ] == wanted_lines
