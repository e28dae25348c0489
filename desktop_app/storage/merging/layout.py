"""A travelling table as merging sees it: where each column stands in a row, and its cell as canonical text and back."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress
from operator import ne
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core import travel, values
from desktop_app.core.fields import Field
from desktop_app.core.stamps import Mark
from desktop_app.core.travel import Column, Part

UID, SITE, BORN, STAMPS = range(4)
"""Where these stand in every row."""
Cell = Any
"""Text, a whole number or None: what the database holds."""
Cells = list[Cell]
Extras = dict[str, dict[str, str]]
"""Group -> field -> canonical text of what is unknown here."""

LONGEST_UID = 64
LONGEST_CODE = 1000
"""Letters: a code of a list, also one that is unknown here, a name or number that is carried along, the uid of another record."""
LARGEST = 2**63
"""Whole numbers of the database are smaller."""
_NIK = re.compile(r"[0-9]{16}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_PLAIN_MOMENT = re.compile(
    r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)
"""One that is in the calendar for sure, which need not be asked."""
_YES = {"true": 1, "false": 0}


class Layout:
    """The columns of a part: `names` in the order of a package, `at` their places, `groups` the members of each merge group by name,
    in alphabetical order (so that programs which declare them in another order compare them alike).
    """

    def __init__(self, part: Part) -> None:
        declared = travel.columns(part)
        self.part = part
        self.table = part.table
        self.names = tuple(column.name for column in declared)
        self.at = {name: place for place, name in enumerate(self.names)}
        self.extras = self.at[travel.EXTRAS]
        self.parent = self.at.get("parent_uid")
        self.to_cell = tuple(_cell_of(column.field) for column in declared)
        self.kept = frozenset(place for place, one in enumerate(self.to_cell) if one in _KEEPING)
        """Where the cell is the text itself."""
        self.to_text = tuple(_text_of(column.field) for column in declared)
        self.declared = {group: tuple(names) for group, names in travel.groups(part).items()}
        self.groups = {
            group: tuple((name, self.at[name]) for name in sorted(names))
            for group, names in self.declared.items()
        }
        self.group_at = {place: group for group, members in self.groups.items() for _, place in members}
        birth = ("record_no", "entry_by", "entry_at", "parent_uid")
        self.birth = tuple(self.at[name] for name in birth if name in self.at)
        self.updated = tuple(self.at[name] for name in ("updated_at", "updated_by") if name in self.at)
        self.short = tuple(
            place
            for place, column in enumerate(declared)
            if _is_short(column) and self.to_cell[place] is plain_text
        )
        """Where words stand that people choose, not write; all of them text."""
        needed = (
            {"parent_uid", "position", "move", "state_after", "moved_at", "moved_by"} if part.part else ()
        )
        self.needed = tuple(
            self.at[name] for name in ("uid", "site_code", "born", *needed) if name in self.at
        )

    def text(self, cells: Sequence[Cell], place: int) -> str:
        """The canonical text of one cell; the empty text for NULL."""
        cell = cells[place]
        return "" if cell is None else self.to_text[place](cell)


@cache
def layout_of(part: Part) -> Layout:
    """The layout of a part."""
    return Layout(part)


def differing(one: Sequence[Cell], other: Sequence[Cell]) -> Iterator[int]:
    """The places at which two rows are not alike."""
    return compress(range(len(one)), map(ne, one, other))


def read_extras(text: str | None) -> Extras:
    """The column `extras`. Raises ValueError when it is anything but group -> field -> text."""
    if not text:
        return {}
    found = json.loads(text)
    fine = isinstance(found, dict) and all(
        isinstance(named, dict) and all(isinstance(one, str) for one in named.values())
        for named in found.values()
    )
    if not fine:
        raise ValueError(f"extras: {text[:80]!r}")
    return {group: dict(named) for group, named in found.items() if named}


def write_extras(extras: Mapping[str, Mapping[str, str]]) -> str | None:
    """The column `extras`: one written form, None when there is nothing."""
    left = {group: named for group, named in extras.items() if named}
    return json.dumps(left, sort_keys=True, ensure_ascii=False, separators=(",", ":")) if left else None


def told(layout: Layout, extras: Extras, marks: Mapping[str, Mark], plain: Mark) -> Extras:
    """The extras in their one form: an empty field is kept only where nothing else tells that its group was written since birth."""
    found: Extras = {}
    for group, named in extras.items():
        filled = {name: text for name, text in named.items() if text}
        emptied = group not in layout.groups and marks.get(group, plain) != plain
        if filled or emptied:
            found[group] = filled or dict(named)
    return found


def _cell_of(field: Field | None) -> Callable[[str], Cell]:
    """What makes a cell of a canonical text; it raises ValueError for one that isn't canonical."""
    if field is None:
        return plain_text
    like, scale = values.leaf(field), values.scale_of(field)
    if scale:
        return lambda text: _scaled(text, scale)
    if isinstance(like, f.YesNo):
        return _yes
    if isinstance(like, f.Integer | f.Money | f.Decimal):
        return _whole
    if isinstance(like, f.Timestamp):
        return _moment
    if isinstance(like, f.Date):
        return _date
    if isinstance(like, f.Time):
        return _time
    if isinstance(like, f.Text) and like.reads == "nik":
        return _nik
    return plain_text


def _is_short(column: Column) -> bool:
    if column.field is None:
        return column.name not in (travel.EXTRAS, "field_stamps")
    return isinstance(values.leaf(column.field), f.Choice | f.Reference)


def _text_of(field: Field | None) -> Callable[[Cell], str]:
    if field is None:
        return str
    scale = values.scale_of(field)
    if scale:
        return lambda cell: _point(cell, scale)
    if isinstance(values.leaf(field), f.YesNo):
        return lambda cell: "true" if cell else "false"
    return str


def plain_text(text: str) -> str:
    """A text as it is. Raises ValueError when its letters are not composed (NFC)."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    raise ValueError(text)


def _yes(text: str) -> int:
    if text not in _YES:
        raise ValueError(text)
    return _YES[text]


def _whole(text: str) -> int:
    number = int(text)
    if str(number) != text or not -LARGEST <= number < LARGEST:
        raise ValueError(text)
    return number


def _scaled(text: str, scale: int) -> int:
    number = int(text.replace(".", "", 1))
    if _point(number, scale) != text or not -LARGEST <= number < LARGEST:
        raise ValueError(text)
    return number


def _point(number: int, scale: int) -> str:
    digits = f"{abs(number):0{scale + 1}d}"
    return f"{'-' if number < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"


def _moment(text: str) -> str:
    if _PLAIN_MOMENT.fullmatch(text):
        return text
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    if not dt.MINYEAR < dt.datetime.fromisoformat(text).year < dt.MAXYEAR:
        raise ValueError(text)  # it has no local time in every zone
    return text


def _date(text: str) -> str:
    if dt.date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def _time(text: str) -> str:
    if f"{dt.time.fromisoformat(text):%H:%M}" != text:
        raise ValueError(text)
    return text


def _nik(text: str) -> str:
    if not _NIK.fullmatch(text):
        raise ValueError(text)
    return text


_KEEPING = (plain_text, _moment, _date, _time, _nik)
