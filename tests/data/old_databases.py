"""Databases as older programs left them, so that every upgrade to come is tried on real records of every kind.

`python -m tests.data.old_databases` writes `schema-<step>.sql` of the step that the program stands at: about a hundred made-up
records as SQL text, without what is derived. Run it when a step is finished, and never again for that step once it was released.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from desktop_app import bootstrap, place
from desktop_app.services import demo, start
from desktop_app.storage.backends import sqlite
from desktop_app.storage.derived import OURS
from desktop_app.storage.glance import FILE
from desktop_app.storage.upkeep import revision

FOLDER = Path(__file__).parent
RECORDS = 100


def dump(file: Path) -> str:
    """A database as SQL text, without search indexes, list indexes and the note of what they were made from."""
    bare = file.with_name("bare.db")
    with closing(sqlite.open_raw(file, writes=True)) as raw:
        for kind, name in raw.execute("SELECT type, name FROM sqlite_master").fetchall():
            if kind == "index" and name.startswith(OURS):
                raw.execute(f'DROP INDEX "{name}"')
            elif kind == "table" and name.endswith("_search"):
                raw.execute(f'DROP TABLE "{name}"')
        raw.execute("DELETE FROM derived")
        raw.execute("VACUUM INTO ?", (str(bare),))
    with closing(sqlite3.connect(bare)) as database:
        return "\n".join(database.iterdump()) + "\n"


def restore(text: str, file: Path) -> None:
    """Make the database that `dump` wrote down."""
    with closing(sqlite3.connect(file)) as database:
        database.executescript(text)


def main() -> None:
    """Write the database of the present step."""
    with tempfile.TemporaryDirectory(prefix="pelita-old-") as folder:
        with closing(bootstrap.open_context(Path(folder))) as ctx:
            start.init(ctx, "18.72.04", "office", "UPT Metro Timur")
            demo.fill(ctx, RECORDS)
        written = FOLDER / f"schema-{revision.steps(place.migrations())[-1]}.sql"
        written.write_text(dump(Path(folder) / FILE), "utf-8")
    sys.stdout.write(f"{written}\n")


if __name__ == "__main__":
    main()
