"""Saved views of a list: search, filters, order and columns under a name, for each person and kind, on this computer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from desktop_app.core import values
from desktop_app.core.declared import declared
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.query import Mark, Query
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words
from desktop_app.services import lists
from desktop_app.services.context import AppContext

LONGEST, MOST = 40, 30
"""Letters of a name; views of one list: more than a menu holds."""


@declared
class View:
    """A list as it was left. `columns` is what the window needs to arrange them again."""

    name: str
    query: Query
    columns: Mapping[str, Any]


def views(ctx: AppContext, kind: str) -> list[View]:
    """The views of the person at the keyboard, in the order of the alphabet.

    What a later version no longer filters by is left out of them. "Overdue" is asked as of now.
    """
    declared_kind, kept = ctx.kind(kind), ctx.drafts.views(ctx.person, kind)
    return [_view(ctx, declared_kind, name, kept[name]) for name in sorted(kept, key=str.casefold)]


def keep(
    ctx: AppContext, query: Query, columns: Mapping[str, Any], name: str, *, replace: bool = False
) -> str:
    """Keep a view; its name as it was kept. `replace`: in place of the one with this name.

    Raises `KnownError` for an empty, overlong or taken name, and when there are too many.
    """
    kept, clean = ctx.drafts.views(ctx.person, query.kind), _cleaned(name)
    if not replace:
        _refuse_taken(kept, clean)
        if len(kept) >= MOST:
            raise KnownError(
                Words(
                    f"Sudah ada {MOST} tampilan. Hapus dulu yang tidak dipakai.",
                    f"There are {MOST} views already. Delete one that is not used.",
                )
            )
    kept[clean] = {"query": _as_json(ctx.kind(query.kind), query), "columns": dict(columns)}
    ctx.drafts.put_views(ctx.person, query.kind, kept)
    return clean


def rename(ctx: AppContext, kind: str, old: str, new: str) -> str:
    """Give a view another name; the name as it was kept. Raises `KnownError` as `keep` does, and when the view is gone."""
    kept, clean = _with(ctx, kind, old), _cleaned(new)
    if clean.casefold() != old.casefold():
        _refuse_taken(kept, clean)
    kept[clean] = kept.pop(old)
    ctx.drafts.put_views(ctx.person, kind, kept)
    return clean


def drop(ctx: AppContext, kind: str, name: str) -> None:
    """Delete a view; the records stay as they are. Raises `KnownError` when it is gone already."""
    kept = _with(ctx, kind, name)
    del kept[name]
    ctx.drafts.put_views(ctx.person, kind, kept)


def _with(ctx: AppContext, kind: str, name: str) -> dict[str, Any]:
    kept = ctx.drafts.views(ctx.person, kind)
    if name not in kept:
        raise KnownError(Words(f"Tampilan '{name}' sudah tidak ada.", f"The view '{name}' is gone."))
    return kept


def _cleaned(name: str) -> str:
    clean = " ".join(name.split())
    if not 1 <= len(clean) <= LONGEST or not clean.isprintable():
        raise KnownError(
            Words(f"Nama tampilan: 1 sampai {LONGEST} huruf.", f"A view's name has 1 to {LONGEST} letters.")
        )
    return clean


def _refuse_taken(kept: Mapping[str, Any], name: str) -> None:
    if name.casefold() in {other.casefold() for other in kept}:
        raise KnownError(
            Words(
                f"Nama '{name}' sudah dipakai. Pilih nama lain.",
                f"The name '{name}' is taken. Choose another.",
            )
        )


def _as_json(kind: Kind, query: Query) -> dict[str, Any]:
    return {
        "search": query.search,
        "where": {name: [_text(kind, name, value) for value in given] for name, given in query.where},
        "open_only": query.open_only,
        "period": query.period,
        "marks": sorted(query.marks),
        "sort": query.sort,
        "removed": query.removed,
        "overdue": query.overdue is not None,
    }


def _view(ctx: AppContext, kind: Kind, name: str, kept: Mapping[str, Any]) -> View:
    asked = kept["query"]
    where = [(field, _values(kind, field, texts)) for field, texts in asked["where"].items()]
    period, marks = asked["period"], [mark for mark in get_args(Mark) if mark in asked["marks"]]
    sort = asked["sort"] if asked["sort"].lstrip("-") in (*kind.by_name, lists.STATUS, lists.NUMBER) else ""
    query = Query(
        kind.name,
        search=asked["search"],
        where=tuple((field, given) for field, given in where if field in kind.filters and given),
        open_only=asked["open_only"] and kind.life_cycle is not None,
        period=(period[0], period[1], period[2]) if period and period[0] in kind.filters else None,
        marks=frozenset(marks),
        sort=sort,
        removed=asked["removed"],
        overdue=lists.overdue(ctx, kind) if asked["overdue"] else None,
    )
    return View(name, query, kept["columns"])


def _text(kind: Kind, name: str, value: Value) -> str:
    field = kind.by_name.get(name)
    return str(value or "") if field is None else values.to_text(field, value)


def _values(kind: Kind, name: str, texts: list[str]) -> tuple[Value, ...]:
    """What a filter asks for; a value that the field no longer knows is left out."""
    field, found = kind.by_name.get(name), list[Value]()
    for text in texts:
        try:
            found.append((text or None) if field is None else values.from_text(field, text))
        except KnownError:  # another version kept it: the rest of the view still says something
            continue
    return tuple(found)
