"""Finding the record that a reference means, from what people type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_app.core.draft import Resolve
from desktop_app.core.fields import Reference, Value
from desktop_app.services.context import AppContext
from desktop_app.storage.plain import Candidate

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

_ENOUGH = 20


def candidates(
    ctx: AppContext, reference: Reference, text: str, among: Mapping[str, Value], limit: int = _ENOUGH
) -> list[Candidate]:
    """The records that a picker offers while `text` is being typed, the likeliest first.

    `among` narrows them: field of the other kind -> value (`Draft.among(reference)` gives it).
    """
    with ctx.store.reading() as reader:
        return reader.candidates(reference.kind, text, among, limit)


def resolver(ctx: AppContext) -> Resolve:
    """What a draft finds records by: a uid, a code or a name that is meant exactly wins over one that only begins so."""

    def resolve(reference: Reference, text: str, among: Mapping[str, Value]) -> list[tuple[str, str]]:
        with ctx.store.reading() as reader:
            return resolved(reader, reference, text.strip(), among)

    return resolve


def resolved(
    reader: Reader, reference: Reference, text: str, among: Mapping[str, Value]
) -> list[tuple[str, str]]:
    """The (uid, title) of the records that a text may mean; one when it is clear."""
    named = reader.get(reference.kind, text)
    if named is not None and named.removed_at is None:
        return [(named.uid, reader.title(reference.kind, named.uid))]
    found = reader.candidates(reference.kind, text, among, _ENOUGH)
    wanted = text.casefold()
    exact = [one for one in found if wanted in one.names()]
    return [(one.uid, one.title) for one in exact or found]
