"""The program's own icon font has every icon that the program names, and no other."""

import importlib.util
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
ICONS = ROOT / "resources" / "icons"


def test_the_font_has_what_the_program_names():
    spec = importlib.util.spec_from_file_location("icon_font", ROOT / "packaging" / "icon_font.py")
    assert spec is not None
    assert spec.loader is not None
    icon_font = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(icon_font)
    listed = dict(line.split() for line in (ICONS / "letters.txt").read_text("ascii").splitlines())
    wanted = icon_font.wanted()
    assert {name: int(letter, 16) for name, letter in listed.items()} == wanted, "run packaging/icon_font.py"
    with TTFont(ICONS / "icons.ttf") as font:
        assert set(font.getBestCmap()) == set(wanted.values())
