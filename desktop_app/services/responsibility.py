"""Which office is responsible for a record, and how headquarters changes that. Source: exchange.md, "Responsibility".

The new office gets the record with its next package from headquarters; the former one is told once and only reads it from then on.
What headquarters makes its own (adopts) goes to all offices as reference data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.searchtext import normalise, query_terms
from desktop_app.core.words import Words
from desktop_app.services import roles, start
from desktop_app.services.context import AppContext

if TYPE_CHECKING:
    from desktop_app.core.spec import Kind
    from desktop_app.storage.read import Reader

_MOVING = Words("memindahkan tanggung jawab", "make another office responsible")
_DOING = Words("Memindahkan tanggung jawab", "Moving records to another office")
_HEAD = Words("Pusat", "Headquarters")
_LEVELS = {
    "district": Words("Kecamatan {name}", "District {name}"),
    "village": Words("Kelurahan {name}", "Village {name}"),
}
_AT_ONCE = 200
_LONGEST_REASON = 500


@dataclass(frozen=True)
class Given:
    """What was moved to which office: how many records, and how many were its own before."""

    site_code: str
    name: Words
    moved: int
    already: int

    @property
    def words(self) -> Words:
        """It in one sentence."""
        told = Words(
            f"{self.moved} catatan dipindahkan ke {self.name.id}.",
            f"{self.moved} records moved to {self.name.en}.",
        )
        if not self.already:
            return told
        return Words(
            f"{told.id} {self.already} memang sudah tanggung jawabnya.",
            f"{told.en} {self.already} were its own already.",
        )


@dataclass(frozen=True)
class Responsible:
    """An office that records can be moved to: its code, what it is called, and the district that it lies in ("" for a district)."""

    site_code: str
    name: Words
    within: str


def offices(ctx: AppContext, text: str = "") -> list[Responsible]:
    """Headquarters, and the districts and villages of the city whose name or code begins like this."""
    terms, typed = query_terms(text), text.strip()
    with ctx.store.reading() as reader:
        found = list(_places(ctx, reader))
    return [
        one
        for one in found
        if one.site_code.startswith(typed)
        or all(term in normalise(f"{one.name.id} {one.name.en}") for term in terms)
    ]


def headquarters(ctx: AppContext) -> Responsible:
    """Headquarters as an office that records can be moved to."""
    return Responsible(ctx.settings.site_code, _HEAD, "")


def _places(ctx: AppContext, reader: Reader) -> Iterable[Responsible]:
    own = ctx.settings.site_code
    yield headquarters(ctx)
    regions = [record for level in _LEVELS for record in reader.find("region", level=level)]
    names = {record.uid: str(record.values.get("name") or "") for record in regions}
    for record in sorted(regions, key=lambda one: one.uid):
        if record.uid.startswith(f"{own}."):
            named = _LEVELS[str(record.values["level"])].filled(name=names[record.uid])
            yield Responsible(record.uid, named, names.get(record.uid.rpartition(".")[0], ""))


def may_move(kind: Kind) -> bool:
    """Whether records of this kind have an office of their own: photos and conflicts go with theirs, regions are headquarters'."""
    return kind.owner != "reference" and kind.own_page


def give(
    ctx: AppContext,
    kind: str,
    uids: Sequence[str],
    to: str,
    reason: str = "",
    progress: Progress | None = None,
) -> Given:
    """Make the office with the code `to` responsible for these records, with their lines, steps and photos; all of them or none.

    Raises `KnownError` elsewhere than at headquarters, for a code that is no office of the city, for a kind whose records have no
    office of their own and for a record that is not here.
    """
    roles.refuse_elsewhere(ctx, _MOVING)
    declared, code, progress = ctx.kind(kind), start.dotted(to.strip()), progress or Quiet()
    why = " ".join(reason.split())
    if not may_move(declared):
        raise KnownError(
            Words(
                f"{declared.id} tidak punya kantor sendiri; yang dipindahkan datanya yang punya.",
                f"A {declared.en.lower()} has no office of its own; move the record that it belongs to.",
            )
        )
    if len(why) > _LONGEST_REASON:
        raise KnownError(
            Words(
                f"Alasan paling banyak {_LONGEST_REASON} huruf.",
                f"A reason has at most {_LONGEST_REASON} letters.",
            )
        )
    wanted = list(dict.fromkeys(uids))
    with ctx.store.writing(ctx.person) as writer:
        office = next((one for one in _places(ctx, writer) if one.site_code == code), None)
        if office is None:
            city = ctx.settings.site_code
            raise KnownError(
                Words(
                    f"{code or '?'} bukan kantor di kota ini. Pakai kode kecamatan atau kelurahan, seperti {city}.01, atau {city} untuk Pusat.",
                    f"{code or '?'} is no office of this city. Use the code of a district or village, like {city}.01, or {city} for headquarters.",
                ),
                "site_code",
            )
        moved = 0
        for begin in range(0, len(wanted), _AT_ONCE):
            some = wanted[begin : begin + _AT_ONCE]
            progress.at(begin, len(wanted), _DOING)
            missing = set(some) - writer.get_many(kind, some).keys()
            if missing:
                raise KnownError(
                    Words(
                        f"{declared.id} dengan ID {min(missing)} tidak ada.",
                        f"There is no {declared.en.lower()} with the ID {min(missing)}.",
                    )
                )
            moved += len(writer.give(kind, some, code, why))
    return Given(code, office.name, moved, len(wanted) - moved)


def adopt(
    ctx: AppContext, kind: str, uids: Sequence[str], reason: str = "", progress: Progress | None = None
) -> Given:
    """Make these records headquarters' own: from then on they go to all offices. Raises as `give` does."""
    return give(ctx, kind, uids, ctx.settings.site_code, reason, progress)
