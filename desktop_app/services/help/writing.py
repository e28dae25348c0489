"""How a field is written: a sentence for each type, and examples that the program itself reads, so that none can be wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from desktop_app.core import fields as f
from desktop_app.core import parse, show
from desktop_app.core.fields import Field
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.settings import Settings
from desktop_app.core.values import leaf
from desktop_app.core.words import Words


class Example(NamedTuple):
    """What is typed, and what the program makes of it."""

    typed: str
    becomes: str


_LINK = "https://maps.google.com/?q=-5.1167,105.3"
_TEXTS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "plain": (
        Words("Tulis seperti di kertas; huruf besar dan kecil dibiarkan.", "Write it as on the paper."),
        (),
    ),
    "code": (
        Words(
            "Salin persis seperti tertulis, dengan garis miring, titik, dan nol di depan.",
            "Copy it exactly as it is written, with slashes, points and leading zeros.",
        ),
        ("032/97-C/1/2014", "  A   12 "),
    ),
    "name": (
        Words(
            "Tulis nama lengkap. Alm. dan almh. di depan atau di belakang nama dilepas sendiri.",
            "Write the full name. Alm. and almh. before or after the name are taken off.",
        ),
        ("Siti Aminah", "Alm. Sukir"),
    ),
    "street": (
        Words(
            "Cukup nama jalannya; singkatan Jalan, Jln. dan Gang dijadikan satu bentuk.",
            "The name of the street; Jalan, Jln. and Gang are brought into one form.",
        ),
        ("jalan mawar", "Jln. Ki Hajar Dewantara", "gang melati"),
    ),
    "nik": (
        Words(
            "16 angka dari KTP; spasi, titik dan garis boleh. Jangan menyalin dari Excel: angka terakhirnya bisa"
            " berubah menjadi 0.",
            "16 digits from the identity card (KTP); blanks, points and dashes are fine. Don't copy it from Excel:"
            " there the last digits may have become 0.",
        ),
        ("1872 0105 0965 0012", "1872.01.050965.0012"),
    ),
    "family_card": (
        Words("16 angka dari kartu keluarga.", "16 digits from the family card."),
        ("1872 0105 0917 0012",),
    ),
    "nip": (Words("18 angka; spasi boleh.", "18 digits; blanks are fine."), ("19800817 200501 1 002",)),
    "idpel": (
        Words(
            "12 angka, seperti di tagihan atau struk PLN; spasi boleh.",
            "12 digits, as on PLN's bill or slip; blanks are fine.",
        ),
        ("5140 1234 5678",),
    ),
    "phone": (
        Words(
            "Tulis seperti Anda menelepon; +62 boleh. Satu nomor saja, nomor kedua di Keterangan.",
            "Write it as you dial it; +62 is fine. One number only, a second one goes into the notes.",
        ),
        ("0812 3456 7890", "+62 812-3456-7890", "(0725) 41234"),
    ),
    "rt_rw": (
        Words(
            "Cukup angkanya; nol di depan ditambahkan. RT dan RW boleh diketik sekaligus di salah satunya.",
            "The number is enough; leading zeros are added. RT and RW may be typed together into either.",
        ),
        ("3", "RT 03", "3/5"),
    ),
    "postal_code": (Words("Lima angka.", "Five digits."), ("34111",)),
}
_NUMBERS = ("12", "1.250")
_OTHERS: dict[type[Field], tuple[Words, tuple[str, ...]]] = {
    f.Choice: (
        Words(
            "Ketik beberapa huruf kata yang dimaksud, lalu `Enter`. Panah bawah membuka seluruh daftar.",
            "Type a few letters of the word, then `Enter`. Arrow down opens the whole list.",
        ),
        (),
    ),
    f.Choices: (
        Words(
            "Boleh lebih dari satu. Panah berpindah antarkotak, spasi memberi atau menghapus centang.",
            "More than one is fine. The arrows move from box to box, the space bar ticks.",
        ),
        (),
    ),
    f.YesNo: (Words("Ketik `y` atau `t`, lalu `Enter`.", "Type `y` or `n`, then `Enter`."), ()),
    f.Integer: (
        Words("Bilangan bulat; titik ribuan boleh.", "A whole number; thousands points are fine."),
        _NUMBERS,
    ),
    f.Decimal: (
        Words(
            "Angka dengan koma desimal. Titik dengan tepat tiga angka di belakangnya bisa berarti dua hal: program"
            " bertanya dulu.",
            "A number with a decimal comma. A point with exactly three digits behind it can mean two things: the"
            " program asks first.",
        ),
        ("12,5", "1.234,5"),
    ),
    f.Money: (
        Words(
            "Rupiah tanpa sen. Yang dipahami tampil di bawah isian.",
            "Whole rupiah. What was understood is shown below the field.",
        ),
        ("1250000", "Rp 1.250.000,-", "40 ribu", "1,5 juta"),
    ),
    f.Date: (
        Words(
            "Tanggal, bulan, tahun. Tahun boleh tidak ditulis: diambil tanggal yang terdekat. `F4` membuka kalender.",
            "Day, month, year. The year may be left out: the nearest such day is taken. `F4` opens a calendar.",
        ),
        ("5/11", "5-11-26", "5 nov", "kemarin", "h-1", "hari ini"),
    ),
    f.Time: (
        Words("Jam dan menit, dengan titik atau titik dua.", "Hour and minute, with a point or a colon."),
        ("8.15", "14:30"),
    ),
    f.Timestamp: (
        Words(
            "Tanggal lalu jam. Jam tanpa tanggal berarti hari ini.",
            "The day, then the hour. An hour alone means today.",
        ),
        ("5/11 14.30", "kemarin 8.15", "8.15"),
    ),
    f.Coordinate: (
        Words(
            "Tempel tautan Google Maps atau sepasang angka di sini: lintang dan bujur terisi sekaligus.",
            "Paste a Google Maps link or a pair of numbers here: latitude and longitude are filled together.",
        ),
        ("-5.1167, 105.3000", "5°07'00\"S 105°18'00\"E", _LINK),
    ),
    f.Reference: (
        Words(
            "Ketik beberapa huruf nama atau nomornya, pilih dengan panah, lalu `Enter`.",
            "Type a few letters of the name or number, choose with the arrows, then `Enter`.",
        ),
        (),
    ),
}


def way(field: Field) -> Words:
    """The sentence that says how fields of this type are written."""
    like = leaf(field)
    return (_TEXTS[like.reads] if isinstance(like, f.Text) else _OTHERS[type(like)])[0]


def examples(field: Field, today: dt.date, settings: Settings) -> list[Example]:
    """Typed texts and what becomes of them in this very field; those that it wouldn't take are left out."""
    typed = _TEXTS[field.reads][1] if isinstance(field, f.Text) else _OTHERS.get(type(field), (None, ()))[1]
    found = []
    for text in typed:
        try:
            understood = parse.read(field, text, Reading(today=today, settings=settings))
        except NotUnderstood:
            continue
        if understood.value is None or understood.doubts:
            continue
        shown = ", ".join(_shown(field, understood, settings))
        if _fits(field, understood.value):
            found.append(Example(" ".join(text.split()), shown))
    return found


def _shown(field: Field, understood: parse.Understood, settings: Settings) -> Iterator[str]:
    """What stands in the field then; of a position, and of RT and RW, both halves."""
    yield show.show(field, understood.value, zone=settings.zone)
    pair = isinstance(field, f.Coordinate) or (isinstance(field, f.Text) and field.reads == "rt_rw")
    for value in understood.also.values() if pair else ():
        yield show.show(field, value, zone=settings.zone)


def _fits(field: Field, value: object) -> bool:
    if isinstance(field, f.Text):
        return len(str(value)) <= field.max_len
    if isinstance(field, f.Integer | f.Decimal):
        low, high = field.minimum, field.maximum
        return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]
    return True


def limits(field: Field) -> Iterator[Words]:
    """How large or long it may be, in sentences."""
    like = leaf(field)
    if isinstance(like, f.Text) and like.reads in ("plain", "code", "name", "street"):
        yield Words(f"Paling panjang {like.max_len} huruf.", f"At most {like.max_len} characters.")
    if isinstance(like, f.Integer | f.Decimal):
        unit = like.unit or Words("", "")
        if like.minimum is not None:
            low = show.number(like.minimum)
            yield Words(
                f"Paling kecil {low} {unit.id}".strip() + ".", f"At least {low} {unit.en}".strip() + "."
            )
        if like.maximum is not None:
            high = show.number(like.maximum)
            yield Words(
                f"Paling besar {high} {unit.id}".strip() + ".", f"At most {high} {unit.en}".strip() + "."
            )
    if isinstance(like, f.Decimal) and like.scale:
        yield Words(
            f"Paling banyak {like.scale} angka di belakang koma.",
            f"At most {like.scale} digits behind the comma.",
        )
    if isinstance(like, f.Money):
        yield Words("Tidak pernah minus.", "Never below zero.")
    if isinstance(like, f.Date | f.Timestamp) and not like.future:
        yield Words("Tidak bisa hari yang belum tiba.", "It can't lie ahead.")
    if isinstance(like, f.Date) and like.precision:
        yield Words(
            "Kertas lama hanya menyebut bulan atau tahun? Ketik itu saja, misalnya `11/1998` atau `1998`.",
            "Does an old paper tell the month or the year only? Type just that, like `11/1998` or `1998`.",
        )
