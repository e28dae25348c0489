"""Everything that a use case needs, made once by `bootstrap` and handed to every service."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.declared import declared
from desktop_app.core.errors import UsageError
from desktop_app.core.fields import Value
from desktop_app.core.record import Lookup, Record, Setting
from desktop_app.core.settings import Settings
from desktop_app.core.spec import Kind, Registry
from desktop_app.core.words import Words
from desktop_app.services.opening import Opening

if TYPE_CHECKING:
    from desktop_app.storage.drafts import DraftStore
    from desktop_app.storage.store import Store


def log_file(place: Path) -> Path:
    """The log of a data folder."""
    return place / "log" / "pelita.log"


def utc_now() -> dt.datetime:
    """The present moment, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass
class AppContext:
    """One data folder, opened. `settings` and `person` change while the program runs; the rest does not.

    `practice`: nothing here is real (see `services.practice`). `let_go`: called last when it is closed.
    `news`: what happened at this opening that somebody should know (see `services.going_back`).
    """

    place: Path
    registry: Registry
    store: Store
    drafts: DraftStore
    settings: Settings = field(default_factory=Settings)
    person: str = ""
    practice: bool = False
    let_go: Callable[[], object] = bool
    news: Words | None = None
    clock: Callable[[], dt.datetime] = utc_now

    def where(self, lookup: Lookup | None = None) -> Setting:
        """The setting in which records are looked at. Without a lookup every question is asked with a reader of its own."""
        return Setting(
            self.clock(), self.registry, self.settings, lookup or EachTime(self.store), self.person
        )

    def kind(self, name: str) -> Kind:
        """The kind with this name; `UsageError` when there is none."""
        if name not in self.registry:
            raise UsageError(Words(f"Jenis data '{name}' tidak ada.", f"There is no record kind '{name}'."))
        return self.registry[name]

    def settle(self) -> None:
        """Open store and drafts, if nobody has begun to, and wait until they are; from then on they are used directly. Raises what opening them raised."""
        for part in (self.store, self.drafts):
            if isinstance(part, Opening):
                part.start()
        if isinstance(self.store, Opening):
            self.store = self.store.opened()
            self.store.settings = self.settings
        if isinstance(self.drafts, Opening):
            self.drafts = self.drafts.opened()

    def close(self) -> None:
        """Let go of the data folder."""
        self.drafts.close()
        self.store.close()
        self.let_go()


@declared
class EachTime:
    """A lookup that opens a reader for every question: from any thread, for as long as a form is open."""

    store: Store

    def get(self, kind: str, uid: str) -> Record | None:
        """See `Lookup.get`."""
        with self.store.reading() as reader:
            return reader.get(kind, uid)

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        """See `Lookup.find`."""
        with self.store.reading() as reader:
            return reader.find(kind, **equal)

    def title(self, kind: str, uid: str) -> str:
        """See `Lookup.title`."""
        with self.store.reading() as reader:
            return reader.title(kind, uid)
