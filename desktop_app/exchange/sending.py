"""Making a package for another site: what it does not have yet, what it is acknowledged, what was refused. Source: exchange.md, "Sending".

Everything in a package comes from one read transaction. Its files are on the disk and read back before it is entered, and get their
names after that: who is interrupted anywhere runs it again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from desktop_app import __version__
from desktop_app.core import travel
from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.stamps import new_uid
from desktop_app.core.travel import Part
from desktop_app.core.words import Words
from desktop_app.exchange import own
from desktop_app.exchange.package.codes import phone_code
from desktop_app.exchange.package.header import Header, Place, RefusedNote, SetOf
from desktop_app.exchange.package.keys import KeyCard, Keys
from desktop_app.exchange.package.reading import open_package
from desktop_app.exchange.package.writing import PackageFile, Written
from desktop_app.storage import exchanging, identity
from desktop_app.storage.columns import moment
from desktop_app.storage.exchanging import PackageOut, Peer
from desktop_app.storage.photos import get as picture

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.store import Store

_TRIES = 3
_DOING = Words("Menulis paket", "Writing the package")
_NAME = "{practice}{site}_{number}_{date}{part}.pelita{bare}"
_PRACTICE = "LATIHAN_"
"""So begins the name of a file that is for practice: it shall not lie on a stick like a real one."""
NO_PHOTO = "photo_missing"
"""The reason of a refusal that asks for a picture again."""


class Due(NamedTuple):
    """What is to be sent to a site: which rows by number and office, and which pictures. `rows`: how many, by part name."""

    since: int
    base: str | None
    site_id: str
    site_codes: tuple[str, ...] | None
    own_references: tuple[str, ...] | None
    rows: dict[str, int]
    photos: tuple[exchanging.Picture, ...]

    def codes_for(self, part: Part) -> tuple[str, ...] | None:
        """The offices whose rows of this part go there; None: all that are here."""
        return self.own_references if part.kind.owner == "reference" else self.site_codes


def due(reader: Reader, peer: Peer | None) -> Due:
    """What that site does not have yet; everything as long as none is known.

    Headquarters sends an office the rows of that office and its own; an office sends all it has, but of kinds that are
    headquarters' own (regions) only what came from there: each installation has loaded them for itself.
    """
    site = reader.site()
    since, base = (peer.mark, peer.mark_pid) if peer else (0, None)
    site_id = peer.site_id if peer else ""
    at_head = site.role == exchanging.HEADQUARTERS
    codes = (peer.site_code, site.site_code) if at_head and peer else None
    references = codes if at_head else (peer.site_code,) if peer else ()
    counts = reader.due_counts(since, site_id, codes, moved=at_head)
    if references != codes:
        lists = [part for part in travel.parts(reader.registry) if part.kind.owner == "reference"]
        counts |= reader.due_counts(since, site_id, references, parts=lists)
    asked = [one.uid for one in exchanging.refused(reader, site_id, "got") if one.part == exchanging.PHOTO]
    photos = exchanging.photos_due(reader, since, site_id, codes, asked)
    return Due(since, base, site_id, codes, references, counts, tuple(photos))


class Made(NamedTuple):
    """A package that was sent: its entry, its files in order, and how many rows each of its tables has ("photos": pictures)."""

    entry: PackageOut
    files: tuple[Path, ...]
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What a package is to be like. `personal`: with personal fields even where it can't be sealed.

    `part_bytes`: how large a file grows before another one is begun (an e-mail or a message is to take it).
    """

    folder: Path
    part_bytes: int
    personal: bool = False
    person: str = ""


def recipients(reader: Reader, peer: Peer | None, keys: Keys) -> tuple[str, ...]:
    """Whom a package is sealed for: a site whose key was confirmed, this site itself, and the escrow recipient; else nobody."""
    if peer is None or not peer.is_trusted or not peer.age_key:
        return ()
    escrow = own.escrow(reader)
    return tuple(dict.fromkeys([peer.age_key, keys.card.age, *([escrow] if escrow else [])]))


def send(store: Store, peer_id: str, order: Order, progress: Progress | None = None) -> Made:
    """Make the package for the site with this id ("": headquarters, as long as none is known), and enter it.

    Raises `KnownError` when the folder can't be written, `Cancelled` when stopped: then nothing was sent, and no file is left.
    """
    keys = own.keys(store)
    _tidy(store, order.folder, keys)
    for _ in range(_TRIES):
        with store.reading() as reader:
            peer = exchanging.peer(reader, peer_id) if peer_id else None
            with _Files(reader, peer, order, keys, store.folder, progress or Quiet()) as files:
                files.make()
                made = files.entry()
                if not _enter(store, files.basis, made, order.person):
                    continue
                files.kept = True
        written = files.written
        for one in written:
            one.release()
        _read_back(written, keys, store.folder)
        return Made(made, tuple(one.path for one in written), json.loads(made.counts))
    raise KnownError(
        Words(
            "Paket lain sedang dibuat di komputer ini. Tunggu sebentar, lalu kirim lagi.",
            "Another package is being made on this computer. Wait a moment, then send again.",
        )
    )


class _Basis(NamedTuple):
    """What must still be so when the package is entered, or another one went out meanwhile."""

    site_id: str
    number: int
    prev: str | None
    mark_pid: str | None


def _basis(reader: Reader, peer: Peer | None) -> _Basis:
    """`prev`: the last package for that recipient; one for a headquarters that is not known yet follows the last such one."""
    if peer is None:
        last = exchanging.packages_out(reader, 1, to_site_id="")
        prev = last[0].pid if last else None
    else:
        prev = peer.last_out
    return _Basis(reader.site_id, exchanging.next_number(reader), prev, peer.mark_pid if peer else None)


def _enter(store: Store, basis: _Basis, made: PackageOut, person: str) -> bool:
    """Enter it, unless something went out (or came in) since it was begun; whether it was entered."""
    with store.writing(person) as writer:
        peer = exchanging.peer(writer, made.to_site_id) if made.to_site_id else None
        if _basis(writer, peer) != basis:
            return False
        exchanging.enter_out(writer, made)
        return True


def _read_back(written: list[Written], keys: Keys, work: Path) -> None:
    """Open each file under its name as a reader would: what can't be read must not go on its way."""
    for one in written:
        with open_package(one.path, (keys.identity,), work) as opened:
            if opened.pid != one.pid:
                raise KnownError(
                    Words(
                        f"{one.path.name} berubah sesudah ditulis. Kirim lagi ke folder atau flashdisk lain.",
                        f"{one.path.name} changed after it was written. Send again to another folder or stick.",
                    )
                )


@dataclass
class _Files:
    """The files of one package while they are made."""

    reader: Reader
    peer: Peer | None
    order: Order
    keys: Keys
    work: Path
    progress: Progress
    kept: bool = False
    """Whether the package is entered: its files stay, whatever happens."""
    written: list[Written] = field(default_factory=list)
    _open: list[PackageFile] = field(default_factory=list)
    _done: int = 0

    def __post_init__(self) -> None:
        self.due = due(self.reader, self.peer)
        self.recipients = recipients(self.reader, self.peer, self.keys)
        self.personal = bool(self.recipients) or self.order.personal
        self.basis = _basis(self.reader, self.peer)
        self.header = self._header()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_wrong: object) -> None:
        for file in self._open:
            file.let_go()
        if not self.kept:
            for one in self.written:
                one.part_file.unlink(missing_ok=True)

    def _header(self) -> Header:
        reader, peer = self.reader, self.peer
        site = identity.load(reader.connection)
        confirmed = peer is not None and peer.is_trusted
        return Header(
            purpose=own.purpose(reader),
            schema=exchanging.schema(reader),
            program=__version__,
            made_at=moment(reader.now),
            sender=own.place(reader, self.keys.fingerprint),
            to=_place(peer) if peer else None,
            number=self.basis.number,
            prev=self.basis.prev,
            base=self.due.base,
            since=self.due.since,
            upto=site.change_no,
            clock=site.clock.stamp,
            seen=exchanging.acknowledged_from(reader, peer.site_id) if peer and confirmed else (),
            retired=tuple(exchanging.retired(reader)),
            dead=peer is not None and peer.is_dead,
            refused=tuple(self._refused()),
            journal_head=exchanging.journal_head(reader),
            personal=self.personal,
            set=SetOf(new_uid()),
            key_card=self.keys.card if not (peer and peer.mark_pid) else None,
        )

    def _refused(self) -> Iterator[RefusedNote]:
        """The rows that are not taken here, and the pictures that have not come."""
        if self.peer is None:
            return
        pictures: dict[str, str] = {}
        for one in exchanging.refused(self.reader, self.peer.site_id, "given"):
            if one.part == exchanging.PHOTO:
                pictures[one.uid] = one.reason
            else:
                yield RefusedNote(*one)
        codes = (self.peer.site_code,) if self.peer.role != exchanging.HEADQUARTERS else None
        for sha256 in exchanging.photos_missing(self.reader, codes):
            yield RefusedNote(exchanging.PHOTO, sha256, sha256, pictures.get(sha256, NO_PHOTO))

    # ---- content

    def make(self) -> None:
        """Records first, pictures after them in files of their own. Each file is on the disk under an unfinished name then.

        Every file says how many there are: those with rows are put aside until that is known, pictures are counted beforehand.
        """
        self._begin()
        for part in travel.parts(self.reader.registry):
            if self.due.rows.get(part.name):
                self._table(part)
        of_pictures = _in_files(self.due.photos, self.order.part_bytes)
        if of_pictures and not sum(self.due.rows.values()):
            self._open.clear()
        files = len(self._open) + len(of_pictures)
        while self._open:
            self._finish(self._open.pop(0), files)
        for pictures in of_pictures:
            self._pictures(self._begin(), pictures)
            self._finish(self._open.pop(), files)

    def _begin(self) -> PackageFile:
        number = len(self.written) + len(self._open) + 1
        name = _NAME.format(
            practice=_PRACTICE if self.header.purpose == "practice" else "",
            site=self.header.sender.site_code,
            number=self.header.number,
            date=self.header.made_at[:10].replace("-", ""),
            part=f"_{number}" if number > 1 else "",
            bare="" if self.recipients else ".zip",
        )
        target = _free(self.order.folder, name)
        if self._open:
            self._open[-1].set_aside(self.work)
        self._open.append(PackageFile(target, self.header, self.keys, self.recipients))
        return self._open[-1]

    def _is_full(self) -> bool:
        return self._open[-1].size > self.order.part_bytes

    def _table(self, part: Part) -> None:
        """Write a table, into further files where one is full."""
        total = sum(self.due.rows.values())
        pieces = self.reader.csv_due(
            part,
            after=self.due.since,
            not_known_to=self.due.site_id,
            site_codes=self.due.codes_for(part),
            personal=self.personal,
            moved=self.due.site_codes is not None,
        )
        heading, piece = next(pieces), next(pieces, None)

        def fitting() -> Iterator[tuple[int, bytes]]:
            nonlocal piece
            yield heading
            while piece is not None:
                yield piece
                self._done += piece[0]
                self.progress.at(self._done, total, _DOING)
                piece = next(pieces, None)
                if self._is_full():
                    return

        while piece is not None:
            if self._is_full():
                self._begin()
            self._open[-1].table(part, fitting())

    def _pictures(self, file: PackageFile, pictures: list[exchanging.Picture]) -> None:
        for one in pictures:
            self.progress.at(self._done, None, _DOING)
            data = picture(self.reader, one.sha256)
            if data is None:
                raise LookupError(f"photo {one.sha256} was here a moment ago")
            file.photo(one.sha256, data)

    def _finish(self, file: PackageFile, files: int) -> None:
        """Number a file and write it; the last names the earlier ones."""
        self.progress.at(self._done, None, _DOING)
        part = len(self.written) + 1
        earlier = tuple(one.pid for one in self.written) if part == files else ()
        file.header = replace(self.header, set=SetOf(self.header.set.id, part, files, earlier))
        self.written.append(file.finish(release=False))

    def entry(self) -> PackageOut:
        """The package as it is entered."""
        counts: dict[str, int] = {}
        for one in self.written:
            for name, rows in one.counts.items():
                counts[name] = counts.get(name, 0) + rows
        header, pid = self.header, self.written[-1].pid
        to = header.to
        return PackageOut(
            pid=pid,
            to_site_id=to.site_id if to else "",
            to_site_code=to.site_code if to else "",
            number=header.number,
            prev=header.prev,
            base=header.base,
            since=header.since,
            upto=header.upto,
            clock=header.clock,
            made_at=header.made_at,
            made_by=self.order.person or None,
            code=phone_code(pid, to.site_id) if to else None,
            file=self.written[0].path.name,
            bytes=sum(one.bytes for one in self.written),
            parts=json.dumps([one.pid for one in self.written]),
            counts=json.dumps(counts),
            personal=int(self.personal),
        )


def _in_files(photos: Sequence[exchanging.Picture], most: int) -> list[list[exchanging.Picture]]:
    """The pictures as they are spread over files: as many as fit, one at least."""
    files: list[list[exchanging.Picture]] = []
    size = 0
    for one in photos:
        if not files or size + one.size > most:
            files.append([])
            size = 0
        files[-1].append(one)
        size += one.size
    return files


def _tidy(store: Store, folder: Path, keys: Keys) -> None:
    """What an interrupted sending left in the folder: a file that was entered gets its name, one that was not is taken away."""
    with store.reading() as reader:
        site = reader.site()
        for left in sorted(folder.glob(f"*{site.site_code}_*.pelita*.part")):
            try:
                with open_package(left, (keys.identity,), store.folder) as opened:
                    pid, header = opened.pid, opened.header
            except KnownError:
                continue  # cut off, or another computer's: the one who writes it writes it anew
            if header.sender.site_id not in (site.site_id, *identity.load(reader.connection).former):
                continue
            entered = exchanging.packages_out(reader)
            if any(pid in json.loads(one.parts) for one in entered):
                left.replace(left.with_suffix(""))
            else:
                left.unlink()


def _place(peer: Peer) -> Place:
    card = KeyCard(peer.sign_key, peer.age_key).fingerprint if peer.sign_key and peer.age_key else ""
    return Place(peer.site_code, peer.site_id, peer.role, peer.name or "", card)


def _free(folder: Path, name: str) -> Path:
    """A name that no file in the folder has: two computers of one office may number alike."""
    stem, ending = name.split(".pelita")
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{stem} ({number}).pelita{ending}"
    return target
