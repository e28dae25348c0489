"""The vocabulary of fields: what can stand on one line of a form. `spec` puts fields together to record kinds.

A field is written as `Text("street_name", "Nama jalan", "Street name", max_len=150)`: name, Indonesian and English label, then
what is special about it. Everything else (table column, editor, CSV cell, filter, help) is derived from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY
from decimal import Decimal as Number
from typing import TYPE_CHECKING, Literal, NamedTuple

from desktop_app.core.declared import declared
from desktop_app.core.words import Words

if TYPE_CHECKING:
    from desktop_app.core.record import View

Value = str | bool | int | Number | dt.date | dt.time | dt.datetime | tuple[str, ...] | None
"""What a field holds: references hold the uid, choices the code, several choices a tuple of codes; None is empty."""

Condition = Callable[["View"], object]
"""A question about the record being filled in; the answer counts as yes or no."""


class Code(NamedTuple):
    """One entry of a code list: what is stored, and what people read."""

    code: str
    words: Words


class Codes:
    """A code list in the order of the paper form: `Codes(GOOD=("Baik", "Good"), MISSING=("Hilang", "Missing"))`.

    Codes that are no Python names ("1a") are given as a mapping: `Codes({"1a": ("...", "...")})`.
    """

    def __init__(
        self, entries: Mapping[str, tuple[str, str]] | None = None, /, **more: tuple[str, str]
    ) -> None:
        self._words = {code: Words(*pair) for code, pair in {**(entries or {}), **more}.items()}

    def __iter__(self) -> Iterator[Code]:
        return (Code(code, words) for code, words in self._words.items())

    def __contains__(self, code: object) -> bool:
        return code in self._words

    def __len__(self) -> int:
        return len(self._words)

    def words(self, code: str) -> Words:
        """The words of a code; an unknown code (it came from a newer office) is shown as it is."""
        return self._words.get(code) or Words(code, code)


@declared
class Field:
    """What every field has.

    `required` and `relevant` may depend on the record; a field that is not relevant is not shown and is stored empty.
    `default` is a value or a question to the record being begun. `help` says in a sentence what belongs here (F1, tooltip).
    `group` names the fields that are merged as one (exchange.md); by default a field is a group of its own.
    `legacy_ok`: on a record from an old register a missing or odd value is a warning instead of an error.
    `personal`: masked on screen, left out of the statistical export (UU 27/2022).
    `beside`: stands on the line of the field before it (only what is said in one breath: date and time).
    `indexed`: rules look records up by it. `unique`: another living record with the same value is an error or a warning.
    `searched`: its words are in the search index; by default texts and the names of referenced records are. `hidden`: never on the form, the program fills it.
    """

    name: str
    id: str
    en: str
    _: KW_ONLY
    required: bool | Condition = False
    relevant: Condition | None = None
    default: Value | Condition = None
    help: Words | None = None
    group: str = ""
    legacy_ok: bool = False
    personal: bool = False
    beside: bool = False
    indexed: bool = False
    unique: Literal["", "error", "warning"] = ""
    searched: bool | None = None
    hidden: bool = False

    @property
    def label(self) -> Words:
        """What stands before the field on the form."""
        return Words(self.id, self.en)

    @property
    def merge_group(self) -> str:
        """The name of the group that this field is merged with (its own name when it stands alone)."""
        return self.group or self.name

    @property
    def is_searched(self) -> bool:
        """Whether the search box finds records by this field."""
        return isinstance(self, Text | Reference) if self.searched is None else self.searched


TextFormat = Literal[
    "plain", "code", "name", "street", "nik", "family_card", "nip", "idpel", "phone", "rt_rw", "postal_code"
]


@declared
class Text(Field):
    """Words, names, numbers that are not counted with. `reads` chooses how it is read and checked (domain.md 2.3)."""

    max_len: int = 150
    reads: TextFormat = "plain"
    multiline: bool = False


@declared
class Choice(Field):
    """One of a code list."""

    codes: Codes


@declared
class Choices(Field):
    """Any number of a code list; stored in the list's order."""

    codes: Codes


@declared
class YesNo(Field):
    """Yes, no, or not said."""


@declared
class Integer(Field):
    """A whole number; `unit` is shown behind it."""

    minimum: int | None = None
    maximum: int | None = None
    unit: Words | None = None


@declared
class Decimal(Field):
    """An exact decimal with at most `scale` digits behind the comma (stored as a whole number of 10**-scale)."""

    scale: int = 2
    minimum: Number | None = None
    maximum: Number | None = None
    unit: Words | None = None


@declared
class Money(Field):
    """Whole rupiah, never negative."""


@declared
class Date(Field):
    """A calendar day. `precision` names the Choice that tells how much of it is known (DAY, MONTH, YEAR): old papers."""

    precision: str = ""
    future: bool = True


@declared
class Time(Field):
    """A time of day, to the minute."""


@declared
class Timestamp(Field):
    """A moment (stored in UTC, shown in the office's time zone). `future=False`: it can't lie ahead."""

    future: bool = True


@declared
class Coordinate(Field):
    """Latitude or longitude in degrees WGS84, up to 8 digits behind the comma, so that what a register holds stays as it is.

    Typing or pasting a whole position (link, DMS, pair) into either fills both (domain.md 2.4). `other` is the partner's name.
    """

    axis: Literal["lat", "lon"] = "lat"
    other: str = ""
    scale: int = 8


@declared
class Reference(Field):
    """Another record, held by its uid. Picking one fills other fields from it: `fills={"street_name": "street_name"}` (mine: its).

    `among` narrows what may be picked: {"level": "village"} or, with a field of this record, {"cemetery": "=cemetery"}.
    """

    kind: str
    fills: Mapping[str, str] | None = None
    among: Mapping[str, str] | None = None


@declared
class Computed(Field):
    """A derived figure: never typed, shown with a lock. `like` says what it looks like (a nameless field of another type).

    `stored=True`: a function of this record alone (values, lines, moves), kept in the table by the write door for lists and
    reports. `stored=False`: needs other records; computed when the form or a report asks.
    """

    of: Callable[[View], Value]
    like: Field
    stored: bool = True
