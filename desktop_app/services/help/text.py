"""Small pieces of Markdown: every text of the program goes through `plain`, so that a star or a bracket in it stays one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def plain(text: str) -> str:
    """The text as it is, in Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def link(words: str, address: str) -> str:
    """A link to another page of the help."""
    return f"[{plain(words)}]({address})"


def key(words: str) -> str:
    """What is typed or pressed."""
    return f"`{words.replace('`', chr(39))}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def bullets(lines: Iterable[str]) -> str:
    """A list; the lines are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def naked(markdown: str) -> str:
    """The words of a page without its marks: what the search looks through."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"(?m)^\|(?:-+\|)+$", " ", text)
    return re.sub(r"\s+", " ", re.sub(r"[#*`|>\\]", " ", text)).strip()
