"""A yearly target of slum hectares under a decree, with what a paper says was handled. Sources: domain.md 0, 6.2.6, 6.4."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Decimal, Integer, Reference, Text, Value
from desktop_app.core.record import Record, View
from desktop_app.core.spec import Column, Kind, Section, error, warning
from desktop_app.core.words import Words
from desktop_app.records.common import ADMINISTRATION_RULES, administration
from desktop_app.records.rules import number, others
from desktop_app.records.slums import codes, hectares

HA = Words("ha", "ha")
TOLERANCE_HA = Number("0.05")


def rows_of(r: View, decree: Record) -> list[hectares.Row]:
    """The hectare table of one decree, from the records that are here; this record as it is being filled in."""
    units = r.ask.find("slum_unit", decree=decree.uid)
    assessments = [found for unit in units for found in r.ask.find("slum_assessment", unit=unit.uid)]
    targets = [*others(r, decree=decree.uid), r.record]
    method: hectares.Method = "PROPORTIONAL" if r.settings.hectares_method == "PROPORTIONAL" else "COMPLETED"
    return hectares.table([decree], units, assessments, targets, method)


def _rows(r: View) -> list[hectares.Row]:
    decree = r.target("decree")
    return [] if decree is None else rows_of(r, decree.record)


def _remaining(r: View) -> Value:
    """What is left of the decree's area when the year begins: earlier years handled, or still to be handled by their targets."""
    return hectares.remaining_before(_rows(r), r.year) if isinstance(r.year, int) else None


def _handled(r: View) -> Value:
    """What the units' assessments of that year make up."""
    return next((row.handled_ha for row in _rows(r) if row.year == r.year and row.source == "ASSESSED"), None)


def _above_remaining(r: View) -> Mapping[str, object] | None:
    remaining = _remaining(r)
    if remaining is None or r.target_ha is None or number(r.target_ha) <= number(remaining):
        return None
    return {"remaining": remaining, "over": number(r.target_ha) - number(remaining)}


def _other_handled(r: View) -> Mapping[str, object] | None:
    handled = None if r.reported_handled_ha is None or r.target_level != "CITY" else _handled(r)
    if handled is None or abs(number(handled) - number(r.reported_handled_ha)) <= TOLERANCE_HA:
        return None
    return {"handled": handled}


def _double(r: View) -> Mapping[str, object] | None:
    for other in others(r, decree=r.decree):
        held = other.values
        if (held.get("year"), held.get("target_level"), held.get("district_code")) == (
            r.year,
            r.target_level,
            r.district_code,
        ):
            return {"see": other}
    return None


def _of_a_district(r: View) -> bool:
    return r.target_level == "DISTRICT"


KIND = Kind(
    "slum_target",
    "slums",
    "Target kumuh",
    "Slum target",
    plural=Words("Target pengurangan kumuh", "Slum targets"),
    short=Words("Target", "Targets"),
    icon="bullseye-arrow",
    number="KMH-TRG",
    title=("year", "decree"),
    owner="register",
    form=(
        Section(
            "Target",
            "Target",
            Reference("decree", "SK", "Decree", kind="slum_decree", required=True, indexed=True),
            Integer(
                "year",
                "Tahun",
                "Year",
                minimum=2010,
                maximum=2100,
                required=True,
                default=lambda r: r.today.year,
            ),
            Choice("target_level", "Tingkat", "For", codes=codes.TARGET_LEVEL, required=True, default="CITY"),
            Reference(
                "district_code",
                "Kecamatan",
                "District",
                kind="region",
                among={"level": "district"},
                required=True,
                relevant=_of_a_district,
            ),
            Decimal(
                "target_ha",
                "Target",
                "Target",
                scale=2,
                minimum=Number(0),
                unit=HA,
                required=lambda r: r.reported_handled_ha is None,
            ),
            Computed(
                "remaining_before_ha",
                "Sisa awal tahun",
                "Left when the year begins",
                of=_remaining,
                like=Decimal("", "", "", scale=4, unit=HA),
                stored=False,
            ),
        ),
        Section(
            "Capaian",
            "Achievement",
            Computed(
                "handled_ha",
                "Ditangani (hitungan)",
                "Handled (computed)",
                of=_handled,
                like=Decimal("", "", "", scale=4, unit=HA),
                stored=False,
                help=Words(
                    "Dari penilaian akhir lokasi-lokasi SK ini.",
                    "From the final assessments of this decree's units.",
                ),
            ),
            Decimal(
                "reported_handled_ha",
                "Ditangani (menurut surat)",
                "Handled (as a paper says)",
                scale=2,
                minimum=Number(0),
                unit=HA,
                help=Words("Angka yang hanya ada di laporan.", "A figure that only a report states."),
            ),
            Text("reported_source", "Sumber angka", "Source of the figure", max_len=200),
        ),
        administration(),
    ),
    rules=(
        warning(
            "target_ha",
            _above_remaining,
            "Target {target_ha} melebihi sisa {remaining} ha, lebih {over} ha.",
            "The target {target_ha} is above the {remaining} ha that remain, by {over} ha.",
        ),
        warning(
            "reported_handled_ha",
            _other_handled,
            "Surat menyebut {reported_handled_ha}, penilaian {handled} ha.",
            "The paper says {reported_handled_ha}, the assessments {handled} ha.",
        ),
        error(
            "year",
            _double,
            "Target tahun {year} untuk SK ini sudah ada.",
            "This decree has a target for {year} already.",
        ),
        *ADMINISTRATION_RULES,
    ),
    columns=(
        Column("year", 6),
        Column("decree", 24),
        Column("target_level", 12, also="district_code"),
        Column("target_ha", 12),
        Column("reported_handled_ha", 12),
    ),
    sort="-year",
    filters=("year", "decree", "target_level"),
    empty=Words(
        "Belum ada target. Catat SK lebih dahulu, lalu target tiap tahunnya.",
        "No target yet. Record the decree first, then its targets year by year.",
    ),
    help=Words(
        "Berapa hektare kumuh hendak ditangani dalam setahun, dan berapa yang dilaporkan tertangani.",
        "How many hectares of slum shall be handled in a year, and how many a report says were.",
    ),
)
