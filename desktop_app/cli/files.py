"""Commands that read or write files: export, check, backup, restore, regions."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.adding import Commands, command
from desktop_app.cli.output import Terminal, note, say, say_json
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services import answers, exports, start, upkeep
from desktop_app.services.context import AppContext


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    made = command(
        commands,
        "export",
        _export,
        tr("ekspor ke CSV, Excel atau GeoJSON", "export to CSV, Excel or GeoJSON"),
    )
    made.add_argument("kind", metavar="KIND")
    made.add_argument("--out", type=Path, required=True, metavar="FILE.csv|.xlsx|.geojson")
    made.add_argument("--excel", action="store_true", help=tr("CSV untuk Excel", "CSV for Excel"))

    made = command(
        commands,
        "regions",
        _regions,
        tr("muat daftar wilayah (CSV: code,name)", "load a list of regions (CSV: code,name)"),
    )
    made.add_argument("file", type=Path, metavar="FILE")

    made = command(commands, "check", _check, tr("periksa basis data", "check the database"))
    made.add_argument("--repair", action="store_true", help=tr("susun ulang indeks", "make the indexes anew"))
    made.add_argument("--json", action="store_true")

    made = command(commands, "backup", _backup, tr("simpan cadangan", "write a backup"))
    made.add_argument("file", type=Path, metavar="FILE")

    made = command(
        commands, "restore", _restore, tr("kembalikan dari cadangan", "restore from a backup"), alone=True
    )
    made.add_argument("file", type=Path, metavar="FILE")


def _export(args: argparse.Namespace, ctx: AppContext) -> None:
    style = exports.style_of(args.out, excel=args.excel)
    with Terminal() as progress:
        done = exports.export(ctx, answers.query(ctx, args.kind), args.out, style, progress)
    note(Words(f"{done.rows} baris", f"{done.rows} rows"))
    for file in done.files:
        say(str(file))


def _regions(args: argparse.Namespace, ctx: AppContext) -> None:
    with Terminal() as progress:
        done = start.load_regions(ctx, args.file, progress)
    say(
        tr(
            f"Wilayah: {done.added} baru, {done.renamed} diperbarui, {done.same} tetap.",
            f"Regions: {done.added} new, {done.renamed} brought up to date, {done.same} unchanged.",
        )
    )


def _check(args: argparse.Namespace, ctx: AppContext) -> None:
    with Terminal() as progress:
        report = upkeep.check(ctx, repair=args.repair, progress=progress)
    if args.json:
        say_json(upkeep.as_json(report))
    else:
        for words in upkeep.told(report):
            say(words.say())
    if not report.sound:
        raise KnownError(
            Words(
                "Ada yang tidak beres. Coba 'check --repair'; bila tetap, pulihkan cadangan.",
                "Not all is well. Try 'check --repair'; if that doesn't help, restore a backup.",
            )
        )


def _backup(args: argparse.Namespace, ctx: AppContext) -> None:
    with Terminal() as progress:
        upkeep.backup(ctx, args.file, progress)
    say(str(args.file))


def _restore(args: argparse.Namespace, folder: Path) -> None:
    if args.database:
        raise KnownError(upkeep.ON_SERVER)
    with Terminal() as progress:
        kept = upkeep.restore(folder, args.file, progress)
    if kept is not None:
        note(Words(f"Data sebelumnya disimpan di {kept}.", f"The data from before is kept in {kept}."))
    say(str(folder))
