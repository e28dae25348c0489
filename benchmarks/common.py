"""What the benchmarks share: demo data, processes of their own for each side, and the table at the end.

A benchmark's own process stays small and imports nothing of the program: a child would inherit its peak of memory. Each side runs as
`python -m benchmarks.NAME --side SIDE`, prints one line of JSON and ends.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KIND = "streetlight_repair"
ROOT = Path(__file__).resolve().parent.parent
SCRATCH = Path(os.environ.get("PELITA_BENCHMARKS") or Path(tempfile.gettempdir()) / "pelita-benchmarks")
"""Where demo data is kept between runs (a million repairs take about 4 GB), and what the benchmarks write."""


# ---- data


def folder(rows: int) -> Path:
    """The data folder with so many made-up repairs; made at the first time, by the program's own `demo`."""
    place = SCRATCH / f"repairs-{rows}"
    if not place.exists():
        part = place.with_name(f"{place.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        print(f"making {rows:,} repairs in {place} ...", file=sys.stderr)
        base = [sys.executable, "-m", "desktop_app", "--data-dir", str(part)]
        _quiet([*base, "init", "--site", "18.72.04", "--role", "office", "--name", "Kec. Metro Timur"])
        _quiet([*base, "demo", "--records", str(rows), "--kind", KIND])
        part.rename(place)
    return place


def copy_of(rows: int, name: str) -> Path:
    """A copy of that folder to write into; the caller takes it away."""
    place = SCRATCH / name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder(rows), place)
    return place


def _quiet(words: Sequence[str]) -> None:
    subprocess.run(words, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, check=True)


# ---- processes


def environment() -> dict[str, str]:
    """No screen, compiled files kept (in a folder of their own), nothing remembered of the user."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false;default.warning=false",
        "PYTHONPYCACHEPREFIX": str(SCRATCH / "compiled"),
        "HOME": str(SCRATCH),
        "XDG_RUNTIME_DIR": str(SCRATCH),
        "PELITA_BENCHMARKS": str(SCRATCH),
    }


@dataclass(frozen=True)
class Ran:
    """A process that has ended: seconds on the clock and of CPU, peak memory in MB, and what it answered."""

    wall: float
    cpu: float
    peak: float
    answer: dict[str, Any]


def run(words: Sequence[str], *, stdin: str | None = None, out: Path | None = None) -> Ran:
    """Run a program to its end."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    os.sync()  # what was written before is not this one's business
    target = out.open("wb") if out else subprocess.PIPE
    began = time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=target)
    assert process.stdin is not None
    process.stdin.write((stdin or "").encode())
    process.stdin.close()
    said = process.stdout.read().decode() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if out is not None:
        target.close()  # type: ignore[union-attr]
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} ended with {process.returncode}\n{said}")
    lines = said.strip().splitlines()
    answer = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Ran(wall, used.ru_utime + used.ru_stime, answer.get("peak", used.ru_maxrss / 1024), answer)


def side(module: str, name: str, rows: int, *more: str) -> Ran:
    """Run one side of a benchmark."""
    return run([sys.executable, "-m", f"benchmarks.{module}", "--side", name, "--rows", str(rows), *more])


def answer(**told: Any) -> None:
    """The last words of a side."""
    print(json.dumps({"peak": memory("VmHWM"), **told}))


def memory(what: str = "VmRSS") -> float:
    """Resident memory of this process now (`VmRSS`) or at its peak (`VmHWM`), in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(what))


def arguments(words: str | None, rows: int) -> argparse.Namespace:
    """`--rows` and, inside a side, `--side`."""
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--rows", type=int, default=rows, metavar="N", help="how many repairs")
    parser.add_argument("--side", default="", help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=5, metavar="N", help="how often each side is measured")
    parser.add_argument("--brief", action="store_true", help="measure less, where a benchmark takes minutes")
    parser.add_argument("--to", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


# ---- figures


@dataclass(frozen=True)
class Taken:
    """Times of one thing done again and again: seconds on the clock, and CPU seconds of all together."""

    wall: list[float]
    cpu: float

    @property
    def median(self) -> float:
        """The middle one, in seconds."""
        return statistics.median(self.wall)

    @property
    def p99(self) -> float:
        """What only one in a hundred exceeds, in seconds."""
        return sorted(self.wall)[min(len(self.wall) - 1, len(self.wall) * 99 // 100)]

    @classmethod
    def of(cls, answered: Any) -> Taken:
        """From a side's answer."""
        return cls(answered["wall"], answered["cpu"])

    def told(self) -> dict[str, Any]:
        """For a side's answer."""
        return {"wall": self.wall, "cpu": self.cpu}


def taken(work: Callable[[], object], times: int) -> Taken:
    """Do it so many times."""
    walls, cpu = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        work()
        walls.append(time.perf_counter() - began)
    return Taken(walls, time.process_time() - cpu)


def middle(figures: Sequence[float]) -> float:
    """The median."""
    return statistics.median(figures)


def ms(seconds: float) -> str:
    """For reading."""
    return f"{seconds * 1000:,.1f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def tell(
    what: str, ratio: float | None, goal: str, ours: str, theirs: str, n: str | int, more: str = ""
) -> None:
    """One row of the table."""
    number = "" if ratio is None else f"{ratio:.2f}x" if ratio >= 0.1 else f"{ratio:.4f}x"
    print(f"| {what} | {number} | {goal} | {ours} | {theirs} | {n} | {more} |", flush=True)


def head() -> None:
    """The head of the table."""
    print("| what | ratio | goal | Pelita | the other | n | more |")
    print("|---|---|---|---|---|---|---|", flush=True)
