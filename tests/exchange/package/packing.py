"""Packages for tests: made by the program, taken apart, and put together again with whatever shall be wrong in them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from desktop_app.core.stamps import Clock, short_id
from desktop_app.core.travel import columns, parts
from desktop_app.exchange.package.guard import LIMITS, MANIFEST, SIGNATURE, Limits
from desktop_app.exchange.package.header import Header, Place, SetOf
from desktop_app.exchange.package.keys import Keys
from desktop_app.exchange.package.reading import Opened, open_package
from desktop_app.exchange.package.strict_json import canonical
from desktop_app.exchange.package.writing import PackageFile, Written
from desktop_app.formats.machine_csv import to_line
from desktop_app.records.registry import REGISTRY

OFFICE, HEAD, STRANGER = Keys.new(), Keys.new(), Keys.new()
OFFICE_ID, HEAD_ID = "019a0000-0000-7000-8000-0123456789ab", "019a0000-0000-7000-8000-ba9876543210"
STAMP = Clock(short_id(OFFICE_ID)).tick(1_763_784_000_000).stamp
PIDS = tuple(digit * 64 for digit in "abc")

WORK = next(part for part in parts(REGISTRY) if part.name == "park_work")
NAMES = tuple(column.name for column in columns(WORK))
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40 + b"\xff\xd9"

Row = Sequence[str | None]
Member = tuple[str, bytes]


def header(**changes: Any) -> Header:
    plain = Header(
        schema="0002",
        program="0.3.0",
        made_at="2026-11-22T04:00:00Z",
        sender=Place("18.72.01", OFFICE_ID, "office", "Kecamatan Metro Pusat", OFFICE.fingerprint),
        to=Place("18.72", HEAD_ID, "headquarters", "Kota Metro", HEAD.fingerprint),
        number=7,
        upto=120,
        clock=STAMP,
        set=SetOf("019a0000-0000-7000-8000-00000000beef"),
    )
    return replace(plain, **changes)


def row(number: int = 1, **cells: str | None) -> list[str | None]:
    """A row of park work; `cells` as they stand in the file."""
    known = {
        "uid": f"019a0000-0000-7000-8000-{number:012x}",
        "site_code": "18.72.01",
        "born": STAMP,
        "record_no": f"TMN/18.72.01/2026/{number:06d}",
        **cells,
    }
    assert set(known) <= set(NAMES), set(known) - set(NAMES)
    return [known.get(name) for name in NAMES]


def csv_of(rows: Iterable[Row], names: Sequence[str] = NAMES) -> bytes:
    return b"".join(map(to_line, [names, *rows]))


def write(
    file: Path,
    rows: Iterable[Row] = (row(1), row(2)),
    photos: Sequence[bytes] = (),
    to: Sequence[Keys] = (HEAD, OFFICE),
    **changes: Any,
) -> Written:
    """Make a package by the program; sealed for `to`, a bare ZIP for nobody."""
    with PackageFile(file, header(**changes), OFFICE, tuple(keys.card.age for keys in to)) as package:
        lines = [to_line(one) for one in rows]
        package.table(WORK, [(0, to_line(NAMES)), (len(lines), b"".join(lines))])
        for photo in photos:
            package.photo(sha256(photo).hexdigest(), photo)
        return package.finish()


def members(file: Path) -> list[Member]:
    """What a bare package holds, as another reader of ZIP files sees it."""
    with zipfile.ZipFile(file) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def zipped(file: Path, inside: Iterable[Member], method: int = zipfile.ZIP_STORED) -> Path:
    """A bare package with these members, written by another program."""
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in inside:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file


@dataclass
class Forged:
    """A package taken apart. Everything can be changed; `put` describes, signs and packs it again as asked."""

    document: dict[str, Any]
    inside: dict[str, bytes]
    keys: Keys = OFFICE

    @classmethod
    def like(cls, file: Path) -> Forged:
        inside = dict(members(file))
        del inside[SIGNATURE]
        return cls(json.loads(inside.pop(MANIFEST)), inside)

    @property
    def pelita(self) -> dict[str, Any]:
        return self.document["pelita"]

    @property
    def table(self) -> dict[str, Any]:
        return self.document["resources"][1]

    def content(self, data: bytes, rows: int | None = None, *, describe: bool = True) -> None:
        """Other content for the table, with the description that fits it."""
        self.inside[self.table["path"]] = data
        if describe:
            self.table.update(hash=f"sha256:{sha256(data).hexdigest()}", bytes=len(data))
        if rows is not None:
            self.table["rows"] = rows

    def manifest(self) -> bytes:
        return json.dumps(self.document, ensure_ascii=False).encode()

    def signature(self, form: bytes | None = None) -> bytes:
        signed = canonical(self.document) if form is None else form
        return json.dumps(
            {
                "algorithm": "Ed25519",
                "key": self.keys.card._asdict(),
                "signature": self.keys.signature(signed),
            }
        ).encode()

    def members(self) -> list[Member]:
        return [*self.inside.items(), (MANIFEST, self.manifest()), (SIGNATURE, self.signature())]

    def put(self, file: Path, method: int = zipfile.ZIP_STORED) -> Path:
        return zipped(file, self.members(), method)


class OnceOnly:
    """A file that can be read from its first byte to its last, once: nothing else is offered."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.opened = 0

    def open(self, mode: str, buffering: int) -> _Once:
        assert (mode, buffering) == ("rb", 0)
        self.opened += 1
        return _Once(io.BytesIO(self.file.read_bytes()))


class _Once:
    def __init__(self, data: io.BytesIO) -> None:
        self.read = data.read

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_wrong: object) -> None: ...


def opening(
    file: Path | OnceOnly, work: Path, keys: Sequence[Keys] = (HEAD,), limits: Limits = LIMITS
) -> AbstractContextManager[Opened]:
    return open_package(file, tuple(one.identity for one in keys), work, limits)  # type: ignore[arg-type]
