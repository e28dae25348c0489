"""What stands in the books of Metro Timur before the first slip is typed: crews, materials, panels, lamps, parks, cemeteries, plots.

Put in through the services as a clerk would type them; a crew comes by the command line.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from desktop_app import bootstrap
from desktop_app.__main__ import main
from desktop_app.core.query import Query
from desktop_app.services import records, start, typed
from desktop_app.services.context import AppContext

NOW = dt.datetime(2026, 11, 6, 3, tzinfo=dt.UTC)
"""Friday 6 November 2026, ten in the morning."""
SITE = "18.72.04"

Names = dict[str, str]
"""The uids by what people call the thing."""

_LAMP = {
    "lamp_type": "LED",
    "power_w": "90",
    "coord_source": "GPS",
    "road_status": "jalan kota",
    "pole_type": "beton",
}
_PARK = {
    "rth_type": "taman kota",
    "maintenance_class": "B",
    "manager": "dinas",
    "coord_source": "GPS",
    "area_m2": "160000",
}
_SITE = {"manager": "pemerintah kota", "land_status": "aset kota"}

NAMED = {"power_panel": "panel_name"}

BOOKS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("crew", "Regu PJU 1", {"leader": "Suryanto", "vehicle": "Mobil tangga BE 9042 F"}),
    ("crew", "Regu PJU 2", {"leader": "Wahyudi", "vehicle": "Crane BE 8811 F"}),
    ("crew", "Regu Taman Timur", {"leader": "Slamet Riyadi", "vehicle": "Motor roda tiga BE 2207 F"}),
    ("crew", "Regu Taman Barat", {"leader": "Poniman"}),
    ("material", "Lampu LED 90 W Philips", {"code": "LED-90", "unit": "buah"}),
    ("material", "Lampu LED 60 W", {"code": "LED-60", "unit": "buah"}),
    ("material", "Kabel NYM 2×2,5 mm²", {"code": "KBL-225", "unit": "meter"}),
    ("material", "MCB 10 A", {"code": "MCB-10", "unit": "buah"}),
    ("material", "Fotosel 6 A", {"code": "FTS-6", "unit": "buah"}),
    ("material", "Pupuk NPK", {"code": "PPK-NPK", "unit": "kg"}),
    ("material", "Pupuk kandang", {"code": "PPK-KDG", "unit": "karung"}),
    ("material", "Bibit tabebuya", {"code": "BIB-TAB", "unit": "batang"}),
    ("material", "Cat tembok", {"code": "CAT-5", "unit": "liter"}),
    ("material", "Semen 50 kg", {"code": "SEM-50", "unit": "karung"}),
    ("power_panel", "Panel Mawar", {"panel_code": "PNL-1872-0004", "idpel": "171500012345", "supply_type": "meterisasi", "connected_power_va": "3500", "condition": "baik", "street_name": "Jl. Mawar", "village_code": "Iring Mulyo", "latitude": "-5,1201 105,3155", "coord_source": "GPS"}),
    ("power_panel", "Panel Pasar Tejo", {"panel_code": "PNL-1872-0011", "idpel": "171500067890", "supply_type": "meterisasi", "connected_power_va": "5500", "condition": "baik", "street_name": "Jl. AH Nasution", "village_code": "Tejo Agung", "latitude": "-5,1302 105,3204", "coord_source": "GPS"}),
    ("light_point", "PJU-0042", {**_LAMP, "panel": "Panel Mawar", "street_name": "Jl. Mawar", "village_code": "Iring Mulyo", "rt": "003", "rw": "005", "latitude": "-5,1203 105,3157", "pole_code": "T-042"}),
    ("light_point", "PJU-0017", {**_LAMP, "street_name": "Jl. Kenanga", "village_code": "Yosodadi", "rt": "001", "rw": "002", "latitude": "-5,1189 105,3120", "pole_code": "T-017"}),
    ("light_point", "PJU-0118", {**_LAMP, "lamp_type": "hps", "power_w": "250", "panel": "Panel Pasar Tejo", "street_name": "Jl. AH Nasution", "village_code": "Tejo Agung", "latitude": "-5,1305 105,3207", "pole_code": "T-118"}),
    ("light_point", "PJU-0421", {**_LAMP, "street_name": "Jl. Veteran", "village_code": "Yosorejo", "latitude": "-5,1101 105,3090", "pole_code": "T-421"}),
    ("light_point", "PJU-1042", {**_LAMP, "street_name": "Jl. Stadion", "village_code": "Tejosari", "latitude": "-5,1404 105,3303", "pole_code": "T-1042"}),
    ("light_point", "PJU-0007", {**_LAMP, "street_name": "Jl. Ki Maja", "village_code": "Yosorejo", "rt": "007", "rw": "003", "latitude": "-5,1122 105,3066", "pole_code": "T-007"}),
    ("park", "Taman Merdeka", {**_PARK, "park_code": "TMN-01", "street_name": "Jl. Jend. Sudirman", "village_code": "Metro", "latitude": "-5,1163 105,3067"}),
    ("park", "Taman Ki Hajar Dewantara", {**_PARK, "park_code": "TMN-02", "street_name": "Jl. Ki Hajar Dewantara", "village_code": "Iring Mulyo", "latitude": "-5,1211 105,3178"}),
    ("park", "Lapangan Samber", {**_PARK, "park_code": "TMN-03", "rth_type": "lapangan", "area_m2": "12.500,5", "street_name": "Jl. A.H. Nasution", "village_code": "Yosodadi", "latitude": "-5,1150 105,3101"}),
    ("park", "Hutan Kota Tejosari", {**_PARK, "park_code": "TMN-04", "rth_type": "hutan kota", "street_name": "Jl. Stadion", "village_code": "Tejosari", "latitude": "-5,1420 105,3310"}),
    ("cemetery", "TPU Purwosari", {**_SITE, "cemetery_code": "TPU01", "area_m2": "12000", "usable_area_m2": "9000", "street_name": "Jl. Makam", "village_code": "Purwosari", "latitude": "-5,0901 105,3006", "coord_source": "GPS"}),
    ("cemetery", "TPU Yosodadi", {**_SITE, "cemetery_code": "TPU02", "area_m2": "4500", "usable_area_m2": "4000", "street_name": "Jl. Kamboja", "village_code": "Yosodadi", "latitude": "-5,1190 105,3130", "coord_source": "GPS"}),
    *(
        ("grave_plot", f"TPU01-A-03-{number:03}", {"cemetery": "TPU Purwosari", "block_code": "A", "row_no": "03", "plot_no": f"{number:03}", "block_religion": "Islam"})
        for number in range(11, 20)
    ),
    ("grave_plot", "TPU01-K-01-002", {"cemetery": "TPU Purwosari", "block_code": "K", "row_no": "01", "plot_no": "002", "block_religion": "Kristen Protestan"}),
    ("grave_plot", "TPU02-B-01-001", {"cemetery": "TPU Yosodadi", "block_code": "B", "row_no": "01", "plot_no": "001", "block_religion": "Campuran"}),
    ("grave_plot", "TPU02-B-01-002", {"cemetery": "TPU Yosodadi", "block_code": "B", "row_no": "01", "plot_no": "002", "block_religion": "Campuran"}),
    ("burial", "Sukirman", {"cemetery": "TPU Purwosari", "plot": "TPU01-A-03-019", "burial_date": "14/2/2019", "deceased_nik": "1872011203450001", "deceased_sex": "L", "deceased_birth_date": "12/3/1945", "death_date": "13/2/2019", "deceased_religion": "Islam", "deceased_village_code": "Iring Mulyo", "village_letter_no": "474.3/012/2019", "heir_name": "Suparti", "heir_relationship": "suami/istri"}),
)  # fmt: skip
"""Kind, name (what goes into the first field of its title) and the rest as typed."""


def opened(folder: Path, person: str = "Sri Wahyuni") -> AppContext:
    """The data folder, on that Friday."""
    ctx = bootstrap.open_context(folder, person=person)
    ctx.clock = lambda: NOW
    return ctx


def put_in(ctx: AppContext, kind: str, given: dict[str, Any]) -> str:
    """One record as a clerk types it; its uid."""
    draft = records.new(ctx, kind)
    typed.fill(draft, given)
    return records.save(ctx, draft).uid


def build(folder: Path) -> Names:
    """The office with its books; the uids by name."""
    ctx = opened(folder)
    start.init(ctx, SITE, "office", "Kec. Metro Timur")
    names = {
        name: put_in(ctx, kind, {NAMED.get(kind) or ctx.kind(kind).title[0]: name, **given})
        for kind, name, given in BOOKS
    }
    ctx.close()
    assert (
        main(
            [
                "--data-dir",
                str(folder),
                "--person",
                "Sri Wahyuni",
                "add",
                "crew",
                "--set",
                "name=Regu Gali Makam",
                "--set",
                "leader=Tukiran",
            ]
        )
        == 0
    )
    ctx = opened(folder)
    with ctx.store.reading() as reader:
        names["Regu Gali Makam"] = next(
            row.uid for row in reader.first(Query("crew", search="gali makam"), 5)
        )
    ctx.close()
    return names
