"""Plain texts, codes, names and streets; and the cleaning that every typed text gets first."""

from __future__ import annotations

import re
import unicodedata

from desktop_app.core import fields as f
from desktop_app.core.fields import Field
from desktop_app.core.parse_base import (
    NOTHING,
    Reading,
    Understood,
    equals,
    is_spreadsheet_error,
    means_nothing,
    quoted,
    refuse_e_notation,
    refused,
)

# Soft hyphen, zero-width space, word joiner, BOM, and the marks of writing direction that come along from WhatsApp.
_UNSEEN = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_OTHER_BLANKS = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


def clean(field: Field, text: str, *, multiline: bool = False) -> str:
    """The text without what can't be seen: NFC, one kind of blank, nothing at the ends (domain.md 8, 27).

    Line ends and tabs become blanks where there is only one line. Raises for control characters and halves of letters, which no file
    of ours carries.
    """
    text = _OTHER_BLANKS.sub(" ", _LINE_ENDS.sub("\n", text)).translate(_UNSEEN)
    bad = _UNWRITABLE.search(text)
    if bad is not None:
        code, place = f"U+{ord(bad[0]):04X}", bad.start() + 1
        raise refused(
            field,
            f": ada karakter yang tidak tampak dan tidak dapat disimpan ({code}, huruf ke-{place}). Ketik ulang teksnya.",
            f": there is a character that can't be seen nor kept ({code}, letter {place}). Type the text again.",
        )
    if not multiline:
        text = re.sub(r"\s*\n\s*", " ", text).replace("\t", " ")
    return unicodedata.normalize("NFC", text).strip()


def fits(field: f.Text, text: str) -> str:
    """The text itself; raises when it is longer than the field."""
    if len(text) > field.max_len:
        raise refused(
            field,
            f": {len(text)} huruf, paling banyak {field.max_len}. Singkatkan.",
            f": {len(text)} characters, at most {field.max_len}. Shorten it.",
        )
    return text


def _made(field: f.Text, typed: str, value: str) -> Understood:
    """The value, with a hint when it differs from what was typed."""
    return Understood(fits(field, value), None if value == typed else equals(value))


def refuse_spreadsheet_error(field: Field, text: str) -> None:
    """Raise for "#REF!" and the like, else do nothing."""
    if is_spreadsheet_error(text):
        raise refused(
            field,
            f": {quoted(text)} adalah pesan atau rumus Excel, bukan isian. Tulis nilainya.",
            f": {quoted(text)} is a message or formula of a spreadsheet, not a value. Write the value.",
        )


def read_plain(field: f.Text, text: str, _reading: Reading) -> Understood:
    """What was typed, nothing else."""
    return Understood(fits(field, text))


def read_code(field: f.Text, text: str, _reading: Reading) -> Understood:
    """A number of a thing or a paper: kept as written; "0", "-" and the like are empty (domain.md 2.3: meter no. "0")."""
    refuse_spreadsheet_error(field, text)
    if "E+" in text.upper():  # "1E5" may be a plot
        refuse_e_notation(field, text)
    plain = " ".join(text.removeprefix("'").split())
    if plain in ("", "0") or means_nothing(plain):
        return Understood(None, NOTHING)
    return _made(field, text, plain)


_LATE = r"\(?\b(?:almarhumah|almarhum|almh|alm)\b\.?\)?"
_LATE_BEFORE = re.compile(rf"^(?:{_LATE}[\s,]*)+", re.IGNORECASE)
_LATE_BEHIND = re.compile(rf"(?:[\s,]+{_LATE})+$", re.IGNORECASE)


def read_name(field: f.Text, text: str, _reading: Reading) -> Understood:
    """A person's name as written, without Alm./Almh. (domain.md 5.2.5)."""
    refuse_spreadsheet_error(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    plain = " ".join(text.replace("’", "'").split())
    while (shorter := _LATE_BEHIND.sub("", _LATE_BEFORE.sub("", plain)).strip()) != plain:
        plain = shorter
    if not plain:
        raise refused(field, ": namanya belum ditulis.", ": the name itself is missing.")
    return _made(field, text, plain)


_GLUED_TWICE = re.compile(r"\b(jl|jln|gg|ds|dsn|dn)\b\.?\s*\1(?!n\b)(?=\w)", re.IGNORECASE)
_DOUBLED = tuple(
    re.compile(rf"\b(?:{names})\b\.?\s*(?=\b(?:{names})\b\.?\s*\w)", re.IGNORECASE)
    for names in ("jalan|jln|jl", "gang|gg", "desa|ds", "dusun|dsn|dn")
)
_STREET = re.compile(r"(^|[,/(]\s*)(?:jalan|jln|jl)\b\.?\s*(?=\w)", re.IGNORECASE)
_LANE = re.compile(r"\b(?:gang|gg)\b\.?\s*(?=\w)", re.IGNORECASE)


def street(text: str) -> str:
    """A street with "Jl." and "Gg.", doubled prefixes collapsed ("DS DSJEMEKAN", "Jl. Jalan Mawar"; domain.md 8, 16)."""
    text, before = " ".join(text.replace("’", "'").split()), ""
    while text != before:
        before = text
        for doubled in _DOUBLED:
            text = doubled.sub("", text)
        text = _GLUED_TWICE.sub(r"\1 ", text)
        text = _LANE.sub("Gg. ", _STREET.sub(r"\1Jl. ", text))
    return text


def read_street(field: f.Text, text: str, _reading: Reading) -> Understood:
    """A street name in one spelling of its prefix."""
    refuse_spreadsheet_error(field, text)
    if means_nothing(text):
        return Understood(None, NOTHING)
    return _made(field, text, street(text))
