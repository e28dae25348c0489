"""Practice: a data folder of its own beside the real one, full of made-up records. Clearing it away is deleting that folder.

The folder says of itself that it is for practice (`core.settings.PRACTICE`, in its database), wherever it is moved to. Packages made
there say so too, and are refused by every real data folder; what is real is refused there.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress
from desktop_app.core.settings import is_practice
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words, language, tr, use
from desktop_app.records.registry import REGISTRY
from desktop_app.services import demo, people, roles, settings, start
from desktop_app.services.context import AppContext
from desktop_app.storage.glance import FILE, Glance
from desktop_app.storage.place_lock import PlaceLock

FOLDER = "latihan"
RECORDS = 1000
_NEW, _OLD = "latihan-baru-", "latihan-hapus-"
"""How a folder is called while it is filled or emptied: only a whole one is called `FOLDER`."""
_STAND_IN = "18.72.04"
"""There are samples for Kota Metro only; an office elsewhere practises as this one."""
Open = Callable[[Path], AppContext]


@dataclass(frozen=True)
class Wanted:
    """As whom somebody practises: the office (or headquarters), the person, and the looks that are used to."""

    site_code: str = _STAND_IN
    role: str = "office"
    office: str = ""
    person: str = ""
    language: str = "id"
    dark: bool = False
    sections: tuple[str, ...] = ()


def folder_of(place: Path) -> Path:
    """Where one practises beside the data folder `place`."""
    return place / FOLDER


def real_of(place: Path) -> Path | None:
    """The data folder that a folder for practice lies in; None when it was moved away from there."""
    return place.parent if place.name == FOLDER else None


def is_there(place: Path) -> bool:
    """Whether there is practice beside this data folder that one can go on with."""
    return (folder_of(place) / FILE).is_file()


def wanted_by(ctx: AppContext) -> Wanted:
    """To practise as the office, the person and in the looks of this data folder."""
    now = ctx.settings
    return Wanted(
        now.site_code, now.role, now.office_name, ctx.person, now.language, now.dark, tuple(now.sections)
    )


def site_of(wanted: Wanted) -> str:
    """The office that one practises as: one's own where there are samples of its city, else one that stands in for it."""
    if f"{wanted.site_code}.".startswith(f"{start.METRO}."):
        return wanted.site_code
    return start.METRO if wanted.role == roles.HEADQUARTERS else _STAND_IN


def make(open_: Open, place: Path, wanted: Wanted, progress: Progress, records: int = RECORDS) -> Path:
    """Make the folder beside `place` and fill it with made-up records that lead up to yesterday; where it is.

    All of it or nothing: stopped (`Cancelled`) or refused (`KnownError`), there is no folder. Raises `KnownError` when there is one.
    """
    target, spoken = folder_of(place), language()
    if is_there(place):
        raise KnownError(Words("Data latihan sudah ada.", "There is practice data already."))
    _tidy(place)
    working = place / f"{_NEW}{new_uid()[-12:]}"
    try:
        working.mkdir(parents=True)
        ctx = open_(working)
        try:
            _fill(ctx, wanted, spoken, progress, records)
        finally:
            ctx.close()
        working.replace(target)
    except OSError as wrong:
        raise KnownError(
            Words(
                f"Data latihan tidak bisa dibuat di {place}: {wrong.strerror}.",
                f"Practice data can't be made in {place}: {wrong.strerror}.",
            )
        ) from wrong
    finally:
        use(spoken)
        shutil.rmtree(working, ignore_errors=True)
    return target


def prepared(open_: Open, place: Path, wanted: Wanted, progress: Progress) -> Path:
    """The folder for practice beside `place`, made if there is none (see `make`). `open_` may give a context that is still being opened."""

    def opened(folder: Path) -> AppContext:
        ctx = open_(folder)
        ctx.settle()
        return ctx

    return folder_of(place) if is_there(place) else make(opened, place, wanted, progress, RECORDS)


def _fill(ctx: AppContext, wanted: Wanted, spoken: str, progress: Progress, records: int) -> None:
    code = site_of(wanted)
    person = wanted.person.strip() or tr("Peserta latihan", "Trainee")
    ctx.person = person
    name = tr("Latihan", "Practice") + (f" – {wanted.office}" if wanted.office else "")
    start.init(ctx, code, wanted.role, name[:200], progress, practice=True)
    people.add(ctx, person)
    looks = {"language": spoken, "dark": "true" if wanted.dark else "false"}
    settings.change(ctx, looks | ({"sections": ",".join(wanted.sections)} if wanted.sections else {}))
    demo.fill(ctx, records, until=dt.date.max, progress=progress)


def clear(place: Path) -> None:
    """Delete the practice beside `place`, and what an interrupted making left. Nothing else is touched.

    Raises `PlaceTakenError` while a window practises in it, `KnownError` when it isn't for practice or can't be deleted.
    """
    folder = folder_of(place)
    if folder.exists():
        _refuse_real(folder)
        with PlaceLock(folder):
            pass  # nobody works in it
        old = place / f"{_OLD}{new_uid()[-12:]}"
        try:
            folder.replace(old)
        except OSError as wrong:
            raise KnownError(
                Words(
                    f"Data latihan tidak bisa dihapus: {wrong.strerror}. Tutup program lain yang memakainya, lalu coba lagi.",
                    f"The practice data can't be deleted: {wrong.strerror}. Close other programs that use it, then try again.",
                )
            ) from wrong
    _tidy(place)


def _refuse_real(folder: Path) -> None:
    with Glance(folder, REGISTRY) as glance:
        lines = glance.settings()
    if lines.get("site_code") and not is_practice(lines):
        raise KnownError(
            Words(
                f"Di {folder} ada data sungguhan. Tidak ada yang dihapus.",
                f"There are real records in {folder}. Nothing was deleted.",
            )
        )


def _tidy(place: Path) -> None:
    """What an interrupted making or clearing left; a second window that is just making one would have to begin again."""
    for left in place.glob("latihan-*") if place.is_dir() else ():
        if left.is_dir() and left.name.startswith((_NEW, _OLD)):
            shutil.rmtree(left, ignore_errors=True)
