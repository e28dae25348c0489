"""Signs that no file of ours carries: control characters and halves of letters.

They can't be typed on purpose; they come from broken programs, and spreadsheets, XML and PostgreSQL refuse them (exchange.md,
bad input 25). Tabs and line ends are text.
"""

from __future__ import annotations

import re

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def has_unwritable(text: str) -> bool:
    """Whether the text holds a sign that no file of ours carries."""
    return _UNWRITABLE.search(text) is not None


def refuse_unwritable(text: str, where: Words) -> None:
    """Raise `KnownError` with the first such sign and `where` it stands ("baris 3, kolom Nama"); else do nothing."""
    found = _UNWRITABLE.search(text)
    if found is None:
        return
    code = f"U+{ord(found[0]):04X}"
    raise KnownError(
        Words(
            f"{where.id}: ada karakter yang tidak dapat disimpan ({code}, huruf ke-{found.start() + 1}). Ketik ulang teksnya.",
            f"{where.en}: there is a character that can't be kept ({code}, letter {found.start() + 1}). Type the text again.",
        )
    )
