"""Slum handling (penanganan): what is built in a unit, for which criterion, from which budget. Sources: domain.md 6.2.5, 6.3."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Money, Reference, Text, Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Column, Kind, LifeCycle, Lines, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.common import ADMINISTRATION_RULES, administration
from desktop_app.records.rules import less, number, others
from desktop_app.records.slums import codes, hectares, scoring

_UNIT_OF = {
    "buildings": "UNIT",
    "verified_area_ha": "HA",
    "ideal_road_m": "M",
    "ideal_drain_m": "M",
    "households": "KK",
}


def unit_of(criterion: Value) -> str | None:
    """The unit in which a criterion's volume is counted."""
    return _UNIT_OF[scoring.DENOMINATORS[str(criterion)]] if criterion in scoring.DENOMINATORS else None


def _budget_total(r: View) -> Value:
    amounts = [amount for row in r.rows("budgets") if isinstance(amount := row.amount, int)]
    return sum(amounts) if amounts else None


def _wrong_unit(r: View) -> Mapping[str, object] | None:
    unit = unit_of(r.criterion)
    return (
        {"unit": codes.UNIT.words(unit)} if unit is not None and r.volume_unit not in (None, unit) else None
    )


def _baseline_volume(assessment: Record, criterion: Value) -> Number | None:
    for line in assessment.lines.get("criteria", []):
        volume = line.values.get("volume")
        if line.values.get("criterion") == criterion and isinstance(volume, Number | int):
            return Number(volume)
    return None


def _more_than_needed(r: View) -> Mapping[str, object] | None:
    """More volume than the unit's latest assessment up to that year found below standard."""
    found = () if r.unit is None else r.ask.find("slum_assessment", unit=r.unit)
    known = [one for one in hectares.in_time(found) if not less(r.year, one.values.get("year"))]
    needed = _baseline_volume(known[-1], r.criterion) if known else None
    if (
        needed is None
        or r.volume is None
        or unit_of(r.criterion) != r.volume_unit
        or number(r.volume) <= needed
    ):
        return None
    return {"see": known[-1], "needed": needed}


def _same_work(r: View) -> Mapping[str, object] | None:
    for other in others(r, unit=r.unit):
        held = other.values
        if (held.get("year"), held.get("criterion"), held.get("activity")) == (
            r.year,
            r.criterion,
            r.activity,
        ):
            return {"see": other}
    return None


LIFE_CYCLE = LifeCycle(
    states=(
        State("PROPOSED", "Usulan", "Proposed", "info", "ring"),
        State("BUDGETED", "Dianggarkan", "Budgeted", "info", "half"),
        State("CONTRACTED", "Dikontrakkan", "Contracted", "accent", "ring"),
        State("ONGOING", "Dikerjakan", "Ongoing", "accent", "half"),
        State("COMPLETED", "Selesai", "Completed", "ok", "dot"),
        State("HANDED_OVER", "Serah terima", "Handed over", "ok", "check", open=False),
        State("CANCELLED", "Batal", "Cancelled", "bad", "cross", open=False),
    ),
    moves=(
        Move(
            "budget",
            "Dianggarkan",
            "Budgeted",
            ("PROPOSED",),
            "BUDGETED",
            guards=(
                error(
                    "budgets",
                    lambda r: not less(0, _budget_total(r)),
                    "Isi dulu anggarannya.",
                    "Fill in the budget first.",
                ),
            ),
            main=True,
        ),
        Move(
            "contract",
            "Dikontrakkan",
            "Contracted",
            ("BUDGETED",),
            "CONTRACTED",
            asks=("contractor", "contract_no"),
            requires=("contractor",),
            main=True,
        ),
        Move(
            "start",
            "Mulai dikerjakan",
            "Start",
            ("BUDGETED", "CONTRACTED"),
            "ONGOING",
            asks=("started_on",),
            requires=("started_on",),
            main=True,
        ),
        Move(
            "complete",
            "Selesai",
            "Completed",
            ("ONGOING",),
            "COMPLETED",
            asks=("finished_on",),
            requires=("finished_on",),
            main=True,
        ),
        Move(
            "hand_over",
            "Serah terima",
            "Hand over",
            ("COMPLETED",),
            "HANDED_OVER",
            asks=("bast_no", "bast_date"),
            requires=("bast_no", "bast_date"),
            main=True,
        ),
        Move("resume", "Kerjakan lagi", "Resume", ("COMPLETED",), "ONGOING", reason=True),
        Move(
            "cancel", "Batalkan", "Cancel", ("PROPOSED", "BUDGETED", "CONTRACTED"), "CANCELLED", reason=True
        ),
    ),
    path=("PROPOSED", "BUDGETED", "CONTRACTED", "ONGOING", "COMPLETED", "HANDED_OVER"),
)

KIND = Kind(
    "slum_intervention",
    "slums",
    "Penanganan kumuh",
    "Slum intervention",
    plural=Words("Penanganan kumuh", "Slum interventions"),
    short=Words("Penanganan", "Handling"),
    icon="hammer-wrench",
    number="KMH-TGN",
    title=("activity",),
    subtitle=("year",),
    form=(
        Section(
            "Penanganan",
            "Handling",
            Reference(
                "unit",
                "Lokasi",
                "Unit",
                kind="slum_unit",
                fills={"village_code": "village_code"},
                required=True,
                indexed=True,
            ),
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
            Choice("criterion", "Kriteria", "Criterion", codes=codes.CRITERIA, required=True),
            Text("activity", "Kegiatan", "Activity", max_len=200, required=True),
            Choice("handling_type", "Jenis penanganan", "Type", codes=codes.HANDLING),
            Decimal(
                "volume", "Volume", "Volume", scale=4, minimum=Number("0.0001"), required=True, group="volume"
            ),
            Choice(
                "volume_unit",
                "Satuan",
                "Unit",
                codes=codes.UNIT,
                required=True,
                beside=True,
                group="volume",
                help=Words(
                    "unit, ha, m atau KK, menurut kriterianya.",
                    "Units, ha, m or households, as the criterion counts.",
                ),
            ),
        ),
        Section(
            "Anggaran",
            "Budget",
            Lines(
                "budgets",
                "Sumber dana",
                "Funding",
                (
                    Choice("funding_source", "Sumber", "Source", codes=codes.SLUM_FUNDING, required=True),
                    Money("amount", "Anggaran", "Budget", required=True),
                    Money("realised", "Realisasi", "Spent"),
                ),
                rules=(
                    warning(
                        "realised",
                        lambda r: less(r.amount, r.realised),
                        "Realisasi {realised} melebihi anggaran {amount}.",
                        "Spent {realised}, more than the budget {amount}.",
                    ),
                ),
            ),
            Computed(
                "budget_total", "Jumlah anggaran", "Total budget", of=_budget_total, like=Money("", "", "")
            ),
        ),
        Section(
            "Pelaksanaan",
            "Work",
            Text("contractor", "Pelaksana/KSM", "Contractor or community group", max_len=120),
            Text("contract_no", "Nomor kontrak/SPK", "Contract no.", max_len=60),
            Date("started_on", "Mulai", "Started", future=False),
            Date("finished_on", "Selesai", "Finished", future=False, beside=True),
            Integer("progress_pct", "Kemajuan", "Progress", minimum=0, maximum=100, unit=Words("%", "%")),
            Text("bast_no", "Nomor BAST", "Handover no.", max_len=60),
            Date("bast_date", "Tanggal BAST", "Handover date", future=False, beside=True),
        ),
        administration(),
    ),
    rules=(
        warning(
            "volume_unit",
            _wrong_unit,
            "{criterion} dihitung dalam {unit}.",
            "{criterion} is counted in {unit}.",
        ),
        warning(
            "volume",
            _more_than_needed,
            "Volume {volume} melebihi yang dinilai kurang: {needed}.",
            "Volume {volume} is more than was found below standard: {needed}.",
        ),
        warning(
            "activity",
            _same_work,
            "Kegiatan yang sama sudah dicatat untuk {unit} tahun {year}.",
            "The same activity is recorded for {unit} in {year} already.",
        ),
        error(
            "finished_on",
            lambda r: less(r.finished_on, r.started_on),
            "Selesai {finished_on} sebelum mulai {started_on}.",
            "Finished {finished_on} before it started {started_on}.",
        ),
        error(
            "bast_date",
            lambda r: less(r.bast_date, r.finished_on),
            "BAST {bast_date} sebelum selesai {finished_on}.",
            "Handover {bast_date} before it was finished {finished_on}.",
        ),
        warning(
            "progress_pct",
            lambda r: r.status in ("COMPLETED", "HANDED_OVER") and less(r.progress_pct, 100),
            "Selesai, tetapi kemajuan {progress_pct}.",
            "Completed, but progress is {progress_pct}.",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("unit", 26, also="village_code"),
        Column("activity", 26),
        Column("year", 6),
        Column("criterion", 20),
        Column("volume", 10, also="volume_unit"),
        Column("budget_total", 16),
        Column("progress_pct", 8, hidden=True),
    ),
    sort="-year",
    filters=("status", "year", "criterion", "village_code", "handling_type"),
    empty=Words(
        "Belum ada penanganan. Pilih lokasi dan kriteria yang ditangani.",
        "No intervention yet. Choose the unit and the criterion that it improves.",
    ),
    help=Words(
        "Satu kegiatan penanganan di satu RT: kriteria, volume, anggaran per sumber, sampai serah terima.",
        "One piece of handling in one RT: criterion, volume, budget by source, until handed over.",
    ),
)
