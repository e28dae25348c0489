"""Taking a wrong package back: a compensating edit at headquarters, with fresh stamps. Source: exchange.md, "Un-merge"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services import flagging, roles
from desktop_app.services.context import AppContext
from desktop_app.storage import exchanging
from desktop_app.storage.exchanging import PackageIn

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader

_UNMERGING = Words("membatalkan paket", "take a package back")
_NUMBERED = re.compile(r"(\d{2}(?:\.\d{2,4}){1,3})[ _#](\d+)(?:_.*)?")
_FEWEST = 8


@dataclass(frozen=True)
class Unmerged:
    """What was taken back: the package (its identity, office and number) and how many rows were written anew."""

    pid: str
    site_code: str
    number: int
    rows: int


def unmerge(ctx: AppContext, package: str, reason: str = "") -> Unmerged:
    """Take back what a package changed. `package`: the first letters of its pid (8 at least), `18.72.01 30`, or its file's name.

    Fields whose value came from it get their former one, rows born in it are removed; what was written since stays. `reason` is kept
    in the history of every record.
    Raises `KnownError` elsewhere than at headquarters, and when that package is not here, not clear, or taken back already.
    """
    roles.refuse_elsewhere(ctx, _UNMERGING)
    with ctx.store.writing(ctx.person) as writer:
        files = _meant(writer, package.strip())
        why = " ".join(reason.split()) or tr("Paket dibatalkan", "Package taken back")
        rows = sum(writer.unmerge(file.pid, why) for file in reversed(files))
        for file in files:
            exchanging.enter_in(writer, file._replace(state=exchanging.UNMERGED))
    flagging.look(ctx)
    last = files[-1]
    return Unmerged(last.set_pid or last.pid, last.from_site_code, last.number, rows)


def _meant(reader: Reader, package: str) -> list[PackageIn]:
    """The files of the package that is meant (all parts of a set), in order."""
    came = exchanging.packages_in(reader)
    numbered = _NUMBERED.fullmatch(package)
    found = [
        file
        for file in came
        if (numbered and (file.from_site_code, file.number) == (numbered[1], int(numbered[2])))
        or (
            len(package) >= _FEWEST
            and (file.pid.startswith(package) or (file.set_pid or "").startswith(package))
        )
    ]
    sets = {(file.from_site_id, file.number) for file in found}
    if not found:
        raise KnownError(
            Words(
                f"Paket '{package}' tidak ada di kotak masuk. Lihat nomornya di 'receive --list'.",
                f"There is no package '{package}' in the inbox. Look up its number in 'receive --list'.",
            )
        )
    if len(sets) > 1:
        raise KnownError(
            Words(
                f"'{package}' cocok dengan {len(sets)} paket. Tulis huruf awal PID yang lebih panjang.",
                f"'{package}' fits {len(sets)} packages. Give more letters of its PID.",
            )
        )
    whole = sorted(
        (file for file in came if (file.from_site_id, file.number) in sets), key=lambda file: file.part
    )
    merged = [file for file in whole if file.state == exchanging.MERGED]
    if not merged:
        undone = any(file.state == exchanging.UNMERGED for file in whole)
        raise KnownError(
            Words(
                f"Paket '{package}' sudah dibatalkan." if undone else f"Paket '{package}' belum digabungkan.",
                f"Package '{package}' is taken back already."
                if undone
                else f"Package '{package}' is not merged.",
            )
        )
    return merged
