"""A material that crews use. Source: domain.md 2.6. One made in an office is its own until headquarters takes it over."""

from __future__ import annotations

from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Decimal, Text
from desktop_app.core.spec import Column, Kind, Section
from desktop_app.core.words import Words
from desktop_app.records.codes import UNIT
from desktop_app.records.common import NOTES_RULE, closing

KIND = Kind(
    "material",
    "shared",
    "Material",
    "Material",
    plural=Words("Material", "Materials"),
    short=Words("Material", "Materials"),
    icon="package-variant",
    number="MAT",
    owner="register",
    local=True,
    title=("name",),
    subtitle=("code",),
    form=(
        Section(
            "Material",
            "Material",
            Text("code", "Kode", "Code", max_len=20, reads="code", required=True, unique="error"),
            Text("name", "Nama material", "Name", max_len=100, required=True),
            Choice("unit", "Satuan", "Unit", codes=UNIT, required=True),
            Decimal(
                "stock",
                "Persediaan",
                "Stock",
                scale=3,
                minimum=Number(0),
                help=Words(
                    "Sisa di gudang menurut hitungan terakhir.", "What the store held at the last count."
                ),
            ),
        ),
        closing(),
    ),
    rules=(NOTES_RULE,),
    columns=(Column("name", 34), Column("code", 12), Column("unit", 8), Column("stock", 10)),
    sort="name",
    filters=("unit",),
    empty=Words(
        "Mulai dengan material pertama: kode, nama dan satuannya.",
        "Begin with the first material: code, name and unit.",
    ),
    help=Words(
        "Barang yang dipakai regu: lampu, kabel, pupuk, semen.",
        "What crews use: lamps, cable, fertiliser, cement.",
    ),
)
