"""How a record kind is declared: fields in sections like the paper form, child lines, rules, life cycle, list columns.

A kind is declared once, in `records`; table, form, list, CSV, filters, help and exchange are derived from the declaration.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY
from functools import cached_property
from typing import Literal

from desktop_app.core.declared import declared
from desktop_app.core.fields import Codes, Computed, Condition, Field, Reference, Value
from desktop_app.core.record import View
from desktop_app.core.settings import Settings
from desktop_app.core.words import Words

Fields = Field | tuple["Fields", ...]
"""A field, or several that belong together (what `common.place()` gives)."""

Broken = Callable[[View], object]
"""A rule's question: truthy means broken. A mapping gives the words' other names and, under "see", the other record to show."""


@declared
class Rule:
    """What must hold (error: stops a save) or should hold (warning: shown, confirmed, kept). `field` is where it is shown.

    The words may use `{field_name}` (as it stands on the screen) and the names that `broken` returned.
    """

    severity: Literal["error", "warning"]
    field: str
    broken: Broken
    words: Words
    legacy_ok: bool = False


def error(field: str, broken: Broken, id: str, en: str, *, legacy_ok: bool = False) -> Rule:  # noqa: A002
    """A rule that stops a save; `legacy_ok` makes it a warning on records from an old register."""
    return Rule("error", field, broken, Words(id, en), legacy_ok)


def warning(field: str, broken: Broken, id: str, en: str) -> Rule:  # noqa: A002
    """A rule that lets through once seen."""
    return Rule("warning", field, broken, Words(id, en))


@declared
class Lines:
    """Child lines, edited as a grid: rows of a table of their own. `fixed` gives the rows of a printed table (16 criteria):
    one line per code, always all of them, held in the line's field `key`.
    """

    name: str
    id: str
    en: str
    fields: tuple[Field, ...]
    _: KW_ONLY
    rules: tuple[Rule, ...] = ()
    fixed: Codes | None = None
    key: str = ""
    relevant: Condition | None = None
    minimum: int = 0

    @property
    def label(self) -> Words:
        """The heading over the grid."""
        return Words(self.id, self.en)

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The line's fields by name."""
        return {field.name: field for field in self.fields}


class Section:
    """A heading of the paper form with what stands under it: `Section("Laporan", "Report", Text(...), common.place())`."""

    def __init__(self, id: str, en: str, *content: Fields | Lines, relevant: Condition | None = None) -> None:  # noqa: A002
        self.label = Words(id, en)
        self.relevant = relevant
        self.content: tuple[Field | Lines, ...] = tuple(_flat(content))


def _flat(content: object) -> Iterator[Field | Lines]:
    if isinstance(content, tuple):
        for part in content:
            yield from _flat(part)
    elif isinstance(content, Field | Lines):
        yield content


Family = Literal["info", "accent", "ok", "warn", "bad"]
Shape = Literal["ring", "half", "dot", "check", "bars", "back", "cross"]


@declared
class State:
    """Where a record can stand. `family` and `shape` are its pill (look.md 5); `open` says that there is still work to do."""

    code: str
    id: str
    en: str
    family: Family = "info"
    shape: Shape = "ring"
    _: KW_ONLY
    open: bool = True

    @property
    def label(self) -> Words:
        """The word on the pill."""
        return Words(self.id, self.en)


@declared
class Move:
    """A named step: the button's words, from which states, to which. `asks`: fields put in front of the user on the way.

    `requires`: fields that must be filled then (and stay filled while it stands there). `reason`: must be given (and is kept).
    `guards`: rules that must hold at that moment. `by`: who may make it. `main`: the expected next step (tonal button).
    """

    name: str
    id: str
    en: str
    frm: tuple[str, ...]
    to: str
    _: KW_ONLY
    asks: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    reason: bool = False
    guards: tuple[Rule, ...] = ()
    by: Literal["anyone", "second_person", "head"] = "anyone"
    main: bool = False

    @property
    def label(self) -> Words:
        """The word on the button."""
        return Words(self.id, self.en)


@declared
class LifeCycle:
    """States and the moves between them. `path` is the ordinary way, shown as a stepper; the first of it is where records begin."""

    states: tuple[State, ...]
    moves: tuple[Move, ...]
    path: tuple[str, ...]

    @property
    def start(self) -> str:
        """Where a new record stands."""
        return self.path[0]

    @property
    def is_work(self) -> bool:
        """Whether there is work that can be open; the states of a register (plots, burials) only tell how things stand."""
        return any(state.open for state in self.states)

    @cached_property
    def by_code(self) -> Mapping[str, State]:
        """The states by code."""
        return {state.code: state for state in self.states}

    def move(self, name: str) -> Move | None:
        """The move with this name."""
        return next((move for move in self.moves if move.name == name), None)

    def moves_from(self, state: str | None) -> tuple[Move, ...]:
        """The moves that start at this state, the expected one first."""
        return tuple(
            sorted((move for move in self.moves if state in move.frm), key=lambda move: not move.main)
        )

    def required_at(self, state: str | None) -> frozenset[str]:
        """Fields that must be filled on a record that stands at `state`: what the ordinary way there required, and its own moves."""
        way = self.path[: self.path.index(state) + 1] if state in self.path else (state,)
        return frozenset(name for move in self.moves if move.to in way for name in move.requires)


@declared
class Promise:
    """Until when work shall be done: so many hours after the moment `since`, by the code in the field `by` ("" for any other one).

    It counts while a record stands at one of `states`.
    """

    since: str
    by: str
    states: tuple[str, ...]
    hours: Callable[[Settings], Mapping[str, int]]

    def due(self, r: View) -> dt.datetime | None:
        """Until when this record's work was promised; None while its beginning is unknown."""
        begun = getattr(r, self.since)
        if not isinstance(begun, dt.datetime):
            return None
        hours = self.hours(r.settings)
        return begun + dt.timedelta(hours=hours.get(str(getattr(r, self.by)), hours[""]))


@declared
class Column:
    """A column of the list: a field, or two where one explains the other (lamp number, then street in grey).

    `width` counts letters. The heading is the first field's label unless given.
    """

    field: str
    width: int
    _: KW_ONLY
    also: str = ""
    heading: Words | None = None
    hidden: bool = False


@declared
class Kind:
    """A record kind. `title` and `subtitle` name the fields that call a record by its name; of a kind that others refer to
    they are plain fields (no references). `number` begins its register numbers (PJU-LAP/187204/2026/000123).

    `owner`: "office" (each office its own), "register" (headquarters says whose), "reference" (headquarters' own, sent to all).
    `local`: one made in an office is its own until headquarters adopts it, so that two offices may each have one of the same name.
    `natural_key`: the field whose value is also the uid (region codes: the same everywhere, never reused).
    `own_page`: False for what is worked with on the pages of other records (photos, conflicts) and has no place in the sidebar.
    `sort` orders the list at first; a leading "-" turns it round. `empty` tells in an empty list what to do first.
    """

    name: str
    section: str
    id: str
    en: str
    _: KW_ONLY
    plural: Words
    short: Words
    icon: str
    number: str
    title: tuple[str, ...]
    subtitle: tuple[str, ...] = ()
    form: tuple[Section, ...]
    columns: tuple[Column, ...]
    sort: str
    filters: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    life_cycle: LifeCycle | None = None
    promise: Promise | None = None
    owner: Literal["office", "register", "reference"] = "office"
    local: bool = False
    natural_key: str = ""
    own_page: bool = True
    empty: Words
    help: Words

    @property
    def label(self) -> Words:
        """What one record of it is called."""
        return Words(self.id, self.en)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order of the form, without child lines."""
        return tuple(field for section in self.form for field in section.content if isinstance(field, Field))

    @cached_property
    def stored_fields(self) -> tuple[Field, ...]:
        """The fields that a person (or the program) gives a value: all but the computed ones."""
        return tuple(field for field in self.fields if not isinstance(field, Computed))

    @cached_property
    def computed_fields(self) -> tuple[Computed, ...]:
        """The derived figures."""
        return tuple(field for field in self.fields if isinstance(field, Computed))

    @cached_property
    def table_fields(self) -> tuple[Field, ...]:
        """The fields that have a column in the table: the stored ones and the computed ones that are kept."""
        return tuple(field for field in self.fields if not isinstance(field, Computed) or field.stored)

    @cached_property
    def lines(self) -> tuple[Lines, ...]:
        """The child lines, in the order of the form."""
        return tuple(part for section in self.form for part in section.content if isinstance(part, Lines))

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def lines_by_name(self) -> Mapping[str, Lines]:
        """The child lines by name."""
        return {lines.name: lines for lines in self.lines}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section that a field or the lines stand in, by their name."""
        return {part.name: section for section in self.form for part in section.content}

    @cached_property
    def conditional_fields(self) -> tuple[Field, ...]:
        """The stored fields that apply only sometimes: by a condition of their own or of their section."""
        return tuple(
            field
            for field in self.stored_fields
            if field.relevant is not None or self.section_of[field.name].relevant is not None
        )

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The merge groups: group name -> its stored fields, in declared order (exchange.md, "field for merging")."""
        found: dict[str, tuple[str, ...]] = {}
        for field in self.stored_fields:
            found[field.merge_group] = (*found.get(field.merge_group, ()), field.name)
        return found

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The fields that point to other records."""
        return tuple(field for field in self.fields if isinstance(field, Reference))

    def title_of(self, texts: Mapping[str, str]) -> str:
        """The record's name, from its fields as they stand on the screen; empty ones are left out."""
        return ", ".join(texts[name] for name in self.title if texts.get(name))


@declared
class SectionOfWork:
    """A part of the office's work, as the sidebar groups it."""

    name: str
    id: str
    en: str
    icon: str
    short: Words

    @property
    def label(self) -> Words:
        """The words in the sidebar."""
        return Words(self.id, self.en)


class Registry:
    """All kinds, in the order of the sidebar."""

    def __init__(self, sections: tuple[SectionOfWork, ...], kinds: tuple[Kind, ...]) -> None:
        self.sections = sections
        self.kinds = kinds
        self._by_name = {kind.name: kind for kind in kinds}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def of_section(self, section: str) -> tuple[Kind, ...]:
        """The kinds of one section that have a page, in order."""
        return tuple(kind for kind in self.kinds if kind.section == section and kind.own_page)

    def referring_to(self, name: str) -> Iterator[tuple[Kind, Reference]]:
        """The kinds and fields that point to this kind (its children on the screen)."""
        for kind in self.kinds:
            for reference in kind.references:
                if reference.kind == name:
                    yield kind, reference


__all__ = [
    "Broken",
    "Column",
    "Fields",
    "Kind",
    "LifeCycle",
    "Lines",
    "Move",
    "Promise",
    "Registry",
    "Rule",
    "Section",
    "SectionOfWork",
    "State",
    "Value",
    "error",
    "warning",
]
