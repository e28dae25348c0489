"""When a field is asked or required, in words: the declared question is put to records that differ in one entry only.

Conditions are functions, so they can't be read; but they can be asked. A condition that turns on one entry ("Jenis sambungan is not
Tenaga surya") is found so. One that needs several entries at once is not; then nothing is said here, and the page tells it in general.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from desktop_app.core import fields as f
from desktop_app.core.fields import Condition, Field, Value
from desktop_app.core.record import Line, Record, Setting, View
from desktop_app.core.show import NO, YES
from desktop_app.core.spec import Kind, Lines, Registry
from desktop_app.core.words import Words

_NOW = dt.datetime(2026, 11, 5, 3, tzinfo=dt.UTC)
_STATUS = Words("Status", "Status")
_FEW = 6
"""An entry with more words than these that matter is told the other way round, or as "filled"."""


class Turns(NamedTuple):
    """One entry that decides: what it is called, with which words; `unless` says that these words are the exception."""

    label: Words
    words: tuple[Words, ...]
    unless: bool

    def say(self) -> str:
        """As half a sentence."""
        if not self.words:
            return Words(
                f"bila **{self.label.id}** terisi" if not self.unless else f"bila **{self.label.id}** kosong",
                f"when **{self.label.en}** is filled"
                if not self.unless
                else f"when **{self.label.en}** is empty",
            ).say()
        indonesian = " atau ".join(f"“{one.id}”" for one in self.words)
        english = " or ".join(f"“{one.en}”" for one in self.words)
        return Words(
            f"bila **{self.label.id}** {'bukan ' if self.unless else ''}{indonesian}",
            f"when **{self.label.en}** is {'not ' if self.unless else ''}{english}",
        ).say()


def turning(registry: Registry, kind: Kind, ask: Condition, lines: Lines | None = None) -> list[Turns]:
    """The entries that alone decide the condition's answer, in the order of the form; none when no single one does."""
    asked = _Asked(registry, kind, ask, lines)
    usual = asked.answer({})
    if usual is None:
        return []
    found = []
    for label, field, trials in _trials(kind, lines):
        answers = [(words, asked.answer({field: value})) for value, words in trials]
        turned = tuple(words for words, answer in answers if answer is not None and answer != usual)
        if not turned:
            continue
        of_code = len(answers) > 1
        stay = tuple(words for words, answer in answers if answer == usual)
        if not of_code or not stay:
            found.append(Turns(label, (), usual))
        elif len(turned) <= _FEW or len(turned) <= len(stay):
            found.append(Turns(label, turned, usual))
        else:
            found.append(Turns(label, stay, not usual))
    return found


def _trials(kind: Kind, lines: Lines | None) -> Iterator[tuple[Words, str, list[tuple[Value, Words]]]]:
    """(label, name, [(value, its words)]) of every entry that a condition may look at; the status has the name ""."""
    cycle = kind.life_cycle
    if cycle is not None and lines is None:
        yield _STATUS, "", [(state.code, state.label) for state in cycle.states]
    for field in lines.fields if lines is not None else kind.fields:
        if isinstance(field, f.Computed):
            continue
        yield field.label, field.name, list(_values(field))


def _values(field: Field) -> Iterator[tuple[Value, Words]]:
    if isinstance(field, f.Choice):
        yield from ((entry.code, entry.words) for entry in field.codes)
    elif isinstance(field, f.YesNo):
        yield from ((True, YES), (False, NO))
    elif isinstance(field, f.Choices):
        yield from (((entry.code,), entry.words) for entry in field.codes)
    else:
        yield _any_value(field), Words("", "")


def _any_value(field: Field) -> Value:
    if isinstance(field, f.Integer | f.Money):
        return 1
    if isinstance(field, f.Decimal | f.Coordinate):
        return Decimal(1)
    if isinstance(field, f.Date):
        return _NOW.date()
    if isinstance(field, f.Time):
        return _NOW.time()
    return _NOW if isinstance(field, f.Timestamp) else "x"


class _Asked:
    """The condition, put to a record with some entries and nothing else."""

    def __init__(self, registry: Registry, kind: Kind, ask: Condition, lines: Lines | None) -> None:
        self._where = Setting(_NOW, registry)
        self._kind, self._ask, self._lines = kind, ask, lines

    def answer(self, given: dict[str, Value]) -> bool | None:
        """Yes or no; None when the question can't be put to so empty a record."""
        status = given.get("")
        record = Record(self._kind.name, "x", status=str(status) if status else None)
        try:
            if self._lines is None:
                record.values = {name: value for name, value in given.items() if name}
                return bool(self._ask(View(self._kind, record, self._where)))
            record.lines = {self._lines.name: [Line("x", dict(given))]}
            return bool(self._ask(View(self._kind, record, self._where).rows(self._lines.name)[0]))
        except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError):
            return None
