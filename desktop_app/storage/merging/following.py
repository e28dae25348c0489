"""After merging at headquarters: what belongs to a record is the office's that is responsible for the record (docs/exchange.md, "Moving").

An office that had not heard that a record was moved away goes on adding lines, steps and photos to it. They are merged, and then put under
the record's office. And where headquarters has learned of a move that it had forgotten (it was put back to an old state), the office
before is to hear of it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from desktop_app.core.travel import Part, part_named
from desktop_app.storage.merging import due, moving
from desktop_app.storage.merging.layout import SITE, UID, Cells, Layout

if TYPE_CHECKING:
    from desktop_app.storage.merging.owning import Owning
    from desktop_app.storage.merging.reading import Incoming
    from desktop_app.storage.merging.tables import Parent, Stored
    from desktop_app.storage.write import Writer


class Following:
    """Collects what a merge brought of records that were moved; `run` puts it in order."""

    def __init__(self, writer: Writer, owning: Owning) -> None:
        self.writer = writer
        self.owning = owning
        self._records: dict[str, dict[str, None]] = defaultdict(dict)
        self._rows: dict[moving.Row, None] = {}
        self._before: dict[Part, list[tuple[str, str, str]]] = defaultdict(list)

    def taken(
        self, layout: Layout, old: Stored | None, new: Incoming, now: Cells, parent: Parent | None
    ) -> None:
        """A row was merged and is stored as `now`; `parent`: the record of a line or step."""
        part, uid, code = layout.part, now[UID], now[SITE]
        before = old.cells[SITE] if old is not None else code
        if before != code:
            self._before[part].append((uid, before, code))
            self._records[part.kind.name][now[layout.parent] if layout.parent is not None else uid] = None
        elif self._was_forgotten(layout, new, code):
            self._before[part].append((uid, self.owning.sender.site_code, code))
        if parent is not None and parent.site_code != code:
            self._records[part.kind.name][now[layout.parent or 0]] = None
        if self.owning.untold and part.kind.name in moving.BESIDE:
            about = self.owning.about(layout, new)
            if about in self.owning.untold:
                self._rows[about] = None

    def _was_forgotten(self, layout: Layout, new: Incoming, code: str) -> bool:
        """Whether the sender takes itself for the office of the row, and nobody here knew that it ever was."""
        claimed = new.cells[SITE]
        row = (layout.part.name, new.cells[UID])
        return (
            claimed not in (code, "")
            and claimed == self.owning.sender.site_code
            and row not in self.owning.were
        )

    def run(self) -> None:
        """Tell those who don't know, and put the office of each record over what belongs to it."""
        writer = self.writer
        for part, rows in self._before.items():
            numbered = []
            for uid, before, now in rows:
                due.renumber(writer, part, uid)
                numbered.append((uid, before, now, writer.site_row.change_no))
            moving.note(writer, part, numbered)
        for name, uid in self._rows:
            about = part_named(writer.registry, name)
            record = moving.record_of(writer, about, uid) if about is not None else None
            if about is not None and record is not None:
                self._records[about.kind.name][record] = None
        for kind, uids in self._records.items():
            moving.follow(writer, writer.registry[kind], uids)
