"""A slum assessment: 16 criteria of one RT, before or after handling. Sources: domain.md 6.2.4 (Permen PUPR 14/PRT/M/2018).

The figures that volumes are measured against are kept on the assessment itself: its scores then never change when the unit does.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Reference, Text, Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Column, Kind, LifeCycle, Lines, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.common import ADMINISTRATION_RULES, administration
from desktop_app.records.rules import less, number, others
from desktop_app.records.slums import assessed, codes, hectares, scoring
from desktop_app.records.slums.locking import changed_though_locked

FIGURES = {
    name: name for name in (*dict.fromkeys(scoring.DENOMINATORS.values()), "population", "village_code")
}
HA, M, PERCENT = Words("ha", "ha"), Words("m", "m"), Words("%", "%")


def _sixteen(r: View) -> bool:
    return r.assessment_method == scoring.METHOD_16


def _other_method(r: View) -> bool:
    return not _sixteen(r)


def _share(row: View) -> Number | None:
    return assessed.share(row.record, str(row.criterion), None if row.volume is None else number(row.volume))


def _percent(row: View) -> Value:
    share = _share(row)
    return None if share is None else scoring.percent(share)


def _score(row: View) -> Value:
    share = _share(row)
    return None if share is None else scoring.score(share)


def _denominator(row: View) -> Value:
    value: Value = getattr(row.parent, scoring.DENOMINATORS[str(row.criterion)])
    return value


def _above(row: View) -> Mapping[str, object] | None:
    limit = _denominator(row)
    above = less(limit, row.volume) and less(0, limit)
    return {"limit": limit} if above else None


def _nothing_to_measure(row: View) -> bool:
    return _denominator(row) is not None and number(_denominator(row)) == 0 and less(0, row.volume)


def _mean(r: View) -> Value:
    mean = assessed.mean(r.record)
    return None if mean is None else scoring.percent(mean)


def _baseline(r: View) -> Record | None:
    """The unit's first baseline assessment."""
    found = () if r.unit is None else r.ask.find("slum_assessment", unit=r.unit)
    return next(iter(hectares.in_time(found, "BASELINE")), None)


def _contribution(r: View) -> Value:
    """Kontribusi penanganan in percent; a dash without a baseline or when nothing was wrong in it."""
    baseline = _baseline(r) if r.stage == "FINAL" else None
    before, after = (None if one is None else assessed.mean(one) for one in (baseline, r.record))
    part = None if before is None or after is None else scoring.contribution(before, after)
    return None if part is None else scoring.percent(part)


def _double(r: View) -> Mapping[str, object] | None:
    for other in others(r, unit=r.unit):
        if (other.values.get("year"), other.values.get("stage")) == (r.year, r.stage):
            return {"see": other}
    return None


def _no_baseline(r: View) -> bool:
    return r.stage == "FINAL" and r.unit is not None and _baseline(r) is None


def _before_baseline(r: View) -> Mapping[str, object] | None:
    baseline = _baseline(r) if r.stage == "FINAL" else None
    year = None if baseline is None else baseline.values.get("year")
    return {"see": baseline, "first": str(year)} if less(r.year, year) else None


def _other_total(r: View) -> Mapping[str, object] | None:
    total = assessed.total(r.record)
    return {"total": total} if total is not None and r.reported_total not in (None, total) else None


def _other_level(r: View) -> Mapping[str, object] | None:
    level = assessed.level(r.record)
    if not _sixteen(r) or level is None or r.reported_level in (None, level):
        return None
    return {"level": codes.LEVEL.words(level)}


LIFE_CYCLE = LifeCycle(
    states=(
        State("DRAFT", "Diisi", "Being filled in", "info", "half"),
        State("LOCKED", "Terkunci", "Locked", "ok", "check", open=False),
    ),
    moves=(
        Move(
            "lock",
            "Verifikasi dan kunci",
            "Verify and lock",
            ("DRAFT",),
            "LOCKED",
            by="second_person",
            main=True,
        ),
        Move("unlock", "Buka kunci", "Unlock", ("LOCKED",), "DRAFT", reason=True, by="head"),
    ),
    path=("DRAFT", "LOCKED"),
)

CRITERIA_LINES = Lines(
    "criteria",
    "16 kriteria",
    "16 criteria",
    (
        Choice("criterion", "Kriteria", "Criterion", codes=codes.CRITERIA, required=True),
        Decimal("volume", "Volume", "Volume", scale=4, minimum=Number(0), required=True, legacy_ok=True),
        Computed(
            "percent", "Persen", "Percent", of=_percent, like=Decimal("", "", "", scale=2, unit=PERCENT)
        ),
        Computed("score", "Nilai", "Score", of=_score, like=Integer("", "", "")),
    ),
    rules=(
        error(
            "volume",
            _above,
            "{criterion}: volume {volume} melebihi jumlah seluruhnya {limit}.",
            "{criterion}: volume {volume} is above the whole of {limit}.",
        ),
        warning(
            "volume",
            _nothing_to_measure,
            "{criterion}: pembandingnya 0, jadi nilainya 0.",
            "{criterion}: there is nothing to measure against (0), so it scores 0.",
        ),
    ),
    fixed=codes.CRITERIA,
    key="criterion",
    relevant=_sixteen,
)

KIND = Kind(
    "slum_assessment",
    "slums",
    "Penilaian kumuh",
    "Slum assessment",
    plural=Words("Penilaian kumuh", "Slum assessments"),
    short=Words("Penilaian", "Assessments"),
    icon="clipboard-list-outline",
    number="KMH-NIL",
    title=("unit", "year"),
    subtitle=("stage",),
    form=(
        Section(
            "Penilaian",
            "Assessment",
            Reference("unit", "Lokasi", "Unit", kind="slum_unit", fills=FIGURES, required=True, indexed=True),
            Reference("village_code", "Kelurahan", "Village", kind="region", among={"level": "village"}),
            Integer(
                "year",
                "Tahun",
                "Year",
                minimum=2010,
                maximum=2100,
                required=True,
                default=lambda r: r.today.year,
            ),
            Choice(
                "stage",
                "Saat",
                "Stage",
                codes=codes.STAGE,
                required=True,
                default="BASELINE",
                beside=True,
                help=Words(
                    "Awal: sebelum penanganan. Akhir: sesudahnya.",
                    "Baseline: before handling. Final: after it.",
                ),
            ),
            Choice(
                "assessment_method",
                "Cara penilaian",
                "Method",
                codes=codes.METHOD,
                required=True,
                default=scoring.METHOD_16,
            ),
            Date("assessed_on", "Tanggal", "Date", future=False, required=True, legacy_ok=True),
            Text("surveyor", "Surveyor", "Surveyor", max_len=120, reads="name"),
        ),
        Section(
            "Pembanding",
            "Measured against",
            Integer("buildings", "Jumlah bangunan", "Buildings", minimum=0, required=_sixteen),
            Integer("households", "Jumlah KK", "Households", minimum=0, required=_sixteen),
            Integer("population", "Jumlah jiwa", "Population", minimum=0),
            Decimal(
                "verified_area_ha",
                "Luas verifikasi",
                "Verified area",
                scale=4,
                minimum=Number(0),
                unit=HA,
                required=_sixteen,
            ),
            Decimal(
                "ideal_road_m",
                "Panjang jalan ideal",
                "Ideal road length",
                scale=2,
                minimum=Number(0),
                unit=M,
                required=_sixteen,
            ),
            Decimal(
                "ideal_drain_m",
                "Panjang drainase ideal",
                "Ideal drain length",
                scale=2,
                minimum=Number(0),
                unit=M,
                required=_sixteen,
            ),
        ),
        Section("Kriteria", "Criteria", CRITERIA_LINES),
        Section(
            "Hasil",
            "Result",
            Computed(
                "total",
                "Jumlah nilai",
                "Total",
                of=lambda r: assessed.total(r.record),
                like=Integer("", "", ""),
            ),
            Computed(
                "level",
                "Tingkat kekumuhan",
                "Slum level",
                of=lambda r: assessed.level(r.record),
                like=Choice("", "", "", codes=codes.LEVEL),
            ),
            Computed(
                "sector_mean_pct",
                "Rata-rata kekumuhan sektoral",
                "Sector mean",
                of=_mean,
                like=Decimal("", "", "", scale=2, unit=PERCENT),
            ),
            Computed(
                "contribution_pct",
                "Kontribusi penanganan",
                "Contribution of the handling",
                of=_contribution,
                like=Decimal("", "", "", scale=2, unit=PERCENT),
                stored=False,
            ),
            Integer(
                "reported_total", "Jumlah nilai menurut surat", "Total on the paper", minimum=0, maximum=95
            ),
            Choice(
                "reported_level",
                "Tingkat menurut surat",
                "Level on the paper",
                codes=codes.LEVEL,
                required=_other_method,
            ),
        ),
        administration(),
    ),
    rules=(
        error(
            "status",
            changed_though_locked,
            "Penilaian ini terkunci: minta kepala membuka kuncinya dahulu.",
            "This assessment is locked: ask the head to unlock it first.",
        ),
        error(
            "year",
            _double,
            "{unit} sudah punya penilaian {stage} tahun {year}.",
            "{unit} has a {stage} assessment of {year} already.",
        ),
        warning(
            "stage",
            _no_baseline,
            "Belum ada penilaian awal untuk {unit}.",
            "There is no baseline assessment of {unit} yet.",
        ),
        warning(
            "year",
            _before_baseline,
            "Penilaian akhir {year} sebelum penilaian awal {first}.",
            "The final assessment of {year} is before the baseline of {first}.",
        ),
        error(
            "households",
            lambda r: less(r.population, r.households),
            "KK {households} melebihi jiwa {population}.",
            "{households} households exceed {population} persons.",
        ),
        warning(
            "reported_total",
            _other_total,
            "Surat menyebut {reported_total}, hitungan {total}.",
            "The paper says {reported_total}, computed {total}.",
        ),
        warning(
            "reported_level",
            _other_level,
            "Surat menyebut {reported_level}, hitungan {level}.",
            "The paper says {reported_level}, computed {level}.",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("unit", 26, also="village_code"),
        Column("year", 6),
        Column("stage", 8),
        Column("total", 8),
        Column("level", 14),
        Column("sector_mean_pct", 10),
        Column("surveyor", 20, hidden=True),
    ),
    sort="-year",
    filters=("status", "level", "stage", "year", "village_code"),
    empty=Words(
        "Belum ada penilaian. Pilih lokasi, lalu isi volume keenam belas kriteria.",
        "No assessment yet. Choose the unit, then fill in the volumes of the sixteen criteria.",
    ),
    help=Words(
        "Penilaian 16 kriteria satu RT. Persen, nilai, jumlah dan tingkat dihitung, tidak pernah diketik.",
        "The 16 criteria of one RT. Percent, scores, total and level are computed, never typed.",
    ),
)
