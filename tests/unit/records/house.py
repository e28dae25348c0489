"""A small house of records in memory: what rules may ask (`Lookup`), and a few words to fill it and to question it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop_app.core.computing import compute
from desktop_app.core.fields import Value
from desktop_app.core.record import Line, Record, Setting, View
from desktop_app.core.rules import Finding, findings, guard
from desktop_app.core.settings import Settings
from desktop_app.core.spec import Kind

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
"""Sunday 22 November 2026, 10.00 in Lampung."""

Lines = Mapping[str, Iterable[Mapping[str, Value]]]


class House:
    """Records by uid, answering like the store does: `find` only by `status` and by fields declared indexed or unique."""

    def __init__(self, kinds: Iterable[Kind], settings: Settings | None = None) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.records: dict[str, Record] = {}
        self.settings = settings or Settings(site_code="18.72.04")

    def __getitem__(self, name: str) -> Kind:
        return self.kinds[name]

    def get(self, kind: str, uid: str) -> Record | None:
        found = self.records.get(uid)
        return found if found is not None and found.kind == kind else None

    def find(self, kind: str, **equal: Value) -> Sequence[Record]:
        for name in equal:
            if name != "status":
                field = self.kinds[kind].by_name[name]
                assert field.indexed or field.unique, (
                    f"{kind}.{name} is not declared indexed: no store could find by it"
                )
        return [
            record
            for record in self.records.values()
            if record.kind == kind
            and record.removed_at is None
            and all(
                (record.status if name == "status" else record.values.get(name)) == value
                for name, value in equal.items()
            )
        ][:1000]

    def title(self, kind: str, uid: str) -> str:
        found = self.get(kind, uid)
        if found is None:
            return uid[:8]
        return ", ".join(
            str(found.values.get(name)) for name in self.kinds[kind].title if found.values.get(name)
        )

    def where(self) -> Setting:
        """The setting in which this house is looked at."""
        return Setting(NOW, self, self.settings, self, "Sri Wahyuni")

    def make(
        self,
        kind: str,
        uid: str,
        values: Mapping[str, Value],
        lines: Lines | None = None,
        status: str | None = None,
    ) -> Record:
        """A record that is not (yet) in the house: defaults of the form, then these values, derived figures computed."""
        declared = self.kinds[kind]
        cycle = declared.life_cycle
        record = Record(kind, uid, status=status or (cycle.start if cycle else None))
        view = View(declared, record, self.where())
        for field in declared.stored_fields:
            default: Any = field.default(view) if callable(field.default) else field.default
            record.values[field.name] = default
        record.values.update(values)
        for name, rows in (lines or {}).items():
            record.lines[name] = [Line(f"{uid}-{name}-{n}", dict(row)) for n, row in enumerate(rows)]
        compute(view)
        return record

    def put(
        self,
        kind: str,
        uid: str,
        values: Mapping[str, Value],
        lines: Lines | None = None,
        status: str | None = None,
    ) -> Record:
        """A record that stands in the house."""
        record = self.records[uid] = self.make(kind, uid, values, lines, status)
        record.version = 1
        return record

    def view(self, record: Record) -> View:
        """The record as declarations read it."""
        return View(self.kinds[record.kind], record, self.where())

    def findings(self, record: Record) -> list[Finding]:
        """What the form would say."""
        return findings(self.view(record))

    def said(self, record: Record, severity: str = "") -> list[str]:
        """`field: what the form says in English`, errors first."""
        return [
            f"{one.field}: {one.words.en}" for one in self.findings(record) if severity in ("", one.severity)
        ]

    def refuses(self, record: Record, move: str) -> list[str]:
        """What stands in the way of a move, in English."""
        cycle = self.kinds[record.kind].life_cycle
        step = cycle.move(move) if cycle else None
        assert step is not None, move
        return [one.words.en for one in guard(self.view(record), step)]
