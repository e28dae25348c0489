"""The way of a repair slip from the report to the confirmed repair. Source: domain.md 3.2."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desktop_app.core.record import View
from desktop_app.core.spec import LifeCycle, Move, State, error

REPEAT_DAYS = 30
"""A confirmed repair can be reopened for so many days; after that the fault is a new report."""

TO_BE_DONE = ("RECEIVED", "VERIFIED", "SCHEDULED", "IN_PROGRESS", "ON_HOLD")
"""Where a report stands that nobody has worked off yet."""


BURNS_NOT = (
    "Selesai hanya dengan hasil Menyala atau Sebagian menyala. Bila belum menyala: tunda.",
    "Done needs the result fixed or partly fixed. If it does not burn yet: put it on hold.",
)


def burns_not(r: View) -> bool:
    """Whether the work did not bring light: then it is not done."""
    return r.result not in ("FIXED", "PARTIAL")


def last_move(r: View, name: str) -> Any:
    """The newest step of this name; None when it was never made."""
    return next((move for move in reversed(r.moves) if move.move == name), None)


def _did_it_himself(r: View) -> bool:
    """Whether who confirms is the crew's leader, or the one who reported the work as done."""
    crew, done = r.target("crew"), last_move(r, "finish")
    return r.where.person != "" and (
        (crew is not None and crew.leader == r.where.person)
        or (done is not None and done.by == r.where.person)
    )


def _long_ago(r: View) -> bool:
    confirmed = last_move(r, "confirm")
    return confirmed is not None and r.now - confirmed.at > dt.timedelta(days=REPEAT_DAYS)


LIFE_CYCLE = LifeCycle(
    states=(
        State("RECEIVED", "Diterima", "Received", "info", "ring"),
        State("VERIFIED", "Diverifikasi", "Verified", "info", "half"),
        State("SCHEDULED", "Dijadwalkan", "Scheduled", "accent", "half"),
        State("IN_PROGRESS", "Dikerjakan", "In progress", "accent", "dot"),
        State("DONE", "Selesai", "Done", "ok", "check"),
        State("CONFIRMED", "Dikonfirmasi", "Confirmed", "ok", "check", open=False),
        State("ON_HOLD", "Ditunda", "On hold", "warn", "bars"),
        State("REFERRED", "Diteruskan", "Referred", "info", "half", open=False),
        State("REJECTED", "Ditolak", "Rejected", "bad", "cross", open=False),
        State("DUPLICATE", "Duplikat", "Duplicate", "info", "cross", open=False),
    ),
    moves=(
        Move("verify", "Verifikasi", "Verify", ("RECEIVED",), "VERIFIED", main=True),
        Move(
            "schedule",
            "Jadwalkan",
            "Schedule",
            ("VERIFIED",),
            "SCHEDULED",
            asks=("planned_date", "crew", "priority"),
            requires=("planned_date", "crew"),
            main=True,
        ),
        Move(
            "start",
            "Mulai kerja",
            "Start work",
            ("SCHEDULED",),
            "IN_PROGRESS",
            asks=("started_at", "crew"),
            requires=("started_at", "crew"),
            main=True,
        ),
        Move(
            "finish",
            "Selesai",
            "Done",
            ("IN_PROGRESS",),
            "DONE",
            asks=(
                "lamp",
                "finished_at",
                "points_fixed",
                "result",
                "fault_component",
                "fault_cause",
                "action",
            ),
            requires=("finished_at", "points_fixed", "result", "fault_component", "action"),
            guards=(error("result", burns_not, *BURNS_NOT),),
            main=True,
        ),
        Move(
            "confirm",
            "Konfirmasi",
            "Confirm",
            ("DONE",),
            "CONFIRMED",
            guards=(
                error(
                    "status",
                    _did_it_himself,
                    "Konfirmasi harus oleh orang lain daripada kepala regu dan yang mencatat selesai.",
                    "Somebody other than the crew's leader and the one who recorded it as done must confirm.",
                ),
            ),
            by="second_person",
            main=True,
        ),
        Move(
            "hold",
            "Tunda",
            "Put on hold",
            ("SCHEDULED", "IN_PROGRESS"),
            "ON_HOLD",
            asks=("hold_reason",),
            requires=("hold_reason",),
        ),
        Move(
            "resume",
            "Jadwalkan lagi",
            "Schedule again",
            ("ON_HOLD",),
            "SCHEDULED",
            asks=("planned_date", "crew"),
            requires=("planned_date", "crew"),
            main=True,
        ),
        Move(
            "refer",
            "Teruskan",
            "Refer",
            ("VERIFIED", "SCHEDULED", "IN_PROGRESS", "ON_HOLD"),
            "REFERRED",
            asks=("referred_to", "source_doc_no"),
            requires=("referred_to",),
        ),
        Move(
            "answer", "Catat jawaban", "Record the reply", ("REFERRED",), "VERIFIED", reason=True, main=True
        ),
        Move("reject", "Tolak", "Reject", ("RECEIVED", "VERIFIED"), "REJECTED", reason=True),
        Move(
            "duplicate",
            "Duplikat",
            "Duplicate",
            ("RECEIVED", "VERIFIED"),
            "DUPLICATE",
            asks=("duplicate_of",),
            requires=("duplicate_of",),
        ),
        Move(
            "restore", "Terima kembali", "Take up again", ("REJECTED", "DUPLICATE"), "RECEIVED", reason=True
        ),
        Move(
            "unverify", "Kembalikan ke Diterima", "Back to received", ("VERIFIED",), "RECEIVED", reason=True
        ),
        Move(
            "unschedule", "Batalkan jadwal", "Take off the schedule", ("SCHEDULED",), "VERIFIED", reason=True
        ),
        Move("stop", "Hentikan kerja", "Stop work", ("IN_PROGRESS",), "SCHEDULED", reason=True),
        Move("rework", "Kerjakan lagi", "Work on it again", ("DONE",), "IN_PROGRESS", reason=True),
        Move(
            "reopen",
            "Buka kembali",
            "Reopen",
            ("CONFIRMED",),
            "VERIFIED",
            reason=True,
            guards=(
                error(
                    "status",
                    _long_ago,
                    "Sudah lebih dari 30 hari sejak dikonfirmasi: buat laporan baru.",
                    "More than 30 days have passed since it was confirmed: make a new report.",
                ),
            ),
        ),
    ),
    path=("RECEIVED", "VERIFIED", "SCHEDULED", "IN_PROGRESS", "DONE", "CONFIRMED"),
)
