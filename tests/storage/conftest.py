"""Real processes on a real data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import place as program

pytest_plugins: list[str] = []


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
def place(tmp_path) -> Path:
    return tmp_path / "data"
