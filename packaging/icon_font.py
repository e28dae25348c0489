"""Make the icon font again: of seven thousand Material Design Icons those whose names stand in the program, from QtAwesome, which carries them.

`.venv/bin/python packaging/icon_font.py`, after a new icon is named anywhere in `desktop_app` (`tests/test_icons.py` tells).
"""

from __future__ import annotations

import ast
import json
from importlib.metadata import files
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parents[1]
PROGRAM, ICONS = ROOT / "desktop_app", ROOT / "resources" / "icons"


def _source(suffix: str) -> Path:
    (found,) = (
        file
        for file in files("qtawesome") or ()
        if file.name.startswith("materialdesignicons6-") and file.suffix == suffix
    )
    return Path(str(found.locate()))


def all_letters() -> dict[str, int]:
    """The letter of every icon there is, by name."""
    file = _source(".json")
    return {name: int(letter, 16) for name, letter in json.loads(file.read_text(encoding="ascii")).items()}


def named() -> set[str]:
    """What stands as a text in the program's sources: icons, and all else."""
    return {
        node.value
        for file in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def wanted() -> dict[str, int]:
    """The letters of the icons that the program names (and of the few words that happen to be names of icons), in order."""
    names = named()
    return {name: letter for name, letter in sorted(all_letters().items()) if name in names}


def main() -> None:
    """Write the font and the list of its letters."""
    letters = wanted()
    options = subset.Options(layout_features=[], notdef_outline=True, recalc_timestamp=False)
    loaded = subset.load_font(str(_source(".ttf")), options)
    small = subset.Subsetter(options)
    small.populate(unicodes=letters.values())
    small.subset(loaded)
    subset.save_font(loaded, str(ICONS / "icons.ttf"), options)
    listed = "".join(f"{name} {letter:x}\n" for name, letter in letters.items())
    (ICONS / "letters.txt").write_text(listed, encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
