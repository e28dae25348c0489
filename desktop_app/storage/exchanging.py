"""What a site keeps of the others: peers, packages that went out and came in, refused rows, keys, marks. Source: exchange.md.

Plain data and the functions that store it; what follows from it is decided in `desktop_app.exchange`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import sqlalchemy as sa

from desktop_app.core.travel import Part
from desktop_app.storage import identity
from desktop_app.storage.columns import HEADQUARTERS_ID, moment

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

Way = Literal["given", "got"]
"""Whether we refused rows of that site, or it refused ours."""

HEADQUARTERS = "headquarters"
DEAD, RETIRED, REVOKED = "dead", "retired", "revoked"
"""States of a peer: its id was used by two computers; it gave its id up; its key must not be used any more."""
MERGED, WAITING, UNMERGED = "merged", "waiting", "unmerged"
"""States of a package that came in; one that waits lies in quarantine."""
PHOTO = "photo"
"""The part of a refused row that is a picture: asked for again by its hash."""
_CURRENT = HEADQUARTERS_ID
_ATTACHMENT = "attachment"
_AT_ONCE = 500


class Peer(NamedTuple):
    """Another site (see `storage.tables.PEER`). Own former ids that others are to forget are here too, as retired."""

    site_id: str
    site_code: str
    role: str
    name: str | None = None
    sign_key: str | None = None
    age_key: str | None = None
    trusted_at: str | None = None
    trusted_by: str | None = None
    state: str | None = None
    mark: int = 0
    mark_pid: str | None = None
    seen_no: int = 0
    last_no: int = 0
    last_out: str | None = None
    last_in_at: str | None = None
    last_made_at: str | None = None
    clock_error_s: int | None = None
    version: str | None = None
    schema: str | None = None
    key_card: str | None = None

    @property
    def is_dead(self) -> bool:
        """Whether nothing that comes under this id is acknowledged."""
        return self.state is not None

    @property
    def is_trusted(self) -> bool:
        """Whether somebody has compared its fingerprint."""
        return self.trusted_at is not None


class PackageOut(NamedTuple):
    """A package that this site made, a set of files under the pid of its last (see `storage.tables.PACKAGE_OUT`)."""

    pid: str
    to_site_id: str
    to_site_code: str
    number: int
    prev: str | None
    base: str | None
    since: int
    upto: int
    clock: str
    made_at: str
    made_by: str | None
    code: str | None
    file: str | None
    bytes: int | None
    parts: str
    counts: str
    personal: int
    acknowledged_at: str | None = None
    acknowledged_by: str | None = None


class PackageIn(NamedTuple):
    """One file that came in (see `storage.tables.PACKAGE_IN`)."""

    pid: str
    set_pid: str | None
    from_site_id: str
    from_site_code: str
    to_site_id: str
    number: int
    prev: str | None
    base: str | None
    set_id: str | None
    part: int
    parts: int
    since: int
    upto: int
    clock: str
    made_at: str
    version: str | None
    schema: str | None
    received_at: str
    received_by: str | None
    state: str
    acknowledged: int
    outcome: str
    file: str | None


class Refusal(NamedTuple):
    """A refused row: which, in which state (fingerprint), why (a code). `part` is the name of the travelling table, or "photo"."""

    part: str
    uid: str
    fingerprint: str
    reason: str


class Picture(NamedTuple):
    """A picture that is here: the SHA-256 that names it, and its bytes."""

    sha256: str
    size: int


# ---- peers


def peers(reader: Reader) -> list[Peer]:
    """All of them, in the order in which they became known."""
    return list(_peers(reader, sa.true()))


def peer(reader: Reader, site_id: str) -> Peer | None:
    """The one with this id."""
    return next(_peers(reader, reader.tables.peer.c.site_id == site_id), None)


def _peers(reader: Reader, condition: sa.ColumnElement[bool]) -> Iterator[Peer]:
    table = reader.tables.peer
    rows = reader.connection.execute(_fields(table, Peer).where(condition).order_by(table.c.pk))
    return (Peer(*row) for row in rows)


def put_peer(writer: Writer, known: Peer) -> None:
    """Enter a peer, or what has changed about it."""
    _put(writer, writer.tables.peer, "site_id", known._asdict())


def headquarters(reader: Reader) -> Peer | None:
    """The headquarters that this office sends to; None as long as it knows none."""
    current = reader.settings().get(_CURRENT, "")
    found = peer(reader, current) if current else None
    if found is not None:
        return found
    known = [one for one in peers(reader) if one.role == HEADQUARTERS and one.state is None]
    return known[-1] if known else None


def follow(writer: Writer, site_id: str) -> None:
    """Send to this headquarters id from now on."""
    writer.set_settings({_CURRENT: site_id})


def retired(reader: Reader) -> list[str]:
    """The ids that this site gave up, or that somebody took for its own, and that are told to everyone."""
    site = reader.site()
    return [
        one.site_id
        for one in peers(reader)
        if one.site_code == site.site_code and one.role == site.role and one.state == RETIRED
    ]


def retire(writer: Writer, site_id: str) -> None:
    """Note an id of our own that nobody is to use any more."""
    site = writer.site()
    put_peer(writer, Peer(site_id, site.site_code, site.role, state=RETIRED))


def mark(reader: Reader, site_id: str) -> tuple[int, str | None]:
    """Up to which change number that site has everything of ours, and the pid of the package that says so."""
    known = peer(reader, site_id)
    return (known.mark, known.mark_pid) if known else (0, None)


def reid(writer: Writer, *, retires: bool) -> None:
    """Take a new id: every row is sent anew to everyone. `retires`: the old id is given up (no other computer goes on under it)."""
    former = writer.site_row.site_id
    identity.forget_peers(writer.connection, writer.tables)
    writer.connection.execute(sa.update(writer.tables.peer).values(mark=0, mark_pid=None, last_out=None))
    # A receipt by telephone for a package of the old id must not raise a mark of the new one.
    writer.connection.execute(sa.update(writer.tables.package_out).values(code=None))
    writer.site_row = writer.site_row.renewed()
    if retires:
        retire(writer, former)


# ---- packages that went out


def enter_out(writer: Writer, package: PackageOut) -> None:
    """Enter a package that was made; it is the last one for its recipient."""
    _put(writer, writer.tables.package_out, "pid", package._asdict())
    table = writer.tables.peer
    writer.connection.execute(
        sa.update(table).where(table.c.site_id == package.to_site_id).values(last_out=package.pid)
    )


def packages_out(
    reader: Reader, limit: int | None = None, to_site_id: str | None = None, to_site_code: str | None = None
) -> list[PackageOut]:
    """The latest, newest first."""
    table = reader.tables.package_out
    wanted = _fields(table, PackageOut).order_by(table.c.pk.desc()).limit(limit)
    if to_site_id is not None:
        wanted = wanted.where(table.c.to_site_id == to_site_id)
    if to_site_code is not None:
        wanted = wanted.where(table.c.to_site_code == to_site_code)
    return [PackageOut(*row) for row in reader.connection.execute(wanted)]


def own_packages(reader: Reader, pids: Iterable[str]) -> dict[str, PackageOut]:
    """Those of these pids that are packages of this site."""
    table = reader.tables.package_out
    found: dict[str, PackageOut] = {}
    for some in _in_pieces(pids):
        rows = reader.connection.execute(_fields(table, PackageOut).where(table.c.pid.in_(some)))
        found.update((row.pid, PackageOut(*row)) for row in rows)
    return found


def next_number(reader: Reader) -> int:
    """The number of the next package."""
    highest = sa.select(sa.func.max(reader.tables.package_out.c.number))
    return (reader.connection.execute(highest).scalar() or 0) + 1


def acknowledge(writer: Writer, pids: Sequence[str], at: str, by: str) -> None:
    """Note that these packages of ours were read; what was noted before stays."""
    table = writer.tables.package_out
    for some in _in_pieces(pids):
        writer.connection.execute(
            sa.update(table)
            .where(table.c.pid.in_(some), table.c.acknowledged_at.is_(None))
            .values(acknowledged_at=at, acknowledged_by=by)
        )


# ---- packages that came in


def enter_in(writer: Writer, package: PackageIn) -> None:
    """Enter a package that came, or what has become of it."""
    _put(writer, writer.tables.package_in, "pid", package._asdict())


def package_in(reader: Reader, pid: str) -> PackageIn | None:
    """The one with this pid."""
    found = _packages_in(reader, reader.tables.package_in.c.pid == pid)
    return found[0] if found else None


def packages_in(reader: Reader, limit: int | None = None) -> list[PackageIn]:
    """The latest, newest first."""
    table = reader.tables.package_in
    rows = reader.connection.execute(_fields(table, PackageIn).order_by(table.c.pk.desc()).limit(limit))
    return [PackageIn(*row) for row in rows]


def waiting(reader: Reader) -> list[PackageIn]:
    """Those in quarantine, oldest first."""
    return _packages_in(reader, reader.tables.package_in.c.state == WAITING)


def of_set(reader: Reader, from_site_id: str, set_id: str) -> list[PackageIn]:
    """The files of a set that were merged."""
    table = reader.tables.package_in
    return _packages_in(
        reader, table.c.from_site_id == from_site_id, table.c.set_id == set_id, table.c.state != WAITING
    )


def complete_set(writer: Writer, from_site_id: str, set_id: str, set_pid: str, *, acknowledged: bool) -> None:
    """Note that a set is complete, and whether it is acknowledged."""
    table = writer.tables.package_in
    of_it = (table.c.from_site_id == from_site_id, table.c.set_id == set_id, table.c.state != WAITING)
    values: dict[str, object] = {"set_pid": set_pid}
    if acknowledged:
        values["acknowledged"] = 1
    writer.connection.execute(sa.update(table).where(*of_it).values(**values))


def acknowledged_from(reader: Reader, site_id: str) -> tuple[str, ...]:
    """The pids of that site's packages that are acknowledged, oldest first."""
    table = reader.tables.package_in
    wanted = sa.select(table.c.pid).where(
        table.c.from_site_id == site_id, table.c.acknowledged == 1, table.c.pid == table.c.set_pid
    )
    return tuple(reader.connection.execute(wanted.order_by(table.c.pk)).scalars())


def is_acknowledged(reader: Reader, site_id: str, pid: str) -> bool:
    """Whether that package of that site is."""
    table = reader.tables.package_in
    wanted = sa.select(table.c.pk).where(
        table.c.from_site_id == site_id, table.c.acknowledged == 1, table.c.set_pid == pid
    )
    return reader.connection.execute(wanted.limit(1)).first() is not None


def forked(reader: Reader, from_site_id: str, to_site_id: str, prev: str | None, set_id: str) -> bool:
    """Whether another set of that site for that recipient was merged that follows the same one."""
    table = reader.tables.package_in
    wanted = sa.select(table.c.pk).where(
        table.c.from_site_id == from_site_id,
        table.c.to_site_id == to_site_id,
        table.c.prev.is_(None) if prev is None else table.c.prev == prev,
        table.c.set_id != set_id,
        table.c.state != WAITING,
    )
    return reader.connection.execute(wanted.limit(1)).first() is not None


def _packages_in(reader: Reader, *conditions: sa.ColumnElement[bool]) -> list[PackageIn]:
    table = reader.tables.package_in
    wanted = _fields(table, PackageIn).where(*conditions).order_by(table.c.pk)
    return [PackageIn(*row) for row in reader.connection.execute(wanted)]


# ---- refused rows


def refused(reader: Reader, site_id: str, way: Way) -> list[Refusal]:
    """The rows that we refused of that site ("given"), or it of ours ("got")."""
    table = reader.tables.refused_row
    wanted = sa.select(table).where(table.c.site_id == site_id, table.c.way == way).order_by(table.c.pk)
    return [
        Refusal(_name(row.kind, row.part), row.uid, row.fingerprint, row.reason)
        for row in reader.connection.execute(wanted)
    ]


def put_refused(
    writer: Writer,
    site_id: str,
    way: Way,
    refusals: Iterable[Refusal],
    *,
    instead_of: Iterable[tuple[str, str]] | None = None,
) -> None:
    """Enter refused rows, in place of those of these (part, uid), or of all when not given."""
    table = writer.tables.refused_row
    of_site = (table.c.site_id == site_id, table.c.way == way)
    if instead_of is None:
        writer.connection.execute(sa.delete(table).where(*of_site))
    for name, uid in instead_of or ():
        kind, part = _kind_and_part(name)
        writer.connection.execute(
            sa.delete(table).where(*of_site, table.c.kind == kind, table.c.part == part, table.c.uid == uid)
        )
    rows = [
        {
            "site_id": site_id,
            "way": way,
            **dict(zip(("kind", "part"), _kind_and_part(one.part), strict=True)),
            "uid": one.uid,
            "fingerprint": one.fingerprint,
            "reason": one.reason,
            "at": moment(writer.now),
        }
        for one in refusals
    ]
    if rows:
        writer.connection.execute(sa.insert(table), rows)


def change_no(reader: Reader, part: Part, uid: str) -> int:
    """The number of the last change of a row; 0 when it is not here."""
    table = reader.tables.metadata.tables[part.table]
    return (
        reader.connection.execute(sa.select(table.c.change_no).where(table.c.uid == uid)).scalar_one_or_none()
        or 0
    )


def _name(kind: str, part: str) -> str:
    return PHOTO if part == PHOTO else f"{kind}.{part}" if part else kind


def _kind_and_part(name: str) -> tuple[str, str]:
    kind, _, part = name.partition(".")
    return (_ATTACHMENT, PHOTO) if name == PHOTO else (kind, part)


# ---- photos


def photos_due(
    reader: Reader, after: int, not_known_to: str, site_codes: Sequence[str] | None, also: Iterable[str] = ()
) -> list[Picture]:
    """The pictures that are here and belong to what is to be sent, and those among `also` that are here."""
    table, photo = reader.tables.main.get(_ATTACHMENT), reader.tables.photo
    found: dict[str, Picture] = {}
    columns = sa.select(photo.c.sha256, sa.func.length(photo.c.data))
    if table is not None:
        due = columns.join(table, table.c.sha256 == photo.c.sha256).where(
            table.c.change_no > after,
            sa.or_(table.c.known_to.is_(None), table.c.known_to != not_known_to),
            table.c.removed_at.is_(None),
        )
        if site_codes is not None:
            due = due.where(table.c.site_code.in_(site_codes))
        for row in reader.connection.execute(due.order_by(table.c.change_no)):
            found[row[0]] = Picture(*row)
    for some in _in_pieces(also):
        here = columns.where(photo.c.sha256.in_(some)).order_by(photo.c.pk)
        for row in reader.connection.execute(here):
            found[row[0]] = Picture(*row)
    return list(found.values())


def photos_missing(reader: Reader, site_codes: Sequence[str] | None) -> list[str]:
    """The hashes of the pictures that records of these offices tell of, or told of before they were moved, and that have not come."""
    table, photo = reader.tables.main.get(_ATTACHMENT), reader.tables.photo
    if table is None:
        return []
    here = sa.exists().where(photo.c.sha256 == table.c.sha256)
    wanted = sa.select(table.c.sha256).where(~here, table.c.removed_at.is_(None), table.c.sha256.is_not(None))
    if site_codes is not None:
        moved = reader.tables.moved_row
        were = sa.select(moved.c.uid).where(moved.c.kind == _ATTACHMENT, moved.c.site_code.in_(site_codes))
        wanted = wanted.where(sa.or_(table.c.site_code.in_(site_codes), table.c.uid.in_(were)))
    return list(dict.fromkeys(reader.connection.execute(wanted.order_by(table.c.pk)).scalars()))


# ---- keys, journal


def secret(reader: Reader, name: str) -> str | None:
    """A secret of this installation (its keys)."""
    table = reader.tables.secret
    return reader.connection.execute(sa.select(table.c.value).where(table.c.name == name)).scalar()


def put_secret(writer: Writer, name: str, value: str) -> None:
    """Keep a secret."""
    _put(writer, writer.tables.secret, "name", {"name": name, "value": value})


def schema(reader: Reader) -> str:
    """The migration step that this database stands at."""
    return str(reader.connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one())


def journal_head(reader: Reader) -> str:
    """What the journal ends with: how many lines it has and the SHA-256 of the last; "" when it is empty."""
    table = reader.tables.journal
    last = reader.connection.execute(sa.select(table).order_by(table.c.pk.desc()).limit(1)).first()
    if last is None:
        return ""
    number, *cells = last
    return f"{number} {hashlib.sha256(repr(cells).encode()).hexdigest()}"


# ---- small parts


def _fields(table: sa.Table, row: type[NamedTuple]) -> sa.Select[Any]:
    names: tuple[str, ...] = getattr(row, "_fields")  # noqa: B009  (every named tuple has it)
    return sa.select(*(table.c[name] for name in names))


def _put(writer: Writer, table: sa.Table, key: str, cells: Mapping[str, object]) -> None:
    changed = sa.update(table).where(table.c[key] == cells[key]).values(**cells)
    if not writer.connection.execute(changed).rowcount:
        writer.connection.execute(sa.insert(table).values(**cells))


def _in_pieces(pids: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(pids)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
