"""An office sends (or headquarters receives) in a process of its own, which is killed at some moment; then it is done again.

Whatever the moment, the end must be the one that comes about without any interruption.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Literal, NamedTuple, Self

from desktop_app import place as program
from desktop_app.services import receiving, sending
from tests.exchange.world import TEMPLATES, Site, World, templates

Deed = Literal["send", "receive"]
_ROWS = 2_000
_OUT, _IN = "out", "in"


class Prepared(NamedTuple):
    """A world with much to send; how long the undisturbed deed takes (seconds), and what headquarters holds at the end."""

    folder: Path
    seconds: dict[Deed, float]
    rows: dict[tuple[str, str], dict[str, str]]


def prepared(folder: Path) -> Prepared:
    """Make the world and let the deeds happen once without harm."""
    world = World(folder / "world", codes="A")
    (office,) = world.offices
    office.load(_ROWS)
    office.edit(office.create("one more"), "b", "written twice")
    package = world.send(office)
    (folder / "world" / _IN).mkdir()
    shutil.copy(package.files[0], folder / "world" / _IN)
    shutil.rmtree(world.post)
    world.post.mkdir()
    world.close()
    seconds: dict[Deed, float] = {}
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for deed in ("send", "receive"):
        with _Copy(folder / "world", folder / deed) as copy:
            process = copy.begin(deed)
            begun = time.perf_counter()
            process.communicate(timeout=60)
            seconds[deed] = time.perf_counter() - begun
            assert process.returncode == 0
            rows = copy.world.head.rows()
    return Prepared(folder / "world", seconds, rows)


def killed(ready: Prepared, folder: Path, deed: Deed, seed: int) -> float:
    """Kill the deed at a moment that the seed says, do it again, let everybody exchange, and look; the moment as a share of the deed."""
    share = random.Random(f"{deed} {seed}").random() * 1.1
    with _Copy(ready.folder, folder) as copy:
        process = copy.begin(deed)
        time.sleep(share * ready.seconds[deed])
        process.kill()
        process.communicate()
        world = copy.world
        (office,) = world.offices
        if deed == "send":
            sending.send(office.ctx, copy.folder / _OUT)
            left = [one.name for one in (copy.folder / _OUT).iterdir() if one.suffix == ".part"]
            assert not left or not any(_entered(office, name) for name in left), left
            packages = [one for one in (copy.folder / _OUT).iterdir() if one.suffix == ".pelita"]
            told = world.receive(world.head, *packages)
        else:
            told = world.receive(world.head, copy.folder / _IN)
        assert {one.state for one in told} <= {"merged", "same"}, told
        assert any(one.acknowledged for one in told)
        assert world.head.rows() == ready.rows
        world.heal()
        world.check()
        assert world.head.rows() == ready.rows
    return share


def _entered(office: Site, name: str) -> bool:
    return any(one.file == name.removesuffix(".part") for one in sending.sent(office.ctx))


class _Copy:
    """A copy of the prepared world."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(original, folder)
        (folder / _OUT).mkdir()
        self.world = World.__new__(World)
        self.world.time = dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC)
        self.world.folder, self.world.post, self.world._made = folder, folder / "post", 9
        (head,) = folder.glob("*-18.72")
        (office,) = folder.glob("*-18.72.01")
        self.world.head, self.world.offices = (
            Site(self.world, "18.72", head),
            [Site(self.world, "18.72.01", office)],
        )
        self.world.sites = [self.world.head, *self.world.offices]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_wrong: object) -> None:
        self.world.close()
        shutil.rmtree(self.folder)

    def begin(self, deed: Deed) -> subprocess.Popen[str]:
        """A process that is about to do it; when this returns, it has begun."""
        here = str(program.program_folder())
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.exchange.killing", deed, str(self.folder)],
            cwd=here,
            env={**os.environ, "PYTHONPATH": here, TEMPLATES: str(templates())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        return process


def _main(deed: str, folder: Path) -> None:
    """What the other process does."""
    world = SimpleNamespace(time=dt.datetime(2026, 3, 2, 5, 0, tzinfo=dt.UTC), server=None)
    code = "18.72.01" if deed == "send" else "18.72"
    (place,) = folder.glob(f"*-{code}")
    site = Site(world, code, place)  # type: ignore[arg-type]
    ctx = site.ctx
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if deed == "send":
        sending.send(ctx, folder / _OUT)
    else:
        receiving.receive(ctx, [folder / _IN])


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
