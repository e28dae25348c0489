"""What a draft keeps of the texts that were typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from desktop_app.core.fields import Value
from desktop_app.core.words import Words

Place = tuple[str, str, str]
"""Where a text stands: (lines name, line uid, field name); the first two are empty for the record's own fields."""


class Typed(NamedTuple):
    """What was made of one typed text. `offer` is another reading: what to say, and the values that it sets."""

    text: str
    complaint: Words | None = None
    hint: Words | None = None
    doubts: tuple[Words, ...] = ()
    offer: tuple[Words, Mapping[str, Value]] | None = None


class LinesState(NamedTuple):
    """The lines under one name at one moment, to go back to."""

    rows: tuple[tuple[str, Mapping[str, Value]], ...]
    typed: Mapping[Place, Typed]


class Spot(NamedTuple):
    """Where the cursor stands in a form: a field (with `line` and `cell`: that cell of these lines), before which letter."""

    field: str = ""
    line: str = ""
    cell: str = ""
    caret: int = -1


NOWHERE = Spot()
