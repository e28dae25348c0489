"""A sample of the ordinary tests under the shipped Python in Wine; all of them: `python -m tests.soak windows`."""

from __future__ import annotations

import re
from pathlib import Path

from tests.windows.conftest import Built
from tests.windows.inside import EXCEPTIONS, Inside
from tests.windows.wine.prefix import Prefix

SAMPLE = (
    "tests/unit/formats",
    "tests/storage/test_saving.py",
    "tests/storage/test_drafts_and_places.py",
    "tests/exchange/package/test_envelope.py",
    "tests/ui/test_first_start.py",
)


def test_a_sample_of_the_ordinary_tests_passes_under_the_shipped_python(
    windows: Prefix, built: Built, build_folder: Path, tmp_path: Path
):
    inside = Inside(windows, built, build_folder / "work", tmp_path / "inside")
    chosen = ["-m", "not heavy and not bench and not postgres and not windows", "--timeout", "600"]
    code, said = inside.pytest(*chosen, *(f"--deselect={one}" for one in EXCEPTIONS), tests=SAMPLE)
    assert code == 0, said[-8000:]
    passed = re.search(r"(\d+) passed", said)
    assert passed, said
    assert int(passed[1]) > 50
