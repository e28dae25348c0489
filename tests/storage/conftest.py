"""Real processes on a real data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import place as program
from tests.unit.storage.conftest import base, empty_base, migrations, module_store, other_store, place, store

__all__ = ["base", "empty_base", "migrations", "module_store", "other_store", "place", "store"]


@pytest.fixture
def run(tmp_path):
    """Start a Python process of the program's with some code; it is ended with the test."""
    started: list[subprocess.Popen] = []

    def start(code: str, *prefix: str) -> subprocess.Popen:
        file = tmp_path / f"process{len(started)}.py"
        file.write_text(code, "utf-8")
        process = subprocess.Popen(
            [*prefix, sys.executable, str(file)],
            cwd=program.program_folder(),
            env={"PYTHONPATH": str(program.program_folder()), "PATH": "/usr/bin:/bin"},
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def new_place(tmp_path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"
