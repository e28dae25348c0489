"""Rows as text that Excel takes when it is pasted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.formats.people_csv import guard

ROWS_AT_MOST = 5_000
"""More belong into an export."""


def as_table(headings: Sequence[str], rows: Iterable[Sequence[str]], figures: Sequence[bool]) -> str:
    """Headings and rows, cells parted by tabs, guarded against being run as a formula.

    `figures` says which columns hold numbers: these are not guarded, -5,1167 shall stay one. What would break a cell apart (tab,
    line end) becomes a space.
    """
    lines = [[_one_line(heading) for heading in headings]]
    for row in rows:
        cells = (_one_line(text) for text in row)
        lines.append([text if figure else guard(text) for text, figure in zip(cells, figures, strict=True)])
    return "".join("\t".join(line) + "\r\n" for line in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split()) if any(letter in text for letter in "\t\r\n") else text
