"""Texts typed into a draft from outside the window: `--set FIELD=VALUE` and JSON, read exactly as the form reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.fields import Field
from desktop_app.core.spec import Kind, Lines
from desktop_app.core.words import Words

LINES = "lines"


def fill(draft: Draft, given: Mapping[str, Any]) -> None:
    """Type what a JSON object gives: fields by name, child lines as `"lines": {"materials": [{...}, ...]}`.

    References come after the fields that narrow them and before those that they fill. Raises `UsageError` for a name that the form
    doesn't have.
    """
    texts = {name: text_of(value) for name, value in given.items() if name != LINES}
    type_all(draft, texts)
    lines = given.get(LINES) or {}
    if not isinstance(lines, Mapping):
        raise UsageError(
            Words(
                '"lines" harus objek: nama → daftar baris.',
                '"lines" must be an object: name to list of lines.',
            )
        )
    for name, rows in lines.items():
        declared = draft.kind.lines_by_name.get(name)
        if (
            declared is None
            or not isinstance(rows, list)
            or not all(isinstance(row, Mapping) for row in rows)
        ):
            raise UsageError(
                Words(
                    f"{draft.kind.id} tidak punya baris '{name}'.", f"{draft.kind.en} has no lines '{name}'."
                ),
                name,
            )
        for row in rows:
            _fill_line(draft, declared, {cell: text_of(value) for cell, value in row.items()})


def type_all(draft: Draft, texts: Mapping[str, str]) -> None:
    """Type texts into fields, in the order of the form: what is given by the user wins over what a reference fills in."""
    for name in texts:
        refuse_untypable(draft.kind, draft.kind.by_name, name)
    for field in draft.kind.fields:
        if field.name in texts:
            draft.type(field.name, texts[field.name])


def refuse_untypable(kind: Kind, declared: Mapping[str, Field], name: str) -> None:
    """Raise `UsageError` for a name that is no field, `KnownError` for one that nobody types."""
    field = declared.get(name)
    if name == "status" and field is None:
        raise KnownError(
            Words(
                "Status tidak diketik; ubah dengan langkahnya ('move').",
                "The status is not typed; change it by its move ('move').",
            ),
            name,
        )
    if field is None or field.hidden:
        raise UsageError(
            Words(f"{kind.id} tidak punya isian '{name}'.", f"{kind.en} has no field '{name}'."), name
        )
    if isinstance(field, f.Computed):
        raise KnownError(
            Words(f"{field.id} dihitung, tidak diketik.", f"{field.en} is computed, not typed."), name
        )


def _fill_line(draft: Draft, lines: Lines, texts: Mapping[str, str]) -> None:
    for name in texts:
        refuse_untypable(draft.kind, lines.by_name, name)
    uid = _fixed_row(draft, lines, texts) if lines.fixed else draft.add_row(lines.name)
    for field in lines.fields:
        if field.name in texts and not (lines.fixed and field.name == lines.key):
            draft.type_cell(lines.name, uid, field.name, texts[field.name])


def _fixed_row(draft: Draft, lines: Lines, texts: Mapping[str, str]) -> str:
    """The row of a printed table that is meant; `UsageError` when its key names none."""
    wanted = texts.get(lines.key, "")
    for line in draft.record.lines[lines.name]:
        if line.values.get(lines.key) == wanted:
            return line.uid
    raise UsageError(
        Words(f"{lines.id} tidak punya baris '{wanted}'.", f"{lines.en} has no line '{wanted}'."), lines.key
    )


def text_of(value: object) -> str:
    """A JSON value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return "; ".join(text_of(one) for one in value) if isinstance(value, list) else str(value)
