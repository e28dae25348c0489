"""Slips typed by a robot in a process of its own, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.hands.keys import strokes
from tests.hands.robot import Plan, process, told
from tests.hands.slips import KINDS, Slip, slips
from tests.hands.stored import Wrong, differences
from tests.journeys import city

_OVERHEAD = 2
"""Ctrl+N and Esc of each page."""
_ENOUGH_S = 3600


@dataclass(frozen=True)
class Typed:
    """What a robot tells of its keys, how many slips they were, how many keys never came to the window, which records are wrong."""

    keys: list[dict[str, Any]]
    slips: int
    lost: int
    wrong: list[Wrong]


def type_slips(plan: Plan, rounds: Sequence[str], count: int, names: city.Names, folder: Path) -> Typed:
    """Type the first `count` slips of these rounds (ten of a kind each) into the plan's data folder."""
    work: list[tuple[str, list[Slip]]] = []
    for kind in rounds:
        left = count - sum(len(round_) for _, round_ in work)
        work.append((kind, slips(kind)[: max(left, 0)]))
    work = [one for one in work if one[1]]
    seen: set[str] = set()
    texts: list[tuple[str, list[str]]] = []
    for kind, written in work:
        texts.append((kind, [_written(slip, second=kind in seen) for slip in written]))
        seen.add(kind)
    plan = replace(plan, work=texts)
    code = process(plan, folder / "plan").wait(_ENOUGH_S)
    log = told(plan)
    complaints = Path(f"{plan.log}.err").read_text("utf-8")
    assert (code, "Traceback" in complaints, log[-1]) == (0, False, {"end": True}), complaints
    keys = [line for line in log if "key" in line]
    pressed = [strokes(text) for _, one in texts for text in one]
    due = sum(len(one) for one in pressed) + _OVERHEAD * len(texts)
    optional = sum(stroke.is_again for one in pressed for stroke in one)
    stored = {
        kind: iter([line["stored"] for line in log if "stored" in line and line["kind"] == kind])
        for kind in KINDS
    }
    ctx = city.opened(Path(plan.folder))
    try:
        wrong = []
        for kind, written in work:
            pairs = [(slip, uid) for slip in written if (uid := next(stored[kind], None)) is not None]
            missing = [(slip.number, "", "stored", "not stored") for slip in written[len(pairs) :]]
            wrong += missing + differences(ctx, names, kind, pairs, folder)
    finally:
        ctx.close()
    lost = due - optional - sum(key["key"] != "again" for key in keys)
    return Typed(keys, sum(len(one) for _, one in work), lost, wrong)


def _written(slip: Slip, *, second: bool) -> str:
    """A slip typed a second time is warned about (its lamp has an open report by then): that is read, and let through."""
    written: str = slip.told["keys"]
    return f"{written}<again>" if second and not written.endswith("<again>") else written
