"""Whether a text of the help is in the language it should be: by the small words that every sentence has."""

from __future__ import annotations

import re
from collections import Counter

from desktop_app.services.help.text import naked

SMALL_WORDS = {
    "id": frozenset(
        "yang dan di untuk tidak atau dari ini itu dengan bila boleh wajib diisi dikosongkan dihitung oleh pada"
        " ke anda sudah saat dalam ketik pilih program pernah semua".split()
    ),
    "en": frozenset(
        "the and of to is are for with not when may must it this that or from by which as type pick never"
        " computed program all what was were".split()
    ),
}
BOTH = SMALL_WORDS["id"] & SMALL_WORDS["en"]
LEAST = 3


def trouble(page: str, language: str) -> str:
    """Why a page (Markdown) won't do in this language ("id" or "en"); nothing when it does. Codes and examples don't count."""
    words = Counter(re.findall(r"[a-z]+", naked(re.sub(r"`[^`]*`", " ", page)).lower()))
    other = "en" if language == "id" else "id"
    own = sum(words[word] for word in SMALL_WORDS[language] - BOTH)
    foreign = sum(words[word] for word in SMALL_WORDS[other] - BOTH)
    if own < LEAST:
        return f"only {own} small words of '{language}'"
    if foreign * 10 > own:
        return f"{foreign} small words of '{other}' beside {own} of '{language}'"
    return ""
