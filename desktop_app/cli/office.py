"""Commands for setting up: init, settings, demo."""

from __future__ import annotations

import argparse

from desktop_app.cli.adding import Commands, command, pairs, settable
from desktop_app.cli.output import Terminal, say, say_json, table
from desktop_app.core.errors import UsageError
from desktop_app.core.words import Words, tr
from desktop_app.services import settings, start
from desktop_app.services.context import AppContext


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    made = command(
        commands,
        "init",
        _init,
        tr("siapkan folder data untuk sebuah kantor", "set a data folder up for an office"),
        makes_folder=True,
    )
    made.add_argument(
        "--site",
        required=True,
        metavar="CODE",
        help=tr("kode wilayah kantor, seperti 18.72.01", "region code of the office, like 18.72.01"),
    )
    made.add_argument("--role", choices=("office", "headquarters"), required=True)
    made.add_argument("--name", default="", metavar="TEXT")
    made.add_argument(
        "--practice",
        action="store_true",
        help=tr(
            "folder latihan: isinya bukan data sungguhan", "a folder for practice: nothing in it is real"
        ),
    )

    made = command(
        commands, "settings", _settings, tr("lihat atau ubah pengaturan", "show or change settings")
    )
    settable(made)
    made.add_argument("--json", action="store_true")

    made = command(commands, "demo", _demo, tr("isi dengan data contoh", "fill with made-up records"))
    made.add_argument("--records", type=int, default=1000, metavar="N")
    made.add_argument("--seed", type=int, default=1, metavar="S")
    made.add_argument(
        "--kind",
        default="",
        metavar="KIND",
        help=tr("jenis ini saja (dengan yang dirujuknya)", "this kind only (with what it refers to)"),
    )


def _init(args: argparse.Namespace, ctx: AppContext) -> None:
    with Terminal() as progress:
        start.init(ctx, args.site, args.role, args.name, progress, practice=args.practice)
    say(
        tr(
            f"Siap: {ctx.settings.site_code} {ctx.settings.office_name}",
            f"Ready: {ctx.settings.site_code} {ctx.settings.office_name}",
        ).strip()
    )


def _settings(args: argparse.Namespace, ctx: AppContext) -> None:
    if args.given:
        settings.change(ctx, dict(pairs(args.given)))
    lines = settings.texts(ctx.settings)
    if args.json:
        say_json(lines)
    else:
        table(
            [tr("Nama", "Name"), tr("Arti", "Meaning"), tr("Isi", "Value")],
            [(entry.name, entry.words.say(), lines[entry.name]) for entry in settings.ENTRIES],
        )


def _demo(args: argparse.Namespace, ctx: AppContext) -> None:
    if args.records < 1:
        raise UsageError(Words("--records harus paling sedikit 1.", "--records must be at least 1."))
    from desktop_app.services import demo  # noqa: PLC0415  (the samples of all kinds: only for those who want them)

    with Terminal() as progress:
        made = demo.fill(ctx, args.records, args.seed, kind=args.kind, progress=progress)
    for name, count in made.items():
        say(f"{name} {count}")
