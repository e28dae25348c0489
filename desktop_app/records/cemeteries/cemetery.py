"""A cemetery (TPU), with its own policy and tariffs. Sources: domain.md 5.1, 5.2.1, 5.2.2 (PP 9/1987, UU 1/2022)."""

from __future__ import annotations

from decimal import ROUND_DOWN
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Money, Text, Value
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Lines, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.cemeteries import codes
from desktop_app.records.codes import CONDITION
from desktop_app.records.common import ADMINISTRATION_RULES, PLACE_RULES, administration, place
from desktop_app.records.rules import less, number

GROSS_PLOT_M2 = Number("3.75")
M2, M = Words("m²", "m²"), Words("m", "m")


def _capacity(r: View) -> Value:
    """How many plots of 1.5 x 2.5 m the usable land holds."""
    if r.usable_area_m2 is None:
        return None
    return int((number(r.usable_area_m2) / GROSS_PLOT_M2).to_integral_value(ROUND_DOWN))


LIFE_CYCLE = LifeCycle(
    states=(
        State("PLANNED", "Direncanakan", "Planned", "info", "ring", open=False),
        State("ACTIVE", "Aktif", "Active", "ok", "dot", open=False),
        State("FULL", "Penuh", "Full", "warn", "bars", open=False),
        State("INACTIVE", "Tidak aktif", "Inactive", "info", "cross", open=False),
    ),
    moves=(
        Move("plan", "Masih direncanakan", "Still planned", ("ACTIVE",), "PLANNED"),
        Move("open", "Buka", "Open", ("PLANNED", "FULL", "INACTIVE"), "ACTIVE", main=True),
        Move("fill", "Nyatakan penuh", "Declare full", ("ACTIVE",), "FULL", main=True),
        Move("close", "Tutup", "Close", ("PLANNED", "ACTIVE", "FULL"), "INACTIVE", reason=True, by="head"),
    ),
    path=("ACTIVE", "FULL"),
)

TARIFFS = Lines(
    "tariffs",
    "Tarif",
    "Tariffs",
    (
        Choice("service", "Layanan", "Service", codes=codes.LEVY_SERVICE, required=True),
        Choice("tariff_class", "Kelas blok", "Block class", codes=codes.TARIFF_CLASS),
        Choice("residency", "Warga", "Residency", codes=codes.RESIDENCY),
        Integer("renewal_seq", "Perpanjangan ke-", "Renewal no.", minimum=0, maximum=99),
        Money("amount", "Tarif", "Tariff", required=True),
        Date("valid_from", "Mulai", "From", required=True),
        Date("valid_to", "Sampai", "Until"),
        Text("legal_basis", "Dasar hukum", "Legal basis", max_len=100),
    ),
    rules=(
        error(
            "valid_to",
            lambda r: less(r.valid_to, r.valid_from),
            "Tarif berakhir {valid_to} sebelum mulai {valid_from}.",
            "The tariff ends {valid_to} before it begins {valid_from}.",
        ),
    ),
)

KIND = Kind(
    "cemetery",
    "cemeteries",
    "TPU",
    "Cemetery",
    plural=Words("TPU", "Cemeteries"),
    short=Words("TPU", "Sites"),
    icon="grave-stone",
    number="MKM-TPU",
    title=("name",),
    subtitle=("cemetery_code",),
    owner="register",
    form=(
        Section(
            "Tempat pemakaman",
            "Cemetery",
            Text(
                "cemetery_code",
                "Kode TPU",
                "Cemetery code",
                max_len=20,
                reads="code",
                required=True,
                unique="error",
            ),
            Text("name", "Nama TPU", "Name", max_len=120, required=True),
            Choice(
                "cemetery_kind",
                "Jenis",
                "Kind",
                codes=codes.CEMETERY_KIND,
                required=True,
                default="PUBLIC",
                legacy_ok=True,
            ),
            Choice(
                "religion_scope",
                "Peruntukan agama",
                "Religions",
                codes=codes.RELIGION_SCOPE,
                required=True,
                default="MIXED",
                legacy_ok=True,
            ),
            Choice("manager", "Pengelola", "Managed by", codes=codes.MANAGER, required=True, default="CITY"),
            Text("decree_no", "Nomor SK", "Decree no.", max_len=60),
            Choice("land_status", "Status lahan", "Land status", codes=codes.LAND_STATUS),
            Decimal(
                "area_m2", "Luas", "Area", scale=2, minimum=Number(0), unit=M2, required=True, legacy_ok=True
            ),
            Decimal(
                "usable_area_m2",
                "Luas yang dapat dipakai",
                "Usable area",
                scale=2,
                minimum=Number(0),
                unit=M2,
            ),
            Computed(
                "capacity_plots",
                "Daya tampung (petak)",
                "Capacity (plots)",
                of=_capacity,
                like=Integer("", "", ""),
                help=Words("Luas yang dapat dipakai dibagi 3,75 m².", "Usable area divided by 3.75 m²."),
            ),
            Text("caretaker_name", "Juru kunci", "Caretaker", max_len=120, reads="name"),
            Text(
                "caretaker_phone",
                "Telepon juru kunci",
                "Caretaker's phone",
                max_len=20,
                reads="phone",
                personal=True,
            ),
        ),
        Section("Lokasi", "Place", place()),
        Section(
            "Kebijakan TPU",
            "Policy",
            Integer(
                "permit_validity_months",
                "Masa berlaku izin",
                "Permit validity",
                minimum=1,
                maximum=240,
                unit=Words("bulan", "months"),
                help=Words("Kosong: menurut pengaturan kantor.", "Empty: as the office's settings say."),
            ),
            Integer(
                "stacking_min_years",
                "Jarak tumpang",
                "Stacking after",
                minimum=0,
                maximum=50,
                unit=Words("tahun", "years"),
                help=Words("Kosong: menurut pengaturan kantor.", "Empty: as the office's settings say."),
            ),
            Integer("stacking_max", "Tumpang paling banyak", "Bodies in a plot", minimum=1, maximum=4),
            Decimal("plot_length_m", "Panjang petak", "Plot length", scale=2, minimum=Number(0), unit=M),
            Decimal(
                "plot_width_m", "Lebar petak", "Plot width", scale=2, minimum=Number(0), unit=M, beside=True
            ),
            TARIFFS,
        ),
        Section(
            "Sarana dan prasarana",
            "Facilities",
            Lines(
                "facilities",
                "Sarana",
                "Facilities",
                (
                    Choice("facility", "Sarana", "Facility", codes=codes.FACILITY, required=True),
                    Choice(
                        "condition", "Kondisi", "Condition", codes=CONDITION, required=True, default="UNKNOWN"
                    ),
                    Text("remark", "Catatan", "Remark", max_len=200),
                ),
            ),
        ),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        error(
            "usable_area_m2",
            lambda r: less(r.area_m2, r.usable_area_m2),
            "Luas yang dapat dipakai {usable_area_m2} melebihi luas {area_m2}.",
            "The usable area {usable_area_m2} exceeds the area {area_m2}.",
        ),
        warning(
            "plot_length_m",
            lambda r: less(Number("2.5"), r.plot_length_m) or less(Number("1.5"), r.plot_width_m),
            "Petak lebih besar daripada 2,5 m × 1,5 m (PP 9/1987).",
            "The plots are larger than 2.5 m × 1.5 m (PP 9/1987).",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("cemetery_code", 10),
        Column("name", 26, also="street_name"),
        Column("village_code", 16),
        Column("religion_scope", 12),
        Column("manager", 16),
        Column("area_m2", 12),
        Column("capacity_plots", 12, hidden=True),
    ),
    sort="name",
    filters=("status", "manager", "religion_scope", "village_code"),
    empty=Words(
        "Belum ada TPU. Catat TPU lebih dahulu, lalu petak-petaknya.",
        "No cemetery yet. Record the cemetery first, then its plots.",
    ),
    help=Words(
        "Tempat pemakaman: luas, pengelola, kebijakan izin dan tumpang, tarif yang pernah berlaku.",
        "A cemetery: area, manager, policy of permits and stacking, the tariffs that have been in force.",
    ),
)
