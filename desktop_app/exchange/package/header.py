"""The header of a package: who sends what to whom, on what it builds, what it acknowledges. It stands under `pelita` in `datapackage.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from desktop_app.exchange.package.keys import KeyCard
from desktop_app.exchange.package.refusing import Refused
from desktop_app.exchange.package.strict_json import Fields, Json

FORMAT = 1
"""The format that this program writes, and the newest that it reads."""

PID = "[0-9a-f]{64}"
UID = r"[0-9A-Za-z._:-]{1,64}"
SITE_CODE = r"[0-9A-Za-z.]{2,20}"
SITE_ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
STAMP = "[0-9a-f]{28}"
REVISION = r"[0-9A-Za-z_]{1,40}"
FINGERPRINT = r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}"
MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
PART = r"[a-z][a-z0-9_]{0,59}(\.[a-z][a-z0-9_]{0,59})?"
_WORD = "[a-z_]{1,40}"
_ANY = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]{0,2000}"


Purpose = Literal["package", "starter", "practice"]
"""`practice`: nothing in it is real. A program that doesn't know the word refuses the header, as it should."""
_PURPOSES: dict[str, Purpose] = {"package": "package", "starter": "starter", "practice": "practice"}


class Place(NamedTuple):
    """A site at one end. `role`: "office" or "headquarters"; `key_id`: the fingerprint of its key card, "" when it isn't known."""

    site_code: str
    site_id: str
    role: str
    name: str
    key_id: str = ""


class RefusedNote(NamedTuple):
    """A row that the sender refused: which, in which state (fingerprint of its CSV line), and why (a short code)."""

    part: str
    uid: str
    fingerprint: str
    reason: str


class SetOf(NamedTuple):
    """Which file of a set this is: `part` of `of`, from 1. The set is named by the pid of its last file, which lists the `earlier`."""

    id: str
    part: int = 1
    of: int = 1
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Header:
    """What stands in front of the rows (the meaning of each: docs/exchange.md).

    `settings` and `people` are a starter file's; `key_card` is in it until the first receipt has come.
    """

    purpose: Purpose = "package"
    format: int = FORMAT
    min_reader: int = FORMAT
    schema: str
    program: str
    made_at: str
    sender: Place
    to: Place | None
    number: int
    prev: str | None = None
    base: str | None = None
    since: int = 0
    upto: int
    clock: str
    seen: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    dead: bool = False
    refused: tuple[RefusedNote, ...] = ()
    journal_head: str = ""
    personal: bool = True
    set: SetOf
    key_card: KeyCard | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()


def to_json(header: Header) -> Json:
    """The header as it stands in the document."""
    return {
        "purpose": header.purpose,
        "format": header.format,
        "min_reader": header.min_reader,
        "schema": header.schema,
        "program": header.program,
        "made_at": header.made_at,
        "from": header.sender._asdict(),
        "to": header.to and header.to._asdict(),
        "number": header.number,
        "prev": header.prev,
        "base": header.base,
        "since": header.since,
        "upto": header.upto,
        "clock": header.clock,
        "seen": list(header.seen),
        "retired": list(header.retired),
        "dead": header.dead,
        "refused": [note._asdict() for note in header.refused],
        "journal_head": header.journal_head,
        "personal": header.personal,
        "set": {**header.set._asdict(), "earlier": list(header.set.earlier)},
        "key_card": header.key_card and header.key_card._asdict(),
        "settings": dict(header.settings),
        "people": list(header.people),
    }


def from_json(document: Json) -> Header:
    """The header of a document. What a newer program put beside it is left alone. Raises `Refused` when a value is missing or malformed."""
    pelita = Fields(document.get("pelita"), "pelita")
    to, card = pelita.object_or_none("to"), pelita.object_or_none("key_card")
    settings = pelita.object("settings")
    return Header(
        purpose=_PURPOSES[pelita.text("purpose", "|".join(_PURPOSES))],
        format=pelita.number("format", 1),
        min_reader=pelita.number("min_reader", 1),
        schema=pelita.text("schema", REVISION),
        program=pelita.text("program"),
        made_at=pelita.text("made_at", MOMENT),
        sender=_place(pelita.object("from"), key_id=FINGERPRINT),
        to=_place(to, key_id=f"|{FINGERPRINT}") if to else None,
        number=pelita.number("number", 1),
        prev=pelita.text_or_none("prev", PID),
        base=pelita.text_or_none("base", PID),
        since=pelita.number("since"),
        upto=pelita.number("upto"),
        clock=pelita.text("clock", STAMP),
        seen=pelita.texts("seen", PID),
        retired=pelita.texts("retired", SITE_ID),
        dead=pelita.flag("dead"),
        refused=tuple(_note(note) for note in pelita.objects("refused")),
        journal_head=pelita.text("journal_head", _ANY),
        personal=pelita.flag("personal"),
        set=_set(pelita.object("set")),
        key_card=KeyCard(card.text("sign"), card.text("age")) if card else None,
        settings={name: settings.text(name, _ANY) for name in settings.found},
        people=pelita.texts("people"),
    )


def _place(place: Fields, *, key_id: str) -> Place:
    return Place(
        place.text("site_code", SITE_CODE),
        place.text("site_id", SITE_ID),
        place.text("role", "office|headquarters"),
        place.text("name", _ANY),
        place.text("key_id", key_id),
    )


def _note(note: Fields) -> RefusedNote:
    return RefusedNote(
        note.text("part", PART),
        note.text("uid", UID),
        note.text("fingerprint", PID),
        note.text("reason", _WORD),
    )


def _set(part: Fields) -> SetOf:
    found = SetOf(
        part.text("id", r"[0-9A-Za-z-]{1,64}"),
        part.number("part", 1),
        part.number("of", 1),
        part.texts("earlier", PID),
    )
    last = found.part == found.of
    if found.part > found.of or len(found.earlier) != (found.of - 1 if last else 0):
        raise Refused(
            "header",
            f"Paket ini menyebut dirinya bagian {found.part} dari {found.of}, tetapi daftar bagian lainnya tidak cocok.",
            f"This package calls itself part {found.part} of {found.of}, but its list of the other parts doesn't fit.",
        )
    return found
