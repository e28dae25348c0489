"""Each rule of street lighting, parks and the shared kinds shown failing once, in the words that the form shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from desktop_app.core.record import View
from desktop_app.core.rules import is_relevant
from desktop_app.core.spec import Rule
from desktop_app.records.registry import REGISTRY
from tests.unit.records.city import DAY, DONE, HERE, HOUR, ORDERLY, city, slip
from tests.unit.records.house import NOW, House

MINE = ("shared", "lighting", "parks")
OTHER_CITY = {**HERE, "village_code": "35.06.01.2001"}


class Case(NamedTuple):
    kind: str
    values: dict[str, Any]
    field: str
    says: str
    severity: str = "error"
    others: tuple[tuple[str, str, dict[str, Any]], ...] = ()


def error(kind: str, field: str, says: str, *others: tuple[str, str, dict[str, Any]], **values: Any) -> Case:
    return Case(kind, values, field, says, "error", others)


def warning(
    kind: str, field: str, says: str, *others: tuple[str, str, dict[str, Any]], **values: Any
) -> Case:
    return Case(kind, values, field, says, "warning", others)


def repair(**values: Any) -> tuple[str, str, dict[str, Any]]:
    return ("streetlight_repair", "first", {**ORDERLY["streetlight_repair"], **values})


PLACED = ("power_panel", "light_point", "streetlight_repair", "park", "tree_request")
ADMINISTERED = (*PLACED, "park_work")

CASES = [
    *(
        case
        for kind in PLACED
        for case in (
            error(kind, "latitude", "Lintang 112,1532 di luar Indonesia (−11,1 sampai 6,1).", latitude=Decimal("112.1532")),
            error(kind, "longitude", "Bujur 5,1000 di luar Indonesia (94,9 sampai 141,1).", longitude=Decimal("5.1")),
            error(kind, "longitude", "Lintang dan bujur harus diisi keduanya.", longitude=None),
            warning(kind, "latitude", "Titik -5,2000, 105,3000 di luar batas kota.", latitude=Decimal("-5.2"), longitude=Decimal("105.3")),
            warning(kind, "longitude", "Koordinat -7,8010, 112,0000 tampaknya dibulatkan ke derajat.", latitude=Decimal("-7.801"), longitude=Decimal(112)),
            error(kind, "village_code", "Metro Timur bukan kelurahan atau desa.", village_code="18.72.04"),
            warning(kind, "village_code", "Kelurahan Juwet di luar kota ini.", village_code="35.06.01.2001"),
        )
    ),
    *(
        warning(kind, "notes", "Keterangan tampaknya memuat NIK atau nomor telepon. Isikan di isian yang tersamar, bukan di sini (UU 27/2022).", notes="Hubungi 0812-3456-7890")
        for kind in (*ADMINISTERED, "region", "crew", "material")
    ),
    *(
        warning(kind, "verified_by", "Diverifikasi oleh orang yang menginput: Sri Wahyuni. Sebaiknya orang kedua.", verified_by="Sri Wahyuni")
        for kind in ADMINISTERED
    ),
    # ---- shared
    error("region", "code", "18.7204 bukan kode wilayah. Tulis seperti 18.72.04.1003.", code="18.7204"),
    error("region", "level", "Kode 18.72.04.1004 bukan kode tingkat Kecamatan.", level="district"),
    error("region", "parent_code", "Kode 18.72.04.1004 tidak berada di bawah Lampung.", parent_code="18"),
    error("region", "valid_to", "Berakhir 01/01/2020 sebelum mulai 01/01/2025.", valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2020, 1, 1)),
    # ---- panels
    warning("power_panel", "mcb_rating_a", "MCB 15 A bukan ukuran yang lazim (2, 4, 6, 10, 16, 20, 25, 32, 35, 50, 63 A).", mcb_rating_a=15),
    warning("power_panel", "installed_year", "Tahun pasang 2027 belum tiba.", installed_year=2027),
    # ---- lamps
    warning("light_point", "power_w", "Daya 500 W jarang untuk satu lampu (lebih dari 400 W).", power_w=500),
    warning("light_point", "pole_code", "Nomor tiang T-42 sudah dipakai lampu PJU-0042.", pole_code="T-42"),
    warning("light_point", "panel", "Panel PNL-9, PJU Juwet berada di kota lain.", ("power_panel", "far", {**ORDERLY["power_panel"], **OTHER_CITY, "panel_code": "PNL-9", "panel_name": "PJU Juwet"}), panel="far"),
    warning("light_point", "distance_to_prev_m", "Jarak antartiang 120 m tidak lazim (15 sampai 80 m).", distance_to_prev_m=Decimal(120)),
    warning("light_point", "install_date", "Tanggal pasang 01/01/1975 sebelum 1980.", install_date=dt.date(1975, 1, 1)),
    # ---- repairs
    error("streetlight_repair", "street_name", "Tulis nama jalan, patokan atau koordinat: regu harus bisa menemukannya.", lamp=None, street_name=None, latitude=None, longitude=None),
    warning("streetlight_repair", "lamp", "Lampu ini sudah punya laporan terbuka 18/11/2026.", repair(received_at=NOW - 4 * DAY)),
    warning("streetlight_repair", "received_at", "Laporan 18/10/2026 10.00 sudah lebih dari 30 hari.", received_at=NOW - 35 * DAY),
    error("streetlight_repair", "planned_date", "Tanggal rencana 01/11/2026 sebelum tanggal lapor 21/11/2026 10.00.", planned_date=dt.date(2026, 11, 1)),
    error("streetlight_repair", "started_at", "Mulai 22/11/2026 10.00 sesudah selesai 22/11/2026 09.00.", started_at=NOW, finished_at=NOW - HOUR),
    error("streetlight_repair", "finished_at", "Tanggal selesai 20/11/2026 10.00 sebelum tanggal lapor 21/11/2026 10.00.", finished_at=NOW - 2 * DAY),
    warning("streetlight_repair", "started_at", "Mulai 20/11/2026 10.00 sebelum tanggal lapor 21/11/2026 10.00.", started_at=NOW - 2 * DAY),
    warning("streetlight_repair", "finished_at", "Dari mulai 12/11/2026 10.00 sampai selesai 14/11/2026 10.00 lebih dari 24 jam.", received_at=NOW - 12 * DAY, started_at=NOW - 10 * DAY, finished_at=NOW - 8 * DAY),
    warning("streetlight_repair", "points_fixed", "3 titik menyala, padahal dilaporkan 1 titik.", points_fixed=3),
    warning("streetlight_repair", "result", "Hasil Belum menyala tidak cocok dengan 1 titik menyala.", result="NOT_FIXED", points_fixed=1),
    error("streetlight_repair", "result", "Selesai hanya dengan hasil Menyala atau Sebagian menyala. Bila belum menyala: tunda.", **{**DONE, "result": "NOT_FOUND"}, status="DONE"),
    error("streetlight_repair", "duplicate_of", "Laporan tidak bisa menjadi duplikat dari dirinya sendiri.", repair(duplicate_of="new"), status="DUPLICATE", duplicate_of="first"),
    # ---- parks
    error("park", "green_area_m2", "Luas hijau 3.000 m² lebih dari luas taman 2.500 m².", green_area_m2=Decimal(3000)),
    warning("park", "area_m2", "Luas 2.500 m² di bawah standar Taman kelurahan (9.000 m²).", rth_type="VILLAGE"),
    warning("park", "area_m2", "Luas 600.000 m² sangat besar untuk sebuah taman. Periksa satuannya.", area_m2=Decimal(600_000)),
    warning("park", "green_area_m2", "Luas hijau 5.000 m² kurang dari 80 % luas taman.", rth_type="VILLAGE", area_m2=Decimal(10_000), green_area_m2=Decimal(5000)),
    error("park", "rehab_year", "Tahun rehabilitasi 1999 sebelum tahun dibangun 2010.", built_year=2010, rehab_year=1999),
    error("park", "ends_on", "Sampai 01/01/2025 sebelum mulai 01/01/2026.", lines={"schedule": [{"activity": "MOWING", "frequency": "WEEKLY", "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2025, 1, 1)}]}),
    error("park", "frequency_n", "Paling banyak 7 kali seminggu.", lines={"schedule": [{"activity": "MOWING", "frequency": "TIMES_PER_WEEK", "frequency_n": 9, "starts_on": dt.date(2026, 1, 1)}]}),
    warning("park_work", "work_date", "Pekerjaan ini sudah dicatat untuk taman, tanggal dan regu yang sama (TMN-KRJ/1).", ("park_work", "first", ORDERLY["park_work"])),
    error("park_work", "work_date", "Tanggal 25/11/2026 belum tiba: pekerjaan belum bisa selesai.", work_date=dt.date(2026, 11, 25), status="DONE"),
    error("park_work", "end_time", "Sampai pukul 07.00 sebelum mulai pukul 09.30.", start_time=dt.time(9, 30), end_time=dt.time(7)),
    error("park_work", "volume", "Satuan terisi tetapi volumenya kosong.", unit="M2"),
    error("park_work", "skip_reason", "Alasan tidak dikerjakan terisi, padahal pekerjaan ini dikerjakan. Kosongkan.", skip_reason="RAIN", status="DONE"),
    warning("park_work", "park", "Taman Taman Samber sudah ditutup.", ("park", "shut", {**ORDERLY["park"], "status": "CLOSED"}), park="shut"),
    # ---- trees
    error("tree_request", "trees", "Survei mencatat paling sedikit satu pohon.", status="SURVEYED"),
    error("tree_request", "surveyed_on", "Survei 01/11/2026 sebelum permohonan diterima 13/11/2026 10.00.", surveyed_on=dt.date(2026, 11, 1)),
    error("tree_request", "permit_date", "Izin 14/11/2026 sebelum survei 16/11/2026.", surveyed_on=dt.date(2026, 11, 16), permit_date=dt.date(2026, 11, 14)),
    error("tree_request", "finished_at", "Selesai 12/11/2026 10.00 sebelum permohonan diterima 13/11/2026 10.00.", finished_at=NOW - 10 * DAY),
    error("tree_request", "trees_felled", "Ditebang 2 pohon, padahal hanya disetujui dipangkas.", survey_result="APPROVE_PRUNE", trees_felled=2),
    warning("tree_request", "trees_planted", "Ditanam 1 pohon, padahal harus diganti 4 pohon.", status="CLOSED", trees_planted=1, replacement_trees=4),
    warning("tree_request", "dbh_cm", "Diameter 200 cm sangat besar: mungkin kelilingnya.", lines={"trees": [{"species_local": "MAHONI", "dbh_cm": Decimal(200)}]}),
    warning("tree_request", "girth_cm", "Keliling 50 cm tidak cocok dengan diameter 40 cm (keliling = 3,14 × diameter).", lines={"trees": [{"species_local": "MAHONI", "dbh_cm": Decimal(40), "girth_cm": Decimal(50)}]}),
]  # fmt: skip


def _house(case: Case) -> House:
    house = city()
    for kind, uid, values in case.others:
        given = dict(values)
        house.put(kind, uid, given, status=given.pop("status", None)).record_no = "TMN-KRJ/1"
    return house


def _name(case: Case) -> str:
    return f"{case.kind}-{case.field}-{case.says[:24]}"


@pytest.mark.parametrize("kind", ORDERLY)
def test_a_slip_in_order_has_nothing_to_say(kind: str):
    house = city()
    assert house.said(slip(house, kind)) == []


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_rule_speaks(case: Case):
    house = _house(case)
    record = slip(house, case.kind, **dict(case.values))
    said = [(one.severity, one.field, one.words.id) for one in house.findings(record)]
    assert (case.severity, case.field, case.says) in said


def _broken(case: Case) -> set[int]:
    """The rules (by identity) of the kind that this case breaks."""
    house = _house(case)
    view = house.view(slip(house, case.kind, **dict(case.values)))
    asked: list[tuple[Rule, View]] = [(rule, view) for rule in view.kind.rules]
    asked += [
        (rule, row) for lines in view.kind.lines for rule in lines.rules for row in view.rows(lines.name)
    ]
    return {
        id(rule)
        for rule, where in asked
        if (rule.field not in where.declared or is_relevant(where, where.declared[rule.field]))
        and rule.broken(where)
    }


def test_no_rule_is_left_out():
    for kind in (kind for kind in REGISTRY if kind.section in MINE):
        rules = [*kind.rules, *(rule for lines in kind.lines for rule in lines.rules)]
        shown = set().union(*(_broken(case) for case in CASES if case.kind == kind.name))
        assert [rule.words.id for rule in rules if id(rule) not in shown] == [], kind.name
