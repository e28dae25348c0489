"""A small city: two kinds of things and the work done on them, with everything a declaration can say to storage."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number

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
from desktop_app.core.record import Line, Record
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
)
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words

W = Words("x", "x")
LEVELS = Codes(city=("Kota", "City"), village=("Kelurahan", "Village"))
CAUSES = Codes(LAMP=("Lampu putus", "Lamp burnt out"), CABLE=("Kabel", "Cable"), OTHER=("Lain", "Other"))
STATES = (State("REPORTED", "Dilaporkan", "Reported"), State("DONE", "Selesai", "Done", open=False))

AREA = Kind(
    "area",
    "shared",
    "Wilayah",
    "Area",
    plural=W,
    short=W,
    icon="x",
    number="",
    title=("name",),
    natural_key="code",
    owner="reference",
    sort="code",
    empty=W,
    help=W,
    form=(
        Section(
            "Wilayah",
            "Area",
            Text("code", "Kode", "Code", required=True, reads="code"),
            Text("name", "Nama", "Name"),
            Choice("level", "Tingkat", "Level", codes=LEVELS),
        ),
    ),
    columns=(Column("code", 10), Column("name", 20)),
)
LAMP = Kind(
    "lamp",
    "lighting",
    "Lampu",
    "Lamp",
    plural=W,
    short=W,
    icon="x",
    number="LMP",
    title=("number",),
    subtitle=("street", "area"),
    sort="number",
    empty=W,
    help=W,
    form=(
        Section(
            "Lampu",
            "Lamp",
            Text("number", "No", "Number", reads="code", unique="error"),
            Text("street", "Jalan", "Street", reads="street"),
            Reference("area", "Wilayah", "Area", kind="area", group="place"),
            Coordinate("latitude", "Lintang", "Latitude", other="longitude", group="place"),
            Coordinate("longitude", "Bujur", "Longitude", axis="lon", other="latitude", group="place"),
        ),
    ),
    columns=(Column("number", 10), Column("street", 20)),
)


def _total(row):
    known = row.qty is not None and row.price is not None
    return int(Number(str(row.qty)) * Number(str(row.price))) if known else None


def _cost(r):
    costs = [row.total for row in r.rows("parts") if row.total is not None]
    return sum(costs) if costs else None


FIX = Kind(
    "fix",
    "lighting",
    "Perbaikan",
    "Repair",
    plural=W,
    short=W,
    icon="x",
    number="FIX",
    title=("lamp", "reported_at"),
    sort="-reported_at",
    empty=W,
    help=W,
    form=(
        Section(
            "Laporan",
            "Report",
            Reference("lamp", "Lampu", "Lamp", kind="lamp", indexed=True),
            Timestamp("reported_at", "Waktu", "Time"),
            Text("reporter", "Pelapor", "Reporter", reads="name"),
            Choice("cause", "Sebab", "Cause", codes=CAUSES),
            Choices("also", "Juga", "Also", codes=CAUSES),
            YesNo("urgent", "Mendesak", "Urgent"),
            Integer("poles", "Tiang", "Poles"),
            Decimal("length", "Panjang", "Length", scale=3),
            Date("done_on", "Selesai", "Done on", group="done_on"),
            Choice(
                "done_on_precision",
                "Ketelitian",
                "Precision",
                codes=Codes(DAY=("x", "x"), YEAR=("y", "y")),
                group="done_on",
            ),
            Time("at", "Pukul", "At"),
            Text("notes", "Catatan", "Notes", multiline=True, max_len=1000),
        ),
        Section(
            "Suku cadang",
            "Parts",
            Lines(
                "parts",
                "Suku cadang",
                "Parts",
                (
                    Text("part", "Barang", "Part"),
                    Decimal("qty", "Jumlah", "Quantity", scale=3),
                    Money("price", "Harga", "Price"),
                    Computed("total", "Total", "Total", of=_total, like=Money("", "", "")),
                ),
            ),
            Computed("cost", "Biaya", "Cost", of=_cost, like=Money("", "", "")),
        ),
    ),
    columns=(
        Column("reported_at", 10),
        Column("lamp", 20, also="reporter"),
        Column("cause", 8),
        Column("poles", 5),
        Column("cost", 9),
    ),
    filters=("cause", "also"),
    life_cycle=LifeCycle(
        STATES, (Move("finish", "Selesai", "Finish", ("REPORTED",), "DONE"),), ("REPORTED", "DONE")
    ),
)
REGISTRY = Registry(
    (SectionOfWork("lighting", "x", "x", "x", W), SectionOfWork("shared", "x", "x", "x", W)),
    (FIX, LAMP, AREA),
)

NOON = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)


def area(code="18.72.01.1001", name="Imopuro", level="village"):
    return Record("area", "", {"code": code, "name": name, "level": level})


def lamp(number="PJU-0042", **values):
    given = {
        "number": number,
        "street": "Jl. Mawar",
        "latitude": Number("-5.11300000"),
        "longitude": Number("105.30700000"),
    }
    return Record("lamp", new_uid(), {**given, **values})


def part(name="Lampu LED 90 W", qty="2", price=150_000):
    return Line(new_uid(), {"part": name, "qty": Number(qty), "price": price})


def fix(lamp_uid=None, **values):
    given = {
        "lamp": lamp_uid,
        "reported_at": NOON,
        "reporter": "Siti Aminah",
        "cause": "LAMP",
        "also": ("CABLE", "OTHER"),
        "urgent": True,
        "poles": 3,
        "length": Number("12.500"),
        "done_on": dt.date(2026, 3, 5),
        "done_on_precision": "DAY",
        "at": dt.time(19, 30),
        "notes": "padam total",
    }
    return Record("fix", new_uid(), {**given, **values}, {"parts": [part(), part("Kabel", "10.5", 12_000)]})
