"""Commands whose names are settled and that are still to be built: they say so."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.adding import Commands, command
from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr

_LATER = "import send receive receipt rescue report".split()


def add_to(commands: Commands) -> None:
    """Announce the commands."""
    for name in _LATER:
        made = command(
            commands,
            name,
            _not_yet,
            tr("belum ada di versi ini", "not there yet in this version"),
            alone=True,
        )
        made.set_defaults(takes_anything=True)


def _not_yet(args: argparse.Namespace, _folder: Path) -> None:
    raise KnownError(
        Words(
            f"Perintah '{args.command}' belum ada di versi ini.",
            f"The command '{args.command}' is not there yet in this version.",
        )
    )
