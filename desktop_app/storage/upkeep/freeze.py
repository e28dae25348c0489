"""For developers: write the migration that brings the database to what the kinds declare now.

`python -m desktop_app.storage.upkeep.freeze "why"` builds a database by the migrations there are, compares it with the declarations and
writes the next step into `migrations/versions`: new tables and new columns. Anything else (a renamed field, a changed type) is
written by hand. Nothing is written when nothing is missing.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa

from desktop_app import place
from desktop_app.core.spec import Registry
from desktop_app.storage.backends import sqlite
from desktop_app.storage.tables import Tables
from desktop_app.storage.upkeep import migrate, revision

_WIDTH = 118


def word(column: sa.Column[object]) -> str:
    """A column in the notation of `migrations/env.py`."""
    if column.primary_key and column.name == "pk":
        return "pk"
    kind = "" if isinstance(column.type, sa.Text) else "~" if isinstance(column.type, sa.LargeBinary) else "#"
    return f"{column.name}{kind}{'' if column.nullable else '!'}{'=' if column.unique else ''}"


def missing(
    registry: Registry, file: Path
) -> tuple[dict[str, list[str]], dict[str, list[str]], list[sa.Index]]:
    """What the declarations have and the database has not: whole tables, columns of tables that are there, and indexes."""
    raw = sqlite.open_raw(file)
    have = {
        name: {row[1] for row in raw.execute(f'PRAGMA table_info("{name}")')}
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    indexes = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    raw.close()
    tables = Tables(registry).metadata.sorted_tables
    whole = {
        table.name: [word(column) for column in table.columns] for table in tables if table.name not in have
    }
    columns = {
        table.name: words
        for table in tables
        if table.name in have
        and (words := [word(column) for column in table.columns if column.name not in have[table.name]])
    }
    new_indexes = [index for table in tables for index in table.indexes if index.name not in indexes]
    return whole, columns, sorted(new_indexes, key=lambda index: str(index.name))


def step(registry: Registry, versions: Path, why: str, file: Path) -> Path | None:
    """Write the next migration beside the others; None when nothing is missing in the database `file` that they built."""
    whole, columns, indexes = missing(registry, file)
    if not (whole or columns or indexes):
        return None
    known = revision.steps(versions.parent)
    number = f"{len(known) + 1:04d}"
    written = versions / f"{number}_{re.sub('[^a-z0-9]+', '_', why.lower()).strip('_')}.py"
    parts = [
        f'"""{why}."""\n\nfrom alembic import op\n',
        f'revision = "{number}"\ndown_revision = {repr(known[-1]) if known else None}\n'.replace("'", '"'),
        _block("TABLES", whole),
        _block("FIELDS", columns),
        _indexes(indexes),
        _upgrade(whole, columns, indexes, first=not known),
    ]
    written.write_text("\n".join(part for part in parts if part), "utf-8")
    return written


def _block(name: str, tables: dict[str, list[str]]) -> str:
    if not tables:
        return ""
    body = "".join(f'    "{table}": """{_folded(words)}""",\n' for table, words in tables.items())
    return f"{name} = {{\n{body}}}\n"


def _folded(words: list[str]) -> str:
    lines = [""]
    for one in words:
        if len(lines[-1]) + len(one) > _WIDTH - 8:
            lines.append("")
        lines[-1] += f" {one}"
    return "\n       ".join(line for line in lines).strip()


def _indexes(indexes: list[sa.Index]) -> str:
    if not indexes:
        return ""
    rows = "".join(
        f'    ("{index.name}", "{index.table.name}", {[c.name for c in index.columns]}),\n'.replace("'", '"')
        for index in indexes
        if index.table is not None
    )
    return f"INDEXES = [\n{rows}]\n"


def _upgrade(whole: object, columns: object, indexes: object, *, first: bool) -> str:
    lines = ["\ndef upgrade() -> None:"]
    if whole:
        lines.append("    op.make_tables(TABLES)")
    if columns:
        lines.append("    op.add_fields(FIELDS)")
    if indexes:
        lines += ["    for name, table, columns in INDEXES:", "        op.create_index(name, table, columns)"]
    if first:
        lines.append('    op.append_only("journal")')
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the next step for the program's own kinds."""
    from desktop_app.records.registry import REGISTRY  # noqa: PLC0415  (the tests freeze kinds of their own)

    why = " ".join(sys.argv[1:]) or "What the kinds declare"
    with tempfile.TemporaryDirectory(prefix="pelita-freeze-") as folder:
        file = Path(folder) / "scratch.db"
        migrate.bring_up_to_date(file)
        written = step(REGISTRY, place.migrations() / "versions", why, file)
    sys.stdout.write(f"{written or 'nothing is missing'}\n")


if __name__ == "__main__":
    main()
