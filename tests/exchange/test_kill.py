"""The power goes at any moment of sending and receiving, or the disk is full: done again, everything is as if nothing had been."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.core.errors import KnownError
from desktop_app.services import sending
from tests.exchange import killing
from tests.exchange.killing import Prepared
from tests.exchange.world import Site, World

pytestmark = pytest.mark.heavy
_TIMES = 10


@pytest.fixture(scope="module")
def ready(tmp_path_factory) -> Prepared:
    return killing.prepared(tmp_path_factory.mktemp("ready"))


@pytest.mark.parametrize("seed", range(_TIMES))
@pytest.mark.parametrize("deed", ["send", "receive"])
def test_killed_at_any_moment_and_done_again(ready, tmp_path, deed, seed):
    killing.killed(ready, tmp_path / "copy", deed, seed)


# ---- the disk is full


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Callable[[int], Path]]:
    """A disk of so many kilobytes; called again, it has that size from then on."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = False

    def of_size(kilobytes: int) -> Path:
        nonlocal mounted
        options = f"{'remount,' if mounted else ''}size={kilobytes}k"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip(f"this computer lets nobody mount a disk: {done.stderr.decode().strip()}")
        mounted = True
        return folder

    yield of_size
    if mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)


def kilobytes(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) // 1024


@pytest.fixture
def world(tmp_path) -> Iterator[World]:
    made = World.settled(tmp_path / "world")
    yield made
    made.close()


def move(site: Site, to: Path) -> None:
    site.close()
    target = to / site.folder.name
    shutil.copytree(site.folder, target)
    site.folder = target


def test_the_stick_is_full(world, small_disk):
    office = world.offices[0]
    office.load(2_000)
    stick = small_disk(40)
    with pytest.raises(KnownError, match="penuh"):
        sending.send(office.ctx, stick)
    assert list(stick.iterdir()) == []
    assert office.head().last_out == sending.sent(office.ctx)[0].pid
    small_disk(4_000)
    sent = sending.send(office.ctx, stick)
    (got,) = world.receive(world.head, *sent.files)
    assert got.acknowledged
    world.heal()
    world.check()


def test_the_disk_is_full_while_merging(world, small_disk):
    office = world.offices[0]
    office.load(2_000)
    files = world.send(office).files
    world.head.close()
    size = kilobytes(world.head.folder)
    move(world.head, small_disk(size + 700))
    before = world.head.rows()
    (got,) = world.receive(world.head, *files)
    assert (got.state, "penuh" in got.problem.id) == ("refused", True)
    assert world.head.rows() == before
    small_disk(size + 30_000)
    (got,) = world.receive(world.head, *files)
    assert (got.state, got.acknowledged) == ("merged", True)
    world.heal()
    world.check()


def test_the_disk_is_full_where_the_package_is_entered(world, small_disk, tmp_path):
    office = world.offices[0]
    office.load(50)
    office.close()
    size = kilobytes(office.folder)
    disk = small_disk(size + 2_000)
    move(office, disk)
    assert office.rows()
    filler = disk / "filler"
    out = tmp_path / "out"
    out.mkdir()
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    with pytest.raises(KnownError, match="penuh"):
        sending.send(office.ctx, out)
    assert list(out.iterdir()) == []
    filler.unlink()
    small_disk(size + 8_000)
    (got,) = world.receive(world.head, *sending.send(office.ctx, out).files)
    assert got.acknowledged
    world.heal()
    world.check()
