"""Long work stopped at half from outside (Ctrl+C in a console): one sentence, and everything is as it was before."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys import city
from tests.services.test_upkeep import everything

ROOT = Path(__file__).parents[2]
SAID = "Dihentikan. Tidak ada yang berubah."

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="a console's Ctrl+C can't be sent to one process there"
)


@pytest.fixture
def folder(books: tuple[Path, city.Names], tmp_path: Path) -> Path:
    shutil.copytree(books[0], tmp_path / "office")
    return tmp_path / "office"


def contents(folder: Path) -> str:
    """The canonical export of everything, as one hash."""
    ctx = city.opened(folder)
    try:
        return everything(ctx)
    finally:
        ctx.close()


def stopped(
    folder: Path, half_way: Callable[[], bool], *words: str, how: signal.Signals = signal.SIGINT
) -> tuple[int, str]:
    """Begin a command, wait until it is under way, stop it: exit code and what it said."""
    command = [sys.executable, "-m", "desktop_app", "--data-dir", str(folder), "--person", "Sri", *words]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=folder.parent, stdout=-1, stderr=-1
    )
    until = time.monotonic() + 60
    while not half_way():
        assert process.poll() is None, f"it was over before: {process.communicate()}"
        assert time.monotonic() < until
        time.sleep(0.002)  # nothing tells when a file of another process has grown
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    assert out == b""
    return process.returncode, err.decode().strip()


@pytest.mark.parametrize("how", ["SIGINT", pytest.param("SIGKILL", marks=pytest.mark.heavy)])
def test_made_up_records_stopped_at_half(folder: Path, how):
    before = contents(folder)
    log = folder / "pelita.db-wal"

    def written() -> bool:
        return log.exists() and log.stat().st_size > 2_000_000

    code, said = stopped(folder, written, "demo", "--records", "60000", how=signal.Signals[how])
    if how == "SIGINT":
        assert (code, said.splitlines()[-1]) == (1, SAID)
    else:
        assert code == -signal.Signals[how]
    assert contents(folder) == before


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_stopped_at_half(folder: Path, tmp_path: Path, name):
    ctx = city.opened(folder)
    from desktop_app.services import demo

    demo.fill(ctx, 12_000, kind="streetlight_repair")
    ctx.close()
    before = contents(folder)

    def begun() -> bool:
        return any(".part" in path.name for path in tmp_path.iterdir())

    code, said = stopped(folder, begun, "export", "streetlight_repair", "--out", str(tmp_path / name))
    assert (code, said) == (1, SAID)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office"]
    assert contents(folder) == before
