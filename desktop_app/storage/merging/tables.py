"""The stored side of a merge: rows fetched by uid, written in bulk, and small notes about many records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop_app.storage import backends
from desktop_app.storage.merging.layout import Cells, Layout

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

BATCH = 1_000
"""Rows that are matched and written at a time."""
_LOCAL = ("pk", "change_no", "known_to")


class Stored(NamedTuple):
    """A stored row: where it is, and its cells in the order of its layout."""

    pk: int
    change_no: int
    known_to: str | None
    cells: Cells


class Parent(NamedTuple):
    """What children need of the record they belong to."""

    pk: int
    site_code: str
    change_no: int
    updated_at: str | None
    updated_by: str | None


class Pks:
    """A set of `pk`: one byte each up to the greatest, so that a million cost a megabyte."""

    def __init__(self) -> None:
        self._marks = bytearray()

    def add(self, pk: int) -> None:
        """Put one in."""
        if pk >= len(self._marks):
            self._marks.extend(bytes(max(pk + 1 - len(self._marks), len(self._marks))))
        self._marks[pk] = 1

    def add_all(self, first: int, last: int) -> None:
        """Put all in from `first` to `last`."""
        self.add(last)
        self._marks[first : last + 1] = b"\1" * (last + 1 - first)

    def __contains__(self, pk: int) -> bool:
        return pk < len(self._marks) and bool(self._marks[pk])

    def __len__(self) -> int:
        return sum(self._marks)

    def __iter__(self) -> Iterator[int]:
        return compress(range(len(self._marks)), self._marks)


class Changes:
    """Rows to be changed, kept apart by which columns become others, so that only those are written."""

    def __init__(self, table: str) -> None:
        self.table = table
        self._rows: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)

    def add(self, pk: int, cells: Mapping[str, Any]) -> None:
        """Change these columns of a row."""
        self._rows[tuple(cells)].append({"pk": pk, **cells})

    def write(self, writer: Writer) -> None:
        """Write them."""
        here = backends.of(writer.connection)
        for rows in self._rows.values():
            here.update_many(self.table, rows)
        self._rows.clear()


def stored(writer: Writer, layout: Layout, uids: Sequence[str]) -> dict[str, Stored]:
    """The rows with these uids."""
    columns = (*_LOCAL, *layout.names)
    found = backends.of(writer.connection).rows_with(layout.table, columns, "uid", uids) if uids else []
    return {row[3]: Stored(row[0], row[1], row[2], list(row[3:])) for row in found}


def stored_at(writer: Writer, layout: Layout, pks: Sequence[int]) -> list[Stored]:
    """The rows with these `pk`."""
    columns = (*_LOCAL, *layout.names)
    found = backends.of(writer.connection).rows_with(layout.table, columns, "pk", pks) if pks else []
    return [Stored(row[0], row[1], row[2], list(row[3:])) for row in found]


def parents(writer: Writer, kind: str, uids: Iterable[str]) -> dict[str, Parent]:
    """The records with these uids, as far as they are here."""
    wanted = list(dict.fromkeys(uids))
    columns = ("uid", "pk", "site_code", "change_no", "updated_at", "updated_by")
    found = backends.of(writer.connection).rows_with(kind, columns, "uid", wanted) if wanted else []
    return {uid: Parent(*rest) for uid, *rest in found}


def in_batches(numbers: Iterable[int], size: int = BATCH) -> Iterator[list[int]]:
    """Some at a time."""
    batch: list[int] = []
    for number in numbers:
        batch.append(number)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def forget(writer: Writer, kind: str, pk: int) -> None:
    """Delete a row that never left this site."""
    here = backends.of(writer.connection)
    here.search_forget(kind, pk)
    here.run(f'DELETE FROM "{kind}" WHERE pk = {here.mark}', (pk,))
