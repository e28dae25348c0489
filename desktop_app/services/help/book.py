"""The whole help as one book: pages by their address, the contents, the search.

Addresses: `contents`, `keys`, `guide/<name>`, `kind/<kind>`, `field/<kind>/<field>`, `field/<kind>/<lines>.<field>`,
`setting/<name>`, `page/<page of the window>`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from desktop_app.core import fields as f
from desktop_app.core.searchtext import normalise, query_terms
from desktop_app.core.settings import Settings
from desktop_app.core.spec import Registry
from desktop_app.core.values import leaf
from desktop_app.core.words import language, tr
from desktop_app.services import settings as lines_of_settings
from desktop_app.services.help import fields, guides, kinds, purposes
from desktop_app.services.help.text import bullets, link, naked, plain

CONTENTS, KEYS = "contents", "keys"
_SNIPPET = 110
_MANY = 100


class Hit(NamedTuple):
    """A page that a search found: where, what it is called, where it belongs, and what it says around the word."""

    address: str
    title: str
    within: str
    snippet: str


class _Entry(NamedTuple):
    address: str
    title: str
    within: str
    words: str
    kept: str
    called: str


class Book:
    """The help of one installation. `keys_page` gives the page of the shortcuts as Markdown: it comes from the window."""

    def __init__(
        self,
        registry: Registry,
        settings: Callable[[], Settings] = Settings,
        today: Callable[[], dt.date] = dt.date.today,
        keys_page: Callable[[], str] = lambda: "",
    ) -> None:
        self._registry, self._settings, self._today, self._keys = registry, settings, today, keys_page
        self._index: dict[str, list[_Entry]] = {}
        self._rest: dict[str, Iterator[tuple[str, str, str, str]]] = {}
        self._fields = {at.address: at for kind in registry for at in fields.places(registry, kind)}

    def page(self, address: str) -> str | None:
        """The page as Markdown, in the language in use; None when there is none at this address."""
        sort, _, name = address.partition("/")
        if address == CONTENTS:
            return self._contents()
        if address == KEYS:
            return self._keys() or None
        if sort == "guide" and name in guides.NAMES:
            return self._guide(name)
        if sort == "kind" and name in self._registry:
            return self._kind(name)
        if sort == "field" and address in self._fields:
            return fields.page(self._fields[address], self._today(), self._settings())
        if sort == "setting":
            return self._setting(name)
        if sort == "page":
            known = guides.OF_PAGE.get(name)
            return self.page(f"guide/{known}" if known else f"kind/{name}")
        return None

    def has(self, address: str) -> bool:
        """Whether there is a page at this address."""
        sort, _, name = address.partition("/")
        if sort == "kind":
            return name in self._registry
        return address in self._fields or self.page(address) is not None

    def title(self, address: str) -> str:
        """What a page is called; nothing when there is none."""
        return naked((self.page(address) or "").partition("\n")[0])

    def addresses(self) -> Iterator[str]:
        """Every page, in the order of the book."""
        yield CONTENTS
        yield from (f"guide/{name}" for name in guides.NAMES)
        yield from (f"kind/{kind.name}" for kind in self._registry if kind.own_page)
        yield from (at.address for at in self._fields.values() if at.kind.own_page)
        yield from (f"setting/{entry.name}" for entry in lines_of_settings.ENTRIES)
        yield KEYS

    # --- single pages

    def _guide(self, name: str) -> str:
        before, after = guides.neighbours(name)
        links = [f"← {link(guides.title(before), f'guide/{before}')}"] if before else []
        links += [f"{link(guides.title(after), f'guide/{after}')} →"] if after else []
        return f"{guides.text(name, language()).rstrip()}\n\n{' · '.join(links)}\n"

    def _kind(self, name: str) -> str:
        kind = self._registry[name]
        names = guides.OF_SECTION.get(kind.section, ())
        return kinds.page(self._registry, kind, [(f"guide/{one}", guides.title(one)) for one in names])

    def _setting(self, name: str) -> str | None:
        entry = next((one for one in lines_of_settings.ENTRIES if one.name == name), None)
        told = purposes.of_setting(name)
        if entry is None or told is None:
            return None
        choices = [plain(words.say()) for _, words in entry.choices]
        must_be = (
            tr("Pilihannya: ", "To choose from: ") + ", ".join(choices)
            if choices
            else tr("Yang bisa ditulis: ", "What can be written: ") + plain(entry.must_be.say())
        )
        within = link(tr("Pengaturan", "Settings"), "guide/settings")
        kept = tr(
            "Disimpan begitu barisnya ditinggalkan. Yang tidak bisa diterima dijelaskan di bawahnya, dan isi lama tetap"
            " berlaku.",
            "It is kept as soon as the line is left. What can't be is explained below it, and the old value holds.",
        )
        return f"# {plain(entry.words.say())}\n\n{within}\n\n{plain(told.say())}\n\n{bullets((must_be + '.', kept))}\n"

    def _contents(self) -> str:
        parts = ["# " + tr("Bantuan Pelita", "Help for Pelita")]
        parts.append(
            tr(
                "Ketik beberapa kata di kotak cari, atau pilih di bawah. Tekan `F1` di mana pun untuk penjelasan halaman"
                " atau isian itu.",
                "Type a few words into the search box, or choose below. Press `F1` anywhere to read about that page or"
                " field.",
            )
        )
        for words, names in guides.GROUPS:
            parts.append(f"## {plain(words.say())}")
            parts.append(bullets(link(guides.title(name), f"guide/{name}") for name in names))
        parts.append("## " + tr("Isian, jenis demi jenis", "Fields, kind by kind"))
        for section in self._registry.sections:
            names_of = self._registry.of_section(section.name)
            shown = ", ".join(link(kind.plural.say(), f"kind/{kind.name}") for kind in names_of)
            if shown:
                parts.append(f"**{plain(section.label.say())}**: {shown}")
        parts.append("## " + tr("Tombol pintas", "Shortcuts"))
        parts.append(link(tr("Semua tombol pintas (Ctrl+/)", "All shortcuts (Ctrl+/)"), KEYS))
        return "\n\n".join(parts) + "\n"

    # --- search

    def search(self, asked: str, most: int = 30) -> list[Hit]:
        """The pages that hold all these words, those called so first."""
        terms = query_terms(asked)
        if not terms:
            return []
        found = []
        for number, entry in enumerate(self._entries()):
            if all(term in entry.kept for term in terms):
                called = sum(term not in entry.called for term in terms)
                found.append((called, number, entry))
        found.sort(key=lambda one: one[:2])
        return [
            Hit(entry.address, entry.title, entry.within, _around(entry.words, terms))
            for _, _, entry in found[:most]
        ]

    def prepare(self, most: int) -> bool:
        """Make at most so many more entries of the search's index; whether there are any left to make."""
        spoken = language()
        if spoken not in self._index:
            self._index[spoken], self._rest[spoken] = [], self._texts()
        some = list(islice(self._rest[spoken], most))
        self._index[spoken] += [_entry(*one) for one in some]
        return len(some) == most

    def _entries(self) -> list[_Entry]:
        """What is looked through: guides whole, of fields their names, purposes and words."""
        while self.prepare(_MANY):
            pass
        return self._index[language()]

    def _texts(self) -> Iterator[tuple[str, str, str, str]]:
        """Address, title, where it belongs, words."""
        for words, names in guides.GROUPS:
            for name in names:
                told = guides.text(name, language()).partition("\n")[2]
                yield f"guide/{name}", guides.title(name), words.say(), naked(told)
        for kind in self._registry:
            if not kind.own_page:
                continue
            label = next(one for one in self._registry.sections if one.name == kind.section).label.say()
            yield f"kind/{kind.name}", kind.plural.say(), label, f"{kind.label.say()}. {kind.help.say()}"
            for at in fields.places(self._registry, kind):
                like = leaf(at.field)
                codes = like.codes if isinstance(like, f.Choice | f.Choices) else ()
                told = " ".join([fields.purpose(at), *(entry.words.say() for entry in codes)])
                yield at.address, at.field.label.say(), kind.plural.say(), told
        for entry in lines_of_settings.ENTRIES:
            purpose = purposes.of_setting(entry.name)
            told = purpose.say() if purpose else ""
            yield f"setting/{entry.name}", entry.words.say(), tr("Pengaturan", "Settings"), told
        keys = self._keys()
        yield KEYS, tr("Tombol pintas", "Shortcuts"), tr("Mulai", "Beginning"), naked(keys)


def _entry(address: str, title: str, within: str, words: str) -> _Entry:
    called = normalise(title)
    return _Entry(address, title, within, words, called + normalise(f"{within} {words}"), called)


def _around(words: str, terms: list[str]) -> str:
    """The words around the first place that was found; else the beginning."""
    folded = words.casefold()
    places = [at for term in terms if (at := folded.find(term.strip())) >= 0]
    middle = min(places, default=0)
    start = max(0, middle - _SNIPPET // 3)
    while start and words[start - 1] != " ":
        start -= 1
    cut = words[start : start + _SNIPPET]
    if start + _SNIPPET < len(words):
        cut = cut.rpartition(" ")[0] + " …"
    return ("… " if start else "") + cut
