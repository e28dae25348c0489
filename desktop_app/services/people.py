"""Who uses this computer: a list of names, without passwords; the journal says which of them wrote what."""

from __future__ import annotations

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext


def people(ctx: AppContext) -> list[str]:
    """The names, in the order of the alphabet."""
    with ctx.store.reading() as reader:
        return reader.people()


def cleaned(name: str) -> str:
    """The name without superfluous blanks. Raises `KnownError` for an empty or overlong one."""
    kept = " ".join(name.split())
    if not 2 <= len(kept) <= 100 or not kept.isprintable():
        raise KnownError(Words("Nama petugas: 2 sampai 100 huruf.", "A person's name has 2 to 100 letters."))
    return kept


def add(ctx: AppContext, name: str) -> str:
    """Put a name on the list; the name as it was kept. Raises `KnownError` as `cleaned` does."""
    kept = cleaned(name)
    with ctx.store.writing(ctx.person or kept) as writer:
        writer.add_person(kept)
    return kept


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
