"""Two writings of one field beside each other, with the letters marked in which they differ."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape

from desktop_app.ui import theme

_LONG = 400  # letters; beyond, only beginning and end are compared: the eye is not helped by more


def differing(mine: str, other: str) -> list[tuple[str, bool]]:
    """`mine` in pieces; True where `other` reads differently."""
    if len(mine) > _LONG or len(other) > _LONG:
        return _around(mine, other)
    pieces: list[tuple[str, bool]] = []
    for what, begin, end, _, _ in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if end > begin:
            pieces.append((mine[begin:end], what != "equal"))
    return pieces


def _around(mine: str, other: str) -> list[tuple[str, bool]]:
    """What stands between the common beginning and the common end."""
    least = min(len(mine), len(other))
    begin = next((place for place in range(least) if mine[place] != other[place]), least)
    end = next(
        (place for place in range(least - begin) if mine[-1 - place] != other[-1 - place]), least - begin
    )
    middle = mine[begin : len(mine) - end]
    pieces = ((mine[:begin], False), (middle, True), (mine[len(mine) - end :] if end else "", False))
    return [piece for piece in pieces if piece[0]]


def marked(mine: str, other: str) -> str:
    """`mine` as rich text: what differs is underlined on an amber ground. What was typed stays plain."""
    colours = theme.current().colours
    style = f"color:{colours['warn']}; background-color:{colours['warn_tint']}; text-decoration:underline"
    return "".join(
        f'<span style="{style}">{_kept(text)}</span>' if differs else _kept(text)
        for text, differs in differing(mine, other)
    )


def _kept(text: str) -> str:
    return (
        escape(text).replace(" ", "&#160;").replace("\n", "<br>")
        if text.isspace()
        else escape(text).replace("\n", "<br>")
    )
