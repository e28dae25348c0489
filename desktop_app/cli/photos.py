"""Commands on the photos of a record: add files, list, write the pictures into a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.adding import Commands, command
from desktop_app.cli.output import note, say, say_json, table
from desktop_app.core.errors import KnownError
from desktop_app.core.show import show_any
from desktop_app.core.words import Words, tr
from desktop_app.services import photos, records
from desktop_app.services.context import AppContext
from desktop_app.services.photos import Photo


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    made = command(
        commands,
        "photo",
        _add,
        tr("tambah foto pada satu data; mencetak ID-nya", "add photos to a record; prints their uids"),
    )
    made.add_argument("kind", metavar="KIND")
    made.add_argument("uid", metavar="UID")
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--stage", choices=[code.code for code in photos.STAGES], default="OTHER")
    made.add_argument("--caption", default="", metavar="TEXT")

    made = command(commands, "photos", _list, tr("foto satu data", "the photos of a record"))
    made.add_argument("kind", metavar="KIND")
    made.add_argument("uid", metavar="UID")
    made.add_argument("--json", action="store_true")
    made.add_argument(
        "--save",
        type=Path,
        metavar="FOLDER",
        help=tr("tulis gambarnya ke folder ini", "write the pictures into this folder"),
    )


def _add(args: argparse.Namespace, ctx: AppContext) -> None:
    """Each file by itself: a bad one stops no other, and is said."""
    refused: list[KnownError] = []
    for file in args.files:
        try:
            added = photos.add(ctx, args.kind, args.uid, file, args.stage, args.caption)
        except KnownError as wrong:
            refused.append(wrong)
            continue
        say(added.uid)
        for words in added.notes:
            note(Words(f"{file.name}: {words.id}", f"{file.name}: {words.en}"))
    if len(args.files) > 1:
        for one in refused:
            note(one.words)
    if refused:
        given, left = len(args.files), len(refused)
        several = Words(
            f"{left} dari {given} foto tidak ditambahkan.", f"{left} of {given} photos were not added."
        )
        raise KnownError(several) if given > 1 else refused[0]


def _list(args: argparse.Namespace, ctx: AppContext) -> None:
    records.open_draft(ctx, args.kind, args.uid)  # a record that isn't there is said
    found = photos.photos(ctx, args.kind, args.uid)
    if args.json:
        say_json([_as_json(one) for one in found])
    else:
        headings = ("ID", tr("Tahap", "Stage"), tr("Judul", "Caption"), tr("Berkas", "File"))
        here = tr("Gambar", "Picture")
        table([*headings, tr("Waktu", "Taken"), here], [_cells(one, ctx) for one in found])
    if args.save is not None:
        for file in photos.save_in(ctx, found, args.save):
            note(Words(str(file), str(file)))


def _cells(one: Photo, ctx: AppContext) -> list[str]:
    taken = show_any(one.taken_at, zone=ctx.settings.zone)
    here = tr("ada", "here") if one.here else tr("menyusul", "to follow")
    return [one.uid, photos.STAGES.words(one.stage).say(), one.caption, one.file_name, taken, here]


def _as_json(one: Photo) -> dict[str, object]:
    return {
        "uid": one.uid,
        "stage": one.stage,
        "caption": one.caption or None,
        "file_name": one.file_name,
        "sha256": one.sha256,
        "taken_at": one.taken_at.isoformat() if one.taken_at else None,
        "latitude": str(one.latitude) if one.latitude is not None else None,
        "longitude": str(one.longitude) if one.longitude is not None else None,
        "here": one.here,
    }
