"""A record as plain data, and the view through which declarations ask about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.fields import Value
from desktop_app.core.settings import Settings

if TYPE_CHECKING:
    from desktop_app.core.spec import Kind

UTC = dt.UTC


@dataclass(slots=True)
class Line:
    """One child line (a material used, a criterion assessed): a row of its own with a uid of its own."""

    uid: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Moved:
    """One step along the life cycle, as history keeps it. `at` is in UTC; `before` is None for the first."""

    uid: str
    move: str
    before: str | None
    after: str
    at: dt.datetime
    by: str
    reason: str | None = None


@dataclass(slots=True)
class Record:
    """One record of a kind. `values` holds the kind's stored fields by name; a name that is missing is empty (None).

    `version` changes with every stored change of the record, its lines or its moves: a save against an older one is stale.
    """

    kind: str
    uid: str
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    moves: list[Moved] = field(default_factory=list)
    status: str | None = None
    site_code: str = ""
    record_no: str | None = None
    entry_by: str | None = None
    entry_at: dt.datetime | None = None
    updated_by: str | None = None
    updated_at: dt.datetime | None = None
    removed_at: dt.datetime | None = None
    remove_reason: str | None = None
    version: int = 0


class Kinds(Protocol):
    """The declared kinds by name (`spec.Registry`)."""

    def __getitem__(self, name: str) -> Kind:
        """The kind with this name."""


class Lookup(Protocol):
    """What a rule may ask about other records. Answers cover living (not removed) records only, unless said otherwise."""

    def get(self, kind: str, uid: str) -> Record | None:
        """The record with this uid, removed or not; None when it has not come (yet)."""

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        """Living records whose fields equal these values (`status` and fields declared `indexed` or `unique`), at most 1,000."""

    def title(self, kind: str, uid: str) -> str:
        """How people call that record ("PJU-0042"); the uid's first letters when it is not here."""


class Alone:
    """A lookup in an empty house: for rules that ask nobody, and for tests."""

    def get(self, kind: str, uid: str) -> Record | None:  # noqa: ARG002
        """See `Lookup.get`."""
        return None

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:  # noqa: ARG002
        """See `Lookup.find`."""
        return ()

    def title(self, kind: str, uid: str) -> str:  # noqa: ARG002
        """See `Lookup.title`."""
        return uid[:8]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a record is being looked at: the moment, the office's settings, the other records, and who asks."""

    now: dt.datetime
    kinds: Kinds
    settings: Settings = field(default_factory=Settings)
    lookup: Lookup = field(default_factory=Alone)
    person: str = ""

    @property
    def today(self) -> dt.date:
        """The office's calendar day."""
        return self.now.astimezone(self.settings.zone).date()

    def view_of(self, kind: str, uid: str) -> View | None:
        """The record with this uid as declarations read it; None when it is not here."""
        record = self.lookup.get(kind, uid)
        return None if record is None else View(self.kinds[kind], record, self)


class View:
    """A record as declarations read it: `r.finished_at`, `r.rows("materials")`, `r.ask.find(...)`, `r.status`, `r.today`.

    Every declared field can be asked; an empty one answers None. A name that is not declared raises AttributeError.
    A line is a view too; `parent` is then the record that it belongs to.
    """

    __slots__ = ("_values", "declared", "kind", "line_uid", "parent", "record", "where")

    def __init__(self, kind: Kind, record: Record, where: Setting) -> None:
        self.kind = kind
        self.record = record
        self.where = where
        self.parent: View = self
        self.line_uid: str | None = None
        self.declared = kind.by_name
        self._values: Mapping[str, Value] = record.values

    def __getattr__(self, name: str) -> Value:
        if name.startswith("__") or name not in self.declared:
            raise AttributeError(name)
        return self._values.get(name)

    def rows(self, lines: str) -> list[View]:
        """The child lines under this name, each as a view."""
        declared = self.kind.lines_by_name[lines]
        return [self._row(declared.by_name, line) for line in self.record.lines.get(lines, [])]

    def _row(self, names: Mapping[str, object], line: Line) -> View:
        row = View(self.kind, self.record, self.where)
        row.parent, row.line_uid, row.declared, row._values = self, line.uid, names, line.values  # type: ignore[assignment]
        return row

    def target(self, name: str) -> View | None:
        """The record that a reference field points to, as a view; None when empty or not here."""
        uid = self._values.get(name)
        return None if uid is None else self.where.view_of(self.declared[name].kind, str(uid))  # type: ignore[attr-defined]

    @property
    def uid(self) -> str:
        """The record's own id, also while it is new."""
        return self.record.uid

    @property
    def status(self) -> str | None:
        """Where it stands in its life cycle."""
        return self.record.status

    @property
    def moves(self) -> list[Moved]:
        """The steps so far, oldest first."""
        return self.record.moves

    @property
    def ask(self) -> Lookup:
        """The other records."""
        return self.where.lookup

    @property
    def settings(self) -> Settings:
        """The office's settings."""
        return self.where.settings

    @property
    def today(self) -> dt.date:
        """The office's calendar day."""
        return self.where.today

    @property
    def now(self) -> dt.datetime:
        """The moment, in UTC."""
        return self.where.now
