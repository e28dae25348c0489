"""Questions from outside and their answers: queries from typed words, records and kinds as JSON or canonical CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core import parse, values
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Field, Value
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind, LifeCycle, Registry
from desktop_app.core.words import Words
from desktop_app.services.context import AppContext
from desktop_app.services.references import resolver
from desktop_app.storage.plain import Row

_SYSTEM = ("uid", "record_no", "status", "site_code")
_ASKED = ("status", "site_code", "record_no", "entry_by", "updated_by")
_TYPES: dict[type[Field], str] = {
    f.Text: "text", f.Choice: "choice", f.Choices: "choices", f.YesNo: "yes_no", f.Integer: "integer", f.Decimal: "decimal",
    f.Money: "money", f.Date: "date", f.Time: "time", f.Timestamp: "timestamp", f.Coordinate: "coordinate",
    f.Reference: "reference", f.Computed: "computed",
}  # fmt: skip


def query(
    ctx: AppContext,
    kind: str,
    *,
    search: str = "",
    where: Iterable[tuple[str, str]] = (),
    sort: str = "",
    removed: bool = False,
) -> Query:
    """The query of typed words. The same field twice means one or the other; no value means empty.

    Raises `UsageError` for a field that the list doesn't have, `KnownError` for a value that can't be read.
    """
    declared = ctx.kind(kind)
    asked: dict[str, tuple[Value, ...]] = {}
    for name, text in where:
        asked[name] = (*asked.get(name, ()), _value(ctx, declared, name, text))
    if sort:
        _column(declared, sort.lstrip("-"))
    return Query(kind, search=search, where=tuple(asked.items()), sort=sort, removed=removed)


def _column(kind: Kind, name: str) -> Field | None:
    """The field of that name, None for one of the system's own; `UsageError` when there is none."""
    field = next((one for one in kind.table_fields if one.name == name), None)
    if field is None and name not in (*_ASKED, "entry_at", "updated_at"):
        raise UsageError(
            Words(f"{kind.id} tidak punya isian '{name}'.", f"{kind.en} has no field '{name}'."), name
        )
    return field


def _value(ctx: AppContext, kind: Kind, name: str, text: str) -> Value:
    field = _column(kind, name)
    if not text:
        return None
    if field is None:
        return _state(kind.life_cycle, text) if name == "status" else text
    where = ctx.where()
    reading = parse.Reading(where.today, ctx.settings, lambda ref, said, _: resolver(ctx)(ref, said, {}))
    return parse.read(values.leaf(field), text, reading).value


def _state(cycle: LifeCycle | None, text: str) -> str:
    """The state that is meant: its code, or its word in either language."""
    for state in cycle.states if cycle else ():
        if text.casefold() in (state.code.casefold(), state.id.casefold(), state.en.casefold()):
            return state.code
    known = ", ".join(state.code for state in cycle.states) if cycle else "-"
    raise KnownError(
        Words(
            f"Status '{text}' tidak ada (ada: {known}).", f"There is no status '{text}' (there are: {known})."
        ),
        "status",
    )


def found(ctx: AppContext, asked: Query, limit: int | None = None) -> Iterator[Row]:
    """The rows that match, in order, as they stream."""
    with ctx.store.reading(person=ctx.person) as reader:
        yield from reader.stream_rows(asked) if limit is None else reader.first(asked, limit)


def as_json(kind: Kind, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows as JSON objects: `uid`, `record_no`, `status`, `site_code`, then every field by name; empty is null."""
    return [
        {name: getattr(row, name) for name in _SYSTEM}
        | {field.name: plain(field, row.values.get(field.name)) for field in kind.table_fields}
        for row in rows
    ]


def plain(field: Field, value: Value) -> Any:
    """A value as JSON has it: numbers, true and false, lists of codes; days and times as their canonical text."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date | dt.time):
        return values.to_text(field, value)
    return list(value) if isinstance(value, tuple) else value


def as_csv(kind: Kind, rows: Iterable[Row]) -> Iterator[str]:
    """Rows as lines of canonical CSV (RFC 4180, line end included), the heading first: the same columns as `as_json`."""
    yield _line([*_SYSTEM, *(field.name for field in kind.table_fields)])
    for row in rows:
        system = [getattr(row, name) or "" for name in _SYSTEM]
        yield _line(
            [*system, *(values.to_text(field, row.values.get(field.name)) for field in kind.table_fields)]
        )


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def kinds(registry: Registry) -> list[dict[str, Any]]:
    """The declaration for machines: every kind with its fields, child lines and moves."""
    return [
        {
            "kind": kind.name,
            "section": kind.section,
            "label": _both(kind.label),
            "fields": [_field(field) for field in kind.fields],
            "lines": [
                {
                    "name": lines.name,
                    "label": _both(lines.label),
                    "fields": [_field(one) for one in lines.fields],
                }
                for lines in kind.lines
            ],
            "moves": [
                {"name": move.name, "label": _both(move.label), "from": list(move.frm), "to": move.to}
                for move in (kind.life_cycle.moves if kind.life_cycle else ())
            ],
        }
        for kind in registry
    ]


def _both(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}


def _field(field: Field) -> dict[str, Any]:
    like = values.leaf(field)
    codes = like.codes if isinstance(like, f.Choice | f.Choices) else ()
    return {
        "name": field.name,
        "label": _both(field.label),
        "type": _TYPES[type(field)],
        "required": field.required is True,
        "personal": field.personal,
        "choices": [{"code": entry.code, **_both(entry.words)} for entry in codes],
        "reference": like.kind if isinstance(like, f.Reference) else None,
    }
