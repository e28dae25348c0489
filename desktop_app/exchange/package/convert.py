"""Rows of an older program made into rows of this one: pure functions by schema revision, which keep every stamp.

A column that was added needs no step: what the older program doesn't send says nothing. A step is for what changed its meaning
or its name: it gets a table as the older revision wrote it and gives it as the next one would have. Values may change their form,
never `uid`, `born` or which groups `field_stamps` names (a group that was renamed is renamed there too).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple


class Content(NamedTuple):
    """A table on its way: its columns, their merge groups ("" carried along) and its rows."""

    part_name: str
    columns: tuple[str, ...]
    groups: Mapping[str, str]
    rows: Iterable[Sequence[str | None]]


class Step(NamedTuple):
    """From one schema revision to a later one."""

    since: str
    to: str
    convert: Callable[[Content], Content]


STEPS: tuple[Step, ...] = ()
"""All steps; each revision is the beginning of one at most. So far no revision has changed what a column means."""


def converted(content: Content, schema: str, steps: Sequence[Step] = STEPS) -> Content:
    """A table of that revision as the newest one has it; unchanged where there is no step."""
    by_revision = {step.since: step for step in steps}
    while step := by_revision.pop(schema, None):
        content, schema = step.convert(content), step.to
    return content
