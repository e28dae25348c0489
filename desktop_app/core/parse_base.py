"""What all reading of typed text has in common: what is needed for it, what comes out, how it is refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field, Reference, Value
from desktop_app.core.settings import Settings
from desktop_app.core.words import Words

Offer = tuple[Words, Mapping[str, Value]]
"""A corrected reading: what stands on the button, and the values (by field name) that it sets when clicked."""

Resolve = Callable[[Reference, str, Mapping[str, Value]], Sequence[tuple[str, str]]]
"""(reference field, typed text, the record's other values) -> candidates as (uid, title)."""


def _nobody(_field: Reference, _text: str, _values: Mapping[str, Value]) -> Sequence[tuple[str, str]]:
    return ()


@dataclass(frozen=True)
class Reading:
    """What is needed to understand a text: the office's day and settings, a way to find records, the record's other values."""

    today: dt.date
    settings: Settings = field(default_factory=Settings)
    resolve: Resolve = _nobody
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """What was made of a text.

    `hint` says what was understood ("= Rp1.250.000"); None when the text already says it. `also`: other fields that the same text
    fills (the other half of a position, the precision of a date). `doubts` let through once confirmed. `offer`: another reading,
    applied only when the user clicks it.
    """

    value: Value
    hint: Words | None = None
    also: Mapping[str, Value] = field(default_factory=dict)
    doubts: tuple[Words, ...] = ()
    offer: Offer | None = None


class NotUnderstood(KnownError):  # noqa: N818  (an answer to the user, like KnownError's other kinds)
    """The text can't be read; nothing was changed. `offer` is what was probably meant, applied only when the user clicks it."""

    def __init__(self, words: Words, field: str | None = None, offer: Offer | None = None) -> None:
        super().__init__(words, field)
        self.offer = offer


def refused(field: Field, indonesian: str, english: str, offer: Offer | None = None) -> NotUnderstood:
    """The error to raise: the field's label, then the sentence that goes on from it (or starts with a colon)."""

    def sentence(label: str, rest: str) -> str:
        return f"{label}{rest}" if rest.startswith(":") else f"{label} {rest}"

    return NotUnderstood(
        Words(sentence(field.id, indonesian), sentence(field.en, english)), field.name, offer
    )


def quoted(text: str) -> str:
    """The text for a sentence: on one line, cut where it gets long."""
    line = " ".join(text.split())
    return f"'{line[:40]}…'" if len(line) > 40 else f"'{line}'"


def equals(indonesian: str, english: str | None = None) -> Words:
    """The hint that says what was understood."""
    return Words(f"= {indonesian}", f"= {indonesian if english is None else english}")


NOTHING = equals("kosong", "empty")
"""The hint when "-", "nihil" and the like were taken for an empty field."""

_BLANK_WORDS = frozenset(("tidak ada", "tdk ada", "nihil", "n/a", "null", "kosong", "(kosong)"))
_BLANK_SIGNS = re.compile(r"[-–—._…\s]+|x{3,}|\?+")
_SPREADSHEET_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|#{3,}|=\w+\(.*", re.IGNORECASE)
_E_NOTATION = re.compile(r"[+-]?\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)


def means_nothing(text: str) -> bool:
    """Whether people write this when there is nothing to write: "-", ".", "tidak ada", "nihil", "N/A", "xxx" (domain.md 8, 18)."""
    folded = text.casefold()
    return folded in _BLANK_WORDS or _BLANK_SIGNS.fullmatch(folded) is not None


def is_spreadsheet_error(text: str) -> bool:
    """Whether the text is what a spreadsheet shows instead of a value: "#REF!", "####", "=SUM(A1)" (domain.md 8, 29)."""
    return _SPREADSHEET_ERROR.fullmatch(text) is not None


def is_e_notation(text: str) -> bool:
    """Whether a spreadsheet has shortened a long number to "1,87201E+15": its last digits are lost."""
    return _E_NOTATION.fullmatch(text.strip().lstrip("'")) is not None


def refuse_e_notation(field: Field, text: str) -> None:
    """Raise for a number in E-notation, else do nothing."""
    if is_e_notation(text):
        raise refused(
            field,
            f": {quoted(text)} dipendekkan oleh Excel, angka belakangnya hilang. Salin lagi dari aslinya.",
            f": {quoted(text)} was shortened by Excel, its last digits are lost. Copy it again from the original.",
        )
