"""A screen of the tests' own (Xvfb): keys go in as a keyboard would send them, pictures come out."""

from __future__ import annotations

import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PIL import Image, ImageChops

T = TypeVar("T")
LONG = 600  # seconds; a state is waited for, and a busy computer takes its time

_CARET = 300  # pixels: what blinks is no change
_STILL = 5  # looks in a row at the same picture


def wait_for(what: str, look: Callable[[], T]) -> T:
    """Look again and again until there is something; what it is. Fails after a long time, saying `what` never came."""
    until = time.monotonic() + LONG
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < until, f"never came: {what}"
        time.sleep(0.25)


class Screen:
    """An X screen and the keyboard before it. There is no window manager: the newest window is given the keys by hand."""

    def __init__(self, display: str, frame: Path, width: int, height: int) -> None:
        self.display = display
        self._frame, self._width, self._height = frame, width, height

    def _tool(self, *words: str, must: bool = True) -> str:
        answer = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONG,
        )
        assert not must or answer.returncode == 0, (words, answer.stderr)
        return answer.stdout

    def windows(self) -> dict[str, str]:
        """The windows that can be seen, by their number: their titles."""
        found = self._tool("search", "--onlyvisible", "--class", "pelita", must=False).split()
        titles = {window: self._tool("getwindowname", window, must=False).strip() for window in found}
        return {window: title for window, title in titles.items() if title not in {"", "Default IME"}}

    def wait_for_title(self, part: str) -> str:
        """Wait for a window with this in its title, give it the keys; its number."""

        def look() -> str:
            return next((window for window, title in self.windows().items() if part in title), "")

        window = wait_for(f"a window called {part!r}, among {self.windows()}", look)
        self.focus(window)
        return window

    def wait_until_gone(self, part: str) -> None:
        """Wait until no window has this in its title."""
        wait_for(f"the end of {part!r}", lambda: not any(part in title for title in self.windows().values()))

    def focus(self, window: str) -> None:
        """Give a window the keys."""
        self._tool("windowfocus", "--sync", window)

    def keys(self, *keys: str) -> None:
        """Press keys, by X's names for them ("Return", "ctrl+Return")."""
        for key in keys:
            self._tool("key", "--clearmodifiers", "--delay", "60", key)

    def type(self, text: str) -> None:
        """Type a text, letter by letter, as fast as a good typist."""
        self._tool("type", "--clearmodifiers", "--delay", "60", "--", text)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the screen, in pixels."""
        self._tool("mousemove", "--sync", str(x), str(y), "click", "1")

    def button(self, colour: str) -> tuple[int, int]:
        """Wait for a button filled with a colour ("#rrggbb") right of the sidebar, topmost first; a place on it, in pixels."""
        wanted = tuple(bytes.fromhex(colour.removeprefix("#")))

        def look() -> tuple[int, int] | None:
            image = self.image()
            for y in range(90, image.height - 60, 4):
                for x in range(240, image.width - 20, 4):
                    block = image.crop((x, y, x + 8, y + 8))
                    if block.getpixel((0, 0)) == wanted and block.getcolors(1) == [(64, wanted)]:
                        return x + 4, y + 4
            return None

        return wait_for(f"a button in {colour}", look) or (0, 0)

    def image(self) -> Image.Image:
        """What is on the screen: Xvfb keeps it in a file, an XWD dump whose pixels follow its head and its colours."""
        data = self._frame.read_bytes()
        head, colours = struct.unpack_from(">I", data)[0], struct.unpack_from(">I", data, 76)[0]
        stride = struct.unpack_from(">I", data, 48)[0]
        pixels = data[head + 12 * colours :]
        return Image.frombytes("RGB", (self._width, self._height), pixels, "raw", "BGRX", stride, 1)

    def picture(self, file: Path) -> Path:
        """Take a picture of the whole screen, as PNG."""
        self.image().save(file)
        return file

    def press(self, *keys: str) -> None:
        """Press keys one by one, each followed by a look: it must have done something, and that must be over."""
        for key in keys:
            before = self.image()
            self.keys(key)
            wait_for(f"something on the screen after {key}", lambda: different(before, self.image()) > _CARET)  # noqa: B023
            self.settle()

    def settle(self) -> None:
        """Wait until the picture stands still."""
        seen: list[Image.Image] = []

        def stands() -> bool:
            seen.append(self.image())
            if different(seen[0], seen[-1]) > _CARET:
                del seen[:-1]
            return len(seen) > _STILL

        wait_for("a picture that stands still", stands)


def different(one: Image.Image, other: Image.Image) -> int:
    """How many pixels of two pictures differ."""
    grey = ImageChops.difference(one, other).convert("L")
    return one.width * one.height - grey.histogram()[0]


@contextmanager
def screen(width: int = 1400, height: int = 900) -> Iterator[Screen]:
    """A screen while it is needed; Xvfb itself picks a free number."""
    reading, writing = os.pipe()
    with TemporaryDirectory() as folder:
        size = ["-screen", "0", f"{width}x{height}x24", "-fbdir", folder]
        command = ["Xvfb", "-displayfd", str(writing), *size, "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            assert number, "Xvfb did not start"
            yield Screen(f":{number}", Path(folder) / "Xvfb_screen0", width, height)
        finally:
            server.terminate()
            server.wait(30)
