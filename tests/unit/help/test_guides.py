"""The how-tos: the same in both languages, naming what stands on the screen, with pictures that exist."""

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_app import place
from desktop_app.services.help import guides
from desktop_app.ui import keys

HELP = place.resources() / "help"
BOLD = re.compile(r"\*\*(.+?)\*\*")
PICTURE = re.compile(r"!\[([^\]]+)\]\(picture/([^)]*)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]*)\)")
HEADING = re.compile(r"(?m)^#+(?= )")
KEYS = re.compile(r"`((?:Ctrl|Alt|Shift)\+[^`]+|F\d+|Del|Esc|Enter|Tab|PgUp|PgDn)`")
MEGABYTES = 3


def both(name):
    return guides.text(name, "id"), guides.text(name, "en")


@cache
def pairs():
    """Every pair of texts next to each other in the program: what can stand on the screen, in both languages."""
    found = set()
    for path in (Path(place.__file__).parent).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = (
                node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else ()
            )
            texts = [one.value if isinstance(one, ast.Constant) else None for one in parts]
            found |= set(pairwise(texts))
    return found


def test_every_file_is_listed_and_every_listed_guide_is_there():
    for language in ("id", "en"):
        assert {path.stem for path in (HELP / language).glob("*.md")} == set(guides.NAMES)


@pytest.mark.parametrize("name", guides.NAMES)
def test_both_languages_say_the_same(name):
    indonesian, english = both(name)
    for what in (HEADING, LINK, KEYS):
        assert what.findall(indonesian) == what.findall(english)
    assert [picture for _, picture in PICTURE.findall(indonesian)] == [
        picture for _, picture in PICTURE.findall(english)
    ]
    assert indonesian.count("\n- ") == english.count("\n- ")
    assert indonesian.count("\n| ") == english.count("\n| ")


@pytest.mark.parametrize("name", guides.NAMES)
def test_what_is_bold_stands_so_on_the_screen(name):
    indonesian, english = both(name)
    named = list(zip(BOLD.findall(indonesian), BOLD.findall(english), strict=True))
    assert [pair for pair in named if pair not in pairs()] == []


def test_words_that_are_on_no_screen_are_noticed():
    assert ("Simpan", "Save") in pairs()
    assert ("Simpan", "Store") not in pairs()


@pytest.mark.parametrize("name", guides.NAMES)
def test_the_keys_that_are_named_are_in_the_table(name):
    known = {shown for _, group in keys.GROUPS for key in group for shown in key.shown()}
    assert set(KEYS.findall(both(name)[0])) - known == set()


def test_every_picture_is_there_in_both_languages_and_themes_and_every_file_is_shown_somewhere():
    shown = {picture for name in guides.NAMES for _, picture in PICTURE.findall(guides.text(name, "id"))}
    files = {f"{name}-{theme}.png" for name in shown for theme in ("light", "dark")}
    assert len(shown) >= 12
    for language in ("id", "en"):
        assert {path.name for path in (HELP / "pictures" / language).iterdir()} == files


def test_the_pictures_are_real_and_together_small():
    pictures = list((HELP / "pictures").rglob("*.png"))
    assert all(path.read_bytes().startswith(b"\x89PNG\r\n") for path in pictures)
    assert min(path.stat().st_size for path in pictures) > 500
    assert sum(path.stat().st_size for path in pictures) < MEGABYTES * 1_000_000


def test_nothing_is_said_in_two_ways():
    """Headquarters' word is Pusat, the record's catatan; the guides don't wander."""
    for name in guides.NAMES:
        text = guides.text(name, "id").lower()
        assert not re.search(r"\b(klik tombol|record|mouse|user|save|server pusat)\b", text), name
