"""Commands of headquarters (and what both sides see of it): starter, trust, sites, conflicts, return, approve, transfer,
adopt, propose, proposals, returned, flagged, unmerge.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any

from desktop_app.cli.adding import Commands, command, pairs, settable
from desktop_app.cli.output import Terminal, note, say, say_json, table
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.show import show_any
from desktop_app.core.words import Words, tr
from desktop_app.services import conflicts, flagging, proposals, responsibility, reviews, roles, unmerging
from desktop_app.services.conflicts import Chosen, Conflict
from desktop_app.services.context import AppContext

_SIDES = ("ours", "theirs")


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    made = command(
        commands,
        "starter",
        _starter,
        tr("buat berkas awal untuk sebuah kantor", "make the starter file of an office"),
    )
    made.add_argument(
        "site", metavar="CODE", help=tr("kode kantor, seperti 18.72.01", "office code, like 18.72.01")
    )
    made.add_argument("--out", required=True, type=Path, metavar="FILE|DIR")
    made.add_argument("--name", default="", metavar="TEXT", help=tr("nama kantor", "the office's name"))
    made.add_argument(
        "--staff",
        action="append",
        default=[],
        metavar="NAME",
        help=tr("nama petugas, boleh berulang", "a person there, may be repeated"),
    )
    made.add_argument(
        "--with-personal-data",
        action="store_true",
        help=tr(
            "sertakan isian pribadi (berkas ini tidak terkunci)",
            "with personal fields (this file is not locked)",
        ),
    )
    made.add_argument(
        "--replace",
        action="store_true",
        help=tr(
            "komputer lama kantor itu hilang atau rusak; kuncinya tidak diterima lagi",
            "the office's former computer is gone; its key is not accepted any more",
        ),
    )

    made = command(
        commands, "trust", _trust, tr("konfirmasi sidik kunci kantor", "confirm an office's fingerprint")
    )
    made.add_argument("site", metavar="SITE", help=tr("kode kantor atau ID-nya", "office code or site id"))
    made.add_argument(
        "fingerprint",
        nargs="+",
        metavar="FINGERPRINT",
        help=tr("seperti yang dibacakan kantor lewat telepon", "as the office read it out on the telephone"),
    )

    made = command(commands, "sites", _sites, tr("papan kantor", "the board of offices"))
    made.add_argument("--json", action="store_true")

    made = command(
        commands,
        "conflicts",
        _conflicts,
        tr("isian yang ditulis berbeda di dua sisi", "fields written differently on both sides"),
    )
    made.add_argument(
        "--decide",
        nargs=3,
        metavar=("UID", "FIELD", "ours|theirs"),
        help=tr("pakai tulisan kita atau tulisan mereka", "use what we wrote or what they wrote"),
    )
    made.add_argument("--json", action="store_true")

    made = _on_record(commands, "return", _return, tr("kembalikan ke kantornya", "give back to its office"))
    made.add_argument("--field", required=True, metavar="FIELD")
    made.add_argument("--reason", required=True, metavar="TEXT")
    _on_record(commands, "approve", _approve, tr("setujui", "approve"))
    _transfers(commands)
    _proposals(commands)
    made = command(
        commands, "returned", _returned, tr("yang dikembalikan pusat", "what headquarters gave back")
    )
    made.add_argument("--json", action="store_true")
    made = command(
        commands, "flagged", _flagged, tr("yang perlu ditinjau", "what the rules found after merging")
    )
    made.add_argument("--json", action="store_true")

    made = command(commands, "unmerge", _unmerge, tr("batalkan satu paket", "take a package back"))
    made.add_argument(
        "package",
        nargs="+",
        metavar="PACKAGE",
        help=tr("PID, atau kode kantor dan nomor", "its PID, or office code and number"),
    )
    made.add_argument("--reason", default="", metavar="TEXT")
    made.add_argument("--json", action="store_true")


def _transfers(commands: Commands) -> None:
    made = command(
        commands,
        "transfer",
        _transfer,
        tr("pindahkan tanggung jawab ke kantor lain", "make another office responsible for records"),
    )
    made.add_argument(
        "--to",
        required=True,
        metavar="CODE",
        help=tr("kode kantor, seperti 18.72.01", "office code, like 18.72.01"),
    )
    adopted = command(
        commands,
        "adopt",
        _adopt,
        tr("jadikan milik pusat, untuk semua kantor", "make records headquarters' own, for all offices"),
    )
    for one in (made, adopted):
        one.add_argument("kind", metavar="KIND")
        one.add_argument("uids", metavar="UID", nargs="+")
        one.add_argument("--reason", default="", metavar="TEXT")


def _transfer(args: argparse.Namespace, ctx: AppContext) -> None:
    with Terminal() as progress:
        note(responsibility.give(ctx, args.kind, args.uids, args.to, args.reason, progress).words)


def _adopt(args: argparse.Namespace, ctx: AppContext) -> None:
    with Terminal() as progress:
        note(responsibility.adopt(ctx, args.kind, args.uids, args.reason, progress).words)


def _proposals(commands: Commands) -> None:
    made = _on_record(
        commands,
        "propose",
        _propose,
        tr("usulkan perubahan data kantor lain atau pusat", "propose a change of a record that is another's"),
    )
    settable(made, required=True)
    made.add_argument("--reason", required=True, metavar="TEXT")
    made = command(
        commands, "proposals", _list_proposals, tr("usulan perubahan", "proposed changes of records")
    )
    which = made.add_mutually_exclusive_group()
    which.add_argument("--accept", metavar="UID", help=tr("terima usulan ini", "accept this one"))
    which.add_argument("--reject", metavar="UID", help=tr("tolak usulan ini", "reject this one"))
    made.add_argument("--reason", default="", metavar="TEXT")
    made.add_argument("--json", action="store_true")


def _propose(args: argparse.Namespace, ctx: AppContext) -> None:
    for uid in proposals.propose(ctx, args.kind, args.uid, dict(pairs(args.given)), args.reason):
        say(uid)


_DECISIONS = {
    "": Words("menunggu", "waiting"),
    "ACCEPTED": Words("diterima", "accepted"),
    "REJECTED": Words("ditolak", "rejected"),
}


def _list_proposals(args: argparse.Namespace, ctx: AppContext) -> None:
    if args.accept:
        proposals.accept(ctx, args.accept)
    elif args.reject:
        proposals.reject(ctx, args.reject, args.reason)
    found = proposals.proposals(ctx, undecided=roles.is_headquarters(ctx))
    if args.json:
        say_json(_plain(found))
        return
    for one in found:
        say(f"{one.uid}  {one.kind} {one.record_uid}  {one.title} {one.number}".rstrip())
        say(f"    {one.field.say()} ({one.field_name}): {one.now or '-'} > {one.proposed or '-'}")
        answer = f": {one.answer}" if one.answer else ""
        say(f"    {one.reason}  ({one.site_code}, {one.by})  [{_DECISIONS[one.decision].say()}{answer}]")


def _on_record(commands: Commands, name: str, run: Any, help_: str) -> argparse.ArgumentParser:
    made = command(commands, name, run, help_)
    made.add_argument("kind", metavar="KIND")
    made.add_argument("uid", metavar="UID")
    return made


def _plain(told: Any) -> Any:
    """An answer as JSON can hold it: words in both languages, moments in ISO 8601."""
    if isinstance(told, Words):
        return {"id": told.id, "en": told.en}
    if dataclasses.is_dataclass(told) and not isinstance(told, type):
        return {field.name: _plain(getattr(told, field.name)) for field in dataclasses.fields(told)}
    if isinstance(told, list | tuple):
        return [_plain(part) for part in told]
    return told.isoformat() if isinstance(told, dt.datetime) else told


def _at(ctx: AppContext, moment: dt.datetime | None) -> str:
    return show_any(moment, zone=ctx.settings.zone)


def _starter(args: argparse.Namespace, ctx: AppContext) -> None:
    from desktop_app.services import starting_files  # noqa: PLC0415  (keys: only for those who want them)

    with Terminal() as progress:
        made = starting_files.make(
            ctx,
            args.site,
            args.out,
            name=args.name,
            staff=args.staff,
            personal=args.with_personal_data,
            replaces=args.replace,
            progress=progress,
        )
    say(str(made))


def _trust(args: argparse.Namespace, ctx: AppContext) -> None:
    from desktop_app.services import sites  # noqa: PLC0415

    line = sites.trust(ctx, args.site, " ".join(args.fingerprint))
    say(f"{line.site_code} {line.name} {line.fingerprint}")


def _sites(args: argparse.Namespace, ctx: AppContext) -> None:
    from desktop_app.services import sites  # noqa: PLC0415

    board = sites.board(ctx)
    if args.json:
        say_json(_plain(board))
        return
    headings = [
        tr("Kantor", "Office"),
        tr("Nama", "Name"),
        tr("Paket terakhir", "Last package"),
        tr("Terlambat", "Late"),
        tr("Hilang", "Missing"),
        tr("Perlu ditinjau", "To review"),
        tr("Keadaan", "State"),
        tr("Sidik kunci", "Fingerprint"),
    ]
    states = {
        "": "",
        "dead": tr("salinan, diberi tahu", "a copy, is told"),
        "unconfirmed": tr("belum dikonfirmasi", "unconfirmed"),
    }
    table(
        headings,
        (
            (
                line.site_code,
                line.name,
                f"{line.last_number}, {_at(ctx, line.last_package_at)}" if not line.never else "-",
                tr(f"{line.days_late} hari", f"{line.days_late} days") if line.days_late else "",
                ", ".join(map(str, line.missing)),
                str(line.waiting + line.flagged),
                states[line.state],
                line.fingerprint,
            )
            for line in board
        ),
    )
    own = sites.own_fingerprint(ctx)
    note(Words(f"Sidik kunci komputer ini: {own}", f"This computer's own fingerprint: {own}"))


def _conflicts(args: argparse.Namespace, ctx: AppContext) -> None:
    found = conflicts.open_conflicts(ctx)
    if args.decide:
        chosen = _asked(ctx, found, *args.decide)
        conflicts.decide(ctx, *chosen)
        found = conflicts.open_conflicts(ctx)
    if args.json:
        say_json(_plain(found))
        return
    for one in found:
        say(f"{one.kind} {one.record_uid}  {one.title} {one.number}".rstrip())
        say(f"    {one.field.say()} ({one.field_name})")
        for side, name in ((one.office, "office"), (one.head, "head")):
            who = ", ".join(part for part in (side.by, _at(ctx, side.at)) if part)
            used = tr(" [dipakai]", " [in use]") if one.in_use == name else ""
            wrote = tr("menulis", "wrote")
            say(f"    {side.site.say()} {wrote}: {side.text}  ({who}){used}")
    note(
        Words(f"{len(found)} perbedaan belum diputuskan.", f"{len(found)} conflicts are not decided.")
        if found
        else Words("Tidak ada perbedaan yang perlu diputuskan.", "There is nothing to decide.")
    )


def _asked(ctx: AppContext, found: list[Conflict], uid: str, field: str, side: str) -> tuple[str, Chosen]:
    """The conflict that is meant by its own uid or its record's, and whose writing is to stand."""
    if side not in _SIDES:
        raise UsageError(Words("Pilih 'ours' atau 'theirs'.", "Choose 'ours' or 'theirs'."))
    meant = [one for one in found if uid in (one.uid, one.record_uid) and field == one.field_name]
    if not meant:
        raise KnownError(
            Words(
                f"Tidak ada perbedaan pada isian '{field}' dari {uid}.",
                f"There is no conflict about the field '{field}' of {uid}.",
            )
        )
    mine: Chosen = "head" if roles.is_headquarters(ctx) else "office"
    others: Chosen = "office" if mine == "head" else "head"
    return meant[0].uid, mine if side == "ours" else others


def _return(args: argparse.Namespace, ctx: AppContext) -> None:
    reviews.give_back(ctx, args.kind, args.uid, args.field, args.reason)
    say(args.uid)


def _approve(args: argparse.Namespace, ctx: AppContext) -> None:
    reviews.approve(ctx, args.kind, args.uid)
    say(args.uid)


def _returned(args: argparse.Namespace, ctx: AppContext) -> None:
    found = reviews.returned(ctx)
    if args.json:
        say_json(_plain(found))
        return
    for item in found:
        say(f"{item.kind} {item.uid}  {item.title} {item.number}".rstrip())
        say(f"    {item.field.say()} ({item.field_name}): {item.reason}  ({item.by}, {_at(ctx, item.at)})")


def _flagged(args: argparse.Namespace, ctx: AppContext) -> None:
    flagging.look(ctx)
    found = flagging.flagged(ctx)
    if args.json:
        say_json(_plain(found))
        return
    for one in found:
        say(f"{one.kind} {one.uid}  {one.title} {one.number}".rstrip())
        for finding in one.findings:
            say(f"    {finding.words.say()}")


def _unmerge(args: argparse.Namespace, ctx: AppContext) -> None:
    done = unmerging.unmerge(ctx, " ".join(args.package), args.reason)
    if args.json:
        say_json(_plain(done))
    else:
        say(
            tr(
                f"Paket {done.site_code} no. {done.number} dibatalkan: {done.rows} baris dipulihkan.",
                f"Package {done.site_code} no. {done.number} taken back: {done.rows} rows restored.",
            )
        )
