"""Whether a sender may say what a row says (exchange.md, "Responsibility"): an office speaks for its own rows, headquarters for all.

When headquarters moves a row to another office, the former one writes on until it hears of that. What it wrote in good faith is taken:
it still speaks for the row until it has acknowledged the package that told it. The move itself is headquarters' latest word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from desktop_app.core import stamps, travel
from desktop_app.core.stamps import Mark, short_id, site_of
from desktop_app.core.words import Words
from desktop_app.storage import exchanging
from desktop_app.storage.merging import moving, noting
from desktop_app.storage.merging.layout import BORN, SITE, STAMPS, UID, Layout
from desktop_app.storage.merging.plain import From, UnfitError
from desktop_app.storage.merging.reading import Incoming
from desktop_app.storage.merging.together import Together

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

HEADQUARTERS = "headquarters"
Taken = Literal["", "passed over", "comes back"]
"""How a row is taken: as any other; not at all, and not refused either (an office hears of a row that it never had); as something that
headquarters wrote itself and has lost, which somebody has to confirm.
"""


class Owning:
    """The question for every row of one sender."""

    def __init__(self, writer: Writer, sender: From) -> None:
        site = writer.site()
        self.own_code = site.site_code
        self.at_headquarters = site.role == HEADQUARTERS
        self.sender = sender
        self.taken = {self.own_code}
        if sender.role == HEADQUARTERS:
            self.taken.add(sender.site_code)
        self.headquarters = ids_of_headquarters(writer)
        self.were: set[moving.Row] = set()
        """The rows that were the sender's and are another's by now."""
        self.untold: set[moving.Row] = set()
        """Those of them that it does not know to be another's."""
        if self.at_headquarters:
            mark, _ = exchanging.mark(writer, sender.site_id)
            self.were = moving.were(writer, sender.site_code)
            self.untold = moving.were(writer, sender.site_code, mark) if self.were else set()

    def unasked(self, layout: Layout, new: Together) -> set[str]:
        """The offices whose rows of these need not be asked about one by one, as long as they are new here and those of lines and steps
        belong to a record of the same office: what `ask` would answer, it being nobody's word but the sender's whose they are.
        """
        if not self.at_headquarters:
            return self.taken
        reviewed = [at for _, at in layout.groups.get(travel.REVIEW, ())]
        if self.untold or not new.is_empty(reviewed):
            return set()
        return {self.sender.site_code}

    def ask(self, layout: Layout, old: Sequence[Any] | None, new: Incoming, parent: str | None) -> Taken:
        """How a row is taken. `old`: the stored cells; `parent`: whose the stored parent is. Raises `UnfitError` when it can't be."""
        if not self.at_headquarters:
            return self._ask_at_office(old, new)
        code, by_head = new.cells[SITE], self._is_given_by_head(new)
        newer = by_head and (old is None or new.mark(travel.RESPONSIBLE).stamp > _responsible(old).stamp)
        forgotten = by_head and (layout.part.name, new.cells[UID]) not in self.were
        theirs = code == self.sender.site_code and (
            forgotten or code == (old[SITE] if old else code) == (parent or code)
        )
        if not (theirs or newer or self._still_speaks(layout, new, by_head=by_head)):
            if self._is_by_head(layout, old, new):
                return "comes back"
            raise self._refusal(old, code, parent)
        if not layout.part.part and self._is_reviewed_by_office(layout, old, new):
            raise _unfit(
                "review", "Tinjauan hanya boleh diisi pusat.", "Only headquarters may write the review."
            )
        return "comes back" if newer and (old is not None or code != self.sender.site_code) else ""

    def _ask_at_office(self, old: Sequence[Any] | None, new: Incoming) -> Taken:
        """Headquarters tells of a row that was this office's, or its own, that it is another's: news for whoever has that row."""
        code = new.cells[SITE]
        if code in self.taken or (old is not None and self.sender.role == HEADQUARTERS):
            return ""
        if self._is_given_by_head(new):
            return "passed over"
        raise _unfit("owner", f"Baris milik {code}, bukan milik kantor ini.", f"The row is {code}'s.")

    def _refusal(self, old: Sequence[Any] | None, code: str, parent: str | None) -> UnfitError:
        if old is not None and old[SITE] != code:
            return _unfit("taken", f"Baris ini milik {old[SITE]}.", f"This row is {old[SITE]}'s.")
        if parent is not None and parent != code:
            return _unfit(
                "parent", f"Data induknya milik {parent}.", f"The record it belongs to is {parent}'s."
            )
        if code == self.own_code:
            return _unfit(
                "head",
                "Data pusat tidak boleh diubah kantor.",
                "An office can't change headquarters' records.",
            )
        return _unfit(
            "owner",
            f"Baris milik {code} dikirim oleh {self.sender.site_code}.",
            f"A row of {code} was sent by {self.sender.site_code}.",
        )

    def _is_given_by_head(self, new: Incoming) -> bool:
        """Whether it was headquarters that named the office in this row."""
        mark = new.marks.get(travel.RESPONSIBLE)
        return mark is not None and site_of(mark.stamp) in self.headquarters

    def _still_speaks(self, layout: Layout, new: Incoming, *, by_head: bool) -> bool:
        """Whether the row was the sender's and it has not heard that it is not: the row, its record, or what it tells of. It names itself
        or whom headquarters named; a conflict it has found takes the office of its record.
        """
        if not self.untold:
            return False
        named = by_head or new.cells[SITE] == self.sender.site_code or layout.part.kind.name == noting.KIND
        row = (layout.part.name, new.cells[UID])
        return named and (row in self.untold or self.about(layout, new) in self.untold)

    @staticmethod
    def about(layout: Layout, new: Incoming) -> moving.Row:
        """The row that a line, step, photo or conflict goes with."""
        kind = layout.part.kind.name
        if layout.parent is not None:
            return kind, new.cells[layout.parent]
        if kind not in moving.BESIDE:
            return kind, new.cells[UID]
        names = [new.cells[layout.at[name]] for name in ("record_kind", "part") if name in layout.at]
        return ".".join(name for name in names if name), new.cells[layout.at["record_uid"]]

    def _is_by_head(self, layout: Layout, old: Sequence[Any] | None, new: Incoming) -> bool:
        """Whether everything in a row that is news here was written by headquarters itself (it lost its disk)."""
        marks = stamps.read(old[STAMPS]) if old else {}
        for group in {*layout.groups, *new.marks} - new.silent:
            mark = new.mark(group)
            if site_of(mark.stamp) in self.headquarters:
                continue
            if old is None:
                return False
            kept = marks.get(group, Mark(old[BORN])).stamp
            members = layout.groups.get(group, ())
            if mark.stamp > kept or (
                mark.stamp == kept and any(old[at] != new.cells[at] for _, at in members)
            ):
                return False
        return True

    def _is_reviewed_by_office(self, layout: Layout, old: Sequence[Any] | None, new: Incoming) -> bool:
        """Whether an office says in a row what only headquarters may say, or takes back what headquarters said.

        The mark of an empty review is no word of anybody: a row has one that was made in 2099 on a computer and on its copy, and given
        new stamps on each.
        """
        members = [at for _, at in layout.groups.get(travel.REVIEW, ())]
        mark = new.mark(travel.REVIEW)
        if travel.REVIEW in new.silent or site_of(mark.stamp) in self.headquarters:
            return False
        if any(new.cells[at] is not None for at in members):
            return True
        if old is None:
            return False
        kept = stamps.read(old[STAMPS]).get(travel.REVIEW, Mark(old[BORN]))
        return mark.stamp > kept.stamp and any(old[at] is not None for at in members)


def _responsible(cells: Sequence[Any]) -> Mark:
    """The mark of a stored row's office."""
    return stamps.read(cells[STAMPS]).get(travel.RESPONSIBLE, Mark(cells[BORN]))


def ids_of_headquarters(writer: Writer) -> set[str]:
    """The short ids that headquarters writes or once wrote under, those included that it learned of from others after it was restored."""
    peer = writer.tables.peer
    known = set(
        writer.connection.execute(sa.select(peer.c.site_id).where(peer.c.role == HEADQUARTERS)).scalars()
    )
    if writer.site().role == HEADQUARTERS:
        known.update((writer.site_row.site_id, *writer.site_row.former))
    return {short_id(one) for one in known}


def _unfit(reason: str, indonesian: str, english: str) -> UnfitError:
    return UnfitError(reason, Words(indonesian, english))
