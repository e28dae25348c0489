"""The window as a process: drawn into a file from outside (tests/hands kills one while somebody types)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.journeys import city

ROOT = Path(__file__).parents[2]
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def shot(folder: Path, file: Path, *more: str) -> QImage:
    """What `--shot` draws; the process must end by itself, without a word."""
    command = [sys.executable, "-m", "desktop_app", "--data-dir", str(folder), "--shot", str(file), *more]
    ended = subprocess.run(command, env=ENV, cwd=folder.parent, capture_output=True, timeout=60, check=False)
    said = [line for line in ended.stderr.decode().splitlines() if "propagateSizeHints" not in line]
    assert (ended.returncode, ended.stdout, said) == (0, b"", [])
    return QImage(str(file))


def colours(image: QImage) -> int:
    """How many different colours a picture has, looked at on a grid."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


@pytest.fixture
def folder(books: tuple[Path, city.Names], tmp_path: Path) -> Path:
    shutil.copytree(books[0], tmp_path / "office")
    return tmp_path / "office"


def test_a_picture_of_a_page_is_drawn_and_the_program_ends(folder: Path, tmp_path: Path, qapp):
    before = sorted(path.name for path in folder.rglob("*") if path.suffix == ".db")
    light = shot(folder, tmp_path / "light.png", "--page", "light_point", "--size", "1366x768", "--no-dark")
    dark = shot(
        folder, tmp_path / "new" / "dark.png", "--page", "light_point", "--size", "1024x600", "--dark"
    )
    assert (light.width(), light.height()) == (1366, 768)
    assert (dark.width(), dark.height()) == (1024, 600)
    assert colours(light) > 50
    assert light.pixelColor(900, 600).lightness() > 200
    assert dark.pixelColor(700, 450).lightness() < 80
    list_of_six = shot(folder, tmp_path / "again.png", "--page", "light_point", "--no-dark")
    another = shot(folder, tmp_path / "crew.png", "--page", "crew", "--no-dark")
    # The first row is marked as the one with the cursor when the keyboard is given to the list in time.
    below = light.rect().adjusted(0, 200, 0, 0)
    assert list_of_six.copy(below) == light.copy(below), "the same page twice is the same picture"
    assert another != light
    assert sorted(path.name for path in folder.rglob("*") if path.suffix == ".db") == before


def test_the_first_start_is_drawn_too_and_makes_no_data(tmp_path: Path, qapp):
    image = shot(tmp_path / "fresh", tmp_path / "first.png")
    assert colours(image) > 20
    assert not list((tmp_path / "fresh").glob("*.db"))
