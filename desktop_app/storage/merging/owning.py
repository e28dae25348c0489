"""Whether a sender may say what a row says (exchange.md, "Responsibility"): an office speaks for its own rows, headquarters for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop_app.core import travel
from desktop_app.core.stamps import short_id, site_of
from desktop_app.core.words import Words
from desktop_app.storage.merging.layout import BORN, SITE, Layout
from desktop_app.storage.merging.plain import From, UnfitError
from desktop_app.storage.merging.reading import Incoming

if TYPE_CHECKING:
    from desktop_app.storage.write import Writer

HEADQUARTERS = "headquarters"


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

    def refuse(self, layout: Layout, old: Sequence[Any] | None, new: Incoming, parent: str | None) -> None:
        """Raise `UnfitError` when the row can't be taken. `old`: the stored cells; `parent`: whose the stored parent is."""
        code = new.cells[SITE]
        if not self.at_headquarters:
            if code not in self.taken:
                raise _unfit("owner", f"Baris milik {code}, bukan milik kantor ini.", f"The row is {code}'s.")
            return
        if old is not None and old[SITE] != code:
            raise _unfit("taken", f"Baris ini milik {old[SITE]}.", f"This row is {old[SITE]}'s.")
        if parent is not None and parent != code:
            raise _unfit(
                "parent", f"Data induknya milik {parent}.", f"The record it belongs to is {parent}'s."
            )
        if code == self.own_code:
            self._refuse_changed_elsewhere(new)
        elif code != self.sender.site_code:
            raise _unfit(
                "owner",
                f"Baris milik {code} dikirim oleh {self.sender.site_code}.",
                f"A row of {code} was sent by {self.sender.site_code}.",
            )
        elif not layout.part.part and self._is_reviewed_by_office(layout, new):
            raise _unfit(
                "review", "Tinjauan hanya boleh diisi pusat.", "Only headquarters may write the review."
            )

    def _refuse_changed_elsewhere(self, new: Incoming) -> None:
        """Headquarters' own rows come back (it lost its disk): only as it wrote them itself."""
        written = (new.cells[BORN], *(mark.stamp for mark in new.marks.values()))
        if not all(site_of(stamp) in self.headquarters for stamp in written):
            raise _unfit(
                "head",
                "Data pusat tidak boleh diubah kantor.",
                "An office can't change headquarters' records.",
            )

    def _is_reviewed_by_office(self, layout: Layout, new: Incoming) -> bool:
        mark = new.marks.get(travel.REVIEW)
        if mark is None:
            said = any(new.cells[at] is not None for _, at in layout.groups.get(travel.REVIEW, ()))
            return said and site_of(new.cells[BORN]) not in self.headquarters
        return site_of(mark.stamp) not in self.headquarters


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
