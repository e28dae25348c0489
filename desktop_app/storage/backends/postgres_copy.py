r"""Rows for PostgreSQL's COPY in its text form, made column by column: most columns hold nothing that must be written differently.

Source: PostgreSQL's manual, COPY, "Text Format": cells are parted by tabs, `\N` is NULL, and `\`, tabs and line ends are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NULL = r"\N"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPED = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}


def column(cells: Sequence[object]) -> list[str]:
    """The cells of one column (texts and whole numbers) as they stand in the stream; nothing when all of them are empty."""
    filled = [cell if type(cell) is str else str(cell) for cell in cells if cell is not None]
    if _SPECIAL.search("".join(filled)):
        filled = [_SPECIAL.sub(lambda found: _ESCAPED[found[0]], text) for text in filled]
    if len(filled) in (0, len(cells)):
        return filled
    left = iter(filled)
    return [_NULL if cell is None else next(left) for cell in cells]


def lines(columns: Iterable[Sequence[str]]) -> bytes:
    """The stream of some rows."""
    return "".join(["\t".join(row) + "\n" for row in zip(*columns, strict=True)]).encode()
