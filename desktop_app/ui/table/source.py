"""What the list needs to know, and nothing of where it comes from. `services.lists` answers it; tests answer it themselves."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from desktop_app.core.fields import Value
from desktop_app.core.query import Query
from desktop_app.core.spec import Family, Shape


class Stoppable(Protocol):
    """A question under way (`ops.Op`): may be told to stop from another thread."""

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the answer any more."""

    def interruptible(self, interrupt: Callable[[], object]) -> AbstractContextManager[None]:
        """While inside, stopping also calls `interrupt`."""


class Cell(Protocol):
    """What stands in one cell, as text in the language in use."""

    @property
    def text(self) -> str:
        """What is read first (a number, a date, a name); the word of a status."""

    @property
    def second(self) -> str:
        """What explains it, in grey behind it."""

    @property
    def family(self) -> Family | None:
        """The colours of a status pill; None when it is plain text."""

    @property
    def shape(self) -> Shape | None:
        """The shape on the pill."""


class ListRow(Protocol):
    """A row of the list: a cell for every declared column of the kind, in declared order."""

    @property
    def pk(self) -> int:
        """Its number in this database."""

    @property
    def uid(self) -> str:
        """The record's id."""

    @property
    def cells(self) -> Sequence[Cell]:
        """The texts."""

    @property
    def status(self) -> str | None:
        """Where it stands in its life cycle."""

    @property
    def marks(self) -> frozenset[str]:
        """Any of "unsent", "returned" and "draft"."""


class Counts(Protocol):
    """How many records the filter chips would show, each under the rest of the question."""

    @property
    def everything(self) -> int:
        """Records of the kind, without any filter: "38 dari 1.284"."""

    @property
    def all(self) -> int:
        """Under search and filters, whatever their state."""

    @property
    def open(self) -> int:
        """Of these, the ones with work to do."""

    @property
    def returned(self) -> int:
        """Of these, the ones that headquarters returned."""

    @property
    def unsent(self) -> int:
        """Of these, the ones not yet sent."""


class Choice(Protocol):
    """One line of a filter's checklist."""

    @property
    def value(self) -> Value:
        """What is asked for."""

    @property
    def text(self) -> str:
        """Its name."""

    @property
    def count(self) -> int:
        """How many records have it, under the rest of the question."""


class ListSource(Protocol):
    """Answers the questions of one list, each in a worker, with plain data. Raises `KnownError`, or `Cancelled` when stopped."""

    def first_page(self, query: Query, limit: int, op: Stoppable) -> Sequence[ListRow]:
        """The first rows, as fast as can be."""

    def all_ids(self, query: Query, op: Stoppable) -> array[int]:
        """The numbers of all matching records, in order."""

    def page(self, kind: str, pks: Sequence[int], op: Stoppable) -> Sequence[ListRow]:
        """These rows, in this order; what has gone meanwhile is left out."""

    def chips(self, query: Query, op: Stoppable) -> Counts:
        """The counts on the chips."""

    def menu(self, query: Query, field: str, op: Stoppable) -> Sequence[Choice]:
        """What a filter on `field` (or "status") can be set to, the most frequent first."""
