"""Files carried between an office and headquarters that are both open in one test."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from desktop_app.services import receiving, sending, sites
from desktop_app.services.context import AppContext
from desktop_app.services.receiving import Received

_NUMBERS = count(1)


def carry(giver: AppContext, taker: AppContext, folder: Path, to: str = "") -> list[Received]:
    """What one sends is read by the other."""
    stick = folder / f"stick{next(_NUMBERS)}"
    stick.mkdir()
    sent = sending.send(giver, stick, to)
    done = receiving.receive(taker, sent.files)
    problems = [one.problem.id for one in done if one.problem]
    assert not problems, problems
    return done


def introduce(office: AppContext, pusat: AppContext, folder: Path) -> None:
    """Both send, and both confirm the other's fingerprint."""
    carry(office, pusat, folder)
    sites.trust(pusat, "18.72.01", sites.board(pusat)[0].fingerprint)
    carry(pusat, office, folder, "18.72.01")
    sites.trust(office, "18.72", sites.board(office)[0].fingerprint)
    exchange(office, pusat, folder)


def exchange(office: AppContext, pusat: AppContext, folder: Path) -> None:
    """The office sends, headquarters answers."""
    carry(office, pusat, folder)
    carry(pusat, office, folder, "18.72.01")
