"""Taking a package in: merge always, acknowledge only what leaves no gap, notice copies and old backups. Source: exchange.md, "Receiving".

Everything that a package does happens in the caller's transaction, or not at all. The rules are those of the executable model that
they were tried on; each has a directed test (tests/exchange/protocol).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from desktop_app.core import travel
from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress
from desktop_app.core.stamps import WIDTH, site_of, wall_of
from desktop_app.core.travel import Part
from desktop_app.core.words import Words
from desktop_app.exchange import senders
from desktop_app.exchange.package.codes import phone_code
from desktop_app.exchange.package.convert import Content, converted
from desktop_app.exchange.package.header import Header, RefusedNote
from desktop_app.exchange.package.reading import Opened, TableIn
from desktop_app.exchange.package.refusing import TooNewError
from desktop_app.storage import exchanging
from desktop_app.storage.clock_ahead import AHEAD_MS
from desktop_app.storage.columns import moment
from desktop_app.storage.exchanging import HEADQUARTERS, PHOTO, PackageIn, Peer, Refusal
from desktop_app.storage.merging import moving
from desktop_app.storage.merging.owning import ids_of_headquarters
from desktop_app.storage.merging.plain import Arrival, From, Merged, StampAheadError

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

_STAMP = re.compile(f"[0-9a-f]{{{WIDTH}}}")
TAKING_BACK = "taking_back"
"""The settings line that says when somebody confirmed that headquarters takes back its own rows."""
_CONFIRMED_FOR = dt.timedelta(days=90)
"""So long a confirmation holds: until then every office has sent again what it had."""
TakePhoto = Callable[["Writer", str, bytes], "str | None"]
"""Keeps a picture that arrived; None when it is kept, else why not, in one word."""


class OwnRowsError(KnownError):
    """A package would bring back rows of headquarters' own that it has lost, and nobody has confirmed that: it is set aside."""

    def __init__(self, rows: int) -> None:
        super().__init__(
            Words(
                f"Paket ini membawa kembali {rows} baris milik pusat sendiri yang di sini tidak ada atau lebih lama. Kalau data pusat memang pernah hilang atau dipulihkan dari cadangan, ambil kembali baris itu (Kotak Masuk, menu paket; atau 'receive --take-back').",
                f"This package brings back {rows} rows of headquarters' own that are missing or older here. If headquarters did lose data or was restored from a backup, take them back (Inbox, the package's menu; or 'receive --take-back').",
            )
        )


@dataclass(frozen=True)
class Taken:
    """What became of a package. `same`: it was here before and changed nothing. `code`: what to read out as a receipt."""

    state: Literal["merged", "same", "ignored"]
    merged: Merged
    acknowledged: bool = False
    code: str = ""
    notes: tuple[Words, ...] = ()


def take(writer: Writer, opened: Opened, take_photo: TakePhoto, file_name: str, progress: Progress) -> Taken:
    """Merge a package in the writer's transaction, and acknowledge it if that may be.

    Raises `Refused` when it is not for this site or not from whom it says; `StampAheadError` when a clock is ahead, `OwnRowsError` when
    somebody has to confirm it first and `TooNewError` when it has rows of a kind that is unknown here: then the transaction is to be
    undone, and the file kept.
    """
    senders.refuse_strangers(writer, opened.header, opened.key)
    header = opened.header
    if not _is_head(writer) and header.to is not None and header.to.site_id != writer.site_id:
        other = Words(
            "Paket ini untuk komputer lain di kantor ini.",
            "This package is for another computer of this office.",
        )
        return Taken("ignored", Merged(), notes=(other,))
    refuse_ahead(writer, header.clock)
    if any(table.rows and not _part(writer, table) for table in opened.tables):
        raise TooNewError(header, opened.pid, opened.key)
    return _Taking(writer, opened, take_photo, file_name, progress).take()


def refuse_ahead(writer: Writer, stamp: str) -> None:
    """Raise `StampAheadError` for a stamp more than a day ahead of this computer's clock."""
    if wall_of(stamp) > writer.now.timestamp() * 1000 + AHEAD_MS:
        raise StampAheadError(stamp)


def _part(writer: Writer, table: TableIn) -> Part | None:
    return travel.part_named(writer.registry, table.part_name)


def _is_head(writer: Writer) -> bool:
    return writer.site().role == HEADQUARTERS


@dataclass
class _Taking:
    """One package on its way in."""

    writer: Writer
    opened: Opened
    take_photo: TakePhoto
    file_name: str
    progress: Progress
    notes: list[Words] = field(default_factory=list)

    def take(self) -> Taken:
        """All the rules, in their order."""
        writer, header = self.writer, self.opened.header
        self.at_head = _is_head(writer)
        self.mine = header.to is not None and header.to.site_id == writer.site_id
        self.known_before = exchanging.package_in(writer, self.opened.pid)
        self.peer = senders.sender(writer, self.opened)
        self._learn_own_id()
        self._look_back()
        self._look_for_fork()
        self._hear_of_retired()
        writer.site_row.clock = writer.site_row.clock.saw(header.clock)
        gapless = header.base is None or exchanging.is_acknowledged(
            writer, header.sender.site_id, header.base
        )
        fit = self.mine and gapless and not self.peer.is_dead
        merged = self._merge(acknowledged=fit)
        if merged.came_back:
            self._refuse_unconfirmed(merged.came_back)
        self._enter(merged)
        acknowledged = self._complete(fit=fit)
        self._follow()
        self._hear_of_ours()
        exchanging.put_peer(writer, self.peer)
        if header.to is None:
            self.notes.append(
                Words(
                    "Kantor ini belum mengenal pusat: konfirmasi sidik kuncinya, lalu kirim jawaban kepadanya; sesudah itu baru ada tanda terima.",
                    "This office does not know headquarters yet: confirm its fingerprint, then send it an answer; after that there will be receipts.",
                )
            )
        if not self.peer.is_trusted:
            self.notes.append(
                Words(
                    f"Pengirim belum dikonfirmasi. Bandingkan sidik kuncinya lewat telepon: {self.opened.key.fingerprint}.",
                    f"The sender is not confirmed yet. Compare its fingerprint by telephone: {self.opened.key.fingerprint}.",
                )
            )
        if not gapless:
            self.notes.append(
                Words(
                    "Ada paket sebelumnya yang belum sampai; paket ini digabung, tanda terimanya menunggu kiriman berikutnya.",
                    "An earlier package has not come; this one is merged, and its receipt waits for the next sending.",
                )
            )
        return self._told(merged, acknowledged=acknowledged and self.peer.is_trusted)

    def _told(self, merged: Merged, *, acknowledged: bool) -> Taken:
        before = self.known_before
        again = before is not None and before.state != exchanging.WAITING and not merged.altered
        code = ""
        if acknowledged and self.at_head:
            code = phone_code(self.set_pid, self.writer.site_id)
        notes = (*self.opened.notes, *self.notes)
        return Taken("same" if again else "merged", merged, acknowledged, code, notes)

    # ---- who I am, who the sender is

    def _learn_own_id(self) -> None:
        """Headquarters lost its disk and forgot an id that somebody still sends to: it is announced as retired."""
        to, writer = self.opened.header.to, self.writer
        if self.at_head and to is not None and not self.mine and to.site_id not in exchanging.retired(writer):
            exchanging.retire(writer, to.site_id)

    def _look_back(self) -> None:
        """Was this site put back to an old state, or is it a copy? Then it takes a new id; what came is merged all the same."""
        header, writer = self.opened.header, self.writer
        if not self.mine or not self.peer.is_trusted:
            return
        known = header.base is None or exchanging.is_acknowledged(writer, header.sender.site_id, header.base)
        lost = not known or len(exchanging.own_packages(writer, header.seen)) < len(set(header.seen))
        if not lost and not header.dead:
            return
        exchanging.reid(writer, retires=True)
        self.mine = False
        self.peer = self.peer._replace(mark=0, mark_pid=None, last_out=None)
        self.notes.append(
            Words(
                "Data di komputer ini pernah dikembalikan ke keadaan lama atau disalin; semuanya akan dikirim ulang, tidak ada yang hilang.",
                "The data on this computer was put back to an older state or copied; everything is sent anew, nothing is lost.",
            )
        )

    def _look_for_fork(self) -> None:
        """Two packages that follow the same one: two computers use one id. It is dead from now on."""
        header = self.opened.header
        to_id = header.to.site_id if header.to else ""
        if not exchanging.forked(self.writer, header.sender.site_id, to_id, header.prev, header.set.id):
            return
        if not self.peer.is_dead:
            self.peer = self.peer._replace(state=exchanging.DEAD)
        self.notes.append(
            Words(
                f"Dua komputer memakai identitas kantor {header.sender.site_code} yang sama (salinan atau cadangan lama). Datanya digabung; kirim jawaban ke kantor itu.",
                f"Two computers use the same identity of office {header.sender.site_code} (a copy or an old backup). The data is merged; send that office an answer.",
            )
        )

    def _hear_of_retired(self) -> None:
        """At headquarters an id that its own office gave up is dead. An office learns of ids that headquarters had in between, without
        its hearing of them: what was written under those is headquarters' word, too.
        """
        header, writer = self.opened.header, self.writer
        if not self.peer.is_trusted:
            return
        for site_id in header.retired:
            known = exchanging.peer(writer, site_id)
            if known is None:
                known = Peer(site_id, header.sender.site_code, header.sender.role)
            elif not self.at_head:
                continue
            if known.site_code == header.sender.site_code and site_id != self.peer.site_id:
                exchanging.put_peer(writer, known._replace(state=known.state or exchanging.RETIRED))

    def _follow(self) -> None:
        """An office goes on with headquarters' new id when that names the one it knew."""
        if self.at_head:
            return
        current = exchanging.headquarters(self.writer)
        if current is not None and current.site_id == self.peer.site_id:
            exchanging.follow(self.writer, self.peer.site_id)
        elif current is None or (
            current.site_id in self.opened.header.retired and (self.peer.is_trusted or not current.is_trusted)
        ):
            exchanging.put_peer(self.writer, self.peer)
            exchanging.follow(self.writer, self.peer.site_id)

    # ---- rows and pictures

    def _merge(self, *, acknowledged: bool) -> Merged:
        writer, header = self.writer, self.opened.header
        sender = From(
            header.sender.site_id,
            header.sender.site_code,
            header.sender.role,
            self.opened.pid,
            f"kantor {header.sender.site_code}" if self.at_head else f"pusat {header.sender.site_code}",
        )
        asked = {(one.part, one.uid) for one in exchanging.refused(writer, sender.site_id, "given")}
        self.came: set[tuple[str, str]] = set()
        arrivals = [self._arrival(table, asked) for table in self.opened.tables]
        merged = writer.merge(
            [one for one in arrivals if one is not None],
            sender,
            acknowledged=acknowledged,
            progress=self.progress,
        )
        refused = [Refusal(one.part, one.uid, one.fingerprint, one.reason) for one in merged.refused_rows]
        refused += self._pictures()
        exchanging.put_refused(writer, sender.site_id, "given", refused, instead_of=self.came)
        return merged

    def _refuse_unconfirmed(self, rows: int) -> None:
        """Raise `OwnRowsError` when so much of headquarters' own came back by an office's package, and nobody has said yes to that."""
        writer = self.writer
        confirmed = writer.settings().get(TAKING_BACK)
        if not confirmed or dt.datetime.fromisoformat(confirmed) <= writer.now - _CONFIRMED_FOR:
            raise OwnRowsError(rows)

    def _arrival(self, table: TableIn, asked: set[tuple[str, str]]) -> Arrival | None:
        part = _part(self.writer, table)
        if part is None:
            return None  # a table without rows that a newer program has
        rows = self._own_alone(part, table, self._noticed(table, asked))
        content = converted(
            Content(table.part_name, table.columns, table.groups, rows), self.opened.header.schema
        )
        return Arrival(part, content.columns, content.rows, content.groups)

    def _noticed(self, table: TableIn, asked: set[tuple[str, str]]) -> Iterator[Sequence[str | None]]:
        """The rows, while it is noted which of those refused before have come again."""
        wanted = {uid for part, uid in asked if part == table.part_name}
        rows: Iterable[list[str | None]] = self.opened.rows(table)
        if not wanted:
            yield from rows
            return
        uid = table.columns.index("uid")
        for row in rows:
            if row[uid] in wanted:
                self.came.add((table.part_name, str(row[uid])))
            yield row

    def _own_alone(
        self, part: Part, table: TableIn, rows: Iterator[Sequence[str | None]]
    ) -> Iterator[Sequence[str | None]]:
        """At headquarters, of its own lists (regions) only what it wrote itself comes back: each office loaded them for itself before it
        knew headquarters, and what became of both is no news here.
        """
        if not self.at_head or part.kind.owner != "reference":
            yield from rows
            return
        ours = ids_of_headquarters(self.writer)
        born, written = table.columns.index("born"), table.columns.index("field_stamps")
        for row in rows:
            if all(site_of(stamp) in ours for stamp in _STAMP.findall(f"{row[born]} {row[written] or ''}")):
                yield row

    def _pictures(self) -> list[Refusal]:
        """Keep the pictures; those that can't be kept are asked for again."""
        refused = []
        for sha256 in self.opened.photos:
            self.came.add((PHOTO, sha256))
            reason = self.take_photo(self.writer, sha256, self.opened.photo(sha256))
            if reason is not None:
                refused.append(Refusal(PHOTO, sha256, sha256, reason))
        return refused

    # ---- the books

    def _enter(self, merged: Merged) -> None:
        writer, header, before = self.writer, self.opened.header, self.known_before
        now = moment(writer.now)
        if before is None or before.state == exchanging.WAITING:
            exchanging.enter_in(
                writer,
                entry(writer, self.opened.pid, header, self.file_name, exchanging.MERGED, outcome_of(merged)),
            )
        self.peer = self.peer._replace(
            name=header.sender.name or self.peer.name,
            last_no=max(self.peer.last_no, header.number),
            last_in_at=now,
            last_made_at=header.made_at,
            clock_error_s=self._clock_error(),
            version=header.program,
            schema=header.schema,
        )
        exchanging.put_peer(writer, self.peer)

    def _clock_error(self) -> int | None:
        """Seconds by which the sender's clock is ahead for certain (made later than now), or behind (before what it has read)."""
        header = self.opened.header
        made = dt.datetime.fromisoformat(header.made_at)
        ahead = int((made - self.writer.now).total_seconds())
        if ahead > 0:
            return ahead
        read = exchanging.own_packages(self.writer, header.seen[-1:]).values()
        behind = [int((made - dt.datetime.fromisoformat(one.made_at)).total_seconds()) for one in read]
        return min([0, *behind])

    def _complete(self, *, fit: bool) -> bool:
        """Whether all files of the set are merged and it is acknowledged; the set is named by its last file."""
        header, writer = self.opened.header, self.writer
        files = exchanging.of_set(writer, header.sender.site_id, header.set.id)
        last = next((one for one in files if one.part == one.parts), None)
        self.set_pid = last.pid if last else ""
        pids = {one.pid for one in files}
        if last is None or not pids.issuperset(json.loads(last.outcome).get("earlier", ())):
            missing = header.set.of - len(pids)
            self.notes.append(
                Words(
                    f"Bagian {header.set.part} dari {header.set.of}; masih kurang {missing}.",
                    f"Part {header.set.part} of {header.set.of}; {missing} still to come.",
                )
            )
            return False
        exchanging.complete_set(writer, header.sender.site_id, header.set.id, last.pid, acknowledged=fit)
        return self.mine and (fit or bool(last.acknowledged))

    # ---- what the sender says of our packages and rows

    def _hear_of_ours(self) -> None:
        header, writer = self.opened.header, self.writer
        if not self.mine or not self.peer.is_trusted:
            return
        if header.number < self.peer.seen_no:
            return  # an older message than the last: what it acknowledges is known already, what it refused may be settled
        self.peer = self.peer._replace(seen_no=header.number)
        self.peer = raise_mark(writer, self.peer, header.seen, "receipt")
        self._refused_there(header.refused)

    def _refused_there(self, notes: Sequence[RefusedNote]) -> None:
        """Rows of ours that were refused go again, once a refusal, until they are accepted or corrected; and an office that refused to
        hear that a row is another's is told of that again.
        """
        writer, still = self.writer, []
        office = self.peer.site_code
        told = moving.were(writer, office) - moving.were(writer, office, self.peer.mark) if notes else set()
        for note in notes:
            if note.part == PHOTO:
                still.append(Refusal(*note))
                continue
            part = travel.part_named(writer.registry, note.part)
            if part is not None and (part.name, note.uid) in told:
                writer.renumber(part, note.uid)
                moving.tell_again(writer, part, note.uid, office)
            if part is None or writer.fingerprint(part, note.uid) != note.fingerprint:
                continue
            still.append(Refusal(*note))
            if exchanging.change_no(writer, part, note.uid) <= self.peer.mark:
                writer.renumber(part, note.uid)
        exchanging.put_refused(writer, self.peer.site_id, "got", still)


def raise_mark(writer: Writer, peer: Peer, pids: Iterable[str], by: Literal["receipt", "code"]) -> Peer:
    """The peer after it was heard that it has read these packages of ours; they are noted as received.

    Only what was addressed to that very id counts, and a mark is never lowered. A package without personal fields is a receipt,
    but no reason to leave these fields out for ever: it raises no mark.
    """
    best = (peer.mark, peer.mark_pid)
    ours = [one for one in exchanging.own_packages(writer, pids).values() if one.to_site_id == peer.site_id]
    for one in ours:
        if one.personal and one.upto >= best[0]:
            best = (one.upto, one.pid)
    exchanging.acknowledge(writer, [one.pid for one in ours], moment(writer.now), by)
    return peer._replace(mark=best[0], mark_pid=best[1])


def outcome_of(merged: Merged) -> dict[str, int]:
    """The numbers that are kept of a merge."""
    return {
        "new": sum(merged.new.values()),
        "changed": sum(merged.changed.values()),
        "same": sum(merged.same.values()),
        "refused": sum(merged.refused.values()),
        "conflicts": len(merged.conflicts),
        "returned": merged.returned,
    }


def entry(
    writer: Writer, pid: str, header: Header, file_name: str, state: str, outcome: dict[str, int]
) -> PackageIn:
    """A package as it is entered when it comes."""
    told: dict[str, object] = {**outcome}
    if header.set.earlier:
        told["earlier"] = list(header.set.earlier)
    return PackageIn(
        pid=pid,
        set_pid=None,
        from_site_id=header.sender.site_id,
        from_site_code=header.sender.site_code,
        to_site_id=header.to.site_id if header.to else "",
        number=header.number,
        prev=header.prev,
        base=header.base,
        set_id=header.set.id,
        part=header.set.part,
        parts=header.set.of,
        since=header.since,
        upto=header.upto,
        clock=header.clock,
        made_at=header.made_at,
        version=header.program,
        schema=header.schema,
        received_at=moment(writer.now),
        received_by=writer.person or None,
        state=state,
        acknowledged=0,
        outcome=json.dumps(told),
        file=file_name,
    )
