"""What fields and settings are for: sentences written by hand in `resources/help/*.toml`, both languages beside each other.

A key is a field's name, or `kind.field` and `kind.lines.field` where the same name means something else there.
"""

from __future__ import annotations

import tomllib
from functools import cache

from desktop_app import place
from desktop_app.core.words import Words


@cache
def _read(name: str) -> dict[str, Words]:
    with (place.resources() / "help" / name).open("rb") as file:
        return {key: Words(told["id"], told["en"]) for key, told in tomllib.load(file).items()}


def of_field(kind: str, name: str, lines: str = "") -> Words | None:
    """The sentence for a field; the nearest key counts."""
    told = _read("fields.toml")
    keys = [f"{kind}.{lines}.{name}", f"{lines}.{name}"] if lines else [f"{kind}.{name}"]
    return next((told[key] for key in (*keys, name) if key in told), None)


def of_setting(name: str) -> Words | None:
    """The sentence for a line of the settings."""
    return _read("settings.toml").get(name)


def keys(name: str) -> frozenset[str]:
    """All keys of a file ("fields.toml", "settings.toml")."""
    return frozenset(_read(name))
