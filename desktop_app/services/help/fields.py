"""The page of one field, derived from its declaration: what it is for, how it is written, which words there are, what is checked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.core import fields as f
from desktop_app.core.fields import Field
from desktop_app.core.settings import Settings
from desktop_app.core.spec import Kind, Lines, Registry, Rule
from desktop_app.core.values import leaf
from desktop_app.core.words import Words, tr
from desktop_app.services.help import purposes, writing
from desktop_app.services.help.conditions import Turns, turning
from desktop_app.services.help.text import bullets, key, link, plain, table

_HOLE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Place:
    """Where a field stands: its kind, and its lines when it is a column of a grid."""

    registry: Registry
    kind: Kind
    field: Field
    lines: Lines | None = None

    @property
    def address(self) -> str:
        """`field/<kind>/<field>` or `field/<kind>/<lines>.<field>`."""
        name = f"{self.lines.name}.{self.field.name}" if self.lines else self.field.name
        return f"field/{self.kind.name}/{name}"

    @property
    def within(self) -> str:
        """The heading it stands under, on the screen."""
        part = self.lines.name if self.lines else self.field.name
        section = self.kind.section_of[part].label.say()
        return f"{section}, {self.lines.label.say()}" if self.lines else section


def places(registry: Registry, kind: Kind) -> list[Place]:
    """All fields of a kind that a person sees, in the order of the form."""
    found = []
    for section in kind.form:
        for part in section.content:
            if isinstance(part, Lines):
                found += [Place(registry, kind, field, part) for field in part.fields if not field.hidden]
            elif not part.hidden:
                found.append(Place(registry, kind, part))
    return found


def purpose(at: Place) -> str:
    """What it is for, in a sentence or two."""
    lines = at.lines.name if at.lines else ""
    told = [purposes.of_field(at.kind.name, at.field.name, lines), at.field.help]
    return " ".join(words.say() for words in told if words is not None)


def page(at: Place, today: dt.date, settings: Settings) -> str:
    """The whole page as Markdown."""
    kind = link(at.kind.label.say(), f"kind/{at.kind.name}")
    parts = [
        f"# {plain(at.field.label.say())}",
        f"{kind} › {plain(at.within)}",
        plain(purpose(at)),
        bullets(_when(at)),
        *_how(at, today, settings),
        *_codes(at.field),
        *_checks(at),
        *_personal(at.field),
        *_neighbours(at),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _when(at: Place) -> Iterator[str]:
    """Asked, required, filled by whom."""
    field = at.field
    if isinstance(field, f.Computed):
        yield tr(
            "**Dihitung oleh program**, tidak pernah diketik (gambar gembok).",
            "**Computed by the program**, never typed (the padlock).",
        )
    section = at.kind.section_of[at.lines.name if at.lines else field.name]
    for condition, lines in ((section.relevant, None), (field.relevant, at.lines)):
        if condition is not None:
            told = _turns(turning(at.registry, at.kind, condition, lines))
            yield tr("Ditanyakan ", "Asked ") + (told or _by_others()) + "."
    if isinstance(field, f.Computed):
        return
    if field.required is True:
        yield tr("**Wajib diisi** (bertanda bintang merah).", "**Must be filled** (marked with a red star).")
    elif field.required:
        told = _turns(turning(at.registry, at.kind, field.required, at.lines))
        yield tr("**Wajib diisi** ", "**Must be filled** ") + (told or _by_others()) + "."
    elif not _steps(at, needed=True):
        yield tr("Boleh dikosongkan.", "May be left empty.")
    yield from _moves(at)
    if field.legacy_ok:
        yield tr(
            "Pada catatan dari register lama, kosong hanya menjadi peringatan.",
            "On a record from an old register, empty is only a warning.",
        )
    if field.default is not None:
        yield tr(
            "Pada catatan baru sudah terisi; ganti bila perlu.",
            "Filled already on a new record; change it if need be.",
        )


def _by_others() -> str:
    return tr(
        "menurut isian lain; program memberi bintang merah bila saatnya",
        "depending on other fields; the program shows the red star when it is time",
    )


def _turns(turns: list[Turns]) -> str:
    """Several entries of which one is enough, or that must all hold."""
    joined = (
        tr(" dan ", " and ") if any(turn.unless and turn.words for turn in turns) else tr(" atau ", " or ")
    )
    return joined.join(turn.say() for turn in turns)


def _steps(at: Place, *, needed: bool) -> str:
    """The steps that need this field, or that ask for it only."""
    cycle = at.kind.life_cycle
    if cycle is None or at.lines is not None:
        return ""
    name = at.field.name
    moves = [
        move
        for move in cycle.moves
        if (name in move.requires if needed else name in move.asks and name not in move.requires)
    ]
    return ", ".join(f"**{plain(move.label.say())}**" for move in moves)


def _moves(at: Place) -> Iterator[str]:
    needs, asks = _steps(at, needed=True), _steps(at, needed=False)
    if needs:
        yield (
            tr(
                f"Boleh dikosongkan sampai langkah {needs}; di sana harus terisi.",
                f"May be left empty until the step {needs}; there it must be filled.",
            )
            if at.field.required is False
            else tr(f"Harus terisi untuk langkah {needs}.", f"Must be filled for the step {needs}.")
        )
    if asks:
        yield tr(f"Ditanyakan pada langkah {asks}.", f"Asked at the step {asks}.")


def _how(at: Place, today: dt.date, settings: Settings) -> Iterator[str]:
    field = at.field
    if isinstance(field, f.Computed):
        return
    yield "## " + tr("Cara mengisi", "How to write it")
    yield writing.way(field).say()
    shown = writing.examples(field, today, settings)
    if shown:
        head = (tr("Anda ketik", "You type"), tr("Menjadi", "Becomes"))
        yield table(head, ((key(one.typed), plain(one.becomes)) for one in shown))
    notes = [words.say() for words in writing.limits(field)]
    if isinstance(field, f.Reference):
        notes += _reference(at, field)
    if notes:
        yield bullets(notes)


def _reference(at: Place, field: f.Reference) -> Iterator[str]:
    other = at.registry[field.kind]
    where = link(other.plural.say(), f"kind/{other.name}")
    yield tr(f"Dipilih dari: {where}.", f"Picked from: {where}.")
    names = at.lines.by_name if at.lines else at.kind.by_name
    filled = [plain(names[name].label.say()) for name in field.fills or () if name in names]
    if filled:
        words = ", ".join(filled)
        yield tr(f"Setelah dipilih, ikut terisi: {words}.", f"Picking it fills as well: {words}.")
    for name, what in (field.among or {}).items():
        mine = what.removeprefix("=")
        if what.startswith("=") and mine in at.kind.by_name:
            label = plain(at.kind.by_name[mine].label.say())
            yield tr(
                f"Yang ditawarkan hanya yang cocok dengan **{label}**: isi itu dulu.",
                f"Only those that fit **{label}** are offered: fill that first.",
            )
        elif name in other.by_name and isinstance(like := other.by_name[name], f.Choice):
            word = plain(like.codes.words(what).say())
            yield tr(f"Yang ditawarkan hanya: {word}.", f"Only these are offered: {word}.")


def _codes(field: Field) -> Iterator[str]:
    """The words to choose from, and what is written for them into files."""
    like = leaf(field)
    if not isinstance(like, f.Choice | f.Choices):
        return
    yield "## " + tr("Pilihan", "The words to choose from")
    head = (tr("Kata", "Word"), tr("Kode dalam berkas", "Code in files"))
    yield table(head, ((plain(entry.words.say()), key(entry.code)) for entry in like.codes))


def rules_of(at: Place) -> list[Rule]:
    """The rules whose message stands at this field."""
    rules = at.lines.rules if at.lines else at.kind.rules
    return [rule for rule in rules if rule.field == at.field.name]


def message(rule: Rule) -> str:
    """The rule's sentence, with dots for what it would name."""
    return plain(_HOLE.sub("…", rule.words.say()))


def _checks(at: Place) -> Iterator[str]:
    told = []
    for rule in rules_of(at):
        word = tr("Kesalahan", "Error") if rule.severity == "error" else tr("Peringatan", "Warning")
        told.append(f"**{word}:** {message(rule)}")
    same = Words("Tidak boleh sama dengan catatan lain.", "It can't be the same as on another record.").say()
    if at.field.unique == "error":
        told.append(f"**{tr('Kesalahan', 'Error')}:** {same}")
    elif at.field.unique == "warning":
        told.append(f"**{tr('Peringatan', 'Warning')}:** {tr('Sama dengan catatan lain?', same)}")
    if told:
        yield "## " + tr("Yang diperiksa program", "What the program checks")
        yield bullets(told)
        yield tr(
            "Kesalahan harus dibetulkan sebelum disimpan; peringatan boleh dilewati setelah dibaca.",
            "An error must be put right before saving; a warning lets through once it is read.",
        )


def _personal(field: Field) -> Iterator[str]:
    if not field.personal:
        return
    yield "## " + tr("Data pribadi", "Personal data")
    yield tr(
        "Isian ini menyangkut orang (UU 27/2022). Di layar nomornya disamarkan, dalam ekspor statistik dan paket"
        " yang tidak disandi ia tidak ikut. Tulis hanya di sini, jangan di Keterangan.",
        "This field tells about a person (UU 27/2022). Numbers are masked on the screen; it is left out of the"
        " statistical export and of packages that are not sealed. Write it here only, not into the notes.",
    )


def _neighbours(at: Place) -> Iterator[str]:
    every = places(at.registry, at.kind)
    number = next(place for place, one in enumerate(every) if one.address == at.address)
    links = []
    if number:
        links.append("← " + link(every[number - 1].field.label.say(), every[number - 1].address))
    if number + 1 < len(every):
        links.append(link(every[number + 1].field.label.say(), every[number + 1].address) + " →")
    yield " · ".join(links)
