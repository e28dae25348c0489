"""What the command line prints: answers on stdout, refusals and progress on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from typing import Self

from desktop_app.core.words import Words

_WIDEST = 40
_TELL_EVERY = 0.2  # seconds


def say(text: str) -> None:
    """One line of the answer."""
    print(text)


def say_json(answer: object) -> None:
    """The answer for machines."""
    import json  # noqa: PLC0415  (the window, which starts by way of this module too, needs it not)

    print(json.dumps(answer, ensure_ascii=False, indent=1))


def refuse(words: Words) -> None:
    """Why it was not done, in one line."""
    print(" ".join(words.say().split()), file=sys.stderr)


def note(words: Words) -> None:
    """Something to know beside the answer."""
    print(words.say(), file=sys.stderr)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as they need to be, up to forty letters."""
    lines = [list(headings), *([" ".join(text.split()) for text in row] for row in rows)]
    widths = [min(_WIDEST, max(len(line[place]) for line in lines)) for place in range(len(headings))]
    for line in lines:
        cut = (
            text if len(text) <= width else f"{text[: width - 1]}…"
            for text, width in zip(line, widths, strict=True)
        )
        print("  ".join(text.ljust(width) for text, width in zip(cut, widths, strict=True)).rstrip())


class Terminal:
    """Progress on a terminal; where nobody looks it says nothing."""

    def __init__(self) -> None:
        self._told = 0.0
        self._shows = sys.stderr.isatty()

    def at(self, done: int, total: int | None = None, doing: Words | None = None) -> None:
        """See `core.progress.Progress.at`. Ctrl+C stops the operation."""
        if not self._shows or time.monotonic() - self._told < _TELL_EVERY:
            return
        self._told = time.monotonic()
        of = f" / {total:,}".replace(",", ".") if total else ""
        print(
            f"\r\x1b[K{doing.say() if doing else ''} {done:,}".replace(",", ".") + of,
            end="",
            file=sys.stderr,
            flush=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shows and self._told:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
