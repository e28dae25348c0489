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


def unwritable_in(text: str) -> Words:
    """What is wrong with a text that holds such a sign, as the second half of a sentence."""
    found = _UNWRITABLE.search(text)
    code, letter = (f"U+{ord(found[0]):04X}", found.start() + 1) if found else ("?", 0)
    return Words(
        f"ada karakter yang tidak dapat disimpan ({code}, huruf ke-{letter}).",
        f"there is a character that can't be kept ({code}, letter {letter}).",
    )


def refuse_unwritable(text: str, where: Words) -> None:
    """Raise `KnownError` with the first such sign and `where` it stands ("baris 3, kolom Nama"); else do nothing."""
    if not has_unwritable(text):
        return
    words = unwritable_in(text)
    raise KnownError(
        Words(f"{where.id}: {words.id} Ketik ulang teksnya.", f"{where.en}: {words.en} Type the text again.")
    )
