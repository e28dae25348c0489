"""Long work stopped at half from outside (Ctrl+C in a console): one sentence, and everything is as it was before."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.journeys import city
from tests.services.test_upkeep import everything

pty = pytest.importorskip("pty", exc_type=ImportError)  # not on Windows

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


class Console:
    """A terminal of its own for what a command tells while it works; where a computer has none to give, a pipe, on which it tells less."""

    def __init__(self) -> None:
        try:
            self._here, self.there = pty.openpty()
        except OSError:
            self._here, self.there = os.pipe()
        os.set_blocking(self._here, False)
        self._told = b""

    def told(self) -> str:
        """All that was written on it so far; on a terminal a later figure stands over the former one."""
        with suppress(OSError):  # there is nothing to read, or nobody writes any more
            while more := os.read(self._here, 65536):
                self._told += more
        return self._told.decode()

    def left(self) -> str:
        """The line that stands there in the end."""
        return self.told().strip().splitlines()[-1].rpartition("\x1b[K")[2]

    def close(self) -> None:
        for end in (self._here, self.there):
            os.close(end)


@pytest.fixture
def console() -> Iterator[Console]:
    one = Console()
    yield one
    one.close()


def stopped(
    console: Console,
    folder: Path,
    half_way: Callable[[], bool],
    *words: str,
    how: signal.Signals = signal.SIGINT,
) -> int:
    """Begin a command at the console, wait until it is under way, stop it: the exit code."""
    # Begun in the background by a shell, the tests have Ctrl+C ignored, and what they start would have it, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "desktop_app", "--data-dir", str(folder), "--person", "Sri", *words]
    process = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=console.there,
    )
    while not half_way():
        assert process.poll() is None, f"it was over before: {console.told()}"
        time.sleep(0.002)  # nothing tells when a file of another process has grown
    process.send_signal(how)
    while process.poll() is None:
        console.told()  # read, or it would wait for the reader
        time.sleep(0.002)
    assert process.stdout is not None
    with process.stdout as out:
        assert out.read() == b""
    return process.returncode


def test_made_up_records_stopped_at_half(console: Console, folder: Path):
    before = contents(folder)

    def some_are_in() -> bool:
        return bool(re.search(r"[1-9][0-9.]* / 60\.000", console.told())) or megabytes(folder)

    assert stopped(console, folder, some_are_in, "demo", "--records", "60000") == 1
    assert console.left() == SAID
    assert contents(folder) == before


def megabytes(folder: Path) -> bool:
    """Whether much is written already, of which nothing may be left."""
    log = folder / "pelita.db-wal"
    return log.exists() and log.stat().st_size > 2_000_000


@pytest.mark.heavy
@pytest.mark.parametrize("how", ["SIGINT", "SIGKILL"])
def test_made_up_records_stopped_when_megabytes_are_written(console: Console, folder: Path, how):
    before = contents(folder)
    code = stopped(
        console, folder, lambda: megabytes(folder), "demo", "--records", "60000", how=signal.Signals[how]
    )
    if how == "SIGINT":
        assert code == 1
        assert console.left() == SAID
    else:
        assert code == -signal.Signals[how]
    assert contents(folder) == before


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_stopped_at_half(console: Console, folder: Path, tmp_path: Path, name):
    ctx = city.opened(folder)
    from desktop_app.services import demo

    demo.fill(ctx, 12_000, kind="streetlight_repair")
    ctx.close()
    before = contents(folder)

    def begun() -> bool:
        return any(".part" in path.name for path in tmp_path.iterdir())

    assert stopped(console, folder, begun, "export", "streetlight_repair", "--out", str(tmp_path / name)) == 1
    assert console.left() == SAID
    assert sorted(path.name for path in tmp_path.iterdir()) == ["office"]
    assert contents(folder) == before
