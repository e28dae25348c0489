"""WhatsApp messages as people paste them: what "copy" and "export chat" give on Android and iPhone, read into who, when, what, where.

Pure reading: no record kinds, no store. Shapes known (the same message):

    [05/11 08.41] Siti Aminah: Lampu mati            copied, Android
    [05/11/26 08.41.23] Siti Aminah: Lampu mati      copied or exported, iPhone
    05/11/26 08.41 - Siti Aminah: Lampu mati         exported, Android (Indonesian)
    11/5/26, 8:41 AM - Siti Aminah: Lampu mati       exported, Android (American)

A single copied message has no head at all: then there is only its text. Lines without a head go on with the message before.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_DATE = r"(?P<date>\d{1,4}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?)"
_TIME = r"(?:(?:pukul|jam|pkl\.?)\s+)?(?P<time>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\.?))?"
_HEAD = re.compile(
    rf"(?:\[\s*(?:{_DATE},?\s+{_TIME}|(?P<time_first>\d{{1,2}}[.:]\d{{2}}(?:[.:]\d{{2}})?),?\s+(?P<date_after>\d{{1,4}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}))\s*\]"
    rf"|{_DATE.replace('date', 'date_2')},?\s+{_TIME.replace('time', 'time_2').replace('half', 'half_2')}\s+[-–]\s)"
    r"\s*(?P<rest>.*)"
)
_SENDER = re.compile(r"(?P<sender>[^:]{1,80}?):(?:\s+(?P<text>.*)|$)", re.DOTALL)
_PHONE = re.compile(r"\+?\d[\d ().\-]{7,}\d")
_NOT_SAID = re.compile(
    r"<[^<>\n]*(?:media|lampiran|attached|terlampir|diedit|edited|omitted|disertakan)[^<>\n]*>"
    r"|\S+\.(?:jpe?g|png|webp|mp4|opus|pdf|vcf)\s+\((?:file terlampir|berkas terlampir|file attached)\)"
    r"|(?:gambar|video|audio|stiker|dokumen|image|sticker|document)\s+(?:tidak disertakan|omitted)"
    r"|(?:Pesan ini (?:telah )?dihapus|This message was deleted)\.?",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|geo:)\S+", re.IGNORECASE)
_MAP = re.compile(
    r"geo:|google\.[a-z.]+/maps|maps\.google|maps\.app|goo\.gl|openstreetmap|[?&](?:q|ll)=-?\d", re.IGNORECASE
)
_SHORT = re.compile(r"goo\.gl/", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\d.,])-?\d{1,2}[.,]\d{3,}\s*[,;]\s*\d{2,3}[.,]\d{3,}(?![\d.,]*\d)")
_PLACE_WORD = re.compile(
    r"^\s*(?:lokasi(?: terkini| langsung)?|location|live location)\s*:?\s*$", re.IGNORECASE
)
_STREET = re.compile(
    r"(?<!lampu\s)\b(?P<road>jl|jln|jalan|gg|gang)\b\.?\s+(?P<name>(?:[^\n,.;:()?!]|(?<=\b[A-Za-z])\.)+)",
    re.IGNORECASE,
)
_ENDS_STREET = re.compile(
    r"\s+(?:rt|rw|no|nomor|jl|jln|depan|didepan|dipinggir|pinggir|rumah|menuju|dekat|samping|seberang|belakang|kel|kelurahan|kec|kecamatan|mati|padam|lampu|lampunya|di|ke|"
    r"yang|yg|sudah|sdh|udah|sekitar|arah|tolong|mohon|pas|sebelah|dan|ada|kedip|rusak|tidak|gak|dari|sejak|sampai)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_RT = re.compile(r"\brt\.?\s*:?\s*0*(\d{1,3})\b", re.IGNORECASE)
_RW = re.compile(r"\brw\.?\s*:?\s*0*(\d{1,3})\b", re.IGNORECASE)
_BOTH = re.compile(r"\brt\s*/\s*rw\.?\s*:?\s*0*(\d{1,3})\s*/\s*0*(\d{1,3})\b", re.IGNORECASE)
_CODE = re.compile(
    r"\b(?!(?:rt|rw|no|jl|gg|jam|pukul|pkl|hp|wa|km)\b)[A-Za-z]{2,6}[-\s]?\d{2,6}\b", re.IGNORECASE
)
_SPACES = {"\u202f": " ", "\u00a0": " ", "\u2011": "-", "\u2010": "-", "\r": ""}


class Message(NamedTuple):
    """One message. `at` is the sender's clock, without a zone; `sender` may be a name or a telephone number."""

    sender: str
    at: dt.datetime | None
    text: str


class Understood(NamedTuple):
    """What the first sender's messages say together. Empty where nothing is said; `others`: messages of other people, left out."""

    name: str = ""
    phone: str = ""
    at: dt.datetime | None = None
    text: str = ""
    position: str = ""
    """A link or pair as it was written, for whoever reads positions."""
    street: str = ""
    rt: str = ""
    rw: str = ""
    codes: tuple[str, ...] = ()
    """What looks like the number of a thing (PJU-0042)."""
    others: int = 0
    without_place: bool = False
    """There is a link that only the network could follow."""


def is_message(text: str) -> bool:
    """Whether a text begins like a copied or exported message."""
    first = next((line for line in _plain(text).split("\n") if line.strip()), "")
    return _HEAD.match(first.strip()) is not None


def understood(text: str, today: dt.date) -> Understood:
    """Read a pasted text. Never fails: what is no message is the text itself."""
    found = list(messages(text, today))
    if not found:
        return Understood()
    first = found[0]
    mine = [one for one in found if one.sender == first.sender]
    said = "\n".join(one.text for one in mine if one.text)
    return _read(first, said, len(found) - len(mine))


def messages(text: str, today: dt.date) -> Iterator[Message]:
    """The messages one by one; lines without a head belong to the one before, lines of the service to none."""
    held: Message | None = None
    for line in _plain(text).split("\n"):
        head = _HEAD.match(line.strip())
        if head is None:
            held = Message("", None, line) if held is None else held._replace(text=f"{held.text}\n{line}")
            continue
        if held is not None:
            yield _tidy(held)
        sender = _SENDER.fullmatch(head["rest"])
        if sender is None:  # "Messages are end-to-end encrypted", "Budi joined"
            held = None
            continue
        who = sender["sender"].strip().removeprefix("~").strip()
        held = Message(who, _moment(head, today), sender["text"] or "")
    if held is not None:
        yield _tidy(held)


def _plain(text: str) -> str:
    """Without what is not seen: marks of direction, odd spaces and hyphens."""
    for odd, plain in _SPACES.items():
        text = text.replace(odd, plain)
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cf")


def _tidy(message: Message) -> Message:
    lines = (" ".join(line.split()) for line in _NOT_SAID.sub("", message.text).split("\n"))
    return message._replace(text="\n".join(lines).strip())


# ---- when


def _moment(head: re.Match[str], today: dt.date) -> dt.datetime | None:
    day = _day(head["date"] or head["date_after"] or head["date_2"], today, american=_half(head) != "")
    hour, minute, *_ = map(int, re.split("[.:]", head["time"] or head["time_first"] or head["time_2"]))
    half = _half(head)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if day is None or hour > 23 or minute > 59:
        return None
    return dt.datetime.combine(day, dt.time(hour, minute))


def _half(head: re.Match[str]) -> str:
    return (head["half"] or head["half_2"] or "")[:1].casefold()


def _day(text: str, today: dt.date, *, american: bool) -> dt.date | None:
    """Day first, as Indonesians write; month first where that is the only day that has been, or the clock has AM and PM."""
    parts = [int(part) for part in re.split(r"[/.\-]", text)]
    if re.match(r"\d{4}", text):
        parts = parts[::-1] if len(parts) == 3 else []
    if len(parts) not in (2, 3):
        return None
    orders = [(parts[0], parts[1]), (parts[1], parts[0])]
    days = (_date(day, month, parts[2:], today) for day, month in orders)
    found = [day for day in days if day is not None]
    past = [day for day in found if day <= today]
    if len(past) == 2 and american:
        return past[1]
    best = past or found
    return best[0] if best else None


def _date(day: int, month: int, year: list[int], today: dt.date) -> dt.date | None:
    try:
        if year:
            return dt.date(year[0] + (2000 if year[0] < 100 else 0), month, day)
        this = dt.date(today.year, month, day)
        return this if this <= today else dt.date(today.year - 1, month, day)
    except ValueError:  # there is no such day
        return None


# ---- who, what, where


def _read(first: Message, said: str, others: int) -> Understood:
    phone = _PHONE.fullmatch(first.sender)
    position, short, text = _position(said)
    both, rt, rw = _BOTH.search(text), _RT.search(text), _RW.search(text)
    return Understood(
        name="" if phone else first.sender,
        phone=first.sender if phone else "",
        at=first.at,
        text=text,
        position=position,
        street=_street(text),
        rt=both[1] if both else rt[1] if rt else "",
        rw=both[2] if both else rw[1] if rw else "",
        codes=tuple(dict.fromkeys(_CODE.findall(text))),
        others=others,
        without_place=short and not position,
    )


def _position(text: str) -> tuple[str, bool, str]:
    """The position as written, whether there is a link that can't be followed here, and the text without the position."""
    position, short = "", False
    for found in _LINK.findall(text):
        link = found.rstrip(".,;)>")
        if _SHORT.search(link):
            short = True
        elif _MAP.search(link) and re.search(r"\d[.,]\d{2}", link):
            position = position or link
            text = text.replace(found, "")
    if not position:
        pair = _PAIR.search(text)
        if pair:
            position, text = pair[0], text.replace(pair[0], "")
    lines = (line.rstrip() for line in text.split("\n"))
    kept = (line for line in lines if not _PLACE_WORD.match(line))
    return position, short, "\n".join(kept).strip()


def _street(text: str) -> str:
    """The first street or lane that is named; "lampu jalan didepan" names none."""
    for found in _STREET.finditer(text):
        name = _ENDS_STREET.sub("", f" {found['name']}").split()[:5]
        if name:
            road = "Gg." if found["road"].casefold().startswith("g") else "Jl."
            return " ".join((road, *(word.capitalize() if word.islower() else word for word in name)))
    return ""
