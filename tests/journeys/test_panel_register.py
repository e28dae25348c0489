"""A real register of streetlight panels, dirt included: what comes in, what is refused, and that nothing is changed on the way."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.services import start
from tests.journeys import panel_register

SAMPLE = Path(__file__).parents[1] / "data" / "panel_register.csv"
"""The telling rows of a real register, names made unrecognisable."""
WHOLE = os.environ.get("PELITA_PANEL_REGISTER", "")
"""The whole register of 1,437 rows, where it is at hand."""
SHIFTED = "514061406947"


@pytest.fixture
def headquarters(tmp_path):
    ctx = bootstrap.open_context(tmp_path / "data", person="Petugas")
    start.init(ctx, "35.06", "headquarters", "Register panel")
    yield ctx
    ctx.close()


def check_nothing_changed(ctx, rows, outcome):
    """Every cell stands in its field as it was written, or in the text that keeps what no field could hold."""
    with ctx.store.reading() as reader:
        for row in rows:
            if row["idpel"] not in outcome.stored:
                continue
            values = reader.get("power_panel", outcome.stored[row["idpel"]]).values
            kept = str(values["source_text"] or "")
            for column, name in panel_register.COLUMNS.items():
                written, value = row[column].strip(), values[name]
                if not written:
                    assert value is None, (row, name)
                elif value is None:
                    assert f": {written}" in kept, (row, name)
                elif name in ("latitude", "longitude"):
                    assert Decimal(written) == value, (row, name)
                elif name == "supply_type":
                    assert {"METER": "METERED", "TAGSASI 375": "UNMETERED_LEGAL"}[written] == value
                elif name in ("connected_power_va", "pln_unit"):
                    assert written == f"{value}.0", (row, name)
                else:
                    assert written == value, (row, name)


def test_the_telling_rows(headquarters):
    rows = panel_register.read(SAMPLE)
    outcome = panel_register.run(headquarters, rows)
    assert set(outcome.refused) == {SHIFTED}
    assert "Jenis sambungan: '1.0'" in outcome.refused[SHIFTED]
    assert len(outcome.stored) == len(rows) - 1
    check_nothing_changed(headquarters, rows, outcome)
    odd_powers = {text for text in outcome.kept_as_text.values() if text.startswith("Daya")}
    assert odd_powers == {f"Daya tersambung: {power}" for power in ("111.80.0", "111.0.0", "112.0.0")}
    assert outcome.warned["connected_power_va"] == 4
    assert outcome.warned["longitude"] == 6
    with headquarters.store.reading() as reader:
        codes = {record.values["panel_code"] for record in reader.find("power_panel", supply_type="METERED")}
    assert len(codes) > 10
    assert all(code.startswith("PNL-3506-") for code in codes)


@pytest.mark.heavy
@pytest.mark.skipif(not WHOLE, reason="PELITA_PANEL_REGISTER names no file")
def test_the_whole_register(headquarters):
    rows = panel_register.read(Path(WHOLE))
    outcome = panel_register.run(headquarters, rows)
    assert (len(rows), len(outcome.stored), list(outcome.refused)) == (1437, 1436, [SHIFTED])
    check_nothing_changed(headquarters, rows, outcome)
    assert outcome.warned["connected_power_va"] == 4
    assert outcome.warned["longitude"] == 6
