"""Fifty slips in a row by a robot at the real window, a key every tenth of a second (tests/hands/test_robot.py has a few, faster)."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from tests.hands.robot import Plan
from tests.hands.typing import Typed, type_slips
from tests.journeys import city

_ROUNDS = ("streetlight_repair", "park_work", "burial", "streetlight_repair", "park_work")


def run(count: int = 50) -> None:
    """`count` slips; prints what their keys had to wait for. Nothing may be lost, every record must be as its slip."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="pelita-robot-") as name:
        folder = Path(name)
        names = city.build(folder / "data")
        plan = Plan(str(folder / "data"), str(folder / "log"), (), begun=time.monotonic())
        told = type_slips(plan, _ROUNDS, count, names, folder)
        print(
            f"{told.slips} slips, {len(told.keys)} keys in {time.perf_counter() - began:.0f} s, {os.cpu_count()} cores, "
            f"load {os.getloadavg()[0]:.1f}"
        )
        print(f"keys lost: {told.lost}; records not as their slips: {told.wrong or 'none'}")
        _print("a key until it was handled, the window's CPU time", told, "lag")
        _print("the longest turn of the event loop between two keys, CPU time", told, "turn")
        _print("a key until it was handled, by the clock", told, "wall")
        if told.lost or told.wrong:
            raise SystemExit(1)


def _print(words: str, told: Typed, what: str) -> None:
    found = sorted(((key[what] * 1000, number) for number, key in enumerate(told.keys)), reverse=True)
    half, most = found[len(found) // 2][0], found[len(found) // 100][0]
    at = ", ".join(f"{ms:.1f} at key {number} ({told.keys[number]['key']})" for ms, number in found[:3])
    above = sum(ms > 50 for ms, _ in found)
    print(f"{words}: median {half:.1f} ms, p99 {most:.1f} ms, longest {at}; above 50 ms: {above}")
