"""Dialogs of Windows' own kind (the installer's), read and clicked as people do: by their words, with the mouse."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.windows.wine.prefix import LONG, Prefix
from tests.windows.wine.screen import Screen, wait_for

_SOURCE = Path(__file__).resolve().with_name("controls.c")


@dataclass(frozen=True)
class Control:
    """A label, a button, a box. `x`, `y`, `width`, `height`, and what its text `needs` (width, height, in the letters of most labels), are pixels of the screen."""

    kind: str
    enabled: bool
    checked: bool
    x: int
    y: int
    width: int
    height: int
    needs: tuple[int, int]
    text: str

    @property
    def words(self) -> str:
        """Its text without the mark of the key that stands for it."""
        return self.text.replace("&&", "\0").replace("&", "").replace("\0", "&").replace("\\n", "\n")

    @property
    def middle(self) -> tuple[int, int]:
        """Where it is clicked."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Dialog:
    """A window and what is in it."""

    title: str
    controls: tuple[Control, ...]

    def said(self) -> list[str]:
        """Every text that can be read in it."""
        return [one.words for one in self.controls if one.words]

    def find(self, words: str) -> Control | None:
        """The control with these words."""
        return next((one for one in self.controls if one.words == words), None)


class Dialogs:
    """The dialogs on a screen. The small program that lists them is compiled into a folder."""

    def __init__(self, prefix: Prefix, screen: Screen, folder: Path) -> None:
        self._prefix, self._screen, self._program = prefix, screen, folder / "controls.exe"
        flags = ["-O2", "-s", "-Wall", "-Wextra", "-Werror"]
        command = ["x86_64-w64-mingw32-gcc", *flags, str(_SOURCE), "-lgdi32", "-o", str(self._program)]
        subprocess.run(command, check=True, capture_output=True, timeout=LONG)

    def all(self) -> list[Dialog]:
        """All that can be seen, the one in front first."""
        # Not through a pipe: what Wine starts for the first window would keep it open.
        listed = self._program.with_suffix(".txt")
        subprocess.run(
            ["wine", str(self._program), self._prefix.windows_path(listed)],
            env=self._prefix.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=LONG,
        )
        said = listed.read_text(encoding="utf-8")
        found: list[tuple[str, list[Control]]] = []
        for line in said.splitlines():
            kind, *parts = line.split("\t")
            if kind == "window":
                found.append((parts[0], []))
            elif kind == "control":
                name, enabled, checked, place, needs, text = parts
                x, y, width, height = (int(one) for one in place.split())
                wide, high = (int(one) for one in needs.split())
                control = Control(
                    name, enabled == "1", checked == "1", x, y, width, height, (wide, high), text
                )
                found[-1][1].append(control)
        return [Dialog(title, tuple(controls)) for title, controls in found if controls]

    def wait(self, words: str) -> Dialog:
        """Wait for a dialog in which these words can be read."""

        def look() -> Dialog | None:
            return next((one for one in self.all() if any(words in said for said in one.said())), None)

        found = wait_for(f"a dialog that says {words!r}", look)
        assert found is not None
        self._screen.settle()
        return found

    def click(self, words: str) -> None:
        """Wait for a control with just these words that can be clicked, and click it."""

        def look() -> Control | None:
            controls = [one.find(words) for one in self.all()]
            return next((one for one in controls if one is not None and one.enabled), None)

        found = wait_for(f"{words!r} to click", look)
        assert found is not None
        self._screen.click(*found.middle)
