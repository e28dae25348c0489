"""Writing a package: tables and photos into a ZIP, described and signed, sealed, on disk and read back before it gets its name."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Self, cast

from pyrage import EncryptError

from desktop_app.core.errors import KnownError
from desktop_app.core.travel import Part
from desktop_app.core.words import Words
from desktop_app.exchange.package.guard import MANIFEST, SIGNATURE
from desktop_app.exchange.package.header import Header, from_json
from desktop_app.exchange.package.keys import Keys
from desktop_app.exchange.package.refusing import Refused
from desktop_app.exchange.package.schema import document, photo_resource, resources_of, table_resource
from desktop_app.exchange.package.sealing import reopen, seal
from desktop_app.exchange.package.strict_json import Json, canonical, pretty
from desktop_app.exchange.package.zip_form import ZipWriter
from desktop_app.formats.disk_errors import explained_writing

_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Written:
    """A package on disk. `counts`: table -> rows, and "photos". It has its name once `release` was called."""

    pid: str
    path: Path
    bytes: int
    counts: Mapping[str, int]

    @property
    def part_file(self) -> Path:
        """Where it lies until it is released."""
        return part_file(self.path)

    def release(self) -> None:
        """Give the file its name, for good: nothing comes after this but the receipt."""
        with explained_writing(self.path.name):
            self.part_file.replace(self.path)
            _sync_folder(self.path.parent)


def part_file(target: Path) -> Path:
    """The name of a package that isn't finished."""
    return target.with_name(f"{target.name}.part")


class PackageFile:
    """One file being made: tables and photos in any number, then `finish`. Leaving the block otherwise leaves nothing behind.

    `header` is asked for only at the end, so that a set's files can be filled first and numbered then. Without recipients it is a bare ZIP.
    """

    def __init__(self, target: Path, header: Header, keys: Keys, recipients: tuple[str, ...] = ()) -> None:
        self.target = target
        self.header = header
        self._keys = keys
        self._recipients = recipients
        self._resources: list[Json] = []
        self._done = False
        # In memory: it must not lie on a disk before it is sealed, and a set is cut into files of some megabytes (see `set_aside`).
        self._plain = io.BytesIO()
        self._zip = ZipWriter(self._plain)
        self._aside: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, wrong: type[BaseException] | None, *_more: object) -> None:
        if wrong or not self._done:
            part_file(self.target).unlink(missing_ok=True)

    @property
    def size(self) -> int:
        """Bytes so far, to know when a set needs another file."""
        return self._plain.tell()

    def set_aside(self, work: Path) -> None:
        """Nothing more comes before `finish`: until then it lies in the work folder, in a file that is gone with this process and is sealed for
        this site alone, so that a set takes no more memory than two of its files.
        """
        self._aside = TemporaryFile(dir=work)  # noqa: SIM115  (closed by `finish` or `let_go`)
        self._plain.seek(0)
        with explained_writing(self.target.name):
            _seal(self._plain, _Hashing(self._aside), (self._keys.card.age,))
        self._plain.seek(0)
        self._plain.truncate()

    def let_go(self) -> None:
        """It is not wanted any more."""
        if self._aside is not None:
            self._aside.close()

    def table(self, part: Part, pieces: Iterable[tuple[int, bytes]]) -> int:
        """Write a table: pairs of (number of rows, their CSV), the heading first with 0 rows. Gives the number of rows."""
        rows = 0
        names: list[str] = []

        def passing() -> Iterator[bytes]:
            nonlocal rows
            for count, piece in pieces:
                if not names:
                    names.extend(piece[: piece.index(b"\r\n")].decode("ascii").split(","))
                rows += count
                yield piece

        member = self._zip.add(f"data/{part.name}.csv", passing(), deflate=True)
        self._resources.append(table_resource(part, names, member.sha256, member.size, rows))
        return rows

    def photo(self, sha256: str, data: bytes) -> None:
        """Put in a photo. Raises ValueError when it isn't the one that was meant."""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise ValueError(f"photo {sha256} has other bytes")
        self._zip.add(f"photos/{sha256}.jpg", (data,), deflate=False)
        self._resources.append(photo_resource(sha256, len(data)))

    def finish(self, *, release: bool = True) -> Written:
        """Describe, sign, seal, write, read back. `release=False`: it keeps the name of an unfinished file until `Written.release`.

        Raises `KnownError` when the place can't be written or doesn't keep what was written, ValueError for a header or a table
        that a reader would refuse.
        """
        if self._aside is not None:
            with self._aside:
                reopen(self._aside, self._plain, self._keys.identity)
        described = document(self.header, self._resources)
        _as_readers_do(described, self.header)
        form = canonical(described)
        self._zip.add(MANIFEST, (pretty(described),), deflate=False)
        self._zip.add(SIGNATURE, (pretty(self._signature(form)),), deflate=False)
        self._zip.finish()
        counts = {one["name"]: one["rows"] for one in self._resources if "rows" in one}
        counts["photos"] = len(self._resources) - len(counts)
        self._done = True
        written = Written(hashlib.sha256(form).hexdigest(), self.target, self._store(), counts)
        if release:
            written.release()
        return written

    def _signature(self, form: bytes) -> Json:
        return {
            "algorithm": "Ed25519",
            "key": self._keys.card._asdict(),
            "signature": self._keys.signature(form),
        }

    def _store(self) -> int:
        """Write the `.part`, bring it to the disk and read it back; its size."""
        part = part_file(self.target)
        self._plain.seek(0)
        try:
            with explained_writing(self.target.name):
                with part.open("wb") as file:
                    hashing = _Hashing(file)
                    if self._recipients:
                        _seal(self._plain, hashing, self._recipients)
                    else:
                        while piece := self._plain.read(_PIECE):
                            hashing.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                _read_back(part, hashing)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return hashing.size


def _as_readers_do(described: Json, header: Header) -> None:
    try:
        resources_of(described)
        found = from_json(described)
    except Refused as refused:
        raise ValueError(f"no reader would take this: {refused.words.en}") from refused
    if found != header:
        raise ValueError("a header that doesn't come back as it was")


def _seal(plain: BinaryIO, target: _Hashing, recipients: tuple[str, ...]) -> None:
    """Seal into a file; what the disk says comes out of age wrapped, and is told as the disk said it."""
    try:
        seal(plain, cast("BinaryIO", target), recipients)
    except EncryptError:
        if target.failed is not None:
            raise target.failed from None
        raise


class _Hashing:
    """A file that remembers the hash of what went into it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()
        self.size = 0
        self.failed: OSError | None = None

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        self.size += len(data)
        try:
            return self._file.write(data)
        except OSError as wrong:
            self.failed = wrong
            raise

    def flush(self) -> None:
        self._file.flush()


def _read_back(part: Path, written: _Hashing) -> None:
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").digest()
    if found != written.hash.digest():
        raise KnownError(
            Words(
                f"Media penyimpanan tidak menyimpan {part.name} dengan benar. Pakai flashdisk lain atau folder lain.",
                f"The drive did not keep {part.name} as it was written. Use another stick or folder.",
            )
        )


def _sync_folder(folder: Path) -> None:
    """Bring a rename to the disk; Windows does it by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
