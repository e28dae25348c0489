"""A slum unit: one RT of a decree, followed until it is resolved. Sources: domain.md 0, 6.2.2, 6.2.3, 6.3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Choices, Computed, Date, Decimal, Integer, Reference, Text, Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Column, Kind, LifeCycle, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import AGENCY
from desktop_app.records.common import ADMINISTRATION_RULES, PLACE_RULES, administration, place
from desktop_app.records.rules import less, number, others
from desktop_app.records.slums import assessed, codes, hectares

HA, M = Words("ha", "ha"), Words("m", "m")
PERSONS, HOUSEHOLDS, UNITS = Words("jiwa", "persons"), Words("KK", "households"), Words("unit", "units")


def location(r: View) -> Value:
    """What people call the unit: area, RT and RW."""
    place_ = "/".join(f"{word} {number_}" for word, number_ in (("RT", r.rt), ("RW", r.rw)) if number_)
    return " ".join(part for part in (str(r.area_name or ""), place_) if part) or None


def _finals(r: View) -> Sequence[Record]:
    return hectares.in_time(r.ask.find("slum_assessment", unit=r.uid), "FINAL")


def _latest_level(r: View) -> Value:
    """The level found last: the newest assessment of the newest stage."""
    found = r.ask.find("slum_assessment", unit=r.uid)
    in_order = [*hectares.in_time(found, "BASELINE"), *hectares.in_time(found, "FINAL")]
    return assessed.level(in_order[-1]) if in_order else None


def _not_resolved(r: View) -> bool:
    finals = _finals(r)
    return not finals or assessed.level(finals[-1]) != "TK"


def _same_rt(r: View) -> Mapping[str, object] | None:
    """The decree's other row for the same RT."""
    if r.rt is None or r.rw is None:
        return None
    for other in others(r, decree=r.decree):
        held = other.values
        if (held.get("village_code"), held.get("rw"), held.get("rt")) == (r.village_code, r.rw, r.rt):
            return {"see": other}
    return None


def _persons_per_household(r: View) -> bool:
    households = number(r.households)
    return households > 0 and r.population is not None and not 1 <= number(r.population) / households <= 10


def _decree_out_of_force(r: View) -> Mapping[str, object] | None:
    decree = r.target("decree")
    late = decree is not None and less(decree.valid_to, r.today) and r.record.version == 0
    return {"see": decree} if late else None


_AT_WORK = ("DECREED", "PLANNED", "IN_PROGRESS", "REASSESSED", "PARTIAL")

LIFE_CYCLE = LifeCycle(
    states=(
        State("IDENTIFIED", "Terdata", "Identified", "info", "ring"),
        State("VERIFIED", "Diverifikasi", "Verified", "info", "half"),
        State("DECREED", "Ditetapkan SK", "Decreed", "accent", "ring"),
        State("PLANNED", "Masuk RP2KPKPK", "Planned", "accent", "half"),
        State("IN_PROGRESS", "Ditangani", "In progress", "accent", "dot"),
        State("REASSESSED", "Dinilai ulang", "Reassessed", "accent", "bars"),
        State("PARTIAL", "Belum tuntas", "Partly resolved", "warn", "half"),
        State("RESOLVED", "Tuntas", "Resolved", "ok", "check", open=False),
        State("REMOVED_BY_DECREE", "Dikeluarkan SK", "Removed by decree", "info", "back", open=False),
    ),
    moves=(
        Move(
            "verify",
            "Verifikasi",
            "Verify",
            ("IDENTIFIED",),
            "VERIFIED",
            requires=("verified_area_ha", "buildings", "households", "population"),
            by="second_person",
            main=True,
        ),
        Move(
            "decree",
            "Ditetapkan SK",
            "Decreed",
            ("VERIFIED",),
            "DECREED",
            requires=("decree", "decree_area_ha"),
            main=True,
        ),
        Move(
            "plan",
            "Masuk rencana",
            "Put into the plan",
            ("DECREED", "PARTIAL"),
            "PLANNED",
            asks=("planned_year",),
            requires=("planned_year",),
            main=True,
        ),
        Move(
            "start",
            "Mulai ditangani",
            "Start handling",
            ("DECREED", "PLANNED", "PARTIAL"),
            "IN_PROGRESS",
            main=True,
        ),
        Move(
            "reassess",
            "Dinilai ulang",
            "Reassessed",
            ("IN_PROGRESS",),
            "REASSESSED",
            guards=(
                error(
                    "status",
                    lambda r: not _finals(r),
                    "Catat dulu penilaian akhirnya.",
                    "Record its final assessment first.",
                ),
            ),
            main=True,
        ),
        Move(
            "resolve",
            "Tuntas",
            "Resolved",
            ("REASSESSED",),
            "RESOLVED",
            guards=(
                error(
                    "status",
                    _not_resolved,
                    "Penilaian akhir belum Tidak kumuh: pilih Belum tuntas.",
                    "The final assessment still finds a slum: choose Partly resolved.",
                ),
            ),
            main=True,
        ),
        Move("partly", "Belum tuntas", "Partly resolved", ("REASSESSED",), "PARTIAL"),
        Move("reopen", "Tangani lagi", "Handle again", ("RESOLVED",), "IN_PROGRESS", reason=True),
        Move(
            "remove",
            "Dikeluarkan SK",
            "Removed by decree",
            ("IDENTIFIED", "VERIFIED", *_AT_WORK),
            "REMOVED_BY_DECREE",
            reason=True,
            by="head",
        ),
    ),
    path=("IDENTIFIED", "VERIFIED", "DECREED", "PLANNED", "IN_PROGRESS", "REASSESSED", "RESOLVED"),
)

KIND = Kind(
    "slum_unit",
    "slums",
    "Lokasi kumuh",
    "Slum unit",
    plural=Words("Lokasi kumuh", "Slum units"),
    short=Words("Lokasi", "Units"),
    icon="home-group",
    number="KMH-LOK",
    title=("location_name",),
    owner="register",
    form=(
        Section(
            "Penetapan",
            "Decree",
            Reference(
                "decree", "SK", "Decree", kind="slum_decree", required=True, legacy_ok=True, indexed=True
            ),
            Text("area_code", "Kode kawasan", "Area code", max_len=30, reads="code"),
            Text("area_name", "Nama kawasan", "Area name", max_len=120, required=True),
            Computed("location_name", "Lokasi", "Unit", of=location, like=Text("", "", ""), searched=True),
            Choice("typology", "Tipologi", "Typology", codes=codes.TYPOLOGY),
            Text("strategic_value", "Nilai strategis", "Strategic value", max_len=200),
        ),
        Section("Letak", "Place", place()),
        Section(
            "Luas dan isi",
            "Area and people",
            Decimal(
                "decree_area_ha",
                "Luas menurut SK",
                "Area by the decree",
                scale=2,
                minimum=Number("0.01"),
                unit=HA,
                required=True,
            ),
            Decimal(
                "verified_area_ha",
                "Luas verifikasi",
                "Verified area",
                scale=4,
                minimum=Number("0.0001"),
                unit=HA,
                required=True,
                legacy_ok=True,
            ),
            Integer(
                "buildings",
                "Jumlah bangunan",
                "Buildings",
                minimum=1,
                unit=UNITS,
                required=True,
                legacy_ok=True,
            ),
            Integer(
                "households",
                "Jumlah KK",
                "Households",
                minimum=1,
                unit=HOUSEHOLDS,
                required=True,
                legacy_ok=True,
            ),
            Integer(
                "population",
                "Jumlah jiwa",
                "Population",
                minimum=1,
                unit=PERSONS,
                required=True,
                legacy_ok=True,
            ),
            Decimal(
                "ideal_road_m",
                "Panjang jalan ideal",
                "Ideal road length",
                scale=2,
                minimum=Number(0),
                unit=M,
                required=True,
                legacy_ok=True,
            ),
            Decimal(
                "ideal_drain_m",
                "Panjang drainase ideal",
                "Ideal drain length",
                scale=2,
                minimum=Number(0),
                unit=M,
                required=True,
                legacy_ok=True,
            ),
            Choice("tenure", "Legalitas lahan", "Tenure", codes=codes.TENURE, required=True, legacy_ok=True),
            Choice(
                "spatial_fit",
                "Kesesuaian RTRW",
                "Fits the spatial plan",
                codes=codes.SPATIAL_FIT,
                required=True,
                legacy_ok=True,
            ),
        ),
        Section(
            "Penanganan",
            "Handling",
            Computed(
                "slum_level",
                "Tingkat kumuh terakhir",
                "Latest level",
                of=_latest_level,
                like=Choice("", "", "", codes=codes.LEVEL),
                stored=False,
            ),
            Choice("phase", "Tahap", "Phase", codes=codes.PHASE, required=True, default="PLANNING"),
            Integer("planned_year", "Tahun rencana", "Planned year", minimum=2000, maximum=2100),
            Integer("priority_rank", "Urutan prioritas", "Priority rank", minimum=1, maximum=999),
            Date(
                "priority_date",
                "Diputuskan tanggal",
                "Decided on",
                future=False,
                required=True,
                legacy_ok=True,
                relevant=lambda r: r.priority_rank is not None,
            ),
            Text(
                "priority_by",
                "Diputuskan oleh",
                "Decided by",
                max_len=120,
                reads="name",
                required=True,
                legacy_ok=True,
                relevant=lambda r: r.priority_rank is not None,
            ),
            Choices("agencies", "Instansi terlibat", "Agencies involved", codes=AGENCY),
            Text("community_group", "Kelompok masyarakat (KSM)", "Community group", max_len=120),
            Choices("funding_sources", "Sumber dana", "Funding", codes=codes.SLUM_FUNDING),
        ),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        error(
            "rt",
            lambda r: r.rt is None or r.rw is None,
            "Isi RT dan RW: satu lokasi adalah satu RT.",
            "Fill in RT and RW: a unit is one RT.",
            legacy_ok=True,
        ),
        error(
            "rt",
            _same_rt,
            "RT {rt}/RW {rw} {village_code} sudah ada dalam SK ini.",
            "RT {rt}/RW {rw} {village_code} already stands in this decree.",
        ),
        warning(
            "decree_area_ha",
            lambda r: less(Number(10), r.decree_area_ha),
            "Luas {decree_area_ha} untuk satu RT: periksa, mungkin meter persegi.",
            "An area of {decree_area_ha} for one RT: check, maybe square metres.",
        ),
        error(
            "households",
            lambda r: less(r.population, r.households),
            "{households} melebihi {population}.",
            "{households} exceed {population}.",
        ),
        warning(
            "population",
            _persons_per_household,
            "{population} dalam {households}: 1 sampai 10 jiwa per KK.",
            "{population} in {households}: 1 to 10 persons each.",
        ),
        warning(
            "decree",
            _decree_out_of_force,
            "SK {decree} sudah tidak berlaku.",
            "Decree {decree} is no longer in force.",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("location_name", 26, also="village_code"),
        Column("decree", 22),
        Column("decree_area_ha", 10),
        Column("households", 8),
        Column("phase", 14),
        Column("priority_rank", 8),
        Column("population", 8, hidden=True),
        Column("buildings", 8, hidden=True),
    ),
    sort="location_name",
    filters=("status", "decree", "village_code", "phase"),
    empty=Words(
        "Belum ada lokasi. Catat SK lebih dahulu, lalu RT yang ada di dalamnya.",
        "No unit yet. Record the decree first, then the RTs in it.",
    ),
    help=Words(
        "Satu RT dalam SK kumuh, dari pendataan sampai tuntas: perencanaan, pembangunan, pemanfaatan, pengendalian.",
        "One RT of a slum decree, from identification until resolved: planning, construction, use, control.",
    ),
)
