"""Times of day and moments as people write them (domain.md 2.4)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from desktop_app.core import fields as f
from desktop_app.core.fields import Field
from desktop_app.core.parse_base import (
    NOTHING,
    NotUnderstood,
    Reading,
    Understood,
    equals,
    means_nothing,
    quoted,
    refused,
)
from desktop_app.core.parse_dates import Day, find_day
from desktop_app.core.parse_text import refuse_spreadsheet_error
from desktop_app.core.show import clock, date, full_date

_DAY_PART = {
    "pagi": (1, 11, 0),
    "subuh": (1, 6, 0),
    "dini hari": (0, 5, 0),
    "siang": (1, 4, 12),
    "sore": (1, 7, 12),
    "petang": (3, 7, 12),
    "malam": (5, 11, 12),
}
"""From which to which hour of the twelve-hour clock the word adds how much; other hours are meant as they stand."""
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "z": 0, "utc": 0}
_CLOCK = re.compile(
    r"(?P<word>jam|pukul|pkl\.?)?\s*(?P<half>setengah\s+)?"
    r"(?:(?P<hour>[0-9]{1,2})(?:\s?[.:]\s?(?P<minute>[0-9]{2})(?:[.:](?P<second>[0-9]{2})(?:[.,][0-9]+)?)?)?|(?P<run>[0-9]{3,4}))"
    rf"\s*(?P<part>{'|'.join(_DAY_PART)}|am|pm)?\s*(?P<zone>wib|wita|wit|z|utc|[+-][0-9]{{2}}:?[0-9]{{2}})?"
)


@dataclass(frozen=True)
class _Clock:
    time: dt.time
    offset: dt.timezone | None
    is_plain: bool
    """Only digits were written: it may be something else as well."""


def _clock(text: str) -> _Clock | None:
    """The time of day that a text names; None when it names none."""
    found = _CLOCK.fullmatch(" ".join(text.casefold().split()).rstrip("."))
    if found is None:
        return None
    run = found["run"]
    hour, minute = (int(run[:-2]), int(run[-2:])) if run else (int(found["hour"]), int(found["minute"] or 0))
    part = found["part"]
    if found["half"]:
        if found["minute"] or run or not hour:
            return None
        hour, minute = hour - 1 or 12, 30  # "setengah tiga" is half past two
    hour = _on_the_day(hour, part)
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 59:
        return None
    is_plain = not (found["minute"] or part or found["word"])
    return _Clock(dt.time(hour, minute, int(found["second"] or 0)), _offset(found["zone"]), is_plain)


def _on_the_day(hour: int, part: str | None) -> int:
    if part in ("am", "pm"):
        return hour % 12 + (12 if part == "pm" else 0) if hour <= 12 else hour
    if part == "malam" and hour == 12:
        return 0
    first, last, more = _DAY_PART.get(part or "", (0, 0, 0))
    return hour + more if first <= hour <= last else hour


def _offset(zone: str | None) -> dt.timezone | None:
    if not zone:
        return None
    if zone in _ZONES:
        return dt.timezone(dt.timedelta(hours=_ZONES[zone]))
    away = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return dt.timezone(-away if zone[0] == "-" else away) if away < dt.timedelta(days=1) else None


def _no_time(field: Field, text: str) -> NotUnderstood:
    return refused(
        field,
        f": {quoted(text)} bukan jam. Tulis misalnya 14.00.",
        f": {quoted(text)} is no time of day. Write e.g. 14.00.",
    )


def read_time(field: f.Time, text: str, reading: Reading) -> Understood:
    """A time of day to the minute: "14.00", "1400", "jam 2 siang". Seconds are left out, and the hint shows it."""
    refuse_spreadsheet_error(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    found = _clock(text)
    if found is None:
        raise _no_time(field, text)
    here = dt.datetime.combine(reading.today, found.time, reading.settings.zone).utcoffset()
    if found.offset is not None and found.offset.utcoffset(None) != here:
        raise refused(
            field,
            f": {quoted(text)} jam daerah waktu lain. Tulis jam di kantor ini.",
            f": {quoted(text)} is of another time zone. Write the time at this office.",
        )
    value = found.time.replace(second=0)
    return Understood(value, None if text == clock(value) else equals(clock(value)))


def read_moment(field: f.Timestamp, text: str, reading: Reading) -> Understood:
    """A day and a time in the office's zone ("5/11 14.00", "kemarin jam 2 siang"); a time alone is today's."""
    refuse_spreadsheet_error(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    day, time = _day_and_clock(field, text, reading.today)
    there = dt.datetime.combine(day.value or reading.today, time.time, time.offset or reading.settings.zone)
    value = there.astimezone(dt.UTC)
    here = value.astimezone(reading.settings.zone)
    said = full_date(here.date())
    same = text in (f"{date(here)} {clock(here)}", f"{date(here)} {clock(here)}.{here.second:02}")
    hint = None if same else equals(f"{said.id} {clock(here)}", f"{said.en} {clock(here)}")
    return Understood(value, hint, doubts=day.doubts)


def _day_and_clock(field: f.Timestamp, text: str, today: dt.date) -> tuple[Day, _Clock]:
    """Split the text into a day and a time, in either order."""
    alone = _clock(text)
    if alone is not None and not alone.is_plain:
        return Day(today), alone
    spread = re.sub(r"(?<=[0-9])T(?=[0-9])", " ", text)
    words = re.sub(r",(?=\s)", " ", spread.strip("[]")).split()
    wrong: NotUnderstood | None = None
    for cut in range(len(words) - 1, 0, -1):
        for day_words, time_words in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
            time = _clock(" ".join(time_words))
            if time is None or (time.is_plain and _is_day(field, text, today)):
                continue
            try:
                day = find_day(field, " ".join(day_words), today, future=field.future)
            except NotUnderstood as no:
                wrong = wrong or no
                continue
            if day.precision == "DAY":
                return day, time
    if _is_day(field, text, today):
        example = date(find_day(field, text, today, future=field.future).value or today)
        raise refused(
            field,
            f": jamnya belum ada. Tulis misalnya {example} 14.00.",
            f": the time of day is missing. Write e.g. {example} 14.00.",
        )
    raise wrong or refused(
        field,
        f": {quoted(text)} tidak terbaca. Tulis tanggal dan jam, misalnya {date(today)} 14.00.",
        f": {quoted(text)} can't be read. Write day and time, e.g. {date(today)} 14.00.",
    )


def _is_day(field: Field, text: str, today: dt.date) -> bool:
    try:
        return find_day(field, text, today, future=True).precision == "DAY"
    except NotUnderstood:
        return False
