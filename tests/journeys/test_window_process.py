"""The window as a process: drawn into a file from outside, killed while somebody types, and opened again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop_app import bootstrap
from desktop_app.services import drafts
from desktop_app.ui.app import App, Options
from desktop_app.ui.form.record_view import RecordView
from tests.journeys import city
from tests.ui.front import to_front

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


def test_what_was_typed_up_to_a_second_before_a_kill_is_offered_again(folder: Path, qapp, qtbot):
    command = [sys.executable, "-m", "tests.journeys.typing_clerk", str(folder)]
    process = subprocess.Popen(command, env=ENV, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    typed: list[tuple[float, str]] = []
    while not typed or typed[-1][0] - typed[0][0] < 2.5:
        line = process.stdout.readline().decode()
        assert line, "the program ended by itself"
        at, _, text = line.rstrip("\n").partition("\t")
        typed.append((float(at), text))
    process.kill()  # SIGKILL: no handler, no flush, no goodbye
    killed = time.monotonic()
    process.wait()
    for line in process.stdout.read().decode().splitlines():
        at, _, text = line.partition("\t")
        typed.append((float(at), text))
    process.stdout.close()
    a_second_before = [text for at, text in typed if at < killed - 1.0][-1]
    assert len(a_second_before) > 20

    ctx, lock = bootstrap.open_for_window(folder, person="Sri Wahyuni")
    program = App(qapp, lambda _folder: ctx, Options(folder))
    try:
        program.start()
        qtbot.waitUntil(lambda: program.window is not None and bool(shown(program)))
        qtbot.waitUntil(lambda: not program.ops.busy())
        window = program.window
        assert window is not None
        to_front(window)
        qtbot.waitUntil(lambda: shown(program)[0].body.focused_field() == "description")
        assert window.current_key() == "streetlight_repair"
        draft = shown(program)[0].draft
        assert draft is not None
        assert draft.base is None
        assert draft.text("description").startswith(a_second_before)
        assert typed[-1][1].startswith(draft.text("description"))
        assert "Konsep dipulihkan" in window.status.lamp.text()
        assert [kept.kind for kept in drafts.all_kept(ctx)] == ["streetlight_repair"]
        window.close()
    finally:
        program.ops.close()
        ctx.close()
        lock.release()


def shown(program: App) -> list[RecordView]:
    """The records on the screen."""
    views = program.window.findChildren(RecordView) if program.window is not None else []
    return [view for view in views if view.isVisible() and view.draft is not None]
