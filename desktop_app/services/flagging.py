"""After merging, the rules look at what came: findings flag a record and never refuse it. Source: exchange.md, "Rows that merge".

Work goes on where it was stopped: a record that no rule has looked at yet says so by itself (`needs_review` = 2).
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core import rules
from desktop_app.core.fields import Value
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.record import Record, Setting, View
from desktop_app.core.rules import Finding
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext
from desktop_app.storage import reviewing

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

_AT_ONCE = 200
_SHOWN = 500
_DOING = Words("Memeriksa data yang masuk", "Checking what came in")


_log = logging.getLogger(__name__)
_UNJUDGED = Words(
    "Isinya tidak bisa diperiksa: ada kode atau tanggal yang tidak masuk akal.",
    "It can't be checked: a code or a date in it makes no sense.",
)


@dataclass(frozen=True)
class Flagged:
    """A record that a rule found something about, and what. `number` is its register number."""

    kind: str
    uid: str
    title: str
    number: str
    site_code: str
    findings: tuple[Finding, ...]


def look(ctx: AppContext, progress: Progress | None = None, *, most: int | None = None) -> int:
    """Ask the rules about every merged record that nobody has looked at; how many are flagged by it.

    `most`: after about so many it stops; the rest waits for the next time. Each batch is a transaction of its own. What was flagged before is looked at again when something new came: it may have healed.
    Raises `Cancelled` between two batches; what was looked at until then stays looked at.
    """
    progress = progress or Quiet()
    found = done = 0
    for state in (reviewing.MERGED, reviewing.FOUND):
        for kind in ctx.registry:
            after = 0
            while most is None or done < most:
                progress.at(done, None, _DOING)
                seen, flagged, after = _batch(ctx, kind, state, after)
                if not seen:
                    break
                done += seen
                found += flagged
        if not done:
            break
    return found


def _batch(ctx: AppContext, kind: Kind, state: int, after: int) -> tuple[int, int, int]:
    """Look at the next records of a kind: how many there were, how many are newly flagged, and where to go on."""
    with ctx.store.reading() as reader:
        if not reviewing.to_review(reader, kind, state, after, 1)[0]:
            return 0, 0, after
    with ctx.store.writing(ctx.person) as writer:
        records, pks = reviewing.to_review(writer, kind, state, after, _AT_ONCE)
        bad: list[int] = []
        new = 0
        where = ctx.where(_Asked(writer, kind, records))
        for record in records:
            findings = _found(where, kind, record)
            if findings:
                bad.append(pks[record.uid])
                new += state == reviewing.MERGED
                for finding in findings:
                    new += _flag_partner(where, writer, finding)
        good = set(pks.values()).difference(bad)
        reviewing.reviewed(writer, kind, bad, reviewing.FOUND)
        reviewing.reviewed(writer, kind, sorted(good), None)
    return len(records), new, max(pks.values(), default=after)


class _Asked:
    """What the rules ask about other records while they look at some of one kind. Nothing changes meanwhile, so each question is asked
    once; the records that these refer to are fetched together.
    """

    def __init__(self, reader: Reader, kind: Kind, records: Iterable[Record]) -> None:
        self._reader = reader
        self._got: dict[tuple[str, str], Record | None] = {}
        self._found: dict[tuple[str, frozenset[tuple[str, Value]]], Sequence[Record]] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        for record in records:
            for field in kind.references:
                if (uid := record.values.get(field.name)) is not None:
                    wanted[field.kind].add(str(uid))
        for target, uids in wanted.items():
            here = reader.get_many(target, uids)
            self._got.update(((target, uid), here.get(uid)) for uid in uids)

    def get(self, kind: str, uid: str) -> Record | None:
        """See `Lookup.get`."""
        if (kind, uid) not in self._got:
            self._got[kind, uid] = self._reader.get(kind, uid)
        return self._got[kind, uid]

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        """See `Lookup.find`."""
        question = kind, frozenset(equal.items())
        if question not in self._found:
            self._found[question] = self._reader.find(kind, **equal)
        return self._found[question]

    def title(self, kind: str, uid: str) -> str:
        """See `Lookup.title`."""
        return self._reader.title(kind, uid)


def _flag_partner(where: Setting, writer: Writer, finding: Finding) -> int:
    """The record that stands in another's way is flagged too, when the rules find something about it as well."""
    if finding.see is None:
        return 0
    kind = writer.registry[finding.see[0]]
    other = where.lookup.get(*finding.see)
    if other is None or not _found(where, kind, other):
        return 0
    return int(reviewing.flag(writer, kind, other.uid))


def _found(where: Setting, kind: Kind, record: Record) -> tuple[Finding, ...]:
    """Errors, and warnings that nobody has let through; nothing about a removed record."""
    if record.removed_at is not None:
        return ()
    accepted = set(str(record.values.get("accepted_warnings") or "").split("|"))
    try:
        findings = rules.findings(View(kind, record, where))
    except (LookupError, ValueError, ArithmeticError) as wrong:
        # Forms let no such values in; a merged row may have any. It is for a person to look at, and stops nothing.
        _log.info("a rule could not judge a merged %s: %s", kind.name, type(wrong).__name__)
        return (Finding("error", "unjudged", kind.title[0], _UNJUDGED),)
    return tuple(
        finding
        for finding in findings
        if (finding.severity == "error" or finding.code not in accepted) and not _left_out(kind, finding)
    )


def _left_out(kind: Kind, finding: Finding) -> bool:
    """A personal field that is empty here may be filled at the office: a package that isn't sealed leaves it out."""
    field = kind.by_name.get(finding.field)
    return field is not None and field.personal and finding.code == f"{field.name}:missing"


def flagged(ctx: AppContext, limit: int = _SHOWN) -> list[Flagged]:
    """The flagged records with what the rules say of them now, kind by kind; one that has healed meanwhile is left out."""
    with ctx.store.reading() as reader:
        return list(_flagged(ctx, reader, limit))


def _flagged(ctx: AppContext, reader: Reader, limit: int) -> Iterator[Flagged]:
    for kind in ctx.registry:
        records = reviewing.flagged(reader, kind, limit)
        where = ctx.where(_Asked(reader, kind, records))
        for record in records:
            findings = _found(where, kind, record)
            if findings:
                title = reader.title(kind.name, record.uid)
                yield Flagged(
                    kind.name, record.uid, title, record.record_no or "", record.site_code, findings
                )
