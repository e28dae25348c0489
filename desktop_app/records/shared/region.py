"""A region of the administrative division, keyed by its Kemendagri code. Source: domain.md 2.1 (Kepmendagri 300.2.2-2430/2025)."""

from __future__ import annotations

import re

from desktop_app.core.fields import Choice, Codes, Date, Reference, Text
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, Section, error
from desktop_app.core.words import Words
from desktop_app.records.common import NOTES_RULE, closing
from desktop_app.records.rules import less

LEVEL = Codes(
    province=("Provinsi", "Province"),
    regency=("Kabupaten/kota", "Regency or city"),
    district=("Kecamatan", "District"),
    village=("Kelurahan/desa", "Village"),
)
VILLAGE_TYPE = Codes(
    KELURAHAN=("Kelurahan", "Urban village"),
    DESA=("Desa", "Rural village"),
    DESA_ADAT=("Desa adat", "Customary village"),
)
CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


def level_of(code: str) -> str:
    """The level that a region code stands for; empty when it is no region code."""
    return list(LEVEL)[code.count(".")].code if CODE.fullmatch(code) else ""


def _under_another(r: View) -> bool:
    return r.parent_code is not None and str(r.code).rpartition(".")[0] != r.parent_code


KIND = Kind(
    "region",
    "shared",
    "Wilayah",
    "Region",
    plural=Words("Wilayah", "Regions"),
    short=Words("Wilayah", "Regions"),
    icon="map-outline",
    number="WIL",
    owner="reference",
    natural_key="code",
    title=("name",),
    subtitle=("code",),
    form=(
        Section(
            "Wilayah",
            "Region",
            Text("code", "Kode wilayah", "Region code", max_len=13, required=True, unique="error"),
            Choice("level", "Tingkat", "Level", codes=LEVEL, required=True, indexed=True),
            Text("name", "Nama", "Name", max_len=100, required=True),
            Reference(
                "parent_code",
                "Bagian dari",
                "Part of",
                kind="region",
                required=lambda r: r.level != "province",
                indexed=True,
            ),
            Choice(
                "village_type",
                "Jenis",
                "Type",
                codes=VILLAGE_TYPE,
                relevant=lambda r: r.level == "village",
                required=True,
            ),
            Text(
                "aliases",
                "Ejaan lain",
                "Other spellings",
                max_len=500,
                help=Words(
                    "Dipisah dengan |: Iringmulyo|Kel. Iring Mulyo",
                    "Parted by |: Iringmulyo|Kel. Iring Mulyo",
                ),
            ),
        ),
        Section(
            "Dasar",
            "Basis",
            Text("decree", "Keputusan", "Decree", max_len=100),
            Date("valid_from", "Berlaku sejak", "Valid from"),
            Date("valid_to", "Sampai", "Until", beside=True),
        ),
        closing(),
    ),
    rules=(
        error(
            "code",
            lambda r: r.code is not None and level_of(str(r.code)) == "",
            "{code} bukan kode wilayah. Tulis seperti 18.72.04.1003.",
            "{code} is no region code. Write it like 18.72.04.1003.",
        ),
        error(
            "level",
            lambda r: level_of(str(r.code)) not in ("", r.level or ""),
            "Kode {code} bukan kode tingkat {level}.",
            "{code} is not a code of the level {level}.",
        ),
        error(
            "parent_code",
            _under_another,
            "Kode {code} tidak berada di bawah {parent_code}.",
            "Code {code} does not stand under {parent_code}.",
        ),
        error(
            "valid_to",
            lambda r: less(r.valid_to, r.valid_from),
            "Berakhir {valid_to} sebelum mulai {valid_from}.",
            "It ends {valid_to}, before it begins {valid_from}.",
        ),
        NOTES_RULE,
    ),
    columns=(Column("name", 24), Column("code", 14), Column("level", 14), Column("parent_code", 20)),
    sort="code",
    filters=("level", "parent_code"),
    empty=Words(
        "Muat daftar wilayah kota ini dari CSV (kode, nama).",
        "Load this city's list of regions from a CSV (code, name).",
    ),
    help=Words(
        "Provinsi, kota, kecamatan dan kelurahan dengan kode Kemendagri. Yang disimpan pada catatan adalah kodenya, bukan namanya.",
        "Province, city, districts and villages by their ministry codes. Records hold the code, never the name.",
    ),
)
