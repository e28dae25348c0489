"""The first opening after a new version failed and the launcher went back to this one: the data as before the upgrade, and a calm word."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.core.errors import PlaceTakenError
from desktop_app.core.words import Words
from desktop_app.services import installed
from desktop_app.services.installed import WentBack
from desktop_app.storage.place_lock import PlaceLock


def settle(folder: Path) -> Words | None:
    """Put the database back where the failed version upgraded it; what to tell, None at every ordinary start.

    The caller holds the folder. Raises `KnownError` when the disk is full.
    """
    program = installed.here()
    back = program.went_back() if program is not None else None
    if program is None or back is None:
        return None
    from desktop_app.storage.upkeep import going_back  # noqa: PLC0415  (an ordinary start needs it not)

    if going_back.put_back(folder):
        program.note_restored(back)
        back = back._replace(restored=True)
    return words(program.version, back)


def settle_alone(folder: Path) -> Words | None:
    """The same for who doesn't hold the folder; while a window does, it has been settled already."""
    program = installed.here()
    if program is None or program.went_back() is None:
        return None
    try:
        with PlaceLock(folder):
            return settle(folder)
    except PlaceTakenError:
        return None


def told() -> None:
    """The person has read it."""
    program = installed.here()
    if program is not None:
        program.forget_going_back()


def words(version: str, back: WentBack) -> Words:
    """What happened, for the person at the keyboard and whoever looks after Pelita."""
    code = re.fullmatch(r"exit (-?\d+)", back.why)
    why = (
        Words("tidak menjawab", "it did not answer")
        if back.why == "hang"
        else Words("tidak bisa dimulai", "it could not be started")
    )
    if code:
        why = Words(f"berhenti dengan kode {code[1]}", f"it stopped with code {code[1]}")
    data = (
        Words(
            "Data sudah dikembalikan seperti sebelum pembaruan.", "The data is as it was before the update."
        )
        if back.restored
        else Words("Data tidak tersentuh.", "The data was not touched.")
    )
    return Words(
        f"Pembaruan ke Pelita {back.failed} gagal ({why.id}), jadi Pelita {version} dipakai lagi. {data.id} Anda bisa bekerja seperti biasa; beri tahu yang mengurus Pelita.",
        f"The update to Pelita {back.failed} failed ({why.en}), so Pelita {version} is used again. {data.en} You can work as usual; tell whoever looks after Pelita.",
    )
