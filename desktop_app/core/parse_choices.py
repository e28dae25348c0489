"""Choices by code or words, yes and no, and other records by their names."""

from __future__ import annotations

import re
import unicodedata

from desktop_app.core import fields as f
from desktop_app.core.fields import Codes
from desktop_app.core.parse_base import (
    NOTHING,
    NotUnderstood,
    Reading,
    Understood,
    equals,
    means_nothing,
    quoted,
    refused,
)
from desktop_app.core.searchtext import normalise, query_terms
from desktop_app.core.words import Words

_SIGNS = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r"\s*[;|\n]\s*")
_YES = frozenset("ya y yes true 1 ada v √ ✓ ✔ ☑ ✅ benar betul sudah iya".split())
_NO = frozenset("tidak t no n false 0 tdk tak bukan belum ☐ ✗ ✘ ❌".split()) | {"tidak ada", "tdk ada"}


def _folded(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return _SIGNS.sub(" ", bare).strip() or text.casefold().strip()


def meant(codes: Codes, text: str) -> list[str]:
    """The codes that a text may mean; one when it is clear.

    First the code as it is written, then the code or the words of either language in any case, then their first word, then any word of
    them ("WA" is WhatsApp), then their beginnings.
    """
    if text in codes:
        return [text]
    asked = _folded(text)
    forms = {entry.code: (_folded(entry.code), *map(_folded, entry.words)) for entry in codes}
    for fits in (
        lambda name: name == asked,
        lambda name: name.partition(" ")[0] == asked,
        lambda name: asked in name.split(),
        lambda name: name.startswith(asked),
    ):
        found = [code for code, names in forms.items() if any(map(fits, names))]
        if found:
            return found
    return []


def read_choice(field: f.Choice, text: str, _reading: Reading) -> Understood:
    """One of the code list."""
    code = _one(field, field.codes, text)
    return (
        Understood(None, NOTHING) if code is None else Understood(code, _hint(text, field.codes.words(code)))
    )


def read_choices(field: f.Choices, text: str, _reading: Reading) -> Understood:
    """Several of the code list, separated by semicolons, commas or lines; kept in the list's order."""
    chosen: set[str | None] = set()
    for part in _BETWEEN.split(text):
        whole = len(meant(field.codes, part)) == 1  # the words of one choice may have commas in them
        chosen |= {
            _one(field, field.codes, one.strip())
            for one in ([part] if whole else part.split(","))
            if one.strip()
        }
    value = tuple(entry.code for entry in field.codes if entry.code in chosen)
    if not value:
        return Understood(None, NOTHING)
    said = [field.codes.words(code) for code in value]
    return Understood(
        value, _hint(text, Words("; ".join(pair.id for pair in said), "; ".join(pair.en for pair in said)))
    )


def _one(field: f.Choice | f.Choices, codes: Codes, text: str) -> str | None:
    found = meant(codes, text)
    if len(found) == 1:
        return found[0]
    if means_nothing(text):
        return None
    if not found:
        raise refused(
            field,
            f": {quoted(text)} tidak ada dalam daftar. Pilih salah satu: {_some(codes, [c.code for c in codes], 'id')}.",
            f": {quoted(text)} is not in the list. Choose one: {_some(codes, [c.code for c in codes], 'en')}.",
        )
    raise refused(
        field,
        f": {quoted(text)} bisa berarti {_some(codes, found, 'id')}. Tulis lebih lengkap.",
        f": {quoted(text)} may mean {_some(codes, found, 'en')}. Write more of it.",
    )


def _some(codes: Codes, which: list[str], language: str) -> str:
    said = [codes.words(code).id if language == "id" else codes.words(code).en for code in which]
    return _listed(said, "atau" if language == "id" else "or")


def _listed(names: list[str], last: str) -> str:
    """'A, B atau C'; more than four are cut."""
    if len(names) > 4:
        return f"{', '.join(names[:3])}, …"
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _hint(text: str, said: Words) -> Words | None:
    return None if _folded(text) in map(_folded, said) else equals(said.id, said.en)


def read_yes_no(field: f.YesNo, text: str, _reading: Reading) -> Understood:
    """Ya, Y, √, v, 1, Ada (domain.md 8, 28) and their opposites."""
    folded = text.casefold().rstrip(".!")
    if folded in _YES:
        return Understood(True, None if folded in ("ya", "yes") else equals("Ya", "Yes"))
    if folded in _NO:
        return Understood(False, None if folded in ("tidak", "no") else equals("Tidak", "No"))
    if means_nothing(text):
        return Understood(None, NOTHING)
    raise refused(
        field,
        f": {quoted(text)} bukan ya atau tidak. Tulis Ya atau Tidak.",
        f": {quoted(text)} is neither yes nor no. Write Yes or No.",
    )


def read_reference(field: f.Reference, text: str, reading: Reading) -> Understood:
    """Another record by its uid, its name, or as much of it as names only one."""
    found = list(dict.fromkeys(reading.resolve(field, text, reading.values)))
    asked = query_terms(text)
    for fits in (
        lambda uid, title: text in (uid, title),
        lambda _uid, title: title.casefold() == text.casefold(),
        lambda _uid, title: title.partition(",")[0].casefold() == text.casefold(),
        lambda _uid, title: asked and query_terms(title) == asked,
        lambda _uid, title: asked and all(term in normalise(title) for term in asked),
        lambda _uid, _title: True,
    ):
        best = [(uid, title) for uid, title in found if fits(uid, title)]
        if len(best) == 1:
            uid, title = best[0]
            return Understood(uid, None if title.casefold() == text.casefold() else equals(title))
        if best:
            raise _several(field, text, [title for _, title in best])
    if means_nothing(text):
        return Understood(None, NOTHING)
    raise refused(
        field,
        f": {quoted(text)} tidak ditemukan. Periksa tulisannya, atau pilih dari daftar.",
        f": {quoted(text)} was not found. Check the spelling, or pick one from the list.",
    )


def _several(field: f.Reference, text: str, titles: list[str]) -> NotUnderstood:
    named = [quoted(title) for title in titles[:3]]
    more = len(titles) - 3
    return refused(
        field,
        f": {quoted(text)} ada {len(titles)}: {', '.join(named)}{f' dan {more} lagi' if more > 0 else ''}. Pilih salah satu dari daftar.",
        f": {quoted(text)} fits {len(titles)}: {', '.join(named)}{f' and {more} more' if more > 0 else ''}. Pick one from the list.",
    )
