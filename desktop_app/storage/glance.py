"""The first rows of a list by the driver alone, before SQLAlchemy is loaded: what the window shows in its first moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from sqlcipher3 import dbapi2

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.spec import Kind, Registry
from desktop_app.storage.columns import HEADQUARTERS_PEERS, SYSTEM, Columns, delivery_of, row_of
from desktop_app.storage.naming import Named, title_of
from desktop_app.storage.plain import Row

FILE, DRAFTS = "pelita.db", "drafts.db"
_LOOK_AT = 5_000  # as far as the open records are looked for in the order of the whole list
_PLAIN = f.Text | f.Integer | f.Decimal | f.Money | f.Date | f.Time | f.Timestamp | f.YesNo


class Glance:
    """A quick look into a data folder. Whatever is not simple (another revision, an order by names) it leaves to the real reader."""

    def __init__(self, folder: Path, registry: Registry, person: str = "") -> None:
        self._registry = registry
        self._person = person
        self._folder = folder
        self._raw: Any = None

    def __enter__(self) -> Self:
        """Open the database for reading, if there is one."""
        self._raw = _opened(self._folder / FILE)
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        if self._raw is not None:
            self._raw.close()

    def settings(self) -> dict[str, str]:
        """The settings by name, as `Reader.settings` gives them; none of an older database."""
        return dict(self._rows("SELECT name, value FROM setting"))

    def people(self) -> list[str]:
        """The names of the people who use this computer."""
        return [name for (name,) in self._rows("SELECT name FROM person ORDER BY name")]

    def drafts(self, kind: str) -> set[str]:
        """The uids of the records of a kind that have a draft."""
        raw = _opened(self._folder / DRAFTS)
        if raw is None:
            return set()
        with closing(raw):
            try:
                return {uid for (uid,) in raw.execute("SELECT uid FROM draft WHERE kind = ?", (kind,))}
            except dbapi2.DatabaseError:  # whoever opens it in the ordinary way tells what is the matter
                return set()

    def _rows(self, sql: str, *given: object) -> list[Any]:
        """What is found; nothing in an older database: it is upgraded first, then read in the ordinary way."""
        try:
            return [] if self._raw is None else list(self._raw.execute(sql, given).fetchall())
        except dbapi2.DatabaseError:
            return []

    def first(
        self,
        kind: Kind,
        limit: int,
        fields: Sequence[str] | None = None,
        *,
        sort: str = "",
        open_only: bool = False,
    ) -> list[Row]:
        """The rows that `Reader.first` gives for the whole (or the open) list; none when that can't be told at a glance."""
        order = _order(kind, sort or kind.sort)
        if self._raw is None or not order:
            return []
        columns = Columns(kind.table_fields if fields is None else [kind.by_name[name] for name in fields])
        names = ", ".join(f'"{name}"' for name in ("pk", *SYSTEM, *columns.names))
        delivery = delivery_of(self.settings(), self._rows(HEADQUARTERS_PEERS))
        own = [delivery.site_code] if delivery and delivery.site_code and open_only else []
        states = kind.life_cycle.states if kind.life_cycle and open_only else ()
        opened = [state.code for state in states if state.open]
        everything = f"{_whole(kind)} ORDER BY {order} LIMIT ?"
        found: list[Any] = []
        for source in _open_ones(kind, order, len(opened), own=bool(own)) if open_only else (everything,):
            found = self._rows(f"SELECT {names} FROM {source}", *opened, *own, limit)
            if len(found) == limit:
                break
        return [row_of(row, columns, self._person, delivery) for row in found]

    def titles(self, kind: str, uids: Iterable[str]) -> dict[str, str]:
        """What people call these records (see `Reader.titles`)."""
        declared, wanted = self._registry[kind], list(dict.fromkeys(uids))
        columns = Columns([declared.by_name[name] for name in declared.title])
        names = ", ".join(f'"{name}"' for name in ("uid", *columns.names))
        sql = f'SELECT {names} FROM "{kind}" WHERE uid IN ({", ".join("?" * len(wanted))})'
        found = {uid: uid[:8] for uid in wanted}
        for uid, *cells in self._raw.execute(sql, wanted) if self._raw is not None else ():
            given = columns.to_values(cells)
            found[uid] = title_of(declared, given, uid, self._referred(columns, given))
        return found

    def _referred(self, columns: Columns, given: dict[str, f.Value]) -> Named:
        names: dict[tuple[str, str], str] = {}
        for field in columns.fields:
            like, uid = values.leaf(field), given.get(field.name)
            if isinstance(like, f.Reference) and uid is not None:
                names[like.kind, str(uid)] = self.titles(like.kind, [str(uid)])[str(uid)]
        return Named(names)


def _opened(file: Path) -> Any:
    """A connection that can only read, if the file is there."""
    return (
        dbapi2.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        if file.exists()
        else None
    )


def _whole(kind: Kind) -> str:
    return f'"{kind.name}" WHERE removed_at IS NULL'


def _open_ones(kind: Kind, order: str, states: int, *, own: bool) -> tuple[str, str]:
    """Open records in order (at an office its own): those among the first of the whole list (see `Selecting.glimpse`), then all of them.

    To sort all open records of a long list takes a second; its beginning comes from an index.
    """
    is_open = f"status IN ({', '.join('?' * states)})" + (" AND site_code || '' = ?" if own else "")
    begin = f"SELECT pk, status, site_code FROM {_whole(kind)} ORDER BY {order} LIMIT {_LOOK_AT}"
    first = f"SELECT pk FROM ({begin}) WHERE {is_open} LIMIT ?"
    return (
        f'"{kind.name}" WHERE pk IN ({first}) ORDER BY {order}',
        f"{_whole(kind)} AND {is_open} ORDER BY {order} LIMIT ?",
    )


def _order(kind: Kind, sort: str) -> str:
    """An order of the list as SQL; empty when it needs other tables or a code list."""
    name, down = sort.lstrip("-"), " DESC" if sort.startswith("-") else ""
    field = kind.by_name.get(name)
    like = values.leaf(field) if field else None
    if name not in ("record_no", "entry_at", "updated_at") and not isinstance(like, _PLAIN):
        return ""
    by_name = " COLLATE NOCASE" if isinstance(like, f.Text) or name == "record_no" else ""
    return f'"{name}"{by_name}{down} NULLS LAST, pk{down}'
