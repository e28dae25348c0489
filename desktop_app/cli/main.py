"""Words in, exit code out: which command, on which data folder, and how a refusal is said."""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, Protocol

from desktop_app import __version__
from desktop_app.cli.output import note, refuse
from desktop_app.core.declared import declared
from desktop_app.core.errors import Cancelled, KnownError, UsageError
from desktop_app.core.words import Words, tr, use
from desktop_app.services.context import AppContext

_log = logging.getLogger(__name__)

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


class Opener(Protocol):
    """Opens a data folder or a server's database (`bootstrap.open_context`)."""

    def __call__(
        self, folder: Path, *, person: str = "", must_exist: bool = False, database: str = ""
    ) -> AppContext:
        """The context of that folder."""


@declared
class Opened:
    """How the command line gets at data folders; `bootstrap` gives it."""

    default_place: Callable[[], Path]
    server_place: Callable[[str], Path]
    open_context: Opener
    log_file: Callable[[Path], Path]


@declared
class Window:
    """What was asked of the window. `shot`: draw it into this file and end; `size` in logical pixels; `database`: on a server.

    `files`: packages that were double-clicked, to be received.
    """

    folder: Path
    database: str
    person: str
    shot: Path | None
    page: str
    size: tuple[int, int]
    dark: bool | None
    language: str
    files: tuple[Path, ...] = ()


_ARGPARSE = (
    (r"the following arguments are required: (.*)", "kurang: {}", "missing: {}"),
    (r"argument COMMAND: invalid choice: '(.*?)' .*", "tidak ada perintah '{}'", "there is no command '{}'"),
    (r"argument (\S+): invalid choice: .* \(choose from (.*)\)", "{}: pilih {}", "{}: choose from {}"),
    (r"argument (\S+): expected one argument", "{} perlu satu nilai", "{} needs a value"),
    (r"argument (\S+): invalid \S+ value: (.*)", "{}: {} tidak bisa", "{}: {} won't do"),
    (r"one of the arguments (.*) is required", "perlu salah satu: {}", "one is needed: {}"),
    (r"argument (\S+): not allowed with argument (\S+)", "{} tidak bersama {}", "{} doesn't go with {}"),
)
"""What argparse says, and how we say it."""


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong, in the language in use."""

    def error(self, message: str) -> NoReturn:
        """See `argparse.ArgumentParser.error`."""
        said = Words(message, message)
        for pattern, indonesian, english in _ARGPARSE:
            if found := re.fullmatch(pattern, message):
                said = Words(indonesian.format(*found.groups()), english.format(*found.groups()))
                break
        refuse(
            Words(
                f"Perintah belum benar: {said.id}. Lihat --help.",
                f"That is not right: {said.en}. See --help.",
            )
        )
        sys.exit(WRONG_USAGE)


def _without_command(*, helps: bool) -> argparse.ArgumentParser:
    """What can be said before (or without) a command."""
    made = _Parser(
        prog="pelita",
        description=tr("Pelita: catatan lapangan kota.", "Pelita: a city's field records."),
        allow_abbrev=False,
        add_help=helps,
    )
    made.add_argument("--version", action="version", version=__version__)
    made.add_argument("--data-dir", type=Path, metavar="DIR", help=tr("folder data", "data folder"))
    made.add_argument(
        "--database",
        default="",
        metavar="URL",
        help=tr(
            "basis data pusat di server PostgreSQL (folder data lalu hanya untuk draf)",
            "headquarters' database on a PostgreSQL server (the data folder is then for drafts only)",
        ),
    )
    made.add_argument("--person", default="", metavar="NAME", help=tr("siapa yang menulis", "who writes"))
    made.add_argument("--language", choices=("id", "en"), default="", help=tr("bahasa", "language"))
    window = made.add_argument_group(tr("jendela (tanpa perintah)", "window (no command)"))
    window.add_argument(
        "--shot",
        type=Path,
        metavar="FILE",
        help=tr("gambar jendela ke berkas PNG, lalu selesai", "draw the window into a PNG file and end"),
    )
    window.add_argument(
        "--page", default="", metavar="KEY", help=tr("halaman yang dibuka", "the page to open")
    )
    window.add_argument(
        "--size",
        type=_size,
        default=(1366, 768),
        metavar="WxH",
        help=tr("ukuran jendela", "size of the window"),
    )
    window.add_argument(
        "--dark", action=argparse.BooleanOptionalAction, default=None, help=tr("tampilan gelap", "dark looks")
    )
    return made


def parser() -> argparse.ArgumentParser:
    """All commands with their words."""
    from desktop_app.cli import exchange, files, headquarters, office, photos, records

    made = _without_command(helps=True)
    commands = made.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for module in (office, records, photos, files, exchange, headquarters):
        module.add_to(commands)
    return made


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    return int(width), int(height)


def run(words: Sequence[str], opened: Opened, open_window: Callable[[Window], int]) -> int:
    """Do what the words say. Never raises: a refusal is one sentence and an exit code, a bug one sentence and a place in the log."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _speak_early(words)
    words = _joined(words)
    made = _without_command(helps=False)  # the window is to be there fast: the commands are not even loaded
    args, unknown = made.parse_known_args(list(words))
    args.command, packages = None, [Path(word).absolute() for word in unknown if is_package(word)]
    if len(packages) < len(unknown):
        made = parser()
        args, unknown = made.parse_known_args(list(words))
        packages = []
    args.packages = tuple(packages)
    if unknown and not packages and not getattr(args, "takes_anything", False):
        made.error(tr(f"tidak dikenal: {' '.join(unknown)}", f"not known: {' '.join(unknown)}"))
    elsewhere = opened.server_place(args.database) if args.database else opened.default_place()
    folder = args.data_dir or elsewhere
    try:
        return _do(args, folder, opened, open_window)
    except UsageError as wrong:
        refuse(wrong.words)
        return WRONG_USAGE
    except KnownError as wrong:
        refuse(wrong.words)
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        refuse(Words("Dihentikan. Tidak ada yang berubah.", "Stopped. Nothing was changed."))
        return REFUSED
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stderr.close()
        return DONE
    except Exception:  # noqa: BLE001  (the last line of defence: noted in the log, said in a sentence)
        _log.exception("the command %s ended by a bug", args.command)
        log = opened.log_file(folder)
        where = Words(f" Catatannya di {log}.", f" It is noted in {log}.") if log.exists() else Words("", "")
        refuse(
            Words(
                f"Ada kesalahan pada Pelita sendiri; ini bukan salah Anda.{where.id}",
                f"Something is wrong in Pelita itself, not with what you did.{where.en}",
            )
        )
        return REFUSED


def is_package(word: str) -> bool:
    """Whether a word names a package; Windows starts the program with nothing else when one is double-clicked."""
    return word.lower().endswith((".pelita", ".pelita.zip"))


def _joined(words: Sequence[str]) -> list[str]:
    """`--sort -entry_at` as one word: argparse would take a value that begins with "-" for an option."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--sort":
            joined[-1] = f"--sort={word}"
        else:
            joined.append(word)
    return joined


def _speak_early(words: Sequence[str]) -> None:
    """The language asked for counts from the first message on."""
    for before, word in zip(["", *words], words, strict=False):
        asked = (
            word.partition("=")[2]
            if word.startswith("--language=")
            else word
            if before == "--language"
            else ""
        )
        if asked in ("id", "en"):
            use("en" if asked == "en" else "id")


def _do(args: argparse.Namespace, folder: Path, opened: Opened, open_window: Callable[[Window], int]) -> int:
    if args.command is None:
        return open_window(
            Window(
                folder,
                args.database,
                args.person,
                args.shot,
                args.page,
                args.size,
                args.dark,
                args.language,
                args.packages,
            )
        )
    if args.alone:
        args.run(args, folder)
        return DONE
    ctx = opened.open_context(
        folder, person=args.person, must_exist=not args.makes_folder, database=args.database
    )
    try:
        if args.language:
            use(args.language)
        if ctx.news is not None:
            note(ctx.news)
        args.run(args, ctx)
    finally:
        ctx.close()
    return DONE
