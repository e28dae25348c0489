"""Numbers that stand for people and connections: NIK, family card, NIP, IDPEL, phone (domain.md 2.3). Text, never numbers.

Errors never print such a number whole: they are read over shoulders and sent on as pictures.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from desktop_app.core import fields as f
from desktop_app.core.parse_base import (
    NOTHING,
    NotUnderstood,
    Reading,
    Understood,
    equals,
    means_nothing,
    quoted,
    refuse_e_notation,
    refused,
)
from desktop_app.core.parse_text import refuse_spreadsheet_error
from desktop_app.core.show import phone
from desktop_app.core.words import Words

# Kepmendagri 300.2.2-2430/2025: 38 provinces.
_PROVINCES = frozenset(
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96".split()
)
_FLOAT = re.compile(r"^('?[0-9]{6,})[.,]0+$")
_BETWEEN_DIGITS = re.compile(r"[\s.\-–_/']+")


def _digits(field: f.Text, text: str, count: int, look: Words) -> str | None:
    """The `count` digits of an identifier, None when the field is empty. `look`: where the right number stands.

    A spreadsheet's ".0" is no digit (domain.md 8, 8).
    """
    refuse_spreadsheet_error(field, text)
    refuse_e_notation(field, text)
    if means_nothing(text) or not text.strip("0 "):
        return None
    number = _BETWEEN_DIGITS.sub("", _FLOAT.sub(r"\1", text))
    if not (number.isascii() and number.isdigit()):
        strange = next((sign for sign in number if sign not in "0123456789"), text[0])
        raise refused(
            field,
            f"hanya terdiri dari angka, ini ada '{strange}'. Periksa lagi di {look.id}.",
            f"has only digits, this has '{strange}' in it. Check it on {look.en}.",
        )
    if len(number) != count:
        start = f"{number[:6]}…" if len(number) > 6 else number
        raise refused(
            field,
            f"harus {count} angka, ini {len(number)}: {start} Periksa lagi di {look.id}.",
            f"must have {count} digits, this has {len(number)}: {start} Check it on {look.en}.",
        )
    return number


def _plain(text: str, value: str, doubts: Iterator[Words] | tuple[Words, ...] = ()) -> Understood:
    return Understood(value, None if text == value else equals(value), doubts=tuple(doubts))


_ID_CARD = Words("KTP", "the identity card (KTP)")
_FAMILY_CARD = Words("kartu keluarga", "the family card (KK)")


def read_nik(field: f.Text, text: str, reading: Reading) -> Understood:
    """16 digits PPKKCC DDMMYY NNNN; a woman's day is + 40. What may be odd and still right is a doubt, never an error."""
    nik = _digits(field, text, 16, _ID_CARD)
    if nik is None:
        return Understood(None, NOTHING)
    if nik[:2] not in _PROVINCES:
        raise refused(
            field,
            f"tidak mungkin dimulai dengan {nik[:2]}: itu bukan kode provinsi. Periksa lagi di KTP.",
            f"can't begin with {nik[:2]}: that is no province code. Check it on the identity card (KTP).",
        )
    if nik.endswith("0000"):
        raise _cut_by_excel(field, "0000", _ID_CARD)
    day, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    born = _births(day - 40 if day > 40 else day, month, year)
    if not born:
        raise refused(
            field,
            f"memuat tanggal lahir {nik[6:8]}-{nik[8:10]}-{nik[10:12]} yang tidak ada"
            " (perempuan: tanggal + 40). Periksa lagi di KTP.",
            f"holds the birth date {nik[6:8]}-{nik[8:10]}-{nik[10:12]}, which does not exist"
            " (women: day + 40). Check it on the identity card (KTP).",
        )
    return _plain(text, nik, _nik_doubts(nik, born, reading.today))


def _births(day: int, month: int, year: int) -> list[dt.date]:
    """The days that DDMMYY can be, in either century; none for 29 February of a year that had none in both."""
    found = []
    for century in (1900, 2000):
        try:
            found.append(dt.date(century + year, month, day))
        except ValueError:
            continue
    return found


def _nik_doubts(nik: str, born: list[dt.date], today: dt.date) -> Iterator[Words]:
    if all(day > today for day in born) or any(day > today and day.year == today.year for day in born):
        yield Words("Tanggal lahir dalam NIK belum terjadi.", "The birth date in the NIK is still to come.")
    if "00" in (nik[2:4], nik[4:6]):
        yield Words(
            "Kode kota atau kecamatan dalam NIK adalah 00.", "The city or district code in the NIK is 00."
        )


def _cut_by_excel(field: f.Text, zeros: str, look: Words) -> NotUnderstood:
    """Spreadsheets keep 15 digits and put 0 for the rest; serial numbers begin with 1 (domain.md surprise 7)."""
    return refused(
        field,
        f"tidak mungkin berakhir {zeros}: Excel mengganti angka terakhir dengan 0. Salin lagi dari {look.id}.",
        f"can't end with {zeros}: Excel replaced its last digits by 0. Copy it again from {look.en}.",
    )


def read_family_card(field: f.Text, text: str, _reading: Reading) -> Understood:
    """16 digits; begins with a region, then the day of issue (no + 40)."""
    number = _digits(field, text, 16, _FAMILY_CARD)
    if number is None:
        return Understood(None, NOTHING)
    doubts = []
    if number[:2] not in _PROVINCES:
        doubts.append(Words(f"{number[:2]} bukan kode provinsi.", f"{number[:2]} is no province code."))
    if not _births(int(number[6:8]), int(number[8:10]), int(number[10:12])):
        doubts.append(
            Words(
                "Tanggal terbit dalam nomor KK tidak ada.",
                "The day of issue in the card's number does not exist.",
            )
        )
    if number.endswith("0000"):
        doubts.append(
            Words(
                "Nomor KK berakhir 0000: mungkin dirusak Excel.",
                "The card's number ends with 0000: a spreadsheet may have damaged it.",
            )
        )
    return _plain(text, number, tuple(doubts))


def read_nip(field: f.Text, text: str, _reading: Reading) -> Understood:
    """18 digits: birth YYYYMMDD, appointment YYYYMM (21 for contract staff), sex 1/2, serial."""
    look = Words("SK pegawai", "the staff decree")
    nip = _digits(field, text, 18, look)
    if nip is None:
        return Understood(None, NOTHING)
    if nip.endswith("000"):
        raise _cut_by_excel(field, "000", look)
    if nip[14] not in "12":
        raise refused(
            field,
            f"harus punya 1 (laki-laki) atau 2 (perempuan) sebagai angka ke-15, ini {nip[14]}. Periksa lagi.",
            f"must have 1 (man) or 2 (woman) as its 15th digit, this has {nip[14]}. Check it.",
        )
    doubts = []
    if not _is_day(nip[:8]):
        doubts.append(
            Words("Tanggal lahir dalam NIP tidak ada.", "The birth date in the NIP does not exist.")
        )
    if not ("01" <= nip[12:14] <= "12" or nip[12:14] == "21"):
        doubts.append(
            Words(
                "Bulan pengangkatan dalam NIP tidak ada.",
                "The month of appointment in the NIP does not exist.",
            )
        )
    return _plain(text, nip, tuple(doubts))


def _is_day(digits: str) -> bool:
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def read_idpel(field: f.Text, text: str, reading: Reading) -> Understood:
    """PLN's customer number: 12 digits, the first five being the office's unit (a doubt when not among those known)."""
    idpel = _digits(field, text, 12, Words("rekening PLN", "the electricity bill"))
    if idpel is None:
        return Understood(None, NOTHING)
    known = reading.settings.idpel_prefixes
    strange = known and not idpel.startswith(known)
    doubt = Words(
        f"ID Pelanggan dimulai {idpel[:5]}, bukan {', '.join(known[:4])}.",
        f"The customer number begins with {idpel[:5]}, not {', '.join(known[:4])}.",
    )
    return _plain(text, idpel, (doubt,) if strange else ())


_TWO_PHONES = re.compile(r"\s*(?:[/;,&|\n]|\batau\b|\bdan\b|\bor\b|\band\b)\s*", re.IGNORECASE)
_PHONE_WORDS = re.compile(r"\(?\b(?:wa|whatsapp|hp|telp|tlp|tel|telepon|phone|no)\b[.:]*\)?", re.IGNORECASE)
_PHONE_SIGNS = re.compile(r"[\s.\-–()'_]+")
_HOME = re.compile(r"8[0-9]{8,11}|[2-79][0-9]{7,10}")  # mobile, land line with area code
_ABROAD = re.compile(r"\+[1-9][0-9]{7,14}")
_LARGEST_INT = "2147483647"  # what a program leaves that kept phones as numbers (domain.md surprise 9)


def read_phone(field: f.Text, text: str, _reading: Reading) -> Understood:
    """A phone number, kept as +62…; of two in one field the first is taken, with a doubt that names the other."""
    refuse_spreadsheet_error(field, text)
    refuse_e_notation(field, text)
    if means_nothing(text) or not text.strip("0 "):
        return Understood(None, NOTHING)
    parts = [part for part in _TWO_PHONES.split(_PHONE_WORDS.sub("", text).strip()) if part]
    numbers = [_international(part) for part in parts]
    if not numbers or any(number is None for number in numbers):
        raise _no_phone(field, text)
    first = str(numbers[0])
    doubts = []
    if len(numbers) > 1:
        others = ", ".join(parts[1:])
        doubts.append(
            Words(
                f"Ada {len(numbers)} nomor; hanya yang pertama disimpan. Catat {others} di keterangan.",
                f"There are {len(numbers)} numbers; only the first is kept. Put {others} into the notes.",
            )
        )
    if not first.startswith("+62"):
        doubts.append(Words(f"{first} nomor luar negeri.", f"{first} is a number abroad."))
    elif not first.startswith("+628") and _PHONE_SIGNS.sub("", parts[0])[0] not in "0+6":
        doubts.append(
            Words(
                f"Dibaca {phone(first)}: angka 0 di depan hilang?",
                f"Read as {phone(first)}: was a leading 0 lost?",
            )
        )
    said = phone(first)
    same = len(numbers) == 1 and text in (said, said.replace("-", ""))
    return Understood(first, None if same else equals(said), doubts=tuple(doubts))


def _international(text: str) -> str | None:
    """`+62…` of one typed number; None when it is none."""
    number = _PHONE_SIGNS.sub("", re.sub(r"[.,]0$", "", text))
    if number == _LARGEST_INT:
        return None
    for prefix in ("+620", "+62", "0062", "62", "0", ""):
        home = number.removeprefix(prefix)
        if number.startswith(prefix) and _HOME.fullmatch(home):
            return f"+62{home}"
    return number if _ABROAD.fullmatch(number) and not number.startswith("+62") else None


def _no_phone(field: f.Text, text: str) -> NotUnderstood:
    digits = _PHONE_SIGNS.sub("", text)
    if digits == _LARGEST_INT:
        return refused(
            field,
            f": {_LARGEST_INT} bukan nomor telepon, itu sisa program yang rusak. Tanyakan nomornya.",
            f": {_LARGEST_INT} is no phone number, it is left over from a broken program. Ask for the number.",
        )
    if digits.isdigit() and len(digits) < 8:
        return refused(
            field,
            f": {quoted(text)} terlalu pendek. Tulis dengan kode wilayah, misalnya (0725) 41234.",
            f": {quoted(text)} is too short. Write it with the area code, e.g. (0725) 41234.",
        )
    shown = quoted(text if len(text) < 9 else f"{text[:6]}…")
    return refused(
        field,
        f": {shown} bukan nomor telepon. Tulis misalnya 0812-3456-7890 atau (0725) 41234.",
        f": {shown} is no phone number. Write e.g. 0812-3456-7890 or (0725) 41234.",
    )
