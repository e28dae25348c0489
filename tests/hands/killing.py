"""The window killed while a robot types, and the program started again: what came back is compared with the robot's own log.

Judged is by what the killed process itself has told: which keys were handled, and what stood in the form after each. The robot presses
the next key only when the last one was handled, so that a process that was kept waiting by others loses no more than one that was not.
"""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.hands.keys import strokes
from tests.hands.robot import Plan, process, told
from tests.hands.slips import KINDS, slips
from tests.journeys import city

KEYS_A_SECOND = 10
_ENOUGH_S = 600
_STEADY = (12, 30)
"""So many keys at least and at most are pressed in their time before the kill."""


@dataclass(frozen=True)
class Killed:
    """`lost`: the last keys that did not come back; `seconds`: how long before the process's last sign of life the first of them was
    handled; `field`: where the cursor is again (nothing: there was nothing to go on with).
    """

    keys: int
    lost: int
    seconds: float
    field: str


def killed(ready: Path, folder: Path, seed: int) -> Killed:
    """Type, kill, start again, compare. Raises AssertionError when more than a second is lost or the cursor is elsewhere."""
    chance = random.Random(seed)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ready, folder / "data")
    kind = chance.choice(KINDS)
    first = 0 if slips(kind)[0].pins else chance.randrange(len(slips(kind)) - 1)  # pins are set at the first
    texts = [slip.told["keys"] for slip in slips(kind)[first : first + 2]]
    hurry = chance.randrange(1, sum(len(strokes(text)) for text in texts) - _STEADY[1])
    plan = Plan(
        str(folder / "data"),
        str(folder / "log"),
        ((kind, texts),),
        every=1 / KEYS_A_SECOND,
        patient=True,
        hurry=hurry,
        begun=time.monotonic(),
    )
    until = hurry + chance.randint(*_STEADY)
    typing = process(plan, folder / "plan")
    try:
        _wait(plan, until, typing)
        time.sleep(chance.uniform(0, 1 / KEYS_A_SECOND))
    finally:
        typing.kill()  # SIGKILL: no handler, no flush, no goodbye
        typing.wait()
    log: list[dict[str, Any]] = []
    for line in told(plan):
        if "key" in line:
            if log and line["before"] != log[-1]:
                log[-1]["then"] = line["before"]
            log.append(line)
        elif "after" in line and log:
            log[-1]["then"] = line["after"]
    again = replace(plan, work=(), log=str(folder / "again"))
    return _judged(kind, log, _comes_back(again, folder))


def _wait(plan: Plan, until: int, typing: Any) -> None:
    late = time.monotonic() + _ENOUGH_S
    while sum("key" in line for line in told(plan)) < until:
        assert typing.poll() is None, "the program ended by itself"
        assert time.monotonic() < late, "the robot has stopped typing"
        time.sleep(0.05)


def _comes_back(plan: Plan, folder: Path) -> dict[str, Any]:
    """What the program shows when it is started again; nothing, when there is no draft to go on with."""
    ctx = city.opened(Path(plan.folder))
    try:
        shelf, stored = ctx.drafts.all(), set()
        with ctx.store.reading() as reader:
            stored = {one.uid for one in shelf if reader.get(one.kind, one.uid) is not None}
            records = {row.uid for kind in KINDS for row in reader.find(kind)}
    finally:
        ctx.close()
    if all(one.uid in stored for one in shelf):
        return {"records": records}
    code = process(plan, folder / "plan").wait(_ENOUGH_S)
    [shown, _end] = told(plan)
    assert code == 0
    return {"records": records, **shown}


def _is_so(then: dict[str, Any] | None, back: dict[str, Any]) -> bool:
    return then is not None and (then["uid"], then["stands"]) == (back["uid"], back["stands"])


def _place(then: dict[str, Any]) -> tuple[str, str, str]:
    return then["uid"], then["at_field"], str(then["at_cell"])


def _judged(kind: str, log: list[dict[str, Any]], back: dict[str, Any]) -> Killed:
    if "stands" in back:
        assert "Konsep dipulihkan" in back["lamp"], back["lamp"]
        same = [
            number
            for number, line in enumerate(log)
            if any(_is_so(one, back) for one in (line, line.get("then")))
        ]
        assert same, (kind, back, log[-12:])
        fields = {
            _place(one) for line in log[-KEYS_A_SECOND - 1 :] for one in (line, line.get("then") or line)
        }
        assert _place(back) in fields, (back, fields)
    else:  # the record is stored, or nothing has been typed into the new one yet
        same = [
            number
            for number, line in enumerate(log)
            if (line["safe"] and not line["storing"]) or (line["storing"] and line["uid"] in back["records"])
        ]
        begun = [number for number in same if log[number]["storing"] and not log[number - 1]["storing"]]
        same = [number for number in same if not log[number]["storing"]] + begun
        assert same, (kind, log[-12:])
    last = max(same)
    lost = log[last + 1 :]
    seconds = log[-1]["at"] - lost[0]["at"] if lost else 0.0
    assert len(lost) <= KEYS_A_SECOND, (kind, seconds, [line["key"] for line in lost], back)
    return Killed(len(log), len(lost), seconds, back.get("at_field", ""))
