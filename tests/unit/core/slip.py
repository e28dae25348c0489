"""A slip with everything a form can have: relevance, fills, what is beside, lines, fixed lines, moves, old registers."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal as Number

from desktop_app.core.draft import Draft
from desktop_app.core.fields import (
    Choice,
    Choices,
    Codes,
    Computed,
    Coordinate,
    Date,
    Decimal,
    Integer,
    Money,
    Reference,
    Text,
    Time,
    Timestamp,
    YesNo,
)
from desktop_app.core.record import Record, Setting
from desktop_app.core.settings import Settings
from desktop_app.core.spec import (
    Column,
    Kind,
    LifeCycle,
    Lines,
    Move,
    Registry,
    Section,
    SectionOfWork,
    State,
    error,
    warning,
)
from desktop_app.core.words import Words

W = Words("x", "x")
CAUSES = Codes(LAMP=("Lampu putus", "Lamp burnt out"), CABLE=("Kabel", "Cable"), OTHER=("Lain", "Other"))
CRITERIA = Codes({"1a": ("Ketidakteraturan", "Disorder"), "1b": ("Kepadatan", "Density")})
PRECISION = Codes(DAY=("Tanggal", "Day"), MONTH=("Bulan", "Month"), YEAR=("Tahun", "Year"))

LAMP = Kind(
    "lamp",
    "lighting",
    "Lampu",
    "Lamp",
    plural=W,
    short=W,
    icon="post-lamp",
    number="LMP",
    title=("number",),
    subtitle=("street",),
    sort="number",
    empty=W,
    help=W,
    form=(
        Section(
            "Lampu",
            "Lamp",
            Text("number", "No", "Number", reads="code", unique="error", required=True),
            Text("street", "Jalan", "Street", reads="street"),
            Text("rt", "RT", "RT", max_len=3, reads="rt_rw"),
        ),
    ),
    columns=(Column("number", 10),),
)


def _total(row):
    return int(row.qty * row.price) if row.qty is not None and row.price is not None else None


def _cost(r):
    costs = [row.total for row in r.rows("parts") if row.total is not None]
    return sum(costs) if costs else None


def _double(r):
    for other in r.ask.find("slip", lamp=r.lamp) if r.lamp else ():
        if other.uid != r.uid:
            return {"day": other.values.get("reported_on"), "see": other}
    return None


SLIP = Kind(
    "slip",
    "lighting",
    "Laporan lampu",
    "Lamp report",
    plural=W,
    short=W,
    icon="post-lamp",
    number="LAP",
    title=("lamp", "street"),
    sort="-reported_on",
    empty=W,
    help=W,
    form=(
        Section(
            "Laporan",
            "Report",
            Reference(
                "lamp",
                "Lampu",
                "Lamp",
                kind="lamp",
                fills={"street": "street", "rt": "rt"},
                required=True,
                indexed=True,
            ),
            Text("street", "Jalan", "Street", reads="street"),
            Text("rt", "RT", "RT", max_len=3, reads="rt_rw"),
            Date(
                "reported_on",
                "Tanggal lapor",
                "Reported on",
                future=False,
                required=True,
                default=lambda r: r.today,
            ),
            Time("reported_at", "Pukul", "At", beside=True),
            Choice("cause", "Sebab", "Cause", codes=CAUSES, required=True),
            Text(
                "other_cause",
                "Sebab lain",
                "Other cause",
                relevant=lambda r: r.cause == "OTHER",
                required=True,
            ),
            Choice("kind_of_other", "Macamnya", "Which", codes=CAUSES, relevant=lambda r: r.other_cause),
            Choices("also", "Juga", "Also", codes=CAUSES),
            YesNo("urgent", "Mendesak", "Urgent"),
            Integer("poles", "Tiang", "Poles", minimum=1, maximum=50),
            Decimal("length", "Panjang", "Length", scale=3, minimum=Number(0), unit=Words("m", "m")),
            Coordinate("latitude", "Lintang", "Latitude", other="longitude"),
            Coordinate("longitude", "Bujur", "Longitude", axis="lon", other="latitude", beside=True),
            Date("installed", "Dipasang", "Installed", precision="installed_precision", legacy_ok=True),
            Choice(
                "installed_precision", "Ketelitian", "Precision", codes=PRECISION, default="DAY", beside=True
            ),
            Text("nik", "NIK", "NIK", max_len=16, reads="nik", personal=True),
            Text("phone", "Telepon", "Phone", max_len=20, reads="phone", personal=True),
            Text("code", "Kode", "Code", max_len=10, reads="code", unique="warning"),
            Text("notes", "Catatan", "Notes", multiline=True, max_len=200),
            YesNo("from_old_register", "Dari register lama", "From an old register"),
            Text("accepted_warnings", "x", "x", max_len=4000, hidden=True),
        ),
        Section(
            "Pekerjaan",
            "Work",
            Timestamp("done_at", "Selesai", "Done at", future=False),
            Reference("by_lamp", "Lampu pengganti", "Replaced by", kind="lamp"),
            relevant=lambda r: r.cause is not None,
        ),
        Section(
            "Suku cadang",
            "Parts",
            Lines(
                "parts",
                "Suku cadang",
                "Parts",
                (
                    Reference("spare", "Lampu cadangan", "Spare lamp", kind="lamp", fills={"part": "street"}),
                    Text("part", "Barang", "Part", required=True),
                    Decimal("qty", "Jumlah", "Quantity", scale=3, minimum=Number(0), required=True),
                    Money("price", "Harga", "Price"),
                    Computed("total", "Total", "Total", of=_total, like=Money("", "", "")),
                ),
                rules=(warning("price", lambda r: r.price == 0, "{part} gratis?", "{part} for free?"),),
            ),
            Computed("cost", "Biaya", "Cost", of=_cost, like=Money("", "", "")),
        ),
        Section(
            "Penilaian",
            "Score",
            Lines(
                "criteria",
                "Kriteria",
                "Criteria",
                (
                    Choice("criterion", "Kriteria", "Criterion", codes=CRITERIA, required=True),
                    Decimal("volume", "Volume", "Volume", scale=2),
                ),
                fixed=CRITERIA,
                key="criterion",
            ),
        ),
    ),
    columns=(Column("reported_on", 10),),
    rules=(
        warning(
            "lamp",
            _double,
            "Lampu {lamp} sudah punya laporan {day}.",
            "Lamp {lamp} has a report of {day} already.",
        ),
        error(
            "installed",
            lambda r: (
                isinstance(r.installed, dt.date)
                and isinstance(r.reported_on, dt.date)
                and r.installed > r.reported_on
            ),
            "Dipasang {installed} sesudah lapor {reported_on}.",
            "Installed {installed} after the report {reported_on}.",
            legacy_ok=True,
        ),
    ),
    life_cycle=LifeCycle(
        (
            State("NEW", "Baru", "New"),
            State("WORK", "Dikerjakan", "In work", "accent", "dot"),
            State("DONE", "Selesai", "Done", "ok", "check", open=False),
        ),
        (
            Move("begin", "Mulai", "Begin", ("NEW",), "WORK", main=True),
            Move(
                "finish",
                "Selesai",
                "Finish",
                ("WORK",),
                "DONE",
                asks=("done_at",),
                requires=("done_at",),
                by="second_person",
                main=True,
            ),
            Move("drop", "Batal", "Drop", ("NEW", "WORK"), "DONE", reason=True),
        ),
        ("NEW", "WORK", "DONE"),
    ),
)
REGISTRY = Registry((SectionOfWork("lighting", "x", "x", "post-lamp", W),), (SLIP, LAMP))

NOON = dt.datetime(2026, 11, 5, 5, 0, tzinfo=dt.UTC)
LAMPS = {
    "u-42": Record("lamp", "u-42", {"number": "PJU-0042", "street": "Jl. Jenderal Sudirman", "rt": "003"}),
    "u-43": Record("lamp", "u-43", {"number": "PJU-0043", "street": "Jl. Mawar"}),
}


@dataclass
class House:
    """A lookup over a handful of records."""

    records: dict[tuple[str, str], Record] = field(
        default_factory=lambda: {("lamp", uid): one for uid, one in LAMPS.items()}
    )

    def get(self, kind, uid):
        return self.records.get((kind, uid))

    def find(self, kind, **equal) -> Sequence[Record]:
        return [
            one
            for (of, _), one in self.records.items()
            if of == kind
            and all(
                (one.status if name == "status" else one.values.get(name)) == value
                for name, value in equal.items()
            )
        ]

    def title(self, kind, uid):
        one = self.get(kind, uid)
        return str(one.values.get("number", uid)) if one else uid[:8]


def where(house: House | None = None, now: dt.datetime = NOON, person: str = "") -> Setting:
    return Setting(now, REGISTRY, Settings(site_code="18.72.04"), house or House(), person)


def uids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"row-{next(numbers)}"


def resolve(_reference, text, _among):
    return [
        (uid, str(one.values["number"]))
        for uid, one in LAMPS.items()
        if text.casefold() in str(one.values["number"]).casefold()
    ]


def begun(given=None, house: House | None = None, now: dt.datetime = NOON) -> Draft:
    return Draft.new(SLIP, where(house, now), uids(), resolve, given)


def opened(record: Record, house: House | None = None, now: dt.datetime = NOON) -> Draft:
    return Draft.of(SLIP, record, where(house, now), uids(), resolve)
