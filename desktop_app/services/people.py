"""Who uses this computer: a list of names, without passwords; the journal says which of them wrote what."""

from __future__ import annotations

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext


def people(ctx: AppContext) -> list[str]:
    """The names, in the order of the alphabet."""
    with ctx.store.reading() as reader:
        return reader.people()


def add(ctx: AppContext, name: str) -> str:
    """Put a name on the list; the name as it was kept. Raises `KnownError` for an empty or overlong one."""
    cleaned = " ".join(name.split())
    if not 2 <= len(cleaned) <= 100 or not cleaned.isprintable():
        raise KnownError(Words("Nama petugas: 2 sampai 100 huruf.", "A person's name has 2 to 100 letters."))
    with ctx.store.writing(ctx.person or cleaned) as writer:
        writer.add_person(cleaned)
    return cleaned


def remove(ctx: AppContext, name: str) -> None:
    """Take a name off the list; what that person wrote stays under the name. Raises `KnownError` when it isn't there."""
    if name not in people(ctx):
        raise KnownError(
            Words(f"'{name}' tidak ada di daftar petugas.", f"'{name}' is not on the list of people.")
        )
    with ctx.store.writing(ctx.person or name) as writer:
        writer.remove_person(name)


def choose(ctx: AppContext, name: str) -> None:
    """From now on this person writes; a new name is put on the list."""
    ctx.person = name if name in people(ctx) else add(ctx, name)
