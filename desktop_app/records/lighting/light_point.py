"""A light point: a lamp with the pole that carries it, one record a lamp. Sources: domain.md 3.1.2, 3.1.3.

Whether it burns is not typed: the newest repair or check tells it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Reference, Text, Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Column, Kind, Section, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import FUNDING
from desktop_app.records.common import ADMINISTRATION_RULES, PLACE_RULES, administration, partial_date, place
from desktop_app.records.lighting import codes
from desktop_app.records.rules import city_of, day_of, less, metres_between, number, others

M = Words("m", "m")
SAME_PLACE_M = 50.0
"""Two lamps on one pole lie at most this far apart, in metres: the error of two phones."""

_REPORTED = {
    "LAMP_OUT": "OFF",
    "LAMP_GROUP_OUT": "OFF",
    "FLICKER": "FLICKER",
    "DAY_BURNER": "DAY_BURNER",
    "THEFT": "OFF",
}
_CLOSED_UNSEEN = ("REJECTED", "DUPLICATE")


def _pole_taken(r: View) -> Mapping[str, object] | None:
    """Another lamp with this pole number: wrong on a pole with one arm, or when it stands somewhere else."""
    for other in others(r, pole_code=r.pole_code):
        elsewhere = metres_between(r, View(r.kind, other, r.where)) > SAME_PLACE_M
        if elsewhere or r.arm_type not in ("DOUBLE", "MULTI"):
            return {"lamp": other.values.get("lamp_code") or "?", "see": other}
    return None


def _panel_elsewhere(r: View) -> bool:
    panel = r.target("panel")
    return panel is not None and city_of(panel.village_code) not in (
        "",
        city_of(r.village_code) or r.settings.city_code,
    )


def _told_by(repair: Record) -> Iterator[tuple[dt.datetime, str]]:
    """What a repair says of its lamp, and when: the report itself, then its end."""
    values = repair.values
    reported, finished = values.get("received_at"), values.get("finished_at")
    if isinstance(reported, dt.datetime) and str(values.get("category")) in _REPORTED:
        yield reported, _REPORTED[str(values["category"])]
    if (
        isinstance(finished, dt.datetime)
        and repair.status in ("DONE", "CONFIRMED")
        and values.get("result") == "FIXED"
    ):
        yield finished, "ON"


def operating_status(r: View) -> Value:
    """Whether it burns, by the newest repair or check; UNKNOWN when nobody ever looked."""
    told = [
        (day_of(r, moment) or dt.date.min, moment, state)
        for repair in r.ask.find("streetlight_repair", lamp=r.uid)
        if repair.status not in _CLOSED_UNSEEN
        for moment, state in _told_by(repair)
    ]
    day, _, state = max(told, default=(dt.date.min, None, "UNKNOWN"))
    checked = r.last_checked_at
    return (
        r.checked_status
        if r.checked_status is not None and isinstance(checked, dt.date) and checked > day
        else state
    )


KIND = Kind(
    "light_point",
    "lighting",
    "Titik lampu",
    "Light point",
    plural=Words("Titik lampu", "Light points"),
    short=Words("Titik lampu", "Light points"),
    icon="post-lamp",
    number="PJU-TTK",
    owner="register",
    title=("lamp_code",),
    subtitle=("street_name",),
    form=(
        Section(
            "Lampu",
            "Lamp",
            Text(
                "lamp_code",
                "Kode lampu",
                "Lamp code",
                max_len=20,
                reads="code",
                required=True,
                legacy_ok=True,
                unique="error",
                help=Words("Nomor lampu, seperti PJU-0042.", "The lamp's number, like PJU-0042."),
            ),
            Choice(
                "lamp_type", "Jenis lampu", "Lamp type", codes=codes.LAMP_TYPE, required=True, legacy_ok=True
            ),
            Integer(
                "power_w",
                "Daya",
                "Power",
                minimum=5,
                maximum=1000,
                unit=Words("W", "W"),
                required=True,
                legacy_ok=True,
                beside=True,
            ),
            Choice("lamp_kind", "Fungsi", "Use", codes=codes.LAMP_KIND, default="STREET"),
            Reference("panel", "Panel", "Panel", kind="power_panel", indexed=True),
            Computed(
                "operating_status",
                "Status nyala",
                "Burning",
                of=operating_status,
                like=Choice("", "", "", codes=codes.OPERATING_STATUS),
                stored=False,
                help=Words("Menurut perbaikan atau pemeriksaan terakhir.", "By the newest repair or check."),
            ),
            Date("last_checked_at", "Terakhir diperiksa", "Last checked", future=False),
            Choice(
                "checked_status",
                "Saat diperiksa",
                "When checked",
                codes=codes.OPERATING_STATUS,
                relevant=lambda r: r.last_checked_at,
                required=True,
                beside=True,
                group="last_checked_at",
            ),
        ),
        Section("Tempat", "Place", place(street=True, position=True)),
        Section(
            "Jalan",
            "Road",
            Text(
                "road_segment",
                "Ruas jalan",
                "Road segment",
                max_len=100,
                help=Words(
                    "Nama ruas bila berbeda dari nama jalan.",
                    "The segment's name where it differs from the street.",
                ),
            ),
            Choice(
                "road_status",
                "Status jalan",
                "Road status",
                codes=codes.ROAD_STATUS,
                required=True,
                legacy_ok=True,
            ),
            Choice("road_function", "Fungsi jalan", "Road function", codes=codes.ROAD_FUNCTION),
            Choice("road_side", "Sisi", "Side", codes=codes.ROAD_SIDE, beside=True),
        ),
        Section(
            "Tiang",
            "Pole",
            Text(
                "pole_code",
                "Nomor tiang",
                "Pole number",
                max_len=20,
                reads="code",
                required=True,
                legacy_ok=True,
                indexed=True,
            ),
            Choice(
                "pole_type", "Jenis tiang", "Pole type", codes=codes.POLE_TYPE, required=True, legacy_ok=True
            ),
            Decimal("height_m", "Tinggi", "Height", scale=1, minimum=Number(3), maximum=Number(30), unit=M),
            Choice("arm_type", "Lengan", "Arm", codes=codes.ARM_TYPE),
            Decimal(
                "arm_length_m",
                "Panjang lengan",
                "Arm length",
                scale=1,
                minimum=Number("0.5"),
                maximum=Number(3),
                unit=M,
                relevant=lambda r: r.arm_type,
                beside=True,
            ),
            Decimal(
                "distance_to_prev_m",
                "Jarak antartiang",
                "Distance to the last pole",
                scale=1,
                minimum=Number(0),
                unit=M,
            ),
            Choice(
                "pole_condition",
                "Kondisi tiang",
                "Pole condition",
                codes=codes.POLE_CONDITION,
                required=True,
                default="UNKNOWN",
            ),
        ),
        Section(
            "Pengadaan",
            "Procurement",
            Text("brand", "Merk", "Brand", max_len=60),
            Text("serial_no", "Nomor seri", "Serial no.", max_len=40, reads="code", beside=True),
            partial_date("install_date", "Tanggal pasang", "Installed on"),
            Date("warranty_until", "Garansi sampai", "Warranty until"),
            Choice("funding_source", "Sumber dana", "Funding", codes=FUNDING),
            Text("contract_no", "Nomor kontrak", "Contract no.", max_len=60, reads="code"),
            Text("asset_no", "Kode barang (KIB)", "Asset no.", max_len=40, reads="code"),
            Choice("owner", "Pemilik", "Owner", codes=codes.OWNER),
        ),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        warning(
            "power_w",
            lambda r: less(400, r.power_w),
            "Daya {power_w} jarang untuk satu lampu (lebih dari 400 W).",
            "{power_w} is rare for one lamp (above 400 W).",
        ),
        warning(
            "pole_code",
            _pole_taken,
            "Nomor tiang {pole_code} sudah dipakai lampu {lamp}.",
            "Pole number {pole_code} is already used by lamp {lamp}.",
        ),
        warning(
            "panel",
            _panel_elsewhere,
            "Panel {panel} berada di kota lain.",
            "Panel {panel} is in another city.",
        ),
        warning(
            "distance_to_prev_m",
            lambda r: r.distance_to_prev_m is not None and not 15 <= number(r.distance_to_prev_m) <= 80,
            "Jarak antartiang {distance_to_prev_m} tidak lazim (15 sampai 80 m).",
            "A distance of {distance_to_prev_m} between poles is unusual (15 to 80 m).",
        ),
        warning(
            "install_date",
            lambda r: less(r.install_date, dt.date(1980, 1, 1)),
            "Tanggal pasang {install_date} sebelum 1980.",
            "Installed {install_date}, before 1980.",
        ),
        *ADMINISTRATION_RULES,
    ),
    columns=(
        Column("lamp_code", 34, also="street_name", heading=Words("Lampu dan jalan", "Lamp and street")),
        Column("village_code", 16),
        Column("lamp_type", 12),
        Column("power_w", 8),
        Column("pole_condition", 14),
        Column("pole_code", 12, hidden=True),
        Column("panel", 20, hidden=True),
        Column("road_status", 16, hidden=True),
        Column("district_code", 16, hidden=True),
    ),
    sort="lamp_code",
    filters=("village_code", "lamp_type", "pole_condition", "road_status"),
    empty=Words(
        "Mulai dengan lampu pertama, atau salin dari Excel yang sudah ada.",
        "Begin with the first lamp, or copy from the spreadsheet there is.",
    ),
    help=Words(
        "Satu catatan untuk satu lampu beserta tiangnya. Menyala atau padam diketahui dari perbaikan atau pemeriksaan terakhir.",
        "One record for one lamp with its pole. Whether it burns is told by the newest repair or check.",
    ),
)
