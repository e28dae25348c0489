"""The ordinary tests (core, storage, exchange, window) under the shipped Windows Python in Wine: hours.

Only the exceptions of docs/windows.md may fail. A process for each file, which says at once how it went; one that dies or hangs in a test is
begun again behind that test. `PELITA_WINDOWS_TESTS="tests/unit tests/ui/form"` runs a part, `PELITA_WINDOWS_BUILD` takes a build that is there.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.windows.conftest import ROOT, build
from tests.windows.inside import EXCEPTIONS, Inside
from tests.windows.wine.prefix import Prefix

WHOLE = ("tests/unit", "tests/storage", "tests/exchange", "tests/ui")
_WHICH = "not heavy and not bench and not postgres and not windows"
_CHOSEN = ("-m", _WHICH, "-v", "--tb=short", "--timeout", "900")
_RESULT = re.compile(r"^(tests/\S+::.+?) (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b", re.MULTILINE)
_BEGUN = re.compile(r"^(tests/\S+?::\S+)", re.MULTILINE)
_END = re.compile(r"^=+ (.*) in [\d.]+s.*=+$", re.MULTILINE)
_COUNT = re.compile(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed)")
_NOTHING = 5  # pytest's exit code when nothing of a file is chosen
_TAIL = 12_000  # characters of what a failing file printed


def files(chosen: Sequence[str]) -> list[str]:
    """The files of tests below the chosen folders, or those named."""
    found: list[str] = []
    for name in chosen:
        path = ROOT / name.partition("::")[0]
        inside = sorted(path.rglob("test_*.py")) if path.is_dir() else []
        found += [one.relative_to(ROOT).as_posix() for one in inside] or [name]
    return found


def one_file(inside: Inside, file: str) -> Counter[str]:
    """Run a file to its end, whatever dies on the way; how many ended how. Prints what failed."""
    counts: Counter[str] = Counter()
    done: list[str] = []
    while True:
        leave = [f"--deselect={one}" for one in (*EXCEPTIONS, *done)]
        code, said = inside.pytest(*_CHOSEN, *leave, tests=[file])
        results = _RESULT.findall(said)
        ended = _END.findall(said)
        if ended:  # its own sums: a line of a result may be broken by what Wine says in between
            counts.update({kind: int(number) for number, kind in _COUNT.findall(ended[-1])})
        else:
            counts.update(kind.lower() for _, kind in results)
        if code in {0, _NOTHING}:
            return counts
        print(said[-_TAIL:], flush=True)
        if ended:
            if not counts["failed"] + counts["error"]:
                counts["died"] += 1
            return counts
        begun = [one for one in _BEGUN.findall(said) if one not in {name for name, _ in results}]
        counts["died"] += 1
        if not begun or begun[-1] in done:
            print(f"{file}: died with exit code {code} and can't go on", flush=True)
            return counts
        print(f"{file}: died with exit code {code} in {begun[-1]}", flush=True)
        done += [*(name for name, _ in results), begun[-1]]


def run(_count: int = 1) -> None:
    """Build (or take the build that is kept), then run file after file."""
    chosen = os.environ.get("PELITA_WINDOWS_TESTS", "").split() or WHOLE
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(os.environ.get("PELITA_WINDOWS_BUILD") or Path(folder) / "build")
        built = build(kept)
        prefix = Prefix(Path(folder) / "prefix")
        prefix.make()
        inside = Inside(prefix, built, kept / "work", Path(folder) / "inside")
        for file in files(chosen):
            begun = time.monotonic()
            counts = one_file(inside, file)
            total += counts
            said = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing to run"
            print(f"{file}: {said}, {time.monotonic() - begun:.0f} s", flush=True)
        prefix.end()
    print("all: " + ", ".join(f"{count} {kind}" for kind, count in sorted(total.items())), flush=True)
    if total["failed"] + total["error"] + total["died"]:
        sys.exit(1)
