"""The two languages. Every text that a person sees is a pair, written where it is used: `Words("Simpan", "Save")`.

Why pairs and no message catalogue: Pelita always speaks exactly these two languages, so a pair in place is complete by
construction (the type checker refuses half a pair), needs no compile step and can't go stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

Language = Literal["id", "en"]


class Words(NamedTuple):
    """One text in Indonesian and in English."""

    id: str
    en: str

    def say(self, language: Language | None = None) -> str:
        """The text in `language`, by default in the one in use."""
        if language is None:
            return tr(self.id, self.en)
        return self.id if language == "id" else self.en

    def filled(self, **values: object) -> Words:
        """Both texts with `{name}` replaced; a value that is itself `Words` is put in in the same language.

        Raises KeyError when a name in braces is not given.
        """

        def fill(text: str, language: Language) -> str:
            parts = {
                key: value.say(language) if isinstance(value, Words) else value
                for key, value in values.items()
            }
            return text.format_map(parts)

        return Words(fill(self.id, "id"), fill(self.en, "en"))


_in_use: Language = "id"
_told: Callable[[str], str] | None = None


def use(language: Language, told: Callable[[str], str] | None = None) -> None:
    """Switch the language in use; Indonesian until somebody asks otherwise.

    `told` changes every text on its way to the screen: the tests make all of them longer, to see that nothing is cut off.
    """
    global _in_use, _told
    _in_use, _told = language, told


def language() -> Language:
    """The language in use."""
    return _in_use


def tr(indonesian: str, english: str) -> str:
    """The text in the language in use."""
    text = indonesian if _in_use == "id" else english
    return text if _told is None else _told(text)
