"""A slum decree (SK kawasan kumuh) of the mayor. Sources: domain.md 6.1, 6.2.1 (Permen PUPR 14/PRT/M/2018 Pasal 37, 38).

Decree numbers (`032/97-C/1/2014`, `413.21/38.1/2016`) are free text: never split, never read as a number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Computed, Date, Decimal, Integer, Reference, Text, Value
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, Section, error, warning
from desktop_app.core.words import Words
from desktop_app.records.common import ADMINISTRATION_RULES, administration
from desktop_app.records.rules import less, number, others

HA = Words("ha", "ha")
TOLERANCE_HA = Number("0.05")
REVIEW_YEARS = 5


def units_area(r: View) -> Number | None:
    """The sum of the decreed areas of its units; None while none is recorded."""
    units = r.ask.find("slum_unit", decree=r.uid)
    areas = [area for unit in units if isinstance(area := unit.values.get("decree_area_ha"), Number | int)]
    return sum(map(Number, areas), Number(0)) if areas else None


def _redetermined(r: View) -> Value:
    """What this decree changed against the one before it: new boundaries, not handling."""
    before = r.target("supersedes")
    if before is None or before.total_area_ha is None or r.total_area_ha is None:
        return None
    return number(r.total_area_ha) - number(before.total_area_ha)


def _sum_differs(r: View) -> Mapping[str, object] | None:
    total = units_area(r)
    if total is None or r.total_area_ha is None or abs(total - number(r.total_area_ha)) <= TOLERANCE_HA:
        return None
    return {"sum": total, "difference": total - number(r.total_area_ha)}


def _due_for_review(r: View) -> bool:
    """Five years old, still in force, and no decree after it."""
    if not isinstance(r.decree_date, dt.date) or r.valid_to is not None or list(others(r, supersedes=r.uid)):
        return False
    return (r.today.year - REVIEW_YEARS, r.today.month, r.today.day) > (
        r.decree_date.year,
        r.decree_date.month,
        r.decree_date.day,
    )


def _follows_a_later_one(r: View) -> Mapping[str, object] | None:
    before = r.target("supersedes")
    late = before is not None and less(r.decree_date, before.decree_date)
    return {"see": before, "date": before.decree_date} if late and before is not None else None


KIND = Kind(
    "slum_decree",
    "slums",
    "SK kawasan kumuh",
    "Slum decree",
    plural=Words("SK kawasan kumuh", "Slum decrees"),
    short=Words("SK", "Decrees"),
    icon="file-document-outline",
    number="KMH-SK",
    title=("decree_no",),
    subtitle=("decree_date",),
    owner="register",
    form=(
        Section(
            "Surat keputusan",
            "Decree",
            Text(
                "decree_no",
                "Nomor SK",
                "Decree no.",
                max_len=60,
                required=True,
                unique="warning",
                help=Words(
                    "Persis seperti di surat: 032/97-C/1/2014.", "Exactly as on the paper: 032/97-C/1/2014."
                ),
            ),
            Date("decree_date", "Tanggal SK", "Date", required=True, legacy_ok=True),
            Text("title", "Tentang", "About", max_len=250),
            Text("signed_by", "Ditandatangani", "Signed by", max_len=120, reads="name"),
            Reference("supersedes", "Menggantikan SK", "Supersedes", kind="slum_decree", indexed=True),
            Date("valid_from", "Berlaku mulai", "In force from"),
            Date("valid_to", "Sampai", "Until", beside=True),
        ),
        Section(
            "Luas",
            "Area",
            Decimal(
                "total_area_ha",
                "Luas menurut SK",
                "Area by the decree",
                scale=2,
                minimum=Number(0),
                unit=HA,
                required=True,
            ),
            Computed(
                "computed_area_ha",
                "Jumlah luas lokasi",
                "Sum of the units",
                of=units_area,
                like=Decimal("", "", "", scale=2, unit=HA),
                stored=False,
            ),
            Computed(
                "redetermined_ha",
                "Perubahan oleh SK ini",
                "Changed by this decree",
                of=_redetermined,
                like=Decimal("", "", "", scale=2, unit=HA),
                stored=False,
                help=Words("Penetapan ulang batas, bukan penanganan.", "New boundaries, not handling."),
            ),
            Integer("rt_count", "Jumlah RT menurut SK", "RTs by the decree", minimum=0),
        ),
        administration(),
    ),
    rules=(
        warning(
            "total_area_ha",
            _sum_differs,
            "Jumlah luas lokasi {sum} ha, berselisih {difference} ha dari SK {total_area_ha}.",
            "The units add up to {sum} ha, {difference} ha off the decree's {total_area_ha}.",
        ),
        error(
            "supersedes",
            lambda r: r.supersedes == r.uid,
            "SK tidak dapat menggantikan dirinya sendiri.",
            "A decree can't supersede itself.",
        ),
        warning(
            "decree_date",
            _follows_a_later_one,
            "SK yang digantikan bertanggal {date}, sesudah {decree_date}.",
            "The superseded decree is dated {date}, after {decree_date}.",
        ),
        error(
            "valid_to",
            lambda r: less(r.valid_to, r.valid_from),
            "Berlaku sampai {valid_to}, sebelum mulai {valid_from}.",
            "In force until {valid_to}, before it begins {valid_from}.",
        ),
        warning(
            "decree_date",
            _due_for_review,
            "SK ini lebih dari 5 tahun: harus ditinjau kembali (Permen PUPR 14/2018 Pasal 38).",
            "This decree is more than 5 years old: it must be reviewed (Permen PUPR 14/2018, Pasal 38).",
        ),
        *ADMINISTRATION_RULES,
    ),
    columns=(
        Column("decree_no", 24, also="title"),
        Column("decree_date", 10),
        Column("total_area_ha", 12),
        Column("supersedes", 22),
        Column("signed_by", 20, hidden=True),
    ),
    sort="-decree_date",
    filters=("decree_date",),
    empty=Words(
        "Belum ada SK. Catat SK wali kota, lalu lokasi per RT di dalamnya.",
        "No decree yet. Record the mayor's decree, then its units by RT.",
    ),
    help=Words(
        "SK penetapan kawasan kumuh. Luasnya menjadi dasar hitungan sampai ada SK baru.",
        "The decree that determines the slums. Its area is the baseline until a new decree comes.",
    ),
)
