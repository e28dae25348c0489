"""What this program is made of: its version, where its data and its log are, and whose work is in it under which licence."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from desktop_app import __version__, place
from desktop_app.services import installed
from desktop_app.services.context import AppContext, log_file

_LONGEST = 60
_TEXTS = ("licen", "copying", "copyright", "notice")


class Part(NamedTuple):
    """Somebody's work that is shipped. `licence`: an SPDX expression, or as its makers call it; `part_of`: the package it lies in, or ""."""

    name: str
    version: str
    licence: str
    text: Path | None
    part_of: str = ""


def facts(ctx: AppContext, qt: str) -> list[tuple[str, str]]:
    """What somebody who helps wants to know, as (name, value); nothing of what was recorded. `qt`: the version of Qt."""
    program = installed.here()
    return [
        ("Pelita", __version__),
        ("Python", platform.python_version()),
        ("Qt", qt),
        ("Windows" if sys.platform == "win32" else platform.system(), _system()),
        ("Program", str(program.folder if program is not None else place.program_folder())),
        ("Data", str(ctx.place)),
        ("Log", str(log_file(ctx.place))),
    ]


def _system() -> str:
    return platform.version() if sys.platform == "win32" else platform.release()


def parts() -> list[Part]:
    """Everything shipped, by name: as the build listed it; in a checkout the packages that are installed there."""
    listed = place.program_folder().parent / "licences" / "licences.json"
    found = _listed(listed) if listed.is_file() else _found_here()
    return sorted(found, key=lambda one: one.name.lower())


def text_of(part: Part) -> str:
    """The licence itself; "" where the package has none with it."""
    if part.text is None:
        return ""
    try:
        return part.text.read_text("utf-8", "replace")
    except OSError:
        return ""


def _listed(file: Path) -> Iterator[Part]:
    for one in json.loads(file.read_text("utf-8"))["parts"]:
        yield Part(one["name"], one["version"], one["licence"], file.parent / one["text"], one["part_of"])


def _found_here() -> Iterator[Part]:
    seen = set()
    for package in metadata.distributions():
        name = package.metadata["Name"]
        if name.lower() in seen:
            continue
        seen.add(name.lower())
        texts = [
            file
            for file in package.files or ()
            if file.name.lower().startswith(_TEXTS) and file.suffix != ".py"
        ]
        text = Path(str(texts[0].locate())) if texts else None
        yield Part(name, package.version, _licence(package.metadata), text)


def _licence(told: metadata.PackageMetadata) -> str:
    """What a package says its licence is; some put the whole text there."""
    for name in ("License-Expression", "License"):
        said = str(told[name] or "").strip() if name in told else ""
        if said and len(said) <= _LONGEST:
            return said
    classes = [one for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    return ", ".join(one.rpartition(":: ")[2] for one in classes) or "?"
