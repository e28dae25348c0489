"""A panel (box) that feeds streetlights, with its PLN connection. Source: domain.md 3.1.1 (a real register's columns)."""

from __future__ import annotations

from desktop_app.core.fields import Choice, Codes, Computed, Integer, Text, Value
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, Section, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import CONDITION
from desktop_app.records.common import ADMINISTRATION_RULES, PLACE_RULES, administration, place
from desktop_app.records.lighting.codes import OWNER
from desktop_app.records.rules import less, made_code

SUPPLY_TYPE = Codes(
    METERED=("Meterisasi", "Metered"),
    UNMETERED_LEGAL=("Non-meter/abonemen", "Unmetered, flat rate"),
    ILLEGAL=("Sambungan liar", "Illegal tap"),
    SOLAR=("Tenaga surya (PJUTS)", "Solar"),
    SHARED=("Ikut pelanggan lain", "Shared with another customer"),
)
METER_PAYMENT = Codes(PREPAID=("Prabayar", "Prepaid"), POSTPAID=("Pascabayar", "Postpaid"))
TARIFF_CLASS = Codes(
    P3=("P3 (penerangan jalan)", "P3 (street lighting)"),
    P1=("P1 (kantor pemerintah)", "P1 (government office)"),
    P2=("P2 (pemerintah, tegangan menengah)", "P2 (government, medium voltage)"),
    S=("S (sosial)", "S (social)"),
    R=("R (rumah tangga)", "R (household)"),
    B=("B (bisnis)", "B (business)"),
    OTHER=("Lainnya", "Other"),
)
CONTROL_TYPE = Codes(
    PHOTOCELL=("Fotosel", "Photocell"),
    TIMER=("Timer", "Timer"),
    MCB_MANUAL=("MCB manual", "Manual breaker"),
    ASTRO_TIMER=("Timer astronomis", "Astronomical timer"),
    SMART=("Kendali cerdas", "Smart control"),
)
MCB_STEPS = (2, 4, 6, 10, 16, 20, 25, 32, 35, 50, 63)


def _has_customer_number(r: View) -> bool:
    return r.supply_type in ("METERED", "UNMETERED_LEGAL")


def _lamps(r: View) -> Value:
    return len(r.ask.find("light_point", panel=r.uid))


KIND = Kind(
    "power_panel",
    "lighting",
    "Panel",
    "Panel",
    plural=Words("Panel", "Panels"),
    short=Words("Panel", "Panels"),
    icon="fuse",
    number="PJU-PNL",
    owner="register",
    title=("panel_code", "panel_name"),
    subtitle=("street_name",),
    form=(
        Section(
            "Panel",
            "Panel",
            Text(
                "panel_code",
                "Kode panel",
                "Panel code",
                max_len=20,
                reads="code",
                required=True,
                unique="error",
                default=made_code("PNL"),
                help=Words(
                    "Nomor yang tertulis di panel. Bila belum ada, biarkan kode dari program.",
                    "The number on the panel. Where there is none, leave the program's code.",
                ),
            ),
            Text("panel_name", "Nama panel", "Panel name", max_len=100, required=True, legacy_ok=True),
            Choice("condition", "Kondisi", "Condition", codes=CONDITION, required=True, default="UNKNOWN"),
        ),
        Section("Tempat", "Place", place(position=True)),
        Section(
            "Sambungan PLN",
            "PLN connection",
            Choice("supply_type", "Jenis sambungan", "Supply", codes=SUPPLY_TYPE, required=True),
            Text(
                "idpel",
                "ID Pelanggan PLN",
                "PLN customer no.",
                max_len=12,
                reads="idpel",
                required=_has_customer_number,
                relevant=lambda r: r.supply_type not in ("SOLAR", "ILLEGAL"),
                legacy_ok=True,
                unique="warning",
            ),
            Integer(
                "connected_power_va",
                "Daya tersambung",
                "Connected power",
                minimum=1,
                maximum=1_000_000,
                unit=Words("VA", "VA"),
                required=_has_customer_number,
                legacy_ok=True,
                help=Words(
                    "Biasanya 450, 900, 1.300, 2.200, 3.500, 4.400, 5.500, 6.600, 7.700, 10.600, 11.000, 13.200,"
                    " 16.500 atau 23.000; register juga memuat daya lain.",
                    "Usually 450, 900, 1,300, 2,200, 3,500, 4,400, 5,500, 6,600, 7,700, 10,600, 11,000, 13,200,"
                    " 16,500 or 23,000; registers hold others too.",
                ),
            ),
            Choice(
                "tariff_class",
                "Golongan tarif",
                "Tariff class",
                codes=TARIFF_CLASS,
                help=Words("Penerangan jalan biasanya P3.", "Street lighting is usually P3."),
            ),
            Text("pln_unit", "Unit PLN", "PLN unit", max_len=10, reads="code"),
            Text("transformer_code", "Kode gardu", "Transformer", max_len=10, reads="code"),
            Text("network_pole", "No. tiang PLN", "PLN pole no.", max_len=20, reads="code", beside=True),
        ),
        Section(
            "Meter dan kendali",
            "Meter and control",
            Text("meter_no", "No. meter", "Meter no.", max_len=20, reads="code"),
            Text("meter_brand", "Merk meter", "Meter brand", max_len=40, beside=True),
            Choice("meter_payment", "Pembayaran", "Payment", codes=METER_PAYMENT),
            Choice("control_type", "Kendali", "Control", codes=CONTROL_TYPE),
            Integer("mcb_rating_a", "MCB", "Breaker", minimum=1, maximum=1000, unit=Words("A", "A")),
            Integer("installed_year", "Tahun pasang", "Year installed", minimum=1950, maximum=2100),
            Choice("owner", "Pemilik", "Owner", codes=OWNER),
            Computed(
                "lamp_count",
                "Lampu tersambung",
                "Lamps connected",
                of=_lamps,
                like=Integer("", "", ""),
                stored=False,
            ),
        ),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        warning(
            "mcb_rating_a",
            lambda r: r.mcb_rating_a is not None and r.mcb_rating_a not in MCB_STEPS,
            "MCB {mcb_rating_a} bukan ukuran yang lazim (2, 4, 6, 10, 16, 20, 25, 32, 35, 50, 63 A).",
            "A breaker of {mcb_rating_a} is unusual (2, 4, 6, 10, 16, 20, 25, 32, 35, 50, 63 A).",
        ),
        warning(
            "installed_year",
            lambda r: less(r.today.year, r.installed_year),
            "Tahun pasang {installed_year} belum tiba.",
            "The year {installed_year} is still to come.",
        ),
        *ADMINISTRATION_RULES,
    ),
    columns=(
        Column("panel_code", 16),
        Column("panel_name", 36, also="street_name"),
        Column("village_code", 16),
        Column("connected_power_va", 10, heading=Words("Daya", "Power")),
        Column("condition", 16),
        Column("idpel", 14, hidden=True),
        Column("supply_type", 18, hidden=True),
        Column("district_code", 16, hidden=True),
    ),
    sort="panel_code",
    filters=("village_code", "condition", "supply_type"),
    empty=Words(
        "Mulai dengan panel pertama, atau salin dari Excel yang sudah ada. Lampu boleh dicatat tanpa panel.",
        "Begin with the first panel, or copy from the spreadsheet there is. Lamps may be recorded without one.",
    ),
    help=Words(
        "Box tempat lampu jalan mendapat listrik, dengan sambungan PLN-nya. Satu ID Pelanggan untuk satu panel.",
        "The box that feeds streetlights, with its PLN connection. One customer number belongs to one panel.",
    ),
)
