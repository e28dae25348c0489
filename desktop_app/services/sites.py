"""The sites that this one knows: headquarters' board of offices, and whom to trust. Source: exchange.md, "Board", "Key card"."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.exchange import own
from desktop_app.exchange.package.codes import plain
from desktop_app.exchange.package.keys import KeyCard
from desktop_app.services import roles
from desktop_app.services.context import AppContext
from desktop_app.storage import exchanging, reviewing
from desktop_app.storage.exchanging import PackageIn, Peer

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

Week = Literal["on_time", "late", "missing", "none"]

EVERY = dt.timedelta(days=7)
"""How often an office is expected to send, be it "nothing to report"."""
WEEKS = 12
OFFICE_LINE = "office "
"""Settings lines `office <code>` hold the offices that headquarters made starter files for (JSON: name, letters)."""


@dataclass(frozen=True)
class SiteLine:
    """One site on the board. `weeks`: the last twelve, the oldest first. `waiting`: files set aside; `flagged`: records to look at.

    `state`: "dead" (a copy or an old backup: it is told to take a new id), "unconfirmed" (nobody has compared its fingerprint yet).
    """

    site_code: str
    name: str
    site_id: str
    last_package_at: dt.datetime | None
    last_number: int
    missing: tuple[int, ...]
    weeks: tuple[Week, ...]
    days_late: int
    waiting: int
    flagged: int
    clock_error_s: int | None
    version: str
    state: Literal["", "dead", "unconfirmed"]
    fingerprint: str

    @property
    def never(self) -> bool:
        """Whether nothing has ever come from it."""
        return self.last_package_at is None

    @property
    def badness(self) -> tuple[bool, bool, bool, int, int, str]:
        """What the board is sorted by, the worst first."""
        return (
            not self.never,
            not self.state,
            not self.missing,
            -self.days_late,
            -(self.waiting + self.flagged),
            self.site_code,
        )


@dataclass(frozen=True)
class Expected:
    """An office that headquarters made starter files for: how often, and what it is called."""

    site_code: str
    name: str
    starters: int


def board(ctx: AppContext) -> list[SiteLine]:
    """Headquarters' offices, the worst first; at an office: headquarters."""
    today = ctx.clock().astimezone(ctx.settings.zone).date()
    with ctx.store.reading() as reader:
        gone = (exchanging.RETIRED, exchanging.REVOKED)
        peers = [peer for peer in exchanging.peers(reader) if peer.state not in gone]
        files = _by_site(exchanging.packages_in(reader))
        flagged = reviewing.numbers_to_review(reader)
        names = region_names(reader)
        lines = [
            _line(ctx, peer, files[peer.site_id], flagged, names, today)
            for peer in _shown(peers, files, today)
        ]
        known = {line.site_code for line in lines}
        lines += [_silent(one, flagged) for one in expected(reader).values() if one.site_code not in known]
    return sorted(lines, key=lambda line: line.badness)


def _by_site(files: Sequence[PackageIn]) -> defaultdict[str, list[PackageIn]]:
    found: defaultdict[str, list[PackageIn]] = defaultdict(list)
    for file in files:
        found[file.from_site_id].append(file)
    return found


def _shown(peers: Sequence[Peer], files: Mapping[str, list[PackageIn]], today: dt.date) -> list[Peer]:
    """A dead id stays on the board for as long as its files are on it, and while its office has no other."""
    living = {peer.site_code for peer in peers if peer.state != exchanging.DEAD}
    begin = (today - WEEKS * EVERY).isoformat()
    return [
        peer
        for peer in peers
        if peer.state != exchanging.DEAD
        or peer.site_code not in living
        or any(file.made_at >= begin for file in files.get(peer.site_id, ()))
    ]


def _line(
    ctx: AppContext,
    peer: Peer,
    files: list[PackageIn],
    flagged: Mapping[str, int],
    names: Mapping[str, str],
    today: dt.date,
) -> SiteLine:
    came = [file for file in files if file.state != exchanging.WAITING]
    packages = sorted(_Came.of(file, ctx.settings.zone) for file in came)
    last = packages[-1] if packages else None
    gaps = _gaps(packages, today)
    return SiteLine(
        peer.site_code,
        peer.name or names.get(peer.site_code, ""),
        peer.site_id,
        last.made if last else None,
        last.number if last else 0,
        tuple(sorted(gaps)),
        _weeks(packages, gaps, today),
        max(0, (today - last.made.date() - EVERY).days) if last else 0,
        len(files) - len(came),
        flagged.get(peer.site_code, 0),
        peer.clock_error_s,
        peer.version or "",
        "dead" if peer.state == exchanging.DEAD else "" if peer.trusted_at else "unconfirmed",
        fingerprint(peer),
    )


class _Came(NamedTuple):
    """A package that came: its number, and on the office's clock when it was made and received. `first`: it follows no other."""

    number: int
    made: dt.datetime
    received: dt.datetime
    first: bool

    @classmethod
    def of(cls, file: PackageIn, zone: dt.tzinfo) -> Self:
        made, received = (
            dt.datetime.fromisoformat(text).astimezone(zone) for text in (file.made_at, file.received_at)
        )
        return cls(file.number, made, received, file.prev is None)


def _silent(one: Expected, flagged: Mapping[str, int]) -> SiteLine:
    """An office that has its starter file and has never sent."""
    nothing: Week = "none"
    number = flagged.get(one.site_code, 0)
    return SiteLine(
        one.site_code, one.name, "", None, 0, (), (nothing,) * WEEKS, 0, 0, number, None, "", "", ""
    )


def _gaps(came: Sequence[_Came], today: dt.date) -> dict[int, dt.date]:
    """The numbers that never came, of the weeks on the board, and about when each was made (between its neighbours)."""
    gaps: dict[int, dt.date] = {}
    for before, after in pairwise(came):
        first, span = before.made.date(), after.made.date() - before.made.date()
        for number in range(before.number + 1, after.number):
            gaps[number] = first + span * (number - before.number) / (after.number - before.number)
    if came and came[0].number > 1 and not came[0].first:
        gaps[came[0].number - 1] = came[0].made.date() - EVERY
    begin = today - WEEKS * EVERY
    return {number: day for number, day in gaps.items() if day >= begin}


def _weeks(came: Sequence[_Came], gaps: Mapping[int, dt.date], today: dt.date) -> tuple[Week, ...]:
    """Each of the last twelve weeks (Monday to Sunday): a number of it is missing, its package came in time, late, or there was none.

    In time is what was received before the end of the week after the one in which it was made.
    """
    lost = {_monday(day) for day in gaps.values()}
    sent = {_monday(one.made.date()) for one in came}
    in_time = {week for one in came if one.received.date() < (week := _monday(one.made.date())) + 2 * EVERY}

    def told(week: dt.date) -> Week:
        return (
            "missing"
            if week in lost
            else "on_time"
            if week in in_time
            else "late"
            if week in sent
            else "none"
        )

    return tuple(told(_monday(today) - EVERY * back) for back in reversed(range(WEEKS)))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def fingerprint(peer: Peer) -> str:
    """What two people compare on the telephone; empty when its key card has not come."""
    return KeyCard(peer.sign_key, peer.age_key).fingerprint if peer.sign_key and peer.age_key else ""


def own_fingerprint(ctx: AppContext) -> str:
    """The fingerprint of this computer's own keys, to be read out on the telephone; the keys are made when there are none yet."""
    return own.keys(ctx.store).fingerprint


def region_names(reader: Reader) -> dict[str, str]:
    """The names of the regions that are offices."""
    return {
        record.uid: str(record.values.get("name") or "")
        for level in ("district", "village", "regency")
        for record in reader.find("region", level=level)
    }


def expected(reader: Reader) -> dict[str, Expected]:
    """The offices that headquarters made starter files for, by code."""
    found = {}
    for name, text in reader.settings().items():
        if name.startswith(OFFICE_LINE):
            code, kept = name.removeprefix(OFFICE_LINE), json.loads(text)
            found[code] = Expected(code, kept["name"], kept["starters"])
    return found


def trust(ctx: AppContext, site: str, told: str) -> SiteLine:
    """Confirm a sender whose fingerprint was compared by telephone: from now on it gets receipts, and packages are sealed for it.

    Headquarters confirms its offices; an office that was in use before there was a starter file confirms headquarters.

    `site` is its code or its id, `told` the fingerprint as it was read out there (spaces and dashes don't matter).
    Raises `KnownError` when no such sender waits, or when the fingerprint is another.
    """
    with ctx.store.writing(ctx.person) as writer:
        asked = [peer for peer in exchanging.peers(writer) if site in (peer.site_code, peer.site_id)]
        known = [peer for peer in asked if fingerprint(peer) and plain(fingerprint(peer)) == plain(told)]
        if not known:
            raise _not_known(site, asked)
        now = ctx.clock().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for peer in known:
            if not peer.trusted_at:
                exchanging.put_peer(writer, peer._replace(trusted_at=now, trusted_by=ctx.person))
            if peer.role == roles.HEADQUARTERS and not roles.is_headquarters(ctx):
                exchanging.follow(writer, peer.site_id)
        confirmed = known[-1].site_id
    return next(line for line in board(ctx) if line.site_id == confirmed)


def _not_known(site: str, asked: Sequence[Peer]) -> KnownError:
    if not asked:
        return KnownError(
            Words(
                f"Belum ada paket dari kantor {site}. Terima dahulu paketnya.",
                f"There is no package from office {site} yet. Receive one first.",
            )
        )
    here = ", ".join(fingerprint(peer) or "?" for peer in asked)
    return KnownError(
        Words(
            f"Sidik kunci itu bukan milik kantor {site}; paketnya ditandatangani dengan {here}. Jangan dikonfirmasi sebelum sama.",
            f"That is not the fingerprint of office {site}; its packages are signed with {here}. Don't confirm before they agree.",
        )
    )
