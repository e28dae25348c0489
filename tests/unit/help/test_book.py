"""Every page of the help in both languages: there, in its language, its links leading somewhere."""

import datetime as dt
import re
from functools import cache

import pytest

from desktop_app.core import words
from desktop_app.core.fields import Computed
from desktop_app.core.settings import Settings
from desktop_app.records.registry import REGISTRY
from desktop_app.services import settings
from desktop_app.services.help import fields, guides, purposes
from desktop_app.services.help.book import CONTENTS, KEYS, Book
from desktop_app.services.help.text import naked
from tests.help_words import trouble

KEYS_PAGE = {"id": "# Tombol pintas\n\nSemua yang ada di sini.\n", "en": "# Shortcuts\n\nAll that is here.\n"}
SHOWN = [at for kind in REGISTRY if kind.own_page for at in fields.places(REGISTRY, kind)]


@pytest.fixture(params=["id", "en"])
def spoken(request):
    words.use(request.param)
    yield request.param
    words.use("id")


@cache
def the_book():
    return Book(REGISTRY, Settings, lambda: dt.date(2026, 11, 5), lambda: KEYS_PAGE[words.language()])


@cache
def pages(spoken):
    """All pages in the language that is spoken now."""
    assert words.language() == spoken
    return {address: the_book().page(address) or "" for address in the_book().addresses()}


@pytest.fixture
def book():
    return the_book()


def test_every_page_says_something_in_its_language(spoken):
    told = {address: page for address, page in pages(spoken).items() if address != KEYS}
    assert len(told) > 500
    assert {address: why for address, page in told.items() if (why := trouble(page, spoken))} == {}


def test_a_page_in_the_other_language_is_noticed(book, spoken):
    words.use("en" if spoken == "id" else "id")
    foreign = [book.page(f"guide/{name}") for name in guides.NAMES]
    assert [text[:40] for text in foreign if not trouble(text, spoken)] == []
    assert trouble("", spoken)
    assert trouble("Selesai", spoken)


def test_every_page_has_one_title_and_no_two_guides_the_same(spoken):
    for address, page in pages(spoken).items():
        assert re.match(r"# \S", page), address
        assert len(re.findall(r"(?m)^# ", page)) == 1, address
    assert len({guides.title(name) for name in guides.NAMES}) == len(guides.NAMES)


def test_every_link_leads_to_a_page(book, spoken):
    links = {
        (address, link)
        for address, page in pages(spoken).items()
        for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]*)\)", page)
    }
    assert len(links) > 1000
    assert sorted((address, link) for address, link in links if not book.has(link)) == []


def test_an_address_without_a_page_has_none(book):
    for address in (
        "",
        "guide/nothing",
        "kind/nothing",
        "field/burial/nothing",
        "setting/nothing",
        "page/nothing",
    ):
        assert book.page(address) is None
        assert not book.has(address)


def test_every_page_of_the_window_has_its_help(book):
    assert book.title("page/exchange") == guides.title("sending")
    for kind in REGISTRY:
        if kind.own_page:
            assert book.title(f"page/{kind.name}") == naked(kind.plural.say())


def test_every_field_says_what_it_is_for():
    missing = []
    for at in SHOWN:
        lines = at.lines.name if at.lines else ""
        if purposes.of_field(at.kind.name, at.field.name, lines) is None:
            missing.append(at.address)
    assert missing == []


def test_no_sentence_about_a_field_is_for_nothing():
    used = set()
    for at in SHOWN:
        lines, name = (at.lines.name if at.lines else ""), at.field.name
        keys = [f"{at.kind.name}.{lines}.{name}", f"{lines}.{name}"] if lines else [f"{at.kind.name}.{name}"]
        used.add(next(key for key in (*keys, name) if key in purposes.keys("fields.toml")))
    assert purposes.keys("fields.toml") - used == set()


def test_every_line_of_the_settings_says_what_it_is_for():
    assert purposes.keys("settings.toml") == {entry.name for entry in settings.ENTRIES}


def page_of(address):
    at = next(one for one in SHOWN if one.address == address)
    return fields.page(at, dt.date(2026, 11, 5), Settings())


def test_a_field_page_tells_all_there_is_to_tell():
    page = page_of("field/streetlight_repair/finished_at")
    assert page.startswith("# Selesai\n")
    assert "[Perbaikan lampu](kind/streetlight_repair)" in page
    assert "Boleh dikosongkan sampai langkah **Selesai**" in page
    assert "| `5/11 14.30` | 05/11/2026 14.30 |" in page
    assert "Tidak bisa hari yang belum tiba." in page
    assert "**Kesalahan:** Tanggal selesai … sebelum tanggal lapor …" in page
    assert "← [Mulai](field/streetlight_repair/started_at)" in page


def test_a_code_list_stands_with_its_words():
    page = page_of("field/streetlight_repair/channel")
    assert "**Wajib diisi**" in page
    assert "| Kontrol malam | `NIGHT_PATROL` |" in page


def test_a_personal_field_says_so_and_no_other_does():
    told = {at.address for at in SHOWN if "## Data pribadi" in pages("id")[at.address]}
    assert told == {at.address for at in SHOWN if at.field.personal}
    assert "field/burial/deceased_nik" in told


def test_a_computed_field_is_never_written():
    for at in SHOWN:
        page = pages("id")[at.address]
        assert ("Cara mengisi" not in page) == isinstance(at.field, Computed), at.address


def test_a_kind_page_links_its_fields_and_tells_its_life(book):
    page = book.page("kind/streetlight_repair")
    for at in SHOWN:
        if at.kind.name == "streetlight_repair":
            assert f"({at.address})" in page
    assert "**Diterima** → **Diverifikasi**" in page
    assert "| **Konfirmasi** | Selesai | Dikonfirmasi | orang kedua" in page


# --- search


def found(book, asked):
    return [hit.address for hit in book.search(asked)]


@pytest.mark.parametrize(
    ("language", "asked", "address"),
    [
        ("id", "flashdisk", "guide/sending"),
        ("id", "listrik padam", "guide/power-cut"),
        ("id", "kode telepon", "guide/receipts"),
        ("id", "pulihkan", "guide/removing"),
        ("id", "sidik kunci", "guide/hq-board"),
        ("id", "petir", "field/streetlight_repair/fault_cause"),
        ("id", "batas perbaikan", "setting/sla_hours"),
        ("en", "usb stick", "guide/sending"),
        ("en", "power cut", "guide/power-cut"),
        ("en", "lightning", "field/streetlight_repair/fault_cause"),
    ],
)
def test_what_people_look_for_is_found(book, language, asked, address):
    words.use(language)
    assert address in found(book, asked)
    words.use("id")


def test_pages_called_so_come_first(book):
    assert book.search("foto")[0].title == "Foto"
    assert book.search("panel")[0].title == "Panel"


def test_a_search_for_nothing_and_for_what_is_nowhere_finds_nothing(book):
    assert found(book, "") == found(book, " .,") == found(book, "xyzzy") == []


def test_the_words_around_what_was_found_are_shown(book):
    hit = next(hit for hit in book.search("petir") if hit.address == "field/streetlight_repair/fault_cause")
    assert "Petir" in hit.snippet
    assert hit.within == "Perbaikan lampu"


def test_the_index_can_be_made_little_by_little(book):
    steps = 1
    fresh = Book(REGISTRY)
    while fresh.prepare(50):
        steps += 1
    assert steps > 10
    assert found(fresh, "flashdisk") == found(book, "flashdisk") != []


def test_a_change_of_language_is_searched_in_that_language(book):
    assert found(book, "lightning") == []
    words.use("en")
    assert found(book, "lightning")
    words.use("id")


def test_the_contents_name_every_guide(book, spoken):
    page = book.page(CONTENTS)
    assert [name for name in guides.NAMES if f"(guide/{name})" not in page] == []
