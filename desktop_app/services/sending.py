"""Sending: what would go, the package itself, what went out before, receipts read out on the telephone. Source: exchange.md."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.exchange import own, receiving, sending
from desktop_app.exchange.package.codes import read_code, same_code
from desktop_app.exchange.sending import Made, Order
from desktop_app.services import exports
from desktop_app.services.context import AppContext
from desktop_app.services.installed import KEPT
from desktop_app.services.roles import is_headquarters
from desktop_app.storage import exchanging
from desktop_app.storage.columns import from_moment, moment
from desktop_app.storage.exchanging import PackageOut, Peer

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

_MEGABYTE = 1_000_000
_SILENT = dt.timedelta(days=90)
"""A computer that has sent nothing for so long gets packages only when its office has no other (or when it is asked for by its id)."""
_MAKING = Words("Membuat paket", "Making the package")


@dataclass(frozen=True)
class KindCount:
    """How many records of a kind would go."""

    kind: str
    plural: Words
    number: int


@dataclass(frozen=True)
class Outgoing:
    """What a package would hold. `encrypted`: sealed for the recipient, else without personal fields.

    `drafts`: records begun and not saved, which stay here. `newest_unacknowledged`: number of the last package without a receipt, or 0.
    """

    to_code: str
    to_name: str
    encrypted: bool
    kinds: tuple[KindCount, ...]
    lines_and_moves: int
    photos: int
    drafts: int
    total: int
    newest_unacknowledged: int


@dataclass(frozen=True)
class Sent:
    """What was written: the files of the package (in order), its identity and number, its records and bytes. `plain`: files for
    people without Pelita beside it. `update`: the new version that headquarters laid beside it.
    """

    files: tuple[Path, ...]
    pid: str
    number: int
    records: int
    size: int
    nothing_new: bool
    plain: tuple[Path, ...] = ()
    update: Path | None = None


@dataclass(frozen=True)
class OutLine:
    """A package that went out. `acknowledged_by`: "receipt", "code", or "" as long as it is not.

    `refused`: rows (and pictures) that the recipient has not taken so far; they stand with the last package that it has read.
    """

    pid: str
    number: int
    made_at: dt.datetime
    made_by: str
    to_code: str
    file: str
    size: int
    records: int
    parts: int
    acknowledged_at: dt.datetime | None
    acknowledged_by: str
    refused: int = 0


def preview(ctx: AppContext, to: str = "") -> Outgoing:
    """What would be sent now. Raises `KnownError` when there is nobody to send to."""
    keys = own.keys(ctx.store)
    drafts = len(ctx.drafts.all())
    with ctx.store.reading() as reader:
        peer = _recipients(ctx, reader, to)[-1]
        due = sending.due(reader, peer)
        counts = _told(ctx, due.rows)
        kinds = [
            KindCount(kind.name, kind.plural, counts[kind.name])
            for kind in ctx.registry
            if counts.get(kind.name)
        ]
        rows = sum(counts.values())
        last = exchanging.packages_out(reader, 1, to_site_id=peer.site_id if peer else "")
        return Outgoing(
            peer.site_code if peer else ctx.settings.city_code,
            (peer.name if peer else None) or "",
            bool(sending.recipients(reader, peer, keys)),
            tuple(kinds),
            rows - sum(one.number for one in kinds),
            len(due.photos),
            drafts,
            rows + len(due.photos),
            last[0].number if last and last[0].acknowledged_at is None else 0,
        )


def send(
    ctx: AppContext,
    folder: Path,
    to: str = "",
    *,
    plain: bool = False,
    personal: bool = False,
    progress: Progress | None = None,
) -> Sent:
    """Write the package for headquarters, or at headquarters for an office (`to`: its code, or the id of one of its computers).

    An office with several computers gets a package for each. `plain`: tables for people without Pelita beside it, without personal
    fields. `personal`: with personal fields even where the package can't be sealed. Raises `KnownError` when it can't be written or
    there is nobody to send to, `Cancelled` when stopped.
    """
    if not folder.is_dir():
        raise KnownError(Words(f"Folder {folder} tidak ada.", f"There is no folder {folder}."))
    progress = progress or Quiet()
    progress.at(0, None, _MAKING)
    with ctx.store.reading() as reader:
        peers = _recipients(ctx, reader, to)
    most = ctx.settings.part_megabytes * _MEGABYTE
    order = Order(folder=folder, personal=personal, part_bytes=most, person=ctx.person)
    made = [sending.send(ctx.store, peer.site_id if peer else "", order, progress) for peer in peers]
    beside = _plain(ctx, folder, made[-1], progress) if plain else ()
    update = None
    if is_headquarters(ctx) and (ctx.place / KEPT).is_dir():
        from desktop_app.services import updating  # noqa: PLC0415  (a few times a year there is one)

        update = updating.put_beside(ctx, folder, [peer.version or "" for peer in peers if peer])
    counts = [_told(ctx, one.counts) for one in made]
    return Sent(
        tuple(file for one in made for file in one.files),
        made[-1].entry.pid,
        made[-1].entry.number,
        sum(_records(ctx, one) for one in counts),
        sum(one.entry.bytes or 0 for one in made),
        not any(any(one.values()) for one in counts),
        beside,
        update,
    )


def offices(ctx: AppContext) -> list[str]:
    """The codes of the offices that headquarters can send to."""
    with ctx.store.reading() as reader:
        return sorted({one.site_code for one in _offices(reader) if one.is_trusted})


def sent(ctx: AppContext, limit: int = 50) -> list[OutLine]:
    """What went out, the latest first."""
    with ctx.store.reading() as reader:
        lines: list[OutLine] = []
        told: set[str] = set()
        for one in exchanging.packages_out(reader, limit):
            refused = 0
            if one.acknowledged_at is not None and one.to_site_id not in told:
                told.add(one.to_site_id)
                refused = len(exchanging.refused(reader, one.to_site_id, "got"))
            lines.append(_out_line(ctx, one, refused))
        return lines


def take_code(ctx: AppContext, text: str) -> OutLine:
    """Take a receipt that was read out on the telephone: the package that it fits counts as received.

    Raises `KnownError` when it is no receipt code, or fits no package that waits for one.
    """
    code = read_code(text)
    with ctx.store.writing(ctx.person) as writer:
        open_ = [one for one in exchanging.packages_out(writer) if one.code and same_code(one.code, code)]
        peer = exchanging.peer(writer, open_[0].to_site_id) if open_ else None
        if peer is None:
            raise KnownError(
                Words(
                    f"Kode {code} tidak cocok dengan paket mana pun dari komputer ini. Periksa apakah pusat membacakan kode paket kantor ini.",
                    f"The code {code} fits no package of this computer. Check that headquarters reads out the code of this office's package.",
                )
            )
        exchanging.put_peer(writer, receiving.raise_mark(writer, peer, [open_[0].pid], "code"))
        return _out_line(ctx, exchanging.own_packages(writer, [open_[0].pid])[open_[0].pid])


def _out_line(ctx: AppContext, one: PackageOut, refused: int = 0) -> OutLine:
    made = from_moment(one.made_at)
    if made is None:
        raise LookupError(f"package {one.pid} has no date")
    return OutLine(
        one.pid,
        one.number,
        made,
        one.made_by or "",
        one.to_site_code,
        one.file or "",
        one.bytes or 0,
        _records(ctx, _told(ctx, json.loads(one.counts))),
        len(json.loads(one.parts)),
        from_moment(one.acknowledged_at),
        one.acknowledged_by or "",
        refused,
    )


def _told(ctx: AppContext, counts: Mapping[str, int]) -> dict[str, int]:
    """What people are told of a package, table by table: an office has no news in the regions that headquarters gave it."""
    silent = (
        set() if is_headquarters(ctx) else {kind.name for kind in ctx.registry if kind.owner == "reference"}
    )
    return {name: number for name, number in counts.items() if name not in silent}


def _records(ctx: AppContext, counts: Mapping[str, int]) -> int:
    return sum(number for name, number in counts.items() if name in ctx.registry)


# ---- to whom


def _recipients(ctx: AppContext, reader: Reader, to: str) -> Sequence[Peer | None]:
    """At least one. None stands for a headquarters that this office has not heard of yet."""
    if not ctx.settings.site_code:
        raise KnownError(
            Words(
                "Kantor ini belum disiapkan. Pilih dahulu kode kantornya.",
                "This office is not set up yet. Choose its office code first.",
            )
        )
    if is_headquarters(ctx):
        return _computers(reader, to, moment(ctx.clock() - _SILENT))
    head = exchanging.headquarters(reader)
    if to and to not in ((head.site_code, head.site_id) if head else (ctx.settings.city_code,)):
        raise KnownError(
            Words(
                f"Kantor hanya mengirim ke pusat, bukan ke '{to}'.",
                f"An office sends to headquarters only, not to '{to}'.",
            )
        )
    return (head,)


def _offices(reader: Reader) -> list[Peer]:
    """The computers that have a key; one whose key was revoked is in strange hands and gets nothing."""
    known = (one for one in exchanging.peers(reader) if one.role != exchanging.HEADQUARTERS and one.sign_key)
    return [one for one in known if one.state != exchanging.REVOKED]


def _computers(reader: Reader, to: str, silent_since: str) -> list[Peer]:
    """The computers of an office that a package is made for: all that are alive, and dead ids that have not been told so yet."""
    if not to:
        raise KnownError(
            Words(
                "Pilih kantor tujuan, misalnya --to 18.72.01.",
                "Say which office it is for, for example --to 18.72.01.",
            )
        )
    asked = [one for one in _offices(reader) if to in (one.site_code, one.site_id)]
    if not asked:
        raise KnownError(
            Words(
                f"Belum ada paket dari kantor {to}, jadi belum bisa dikirimi. Buatkan berkas awal untuknya.",
                f"No package has come from office {to} yet, so nothing can be sent to it. Make a starter file for it.",
            )
        )
    known = [one for one in asked if one.is_trusted]
    if not known:
        raise KnownError(
            Words(
                f"Kantor {to} belum dikonfirmasi. Bandingkan sidik kuncinya lewat telepon, lalu konfirmasi ('trust').",
                f"Office {to} is not confirmed yet. Compare its fingerprint by telephone, then confirm it ('trust').",
            )
        )
    by_id = [one for one in known if one.site_id == to]
    alive = [one for one in known if not one.is_dead and (one.last_in_at or "") >= silent_since]
    told = [one for one in known if one.is_dead and _is_unanswered(reader, one)]
    newest = max(known, key=lambda one: (not one.is_dead, one.last_in_at or ""))
    return by_id or [*told, *alive] or [newest]


def _is_unanswered(reader: Reader, peer: Peer) -> bool:
    """Whether something came under that id since it was answered last."""
    answers = exchanging.packages_out(reader, 1, to_site_id=peer.site_id)
    came = peer.last_in_at or ""
    return bool(came) and (not answers or answers[0].made_at <= came)


# ---- for people without Pelita


def _plain(ctx: AppContext, folder: Path, made: Made, progress: Progress) -> tuple[Path, ...]:
    """Every kind that has records as CSV for Excel, without personal fields."""
    begin = made.files[0].name.partition(".pelita")[0]
    files: list[Path] = []
    for kind in ctx.registry:
        query = Query(kind.name)
        if not kind.own_page or kind.owner == "reference" or not _count(ctx, kind):
            continue
        target = folder / f"{begin}_{kind.name}.csv"
        files.extend(exports.export(ctx, query, target, "excel_csv", progress, personal=False).files)
    return tuple(files)


def _count(ctx: AppContext, kind: Kind) -> int:
    with ctx.store.reading() as reader:
        return reader.count(Query(kind.name))
