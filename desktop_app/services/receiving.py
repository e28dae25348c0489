"""Receiving whatever comes: packages, receipts, starter files. Each file is merged in a transaction of its own, or nothing of it is."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.words import Words
from desktop_app.exchange import own, receiving, senders
from desktop_app.exchange.package.codes import phone_code
from desktop_app.exchange.package.header import Header
from desktop_app.exchange.package.reading import Opened, open_package
from desktop_app.exchange.package.refusing import TooNewError
from desktop_app.exchange.program_package import is_update
from desktop_app.exchange.receiving import TAKING_BACK, OwnRowsError, Taken
from desktop_app.services import flagging, photos, roles
from desktop_app.services.context import AppContext
from desktop_app.storage import exchanging
from desktop_app.storage.columns import from_moment, moment
from desktop_app.storage.exchanging import PackageIn
from desktop_app.storage.merging.plain import StampAheadError

State = Literal["merged", "same", "waiting", "refused", "ignored", "updated", "carried"]

QUARANTINE = "karantina"
"""The folder in which files wait that can't be merged yet."""
OWN_ROWS = "own_rows"
"""Why a package waits that brings back headquarters' own rows; others wait for a clock ("clock") or a newer program ("newer")."""
_WORK = "kerja"
_ENDINGS = (".pelita", ".zip")
_TAKING_BACK = Words("mengambil kembali data pusat", "take back headquarters' records")
_DOING = Words("Menerima paket", "Receiving packages")
_LOOK_AT = 500
"""Records of a package that the rules look at while somebody waits; the rest in the background (`services.upkeep.catch_up`)."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """What became of one file. `same`: it was here before; `waiting`: set aside; `ignored`: for another computer of this office.

    `updated`: a new version of the program, which begins at the next start; `carried`: one that headquarters keeps for its offices.

    Numbers are rows. `code`: the receipt to read out on the telephone (at headquarters, when acknowledged). `problem`: why it was refused.
    """

    file: Path
    state: State
    site_code: str = ""
    site_name: str = ""
    number: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused_rows: int = 0
    conflicts: int = 0
    returned: int = 0
    acknowledged: bool = False
    code: str = ""
    notes: tuple[Words, ...] = ()
    problem: Words | None = None
    pid: str = ""


@dataclass(frozen=True)
class InLine:
    """A file that came in. `state`: merged, waiting (set aside) or unmerged (taken back).

    `code`: the receipt to read out on the telephone, at headquarters, for what is acknowledged. `why`: what it waits for.
    """

    pid: str
    site_code: str
    site_name: str
    number: int
    part: int
    parts: int
    made_at: dt.datetime | None
    received_at: dt.datetime | None
    received_by: str
    state: str
    acknowledged: bool
    new: int
    changed: int
    refused_rows: int
    conflicts: int
    file: str
    code: str = ""
    why: str = ""


def receive(ctx: AppContext, files: Sequence[Path], progress: Progress | None = None) -> list[Received]:
    """Take in these files (a folder stands for the packages in it), and try those again that were set aside; a new version comes last.

    One bad file never blocks the next: why it was refused is in its `problem`. Raises only `Cancelled`: the file at hand is not
    merged then, those before it are.
    """
    progress = progress or Quiet()
    found = sorted(_files(files), key=is_update)
    done = []
    for place, file in enumerate(found):
        progress.at(place, len(found), _DOING)
        done.append(_one(ctx, file, progress))
    waiting = {one.pid for one in done if one.state == "waiting"}
    done.extend(_again(ctx, waiting, progress))
    _look(ctx, done, progress)
    return done


def try_again(ctx: AppContext, progress: Progress | None = None) -> list[Received]:
    """Try what was set aside, when the program starts: it may be a newer one now, or the clock right. What still waits is not told.

    Raises only `Cancelled`.
    """
    progress = progress or Quiet()
    done = list(_again(ctx, set(), progress))
    _look(ctx, done, progress)
    return done


def confirm_own_rows(ctx: AppContext) -> None:
    """Say that headquarters lost data and takes back from its offices the rows of its own that they have. Raises `KnownError` elsewhere."""
    roles.refuse_elsewhere(ctx, _TAKING_BACK)
    with ctx.store.writing(ctx.person) as writer:
        writer.set_settings({TAKING_BACK: moment(writer.now)})


def take_back(ctx: AppContext, progress: Progress | None = None) -> list[Received]:
    """`confirm_own_rows`, and read what waits for it."""
    confirm_own_rows(ctx)
    return try_again(ctx, progress)


def _look(ctx: AppContext, done: Sequence[Received], progress: Progress) -> None:
    """Let the rules look at what came."""
    if any(one.state == "merged" for one in done):
        flagging.look(ctx, progress, most=_LOOK_AT)


def inbox(ctx: AppContext, limit: int = 200) -> list[InLine]:
    """What came in, the latest first."""
    with ctx.store.reading() as reader:
        peers = {one.site_id: one for one in exchanging.peers(reader)}
        here = reader.site_id if reader.site().role == exchanging.HEADQUARTERS else ""
        return [_in_line(one, peers, here) for one in exchanging.packages_in(reader, limit)]


def _in_line(one: PackageIn, peers: Mapping[str, exchanging.Peer], here: str) -> InLine:
    """`here`: the id under which receipts are given; "" in an office."""
    outcome, peer = json.loads(one.outcome), peers.get(one.from_site_id)
    acknowledged = bool(one.acknowledged) and peer is not None and peer.is_trusted
    told = acknowledged and one.set_pid is not None and one.to_site_id == here
    return InLine(
        one.pid,
        one.from_site_code,
        (peer.name if peer else None) or "",
        one.number,
        one.part,
        one.parts,
        from_moment(one.made_at),
        from_moment(one.received_at),
        one.received_by or "",
        one.state,
        acknowledged,
        outcome.get("new", 0),
        outcome.get("changed", 0),
        outcome.get("refused", 0),
        outcome.get("conflicts", 0),
        one.file or "",
        phone_code(one.set_pid, here) if told and one.set_pid else "",
        outcome.get("why", "") if one.state == exchanging.WAITING else "",
    )


def _files(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            inside = (one for one in sorted(path.rglob("*")) if one.suffix.lower() in _ENDINGS)
            yield from (one for one in inside if one.is_file())
        else:
            yield path


# ---- one file


def _one(ctx: AppContext, file: Path, progress: Progress) -> Received:
    """Never raises anything but `Cancelled`."""
    try:
        return _opened(ctx, file, progress)
    except TooNewError as newer:
        return _refusing_strangers(ctx, file, newer)
    except KnownError as wrong:
        return Received(file, "refused", problem=wrong.words)
    except Cancelled:
        raise
    except Exception:  # noqa: BLE001  (noted in the log, said in a sentence; the next file is taken all the same)
        _log.exception("receiving a package ended by a bug")
        return Received(
            file,
            "refused",
            problem=Words(
                f"{file.name}: ada kesalahan pada Pelita sendiri; tidak ada yang berubah. Catatannya ada di log.",
                f"{file.name}: something is wrong in Pelita itself; nothing was changed. It is noted in the log.",
            ),
        )


def _opened(ctx: AppContext, file: Path, progress: Progress) -> Received:
    if is_update(file):
        return _update(ctx, file, progress)
    work = ctx.place / _WORK
    work.mkdir(exist_ok=True)
    with open_package(file, (own.keys(ctx.store).identity,), work) as opened:
        refuse_practice(ctx, file, opened.header)
        if opened.header.purpose == "starter":
            return _starter(ctx, file, opened, progress)
        try:
            with ctx.store.writing(ctx.person) as writer:
                taken = receiving.take(writer, opened, photos.take_arrived, file.name, progress)
        except StampAheadError as ahead:
            return _set_aside(ctx, file, opened.header, opened.pid, "clock", ahead.words)
        except OwnRowsError as lost:
            return _set_aside(ctx, file, opened.header, opened.pid, OWN_ROWS, lost.words)
        _kept(ctx, opened.pid).unlink(missing_ok=True)
        return _received(file, opened, taken)


def _update(ctx: AppContext, file: Path, progress: Progress) -> Received:
    from desktop_app.services import updating  # noqa: PLC0415  (comes a few times a year)

    taken = updating.take(ctx, file, progress)
    return Received(file, "updated" if taken.ready else "carried", notes=(taken.words,))


def refuse_practice(ctx: AppContext, file: Path, header: Header) -> None:
    """What is for practice and what is real never meet. Raises `KnownError`."""
    if header.purpose == "practice" and not ctx.practice:
        raise KnownError(
            Words(
                f"{file.name} adalah paket latihan dari {header.sender.site_code}, bukan data sungguhan. Tidak diterima; minta paket yang dikirim dari data kantor.",
                f"{file.name} is a practice package of {header.sender.site_code}, not real records. It is not taken; ask for the package sent from the office's own records.",
            )
        )
    if header.purpose != "practice" and ctx.practice:
        raise KnownError(
            Words(
                f"Ini data latihan, sedangkan {file.name} sungguhan. Kembali dahulu ke data kantor, lalu terima di sana.",
                f"This is practice, and {file.name} is real. Go back to the office's records first and receive it there.",
            )
        )


def _starter(ctx: AppContext, file: Path, opened: Opened, progress: Progress) -> Received:
    from desktop_app.services import starting_files  # noqa: PLC0415  (it needs what this module needs, and is rarely needed)

    begun = starting_files.take(ctx, opened, file.name, progress)
    told = Words(
        f"Komputer ini sekarang {begun.name} ({begun.site_code}). Bacakan sidik kuncinya kepada pusat: {begun.fingerprint}.",
        f"This computer is {begun.name} ({begun.site_code}) now. Read its fingerprint to headquarters: {begun.fingerprint}.",
    )
    return _received(file, opened, Taken("merged", begun.merged, notes=(told,)))


def _from(
    file: Path, header: Header, pid: str, state: State, *notes: Words, problem: Words | None = None
) -> Received:
    sender = header.sender
    return Received(
        file, state, sender.site_code, sender.name, header.number, notes=notes, problem=problem, pid=pid
    )


def _received(file: Path, opened: Opened, taken: Taken) -> Received:
    sender, merged = opened.header.sender, taken.merged
    numbers = receiving.outcome_of(merged)
    return Received(
        file,
        taken.state,
        sender.site_code,
        sender.name,
        opened.header.number,
        numbers["new"],
        numbers["changed"],
        numbers["same"],
        numbers["refused"],
        numbers["conflicts"],
        numbers["returned"],
        taken.acknowledged,
        taken.code,
        taken.notes,
        pid=opened.pid,
    )


# ---- quarantine


def _refusing_strangers(ctx: AppContext, file: Path, newer: TooNewError) -> Received:
    """Set a package of a newer program aside, if it is for this site and from whom it says."""
    try:
        refuse_practice(ctx, file, newer.header)
        with ctx.store.reading() as reader:
            senders.refuse_strangers(reader, newer.header, newer.key)
        return _set_aside(ctx, file, newer.header, newer.pid, "newer", newer.words)
    except KnownError as wrong:
        return Received(file, "refused", problem=wrong.words)


def _set_aside(ctx: AppContext, file: Path, header: Header, pid: str, why: str, words: Words) -> Received:
    """Keep the file until it can be merged; the stick that it came on is wanted back. Raises `KnownError` when the disk is full."""
    kept = _kept(ctx, pid)
    if not kept.exists():
        part = kept.with_suffix(".part")
        try:
            kept.parent.mkdir(exist_ok=True)
            shutil.copyfile(file, part)
            part.replace(kept)
        except OSError as wrong:
            part.unlink(missing_ok=True)
            raise KnownError(
                Words(
                    f"{file.name} tidak bisa disimpan di folder data ({wrong.strerror}). Kosongkan disk, lalu terima lagi.",
                    f"{file.name} can't be kept in the data folder ({wrong.strerror}). Free some space, then receive it again.",
                )
            ) from wrong
    with ctx.store.writing(ctx.person) as writer:
        if exchanging.package_in(writer, pid) is None:
            waits = receiving.entry(writer, pid, header, file.name, exchanging.WAITING, {})
            outcome = json.dumps({**json.loads(waits.outcome), "why": why})
            exchanging.enter_in(writer, waits._replace(outcome=outcome))
        sender = exchanging.peer(writer, header.sender.site_id)
        if sender is not None and why == "clock":
            made = dt.datetime.fromisoformat(header.made_at)
            ahead = int((made - writer.now).total_seconds())
            exchanging.put_peer(writer, sender._replace(clock_error_s=ahead))
    return _from(file, header, pid, "waiting", words)


def _kept(ctx: AppContext, pid: str) -> Path:
    return ctx.place / QUARANTINE / f"{pid}.pelita"


def _again(ctx: AppContext, just_now: set[str], progress: Progress) -> Iterator[Received]:
    """Try what was set aside before: the clock may be right now, the program updated. What still waits is not told again."""
    with ctx.store.reading() as reader:
        waiting = [one for one in exchanging.waiting(reader) if one.pid not in just_now]
    for one in waiting:
        kept = _kept(ctx, one.pid)
        if not kept.exists():
            continue
        done = _one(ctx, kept, progress)
        if done.state in ("merged", "same"):
            yield done
