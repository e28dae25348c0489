"""Where the program's own files lie (icons, fonts, region lists, migrations): a checkout, a wheel or the Windows program folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries both folders inside the package; a checkout and the Windows program folder have them beside it.
_CANDIDATES = (_PACKAGE / "_bundled", _PACKAGE.parent)


@cache
def program_folder() -> Path:
    """The folder that holds `resources` and `migrations`.

    Raises FileNotFoundError when the installation is incomplete.
    """
    for folder in _CANDIDATES:
        if (folder / "resources").is_dir() and (folder / "migrations").is_dir():
            return folder
    raise FileNotFoundError("resources and migrations are missing beside the program: install it again")


def resources() -> Path:
    """Icons, fonts, region lists, help pages and document templates."""
    return program_folder() / "resources"


def migrations() -> Path:
    """The steps that build and upgrade the database."""
    return program_folder() / "migrations"
