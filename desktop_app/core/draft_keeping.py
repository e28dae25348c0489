"""A draft as plain JSON and back, exactly: values in canonical text, and every typed text with what was made of it.

Typed texts are not read again when a draft is taken up: "kemarin" means the day before it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from desktop_app.core import values
from desktop_app.core.draft_typed import Place, Typed
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Line
from desktop_app.core.words import Words

if TYPE_CHECKING:
    from desktop_app.core.draft import Draft


def state(draft: Draft) -> dict[str, Any]:
    """See `Draft.state`."""
    kind, record = draft.kind, draft.record
    return {
        "kind": kind.name,
        "uid": record.uid,
        "version": draft.base.version if draft.base else None,
        "values": _texts(kind.by_name, record.values),
        "aside": _texts(kind.by_name, draft.aside),
        "lines": {
            name: [[line.uid, _texts(kind.lines_by_name[name].by_name, line.values)] for line in held]
            for name, held in record.lines.items()
            if name in kind.lines_by_name
        },
        "typed": [_typed_state(draft, place, typed) for place, typed in draft.typed.items()],
        "touched": sorted(draft.touched),
        "filled": sorted(draft.filled),
    }


def take_up(draft: Draft, kept: Mapping[str, Any]) -> None:
    """See `Draft.take_up`."""
    kind, record = draft.kind, draft.record
    record.uid = kept["uid"]
    draft.typed = {}
    own = dict(_values(draft, ("", ""), kind.by_name, kept["values"]))
    for declared in kind.stored_fields:
        record.values[declared.name] = own.get(declared.name)
    draft.aside = dict(_values(draft, ("", ""), kind.by_name, kept.get("aside", {})))
    for name, held in kept["lines"].items():
        if name in kind.lines_by_name:
            cells = kind.lines_by_name[name].by_name
            record.lines[name] = [
                Line(uid, dict(_values(draft, (name, uid), cells, row))) for uid, row in held
            ]
    draft.touched = {name for name in kept["touched"] if name in kind.by_name}
    draft.filled = {name for name in kept.get("filled", ()) if name in kind.by_name}
    for one in kept["typed"]:
        place, typed = _typed_of(draft, one)
        if place is not None:
            draft.typed[place] = typed
    draft.refresh()


def _texts(declared: Mapping[str, Field], held: Mapping[str, Value]) -> dict[str, str]:
    return {
        name: values.to_text(declared[name], value)
        for name, value in held.items()
        if name in declared and value is not None and value != ()
    }


def _values(
    draft: Draft, at: tuple[str, str], declared: Mapping[str, Field], held: Mapping[str, str]
) -> Iterator[tuple[str, Value]]:
    """The values; a text that is none any more (another version wrote it) stays in its field with the complaint."""
    for name, text in held.items():
        if name in declared:
            try:
                yield name, values.from_text(declared[name], text)
            except KnownError as wrong:
                draft.typed[(*at, name)] = Typed(text, wrong.words)


def _typed_state(draft: Draft, place: Place, typed: Typed) -> dict[str, Any]:
    kept: dict[str, Any] = {"at": list(place), "text": typed.text}
    if typed.complaint:
        kept["complaint"] = list(typed.complaint)
    if typed.hint:
        kept["hint"] = list(typed.hint)
    if typed.doubts:
        kept["doubts"] = [list(words) for words in typed.doubts]
    if typed.offer:
        kept["offer"] = [list(typed.offer[0]), _offered(draft, place, typed.offer[1])]
    return kept


def _offered(draft: Draft, place: Place, offer: Mapping[str, Value]) -> dict[str, str | None]:
    """An offer may also empty a field: then there is no text, but None."""
    declared = _declared(draft, place[0])
    return {name: values.to_text(declared[name], value) or None for name, value in offer.items()}


def _typed_of(draft: Draft, kept: Mapping[str, Any]) -> tuple[Place | None, Typed]:
    lines, uid, name = kept["at"]
    declared = _declared(draft, lines)
    offer = kept.get("offer")
    there = name in declared and (not lines or uid in draft.rows(lines))
    typed = Typed(
        kept["text"],
        _words(kept.get("complaint")),
        _words(kept.get("hint")),
        tuple(Words(*words) for words in kept.get("doubts", ())),
        (
            Words(*offer[0]),
            {
                one: values.from_text(declared[one], text or "")
                for one, text in offer[1].items()
                if one in declared
            },
        )
        if there and offer
        else None,
    )
    return ((lines, uid, name) if there else None), typed


def _declared(draft: Draft, lines: str) -> Mapping[str, Field]:
    if not lines:
        return draft.kind.by_name
    known = draft.kind.lines_by_name.get(lines)
    return known.by_name if known else {}


def _words(pair: list[str] | None) -> Words | None:
    return Words(*pair) if pair else None
