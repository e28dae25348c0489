"""How a module of commands announces one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  (it has no public name)


def command(
    commands: Commands,
    name: str,
    run: Callable[..., object],
    help_: str,
    *,
    alone: bool = False,
    makes_folder: bool = False,
) -> argparse.ArgumentParser:
    """Announce a command. `alone`: it is given the data folder instead of a context; `makes_folder`: the folder may be new."""
    made = commands.add_parser(name, help=help_, description=help_, allow_abbrev=False)
    made.set_defaults(run=run, alone=alone, makes_folder=makes_folder)
    return made


def pairs(given: list[str] | None) -> list[tuple[str, str]]:
    """FIELD=VALUE words as pairs. `argparse` has checked their form (see `pair`)."""
    return [(name, value) for name, _, value in (one.partition("=") for one in given or [])]


def pair(text: str) -> str:
    """The type of an argument FIELD=VALUE."""
    if not text.partition("=")[1] or not text.partition("=")[0]:
        raise argparse.ArgumentTypeError(f"'{text}': FIELD=VALUE")
    return text


def settable(made: argparse.ArgumentParser, **more: Any) -> None:
    """Give a command `--set FIELD=VALUE`, as often as wanted."""
    made.add_argument("--set", dest="given", type=pair, action="append", metavar="FIELD=VALUE", **more)
