"""The update package: the whole program in one file, signed by the release key that is pinned in the program (docs/updates.md).

    PELITA-UPDATE 1 LF
    signature LF                  base64 of Ed25519 over the manifest
    length of the manifest LF
    manifest                      JSON: version, system, schema, and of each file path, size and SHA-256
    archive                       xz of all files one after the other, in the order of the manifest

Nothing is inflated before the signature is known to be right and the archive to have the hash that the manifest tells; files are
written only where the manifest says, each is compared with its hash.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import lzma
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop_app.core.progress import Progress
from desktop_app.core.words import Words
from desktop_app.exchange.package.refusing import ASK_HEAD, COPY_AGAIN, Refused
from desktop_app.exchange.package.strict_json import Fields, parse
from desktop_app.formats.disk_errors import explained_writing, why

MAGIC = b"PELITA-UPDATE 1\n"
SIGNED = b"pelita update 1\n"
"""What is signed begins with this, so that a signature can't be taken for one of something else."""

_PIECE = 1024 * 1024
_MANIFEST = 16 * 1024 * 1024
_MEMORY = 128 * 1024 * 1024
"""Bytes that inflating may take, whatever the archive asks for."""
_UNPACKED = 2 * 1024 * 1024 * 1024
_VERSION = r"[0-9]{1,6}(\.[0-9]{1,6}){1,3}"
_PART = r"[A-Za-z0-9_.+@()~=,-][A-Za-z0-9_.+@()~=, -]*"
_PATH = re.compile(rf"{_PART}(/{_PART})*")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_CHECKING = Words("Memeriksa paket pembaruan", "Checking the update package")
_UNPACKING = Words("Membuka isi paket", "Unpacking")


class Member(NamedTuple):
    """A file of the program: where it lies in the version folder, its bytes, its SHA-256."""

    path: str
    size: int
    sha256: str


class Offered(NamedTuple):
    """An update package whose signature is right.

    `system`: for which computers ("windows"); `schema`: the step to which its databases are brought; `begins`: where the archive begins.
    """

    version: str
    system: str
    schema: str
    archive_sha256: str
    archive_bytes: int
    members: tuple[Member, ...]
    begins: int

    @property
    def size(self) -> int:
        """Bytes on the disk when it is unpacked."""
        return sum(one.size for one in self.members)


def is_update(file: Path) -> bool:
    """Whether a file says of itself that it is an update package. A file that can't be read is none."""
    try:
        with file.open("rb") as source:
            return source.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def numbers(version: str) -> tuple[int, ...]:
    """A version as it is compared: 0.10.0 comes after 0.9. Raises ValueError for anything else."""
    if not re.fullmatch(_VERSION, version):
        raise ValueError(version)
    found = [int(number) for number in version.split(".")]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def public_keys(text: str) -> list[bytes]:
    """The pinned keys: one a line in base64, "#" begins a remark. Raises ValueError for a line that is no key."""
    keys = []
    for line in text.splitlines():
        if said := line.partition("#")[0].strip():
            key = base64.b64decode(said, validate=True)
            if len(key) != 32:
                raise ValueError(line)
            keys.append(key)
    return keys


def offered(file: Path, keys: Sequence[bytes]) -> Offered:
    """What an update package offers; nothing of it is inflated. Raises `Refused` when none of the keys signed it."""
    try:
        with file.open("rb") as source:
            if source.read(len(MAGIC)) != MAGIC:
                raise Refused(
                    "no_update", "Berkas ini bukan paket pembaruan.", "This file is no update package."
                )
            signature, length = source.readline(200), source.readline(20)
            if not length.rstrip(b"\n").isdigit() or int(length) > _MANIFEST:
                raise _damaged()
            manifest = source.read(int(length))
            if len(manifest) != int(length):
                raise _cut_off()
            begins, size = source.tell(), source.seek(0, 2)
    except OSError as wrong:
        words = why(wrong)
        raise Refused(
            "unreadable",
            f"{file.name} tidak bisa dibaca: {words.id}.",
            f"{file.name} can't be read: {words.en}.",
            COPY_AGAIN,
        ) from wrong
    _refuse_unsigned(signature.strip(), manifest, keys)
    found = _understood(manifest, begins)
    if size - begins != found.archive_bytes:
        raise _cut_off()
    return found


def _refuse_unsigned(signature: bytes, manifest: bytes, keys: Sequence[bytes]) -> None:
    try:
        given = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        given = b""
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(given, SIGNED + manifest)
        except InvalidSignature:
            continue
        return
    raise Refused(
        "update_key",
        "Paket pembaruan ini tidak ditandatangani oleh pembuat Pelita yang dikenal program ini.",
        "This update package is not signed by the makers of Pelita that this program knows.",
        ASK_HEAD,
    )


def _understood(manifest: bytes, begins: int) -> Offered:
    fields = Fields(parse(manifest, "manifest"), "update")
    archive = fields.object("archive")
    members = tuple(
        Member(one.text("path"), one.number("size"), one.text("sha256", "[0-9a-f]{64}"))
        for one in fields.objects("files")
    )
    names = [one.path.lower() for one in members]
    if len(set(names)) != len(names) or not all(is_harmless(one.path) for one in members):
        raise _damaged()
    found = Offered(
        fields.text("version", _VERSION),
        fields.text("system", "[a-z0-9]{1,20}"),
        fields.text("schema", "[0-9]{4}"),
        archive.text("sha256", "[0-9a-f]{64}"),
        archive.number("size"),
        members,
        begins,
    )
    if found.size > _UNPACKED:
        raise _damaged()
    return found


def is_harmless(path: str) -> bool:
    """Whether a path stays in its folder and means the same file on every system."""
    parts = path.split("/")
    return bool(_PATH.fullmatch(path)) and not any(
        _DEVICES.fullmatch(part) or part.endswith((".", " ")) for part in parts
    )


def unpack(file: Path, update: Offered, folder: Path, progress: Progress) -> None:
    """Write the program into a folder that doesn't exist yet.

    Raises `Refused` when the archive is not what was signed, `KnownError` when the disk is full; the caller then deletes the folder.
    """
    with file.open("rb") as source:
        _check_archive(source, update, progress)
        source.seek(update.begins)
        content = _Content(source)
        done = 0
        for member in update.members:
            progress.at(done, update.size, _UNPACKING)
            with explained_writing(member.path):
                target = folder / member.path
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as out:
                    hashed = hashlib.sha256()
                    for piece in content.take(member.size):
                        hashed.update(piece)
                        out.write(piece)
            if hashed.hexdigest() != member.sha256:
                raise _damaged()
            done += member.size
        if not content.is_over():
            raise _damaged()


def _check_archive(source: BinaryIO, update: Offered, progress: Progress) -> None:
    hashed, done = hashlib.sha256(), 0
    source.seek(update.begins)
    while piece := source.read(_PIECE):
        progress.at(done, update.archive_bytes, _CHECKING)
        hashed.update(piece)
        done += len(piece)
    if hashed.hexdigest() != update.archive_sha256:
        raise _damaged()


class _Content:
    """The archive, inflated piece by piece."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._inflater = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)

    def take(self, count: int) -> Iterator[bytes]:
        """The next bytes. Raises `Refused` when there are fewer."""
        while count:
            piece = self._more(min(count, _PIECE))
            count -= len(piece)
            yield piece

    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self._inflater.eof or (not self._inflate(b"", 1) and self._inflater.eof)

    def _more(self, most: int) -> bytes:
        while not self._inflater.eof:
            packed = self._source.read(_PIECE) if self._inflater.needs_input else b""
            if not packed and self._inflater.needs_input:
                break
            if piece := self._inflate(packed, most):
                return piece
        raise _damaged()

    def _inflate(self, packed: bytes, most: int) -> bytes:
        try:
            return self._inflater.decompress(packed, most)
        except lzma.LZMAError as wrong:
            raise _damaged() from wrong


def _cut_off() -> Refused:
    return Refused(
        "truncated",
        "Paket pembaruan ini terpotong atau bertambah isinya.",
        "This update package is cut off, or something was added to it.",
        COPY_AGAIN,
    )


def _damaged() -> Refused:
    return Refused(
        "update_damaged",
        "Paket pembaruan ini rusak di perjalanan.",
        "This update package was damaged on the way.",
        COPY_AGAIN,
    )
