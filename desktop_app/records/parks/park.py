"""A park or other public green space, with its maintenance schedule. Sources: domain.md 4.1.1, 4.1.4, 4.2."""

from __future__ import annotations

from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Date, Decimal, Integer, Reference, Text
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Lines, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import CONDITION, FUNDING
from desktop_app.records.common import ADMINISTRATION_RULES, PLACE_RULES, administration, place
from desktop_app.records.parks import codes
from desktop_app.records.rules import less, made_code, number

M2 = Words("m²", "m²")
LARGE_M2 = 500_000

LIFE_CYCLE = LifeCycle(
    states=(
        State("PLANNED", "Direncanakan", "Planned", "info", "ring", open=False),
        State("ACTIVE", "Aktif", "Active", "ok", "dot", open=False),
        State("UNDER_REHAB", "Direhabilitasi", "Under rehabilitation", "warn", "bars", open=False),
        State("CLOSED", "Ditutup", "Closed", "info", "cross", open=False),
        State("CONVERTED", "Alih fungsi", "Converted", "bad", "cross", open=False),
    ),
    moves=(
        Move("plan", "Masih direncanakan", "Still planned", ("ACTIVE",), "PLANNED"),
        Move("open", "Buka", "Open", ("PLANNED", "UNDER_REHAB"), "ACTIVE", main=True),
        Move("reopen", "Buka lagi", "Open again", ("CLOSED",), "ACTIVE", reason=True, main=True),
        Move("rehabilitate", "Rehabilitasi", "Rehabilitate", ("ACTIVE", "CLOSED"), "UNDER_REHAB"),
        Move("close", "Tutup", "Close", ("PLANNED", "ACTIVE", "UNDER_REHAB"), "CLOSED", reason=True),
        Move(
            "convert",
            "Alih fungsi",
            "Convert",
            ("ACTIVE", "UNDER_REHAB", "CLOSED"),
            "CONVERTED",
            reason=True,
            by="head",
        ),
    ),
    path=("ACTIVE", "CLOSED"),
)

SCHEDULE = Lines(
    "schedule",
    "Jadwal pemeliharaan",
    "Maintenance schedule",
    (
        Choice("activity", "Kegiatan", "Activity", codes=codes.ACTIVITY, required=True),
        Choice("frequency", "Frekuensi", "Frequency", codes=codes.FREQUENCY, required=True),
        Integer(
            "frequency_n",
            "Banyaknya",
            "How many",
            minimum=1,
            maximum=365,
            relevant=lambda line: line.frequency in ("TIMES_PER_WEEK", "EVERY_N_DAYS"),
            required=True,
        ),
        Reference("crew", "Regu", "Crew", kind="crew"),
        Date("starts_on", "Mulai", "From", required=True, default=lambda line: line.today),
        Date("ends_on", "Sampai", "Until"),
    ),
    rules=(
        error(
            "ends_on",
            lambda line: less(line.ends_on, line.starts_on),
            "Sampai {ends_on} sebelum mulai {starts_on}.",
            "Until {ends_on}, before it starts {starts_on}.",
        ),
        error(
            "frequency_n",
            lambda line: line.frequency == "TIMES_PER_WEEK" and less(7, line.frequency_n),
            "Paling banyak 7 kali seminggu.",
            "At most 7 times a week.",
        ),
    ),
)


def _below_standard(r: View) -> dict[str, object] | None:
    standard = codes.MINIMUM_AREA_M2.get(str(r.rth_type))
    return {"standard": standard} if standard is not None and less(r.area_m2, standard) else None


def _little_green(r: View) -> bool:
    known = r.area_m2 is not None and r.green_area_m2 is not None
    return (
        known
        and r.rth_type in ("VILLAGE", "DISTRICT")
        and number(r.green_area_m2) < number(r.area_m2) * 8 / 10
    )


KIND = Kind(
    "park",
    "parks",
    "Taman",
    "Park",
    plural=Words("Taman", "Parks"),
    short=Words("Taman", "Parks"),
    icon="tree-outline",
    number="TMN",
    owner="register",
    title=("park_name",),
    subtitle=("park_code", "street_name"),
    form=(
        Section(
            "Taman",
            "Park",
            Text("park_name", "Nama taman", "Park name", max_len=100, required=True),
            Text(
                "park_code",
                "Kode taman",
                "Park code",
                max_len=20,
                reads="code",
                required=True,
                unique="error",
                default=made_code("TMN"),
            ),
            Choice(
                "rth_type",
                "Jenis RTH",
                "Type of green space",
                codes=codes.RTH_TYPE,
                required=True,
                legacy_ok=True,
            ),
            Choice(
                "active_passive", "Aktif/pasif", "Active or passive", codes=codes.ACTIVE_PASSIVE, beside=True
            ),
            Decimal(
                "area_m2",
                "Luas",
                "Area",
                scale=2,
                minimum=Number("0.01"),
                unit=M2,
                required=True,
                legacy_ok=True,
            ),
            Decimal(
                "green_area_m2", "Luas hijau", "Green area", scale=2, minimum=Number(0), unit=M2, beside=True
            ),
            Choice("condition", "Kondisi", "Condition", codes=CONDITION, default="UNKNOWN", required=True),
            Choice(
                "maintenance_class",
                "Kelas pemeliharaan",
                "Maintenance class",
                codes=codes.MAINTENANCE_CLASS,
                required=True,
                legacy_ok=True,
            ),
        ),
        Section(
            "Tempat",
            "Place",
            place(position=True),
            Text(
                "boundary_wkt",
                "Batas (WKT)",
                "Boundary (WKT)",
                max_len=20_000,
                multiline=True,
                searched=False,
                help=Words(
                    "Garis batas dari peta, bila ada: POLYGON((…)).",
                    "The outline from a map, where there is one: POLYGON((…)).",
                ),
            ),
        ),
        Section(
            "Pengelolaan",
            "Management",
            Choice("manager", "Pengelola", "Manager", codes=codes.MANAGER, required=True, legacy_ok=True),
            Choice("land_status", "Status lahan", "Land status", codes=codes.LAND_STATUS),
            Integer("built_year", "Tahun dibangun", "Built in", minimum=1900, maximum=2100),
            Integer(
                "rehab_year",
                "Tahun rehabilitasi",
                "Rehabilitated in",
                minimum=1900,
                maximum=2100,
                beside=True,
            ),
            Choice("funding", "Sumber dana", "Funding", codes=FUNDING),
        ),
        Section("Jadwal pemeliharaan", "Maintenance schedule", SCHEDULE),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        error(
            "green_area_m2",
            lambda r: less(r.area_m2, r.green_area_m2),
            "Luas hijau {green_area_m2} lebih dari luas taman {area_m2}.",
            "The green area {green_area_m2} is larger than the park {area_m2}.",
        ),
        warning(
            "area_m2",
            _below_standard,
            "Luas {area_m2} di bawah standar {rth_type} ({standard} m²).",
            "The area {area_m2} is below the standard of a {rth_type} ({standard} m²).",
        ),
        warning(
            "area_m2",
            lambda r: less(LARGE_M2, r.area_m2),
            "Luas {area_m2} sangat besar untuk sebuah taman. Periksa satuannya.",
            "The area {area_m2} is very large for a park. Check the unit.",
        ),
        warning(
            "green_area_m2",
            _little_green,
            "Luas hijau {green_area_m2} kurang dari 80 % luas taman.",
            "The green area {green_area_m2} is less than 80 % of the park.",
        ),
        error(
            "rehab_year",
            lambda r: less(r.rehab_year, r.built_year),
            "Tahun rehabilitasi {rehab_year} sebelum tahun dibangun {built_year}.",
            "Rehabilitated in {rehab_year}, before it was built in {built_year}.",
            legacy_ok=True,
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("park_name", 34, also="street_name"),
        Column("village_code", 16),
        Column("rth_type", 18),
        Column("area_m2", 12),
        Column("status", 14),
        Column("park_code", 16, hidden=True),
        Column("maintenance_class", 14, hidden=True),
        Column("district_code", 16, hidden=True),
    ),
    sort="park_name",
    filters=("status", "village_code", "rth_type", "condition"),
    empty=Words(
        "Mulai dengan taman pertama: nama, jenis, luas. Jadwal pemeliharaannya boleh menyusul.",
        "Begin with the first park: name, type, area. Its schedule may follow later.",
    ),
    help=Words(
        "Taman dan ruang terbuka hijau lain, dengan jadwal pemeliharaan yang menentukan pekerjaan rencana.",
        "Parks and other green space, with the schedule from which the planned work follows.",
    ),
)
