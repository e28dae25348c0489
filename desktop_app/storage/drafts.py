"""Drafts: what is being typed, kept within a second, in a file of its own so that a long write to the data never holds a keystroke."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.storage import failures
from desktop_app.storage.backends import sqlite
from desktop_app.storage.columns import from_moment, moment
from desktop_app.storage.glance import DRAFTS as FILE


class KeptDraft(NamedTuple):
    """A draft as it was kept: `uid` is that of the record that it will become, `state` what `Draft.state` gave."""

    key: str
    kind: str
    uid: str
    state: dict[str, Any]
    at: dt.datetime


class DraftStore:
    """The drafts of one data folder. Safe to call from any thread; each call is durable when it returns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        with failures.explained(folder):
            self._raw = sqlite.open_raw(folder / FILE, writes=True)
            self._raw.execute(
                "CREATE TABLE IF NOT EXISTS draft"
                " (key TEXT PRIMARY KEY, kind TEXT NOT NULL, uid TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL)"
            )
            self._raw.execute(
                "CREATE TABLE IF NOT EXISTS pin"
                " (person TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (person, kind))"
            )
            self._raw.execute(
                "CREATE TABLE IF NOT EXISTS view"
                " (person TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (person, kind))"
            )

    def put(self, key: str, kind: str, uid: str, state: dict[str, Any], at: dt.datetime) -> None:
        """Keep a draft, in place of what was kept under this key."""
        text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        self._do("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", (key, kind, uid, text, moment(at)))

    def drop(self, key: str) -> None:
        """Forget a draft: it was saved, or thrown away on purpose."""
        self._do("DELETE FROM draft WHERE key = ?", (key,))

    def all(self) -> list[KeptDraft]:
        """The drafts that are kept, newest first."""
        with self._lock, failures.explained(self._folder):
            rows = self._raw.execute(
                "SELECT key, kind, uid, state, at FROM draft ORDER BY at DESC, rowid DESC"
            ).fetchall()
        return [
            KeptDraft(key, kind, uid, json.loads(state), _moment(at)) for key, kind, uid, state, at in rows
        ]

    def pins(self, person: str, kind: str) -> dict[str, str]:
        """What this person keeps for the next records of a kind: canonical texts by field."""
        with self._lock, failures.explained(self._folder):
            row = self._raw.execute(
                "SELECT state FROM pin WHERE person = ? AND kind = ?", (person, kind)
            ).fetchone()
        return json.loads(row[0]) if row else {}

    def put_pins(self, person: str, kind: str, texts: dict[str, str]) -> None:
        """Keep these, in place of those before; none leaves nothing behind."""
        if texts:
            state = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
            self._do("INSERT OR REPLACE INTO pin VALUES (?, ?, ?)", (person, kind, state))
        else:
            self._do("DELETE FROM pin WHERE person = ? AND kind = ?", (person, kind))

    def views(self, person: str, kind: str) -> dict[str, Any]:
        """How this person wants to see the list of a kind again: what was kept, by name."""
        with self._lock, failures.explained(self._folder):
            row = self._raw.execute(
                "SELECT state FROM view WHERE person = ? AND kind = ?", (person, kind)
            ).fetchone()
        return json.loads(row[0]) if row else {}

    def put_views(self, person: str, kind: str, views: dict[str, Any]) -> None:
        """Keep these, in place of those before."""
        state = json.dumps(views, ensure_ascii=False, separators=(",", ":"))
        self._do("INSERT OR REPLACE INTO view VALUES (?, ?, ?)", (person, kind, state))

    def _do(self, sql: str, values: tuple[str, ...]) -> None:
        with self._lock, failures.explained(self._folder):
            self._raw.execute(sql, values)  # no transaction is open: the driver commits it by itself

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._raw.close()


def _moment(text: str) -> dt.datetime:
    at = from_moment(text)
    if at is None:
        raise ValueError("a draft has no time")
    return at
