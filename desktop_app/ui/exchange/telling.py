"""Days, sizes and results as the pages of sending and receiving tell them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.show import MONTHS, clock, number
from desktop_app.core.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.services.context import AppContext
    from desktop_app.services.receiving import Received
    from desktop_app.ui.tokens import Family

_UNITS = ("B", "KB", "MB", "GB")


class Said(NamedTuple):
    """What came of one file: the heading, what follows from it, and how it is to be taken."""

    title: str
    words: str
    family: Family
    icon: str


def day(ctx: AppContext, at: dt.datetime | None) -> str:
    """2 Nov, on the office's calendar; with the year when it is not the present one."""
    if at is None:
        return ""
    here = at.astimezone(ctx.settings.zone)
    year = ctx.clock().astimezone(ctx.settings.zone).year
    month = MONTHS[here.month - 1].say()[:3]
    return f"{here.day} {month}" if here.year == year else f"{here.day} {month} {here.year}"


def day_and_time(ctx: AppContext, at: dt.datetime | None) -> str:
    """2 Nov 16.05."""
    return f"{day(ctx, at)} {clock(at.astimezone(ctx.settings.zone))}" if at is not None else ""


def size(of_bytes: int) -> str:
    """6,4 MB: two figures are enough."""
    amount, unit = float(of_bytes), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    return f"{text.replace('.', tr(',', '.'))} {_UNITS[unit]}"


def records(count: int) -> str:
    """12 catatan."""
    return tr(f"{number(count)} catatan", f"{number(count)} record{'' if count == 1 else 's'}")


def site(code: str, name: str) -> str:
    """Kec. Metro Timur; the code where no name is known."""
    return name or code or "?"


def update_beside(file: Path) -> str:
    """That headquarters laid a new version of the program beside a package, in a sentence."""
    return tr(
        f"Pembaruan Pelita ikut diletakkan di sampingnya: {file.name}. Kirimkan juga.",
        f"An update of Pelita was laid beside it: {file.name}. Send it along.",
    )


def said(got: Received, *, at_headquarters: bool) -> Said:
    """The result of one file in words."""
    whose = site(got.site_code, got.site_name)
    package = tr(
        f"Paket No. {number(got.number)} dari {whose}", f"Package no. {number(got.number)} from {whose}"
    )
    notes = " ".join(note.say() for note in got.notes)
    problem = got.problem.say() if got.problem is not None else ""
    more = " ".join(part for part in (problem, notes) if part)
    if got.state == "refused":
        return Said(
            tr(f"{got.file.name} tidak dibaca", f"{got.file.name} was not read"), more, "bad", "alert-circle"
        )
    if got.state in ("updated", "carried"):
        return Said(tr("Versi baru Pelita", "A new version of Pelita"), more, "ok", "check-circle")
    if got.state == "waiting":
        return Said(
            tr(f"{package} disisihkan dulu", f"{package} is set aside"), more, "warn", "pause-circle-outline"
        )
    if got.state == "ignored":
        return Said(
            tr(f"{got.file.name} bukan untuk komputer ini", f"{got.file.name} is not for this computer"),
            more,
            "info",
            "information-outline",
        )
    if got.state == "same":
        return Said(
            tr(f"{package} sudah pernah dibaca", f"{package} was read before"),
            " ".join(
                filter(
                    None, (tr("Tidak ada yang baru.", "Nothing new."), _standing(got, at_headquarters), more)
                )
            ),
            "info",
            "check-circle",
        )
    words = " ".join(filter(None, (_numbers(got, at_headquarters), _standing(got, at_headquarters), more)))
    doubtful = bool(
        got.refused_rows or got.conflicts or got.returned or (at_headquarters and not got.acknowledged)
    )
    return Said(
        tr(f"{package} sudah dibaca", f"{package} has been read"),
        words,
        "warn" if doubtful else "ok",
        "alert" if doubtful else "check-circle",
    )


def _numbers(got: Received, at_headquarters: bool) -> str:
    parts = [
        (got.new, tr("baru", "new")),
        (got.changed, tr("berubah", "changed")),
        (got.same, tr("sudah sama", "already the same")),
    ]
    some = [(count, words) for count, words in parts if count]
    counted = ", ".join(
        f"{number(count)} {words}"
        if place
        else tr(f"{number(count)} baris {words}", f"{number(count)} rows {words}")
        for place, (count, words) in enumerate(some)
    )
    sentences = [
        f"{counted}." if counted else tr("Tidak ada catatan di dalamnya.", "There are no records in it.")
    ]
    if got.refused_rows:
        sentences.append(
            tr(
                f"{number(got.refused_rows)} baris ditolak; kantor diberi tahu dalam jawaban.",
                f"{number(got.refused_rows)} rows refused; the office is told in the answer.",
            )
        )
    if got.conflicts:
        sentences.append(
            tr(
                f"{number(got.conflicts)} isian ditulis berbeda di kedua sisi.",
                f"{number(got.conflicts)} fields were written differently on both sides.",
            )
        )
    if got.returned and not at_headquarters:
        sentences.append(
            tr(
                f"{number(got.returned)} catatan dikembalikan untuk diperbaiki.",
                f"{number(got.returned)} records came back to be put right.",
            )
        )
    return " ".join(sentences)


def _standing(got: Received, at_headquarters: bool) -> str:
    if not at_headquarters:
        return ""
    if got.acknowledged:
        return tr(
            "Diakui; jawaban untuk kantor itu dapat dikirim.",
            "Acknowledged; the answer to the office can be sent.",
        )
    return tr("Isinya dipakai, tetapi belum diakui.", "Its content is used, but it is not acknowledged yet.")
