"""What travels between offices and headquarters: the tables of every kind, and the columns of each (exchange.md, "The package").

Every row carries its stamps; its other columns belong to a merge group or are carried along. Computed figures and a record's status
do not travel: who receives a row makes them anew.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from desktop_app.core import fields as f
from desktop_app.core import stamps
from desktop_app.core.fields import Computed, Field, Reference
from desktop_app.core.spec import Kind, Registry
from desktop_app.core.stamps import REMOVAL

MOVE = "move"
"""The part and the merge group of life-cycle moves: rows that are written once and taken whole."""
POSITION = "position"
"""The merge group of a child line's place."""
REVIEW = stamps.REVIEW
"""The merge group that only headquarters writes."""
RESPONSIBLE = stamps.RESPONSIBLE
"""The merge group of `site_code`: which office is responsible. Headquarters moves it with all rows of a record at once."""
STAMPS = ("uid", "site_code", "born", "field_stamps")
EXTRAS = "extras"
"""JSON, sorted: group -> field -> canonical text of what the program that stores it does not know."""

_REMOVED_AT = f.Timestamp("removed_at", "Dihapus", "Removed at")
_REMOVE_REASON = f.Text("remove_reason", "Alasan penghapusan", "Reason of removal", max_len=500)
_POSITION = f.Integer("position", "Urutan", "Position", minimum=0)
_OF_RECORD: tuple[tuple[str, Field | None], ...] = (
    ("record_no", None),
    ("entry_by", None),
    ("entry_at", f.Timestamp("entry_at", "Waktu input", "Entered at")),
    ("updated_by", None),
    ("updated_at", f.Timestamp("updated_at", "Terakhir diubah", "Changed at")),
)
_OF_MOVE: tuple[Field, ...] = (
    f.Text("move", "Langkah", "Step", max_len=40),
    f.Text("state_before", "Status sebelumnya", "Status before", max_len=40),
    f.Text("state_after", "Status sesudahnya", "Status after", max_len=40),
    f.Timestamp("moved_at", "Waktu", "At"),
    f.Text("moved_by", "Oleh", "By", max_len=100),
    f.Text("reason", "Alasan", "Reason", max_len=500),
)


class Part(NamedTuple):
    """One travelling table. `part`: "" the records of a kind, the name of its lines, or "move"."""

    kind: Kind
    part: str

    @property
    def name(self) -> str:
        """What it is called in packages: "park_work", "park_work.materials", "park_work.move"."""
        return f"{self.kind.name}.{self.part}" if self.part else self.kind.name

    @property
    def table(self) -> str:
        """The name of its SQL table."""
        return f"{self.kind.name}_{self.part}" if self.part else self.kind.name


class Column(NamedTuple):
    """A column of a travelling table.

    `field` says what the canonical text looks like (None: text as it is). `group`: its merge group; "" is carried along.
    """

    name: str
    field: Field | None
    group: str


@cache
def parts(registry: Registry) -> tuple[Part, ...]:
    """All parts in their fixed order: records of a kind, its lines, its moves; kinds that others refer to come first."""
    return tuple(part for kind in _in_order(registry) for part in _of_kind(kind))


def _of_kind(kind: Kind) -> tuple[Part, ...]:
    moves = (Part(kind, MOVE),) if kind.life_cycle else ()
    return (Part(kind, ""), *(Part(kind, lines.name) for lines in kind.lines), *moves)


def _in_order(registry: Registry) -> list[Kind]:
    """Where kinds refer to each other in a ring, the order of the registry decides."""
    done: dict[str, Kind] = {}
    begun: set[str] = set()

    def take(kind: Kind) -> None:
        if kind.name in begun:
            return
        begun.add(kind.name)
        of_lines = [field for lines in kind.lines for field in lines.fields if isinstance(field, Reference)]
        for reference in (*kind.references, *of_lines):
            take(registry[reference.kind])
        done[kind.name] = kind

    for kind in registry:
        take(kind)
    return list(done.values())


@cache
def part_named(registry: Registry, name: str) -> Part | None:
    """The part with this name; None when there is none."""
    return next((part for part in parts(registry) if part.name == name), None)


@cache
def columns(part: Part) -> tuple[Column, ...]:
    """The columns in the order in which they stand in a package."""
    removed = Column("removed_at", _REMOVED_AT, REMOVAL)
    moves_on = {"site_code": RESPONSIBLE} if part.kind.owner != "reference" else {}
    begin = [Column(name, None, moves_on.get(name, "")) for name in STAMPS]
    end = Column(EXTRAS, None, "")
    if part.part == "":
        carried = [Column(name, field, "") for name, field in _OF_RECORD]
        typed = [Column(field.name, field, field.merge_group) for field in part.kind.stored_fields]
        reason = Column("remove_reason", _REMOVE_REASON, REMOVAL)
        return (*begin, *carried, *typed, removed, reason, end)
    parent = Column("parent_uid", None, "")
    if part.part == MOVE and part.kind.life_cycle:
        return (*begin, parent, *(Column(field.name, field, MOVE) for field in _OF_MOVE), removed, end)
    lines = part.kind.lines_by_name[part.part]
    typed = [
        Column(field.name, field, field.merge_group)
        for field in lines.fields
        if not isinstance(field, Computed)
    ]
    return (*begin, parent, Column(POSITION, _POSITION, POSITION), *typed, removed, end)


@cache
def groups(part: Part) -> dict[str, tuple[str, ...]]:
    """The merge groups of a part: group name -> its columns, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for column in columns(part):
        if column.group:
            found[column.group] = (*found.get(column.group, ()), column.name)
    return found
