"""Days as people write them (domain.md 2.4, 8). Times of day are in `parse_times`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from desktop_app.core import fields as f
from desktop_app.core.fields import Field, Value
from desktop_app.core.parse_base import (
    NOTHING,
    NotUnderstood,
    Offer,
    Reading,
    Understood,
    equals,
    means_nothing,
    quoted,
    refused,
)
from desktop_app.core.parse_text import refuse_spreadsheet_error
from desktop_app.core.show import MONTHS, WEEKDAYS, date, full_date, month, partial_date
from desktop_app.core.words import Words

FIRST_YEAR, LAST_YEAR = 1800, 2200
_SPREADSHEET_ZERO = dt.date(1899, 12, 30)

_MONTH_NAMES = [
    *((name.casefold(), number) for number, pair in enumerate(MONTHS, 1) for name in pair),
    ("pebruari", 2),
    ("agt", 8),
    ("ags", 8),
    ("nopember", 11),
]
_DAY_NAMES = [
    *((name.casefold(), number) for number, pair in enumerate(WEEKDAYS) for name in pair),
    ("jumaat", 4),
    ("ahad", 6),
]
_RELATIVE = {
    **dict.fromkeys(("hari ini", "hr ini", "sekarang", "today", "now"), 0),
    **dict.fromkeys(("kemarin", "kemaren", "kmrn", "yesterday"), -1),
    **dict.fromkeys(("kemarin lusa", "kemarin dulu"), -2),
    **dict.fromkeys(("besok", "besuk", "tomorrow"), 1),
    "lusa": 2,
}
_AROUND_TODAY = re.compile(r"h\s*([+-])\s*([0-9]{1,3})")
_AGO = re.compile(r"([0-9]{1,3})\s*(?:hari|hr|days?)\s*(?:yang|yg)?\s*(?:lalu|ago)")
_WEEKDAY = re.compile(r"([a-z]{3,})\b\.?\s*,?\s*(?=[0-9?])")
_DMY = re.compile(r"([0-9]{1,2}|\?{1,2}|xx)\s*([/.\- ])\s*([0-9]{1,2}|\?{1,2}|xx)\s*\2\s*([0-9]{4}|[0-9]{2})")
_DM = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})")
_MY = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_NAMED = re.compile(r"(?:([0-9]{1,2})[\s.\-/]*)?([a-z]{3,})[\s.,\-/]*([0-9]{4}|[0-9]{2})?")
_YEAR = re.compile(
    r"(?:±|\+/-|ca\.?|sekitar|kira-kira|kurang lebih|tahun|thn\.?|th\.?|about|year)?\s*([0-9]{4})"
)
_SERIAL = re.compile(r"([2-5][0-9]{4})(?:[.,]([0-9]+))?")
_EIGHT = re.compile(r"[0-9]{8}")
_SIX = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})")
_MIDNIGHT = re.compile(r"(?:t|\s+)0?0[:.]00(?:[:.]00(?:[.,]0+)?)?$")

Precision = Literal["DAY", "MONTH", "YEAR", "UNKNOWN"]


@dataclass(frozen=True)
class Day:
    """What a text says about a day. Of a month or year only, it is the first day; None when nothing is known of it."""

    value: dt.date | None
    precision: Precision = "DAY"
    doubts: tuple[Words, ...] = ()
    other: dt.date | None = None


@dataclass(frozen=True)
class _Asked:
    """Which field asks, what was typed, and what two digits of a year can mean."""

    field: Field
    text: str
    today: dt.date
    future: bool

    def day(self, day: int, month_: int, year: int) -> Day:
        """The day of these numbers; 0 stands for what is not known."""
        if year == 0:
            return Day(None, "UNKNOWN")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise self.no(f"tahun {year} tidak mungkin", f"the year {year} can't be")
        if month_ == 0:
            if day:
                raise self.no("bulannya tidak ada", "the month is missing")
            return Day(dt.date(year, 1, 1), "YEAR")
        if month_ > 12:
            turned = dt.date(year, day, month_) if day in range(1, 13) and month_ <= 28 else None
            raise self.no(f"bulan {month_} tidak ada", f"there is no month {month_}", self._offer(turned))
        if day == 0:
            return Day(dt.date(year, month_, 1), "MONTH")
        last = calendar.monthrange(year, month_)[1]
        if day > last:
            there = dt.date(year, month_, 1)
            raise self.no(
                f"{month(there, 'id')} hanya sampai tanggal {last}",
                f"{month(there, 'en')} has only {last} days",
            )
        return Day(dt.date(year, month_, day))

    def year(self, day: int, month_: int, year: str | None) -> int:
        """The year: as written; of two digits the last that fits (domain.md 2.4); of none this one or the nearest that fits."""
        now = self.today
        if year is None:
            if self.future:
                return now.year + ((now.month - 6, now.day) > (month_, day))
            return now.year - ((month_, day) > (now.month, now.day))
        if len(year) != 2:
            return int(year)
        latest = now.year + (20 if self.future else -((month_, day) > (now.month, now.day)))
        return latest - (latest - int(year)) % 100

    def _offer(self, day: dt.date | None) -> Offer | None:
        if day is None or not isinstance(self.field, f.Date):
            return None
        return Words(f"Maksudnya {date(day)}? Pakai itu", f"Did you mean {date(day)}? Use that"), {
            self.field.name: day
        }

    def no(self, indonesian: str, english: str, offer: Offer | None = None) -> NotUnderstood:
        example = date(self.today)
        return refused(
            self.field,
            f": {quoted(self.text)} tidak terbaca, {indonesian}. Tulis misalnya {example}.",
            f": {quoted(self.text)} can't be read, {english}. Write e.g. {example}.",
            offer,
        )


def _by_beginning(names: list[tuple[str, int]], word: str) -> int | None:
    found = {number for name, number in names if name.startswith(word)}
    return found.pop() if len(found) == 1 and len(word) > 2 else None


def find_day(field: Field, text: str, today: dt.date, *, future: bool) -> Day:
    """The day that a text names. `future=False`: a year of two digits or none is the last one up to today. Raises NotUnderstood."""
    asked = _Asked(field, text, today, future)
    plain = re.sub("['’‘`]", "", " ".join(text.casefold().split()))
    plain = _MIDNIGHT.sub("", re.sub(r"^(?:tanggal|tgl)\b[\s.:]*", "", plain)).strip(" .,")
    if plain in _RELATIVE:
        return Day(today + dt.timedelta(days=_RELATIVE[plain]))
    if (around := _AROUND_TODAY.fullmatch(plain)) is not None:
        return Day(today + dt.timedelta(days=int(around[1] + around[2])))
    if (ago := _AGO.fullmatch(plain)) is not None:
        return Day(today - dt.timedelta(days=int(ago[1])))
    named = _WEEKDAY.match(plain)
    weekday = _by_beginning(_DAY_NAMES, named[1]) if named else None
    if named is not None and weekday is not None:
        plain = plain[named.end() :]
    found = _by_numbers(asked, plain) or _by_name(asked, plain)
    if found is None:
        raise asked.no("itu bukan tanggal", "that is no date")
    if (
        weekday is not None
        and found.value is not None
        and found.precision == "DAY"
        and found.value.weekday() != weekday
    ):
        there, said = WEEKDAYS[found.value.weekday()], WEEKDAYS[weekday]
        doubt = Words(
            f"{date(found.value)} hari {there.id}, bukan {said.id}.",
            f"{date(found.value)} is a {there.en}, not a {said.en}.",
        )
        found = Day(found.value, doubts=(*found.doubts, doubt))
    return found


def _by_numbers(asked: _Asked, plain: str) -> Day | None:
    def known(part: str) -> int:
        return int(part) if part.isdigit() else 0

    if (dmy := _DMY.fullmatch(plain)) is not None:
        day, month_ = known(dmy[1]), known(dmy[3])
        return _two_digits(asked, dmy[4], asked.day(day, month_, asked.year(day, month_, dmy[4])))
    if (iso := _ISO.fullmatch(plain)) is not None:
        return asked.day(int(iso[4] or 0), int(iso[3]), int(iso[1]))
    if (my := _MY.fullmatch(plain)) is not None:
        return asked.day(0, int(my[1]), int(my[2]))
    if (dm := _DM.fullmatch(plain)) is not None:
        day, month_ = int(dm[1]), int(dm[2])
        return asked.day(day, month_, asked.year(day, month_, None)) if day and month_ else None
    if (year := _YEAR.fullmatch(plain)) is not None:
        return asked.day(0, 0, int(year[1]))
    if (serial := _SERIAL.fullmatch(plain)) is not None:
        return _of_spreadsheet(asked, int(serial[1]), serial[2] or "")
    if _EIGHT.fullmatch(plain):
        if FIRST_YEAR <= int(plain[4:]) <= LAST_YEAR:
            return asked.day(int(plain[:2]), int(plain[2:4]), int(plain[4:]))
        return asked.day(int(plain[6:]), int(plain[4:6]), int(plain[:4]))
    if (six := _SIX.fullmatch(plain)) is not None:
        day, month_ = int(six[1]), int(six[2])
        return _two_digits(asked, six[3], asked.day(day, month_, asked.year(day, month_, six[3])))
    return None


def _two_digits(asked: _Asked, year: str | None, found: Day) -> Day:
    """Doubt a year of two digits that was put a century back only because its day is still to come this year."""
    if found.value is None or len(year or "") != 2 or found.value.year != asked.today.year - 100:
        return found
    doubt = Words(
        f"{quoted(asked.text)} dibaca {date(found.value)}. Kalau bukan, tulis tahunnya lengkap.",
        f"{quoted(asked.text)} is read as {date(found.value)}. If that is wrong, write the whole year.",
    )
    return Day(found.value, found.precision, (*found.doubts, doubt), found.other)


def _by_name(asked: _Asked, plain: str) -> Day | None:
    named = _NAMED.fullmatch(plain)
    month_ = _by_beginning(_MONTH_NAMES, named[2]) if named else None
    if named is None or month_ is None:
        return None
    day = int(named[1] or 0)
    if not day and len(named[3] or "") != 4:
        return None
    return _two_digits(asked, named[3], asked.day(day, month_, asked.year(day, month_, named[3])))


def _of_spreadsheet(asked: _Asked, serial: int, fraction: str) -> Day:
    """A spreadsheet's day number (1900 system). A fraction of 17 hours is midnight in Jakarta, shown in UTC (domain.md 8, 2)."""
    day = _SPREADSHEET_ZERO + dt.timedelta(days=serial)
    doubt = Words(
        f"{quoted(asked.text)} dibaca sebagai nomor tanggal Excel: {date(day)}.",
        f"{quoted(asked.text)} is read as a spreadsheet's number of a day: {date(day)}.",
    )
    shifted = fraction.startswith("708")
    return Day(day, doubts=(doubt,), other=day + dt.timedelta(days=1) if shifted else None)


def read_date(field: f.Date, text: str, reading: Reading) -> Understood:
    """A calendar day; where the field keeps its precision also a month ("11/1965"), a year ("1965", "00/00/1965") or nothing."""
    refuse_spreadsheet_error(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    found = find_day(field, text, reading.today, future=field.future)
    if found.precision in ("MONTH", "YEAR") and not field.precision:
        raise refused(
            field,
            f": {quoted(text)} belum lengkap. Tulis hari, bulan dan tahun.",
            f": {quoted(text)} is not complete. Write day, month and year.",
        )
    also: dict[str, Value] = {field.precision: found.precision} if field.precision else {}
    if found.value is None:
        return Understood(None, NOTHING, also)
    said = _said(found.value, found.precision)
    plain = partial_date(found.value, found.precision)
    offer: Offer | None = None
    if found.other is not None:
        offer = Words(f"Pakai {date(found.other)}", f"Use {date(found.other)}"), {field.name: found.other}
    return Understood(found.value, None if text == plain else said, also, found.doubts, offer)


def _said(day: dt.date, precision: Precision) -> Words:
    if precision == "DAY":
        said = full_date(day)
        return equals(said.id, said.en)
    if precision == "MONTH":
        return equals(month(day, "id"), month(day, "en"))
    return equals(f"tahun {day.year}", f"the year {day.year}")
