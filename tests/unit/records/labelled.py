"""Sixty pairs of records with what they are in truth (tests/data/doubles.json): the same thing entered twice, or two things.

Every third one was kept out while the judges were made to fit.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop_app.core import values
from desktop_app.core.resembling import Facts, Likeness
from desktop_app.records.doubles import PLANS
from desktop_app.records.registry import REGISTRY

_FILE = Path(__file__).resolve().parents[2] / "data" / "doubles.json"
_ZONE = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Labelled:
    number: int
    kind: str
    about: str
    double: bool
    one: Facts
    other: Facts

    @property
    def kept_out(self) -> bool:
        return self.number % 3 == 0

    def judged(self, *, other_way: bool = False) -> Likeness | None:
        one, other = (self.one, self.other) if not other_way else (self.other, self.one)
        return PLANS[self.kind].judge(one, other)


def facts(kind: str, given: dict[str, Any], uid: str) -> Facts:
    declared = REGISTRY[kind]
    start = declared.life_cycle.start if declared.life_cycle else None
    typed = {name: text for name, text in given.items() if name not in ("status", "uid")}
    read = {name: values.from_text(declared.by_name[name], text) for name, text in typed.items()}
    return Facts(given.get("uid", uid), read, given.get("status", start), _ZONE)


def labelled() -> list[Labelled]:
    return [
        Labelled(
            one["n"],
            one["kind"],
            one["about"],
            one["double"],
            facts(one["kind"], one["both"] | one["a"], "one"),
            facts(one["kind"], one["both"] | one["b"], "other"),
        )
        for one in json.loads(_FILE.read_text(encoding="utf-8"))
    ]


def figures(pairs: list[Labelled]) -> tuple[float, float]:
    """Precision and recall."""
    said = [pair for pair in pairs if pair.judged() is not None]
    right = sum(pair.double for pair in said)
    return right / len(said), right / sum(pair.double for pair in pairs)
