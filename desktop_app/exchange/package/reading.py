"""Reading a package: everything that can be known of it without a database is checked before its first row is given out.

The order: size, envelope (age), the ZIP's directory, the strict JSON, the signature, the header, exactly the declared members, the
hash of each, the headings. The file itself is read once, from its first byte to its last, whatever is found; rows are inflated
again from the buffer when they are asked for. Nothing is written but an unnamed file in the work folder for a very large package.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from desktop_app.core.words import Words
from desktop_app.exchange.package.explain import explain
from desktop_app.exchange.package.guard import (
    LIMITS,
    MANIFEST,
    SIGNATURE,
    Archive,
    Limits,
    not_a_package,
    truncated,
)
from desktop_app.exchange.package.header import FORMAT, Header, from_json
from desktop_app.exchange.package.keys import KeyCard
from desktop_app.exchange.package.refusing import SEND_AGAIN, Refused, TooNewError
from desktop_app.exchange.package.schema import PhotoResource, Resource, resources_of
from desktop_app.exchange.package.sealing import AGE_BEGIN, too_large, unseal
from desktop_app.exchange.package.strict_json import Fields, Json, canonical, parse
from desktop_app.formats.disk_errors import why
from desktop_app.formats.machine_csv import DamagedFileError, Table

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PIECE = 1024 * 1024
_ZIP_BEGIN = b"PK"
_EXPLAINED = 64 * 1024 * 1024
"""Bytes of a damaged table that are looked through for what was changed."""


class TableIn(NamedTuple):
    """A table in a package. `columns` as its heading has them; `groups`: column -> merge group ("" carried along); `rows`: how many."""

    part_name: str
    columns: tuple[str, ...]
    groups: Mapping[str, str]
    rows: int
    resource: Resource


class Opened:
    """A package that was found whole and rightly signed. Valid inside its `with` block."""

    def __init__(self, archive: Archive, document: Json, card: KeyCard, form: bytes, header: Header) -> None:
        self._archive = archive
        self.header = header
        self.pid = hashlib.sha256(form).hexdigest()
        self.key = card
        """The public keys that signed it; whether they are the sender's is for those to say who know the sender (10)."""
        self.notes: list[Words] = []
        described, photos = resources_of(document)
        self._check_members(described, photos)
        self.tables = tuple(self._table(resource) for resource in described)
        self.photos = tuple(photo.sha256 for photo in photos if self._is_whole(photo))
        """The photos whose bytes are what their names say; one that was damaged is left out with a note, to be asked for again."""

    def rows(self, table: TableIn) -> Iterator[list[str | None]]:
        """The rows of a table in the order of its columns; empty cells are None. Raises `Refused` with line and column."""
        count = 0
        try:
            for row in _with_numbers(self._reader(table.resource), table.resource):
                count += 1
                yield row
        except DamagedFileError as wrong:
            raise _in_table(table.part_name, wrong) from wrong
        if count != table.rows:
            raise _declared(table.resource.path)

    def photo(self, sha256: str) -> bytes:
        """The bytes of a photo in `photos`."""
        return self._archive.content(f"photos/{sha256}.jpg")

    def _check_members(self, tables: list[Resource], photos: list[PhotoResource]) -> None:
        """Exactly the declared members, no more and no fewer (16)."""
        told = {MANIFEST, SIGNATURE, *(one.path for one in tables), *(one.path for one in photos)}
        for name in sorted(told ^ set(self._archive.members)):
            missing = name in told
            raise Refused(
                "missing" if missing else "undeclared",
                f"Berkas '{name}' {'disebut di paket ini tetapi tidak ada' if missing else 'ada di paket ini tetapi tidak disebut'}.",
                f"The file '{name}' is {'named in this package and not there' if missing else 'in this package and not named'}.",
            )

    def _table(self, resource: Resource) -> TableIn:
        """Check hash and heading of a table (17, 20-23, 28)."""
        hashed = hashlib.sha256()
        for chunk in self._archive.chunks(resource.path):
            hashed.update(chunk)
        if (
            hashed.hexdigest() != resource.sha256
            or self._archive.members[resource.path].size != resource.size
        ):
            content = io.BytesIO()
            for chunk in self._archive.chunks(resource.path):
                if content.tell() + len(chunk) > _EXPLAINED:
                    break
                content.write(chunk)
            words = explain(resource, content.getvalue())
            raise Refused("hash", words.id, words.en, SEND_AGAIN)
        try:
            reader = self._reader(resource)
        except DamagedFileError as wrong:
            raise _in_table(resource.part_name, wrong) from wrong
        if reader.had_bom:
            self.notes.append(
                Words(
                    f"Tabel {resource.part_name} diawali penanda BOM; penanda itu dilewati.",
                    f"The table {resource.part_name} begins with a byte order mark, which was skipped.",
                )
            )
        return TableIn(resource.part_name, reader.names, resource.groups, resource.rows, resource)

    def _reader(self, resource: Resource) -> Table:
        return Table(
            io.BufferedReader(_Chunks(self._archive.chunks(resource.path)), _PIECE), tuple(resource.types)
        )

    def _is_whole(self, photo: PhotoResource) -> bool:
        """Whether a photo's bytes are those that its name says (44): the rows are taken anyway, the photo is asked for again."""
        hashed = hashlib.sha256()
        for chunk in self._archive.chunks(photo.path):
            hashed.update(chunk)
        if hashed.hexdigest() == photo.sha256:
            return True
        self.notes.append(
            Words(
                f"Foto {photo.sha256[:12]} rusak di perjalanan; foto itu diminta lagi.",
                f"The photo {photo.sha256[:12]} was damaged on the way; it is asked for again.",
            )
        )
        return False


@contextmanager
def open_package(
    file: Path, identities: tuple[str, ...], work: Path, limits: Limits = LIMITS
) -> Iterator[Opened]:
    """Open a package that was sent to one of these age identities (or a bare ZIP). Raises `Refused`, `TooNewError` for one of a newer program."""
    with (
        SpooledTemporaryFile(limits.in_memory, dir=str(work)) as sealed,
        SpooledTemporaryFile(limits.in_memory, dir=str(work)) as plain,
    ):
        size, begin = _read(file, sealed, limits)
        if begin.startswith(_ZIP_BEGIN):
            yield _checked(Archive(cast("BinaryIO", sealed), size, limits))
            return
        if not begin.startswith(AGE_BEGIN):
            raise truncated() if AGE_BEGIN.startswith(begin) else not_a_package()
        opened = unseal(cast("BinaryIO", sealed), size, identities, plain, limits.file)
        sealed.truncate(0)
        yield _checked(Archive(cast("BinaryIO", plain), opened, limits))


def _read(file: Path, buffer: SpooledTemporaryFile[bytes], limits: Limits) -> tuple[int, bytes]:
    """Read the file once into the buffer, which stands at its beginning then; its size and first bytes."""
    size, begin = 0, b""
    try:
        with file.open("rb", buffering=0) as source:
            while piece := source.read(_PIECE):
                begin = (begin + piece)[:64] if len(begin) < 64 else begin
                size += len(piece)
                if size > limits.file:
                    raise too_large()
                buffer.write(piece)
    except OSError as wrong:
        words = why(wrong)
        raise Refused(
            "unreadable",
            f"Berkas ini tidak bisa dibaca: {words.id}.",
            f"This file can't be read: {words.en}.",
            Words("Periksa flashdisk atau foldernya.", "Check the stick or the folder."),
        ) from wrong
    if not size:  # 48
        raise Refused("empty", "Berkas ini kosong (0 bita).", "This file is empty (0 bytes).")
    buffer.seek(0)
    return size, begin


def _checked(archive: Archive) -> Opened:
    """Manifest, signature, header, members, hashes."""
    document = parse(archive.content(MANIFEST), MANIFEST)
    form = canonical(document)
    card = _signer(parse(archive.content(SIGNATURE), SIGNATURE), form)
    header = from_json(document)
    if header.sender.key_id != card.fingerprint or header.key_card not in (None, card):
        raise _badly_signed()
    if header.min_reader > FORMAT:  # 43
        raise TooNewError(header, hashlib.sha256(form).hexdigest(), card)
    return Opened(archive, document, card, form, header)


def _signer(found: Json, form: bytes) -> KeyCard:
    """The key card that signed this form (9)."""
    signature = Fields(found, "signature")
    key = signature.object("key")
    card = KeyCard(key.text("sign"), key.text("age"))
    if signature.text("algorithm") != "Ed25519" or not card.is_sound:
        raise _badly_signed()
    if not card.verifies(form, signature.text("signature")):
        raise _badly_signed()
    return card


def _badly_signed() -> Refused:
    return Refused(
        "signature",
        "Tanda tangan paket ini salah: isinya bukan seperti yang dikirim.",
        "The signature of this package is wrong: what is in it is not what was sent.",
    )


def _declared(path: str) -> Refused:
    return Refused(
        "row_count",
        f"Jumlah baris '{path}' di paket ini tidak seperti yang disebut di datapackage.json.",
        f"The file '{path}' in this package has another number of rows than datapackage.json says.",
    )


_NUMBERS = {"integer": "-?[0-9]{{1,18}}", "number": r"-?[0-9]{{1,18}}(?:\.[0-9]{{1,{}}})?"}
"""What a cell of these types looks like; the number in braces: digits behind the point."""


def _with_numbers(reader: Table, resource: Resource) -> Iterator[list[str | None]]:
    """The rows, while their numbers are looked at: no NaN, no infinity, no exponent (33)."""
    checks = [
        (place, re.compile(_NUMBERS[kind].format(resource.decimals.get(name, 18))).fullmatch)
        for place, name in enumerate(reader.names)
        if (kind := resource.types[name]) in _NUMBERS
    ]
    for row in reader:
        for place, fits in checks:
            cell = row[place]
            if cell is not None and not fits(cell):
                words = Words(f"'{cell[:40]}' bukan angka.", f"'{cell[:40]}' is no number.")
                raise DamagedFileError(words, reader.line, reader.names[place], case="number")
        yield row


def _in_table(name: str, wrong: DamagedFileError) -> Refused:
    return Refused(
        wrong.case,
        f"Tabel {name} di paket ini rusak. {wrong.words.id}",
        f"The table {name} in this package is damaged. {wrong.words.en}",
        Words("", ""),
    )


class _Chunks(io.RawIOBase):
    """A member's pieces as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: WriteableBuffer, /) -> int:
        target = memoryview(into).cast("B")
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
