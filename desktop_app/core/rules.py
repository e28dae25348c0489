"""What is wrong with a record, and what is doubtful: one list of findings for form, command line and import alike."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from desktop_app.core import fields as f
from desktop_app.core.fields import Field, Value
from desktop_app.core.record import Record, View
from desktop_app.core.show import show, show_any
from desktop_app.core.spec import Lines, Move, Rule
from desktop_app.core.words import Language, Words


@dataclass(frozen=True)
class Finding:
    """One error or warning, with the place where it is shown.

    `code` is the same for the same rule on every machine: a confirmed warning is kept by it. `line` is (lines name, line uid).
    `see` is (kind, uid) of another record that explains it.
    """

    severity: Literal["error", "warning"]
    code: str
    field: str
    words: Words
    line: tuple[str, str] | None = None
    see: tuple[str, str] | None = None


def is_relevant(view: View, part: Field | Lines) -> bool:
    """Whether this field or these lines apply to the record: their own condition and that of their section."""
    if view.line_uid is None:
        section = view.kind.section_of[part.name].relevant
        if section is not None and not section(view):
            return False
    return part.relevant is None or bool(part.relevant(view))


def is_required(view: View, field: Field) -> bool:
    """Whether the record is incomplete without this field: declared so, or needed for where it stands in its life cycle."""
    declared = field.required(view) if callable(field.required) else field.required
    if declared or view.line_uid is not None:
        return bool(declared)
    cycle = view.kind.life_cycle
    return cycle is not None and field.name in cycle.required_at(view.status)


def is_legacy(view: View) -> bool:
    """Whether the record comes from an old register: then what the paper can't tell is a warning, not an error."""
    return bool(view.record.values.get("from_old_register"))


def findings(view: View) -> list[Finding]:
    """Everything that is wrong (errors first) or doubtful with the record and its lines."""
    found = [*_fields(view, view.kind.stored_fields, None), *_rules(view, view.kind.rules, None)]
    for lines in view.kind.lines:
        if is_relevant(view, lines):
            found += _lines(view, lines)
    return sorted(found, key=lambda finding: finding.severity != "error")


def guard(view: View, move: Move) -> list[Finding]:
    """What stands in the way of making this move now: missing fields, broken guards, the wrong person."""
    found = [
        _missing(view.kind.by_name[name], None)
        for name in move.requires
        if view.record.values.get(name) is None and is_relevant(view, view.kind.by_name[name])
    ]
    found += _rules(view, move.guards, None)
    if move.by == "second_person" and view.where.person and view.where.person in _made_by(view):
        words = Words(
            f"'{move.id}' harus dilakukan orang lain: {view.where.person} yang mencatat langkah sebelumnya.",
            f"'{move.en}' must be done by somebody else: {view.where.person} recorded the step before.",
        )
        found.append(Finding("error", f"move:{move.name}:second_person", "status", words))
    return found


def _made_by(view: View) -> set[str | None]:
    return {view.moves[-1].by} if view.moves else {view.record.entry_by}


def _lines(view: View, lines: Lines) -> Iterator[Finding]:
    rows = view.rows(lines.name)
    if len(rows) < lines.minimum:
        words = Words("{lines}: isi paling sedikit {n} baris.", "{lines}: fill in at least {n} line(s).")
        yield Finding(
            "error", f"{lines.name}:minimum", lines.name, words.filled(lines=lines.label, n=lines.minimum)
        )
    for row in rows:
        place = (lines.name, row.line_uid or "")
        yield from _fields(row, lines.fields, place)
        yield from _rules(row, lines.rules, place)


def _fields(view: View, fields: tuple[Field, ...], line: tuple[str, str] | None) -> Iterator[Finding]:
    for field in fields:
        if isinstance(field, f.Computed) or not is_relevant(view, field):
            continue
        value = getattr(view, field.name)
        if value is None:
            if is_required(view, field):
                yield _eased(view, field, _missing(field, line))
            continue
        wrong = _out_of_range(view, field, value)
        if wrong is not None:
            yield _eased(
                view, field, Finding("error", f"{_at(line)}{field.name}:range", field.name, wrong, line)
            )
        if field.unique and line is None:
            yield from _doubled(view, field, value)


def _at(line: tuple[str, str] | None) -> str:
    return f"{line[0]}." if line else ""


def _eased(view: View, field: Field, finding: Finding) -> Finding:
    if field.legacy_ok and is_legacy(view.parent):
        return Finding("warning", finding.code, finding.field, finding.words, finding.line, finding.see)
    return finding


def _missing(field: Field, line: tuple[str, str] | None) -> Finding:
    words = Words("{label} belum diisi.", "{label} is not filled in yet.").filled(label=field.label)
    return Finding("error", f"{_at(line)}{field.name}:missing", field.name, words, line)


def _out_of_range(view: View, field: Field, value: Value) -> Words | None:
    """Why the value can't stand in this field; None when it can."""
    if isinstance(field, f.Choice | f.Choices):
        chosen = value if isinstance(value, tuple) else (value,)
        strange = next((code for code in chosen if code not in field.codes), None)
        if strange is None:
            return None
        words = Words(
            "{label}: kode '{v}' tidak ada dalam daftar.", "{label}: code '{v}' is not in the list."
        )
        return words.filled(label=field.label, v=strange)
    if isinstance(field, f.Text) and isinstance(value, str) and len(value) > field.max_len:
        return Words(
            "{label}: {n} huruf, paling banyak {m}.", "{label}: {n} characters, at most {m}."
        ).filled(label=field.label, n=len(value), m=field.max_len)
    if isinstance(field, f.Integer | f.Decimal):
        return _bounds(field, value)
    if isinstance(field, f.Money) and isinstance(value, int) and value < 0:
        return Words("{label} tidak boleh negatif.", "{label} can't be negative.").filled(label=field.label)
    ahead = (isinstance(field, f.Date) and isinstance(value, dt.date) and value > view.today) or (
        isinstance(field, f.Timestamp) and isinstance(value, dt.datetime) and value > view.now
    )
    if ahead and not field.future:  # type: ignore[attr-defined]
        return Words("{label} {v} belum terjadi.", "{label} {v} is still to come.").filled(
            label=field.label, v=_said(view, field, value)
        )
    return None


def _bounds(field: f.Integer | f.Decimal, value: Value) -> Words | None:
    low, high = field.minimum, field.maximum
    if low is not None and value < low:  # type: ignore[operator]
        return Words(
            "{label}: {v} terlalu kecil, paling sedikit {m}.", "{label}: {v} is too small, at least {m}."
        ).filled(label=field.label, v=show_any(value), m=show_any(low))
    if high is not None and value > high:  # type: ignore[operator]
        return Words(
            "{label}: {v} terlalu besar, paling banyak {m}.", "{label}: {v} is too large, at most {m}."
        ).filled(label=field.label, v=show_any(value), m=show_any(high))
    return None


def _doubled(view: View, field: Field, value: Value) -> Iterator[Finding]:
    for other in view.ask.find(view.kind.name, **{field.name: value}):
        if other.uid != view.uid and not _are_two_offices(view, other):
            words = Words(
                "{label} {v} sudah dipakai: {other}.", "{label} {v} is taken already: {other}."
            ).filled(
                label=field.label, v=_said(view, field, value), other=view.ask.title(other.kind, other.uid)
            )
            severity: Literal["error", "warning"] = "error" if field.unique == "error" else "warning"
            yield _eased(
                view,
                field,
                Finding(severity, f"{field.name}:unique", field.name, words, None, (other.kind, other.uid)),
            )
            return


def _are_two_offices(view: View, other: Record) -> bool:
    """Whether each of two offices has one of a kind that an office may have of its own: these are two by rule (`Kind.local`)."""
    here = view.where.settings
    codes = {one.site_code or here.site_code for one in (view.record, other)}
    return view.kind.local and len(codes) > 1 and here.city_code not in codes


def _rules(view: View, rules: tuple[Rule, ...], line: tuple[str, str] | None) -> Iterator[Finding]:
    fields = view.declared
    for rule in rules:
        field = fields.get(rule.field)
        if field is not None and not is_relevant(view, field):
            continue
        answer = rule.broken(view)
        if not answer:
            continue
        more: Mapping[str, object] = answer if isinstance(answer, Mapping) else {}
        seen = more.get("see")
        see = (
            (seen.kind, seen.uid)
            if isinstance(seen, Record)
            else (seen.kind.name, seen.uid)
            if isinstance(seen, View)
            else None
        )
        severity = "warning" if rule.legacy_ok and is_legacy(view.parent) else rule.severity
        yield Finding(
            severity,
            f"{_at(line)}{rule.field}:{crc32(rule.words.en.encode()):08x}",
            rule.field,
            _filled(view, rule.words, more),
            line,
            see,
        )


def _filled(view: View, words: Words, more: Mapping[str, object]) -> Words:
    """The rule's words with its `{names}`: what the rule returned, else the fields as they stand on the screen."""

    def fill(text: str, language: Language) -> str:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        return text.format_map({name: _word(view, name, more, language) for name in names})

    return Words(fill(words.id, "id"), fill(words.en, "en"))


def _word(view: View, name: str, more: Mapping[str, object], language: Language) -> str:
    if name in more:
        given = more[name]
        return (
            given.say(language)
            if isinstance(given, Words)
            else show_any(given, language=language, zone=view.settings.zone)
        )
    if name in view.declared:
        return _said(view, view.declared[name], getattr(view, name), language)
    return _said(view.parent, view.parent.declared[name], getattr(view.parent, name), language)


def _said(view: View, field: Field, value: Value, language: Language | None = None) -> str:
    return show(field, value, language=language, zone=view.settings.zone, lookup=view.ask)
