"""How a field looks in its editor: its width, its side, what explains it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core import fields as f
from desktop_app.core.fields import Field, Value
from desktop_app.core.spec import Lines, Section
from desktop_app.core.values import leaf


def width_units(field: f.Field) -> int:
    """The editor's width in units u (look.md 5 "width by content"); 0 = all there is."""
    like = leaf(field)
    lock = 6 if isinstance(field, f.Computed) else 0
    if isinstance(like, f.Date):
        return 34
    if isinstance(like, f.Time):
        return 16 + lock
    if isinstance(like, f.Timestamp):
        return 44 + lock
    if isinstance(like, f.YesNo):
        return 24
    if isinstance(like, f.Integer | f.Decimal):
        return 18 + (lock * 2)
    if isinstance(like, f.Money):
        return 40
    if isinstance(like, f.Coordinate):
        return 36
    if isinstance(like, f.Text) and not like.multiline and like.max_len <= 20 and not lock:
        return max(14, round(like.max_len * 2.1) + 8)
    return 0


def is_number(field: f.Field) -> bool:
    """Numbers stand at the right edge of their editor."""
    return isinstance(leaf(field), f.Integer | f.Decimal | f.Money)


def needs_word(field: f.Field, line: Sequence[f.Field]) -> bool:
    """Whether a field that stands beside others is not understood without its label once it is filled (RT 003 RW 005).

    A time is said in one breath with its date, a number with a unit is told by it unless another one of the line has the same.
    """
    like = leaf(field)
    if isinstance(like, f.Time) or width_units(field) == 0:
        return False
    unit = unit_of(field)
    return not unit or sum(unit_of(one) == unit for one in line) > 1


def unit_of(field: f.Field) -> str:
    """The word behind the editor; derived figures carry theirs in the text."""
    unit = getattr(field, "unit", None)
    return unit.say() if unit is not None else ""


def value_of(field: f.Field, picked: Value) -> Value:
    """What a pick means for the field: yes/no is picked like a code."""
    return picked == "true" if isinstance(field, f.YesNo) else picked


def is_wide_column(field: f.Field, lines: Lines) -> bool:
    """Whether a column of a grid takes what is left over: names and long texts."""
    like = leaf(field)
    return (
        isinstance(like, f.Reference)
        or field.name == lines.key
        or (isinstance(like, f.Text) and like.max_len > 40)
    )


def column_units(field: f.Field, lines: Lines) -> int:
    """The least width of a column in u."""
    if is_wide_column(field, lines):
        return 46
    return 13 if isinstance(leaf(field), f.YesNo) else 15


Part = tuple[Field, ...] | Lines


def parts_of(section: Section) -> list[Part]:
    """The section's content as lines of the form: fields said in one breath stand together, hidden ones nowhere."""
    found: list[Part] = []
    for part in section.content:
        if isinstance(part, Lines):
            found.append(part)
        elif part.hidden:
            continue
        elif part.beside and found and isinstance(found[-1], tuple):
            found[-1] = (*found[-1], part)
        else:
            found.append((part,))
    return found
