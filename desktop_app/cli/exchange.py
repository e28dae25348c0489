"""Commands of the exchange: send, receive, receipt; and those whose names are settled and that are still to be built."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from desktop_app.cli.adding import Commands, command
from desktop_app.cli.output import Terminal, note, say, say_json
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services import receiving, roles, sending
from desktop_app.services.context import AppContext
from desktop_app.services.receiving import Received
from desktop_app.services.sending import Sent

_LATER = "import rescue report".split()


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    _add_sending(commands)
    made = command(
        commands,
        "receive",
        _receive,
        tr(
            "terima paket, tanda terima, berkas awal, pembaruan: apa pun yang datang",
            "receive packages, receipts, starter files, updates: whatever comes",
        ),
        makes_folder=True,
    )
    made.add_argument("files", type=Path, nargs="+", metavar="FILE")
    made.add_argument(
        "--take-back",
        action="store_true",
        help=tr(
            "data pusat pernah hilang: ambil kembali dari kantor baris milik pusat sendiri",
            "headquarters lost data: take back its own rows from the offices",
        ),
    )
    made.add_argument("--json", action="store_true")
    made = command(
        commands,
        "receipt",
        _receipt,
        tr("masukkan kode tanda terima dari telepon", "take a receipt code told on the telephone"),
    )
    made.add_argument("code", metavar="CODE", nargs="+")
    for name in _LATER:
        made = command(
            commands,
            name,
            _not_yet,
            tr("belum ada di versi ini", "not there yet in this version"),
            alone=True,
        )
        made.set_defaults(takes_anything=True)


def _add_sending(commands: Commands) -> None:
    made = command(
        commands,
        "send",
        _send,
        tr(
            "tulis paket untuk pusat (di pusat: untuk kantor)",
            "write the package for headquarters (at headquarters: for an office)",
        ),
    )
    made.add_argument(
        "--to",
        default="",
        metavar="SITE",
        help=tr(
            "kantor tujuan; tanpa ini pusat mengirim ke semua",
            "the office it is for; without it headquarters sends to all",
        ),
    )
    made.add_argument("--out", type=Path, required=True, metavar="DIR")
    made.add_argument(
        "--plain",
        action="store_true",
        help=tr(
            "juga CSV tanpa isian pribadi untuk yang tidak memakai Pelita",
            "also CSV without personal fields, for people without Pelita",
        ),
    )
    made.add_argument(
        "--with-personal-data",
        action="store_true",
        help=tr(
            "sertakan isian pribadi walaupun paket belum bisa dikunci",
            "with personal fields even where the package can't be sealed yet",
        ),
    )


def _send(args: argparse.Namespace, ctx: AppContext) -> None:
    to_all = roles.is_headquarters(ctx) and not args.to
    offices = sending.offices(ctx) if to_all else [args.to]
    if not offices:
        raise KnownError(
            Words("Belum ada kantor yang bisa dikirimi.", "There is no office yet that can be sent to.")
        )
    for office in offices:
        with Terminal() as progress:
            sent = sending.send(
                ctx, args.out, office, plain=args.plain, personal=args.with_personal_data, progress=progress
            )
        _tell_sent(sent)


def _tell_sent(sent: Sent) -> None:
    for file in (*sent.files, *sent.plain, *((sent.update,) if sent.update else ())):
        say(str(file))
    if sent.nothing_new:
        note(
            Words(
                f"Paket {sent.number}: tidak ada yang baru untuk dilaporkan.",
                f"Package {sent.number}: nothing to report.",
            )
        )
    else:
        note(
            Words(
                f"Paket {sent.number}: {sent.records} data.",
                f"Package {sent.number}: {sent.records} records.",
            )
        )


def _receive(args: argparse.Namespace, ctx: AppContext) -> None:
    if args.take_back:
        receiving.confirm_own_rows(ctx)
    with Terminal() as progress:
        done = receiving.receive(ctx, args.files, progress)
    if args.json:
        say_json([_as_json(one) for one in done])
    else:
        for one in done:
            _tell_received(one)
    if not done:
        raise KnownError(Words("Tidak ada paket di sana.", "There is no package there."))
    bad = [one for one in done if one.problem is not None]
    if bad:
        raise KnownError(_problem(bad[0], len(bad), len(done)))


def _problem(one: Received, bad: int, all_: int) -> Words:
    problem = one.problem or Words("", "")
    if all_ == 1:
        return problem
    return Words(
        f"{bad} dari {all_} berkas ditolak, yang pertama {one.file.name}: {problem.id}",
        f"{bad} of {all_} files were refused, the first {one.file.name}: {problem.en}",
    )


_STATES = {
    "merged": Words("digabung", "merged"),
    "same": Words("sudah pernah diterima, tidak ada yang baru", "received before, nothing new"),
    "waiting": Words("disimpan dulu, menunggu", "set aside, waits"),
    "refused": Words("ditolak", "refused"),
    "ignored": Words("dilewati", "passed over"),
    "updated": Words("versi baru Pelita", "a new version of Pelita"),
    "carried": Words("disimpan untuk kantor", "kept for the offices"),
}
_NUMBERS = (
    ("new", Words("baru", "new")),
    ("changed", Words("diperbarui", "changed")),
    ("refused_rows", Words("baris ditolak", "rows refused")),
    ("conflicts", Words("perbedaan", "conflicts")),
    ("returned", Words("dikembalikan", "given back")),
)


def _tell_received(one: Received) -> None:
    numbers = [f"{getattr(one, name)} {words.say()}" for name, words in _NUMBERS if getattr(one, name)]
    state = ", ".join([_STATES[one.state].say(), *numbers])
    origin = f" ({one.site_code} {tr('no.', 'no.')} {one.number})" if one.site_code else ""
    say(f"{one.file.name}{origin}: {state}")
    if one.code:
        say(tr(f"  Kode tanda terima: {one.code}", f"  Receipt code: {one.code}"))
    for words in one.notes:
        note(words)
    if one.problem is not None:
        note(one.problem)


def _as_json(one: Received) -> dict[str, Any]:
    told = dataclasses.asdict(one)
    told["file"] = str(one.file)
    told["notes"] = [words._asdict() for words in one.notes]
    told["problem"] = one.problem and one.problem._asdict()
    return told


def _receipt(args: argparse.Namespace, ctx: AppContext) -> None:
    line = sending.take_code(ctx, " ".join(args.code))
    say(tr(f"Paket {line.number} sudah diterima pusat.", f"Headquarters has received package {line.number}."))


def _not_yet(args: argparse.Namespace, _folder: Path) -> None:
    raise KnownError(
        Words(
            f"Perintah '{args.command}' belum ada di versi ini.",
            f"The command '{args.command}' is not there yet in this version.",
        )
    )
