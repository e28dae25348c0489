"""The guard: what a ZIP must be before anything in it is read. Its directory is read here, byte by byte, not by a library.

Every byte must have its place: the members lie one behind the other from the first byte on, the directory follows, then its end.
So nothing can overlap, hide in a gap or be reached twice, and what the directory says is what every other reader will find. Names
are from a closed list; sizes, counts and ratio are limited before and again while a member is inflated; nothing is ever extracted.
"""

from __future__ import annotations

import re
import stat
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from desktop_app.core.words import Words
from desktop_app.exchange.package.header import PART
from desktop_app.exchange.package.refusing import ASK_HEAD, COPY_AGAIN, Refused
from desktop_app.exchange.package.zip_form import (
    AFTER_MARK,
    CENTRAL,
    CENTRAL_MARK,
    DEFLATED,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    STORED,
)

_MB = 1024 * 1024
_PIECE = 256 * 1024


@dataclass(frozen=True)
class Limits:
    """What a package may be at most. Sizes in bytes; `ratio`: inflated to packed, for members above `ratio_from`."""

    file: int = 256 * _MB
    members: int = 2_000
    name: int = 140
    manifest: int = 8 * _MB
    photo: int = 24 * _MB
    member: int = 1024 * _MB
    total: int = 2048 * _MB
    ratio: int = 120
    ratio_from: int = _MB
    in_memory: int = 64 * _MB
    """What is larger goes to an unnamed file in the work folder while it is read."""


LIMITS = Limits()

MANIFEST, SIGNATURE = "datapackage.json", "signature.json"
TABLE_NAME = re.compile(rf"data/({PART})\.csv")
PHOTO_NAME = re.compile(r"photos/([0-9a-f]{64})\.jpg")
_FOLDERS = ("data/", "photos/")
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")

_FLAGS_TAKEN = 0x0002 | 0x0004 | 0x0008 | 0x0800
"""How well it was deflated, sizes behind the member, names in UTF-8. Not: encrypted, patched, masked."""
_AFTER = 0x0008
_EXTRAS_REFUSED = {0x0001, 0x7075, 0x9901, 0x0017, 0x6375}
"""Sizes of 64 bits, a second name, encryption, a second comment: each says something else than the directory does."""


class Member(NamedTuple):
    """A member as the directory tells it, found to be true as far as can be seen without inflating."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    offset: int


class _Placed(NamedTuple):
    member: Member
    data: int
    """Where its bytes begin."""


class Archive:
    """A guarded ZIP. `members` by name; nothing has been inflated yet."""

    def __init__(self, file: BinaryIO, size: int, limits: Limits = LIMITS) -> None:
        """Read and check the directory. Raises `Refused`."""
        self._file = file
        self._limits = limits
        found, directory = _directory(file, size, limits)
        _check_names(found)
        for member in found:
            _check_member(member, limits)
        if sum(member.size for member in found) > limits.total:
            raise _bomb()
        self._placed = {
            placed.member.name: placed
            for placed in _tiled(file, found, directory)
            if placed.member.name not in _FOLDERS
        }

    @property
    def members(self) -> dict[str, Member]:
        """The files in it, in the order in which they lie."""
        return {name: placed.member for name, placed in self._placed.items()}

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a member, piece by piece, never more than the directory said. Raises `Refused` when it says otherwise."""
        member, at = self._placed[name]
        crc = size = 0
        for chunk in self._inflated(member, at) if member.method == DEFLATED else self._raw(member, at):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            yield chunk
        if size != member.size:
            raise _lying(name)
        if crc != member.crc:
            raise _flipped(name)

    def content(self, name: str) -> bytes:
        """A whole member; for those whose limit is small."""
        return b"".join(self.chunks(name))

    def _raw(self, member: Member, at: int) -> Iterator[bytes]:
        left = member.packed
        while left:
            self._file.seek(at)
            chunk = self._file.read(min(left, _PIECE))
            at, left = at + len(chunk), left - len(chunk)
            yield chunk

    def _inflated(self, member: Member, at: int) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-15)
        left = member.size
        try:
            for packed in self._raw(member, at):
                rest, more = packed, True
                while more:
                    most = min(left + 1, _PIECE)  # one byte more than said is enough to know that it lies
                    chunk = inflater.decompress(rest, most)
                    left -= len(chunk)
                    if left < 0 or inflater.unused_data:
                        raise _lying(member.name)
                    rest = inflater.unconsumed_tail
                    more = bool(rest) or len(chunk) == most  # it may hold back what was over the measure
                    yield chunk
        except zlib.error as wrong:
            raise _flipped(member.name) from wrong
        if not inflater.eof:
            raise _flipped(member.name)


def _directory(file: BinaryIO, size: int, limits: Limits) -> tuple[list[Member], int]:
    """The directory's entries and where it begins."""
    file.seek(max(0, size - END.size))
    end = file.read(END.size)
    if len(end) < END.size or not end.startswith(END_MARK) or end[-2:] != b"\0\0":
        raise _no_end(file, size)
    told: tuple[int, ...] = END.unpack(end)
    disk, first, here, count, length, begin = told[1:7]
    if count > limits.members:  # 15: thousands of members
        raise Refused(
            "members",
            f"Paket ini memuat {count} berkas, lebih dari {limits.members}.",
            f"This package has {count} files in it, more than {limits.members}.",
            ASK_HEAD,
        )
    if disk or first or here != count or begin + length + END.size != size:
        raise _structure()
    file.seek(begin)
    data = file.read(length)
    if MANIFEST.encode("ascii") not in data:
        raise not_a_package()
    found: list[Member] = []
    at = 0
    for _ in range(count):
        if length - at < CENTRAL.size or data[at : at + 4] != CENTRAL_MARK:
            raise _structure()
        at = _entry(data, at, found)
    if at != length:
        raise _structure()
    return found, begin


def _entry(data: bytes, at: int, found: list[Member]) -> int:
    """Take one entry of the directory; where the next begins."""
    head: tuple[int, ...] = CENTRAL.unpack_from(data, at)
    flags, method = head[3:5]
    crc, packed, size, name_length, extra_length, comment, disk = head[7:14]
    attributes, offset = head[15:]
    name_at = at + CENTRAL.size
    extra_at = name_at + name_length
    raw, extra = data[name_at:extra_at], data[extra_at : extra_at + extra_length]
    if len(raw) != name_length or len(extra) != extra_length or comment or disk:
        raise _structure()
    name = _name(raw)
    if stat.S_IFMT(attributes >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR if name in _FOLDERS else 0):  # 15
        raise Refused(
            "link",
            f"Berkas '{name}' di paket ini bukan berkas biasa (tautan atau perangkat).",
            f"The file '{name}' in this package is no ordinary file (a link or a device).",
            ASK_HEAD,
        )
    if flags & ~_FLAGS_TAKEN or method not in (STORED, DEFLATED):
        raise Refused(
            "method",
            f"Berkas '{name}' di paket ini dikemas dengan cara yang tidak dipakai Pelita.",
            f"The file '{name}' in this package is packed in a way that Pelita doesn't use.",
        )
    _check_extra(extra)
    found.append(Member(name, method, flags, crc, packed, size, offset))
    return extra_at + extra_length


def _name(raw: bytes) -> str:
    """A name from the closed list (13). What else stands there is shown only in a harmless form."""
    name = raw.decode("ascii", "backslashreplace")
    table, photo = TABLE_NAME.fullmatch(name), PHOTO_NAME.fullmatch(name)
    device = table and any(_DEVICES.fullmatch(word) for word in table[1].split("."))
    if device or not (table or photo or name in (MANIFEST, SIGNATURE, *_FOLDERS)):
        shown = "".join(letter if letter.isprintable() else "?" for letter in name[:60])
        raise Refused(
            "name",
            f"Paket ini memuat berkas '{shown}', yang tidak ada dalam paket Pelita.",
            f"This package has a file '{shown}' in it, which no Pelita package has.",
            ASK_HEAD,
        )
    return name


def _check_extra(extra: bytes) -> None:
    at = 0
    while at < len(extra):
        if at + 4 > len(extra):
            raise _structure()
        number, length = (
            int.from_bytes(extra[at : at + 2], "little"),
            int.from_bytes(extra[at + 2 : at + 4], "little"),
        )
        if number in _EXTRAS_REFUSED or at + 4 + length > len(extra):
            raise _structure()
        at += 4 + length


def _check_names(found: list[Member]) -> None:
    names = [member.name for member in found]
    for name, times in Counter(names).items():
        if times > 1:  # 14
            raise Refused(
                "duplicate",
                f"Paket ini memuat '{name}' dua kali.",
                f"This package has '{name}' in it twice.",
                ASK_HEAD,
            )
    if MANIFEST not in names:
        raise not_a_package()
    if SIGNATURE not in names:  # 9
        raise Refused(
            "unsigned",
            "Paket ini tidak bertanda tangan, jadi tidak jelas siapa pengirimnya.",
            "This package is not signed, so nobody can tell who sent it.",
        )


def _check_member(member: Member, limits: Limits) -> None:
    """Sizes and ratio as the directory tells them (15)."""
    small = member.name in (MANIFEST, SIGNATURE)
    most = limits.manifest if small else limits.photo if PHOTO_NAME.fullmatch(member.name) else limits.member
    if member.name in _FOLDERS:
        most = 0
    if member.method == STORED and member.packed != member.size:
        raise _lying(member.name)
    if member.size > most:
        raise _bomb()
    if member.size > limits.ratio_from and member.size > limits.ratio * member.packed:
        raise _bomb()


def _tiled(file: BinaryIO, found: list[Member], directory: int) -> Iterator[_Placed]:
    """The members in the order in which they lie; together they must fill everything before the directory."""
    at = 0
    for member in sorted(found, key=lambda member: member.offset):
        if member.offset < at:  # 15: one byte serving two members
            raise Refused(
                "overlap",
                f"Berkas '{member.name}' di paket ini bertumpuk dengan berkas lain.",
                f"The file '{member.name}' in this package lies over another file.",
                ASK_HEAD,
            )
        if member.offset > at:
            raise _structure()
        data = _local(file, member)
        at = _behind(file, member, data + member.packed, directory)
        yield _Placed(member, data)
    if at != directory:
        raise _structure()


def _local(file: BinaryIO, member: Member) -> int:
    """Check the header before the member against the directory; where its bytes begin."""
    file.seek(member.offset)
    head = file.read(LOCAL.size)
    if len(head) < LOCAL.size or not head.startswith(LOCAL_MARK):
        raise _structure()
    told: tuple[int, ...] = LOCAL.unpack(head)
    flags, method = told[2:4]
    crc, packed, size, name_length, extra_length = told[6:]
    name, extra = file.read(name_length), file.read(extra_length)
    said = (crc, packed, size)
    later = member.flags & _AFTER and said == (0, 0, 0)
    if name != member.name.encode("ascii") or flags != member.flags or method != member.method:
        raise _lying(member.name)
    if said != (member.crc, member.packed, member.size) and not later:
        raise _lying(member.name)
    if len(extra) != extra_length:
        raise _structure()
    _check_extra(extra)
    return member.offset + LOCAL.size + name_length + extra_length


def _behind(file: BinaryIO, member: Member, end: int, directory: int) -> int:
    """Where the next member begins: behind the bytes, and behind the sizes that may follow them."""
    if end > directory:
        raise _lying(member.name)
    if not member.flags & _AFTER:
        return end
    sizes = b"".join(number.to_bytes(4, "little") for number in (member.crc, member.packed, member.size))
    file.seek(end)
    after = file.read(16)
    if after == AFTER_MARK + sizes:
        return end + 16
    if after[:12] == sizes:
        return end + 12
    raise _lying(member.name)


def _no_end(file: BinaryIO, size: int) -> Refused:
    """Why the directory's end isn't at the end of the file: cut off, or something behind it."""
    file.seek(0)
    if file.read(len(LOCAL_MARK)) != LOCAL_MARK:
        return not_a_package()
    file.seek(max(0, size - 70_000))
    tail = file.read(70_000)
    mark = tail.rfind(END_MARK)
    return _structure() if 0 <= mark <= len(tail) - END.size else truncated()


def truncated() -> Refused:
    """6: the end is missing."""
    return Refused(
        "truncated",
        "Berkas ini terpotong: bagian akhirnya tidak ada.",
        "This file is cut off: its end is missing.",
        COPY_AGAIN,
    )


def not_a_package() -> Refused:
    """Any other file, whatever its name says."""
    return Refused(
        "not_a_package",
        "Berkas ini bukan paket Pelita.",
        "This file is no Pelita package.",
        Words(
            "Pilih berkas yang berakhiran .pelita atau .pelita.zip.",
            "Choose a file that ends with .pelita or .pelita.zip.",
        ),
    )


def _structure() -> Refused:
    return Refused(
        "structure",
        "Berkas ini bukan ZIP seperti yang ditulis Pelita: ada bagian yang tidak pada tempatnya.",
        "This file is no ZIP as Pelita writes it: something in it is out of place.",
    )


def _lying(name: str) -> Refused:
    """15: directory and content disagree."""
    return Refused(
        "lying",
        f"Daftar isi paket ini tidak cocok dengan isinya ('{name}').",
        f"The directory of this package doesn't fit what is in it ('{name}').",
        ASK_HEAD,
    )


def _flipped(name: str) -> Refused:
    """7: a member is not what it was when it was packed."""
    return Refused(
        "flipped",
        f"Berkas ini rusak: '{name}' di dalamnya tidak bisa dibaca.",
        f"This file is damaged: '{name}' in it can't be read.",
        COPY_AGAIN,
    )


def _bomb() -> Refused:
    """15: far larger inside than a package can be."""
    return Refused(
        "bomb",
        "Isi paket ini jauh lebih besar daripada yang wajar.",
        "What is in this package is far larger than it could be.",
        ASK_HEAD,
    )
