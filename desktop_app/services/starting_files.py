"""Starter files: what a new office gets from headquarters, or an office whose computer is gone. Source: exchange.md, "Starter file".

It tells which office it is, carries headquarters' public keys, the regions and registers, the people's names, and the office's own
records, so that the same file also puts an office back. The new computer makes keys of its own; headquarters confirms them by telephone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.core import travel
from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words
from desktop_app.exchange import own, receiving
from desktop_app.exchange.package.convert import Content, converted
from desktop_app.exchange.package.header import Header, SetOf
from desktop_app.exchange.package.writing import PackageFile
from desktop_app.services import people, roles, settings, sites
from desktop_app.services.context import AppContext
from desktop_app.services.sites import Expected
from desktop_app.storage import exchanging, identity, starting
from desktop_app.storage.columns import moment
from desktop_app.storage.exchanging import Peer
from desktop_app.storage.merging.plain import Arrival, From, Merged

if TYPE_CHECKING:
    from desktop_app.exchange.package.keys import KeyCard
    from desktop_app.exchange.package.reading import Opened
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

_MAKING = Words("membuat berkas awal", "make starter files")
_DOING = Words("Menulis berkas awal", "Writing the starter file")
_OWN_BUSINESS = {
    "site_code",
    "role",
    "office_name",
    "installation_letter",
    "language",
    "dark",
    "signatory_name",
    "signatory_nip",
}
"""Settings that a new office does not take over from headquarters."""
_LEVELS = {
    "district": Words("Kecamatan {name}", "District {name}"),
    "village": Words("Kelurahan {name}", "Village {name}"),
}


@dataclass(frozen=True)
class Begun:
    """A new office that read its starter file: which one it is, and what came with it. `fingerprint`: to be read out to headquarters."""

    site_code: str
    name: str
    head_code: str
    fingerprint: str
    merged: Merged


# ---- at headquarters


def make(
    ctx: AppContext,
    site_code: str,
    file: Path,
    *,
    name: str = "",
    staff: Iterable[str] = (),
    personal: bool = False,
    replaces: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write the starter file of an office; where it lies. `file` may be a folder.

    `staff`: people besides those who have written there before. `personal`: with personal fields, though the file isn't sealed (the
    new computer has no key yet); without them they come with headquarters' first answer. `replaces`: the office's former computer
    was stolen or broken: its key is not accepted any more. Raises `KnownError` for a code that is no office of this city.
    """
    roles.refuse_elsewhere(ctx, _MAKING)
    if ctx.practice:
        raise KnownError(
            Words(
                "Di latihan tidak bisa dibuat berkas awal: komputer kantor hanya dimulai dari data sungguhan.",
                "No starter file can be made in practice: an office's computer begins with real records only.",
            )
        )
    code, keys = site_code.strip(), own.keys(ctx.store)
    target = file / f"awal_{code}.pelita.zip" if file.is_dir() else file
    with ctx.store.reading() as reader:
        before = _known(ctx, reader, code)
        named = " ".join(name.split()) or before.name
        known = dict.fromkeys([*starting.writers(reader, code), *(people.cleaned(one) for one in staff)])
        header = replace(
            _header(ctx, reader, keys.card, before, named), people=tuple(known), personal=personal
        )
        with PackageFile(target, header, keys) as package:
            _tables(ctx, reader, package, code, progress or Quiet())
            written = package.finish()
    with ctx.store.writing(ctx.person) as writer:
        kept = {"name": named, "starters": before.starters + 1}
        writer.set_settings({f"{sites.OFFICE_LINE}{code}": json.dumps(kept, ensure_ascii=False)})
        for peer in exchanging.peers(writer) if replaces else ():
            if peer.site_code == code and peer.role != roles.HEADQUARTERS:
                exchanging.put_peer(writer, peer._replace(state=exchanging.REVOKED))
    return written.path


def _known(ctx: AppContext, reader: Reader, code: str) -> Expected:
    """What is known of the office. Raises `KnownError` when there is no such region here, or it is headquarters itself."""
    region = reader.get("region", code)
    if code == ctx.settings.site_code or region is None or region.removed_at is not None:
        raise KnownError(
            Words(
                f"{code or '?'} bukan kode kantor di kota ini. Pakai kode kecamatan atau kelurahan, seperti {ctx.settings.city_code}.01.",
                f"{code or '?'} is no office of this city. Use the code of a district or village, like {ctx.settings.city_code}.01.",
            ),
            "site_code",
        )
    before = sites.expected(reader).get(code)
    if before is not None:
        return before
    wording = _LEVELS.get(str(region.values.get("level")), Words("{name}", "{name}"))
    known = [peer.name for peer in exchanging.peers(reader) if peer.site_code == code and peer.name]
    name = known[-1] if known else wording.filled(name=region.values.get("name")).id
    return Expected(code, str(name), len(known))


def _header(ctx: AppContext, reader: Reader, card: KeyCard, before: Expected, name: str) -> Header:
    site = identity.load(reader.connection)
    given = {key: text for key, text in settings.texts(ctx.settings).items() if key not in _OWN_BUSINESS}
    given |= {"site_code": before.site_code, "role": "office", "office_name": name}
    given |= {"installation_letter": _letter(before)}
    if escrow := own.escrow(reader):
        given[own.ESCROW] = escrow
    return Header(
        purpose="starter",
        schema=exchanging.schema(reader),
        program=__version__,
        made_at=moment(reader.now),
        sender=own.place(reader, card.fingerprint),
        to=None,
        number=before.starters + 1,
        upto=site.change_no,
        clock=site.clock.stamp,
        retired=tuple(exchanging.retired(reader)),
        set=SetOf(new_uid()),
        key_card=card,
        settings=given,
    )


def _tables(ctx: AppContext, reader: Reader, package: PackageFile, code: str, progress: Progress) -> None:
    """The office's own rows and headquarters' own."""
    codes = (code, ctx.settings.site_code)
    counts = reader.due_counts(after=0, not_known_to="", site_codes=codes)
    done, total = 0, sum(counts.values())
    for part in travel.parts(ctx.registry):
        if counts.get(part.name):
            progress.at(done, total, _DOING)
            done += package.table(
                part,
                reader.csv_due(
                    part, after=0, not_known_to="", site_codes=codes, personal=package.header.personal
                ),
            )


def _letter(before: Expected) -> str:
    """Register numbers of each further computer have a letter of their own: the papers of the one before may be anywhere."""
    return chr(ord("A") + (before.starters - 1) % 26) if before.starters else ""


# ---- at the new office


def take(ctx: AppContext, opened: Opened, file_name: str = "", progress: Progress | None = None) -> Begun:
    """Set this computer up by a starter file, all of it or nothing.

    Raises `KnownError` when this computer is an office (or headquarters) already, or when the sender's clock is a day ahead.
    """
    header, head = opened.header, opened.header.sender
    _refuse_used(ctx, opened)
    fingerprint = own.keys(ctx.store).fingerprint
    fresh = settings.read(header.settings)
    with _settings_of(ctx, header.settings), ctx.store.writing(ctx.person) as writer:
        receiving.refuse_ahead(writer, header.clock)
        writer.set_settings(dict(header.settings))
        _introduce(writer, opened)
        sender = From(head.site_id, head.site_code, head.role, opened.pid, f"pusat {head.site_code}")
        merged = writer.merge(
            list(_arrivals(writer, opened)), sender, acknowledged=False, progress=progress or Quiet()
        )
        writer.site_row.clock = writer.site_row.clock.saw(header.clock)
        outcome = receiving.outcome_of(merged)
        exchanging.enter_in(
            writer, receiving.entry(writer, opened.pid, header, file_name, exchanging.MERGED, outcome)
        )
        for name in header.people:
            writer.add_person(name)
    settings.load(ctx)
    return Begun(fresh.site_code, fresh.office_name, head.site_code, fingerprint, merged)


def _refuse_used(ctx: AppContext, opened: Opened) -> None:
    """A starter file is for a computer that nothing was recorded on yet; one that only knows its office code may be."""
    header, here = opened.header, ctx.settings
    if header.purpose != "starter" or header.sender.role != roles.HEADQUARTERS:
        raise KnownError(
            Words("Ini bukan berkas awal dari pusat.", "This is no starter file from headquarters.")
        )
    if not here.site_code:
        return
    with ctx.store.reading() as reader:
        used = starting.has_own(reader, here.site_code) or exchanging.peers(reader)
    if used or here.role != "office" or here.site_code != header.settings.get("site_code"):
        raise KnownError(
            Words(
                f"Komputer ini sudah {here.site_code}; berkas awal hanya untuk komputer yang masih kosong. Tidak ada yang berubah.",
                f"This computer is {here.site_code} already; a starter file is for one that is still empty. Nothing was changed.",
            )
        )


@contextmanager
def _settings_of(ctx: AppContext, lines: Mapping[str, str]) -> Iterator[None]:
    """Derived figures are computed by the new office's settings; when it doesn't come to that, by those of before."""
    before = ctx.store.settings
    ctx.store.settings = settings.read(lines)
    try:
        yield
    except BaseException:
        ctx.store.settings = before
        raise


def _introduce(writer: Writer, opened: Opened) -> None:
    """Headquarters' key is known from the start: the file came from there by hand."""
    head, card = opened.header.sender, opened.key
    known = Peer(
        head.site_id,
        head.site_code,
        head.role,
        name=head.name or None,
        sign_key=card.sign,
        age_key=card.age,
        trusted_at=moment(writer.now),
        trusted_by=writer.person or None,
        last_in_at=moment(writer.now),
        last_made_at=opened.header.made_at,
        version=opened.header.program,
        schema=opened.header.schema,
        key_card=card.fingerprint,
    )
    exchanging.put_peer(writer, known)
    exchanging.follow(writer, head.site_id)


def _arrivals(writer: Writer, opened: Opened) -> Iterator[Arrival]:
    """The tables that this program knows."""
    for table in opened.tables:
        part = travel.part_named(writer.registry, table.part_name)
        if part is not None:
            came = Content(table.part_name, table.columns, table.groups, opened.rows(table))
            content = converted(came, opened.header.schema)
            yield Arrival(part, content.columns, content.rows, content.groups)
