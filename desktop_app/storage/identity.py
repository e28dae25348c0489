"""Which installation this is: its site id, its clock and its counter of changes, kept in the database and in a small file beside it.

The file lies outside the database so that a database which was copied or put back from a backup by hand is recognised: the file is
then ahead of it, or names another machine (exchange.md, `reid`). It is rewritten after each save without waiting for the disk: after a
power cut it may be behind, never ahead of what is durable.
"""

from __future__ import annotations

import json
import sys
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import sqlalchemy as sa

from desktop_app.core.stamps import Clock, new_uid, short_id
from desktop_app.storage import backends
from desktop_app.storage.tables import Tables

FILE = "identity.json"
_LENGTH = 256


@dataclass(slots=True)
class Identity:
    """The site's row in the database while a writer works on it."""

    site_id: str
    clock: Clock
    change_no: int
    former: tuple[str, ...] = ()

    def stamp(self, now_ms: int) -> str:
        """The stamp of one more local write."""
        self.clock = self.clock.tick(now_ms)
        return self.clock.stamp

    def next_change(self) -> int:
        """The next number of a changed row."""
        self.change_no += 1
        return self.change_no

    def next_changes(self, count: int) -> range:
        """The next numbers of so many changed rows."""
        first = self.change_no + 1
        self.change_no += count
        return range(first, first + count)

    def renewed(self) -> Identity:
        """Under a new site id; clock and counter go on, the old id stays among the former ones."""
        site_id = new_uid()
        clock = Clock.at(self.clock.stamp, short_id(site_id))
        return Identity(site_id, clock, self.change_no, (*self.former, self.site_id))


def first() -> Identity:
    """A new installation."""
    site_id = new_uid()
    return Identity(site_id, Clock(short_id(site_id)), 0)


def load(connection: sa.Connection) -> Identity:
    """The site's identity as it is stored."""
    row = connection.exec_driver_sql("SELECT site_id, clock, change_no, former FROM site").one()
    return Identity(
        row.site_id, Clock.at(row.clock, short_id(row.site_id)), row.change_no, tuple(row.former.split())
    )


def save(connection: sa.Connection, identity: Identity) -> None:
    """Store it in the transaction that used it; the site's one row."""
    backends.of(connection).update("site", _cells(identity))


def enter(connection: sa.Connection, identity: Identity) -> None:
    """Store the identity of a new installation."""
    backends.of(connection).insert("site", [_cells(identity)])


def _cells(identity: Identity) -> dict[str, str | int]:
    return {
        "site_id": identity.site_id,
        "clock": identity.clock.stamp,
        "change_no": identity.change_no,
        "former": " ".join(identity.former),
    }


def forget_peers(connection: sa.Connection, tables: Tables) -> None:
    """Under a new site id nobody is known to have anything: every row is sent anew."""
    for table in (*tables.main.values(), *tables.lines.values(), *tables.moves.values()):
        connection.execute(sa.update(table).where(table.c.known_to.is_not(None)).values(known_to=None))


@cache
def machine() -> str:
    """A name for this computer that stays the same (hashed); empty when it can't be told, and then it proves nothing."""
    told = _installation()
    return uuid.uuid5(uuid.NAMESPACE_OID, told).hex[:16] if told else ""


if sys.platform == "win32":
    import winreg

    def _installation() -> str:
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""

else:

    def _installation() -> str:
        try:
            return Path("/etc/machine-id").read_text("ascii").strip()
        except OSError:
            return ""


def keep(folder: Path, identity: Identity) -> None:
    """Write the small file beside the database."""
    _write(folder, {"site_id": identity.site_id, "change_no": identity.change_no, "machine": machine()})


def ask_for_new(folder: Path) -> None:
    """Note, before a backup is put in place, that the database in this folder is to take a new site id when it is opened."""
    _write(folder, {"site_id": "", "change_no": 0, "machine": machine()})


def _write(folder: Path, content: dict[str, str | int]) -> None:
    """In place and always of the same length: a file that is cut off or grows makes the next wait for the disk many times longer."""
    file = folder / FILE
    with file.open("r+b" if file.exists() else "wb") as out:
        out.write(json.dumps(content).ljust(_LENGTH).encode())


def origin(folder: Path, identity: Identity) -> Literal["here", "backup", "elsewhere"]:
    """What the small file tells of this database: that it went on here, was put back from a backup, or is another computer's copy.

    No file or an unreadable one tells nothing.
    """
    try:
        kept = json.loads((folder / FILE).read_text("utf-8"))
        site_id, change_no, on = kept["site_id"], int(kept["change_no"]), kept["machine"]
    except (OSError, ValueError, KeyError, TypeError):
        return "here"
    moved = bool(on and machine()) and on != machine()
    unknown = site_id not in ("", identity.site_id, *identity.former)
    if moved or unknown:
        return "elsewhere"
    ahead = site_id == identity.site_id and change_no > identity.change_no
    return "backup" if ahead or not site_id else "here"
