"""Every declaration is complete and hangs together: both languages, names that exist, life cycles that can be walked."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest

from desktop_app.core import fields as f
from desktop_app.core.fields import Field
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, Lines, Rule
from desktop_app.core.values import leaf
from desktop_app.core.words import Words
from desktop_app.place import resources
from desktop_app.records.registry import REGISTRY

KINDS = pytest.mark.parametrize("kind", REGISTRY.kinds, ids=lambda kind: kind.name)
TAKEN = {name for name in dir(View) if not name.startswith("_")}


def all_fields(kind: Kind) -> Iterator[Field]:
    yield from kind.fields
    for lines in kind.lines:
        yield from lines.fields


def all_rules(kind: Kind) -> Iterator[tuple[Rule, Lines | None]]:
    yield from ((rule, None) for rule in kind.rules)
    for lines in kind.lines:
        yield from ((rule, lines) for rule in lines.rules)
    for move in kind.life_cycle.moves if kind.life_cycle else ():
        yield from ((rule, None) for rule in move.guards)


def all_words(kind: Kind) -> Iterator[tuple[str, Words]]:
    for name in ("label", "plural", "short", "empty", "help"):
        yield name, getattr(kind, name)
    for section in kind.form:
        yield "section", section.label
    for field in all_fields(kind):
        yield field.name, field.label
        if field.help:
            yield f"{field.name}.help", field.help
        like = leaf(field)
        if isinstance(like, f.Choice | f.Choices):
            yield from ((f"{field.name}.{code}", words) for code, words in like.codes)
        if isinstance(like, f.Integer | f.Decimal) and like.unit:
            yield f"{field.name}.unit", like.unit
    yield from ((lines.name, lines.label) for lines in kind.lines)
    yield from ((rule.field, rule.words) for rule, _ in all_rules(kind))
    yield from ((column.field, column.heading) for column in kind.columns if column.heading)
    if kind.life_cycle:
        yield from ((state.code, state.label) for state in kind.life_cycle.states)
        yield from ((move.name, move.label) for move in kind.life_cycle.moves)


def test_all_kinds_of_the_design_are_there():
    assert [kind.name for kind in REGISTRY] == (
        "streetlight_repair light_point power_panel park_work park tree_request burial grave_plot plot_permit cemetery "
        "slum_unit slum_assessment slum_intervention slum_target slum_decree crew material region attachment conflict proposal"
    ).split()
    assert {kind.section for kind in REGISTRY} == {section.name for section in REGISTRY.sections}
    numbers = [kind.number for kind in REGISTRY if kind.own_page]
    assert len(set(numbers)) == len(numbers)


@KINDS
def test_every_text_is_there_in_both_languages(kind: Kind):
    for place, words in all_words(kind):
        assert words.id.strip(), place
        assert words.en.strip(), place
        assert words.id == words.id.strip(), place
        assert words.en == words.en.strip(), place


@KINDS
def test_rules_speak_in_sentences_about_the_same_things_in_both_languages(kind: Kind):
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for rule, _ in all_rules(kind):
        assert rule.words.id[-1] in ".?)", rule.words.id
        assert rule.words.en[-1] in ".?)", rule.words.en
        assert names(rule.words.id) == names(rule.words.en), rule.words.id


@KINDS
def test_names_are_free_and_used_once(kind: Kind):
    names = [field.name for field in kind.fields] + [lines.name for lines in kind.lines]
    assert len(names) == len(set(names))
    for field in all_fields(kind):
        assert field.name not in TAKEN
        assert field.name.isidentifier()
        assert field.name == field.name.lower()
    for lines in kind.lines:
        own = [field.name for field in lines.fields]
        assert len(own) == len(set(own))


@KINDS
def test_what_the_declaration_names_exists(kind: Kind):
    known = {*kind.by_name, "status"} if kind.life_cycle else set(kind.by_name)

    def stands(column: Column) -> bool:
        return column.field in known and (not column.also or column.also in known)

    assert all(stands(column) for column in kind.columns)
    assert not [name for name in kind.filters if name not in known]
    assert kind.sort.removeprefix("-") in known
    assert not [name for name in (*kind.title, *kind.subtitle) if name not in kind.by_name]
    if kind.natural_key:
        assert kind.natural_key in kind.by_name
    for rule, lines in all_rules(kind):
        assert rule.field in (lines.by_name if lines else {*known, *kind.lines_by_name}), rule.field
    # The list, its filters and its order are made from columns of the table.
    table = {field.name for field in kind.table_fields} | {"status"}
    assert not [name for name in (*kind.filters, kind.sort.removeprefix("-")) if name not in table]
    assert not [one.field for one in kind.columns if one.field not in table]


@KINDS
def test_references_lead_to_kinds_and_fill_fields_of_the_same_type(kind: Kind):
    for field in all_fields(kind):
        if not isinstance(field, f.Reference):
            continue
        target = REGISTRY[field.kind]
        here = (
            kind.by_name
            if field.name in kind.by_name
            else next(lines.by_name for lines in kind.lines if field.name in lines.by_name)
        )
        for mine, its in (field.fills or {}).items():
            assert type(leaf(here[mine])) is type(leaf(target.by_name[its])), f"{field.name} fills {mine}"
        for name, value in (field.among or {}).items():
            assert name in target.by_name
            assert not value.startswith("=") or value[1:] in here or value[1:] in kind.by_name


@KINDS
def test_who_is_referred_to_is_called_by_plain_fields(kind: Kind):
    if any(REGISTRY.referring_to(kind.name)):
        assert not [name for name in kind.title if isinstance(kind.by_name[name], f.Reference)]


@KINDS
def test_dates_name_their_precision(kind: Kind):
    for field in all_fields(kind):
        if isinstance(field, f.Date) and field.precision:
            precision = kind.by_name[field.precision]
            assert isinstance(precision, f.Choice)
            assert precision.merge_group == field.merge_group
        if isinstance(field, f.Coordinate):
            assert kind.by_name[field.other].merge_group == field.merge_group


@KINDS
def test_life_cycles_can_be_walked(kind: Kind):
    cycle = kind.life_cycle
    if cycle is None:
        return
    states = set(cycle.by_code)
    assert len({move.name for move in cycle.moves}) == len(cycle.moves)
    assert set(cycle.path) <= states
    reached, before = {cycle.start}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {move.to for move in cycle.moves if reached & set(move.frm)}
    assert reached == states
    for move in cycle.moves:
        assert {*move.frm, move.to} <= states, move.name
        assert {*move.asks, *move.requires} <= set(kind.by_name), move.name


@KINDS
def test_every_kind_keeps_what_the_program_needs(kind: Kind):
    for name in ("import_batch_id", "source_row", "accepted_warnings"):
        assert kind.by_name[name].hidden
    assert "notes" in kind.by_name


@KINDS
def test_personal_data_is_marked(kind: Kind):
    for field in all_fields(kind):
        if isinstance(field, f.Text) and field.reads in ("nik", "phone", "family_card"):
            assert field.personal, field.name


def test_icons_exist():
    lines = (resources() / "icons" / "letters.txt").read_text(encoding="ascii").splitlines()
    wanted = {kind.icon for kind in REGISTRY} | {section.icon for section in REGISTRY.sections}
    assert not wanted - {line.split()[0] for line in lines}, "run packaging/icon_font.py"
