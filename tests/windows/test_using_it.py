"""The installed program, used as somebody in an office uses it: real windows, real keys, until headquarters has the record."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.ui.tokens import LIGHT
from tests.windows.conftest import ROOT
from tests.windows.wine.prefix import Prefix
from tests.windows.wine.screen import LONG, Screen, wait_for

NAME = "Pelita"


def rows(prefix: Prefix, table: str, folder: Path) -> int:
    """How many rows a table has while the program runs: a copy is looked at, since Wine's locks are not Linux's."""
    copies = folder / "looked-at"
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    for file in (prefix.local / NAME).glob("pelita.db*"):
        shutil.copyfile(file, copies / file.name)
    try:
        with closing(sqlite3.connect(copies / "pelita.db")) as raw:
            return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except sqlite3.DatabaseError:
        return 0  # caught in the middle of a write: look again


def headquarters(folder: Path, *words: str) -> str:
    """A command of the program on Linux; what it printed."""
    command = [sys.executable, "-m", "desktop_app", "--data-dir", str(folder), *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(
        command, env=env, capture_output=True, text=True, encoding="utf-8", check=False, timeout=LONG
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def close(display: Screen, running: subprocess.Popen[bytes]) -> None:
    """Alt+F4, as everybody closes a window; the program must end well."""
    display.keys("alt+F4")
    running.communicate(timeout=LONG)
    assert running.returncode == 0


def shown(display: Screen, folder: Path, name: str) -> None:
    """A picture for whoever looks, and at least: a window is there, not a black screen."""
    picture = display.picture(folder / f"{name}.png")
    if kept := os.environ.get("PELITA_WINDOWS_PICTURES"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, Path(kept) / picture.name)
    with Image.open(picture) as seen:
        colours = seen.convert("RGB").getcolors(1_000_000) or []
    assert len(colours) > 100
    assert max(count for count, colour in colours if colour == (0, 0, 0)) < seen.width * seen.height / 3


def set_up(display: Screen, folder: Path) -> None:
    """The first start: Indonesian, an office, Sri, Kelurahan Yosodadi."""
    display.press("Return")
    display.press("Return")
    display.type("Sri Wahyuni")
    display.press("Return")
    display.type("yosod")
    display.settle()
    shown(display, folder, "first-start")
    display.press("Return")
    display.press("Return")
    display.wait_for_title("Sri")
    display.settle()


def type_a_repair(display: Screen) -> None:
    """From the first page to the list of repairs, then a slip, field by field."""
    display.press("Down", "Return", "Down", "Return")
    display.wait_for_title("Perbaikan lampu")
    display.settle()
    display.press("ctrl+n")
    for text, key in (
        ("kemarin jam 7 malam", "Return"),
        ("w", "Return"),
        ("lampu p", "Return"),
        ("bu Sri", "Return"),
        ("0812-3456-7890", "Return"),
        ("Lampu mati depan masjid", "Tab"),
    ):
        display.type(text)
        display.settle()
        display.press(key)
    display.press("Return", "Return", "Return")
    display.type("Jl. Mawar")
    display.press("Return")
    display.type("dpn masjid")
    display.press("Return")
    display.type("yosod")
    display.settle()
    display.press("Return")


def test_a_repair_is_typed_kept_found_and_reaches_headquarters(
    installed: Prefix, display: Screen, tmp_path: Path
):
    program = installed.program / "Pelita.exe"
    running = installed.start(program)
    display.wait_for_title(NAME)
    display.settle()
    set_up(display, tmp_path)
    type_a_repair(display)
    display.press("ctrl+s")
    wait_for("the record in the database", lambda: rows(installed, "streetlight_repair", tmp_path) == 1)
    display.settle()
    shown(display, tmp_path, "repair-typed")
    close(display, running)

    running = installed.start(program)
    display.wait_for_title("Perbaikan lampu")  # where it was left
    display.settle()
    display.press("ctrl+f")
    display.type("mawar")
    display.settle()
    shown(display, tmp_path, "repair-found")
    one = display.image()
    display.press("ctrl+a")
    display.type("melati")
    display.settle()
    assert one != display.image(), "another word finds something else: nothing"
    close(display, running)
    cmd = installed.program / "pelita-cmd.exe"
    code, said = installed.run(cmd, "list", "streetlight_repair", "--search", "mawar masjid")
    assert code == 0
    assert said.startswith("1 dari 1"), said

    running = installed.start(program, "--page", "exchange")
    display.wait_for_title("Kirim & Terima")
    display.click(*display.button(LIGHT.accent))  # "Kirim" is filled once what is new has been counted
    wait_for("the package", lambda: list(installed.folder.rglob("*_1_*.pelita*")))
    display.settle()
    shown(display, tmp_path, "sent")
    close(display, running)
    packages = sorted({one.resolve() for one in installed.folder.rglob("*_1_*.pelita*")})
    assert len(packages) == 1

    pusat = tmp_path / "pusat"
    headquarters(pusat, "init", "--site", "18.72", "--role", "headquarters")
    for package in packages:
        headquarters(pusat, "receive", str(package))
    headquarters(pusat, "export", "streetlight_repair", "--out", str(tmp_path / "repairs.csv"))
    with (tmp_path / "repairs.csv").open(encoding="utf-8-sig", newline="") as file:
        text = file.read()
    lines = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ","))
    assert len(lines) == 2
    assert {"Jl. Mawar", "dpn masjid"} <= set(lines[1])


def test_what_goes_wrong_is_told_and_the_exit_code_says_so(installed: Prefix):
    code, said = installed.run(installed.program / "pelita-cmd.exe", "list", "streetlight_repair")
    assert code == 1
    assert "init" in said
    code, _ = installed.run(installed.program / "pelita-cmd.exe", "no-such-command")
    assert code == 2


@pytest.mark.parametrize("word", ["--version"])
def test_the_installed_program_says_its_version(installed: Prefix, built, word: str):
    code, said = installed.run(installed.program / "pelita-cmd.exe", word)
    assert (code, built.version in said) == (0, True), said
