"""Who a package is from and whom it is for: what is refused before anything of it is merged. Source: exchange.md, "Key card", "Bad input" 8, 10, 12, 47."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.words import Words
from desktop_app.exchange.package.refusing import ASK_HEAD, Refused
from desktop_app.storage import exchanging
from desktop_app.storage.exchanging import HEADQUARTERS, Peer

if TYPE_CHECKING:
    from desktop_app.exchange.package.header import Header
    from desktop_app.exchange.package.keys import KeyCard
    from desktop_app.exchange.package.reading import Opened
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

_WRONG_FILE = Words("Berikan berkas ini kepada yang dituju.", "Give this file to whom it is for.")


def refuse_strangers(reader: Reader, header: Header, key: KeyCard) -> None:
    """Raise `Refused` when a package is not for this site, or not from whom it says it is."""
    _refuse_other_recipient(reader, header)
    _refuse_other_key(reader, header, key)


def _refuse_other_recipient(reader: Reader, header: Header) -> None:
    """An office takes what headquarters addressed to it; headquarters what an office sends to it (or to whichever headquarters it has)."""
    site = reader.site()
    to = header.to.site_code if header.to else ""
    at_head = site.role == HEADQUARTERS
    if header.sender.site_id == site.site_id:
        raise Refused(
            "own",
            "Paket ini dibuat di komputer ini sendiri.",
            "This package was made on this very computer.",
            _WRONG_FILE,
        )
    if to != site.site_code and not (at_head and header.to is None):
        raise Refused(
            "recipient",
            f"Paket ini ditujukan kepada {to or 'pusat'}, bukan kepada {site.site_code or 'komputer ini'}.",
            f"This package is for {to or 'headquarters'}, not for {site.site_code or 'this computer'}.",
            _WRONG_FILE,
        )
    if (header.sender.role == HEADQUARTERS) is at_head:
        raise Refused(
            "sender",
            "Pusat hanya menerima paket dari kantor, kantor hanya dari pusat.",
            "Headquarters takes packages from offices only, an office from headquarters only.",
            _WRONG_FILE,
        )


def _refuse_other_key(reader: Reader, header: Header, key: KeyCard) -> None:
    """A known site keeps its key; a key belongs to one office; an office has one headquarters."""
    sender = header.sender
    known = exchanging.peers(reader)
    for one in known:
        same_key = one.sign_key == key.sign
        if same_key and one.state == exchanging.REVOKED:
            raise _other_key("revoked_key", sender.site_code, key.fingerprint, "sudah dicabut", "was revoked")
        other_office = same_key and one.site_code != sender.site_code
        other_key = bool(one.sign_key) and not same_key
        same_site = one.site_id == sender.site_id
        same_head = one.role == HEADQUARTERS and one.site_code == sender.site_code and one.is_trusted
        if (
            other_office
            or (other_key and (same_site or same_head))
            or (same_site and one.site_code != sender.site_code)
        ):
            raise _other_key(
                "other_key",
                sender.site_code,
                key.fingerprint,
                "bukan kunci yang dikenal di sini",
                "is not the key known here",
            )


def _other_key(case: str, site_code: str, fingerprint: str, indonesian: str, english: str) -> Refused:
    return Refused(
        case,
        f"Paket ini menyebut kantor {site_code}, tetapi kunci penandatangannya ({fingerprint}) {indonesian}.",
        f"This package says it is from office {site_code}, but the key that signed it ({fingerprint}) {english}.",
        ASK_HEAD,
    )


def sender(writer: Writer, opened: Opened) -> Peer:
    """The sender as it is known here; one that is new is entered. A new id with a key that was confirmed is confirmed as well."""
    place, key = opened.header.sender, opened.key
    found = exchanging.peer(writer, place.site_id) or Peer(place.site_id, place.site_code, place.role)
    if found.sign_key is None:
        alike = [one for one in exchanging.peers(writer) if one.sign_key == key.sign and one.is_trusted]
        found = found._replace(
            name=place.name or None,
            sign_key=key.sign,
            age_key=key.age,
            key_card=key.fingerprint,
            trusted_at=alike[0].trusted_at if alike else found.trusted_at,
            trusted_by=alike[0].trusted_by if alike else found.trusted_by,
        )
    exchanging.put_peer(writer, found)
    return found
