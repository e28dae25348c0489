"""Child lines and life-cycle moves: rows of tables of their own, with stamps of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop_app.core import stamps
from desktop_app.core.fields import Computed
from desktop_app.core.record import Line, Moved, Record
from desktop_app.core.spec import Kind, Lines
from desktop_app.storage import backends
from desktop_app.storage.columns import Columns, moment
from desktop_app.storage.convert import text_of
from desktop_app.storage.journal import Entry
from desktop_app.storage.making import Made, move_cells
from desktop_app.storage.plain import Action

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer


def insert(writer: Writer, kind: Kind, made: Made) -> None:
    """Insert the lines and moves of a new record."""
    here = backends.of(writer.connection)
    for lines, rows in zip(kind.lines, made.lines, strict=True):
        here.insert(writer.tables.lines[kind.name, lines.name].name, rows)
    if made.moves:
        here.insert(writer.tables.moves[kind.name].name, made.moves)


def add_move(writer: Writer, kind: Kind, uid: str, move: Moved, site_code: str, born: str) -> None:
    """Insert one move; moves are never changed."""
    stamped = {
        "uid": move.uid,
        "site_code": site_code,
        "born": born,
        "change_no": writer.site_row.next_change(),
    }
    backends.of(writer.connection).insert(
        writer.tables.moves[kind.name].name, [stamped | move_cells(move, uid)]
    )


def _insert(
    writer: Writer,
    kind: Kind,
    lines: Lines,
    line: Line,
    parent: str,
    position: int,
    site_code: str,
    born: str,
) -> None:
    cells = writer.tables.line_columns[kind.name, lines.name].to_cells(line.values)
    system = {
        "uid": line.uid,
        "site_code": site_code,
        "born": born,
        "change_no": writer.site_row.next_change(),
        "parent_uid": parent,
        "position": position,
    }
    backends.of(writer.connection).insert(writer.tables.lines[kind.name, lines.name].name, [system | cells])


def write(writer: Writer, kind: Kind, old: Record, new: Record, site_code: str, stamp: str) -> None:
    """Bring the stored lines to what the record has now: only rows that differ are written and stamped."""
    for lines in kind.lines:
        table = writer.tables.lines[kind.name, lines.name]
        wanted = {line.uid: (position, line) for position, line in enumerate(new.lines.get(lines.name, ()))}
        here = {line.uid for line in old.lines.get(lines.name, ())}
        uids = [*wanted, *(here - wanted.keys())]
        stored = (
            {
                row["uid"]: row
                for row in writer.connection.execute(sa.select(table).where(table.c.uid.in_(uids))).mappings()
            }
            if uids
            else {}
        )
        for uid, (position, line) in wanted.items():
            if uid in stored:
                cells = _cells(writer.tables.line_columns[kind.name, lines.name], line, position) | {
                    "removed_at": None
                }
                _update(writer, table, lines, stored[uid], cells, stamp)
            else:
                _insert(writer, kind, lines, line, new.uid, position, site_code, stamp)
        for uid in here - wanted.keys():
            _update(writer, table, lines, stored[uid], {"removed_at": moment(writer.now)}, stamp)


def _cells(columns: Columns, line: Line, position: int) -> dict[str, Any]:
    return {"position": position, **columns.to_cells(line.values)}


def _update(
    writer: Writer, table: sa.Table, lines: Lines, row: sa.RowMapping, cells: Mapping[str, Any], stamp: str
) -> None:
    differing = {name: cell for name, cell in cells.items() if row[name] != cell}
    if not differing:
        return
    computed = {field.name for field in lines.fields if isinstance(field, Computed)}
    groups = {_group(lines, name) for name in differing if name not in computed}
    stamped = {
        "field_stamps": stamps.after_write(row["born"], row["field_stamps"], groups, stamp),
        "change_no": writer.site_row.next_change(),
        "known_to": None,
    }
    backends.of(writer.connection).update(table.name, {**differing, **stamped}, row["pk"])


def _group(lines: Lines, name: str) -> str:
    if name == "removed_at":
        return stamps.REMOVAL
    return lines.by_name[name].merge_group if name in lines.by_name else name


def differences(kind: Kind, old: Record, new: Record) -> list[Entry]:
    """What changed in the lines, for the journal: a line added or taken away, and each field of one that changed."""
    return [
        entry
        for lines in kind.lines
        for entry in _of_lines(lines, old.lines.get(lines.name, []), new.lines.get(lines.name, []))
    ]


def _of_lines(lines: Lines, old: list[Line], new: list[Line]) -> Iterable[Entry]:
    before = {line.uid: line for line in old}
    after = {line.uid: line for line in new}
    columns = Columns([field for field in lines.fields if not isinstance(field, Computed)])
    empty = Line("", {})
    for uid in [*(uid for uid in before if uid not in after), *after]:
        was, now = before.get(uid, empty), after.get(uid, empty)
        old_cells, new_cells = columns.to_cells(was.values), columns.to_cells(now.values)
        action: Action = (
            "changed" if uid in before and uid in after else "created" if uid in after else "removed"
        )
        if action != "changed":
            yield Entry(action, lines=lines.name, line_uid=uid)
        for field in columns.fields:
            if old_cells[field.name] != new_cells[field.name]:
                texts = text_of(field, old_cells[field.name]), text_of(field, new_cells[field.name])
                yield Entry(action, field.name, *texts, lines=lines.name, line_uid=uid)
    moved = [uid for uid in before if uid in after] != [uid for uid in after if uid in before]
    if moved:
        yield Entry("changed", "position", lines=lines.name)
