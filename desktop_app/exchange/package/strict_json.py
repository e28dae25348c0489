"""JSON read strictly: what two readers could understand differently is refused (bad input 19), and RFC 8785 writes it one way only."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, NoReturn, TypeAlias

import rfc8785

from desktop_app.core.words import Words
from desktop_app.exchange.package.refusing import Refused

Json: TypeAlias = dict[str, Any]

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON holds exactly."""


def parse(data: bytes, name: str) -> Json:
    """The object that a JSON file holds; `name` is the file's, for the sentence. Raises `Refused`."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _refuse("json_bom", name, "ada penanda BOM di depannya", "a byte order mark stands in front of it")
    try:
        found = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=lambda pairs: _object(pairs, name),
            parse_int=lambda text: _whole(text, name),
            parse_float=lambda text: _refuse(
                "json_number",
                name,
                f"angka {text[:20]} bukan bilangan bulat",
                f"{text[:20]} is not a whole number",
            ),
            parse_constant=lambda text: _refuse(
                "json_number", name, f"{text} bukan angka", f"{text} is not a number"
            ),
        )
    except (ValueError, RecursionError):
        _refuse("json", name, "bukan JSON yang sah", "not valid JSON")
    if not isinstance(found, dict):
        _refuse("json", name, "isinya bukan satu objek JSON", "what it holds is not one JSON object")
    return found


def canonical(document: Json, name: str = "datapackage.json") -> bytes:
    """The RFC 8785 form of a document. Raises `Refused` for halves of letters and nesting without end."""
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError):
        _refuse("json", name, "ada huruf yang tidak sah", "a letter in it is not valid")


def pretty(document: Json) -> bytes:
    """A document for people's eyes; what is signed is its canonical form."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _object(pairs: list[tuple[str, Any]], name: str) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
        _refuse(
            "json_duplicate",
            name,
            f"kunci '{twice[:40]}' ada dua kali",
            f"the key '{twice[:40]}' is there twice",
        )
    return found


def _whole(text: str, name: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        _refuse(
            "json_number", name, f"angka {text[:20]} terlalu besar", f"the number {text[:20]} is too large"
        )
    return int(text)


def _refuse(case: str, name: str, indonesian: str, english: str) -> NoReturn:
    raise Refused(
        case,
        f"Isi {name} di paket ini salah: {indonesian}.",
        f"The {name} in this package is wrong: {english}.",
    )


class Fields:
    """An object of the document, asked field by field for what must be in it; every complaint names the place."""

    def __init__(self, found: object, place: str) -> None:
        self.place = place
        self.found: Json = found if isinstance(found, dict) else {}
        if not isinstance(found, dict):
            raise self._wrong("", Words("harus berupa objek", "must be an object"))

    def _wrong(self, name: str, words: Words) -> Refused:
        place = f"{self.place}.{name}" if name else self.place
        return Refused(
            "header",
            f"Keterangan di paket ini salah: '{place}' {words.id}.",
            f"The description in this package is wrong: '{place}' {words.en}.",
        )

    def text(self, name: str, pattern: str = r"[^\x00-\x1f\ud800-\udfff]{1,500}") -> str:
        """A text that matches the pattern as a whole."""
        value = self.found.get(name)
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise self._wrong(name, Words("tidak ada atau bentuknya salah", "is missing or malformed"))
        return value

    def text_or_none(self, name: str, pattern: str) -> str | None:
        """A text that matches, or null."""
        return None if self.found.get(name) is None else self.text(name, pattern)

    def texts(self, name: str, pattern: str = r"[^\x00-\x1f\ud800-\udfff]{1,500}") -> tuple[str, ...]:
        """A list of texts that match."""
        value = self.items(name)
        if not all(isinstance(one, str) and re.fullmatch(pattern, one) for one in value):
            raise self._wrong(name, Words("memuat nilai yang bentuknya salah", "has a malformed value in it"))
        return tuple(value)

    def number(self, name: str, least: int = 0) -> int:
        """A whole number, not below `least`."""
        value = self.found.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self._wrong(name, Words(f"harus angka mulai {least}", f"must be a number from {least}"))
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.found.get(name)
        if not isinstance(value, bool):
            raise self._wrong(name, Words("harus true atau false", "must be true or false"))
        return value

    def items(self, name: str) -> list[Any]:
        """A list."""
        value = self.found.get(name)
        if not isinstance(value, list):
            raise self._wrong(name, Words("harus berupa daftar", "must be a list"))
        return value

    def objects(self, name: str) -> list[Fields]:
        """A list of objects."""
        return [Fields(one, f"{self.place}.{name}[{at}]") for at, one in enumerate(self.items(name))]

    def object(self, name: str) -> Fields:
        """An object."""
        return Fields(self.found.get(name), f"{self.place}.{name}")

    def object_or_none(self, name: str) -> Fields | None:
        """An object, or null."""
        return None if self.found.get(name) is None else self.object(name)
