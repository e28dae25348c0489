"""The page `docs/records.md`: every kind with its fields, code lists, rules and life cycle, written from the declaration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Codes, Field
from desktop_app.core.spec import Kind, LifeCycle, Lines, Registry, Rule

_HEAD = """# The records

Every kind of record with its fields, as declared in `desktop_app/records`. This page is written from the declaration: after a change run

    python -m desktop_app kinds --markdown > docs/records.md

`!` is required, `(!)` required depending on the record. *personal*: masked on screen, left out of the statistical export. *computed*: never typed.
*legacy*: only a warning on a record from an old register. Fields of one *group* are merged as one.
"""
_OWNERS = {
    "office": "each office its own",
    "register": "a register: headquarters says which office is responsible",
    "reference": "headquarters' own, sent to all offices",
}


def page(registry: Registry) -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for section in registry.sections:
        parts.append(f"## {section.id} – {section.en}\n")
        kinds = [kind for kind in registry if kind.section == section.name]
        parts += ["\n".join(_kind(kind)) + "\n" for kind in kinds]
    return "\n".join(parts)


def _kind(kind: Kind) -> Iterator[str]:
    yield f"### `{kind.name}` {kind.id} – {kind.en}\n"
    numbers = f" Register numbers: `{kind.number}/…`." if kind.number else ""
    yield f"{kind.help.en} Owner: {_OWNERS[kind.owner]}.{numbers}\n"
    yield from _table(kind.fields)
    for lines in kind.lines:
        yield from _lines(lines)
    every = [*kind.fields, *(field for lines in kind.lines for field in lines.fields)]
    yield from _codes(every)
    if kind.life_cycle is not None:
        yield from _life(kind.life_cycle)
    yield from _rules([*kind.rules, *(rule for lines in kind.lines for rule in lines.rules)])


def _table(fields: Iterable[Field]) -> Iterator[str]:
    yield "| field | Indonesian | English | type | | remarks |"
    yield "|---|---|---|---|---|---|"
    for field in fields:
        yield f"| `{field.name}` | {field.id} | {field.en} | {_type(field)} | {_required(field)} | {_remarks(field)} |"
    yield ""


def _lines(lines: Lines) -> Iterator[str]:
    fixed = (
        ""
        if lines.fixed is None
        else f", always these rows: {', '.join(f'`{entry.code}`' for entry in lines.fixed)}"
    )
    yield f"Lines `{lines.name}` {lines.id} – {lines.en}{fixed}:\n"
    yield from _table(lines.fields)


def _type(field: Field) -> str:
    """What the field holds, with its limits and unit."""
    like = values.leaf(field)
    said = {
        f.Text: "text",
        f.Choice: "one of",
        f.Choices: "some of",
        f.YesNo: "yes or no",
        f.Integer: "whole number",
        f.Decimal: "decimal",
        f.Money: "rupiah",
        f.Date: "date",
        f.Time: "time",
        f.Timestamp: "moment",
        f.Coordinate: "degrees",
        f.Reference: "reference",
    }[type(like)]
    if isinstance(like, f.Text):
        said += f" ({like.max_len})" + ("" if like.reads == "plain" else f", {like.reads}")
    if isinstance(like, f.Decimal | f.Coordinate):
        said += f", {like.scale} decimals"
    if isinstance(like, f.Integer | f.Decimal):
        bounds = [
            f"≥ {like.minimum}" if like.minimum is not None else "",
            f"≤ {like.maximum}" if like.maximum is not None else "",
        ]
        said += "".join(f", {bound}" for bound in bounds if bound) + (
            f", {like.unit.en}" if like.unit else ""
        )
    if isinstance(like, f.Reference):
        said = f"→ `{like.kind}`"
    return said


def _required(field: Field) -> str:
    return "!" if field.required is True else "(!)" if field.required else ""


def _remarks(field: Field) -> str:
    found = [
        "*computed*" + ("" if field.stored else " when asked") if isinstance(field, f.Computed) else "",
        "*personal*" if field.personal else "",
        "*legacy*" if field.legacy_ok else "",
        f"no two alike ({field.unique})" if field.unique else "",
        f"group `{field.group}`" if field.group and field.group != field.name else "",
        "if relevant" if field.relevant else "",
        "filled by the program" if field.hidden else "",
        field.help.en if field.help else "",
    ]
    return "; ".join(part for part in found if part).replace("|", "\\|")


def _codes(fields: Iterable[Field]) -> Iterator[str]:
    """Each code list once, under the names of the fields that use it."""
    used: dict[int, tuple[Codes, list[str]]] = {}
    for field in fields:
        like = values.leaf(field)
        if isinstance(like, f.Choice | f.Choices):
            used.setdefault(id(like.codes), (like.codes, []))[1].append(f"`{field.name}`")
    for codes, names in used.values():
        entries = ", ".join(f"`{entry.code}` {entry.words.id} – {entry.words.en}" for entry in codes)
        yield f"- {', '.join(names)}: {entries}"
    if used:
        yield ""


def _life(cycle: LifeCycle) -> Iterator[str]:
    yield "| move | Indonesian | English | from | to | needs | |"
    yield "|---|---|---|---|---|---|---|"
    for move in cycle.moves:
        who = {"anyone": "", "second_person": "a second person", "head": "the head"}[move.by]
        more = "; ".join(part for part in ("a reason" if move.reason else "", who) if part)
        needs = ", ".join(f"`{name}`" for name in move.requires)
        yield f"| `{move.name}` | {move.id} | {move.en} | {', '.join(move.frm)} | {move.to} | {needs} | {more} |"
    states = ", ".join(f"`{state.code}` {state.id} – {state.en}" for state in cycle.states)
    yield f"\nStates: {states}. The ordinary way: {' → '.join(cycle.path)}.\n"


def _rules(rules: Iterable[Rule]) -> Iterator[str]:
    for rule in rules:
        eased = " (a warning on a record from an old register)" if rule.legacy_ok else ""
        yield f"- **{rule.severity}** `{rule.field}`: {rule.words.en}{eased}"
