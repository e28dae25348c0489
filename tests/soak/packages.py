"""Spoilt packages by the thousand, each time others: none may do harm."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

from tests.exchange.package.mutating import Nursery

DEFAULT = 20_000


def run(count: int = DEFAULT) -> None:
    """Make and judge `count` mutants; prints what became of them, and the seed with which the run can be repeated."""
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="pelita-soak-") as folder:
        found = Nursery(seed, Path(folder)).run(count)
    for case, times in found.most_common():
        print(f"{times:7} {case}")
