"""The words that the search box looks through, and what it looks for. One rule for index and question.

**Index.** What is kept for a record is `" ".join(normalise(text) for its searched texts)`. In it every word stands after two
blanks, the first one too (`"  jl  mawar  12  mawar12"`).

**Question.** `query_terms(text)` gives what must be in the kept text: a record is found if and only if **every term is a substring
of its kept text**. That one rule is enough: a word of one or two letters is asked for with the blanks before it (`"  b"`,
`" jl"`), so that it is the beginning of a word, and every term has the three letters that a trigram index needs. No terms (the
question was empty or only punctuation): nothing is asked for, everything is found. The order of words plays no role.

**Words.** Small letters without accents; apostrophes fall out ("Jum'at" = "jumat"), all other punctuation separates; letters and
digits are words of their own, so `PJU-0042`, `PJU 0042` and `pju0042` are alike: "pju", "0042".

- A number with leading zeros is kept without them as well: "0042", "42".
- Letters followed by a number are kept joined as well, without leading zeros: "pju42". What is *asked for* in one piece ("PJU-42",
  "pju42", "rt.3") and "rt 3", "rw 05" are asked for joined; "mawar 12" is two words, in any order.
- Jalan, Jln -> "jl"; Gang -> "gg".
- The many spellings of Muhammad (Moh., Muh., Mochamad, Mhd ...) are kept as written and as "muh"; asked for as "muh".
- A phone number is kept as it is dialled at home: "+62 812..." -> "0812...".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from desktop_app.core import fields as f
from desktop_app.core.fields import Field

_APOSTROPHES = re.compile("['’‘ʼʻ`´]")
_ABROAD = re.compile(r"\+62[\s.()-]*(?=[0-9])")
_PART = re.compile(r"[0-9]+|[^\W0-9_]+")
_ONE_FORM = {"jalan": "jl", "jln": "jl", "gang": "gg"}
_MUHAMMAD = frozenset(
    "muh moh muhammad muhamad mohammad mohamad muhamat mohamed muhammed mochammad mochamad muchammad muchamad moch "
    "much mhd muhd mohd".split()
)
_NUMBERED = frozenset(("rt", "rw"))
_LONGEST_CODE_NUMBER = 8  # longer runs of digits are phone numbers and the like: no second form


@lru_cache(maxsize=8192)  # streets, villages and names come again and again in a bulk load
def normalise(text: str) -> str:
    """The text as it is kept in the index (see above); empty when there is no word in it."""
    kept: dict[str, None] = {}
    before = ""
    for part in _PART.findall(_folded(text)):
        if part < ":":  # a number: the digits come before ":", all letters after it
            kept[part] = None
            short = part.lstrip("0")
            if short and len(part) <= _LONGEST_CODE_NUMBER:
                kept[short] = None
                if before:
                    kept[before + short] = None
            before = ""
        else:
            before = _ONE_FORM.get(part, part)
            kept[before] = None
            if before in _MUHAMMAD:
                kept["muh"] = None
    return "  " + "  ".join(kept) if kept else ""


def query_terms(text: str) -> list[str]:
    """What must all be in the kept text of a record that the question finds (see above), in the order asked."""
    terms: dict[str, None] = {}
    for word in _asked(_folded(text).split()):
        terms[word if len(word) > 2 else f"{'  '[len(word) - 1 :]}{word}"] = None
    return list(terms)


def of_field(field: Field, text: str) -> str:
    """`normalise` for what a field shows: RT and RW are kept with their label, so that "rt 3" finds RT 003."""
    if isinstance(field, f.Text) and field.reads == "rt_rw":
        return normalise(f"{field.id} {text}")
    return normalise(text)


def _folded(text: str) -> str:
    """Small letters without accents and apostrophes, phone numbers as dialled at home."""
    text = text.casefold()
    if not text.isascii():
        parted = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
        text = "".join(letter for letter in parted if not unicodedata.combining(letter)).casefold()
    elif "'" in text or "`" in text:
        text = _APOSTROPHES.sub("", text)
    return _ABROAD.sub("0", text) if "+62" in text else text


def _asked(pieces: list[str]) -> Iterator[str]:
    """The words of a question; letters and the number that belongs to them joined."""
    before, same_piece = "", False
    for piece in pieces:
        for found in _PART.findall(piece):
            part = _ONE_FORM.get(found, found)
            short = part.lstrip("0")
            is_code = found[0].isdigit() and found.isascii() and short and len(part) <= _LONGEST_CODE_NUMBER
            if before and is_code and (same_piece or before in _NUMBERED):
                yield before + short
                before = ""
                continue
            if before:
                yield _as_asked(before)
            before, same_piece = ("", False) if found[0].isdigit() and found.isascii() else (part, True)
            if not before:
                yield part
        same_piece = False
    if before:
        yield _as_asked(before)


def _as_asked(word: str) -> str:
    return "muh" if word in _MUHAMMAD else word
