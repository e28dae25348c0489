"""Values as they stand on the screen. Dates, numbers and money as Indonesians write them, in both languages (domain.md 2.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal as Number
from functools import cache

from desktop_app.core import fields as f
from desktop_app.core import words
from desktop_app.core.fields import Codes, Field, Value
from desktop_app.core.parse_choices import meant
from desktop_app.core.record import Alone, Lookup
from desktop_app.core.settings import Settings
from desktop_app.core.values import leaf
from desktop_app.core.words import Language, Words

MONTHS = (
    Words("Januari", "January"),
    Words("Februari", "February"),
    Words("Maret", "March"),
    Words("April", "April"),
    Words("Mei", "May"),
    Words("Juni", "June"),
    Words("Juli", "July"),
    Words("Agustus", "August"),
    Words("September", "September"),
    Words("Oktober", "October"),
    Words("November", "November"),
    Words("Desember", "December"),
)
WEEKDAYS = (
    Words("Senin", "Monday"),
    Words("Selasa", "Tuesday"),
    Words("Rabu", "Wednesday"),
    Words("Kamis", "Thursday"),
    Words("Jumat", "Friday"),
    Words("Sabtu", "Saturday"),
    Words("Minggu", "Sunday"),
)
YES, NO = Words("Ya", "Yes"), Words("Tidak", "No")

_SWAPPED = str.maketrans(",.", ".,")
_UNITS_IN_WORDS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_THOUSANDS_IN_WORDS = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")
_FEWEST_COORDINATE_DIGITS = 4  # 105,3000: a position reads as one, about ten metres


def show(
    field: Field,
    value: Value,
    *,
    language: Language | None = None,
    zone: dt.tzinfo | None = None,
    lookup: Lookup | None = None,
    mask: bool = False,
    this_year: int | None = None,
    values: Mapping[str, Value] | None = None,
) -> str:
    """The value as it stands on the screen; the empty text for an empty one. Numbers carry their unit.

    `zone` is the office's time zone (default: Kota Metro's), `lookup` gives the names of records, `mask` hides NIK, family card and
    phone, `this_year` leaves that year out of dates (lists), `values` are the record's, for dates of which only part is known.
    """
    field = leaf(field)
    if value in (None, "", ()):
        return ""
    if isinstance(field, f.Text):
        return _text(field, str(value), mask=mask)
    if isinstance(field, f.Choice):
        return field.codes.words(str(value)).say(language)
    if isinstance(field, f.Choices) and isinstance(value, tuple):
        return ", ".join(field.codes.words(code).say(language) for code in value)
    if isinstance(field, f.Reference):
        return (lookup or Alone()).title(field.kind, str(value))
    if isinstance(field, f.Money):
        return money(int(value))  # type: ignore[arg-type]
    if isinstance(field, f.Coordinate):
        return number(value, _FEWEST_COORDINATE_DIGITS)
    if _is_year(field):
        return str(value)
    if isinstance(field, f.Integer | f.Decimal):
        return number(value) + (f" {field.unit.say(language)}" if field.unit else "")
    if isinstance(field, f.Date) and isinstance(value, dt.date):
        return partial_date(value, _precision(field, values), this_year)
    return show_any(value, language=language, zone=zone, this_year=this_year)


def show_short(field: Field, value: Value, this_year: int, **more: object) -> str:
    """`show` for lists: dates of the current year as dd/MM. `more` are the other named values of `show`."""
    return show(field, value, this_year=this_year, **more)  # type: ignore[arg-type]


def show_any(
    value: object,
    *,
    language: Language | None = None,
    zone: dt.tzinfo | None = None,
    this_year: int | None = None,
) -> str:
    """A value that belongs to no field (a figure in a sentence), by its type alone."""
    if value is None:
        return ""
    if isinstance(value, Words):
        return value.say(language)
    if isinstance(value, bool):
        return (YES if value else NO).say(language)
    if isinstance(value, int | Number):
        return number(value)
    if isinstance(value, dt.datetime):
        there = value.astimezone(zone or Settings().zone)
        return f"{date(there, this_year)} {clock(there)}"
    if isinstance(value, dt.date):
        return date(value, this_year)
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, dt.timedelta):
        return duration(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(show_any(part, language=language, zone=zone) for part in value)
    return str(value)


def edit_text(
    field: Field,
    value: Value,
    *,
    language: Language | None = None,
    zone: dt.tzinfo | None = None,
    lookup: Lookup | None = None,
    values: Mapping[str, Value] | None = None,
) -> str:
    """The value as it stands in an editor: `parse.read` makes the same value of it, without a doubt.

    Decimals have no thousands points there, and never exactly three digits after the comma: both could be read in two ways.
    """
    field = leaf(field)
    if value in (None, "", ()):
        return ""
    if isinstance(field, f.Text):
        text = str(value)
        return _at_home(text) if field.reads == "phone" else text
    if isinstance(field, f.Choice):
        return _word_of(field.codes, str(value), language)
    if isinstance(field, f.Choices) and isinstance(value, tuple):
        return "; ".join(_word_of(field.codes, code, language) for code in value)
    if isinstance(field, f.Reference):
        return lookup.title(field.kind, str(value)) if lookup else str(value)
    if _is_year(field):
        return str(value)
    if isinstance(field, f.Money | f.Integer):
        return number(value)
    if isinstance(field, f.Decimal):
        whole, _, rest = number(value).replace(".", "").partition(",")
        return f"{whole},{rest}0" if len(rest) == 3 else f"{whole},{rest}" if rest else whole
    if isinstance(field, f.Timestamp) and isinstance(value, dt.datetime):
        there = value.astimezone(zone or Settings().zone)
        return f"{date(there)} {clock(there)}" + (f".{there.second:02}" if there.second else "")
    if isinstance(field, f.Date) and isinstance(value, dt.date):
        precision = _precision(field, values)
        stands_for_all = value.day == 1 and (precision == "MONTH" or value.month == 1)
        return partial_date(value, precision if stands_for_all else "DAY")
    return show(field, value, language=language, zone=zone)


def _is_year(field: Field) -> bool:
    """Whether a whole number always has four digits: a year is no quantity, it has no thousands point."""
    return (
        isinstance(field, f.Integer)
        and field.minimum is not None
        and field.maximum is not None
        and 1000 <= field.minimum <= field.maximum <= 9999
    )


def _precision(field: f.Date, values: Mapping[str, Value] | None) -> str:
    return str((values or {}).get(field.precision) or "DAY") if field.precision else "DAY"


def _word_of(codes: Codes, code: str, language: Language | None) -> str:
    return _unmistakable(codes, code, language or words.language())


@cache
def _unmistakable(codes: Codes, code: str, language: Language) -> str:
    """The code's words, or the code where those words could be taken for another."""
    said = codes.words(code).say(language)
    return said if meant(codes, said) == [code] and not {";", "|", "\n"} & set(said) else code


def _text(field: f.Text, text: str, *, mask: bool) -> str:
    if field.reads == "phone":
        return masked(_at_home(text)) if mask else phone(text)
    return masked(text) if mask and field.reads in ("nik", "family_card") else text


def masks(field: Field) -> bool:
    """Whether a field is masked on the screen until somebody asks to see it: NIK, family card, telephone."""
    return isinstance(field, f.Text) and field.reads in ("nik", "family_card", "phone") and field.personal


def masked(text: str) -> str:
    """A personal number that shows only its ends: `1872********0012`, `0812*****890`; a short one shows nothing."""
    last = 4 if len(text) > 13 else 3
    return text[:4] + "*" * (len(text) - 4 - last) + text[-last:] if len(text) > 9 else "*" * len(text)


def _at_home(text: str) -> str:
    return f"0{text[3:]}" if text.startswith("+62") else text


def phone(text: str) -> str:
    """`+6281234567890` as people write it, 0812-3456-7890; numbers of land lines only with their 0."""
    home = _at_home(text)
    return f"{home[:4]}-{home[4:8]}-{home[8:]}" if home.startswith("08") and len(home) > 9 else home


def number(value: Value, fewest: int = 0) -> str:
    """1.234,5: thousands points, decimal comma, no trailing zeros except to have `fewest` digits after the comma."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    text = f"{Number(str(value)):,f}"
    whole, _, rest = text.partition(".")
    rest = rest.rstrip("0").ljust(fewest, "0")
    text = f"{whole}.{rest}" if rest else whole
    return text.translate(_SWAPPED)


def money(rupiah: int) -> str:
    """Rp1.250.000."""
    return f"-Rp{number(-rupiah)}" if rupiah < 0 else f"Rp{number(rupiah)}"


def clock(time: dt.time | dt.datetime) -> str:
    """14.00."""
    return f"{time.hour:02}.{time.minute:02}"


def date(day: dt.date, this_year: int | None = None) -> str:
    """21/11/2026, or 21/11 in `this_year`."""
    return f"{day.day:02}/{day.month:02}" + ("" if day.year == this_year else f"/{day.year:04}")


def partial_date(day: dt.date, precision: str, this_year: int | None = None) -> str:
    """A day of which only part is known: "1965" for YEAR, "11/1965" for MONTH, else the whole of it."""
    if precision == "YEAR":
        return f"{day.year:04}"
    return f"{day.month:02}/{day.year:04}" if precision == "MONTH" else date(day, this_year)


def long_date(day: dt.date, language: Language | None = None) -> str:
    """21 November 2026."""
    return f"{day.day} {month(day, language)}"


def month(day: dt.date, language: Language | None = None) -> str:
    """November 2026."""
    return f"{MONTHS[day.month - 1].say(language)} {day.year}"


def weekday(day: dt.date, language: Language | None = None) -> str:
    """Senin."""
    return WEEKDAYS[day.weekday()].say(language)


def full_date(day: dt.date) -> Words:
    """Senin, 3 November 2026, in both languages."""
    return Words(
        f"{weekday(day, 'id')}, {long_date(day, 'id')}", f"{weekday(day, 'en')}, {long_date(day, 'en')}"
    )


def duration(span: dt.timedelta, language: Language | None = None) -> str:
    """How long something took, in its largest unit, rounded down: "3 hari", "5 jam", "12 menit"."""
    minutes = int(span.total_seconds() // 60)
    for unit, id_, en in ((1440, "hari", "day"), (60, "jam", "hour"), (1, "menit", "minute")):
        count = minutes // unit
        if count or unit == 1:
            return f"{number(count)} {id_ if (language or words.language()) == 'id' else en if count == 1 else f'{en}s'}"
    raise AssertionError("one unit always fits")


def terbilang(amount: int) -> str:
    """A whole number in Indonesian words, for receipts: 1250 -> "seribu dua ratus lima puluh".

    Irregular: sebelas, seratus, seribu. Raises ValueError from 10**18 on.
    """
    if abs(amount) >= 10**18:
        raise ValueError(amount)
    if amount == 0:
        return "nol"
    if amount < 0:
        return f"minus {terbilang(-amount)}"
    said: list[str] = []
    for power in range(len(_THOUSANDS_IN_WORDS) - 1, -1, -1):
        group = amount // 1000**power % 1000
        if group == 1 and power == 1:
            said.append("seribu")
        elif group:
            said += [*_below_thousand(group), _THOUSANDS_IN_WORDS[power]]
    return " ".join(word for word in said if word)


def _below_thousand(group: int) -> list[str]:
    hundreds, rest = divmod(group, 100)
    said = ["seratus"] if hundreds == 1 else [_UNITS_IN_WORDS[hundreds], "ratus"] if hundreds else []
    if rest in (10, 11):
        return [*said, "sepuluh" if rest == 10 else "sebelas"]
    if 12 <= rest <= 19:
        return [*said, _UNITS_IN_WORDS[rest - 10], "belas"]
    tens, units = divmod(rest, 10)
    return [*said, *([_UNITS_IN_WORDS[tens], "puluh"] if tens else []), _UNITS_IN_WORDS[units]]
