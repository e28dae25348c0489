"""Packages with something wrong in them, by the thousand, from a seed; and what must hold for each of them.

Nothing but a refusal may come out of a spoilt package, or the very content that was signed. Some of them are signed again by the
sender after they were spoilt, as a broken program would: of those, what is given out must be what the bytes say.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.core.travel import columns, parts
from desktop_app.exchange.package.guard import MANIFEST, SIGNATURE
from desktop_app.exchange.package.refusing import Refused
from desktop_app.exchange.package.strict_json import canonical, pretty
from desktop_app.exchange.package.writing import PackageFile
from desktop_app.formats.machine_csv import to_line
from desktop_app.records.registry import REGISTRY
from tests.exchange.package import packing
from tests.exchange.package.packing import HEAD, OFFICE, PIDS, STAMP

MOVES = next(part for part in parts(REGISTRY) if part.name == "park_work.move")
CREWS = next(part for part in parts(REGISTRY) if part.name == "crew")

Members = list[tuple[str, bytes]]


class Content(NamedTuple):
    """What a package gave out."""

    pid: str
    tables: dict[str, list[list[str | None]]]
    photos: dict[str, bytes]


class Mutant(NamedTuple):
    """A spoilt package. `truth`: what may be read from it; None when it was signed again and tells about itself."""

    data: bytes
    truth: tuple[Content, ...] | None


class Nursery:
    """Makes mutants of two good packages, one of them sealed as well."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.bare = [self._made(number, sealed=False) for number in (1, 2)]
        self.sealed = self._made(1, sealed=True)
        self.truths = tuple(self._read(data) for data in self.bare)

    def _made(self, number: int, *, sealed: bool) -> bytes:
        file = self.folder / "made"
        to = (HEAD.card.age, OFFICE.card.age) if sealed else ()
        header = packing.header(number=number, seen=PIDS[:number], prev=PIDS[2], key_card=OFFICE.card)
        with PackageFile(file, header, OFFICE, to) as package:
            for part in (MOVES, CREWS)[:number]:
                names = [column.name for column in columns(part)]
                rows = [_row(names, place) for place in range(5)]
                package.table(part, [(0, to_line(names)), (5, b"".join(map(to_line, rows)))])
            photo = bytes([number]) * 700
            package.photo(sha256(photo).hexdigest(), photo)
            package.finish()
        return file.read_bytes()

    def _read(self, data: bytes) -> Content:
        file = self.folder / "mutant"
        file.write_bytes(data)
        with packing.opening(file, self.folder) as opened:
            return Content(
                opened.pid,
                {table.part_name: list(opened.rows(table)) for table in opened.tables},
                {sha: opened.photo(sha) for sha in opened.photos},
            )

    def judge(self, mutant: Mutant) -> str:
        """What became of a mutant: "read" or the case of its refusal. Anything else is raised."""
        try:
            content = self._read(mutant.data)
        except Refused as refused:
            if refused.words.id == refused.words.en or not refused.case:
                raise AssertionError("a refusal without a sentence") from refused
            return refused.case
        if mutant.truth is None:
            _tells_what_is_there(mutant.data, content)
        elif not any(_is(content, truth) for truth in mutant.truth):
            raise AssertionError("other content than was signed")
        return "read"

    def run(self, count: int) -> Counter[str]:
        """Make and judge so many; how often each thing happened."""
        found: Counter[str] = Counter()
        for number in range(count):
            way = WAYS[number % len(WAYS)]
            mutant = way(self)
            try:
                found[self.judge(mutant)] += 1
            except BaseException:
                (self.folder / "failed.pelita").write_bytes(mutant.data)
                print(f"mutant {number} by {way.__name__}: {self.folder / 'failed.pelita'}")  # noqa: T201
                raise
        return found

    # --- ways of spoiling

    def flipped_bytes(self) -> Mutant:
        return Mutant(self._flip(self.random.choice(self.bare)), self.truths)

    def flipped_bytes_under_seal(self) -> Mutant:
        return Mutant(self._flip(self.sealed), self.truths)

    def _flip(self, whole: bytes) -> bytes:
        data = bytearray(whole)
        # Half of the time near the ends, where headers, directory and proofs are.
        edge = self.random.random() < 0.5
        for _ in range(self.random.choice((1, 1, 1, 2, 8))):
            at = self.random.randrange(len(data))
            if edge:
                at = self.random.choice((at % 300, len(data) - 1 - at % 600))
            data[at] = self.random.choice(
                (data[at] ^ 1 << self.random.randrange(8), self.random.randrange(256))
            )
        return bytes(data)

    def cut_and_pasted(self) -> Mutant:
        data = self.random.choice((*self.bare, self.sealed))
        a, b = sorted(self.random.randrange(len(data) + 1) for _ in range(2))
        piece = data[a:b][:3000]
        at = self.random.randrange(len(data))
        new = self.random.choice(
            (
                data[:a],
                data[b:],
                data[:a] + data[b:],
                data[:at] + piece + data[at:],
                data[:at] + bytes(len(piece)) + data[at + len(piece) :],
            )
        )
        return Mutant(new, self.truths)

    def members_swapped(self) -> Mutant:
        inside = self._members(0) + (self._members(1) if self.random.random() < 0.5 else [])
        for _ in range(self.random.randrange(1, 4)):
            at, other = self.random.randrange(len(inside)), self.random.randrange(len(inside))
            way = self.random.randrange(5)
            if way == 0 and len(inside) > 1:
                del inside[at]
            elif way == 1:
                inside.append((inside[at][0], inside[other][1] if other < len(inside) else b""))
            elif way == 2:
                inside[at] = (inside[at][0], inside[other % len(inside)][1])
            elif way == 3:
                inside[at] = (self._strange_name(), inside[at][1])
            else:
                self.random.shuffle(inside)
        return Mutant(
            _zip(inside, self.random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))), self.truths
        )

    def json_changed(self) -> Mutant:
        """The description changed behind the sender's back."""
        inside = dict(self._members(self.random.randrange(2)))
        name = self.random.choice((MANIFEST, MANIFEST, SIGNATURE))
        document = json.loads(inside[name])
        self._spoil(document)
        inside[name] = json.dumps(document).encode("utf-8", "surrogatepass")
        return Mutant(_zip([*inside.items()], zipfile.ZIP_STORED), self.truths)

    def json_text_changed(self) -> Mutant:
        inside = dict(self._members(self.random.randrange(2)))
        name = self.random.choice((MANIFEST, SIGNATURE))
        inside[name] = self._flip(inside[name])
        return Mutant(_zip([*inside.items()], zipfile.ZIP_STORED), self.truths)

    def json_changed_and_signed(self) -> Mutant:
        """A broken program wrote nonsense into its description, and signed it."""
        inside = dict(self._members(self.random.randrange(2)))
        document = json.loads(inside[MANIFEST])
        self._spoil(document)
        return Mutant(_signed(document, inside), None)

    def table_changed_and_signed(self) -> Mutant:
        """A broken program wrote a broken table, described it rightly, and signed it."""
        inside = dict(self._members(1))
        document = json.loads(inside[MANIFEST])
        resource = self.random.choice(
            [one for one in document["resources"] if "schema" in one and "path" in one]
        )
        data = self._spoil_text(inside[resource["path"]])
        inside[resource["path"]] = data
        resource.update(hash=f"sha256:{sha256(data).hexdigest()}", bytes=len(data))
        resource["rows"] = self.random.choice((resource["rows"], data.count(b"\n") - 1, resource["rows"] - 1))
        return Mutant(_signed(document, inside), None)

    def _members(self, which: int) -> Members:
        with zipfile.ZipFile(io.BytesIO(self.bare[which])) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]

    def _strange_name(self) -> str:
        return self.random.choice(
            (
                "../x",
                "data/x.csv",
                "data/crew.csv",
                "data/con.csv",
                "/abs",
                "C:\\x",
                "data/ümlaut.csv",
                "a" * 300,
                "data/",
                "photos/x.jpg",
            )
        )

    def _spoil(self, document: dict[str, Any]) -> None:
        for _ in range(self.random.choice((1, 1, 2, 5))):
            holder: Any = document
            while True:
                keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
                if not keys:
                    break
                key = self.random.choice(keys)
                if isinstance(holder[key], dict | list) and holder[key] and self.random.random() < 0.85:
                    holder = holder[key]
                    continue
                if self.random.random() < 0.25:
                    del holder[key]
                elif self.random.random() < 0.2 and isinstance(holder, list):
                    holder.append(copy.deepcopy(holder[key]))
                else:
                    holder[key] = copy.deepcopy(self.random.choice(NASTY))
                break

    def _spoil_text(self, data: bytes) -> bytes:
        at = self.random.randrange(len(data))
        ways: tuple[Callable[[], bytes], ...] = (
            lambda: self._flip(data),
            lambda: data[:at],
            lambda: data[:at] + self.random.choice(SIGNS) + data[at:],
            lambda: data.replace(b",", b";"),
            lambda: data.replace(b"\r\n", self.random.choice((b"\n", b"\r", b"\n\n"))),
            lambda: self.random.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"sep=,\r\n")) + data,
            lambda: data.replace(b"uid", b"born", 1),
            lambda: data + data[data.index(b"\n") + 1 :],
        )
        return self.random.choice(ways)()


NASTY: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**53,
        2**64,
        1.5,
        1e300,
        "",
        "x",
        "\0",
        "\ud800",
        "a" * 64,
        "A" * 64,
        "🙂",
        "x" * 5000,
    ),
    *(
        [],
        {},
        [[]],
        [None],
        ["a" * 64],
        {"a": 1},
        STAMP,
        "sha256:" + "0" * 64,
        "SHA256:" + "0" * 64,
        "../x",
        "data/crew.csv",
    ),
    *("integer", "number", "string", "date", "headquarters", "age1x", 2),
)
SIGNS = (
    b'"',
    b"\0",
    b"\r",
    b"\n",
    b",",
    b"\xff",
    b"\xed\xa0\x80",
    b"NaN",
    b"=1+1",
    b"x" * 140_000,
    "ü".encode(),
)

WAYS = (
    Nursery.flipped_bytes,
    Nursery.flipped_bytes_under_seal,
    Nursery.cut_and_pasted,
    Nursery.members_swapped,
    Nursery.json_changed,
    Nursery.json_text_changed,
    Nursery.json_changed_and_signed,
    Nursery.table_changed_and_signed,
)


def _row(names: list[str], number: int) -> list[str | None]:
    known = {
        "uid": f"u{number}",
        "site_code": "18.72.01",
        "born": STAMP,
        "parent_uid": "p",
        "reason": 'a, "b"\r\nc',
        "notes": "ü",
    }
    return [known.get(name) for name in names]


def _is(content: Content, truth: Content) -> bool:
    """Whether a package gave what was signed; a photo that came to harm may be missing."""
    whole = (content.pid, content.tables) == (truth.pid, truth.tables)
    return whole and content.photos.items() <= truth.photos.items()


def _zip(inside: Members, method: int) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore")  # the same name twice is what some of them are about
        for name, data in inside:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def _signed(document: dict[str, Any], inside: dict[str, bytes]) -> bytes:
    """Packed with a right signature where the document has a canonical form at all."""
    try:
        inside[SIGNATURE] = pretty(
            {
                "algorithm": "Ed25519",
                "key": OFFICE.card._asdict(),
                "signature": OFFICE.signature(canonical(document)),
            }
        )
    except Refused:
        inside[SIGNATURE] = b"{}"
    inside[MANIFEST] = json.dumps(document).encode("utf-8", "surrogatepass")
    return _zip([*inside.items()], zipfile.ZIP_STORED)


def _tells_what_is_there(data: bytes, content: Content) -> None:
    """What was given out is what another reader finds in the bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = json.loads(archive.read(MANIFEST))
        assert content.pid == sha256(canonical(document)).hexdigest()
        for name, rows in content.tables.items():
            text = archive.read(f"data/{name}.csv").decode("utf-8-sig")
            others = list(csv.reader(io.StringIO(text, newline="")))[1:]
            assert [[cell or "" for cell in row] for row in rows] == others
