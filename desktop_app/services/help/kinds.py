"""The page of a kind: what one record of it is, its fields, its life cycle, and who keeps it; derived from the declaration."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core import fields as f
from desktop_app.core.spec import Kind, LifeCycle, Move, Registry
from desktop_app.core.words import Words, tr
from desktop_app.services.help import fields
from desktop_app.services.help.text import bullets, link, plain, table

_OWNERS = {
    "office": Words(
        "Setiap kantor mencatat miliknya sendiri dan mengirimnya ke Pusat.",
        "Each office records its own and sends them to headquarters.",
    ),
    "register": Words(
        "Ini register bersama: Pusat menetapkan kantor mana yang mengurus catatan yang mana.",
        "This is a common register: headquarters says which office looks after which record.",
    ),
    "reference": Words(
        "Data acuan: diubah oleh Pusat saja, dikirim ke semua kantor.",
        "Reference data: changed by headquarters only, sent to all offices.",
    ),
}
_WHO = {
    "anyone": Words("", ""),
    "second_person": Words("orang kedua, bukan yang mengerjakan", "a second person, not who did it"),
    "head": Words("kepala", "the head"),
}


def page(registry: Registry, kind: Kind, guides: list[tuple[str, str]]) -> str:
    """The whole page as Markdown. `guides`: (address, title) of the how-tos that belong to it."""
    parts = [f"# {plain(kind.plural.say())}", plain(kind.help.say()), plain(_OWNERS[kind.owner].say())]
    if guides:
        parts.append(
            "**"
            + tr("Langkah demi langkah:", "Step by step:")
            + "** "
            + " · ".join(link(title, address) for address, title in guides)
        )
    parts += ["## " + tr("Isian", "Fields"), *_fields(registry, kind)]
    if kind.life_cycle is not None:
        parts += list(_life(kind, kind.life_cycle))
    parts += list(_related(registry, kind))
    return "\n\n".join(part for part in parts if part) + "\n"


def _fields(registry: Registry, kind: Kind) -> Iterator[str]:
    yield tr(
        "Bintang: wajib diisi. Klik nama isian untuk penjelasannya, atau tekan F1 saat kursor ada di sana.",
        "A star: must be filled. Click a name for its page, or press F1 while the cursor is there.",
    )
    within = ""
    lines: list[str] = []
    for at in fields.places(registry, kind):
        if at.within != within and lines:
            yield f"**{plain(within)}**: " + ", ".join(lines)
            lines = []
        within = at.within
        star = r"\*" if at.field.required is True and not isinstance(at.field, f.Computed) else ""
        lines.append(link(at.field.label.say(), at.address) + star)
    yield f"**{plain(within)}**: " + ", ".join(lines)


def _life(kind: Kind, cycle: LifeCycle) -> Iterator[str]:
    yield "## " + tr("Perjalanan catatan", "The life of a record")
    way = " → ".join(f"**{plain(cycle.by_code[code].label.say())}**" for code in cycle.path)
    yield tr(f"Jalan yang biasa: {way}.", f"The ordinary way: {way}.")
    yield tr(
        "Status hanya berubah lewat tombol langkah di atas isian; setiap langkah disimpan dengan waktu dan nama.",
        "The status changes only by the buttons above the form; each step is kept with time and name.",
    )
    head = (tr("Langkah", "Step"), tr("Dari", "From"), tr("Ke", "To"), tr("Yang diminta", "What it asks"))
    yield table(head, (_move(kind, cycle, move) for move in cycle.moves))


def _move(kind: Kind, cycle: LifeCycle, move: Move) -> tuple[str, str, str, str]:
    froms = ", ".join(plain(cycle.by_code[code].label.say()) for code in move.frm)
    needs = [link(kind.by_name[name].label.say(), f"field/{kind.name}/{name}") for name in move.requires]
    if move.reason:
        needs.append(tr("alasan", "a reason"))
    if move.by != "anyone":
        needs.append(_WHO[move.by].say())
    to = plain(cycle.by_code[move.to].label.say())
    return f"**{plain(move.label.say())}**", froms, to, ", ".join(needs) or "–"


def _related(registry: Registry, kind: Kind) -> Iterator[str]:
    points = {one.kind for one in kind.references}
    points |= {other.name for other, _ in registry.referring_to(kind.name)}
    others = [one for one in registry if one.name in points - {kind.name} and one.own_page]
    if others:
        yield "## " + tr("Terkait", "Related")
        yield bullets(
            link(one.plural.say(), f"kind/{one.name}") + f": {plain(one.help.say())}" for one in others
        )
