"""More records of the city, such that every rule that looks at other records has something to find."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from desktop_app.services import records, start, typed
from desktop_app.services.context import AppContext
from tests.journeys.city import NOW, Names, put_in

KEDIRI = "code,name\n35,Jawa Timur\n35.06,Kediri\n35.06.01,Semen\n35.06.01.2001,Titik\n"

_FIGURES = {"buildings": "100", "households": "120", "population": "400", "verified_area_ha": "1,5", "ideal_road_m": "1000", "ideal_drain_m": "800"}  # fmt: skip
_CRITERIA = "1a 1b 1c 2a 2b 3a 3b 4a 4b 4c 5a 5b 6a 6b 7a 7b".split()
_BAD = {"1b": "1", "4a": "1"}
"""Criteria counted in hectares have smaller volumes than the others."""

_DEAD = {"cemetery": "TPU Purwosari", "deceased_sex": "L", "deceased_religion": "Islam", "deceased_village_code": "Iring Mulyo", "village_letter_no": "474.3/1", "heir_name": "Suparti", "heir_relationship": "anak", "deceased_nik_absent_reason": "catatan lama"}  # fmt: skip
_PERMIT = {"heir_name": "Suparti", "heir_nik_absent_reason": "catatan lama", "heir_relationship": "anak", "cemetery": "TPU Purwosari"}  # fmt: skip
_PLOT = {"cemetery": "TPU Purwosari", "block_code": "Z", "block_religion": "Islam"}
_SITE = {"area_m2": "3000", "village_code": "Margorejo", "manager": "pemerintah kota"}
_DECREE = "413.21/38.1/2016"


def _assessment(
    year: str, stage: str, volume: str, unit: str = "Yosodadi Timur RT 001/RW 002"
) -> dict[str, Any]:
    rows = [
        {"criterion": code, "volume": _BAD.get(code, volume) if volume != "0" else "0"} for code in _CRITERIA
    ]
    return {
        "unit": unit, "village_code": "Yosodadi", "year": year, "stage": stage, "assessed_on": f"1/3/{year}",
        **_FIGURES, "lines": {"criteria": rows},
    }  # fmt: skip


MORE: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("streetlight_repair", "open repair", {"received_at": "5/11 08.00", "channel": "telepon", "category": "lampu padam", "lamp": "PJU-0042"}),
    ("streetlight_repair", "duplicate", {"received_at": "5/11 09.00", "channel": "telepon", "category": "lampu padam", "lamp": "PJU-0017"}),
    ("streetlight_repair", "done repair", {"received_at": "5/11 07.00", "channel": "telepon", "category": "lampu padam", "lamp": "PJU-0421"}),
    ("power_panel", "Panel Kediri", {"panel_code": "PNL-KDR-1", "panel_name": "Panel Kediri", "supply_type": "PJUTS", "condition": "baik", "street_name": "Jl. Raya Semen", "village_code": "Titik", "latitude": "-7,8 112,0", "coord_source": "GPS"}),
    ("park", "Taman Lama", {"park_code": "TMN-09", "park_name": "Taman Lama", "rth_type": "lapangan", "maintenance_class": "C", "manager": "dinas", "area_m2": "900", "village_code": "Imopuro", "latitude": "-5,1163 105,3067", "coord_source": "GPS"}),
    ("park_work", "sweeping", {"park": "Taman Merdeka", "activity": "penyapuan", "work_date": "5/11", "crew": "Regu Taman Timur"}),
    ("cemetery", "TPU Muslim", {**_SITE, "cemetery_code": "TPU05", "name": "TPU Muslim", "religion_scope": "muslim", "stacking_max": "2"}),
    ("cemetery", "TPU Penuh", {**_SITE, "cemetery_code": "TPU06", "name": "TPU Penuh"}),
    ("cemetery", "TPU Bertarif", {**_SITE, "cemetery_code": "TPU07", "name": "TPU Bertarif", "lines": {"tariffs": [{"service": "pemakaian", "amount": "250000", "valid_from": "1/1/2020", "valid_to": "31/12/2023", "legal_basis": "Perda 5/2019"}]}}),
    ("grave_plot", "Z-BLOCKED", {**_PLOT, "plot_code": "Z-BLOCKED"}),
    ("grave_plot", "Z-FULL", {**_PLOT, "plot_code": "Z-FULL", "max_stack": "1"}),
    ("grave_plot", "Z-2025", {**_PLOT, "plot_code": "Z-2025"}),
    ("grave_plot", "Z-TWO", {**_PLOT, "plot_code": "Z-TWO"}),
    ("grave_plot", "Z-EXHUMED", {**_PLOT, "plot_code": "Z-EXHUMED"}),
    ("grave_plot", "Z-TARIFF", {**_PLOT, "cemetery": "TPU Bertarif", "plot_code": "Z-TARIFF"}),
    ("burial", "Paiman", {**_DEAD, "plot": "Z-FULL", "burial_date": "2/3/2020", "death_date": "1/3/2020", "deceased_name": "Paiman"}),
    ("burial", "Paidi", {**_DEAD, "plot": "Z-2025", "burial_date": "14/2/2025", "death_date": "13/2/2025", "deceased_name": "Paidi"}),
    ("burial", "Pertama", {**_DEAD, "plot": "Z-TWO", "burial_date": "2/3/2010", "death_date": "1/3/2010", "deceased_name": "Pertama"}),
    ("burial", "Kedua", {**_DEAD, "plot": "Z-TWO", "burial_date": "2/3/2018", "death_date": "1/3/2018", "deceased_name": "Kedua", "burial_kind": "tumpang", "stack_level": "2", "consent_letter_no": "SP-1", "consent_date": "1/3/2018", "consent_heir": "Suparti"}),
    ("burial", "Tumini", {**_DEAD, "plot": "Z-EXHUMED", "burial_date": "2/3/2015", "death_date": "1/3/2015", "deceased_name": "Tumini"}),
    ("plot_permit", "IPTM-001", {**_PERMIT, "permit_type": "baru", "application_date": "15/2/2019", "plot": "TPU01-A-03-019", "burial": "Sukirman", "permit_no": "IPTM-001", "issued_date": "15/2/2019", "valid_from": "15/2/2019", "valid_until": "14/2/2022", "validity_months": "36"}),
    ("plot_permit", "IPTM-002", {**_PERMIT, "permit_type": "baru", "application_date": "15/2/2019", "plot": "Z-TWO", "burial": "Kedua", "permit_no": "IPTM-002", "issued_date": "15/2/2019", "valid_from": "15/2/2019", "valid_until": "14/2/2022", "validity_months": "36"}),
    ("plot_permit", "IPTM-002/1", {**_PERMIT, "permit_type": "perpanjangan", "previous_permit": "IPTM-002", "application_date": "15/2/2022", "plot": "Z-TWO", "burial": "Kedua", "permit_no": "IPTM-002/1", "renewal_seq": "1", "valid_from": "15/2/2022", "valid_until": "14/2/2025", "validity_months": "36"}),
    ("slum_decree", "032/97-C/1/2014", {"decree_no": "032/97-C/1/2014", "decree_date": "2/1/2014", "total_area_ha": "467,62", "valid_to": "31/12/2015"}),
    ("slum_decree", _DECREE, {"decree_no": _DECREE, "decree_date": "4/1/2016", "total_area_ha": "10", "supersedes": "032/97-C/1/2014"}),
    ("slum_unit", "unit", {"decree": _DECREE, "area_name": "Yosodadi Timur", "village_code": "Yosodadi", "rt": "001", "rw": "002", "decree_area_ha": "1,5", **_FIGURES, "tenure": "legal", "spatial_fit": "sesuai"}),
    ("slum_unit", "other unit", {"decree": _DECREE, "area_name": "Yosodadi Barat", "village_code": "Yosodadi", "rt": "002", "rw": "002", "decree_area_ha": "2,5", **_FIGURES, "tenure": "legal", "spatial_fit": "sesuai"}),
    ("slum_unit", "third unit", {"decree": _DECREE, "area_name": "Yosodadi Selatan", "village_code": "Yosodadi", "rt": "003", "rw": "002", "decree_area_ha": "1", **_FIGURES, "tenure": "legal", "spatial_fit": "sesuai"}),
    ("slum_assessment", "baseline", _assessment("2020", "awal", "60")),
    ("slum_assessment", "final", _assessment("2022", "akhir", "0")),
    ("slum_assessment", "still bad", _assessment("2022", "akhir", "60", "Yosodadi Selatan RT 003/RW 002")),
    ("slum_intervention", "paving", {"unit": "Yosodadi Timur RT 001/RW 002", "year": "2021", "criterion": "2b", "activity": "Paving jalan", "volume": "50", "volume_unit": "m"}),
    ("slum_target", "target", {"decree": _DECREE, "year": "2021", "target_ha": "1"}),
)  # fmt: skip
"""Kind, what the tests call it, and the rest as typed."""


def _move(
    ctx: AppContext, kind: str, uid: str, name: str, given: dict[str, str] | None = None, reason: str = ""
) -> None:
    draft = records.open_draft(ctx, kind, uid)
    typed.type_all(draft, given or {})
    records.move_draft(ctx, draft, name, reason)


def build(ctx: AppContext, folder: Path) -> Names:
    """Put them in, and make the steps that they stand at; the uids by name."""
    (folder / "kediri.csv").write_text(KEDIRI, "utf-8")
    start.load_regions(ctx, folder / "kediri.csv")
    names: Names = {}
    for kind, name, given in MORE:
        names[name] = put_in(ctx, kind, given)
    _move(ctx, "streetlight_repair", names["duplicate"], "duplicate", {"duplicate_of": names["open repair"]})
    _move(ctx, "park", names["Taman Lama"], "close", reason="dibangun pasar")
    _move(ctx, "cemetery", names["TPU Penuh"], "fill")
    _move(ctx, "grave_plot", names["Z-BLOCKED"], "block", reason="sengketa")
    _move(ctx, "grave_plot", names["Z-FULL"], "occupy")
    _move(ctx, "grave_plot", names["Z-FULL"], "fill")
    exhumed = {
        "exhumation_date": "1/10/2026",
        "exhumation_destination": "Lampung Timur",
        "exhumation_permit_no": "PM-1",
    }
    _move(ctx, "burial", names["Tumini"], "exhume", exhumed, "permintaan keluarga")
    done = {"planned_date": "5/11", "crew": "Regu PJU 1", "started_at": "5/11 09.00", "finished_at": "5/11 10.00", "points_fixed": "1", "result": "menyala", "fault_component": "mcb", "action": "ganti"}  # fmt: skip
    for step in ("verify", "schedule", "start", "finish"):
        _move(ctx, "streetlight_repair", names["done repair"], step, done)
    _move(ctx, "grave_plot", names["Z-TWO"], "occupy")
    for step in ("submit", "check", "survey"):
        _move(
            ctx,
            "plot_permit",
            names["IPTM-001"],
            step,
            {"requirements": "IPTM lama", "surveyed_by": "Tukiran", "surveyed_on": "15/2/2019"},
        )
    ctx.person = "Agus Priyanto"
    _move(ctx, "slum_assessment", names["final"], "lock")
    for unit in ("other unit", "third unit"):
        _move(ctx, "slum_unit", names[unit], "verify")
    _move(ctx, "plot_permit", names["IPTM-001"], "approve")
    ctx.person = "Sri Wahyuni"
    _move(ctx, "plot_permit", names["IPTM-001"], "issue", {"signed_by": "Kepala Dinas"})
    for unit, steps in {
        "other unit": ("decree", "start"),
        "third unit": ("decree", "start", "reassess"),
    }.items():
        for step in steps:
            _move(ctx, "slum_unit", names[unit], step, {"planned_year": "2026"})
    ctx.clock = lambda: NOW + dt.timedelta(minutes=1)
    return names
