"""Every refusal is looked at the same way: its case, its sentence, and that it touched nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

import pytest

from desktop_app.exchange.package.guard import LIMITS, Limits
from desktop_app.exchange.package.keys import Keys
from desktop_app.exchange.package.refusing import Refused
from tests.exchange.package import packing
from tests.exchange.package.packing import HEAD, Forged, OnceOnly
from tests.offices import busy, makers

__all__ = ["busy", "makers"]


class Watch:
    """What is opened for writing, made or renamed while it is on, by whatever library."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []

    def __enter__(self) -> Self:
        self.seen.clear()
        self.on = True
        return self

    def __exit__(self, *_wrong: object) -> None:
        self.on = False

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        if not self.on:
            return
        if event in (
            "os.mkdir",
            "os.rename",
            "os.link",
            "os.symlink",
            "tempfile.mkstemp",
            "tempfile.mkdtemp",
        ):
            self.seen.append(f"{event} {args[0]}")
        if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
            self.seen.append(f"open {args[0]} {args[1]}")


@pytest.fixture(scope="session")
def watch() -> Watch:
    found = Watch()
    sys.addaudithook(found.hook)  # for good: Python can't take a hook away
    return found


@pytest.fixture
def work(tmp_path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


Refusing = Callable[..., Refused]


@pytest.fixture
def refused(work, watch) -> Refusing:
    """Take a package that must be refused; the refusal, after everything that holds for all of them was looked at."""

    def take(
        file: Path, *cases: str, keys: Sequence[Keys] = (HEAD,), limits: Limits = LIMITS, rows: bool = False
    ) -> Refused:
        once = OnceOnly(file)

        def read() -> None:
            with packing.opening(once, work, keys, limits) as opened:
                assert rows, "found good"
                for table in opened.tables:
                    list(opened.rows(table))

        with watch, pytest.raises(Refused) as wrong:
            read()
        assert wrong.value.case in cases
        assert once.opened == 1
        assert watch.seen == []
        assert list(work.iterdir()) == []
        words = wrong.value.words
        assert words.id != words.en
        assert all(text[0].isupper() and text.rstrip().endswith(".") for text in words)
        return wrong.value

    return take


@pytest.fixture
def good(tmp_path) -> Path:
    """A bare package with two rows and a photo."""
    file = tmp_path / "good.pelita.zip"
    packing.write(file, photos=[packing.PHOTO], to=())
    return file


@pytest.fixture
def forged(good) -> Forged:
    """The same, taken apart."""
    return Forged.like(good)
