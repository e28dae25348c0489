"""What the forms of all sections have in common: place, dates of old papers, identity, materials, administration, code lists."""

from __future__ import annotations

from decimal import ROUND_HALF_UP
from decimal import Decimal as Number

from desktop_app.core.fields import (
    Choice,
    Computed,
    Condition,
    Coordinate,
    Date,
    Decimal,
    Integer,
    Money,
    Reference,
    Text,
    Timestamp,
    Value,
    YesNo,
)
from desktop_app.core.record import View
from desktop_app.core.spec import Fields, Lines, Rule, Section, error, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import (
    AGENCY,
    COORD_SOURCE,
    MATERIAL_SOURCE,
    NIK_ABSENT,
    PRECISION,
    REVIEW,
    UNIT,
)
from desktop_app.records.rules import INDONESIA, city_of, less, number, tells_personal_data

PLACE = {
    name: name
    for name in ("street_name", "village_code", "rt", "rw", "latitude", "longitude", "coord_source")
}
"""For `Reference(fills=PLACE)`: the place of the thing picked becomes the place of this record."""


def _district(r: View) -> Value:
    return None if r.village_code is None else str(r.village_code)[:8]


def place(
    *, village: bool | Condition = True, street: bool | Condition = False, position: bool | Condition = False
) -> Fields:
    """Where it is. `village`, `street`, `position` say what is required; position, village, RT and RW are merged as one."""
    return (
        Text("street_name", "Nama jalan", "Street", reads="street", required=street, legacy_ok=True),
        Text(
            "address_detail",
            "Patokan",
            "Landmark",
            help=Words(
                "Ancar-ancar: depan masjid, dekat gapura.",
                "How to find it: opposite the mosque, near the gate.",
            ),
        ),
        Reference(
            "village_code",
            "Kelurahan",
            "Village",
            kind="region",
            among={"level": "village"},
            required=village,
            legacy_ok=True,
            group="place",
            indexed=True,
        ),
        Computed(
            "district_code", "Kecamatan", "District", of=_district, like=Reference("", "", "", kind="region")
        ),
        Text("rt", "RT", "RT", max_len=3, reads="rt_rw", group="place"),
        Text("rw", "RW", "RW", max_len=3, reads="rt_rw", group="place", beside=True),
        Coordinate(
            "latitude",
            "Lintang",
            "Latitude",
            axis="lat",
            other="longitude",
            required=position,
            legacy_ok=True,
            indexed=position is not False,  # what must have a position is also looked for by it
            group="place",
        ),
        Coordinate(
            "longitude",
            "Bujur",
            "Longitude",
            axis="lon",
            other="latitude",
            required=position,
            legacy_ok=True,
            group="place",
            beside=True,
        ),
        Choice(
            "coord_source",
            "Sumber koordinat",
            "Source of position",
            codes=COORD_SOURCE,
            relevant=lambda r: r.latitude is not None or r.longitude is not None,
            required=lambda r: not r.from_old_register,
            group="place",
        ),
    )


def _outside(value: Value, low: Number, high: Number) -> bool:
    return less(value, low) or less(high, value)


def _outside_city(r: View) -> bool:
    south, west, north, east = r.settings.city_box
    return _outside(r.latitude, south, north) or _outside(r.longitude, west, east)


def _whole_degree(r: View) -> bool:
    return any(value is not None and number(value) % 1 == 0 for value in (r.latitude, r.longitude))


def _no_village(r: View) -> bool:
    region = r.target("village_code")
    return region is not None and region.level != "village"


PLACE_RULES: tuple[Rule, ...] = (
    error(
        "latitude",
        lambda r: _outside(r.latitude, INDONESIA[0], INDONESIA[2]),
        "Lintang {latitude} di luar Indonesia (−11,1 sampai 6,1).",
        "Latitude {latitude} is outside Indonesia (−11.1 to 6.1).",
    ),
    error(
        "longitude",
        lambda r: _outside(r.longitude, INDONESIA[1], INDONESIA[3]),
        "Bujur {longitude} di luar Indonesia (94,9 sampai 141,1).",
        "Longitude {longitude} is outside Indonesia (94.9 to 141.1).",
    ),
    error(
        "longitude",
        lambda r: (r.latitude is None) != (r.longitude is None),
        "Lintang dan bujur harus diisi keduanya.",
        "Latitude and longitude must be given together.",
    ),
    warning(
        "latitude",
        _outside_city,
        "Titik {latitude}, {longitude} di luar batas kota.",
        "The position {latitude}, {longitude} is outside the city.",
    ),
    warning(
        "longitude",
        _whole_degree,
        "Koordinat {latitude}, {longitude} tampaknya dibulatkan ke derajat.",
        "The position {latitude}, {longitude} seems rounded to a degree.",
    ),
    error(
        "village_code",
        _no_village,
        "{village_code} bukan kelurahan atau desa.",
        "{village_code} is not a village.",
    ),
    warning(
        "village_code",
        lambda r: city_of(r.village_code or r.settings.city_code) != r.settings.city_code,
        "Kelurahan {village_code} di luar kota ini.",
        "{village_code} is outside this city.",
    ),
)


def partial_date(
    name: str,
    id: str,  # noqa: A002
    en: str,
    *,
    required: bool | Condition = False,
    relevant: Condition | None = None,
    personal: bool = False,
    legacy_ok: bool = True,
    future: bool = False,
    help: Words | None = None,  # noqa: A002
) -> Fields:
    """A date of which old papers may tell only the month or the year; merged as one with its precision (`<name>_precision`)."""
    precision = f"{name}_precision"
    return (
        Date(
            name,
            id,
            en,
            precision=precision,
            required=required,
            relevant=relevant,
            personal=personal,
            legacy_ok=legacy_ok,
            future=future,
            help=help,
            group=name,
        ),
        Choice(
            precision,
            "Ketelitian",
            "Precision",
            codes=PRECISION,
            default="DAY",
            relevant=relevant,
            beside=True,
            group=name,
        ),
    )


def identity(
    prefix: str = "", *, required: bool | Condition = True, relevant: Condition | None = None
) -> Fields:
    """A person's NIK, or why there is none; merged as one. `prefix` says whose: `identity("heir_")` gives heir_nik."""
    nik, absent = f"{prefix}nik", f"{prefix}nik_absent_reason"

    def needed(r: View) -> bool:
        asked = required(r) if callable(required) else required
        return bool(asked) and getattr(r, absent) is None

    def without(r: View) -> bool:
        return getattr(r, nik) is None and (relevant is None or bool(relevant(r)))

    return (
        Text(
            nik,
            "NIK",
            "NIK",
            max_len=16,
            reads="nik",
            required=needed,
            relevant=relevant,
            personal=True,
            legacy_ok=True,
            indexed=True,
            group=f"{prefix}identity",
        ),
        Choice(
            absent,
            "Alasan tanpa NIK",
            "Reason without NIK",
            codes=NIK_ABSENT,
            relevant=without,
            group=f"{prefix}identity",
        ),
    )


def identity_rules(prefix: str = "", *, sex: str = "", birth_date: str = "") -> tuple[Rule, ...]:
    """What a NIK tells beside the form: sex (day + 40 for women) and birth date. Warnings only: a wrong NIK is valid for life."""
    nik = f"{prefix}nik"

    def tells_other_sex(r: View) -> bool:
        number_ = str(getattr(r, nik) or "")
        said = getattr(r, sex)
        return (
            number_.isdigit()
            and len(number_) == 16
            and said in ("M", "F")
            and ("F" if int(number_[6:8]) > 40 else "M") != said
        )

    def tells_other_birth(r: View) -> bool:
        number_, born = str(getattr(r, nik) or ""), getattr(r, birth_date)
        if (
            not number_.isdigit()
            or len(number_) != 16
            or born is None
            or getattr(r, f"{birth_date}_precision", "DAY") not in (None, "DAY")
        ):
            return False
        return (
            f"{int(number_[6:8]) % 40:02d}{number_[8:12]}"
            != f"{born.day:02d}{born.month:02d}{born.year % 100:02d}"
        )

    rules: tuple[Rule, ...] = ()
    if sex:
        rules += (
            warning(
                nik,
                tells_other_sex,
                "NIK menunjukkan jenis kelamin lain daripada yang diisi.",
                "The NIK tells another sex than the one given.",
            ),
        )
    if birth_date:
        rules += (
            warning(
                nik,
                tells_other_birth,
                f"NIK menunjukkan tanggal lahir lain daripada {{{birth_date}}}.",
                f"The NIK tells another birth date than {{{birth_date}}}.",
            ),
        )
    return rules


def line_total(row: View) -> Value:
    """Quantity times price, to the rupiah; None while one of them is unknown."""
    if row.qty is None or row.unit_price is None:
        return None
    return int((number(row.qty) * number(row.unit_price)).quantize(Number(1), ROUND_HALF_UP))


_MATERIAL_LINE = (
    Reference(
        "material",
        "Material",
        "Material",
        kind="material",
        fills={"unit": "unit"},
        required=True,
        legacy_ok=True,
    ),
    Decimal("qty", "Jumlah", "Quantity", scale=3, minimum=Number("0.001"), required=True),
    Choice("unit", "Satuan", "Unit", codes=UNIT, required=True),
    Money("unit_price", "Harga satuan", "Unit price"),
    Computed("line_total", "Jumlah harga", "Total", of=line_total, like=Money("", "", "")),
    Choice("source", "Asal", "Source", codes=MATERIAL_SOURCE),
    YesNo(
        "old_part_returned",
        "Bekas kembali",
        "Old part returned",
        help=Words("Barang bekas sudah dikembalikan ke gudang.", "The old part was given back to the store."),
    ),
)


def materials() -> tuple[Lines, Computed]:
    """What was used, as a grid, and what it cost: `*materials()` in a section."""
    return (
        Lines("materials", "Material", "Materials", _MATERIAL_LINE),
        Computed(
            "materials_total",
            "Biaya material",
            "Cost of materials",
            of=_materials_total,
            like=Money("", "", ""),
        ),
    )


def _materials_total(r: View) -> Value:
    totals = [total for row in r.rows("materials") if isinstance(total := line_total(row), int)]
    return sum(totals) if totals else None


def _review() -> Fields:
    """What headquarters thinks of the record; headquarters' alone, and merged as one (exchange.md, "Responsibility")."""
    return (
        Choice("review_state", "Tinjauan", "Review", codes=REVIEW, hidden=True, group="review"),
        Text(
            "review_field",
            "Isian yang ditinjau",
            "Reviewed field",
            max_len=60,
            hidden=True,
            searched=False,
            group="review",
        ),
        Text("review_reason", "Alasan", "Reason", max_len=500, hidden=True, searched=False, group="review"),
        Text(
            "review_by",
            "Ditinjau oleh",
            "Reviewed by",
            max_len=100,
            hidden=True,
            searched=False,
            group="review",
        ),
        Timestamp("review_at", "Waktu tinjauan", "Reviewed at", hidden=True, group="review"),
    )


def _bookkeeping() -> Fields:
    """What the program keeps for itself with every record."""
    return (
        Text(
            "import_batch_id",
            "Asal impor",
            "Import batch",
            max_len=36,
            hidden=True,
            indexed=True,
            searched=False,
        ),
        Integer("source_row", "Baris sumber", "Source row", minimum=1, hidden=True),
        _review(),
        Text(
            "accepted_warnings",
            "Peringatan yang diterima",
            "Accepted warnings",
            max_len=4000,
            hidden=True,
            searched=False,
        ),
    )


_NOTES = Text("notes", "Keterangan", "Notes", max_len=1000, multiline=True)


def closing() -> Section:
    """The closing section of a reference kind (crew, material, region): notes only."""
    return Section("Keterangan", "Notes", _NOTES, _bookkeeping())


def administration() -> Section:
    """The closing section of every form."""
    return Section(
        "Administrasi",
        "Administration",
        Text("source_doc_no", "Nomor surat/berkas", "Letter or file no.", max_len=60, reads="code"),
        Choice(
            "responsible_agency",
            "OPD penanggung jawab",
            "Responsible agency",
            codes=AGENCY,
            required=True,
            legacy_ok=True,
            default=lambda r: r.settings.responsible_agency,
        ),
        Text("verified_by", "Diverifikasi oleh", "Verified by", max_len=100, reads="name", searched=False),
        Timestamp(
            "verified_at",
            "Waktu verifikasi",
            "Verified at",
            future=False,
            beside=True,
            relevant=lambda r: r.verified_by,
        ),
        _NOTES,
        YesNo(
            "from_old_register",
            "Dari register lama",
            "From an old register",
            help=Words(
                "Disalin dari register lama: yang tidak tercatat di sana boleh kosong.",
                "Copied from an old register: what it doesn't tell may stay empty.",
            ),
        ),
        Text(
            "source_text",
            "Tulisan asli",
            "As it was written",
            max_len=2000,
            multiline=True,
            relevant=lambda r: r.from_old_register,
            help=Words(
                "Yang tertulis di sumber tetapi tidak terbaca sebagai isian.",
                "What the source says but could not be read into a field.",
            ),
        ),
        _bookkeeping(),
    )


NOTES_RULE = warning(
    "notes",
    lambda r: tells_personal_data(r.notes),
    "Keterangan tampaknya memuat NIK atau nomor telepon. Isikan di isian yang tersamar, bukan di sini (UU 27/2022).",
    "The notes seem to hold a NIK or a telephone number. Put it into a masked field instead (UU 27/2022).",
)

ADMINISTRATION_RULES: tuple[Rule, ...] = (
    warning(
        "verified_by",
        lambda r: r.verified_by is not None and r.verified_by == (r.record.entry_by or r.where.person),
        "Diverifikasi oleh orang yang menginput: {verified_by}. Sebaiknya orang kedua.",
        "Verified by the person who entered it: {verified_by}. A second person should.",
    ),
    NOTES_RULE,
)
