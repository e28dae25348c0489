"""The slips of tests/data, what a clerk presses for each of them, and the least that anybody could press.

The least: the characters of the values as they stand on the slip, of choices (code lists, other records) only the shortest beginning
that nothing else has, and one key to get on from each field. What a pin brings along counts on neither side.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core.query import Query
from desktop_app.services.context import AppContext
from desktop_app.ui.form.editors import YES_NO
from tests.hands.keys import Stroke, strokes

FOLDER = Path(__file__).parent.parent / "data" / "slips"
KINDS = ("streetlight_repair", "park_work", "burial")


@dataclass(frozen=True)
class Slip:
    """One slip: `number` in its file, what stands on it (`told`), and the keys with which it is typed after the one before."""

    kind: str
    number: int
    told: Mapping[str, Any]
    defaults: Mapping[str, str]
    pins: frozenset[str]

    @property
    def strokes(self) -> list[Stroke]:
        """The presses, one by one."""
        return strokes(self.told["keys"])

    @property
    def typed(self) -> Mapping[str, str]:
        """Field by field, as on the paper."""
        return self.told["typed"]

    @property
    def lines(self) -> Mapping[str, list[Mapping[str, str]]]:
        """Line by line, cell by cell."""
        return self.told.get("lines", {})

    def stored(self, name: str) -> str:
        """What must stand in this field of the canonical file."""
        return {**self.defaults, **self.told["csv"]}.get(name, "")


def slips(kind: str) -> list[Slip]:
    """The ten slips of a kind, in the order in which they are typed."""
    told = json.loads((FOLDER / f"{kind}.json").read_text("utf-8"))
    pins = frozenset(told.get("pins", ()))
    return [Slip(kind, number, one, told["defaults"], pins) for number, one in enumerate(told["slips"], 1)]


def least(ctx: AppContext, slip: Slip, before: Slip | None) -> int:
    """The bare minimum of keys for a slip, typed after the slip `before`."""
    kind = ctx.kind(slip.kind)
    carried = {
        name for name in slip.pins if before is not None and before.stored(name) == slip.stored(name) != ""
    }
    fields = [
        (kind.by_name[name], text, slip.stored(name))
        for name, text in slip.typed.items()
        if name not in carried
    ]
    cells = [
        (kind.lines_by_name[lines].by_name[name], text, stored.get(name, ""))
        for lines, rows in slip.lines.items()
        for row, stored in zip(rows, slip.told["csv_lines"][lines], strict=True)
        for name, text in row.items()
    ]
    return sum(_letters(ctx, *one) + 1 for one in [*fields, *cells])


def _letters(ctx: AppContext, field: f.Field, text: str, stored: str) -> int:
    """The characters of one value: of a choice, its shortest beginning that no other entry has."""
    whole = text.strip()
    if isinstance(field, f.Choices):
        return len(whole.split("|"))  # a tick each
    if isinstance(field, f.Choice | f.YesNo):
        codes = field.codes if isinstance(field, f.Choice) else YES_NO
        return _beginning(whole, {code.code: code.words.say() for code in codes}, stored)
    if isinstance(field, f.Reference):
        names = _titles(ctx, field.kind)
        meant = stored if stored in names else next(uid for uid in names if stored[1:] in names[uid])
        return _beginning(whole, names, meant)
    return len(whole)


def _beginning(text: str, names: Mapping[str, str], meant: str) -> int:
    """The least letters that mean this one of the names: of the name itself, or of a word in it as the slip has it."""
    known = [name.casefold() for name in names.values()]
    name, slip = names[meant].casefold(), text.casefold()
    of_name = (
        count for count in range(1, len(name) + 1) if sum(one.startswith(name[:count]) for one in known) == 1
    )
    of_slip = (
        count
        for count in range(1, len(slip) + 1)
        if [one for one in known if f" {slip[:count]}" in f" {one}"] == [name]
    )
    return min(next(of_name, len(name)), next(of_slip, len(slip)), len(slip))


def _titles(ctx: AppContext, kind: str) -> dict[str, str]:
    with ctx.store.reading() as reader:
        return reader.titles(kind, [row.uid for row in reader.first(Query(kind), 1000)])
