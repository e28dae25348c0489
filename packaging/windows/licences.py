"""Whose work is shipped: `licences/licences.json` for the About dialog, and the texts beside it.

The JSON is `{"format": 1, "parts": [{"name", "version", "licence", "text", "part_of"}, ...]}`, ordered by name: `licence` is an SPDX
expression (or "public domain"), `text` a file in the same folder, `part_of` the name of the package it stands in, or "".
"""

from __future__ import annotations

import email.parser
import json
import re
import tomllib
import zipfile
from pathlib import Path

from windows import inputs

_OWN = Path(__file__).resolve().parents[1] / "licences"
_NAMES = ("licen", "copying", "copyright", "notice")
_NOT_SHIPPED = {"pycparser"}  # dropped from the payload


def _texts_of(info: Path) -> list[Path]:
    return [
        file
        for file in sorted(info.rglob("*"))
        if file.is_file() and any(file.name.lower().startswith(name) for name in _NAMES)
    ]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _part(name: str, version: str, licence: str, text: str, part_of: str = "") -> dict[str, str]:
    return {"name": name, "version": version, "licence": licence, "text": text, "part_of": part_of}


def collect(folder: Path, *, packages: Path, python: Path) -> None:
    """Write the JSON file and the texts into `folder`.

    Raises `inputs.WrongInputError` when a package is shipped whose licence or its text isn't known: nothing goes out unnamed.
    """
    folder.mkdir(parents=True)
    known = tomllib.loads((_OWN / "inside.toml").read_text(encoding="utf-8"))
    names: dict[str, str] = {"python": "Python", "pelita": "Pelita"}
    parts: list[dict[str, str]] = []
    for info in sorted(packages.glob("*.dist-info"), key=lambda path: path.name.lower()):
        said = email.parser.Parser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
        plain = _plain(said["Name"])
        if plain in _NOT_SHIPPED:
            continue
        ours = known["package"].get(plain, {})
        licence = ours.get("licence") or said["License-Expression"] or said["License"] or ""
        names[plain] = ours.get("name", said["Name"])
        own_texts = [_OWN / "texts" / name for name in ours.get("texts", [])]
        texts = own_texts or _texts_of(info)
        if not licence or len(licence) > 80 or not texts:
            raise inputs.WrongInputError(
                f"{said['Name']}: its licence is not known (packaging/licences/inside.toml)"
            )
        target = folder / f"{plain}.txt"
        _write(target, "\n\n".join(text.read_text(encoding="utf-8").strip() for text in texts))
        parts.append(_part(names[plain], said["Version"], licence, target.name))
    with zipfile.ZipFile(python) as inside:
        _write(folder / "python.txt", inside.read("LICENSE.txt").decode("utf-8"))
        dll = inside.read("python313.dll")
    number = re.search(rb"3\0\.\0001\0003\0\.\0(?:\d\0){1,2}", dll)
    parts.append(
        _part("Python", number[0].decode("utf-16-le") if number else "3.13", "PSF-2.0", "python.txt")
    )
    _write(folder / "pelita.txt", (_OWN.parents[1] / "LICENSE").read_text(encoding="utf-8"))
    for one in known["inside"]:
        _write(folder / one["text"], (_OWN / "texts" / one["text"]).read_text(encoding="utf-8"))
        parts.append(_part(one["name"], one["version"], one["licence"], one["text"], names[one["of"]]))
    _write(folder / "Apache-2.0.txt", (_OWN / "texts" / "Apache-2.0.txt").read_text(encoding="utf-8"))
    parts.sort(key=lambda one: one["name"].lower())
    whole = {"format": 1, "parts": parts}
    _write(folder / "licences.json", json.dumps(whole, ensure_ascii=False, indent=1))


def _write(file: Path, text: str) -> None:
    file.write_text(text.replace("\r\n", "\n").rstrip() + "\n", encoding="utf-8", newline="\n")
