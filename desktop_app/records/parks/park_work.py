"""Work in a park, one slip a crew and day and activity. Sources: domain.md 4.1.5, 4.2. That work is overdue is computed, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Reference, Text, Time, Value
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.common import ADMINISTRATION_RULES, administration, materials
from desktop_app.records.parks import codes
from desktop_app.records.rules import less, others

ENDED = ("DONE", "PARTIAL", "SKIPPED")

LIFE_CYCLE = LifeCycle(
    states=(
        State("PLANNED", "Direncanakan", "Planned", "info", "ring"),
        State("ASSIGNED", "Ditugaskan", "Assigned", "accent", "half"),
        State("DONE", "Terlaksana", "Done", "ok", "check"),
        State("PARTIAL", "Sebagian", "Partly done", "warn", "half"),
        State("SKIPPED", "Tidak dikerjakan", "Skipped", "warn", "cross"),
        State("VERIFIED", "Diverifikasi", "Verified", "ok", "check", open=False),
    ),
    moves=(
        Move("assign", "Tugaskan", "Assign", ("PLANNED",), "ASSIGNED", asks=("crew",)),
        Move(
            "finish",
            "Terlaksana",
            "Done",
            ("PLANNED", "ASSIGNED"),
            "DONE",
            asks=("crew", "workers_count", "volume", "unit"),
            main=True,
        ),
        Move(
            "finish_partly",
            "Sebagian",
            "Partly done",
            ("PLANNED", "ASSIGNED"),
            "PARTIAL",
            asks=("crew", "workers_count", "volume", "unit"),
            requires=("volume",),
        ),
        Move(
            "skip",
            "Tidak dikerjakan",
            "Skip",
            ("PLANNED", "ASSIGNED"),
            "SKIPPED",
            asks=("skip_reason",),
            requires=("skip_reason",),
        ),
        Move("verify", "Verifikasi", "Verify", ENDED, "VERIFIED", by="second_person", main=True),
        Move(
            "unassign",
            "Batalkan penugasan",
            "Take the assignment back",
            ("ASSIGNED",),
            "PLANNED",
            reason=True,
        ),
        Move(
            "rework",
            "Kembalikan ke rencana",
            "Back to the plan",
            (*ENDED, "VERIFIED"),
            "PLANNED",
            reason=True,
        ),
    ),
    path=("PLANNED", "ASSIGNED", "DONE", "VERIFIED"),
)


def _result(r: View) -> Value:
    """How it ended, by its newest step: also once verified."""
    told = next((move for move in reversed(r.moves) if move.after != "VERIFIED"), None)
    return told.after if told is not None and told.after in ENDED else None


def _ended(r: View) -> bool:
    return r.status in (*ENDED, "VERIFIED")


def _by_a_crew(r: View) -> bool:
    """Work that is assigned or was done has its crew; skipped work may have none."""
    return r.status == "ASSIGNED" or (_ended(r) and _result(r) != "SKIPPED")


def _logged_already(r: View) -> Mapping[str, object] | None:
    for other in others(r, park=r.park, activity=r.activity, work_date=r.work_date):
        if r.crew is not None and other.values.get("crew") == r.crew:
            return {"number": other.record_no or "", "see": other}
    return None


def _park_not_open(r: View) -> bool:
    park = r.target("park")
    return park is not None and park.status in ("CLOSED", "CONVERTED")


KIND = Kind(
    "park_work",
    "parks",
    "Pekerjaan taman",
    "Park work",
    plural=Words("Pekerjaan taman", "Park work"),
    short=Words("Pekerjaan", "Work"),
    icon="rake",
    number="TMN-KRJ",
    title=("activity", "park"),
    subtitle=("work_date",),
    form=(
        Section(
            "Pekerjaan",
            "Work",
            Reference("park", "Taman", "Park", kind="park", required=True, indexed=True),
            Choice("activity", "Kegiatan", "Activity", codes=codes.ACTIVITY, required=True, indexed=True),
            Date("work_date", "Tanggal", "Date", required=True, default=lambda r: r.today, indexed=True),
            Time("start_time", "Mulai", "From", beside=True),
            Time("end_time", "Sampai", "Until", beside=True),
            Reference("crew", "Regu", "Crew", kind="crew", required=_by_a_crew, legacy_ok=True, indexed=True),
            Integer(
                "workers_count",
                "Jumlah tenaga",
                "Workers",
                minimum=1,
                maximum=200,
                unit=Words("orang", "people"),
                beside=True,
            ),
            Text("work_order_no", "No. SPT/SPK", "Work order no.", max_len=40, reads="code"),
        ),
        Section(
            "Hasil",
            "Result",
            Decimal("volume", "Volume", "Volume", scale=2, minimum=Number("0.01"), group="volume"),
            Choice(
                "unit",
                "Satuan",
                "Unit",
                codes=codes.VOLUME_UNIT,
                required=lambda r: r.volume is not None,
                group="volume",
                beside=True,
            ),
            Computed("result", "Hasil", "Result", of=_result, like=Choice("", "", "", codes=codes.RESULT)),
            Choice(
                "skip_reason",
                "Alasan tidak dikerjakan",
                "Why it was skipped",
                codes=codes.SKIP_REASON,
                relevant=lambda r: r.status == "SKIPPED" or r.skip_reason,
                legacy_ok=True,
            ),
            *materials(),
        ),
        administration(),
    ),
    rules=(
        warning(
            "work_date",
            _logged_already,
            "Pekerjaan ini sudah dicatat untuk taman, tanggal dan regu yang sama ({number}).",
            "This work is recorded already for the same park, date and crew ({number}).",
        ),
        error(
            "work_date",
            lambda r: _ended(r) and less(r.today, r.work_date),
            "Tanggal {work_date} belum tiba: pekerjaan belum bisa selesai.",
            "The {work_date} is still to come: the work can't have ended.",
        ),
        error(
            "end_time",
            lambda r: less(r.end_time, r.start_time),
            "Sampai pukul {end_time} sebelum mulai pukul {start_time}.",
            "Until {end_time}, before it starts at {start_time}.",
        ),
        error(
            "volume",
            lambda r: r.unit is not None and r.volume is None,
            "Satuan terisi tetapi volumenya kosong.",
            "There is a unit but no volume.",
            legacy_ok=True,
        ),
        error(
            "skip_reason",
            lambda r: r.skip_reason is not None and r.status in ("DONE", "PARTIAL"),
            "Alasan tidak dikerjakan terisi, padahal pekerjaan ini dikerjakan. Kosongkan.",
            "There is a reason for skipping, but the work was done. Empty it.",
        ),
        warning("park", _park_not_open, "Taman {park} sudah ditutup.", "The park {park} is closed."),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("work_date", 8),
        Column("activity", 40, also="park", heading=Words("Kegiatan dan taman", "Activity and park")),
        Column("crew", 16),
        Column("status", 16),
        Column("volume", 10, hidden=True),
        Column("unit", 8, hidden=True),
        Column("workers_count", 10, hidden=True),
        Column("materials_total", 12, hidden=True),
    ),
    sort="-work_date",
    filters=("status", "park", "activity", "work_date", "crew"),
    empty=Words(
        "Mulai dengan pekerjaan pertama: taman, kegiatan, tanggal dan regu.",
        "Begin with the first work: park, activity, date and crew.",
    ),
    help=Words(
        "Satu catatan untuk satu kegiatan satu regu pada satu hari. Pekerjaan rencana dihitung dari jadwal taman.",
        "One record for one activity of one crew on one day. Planned work follows from the park's schedule.",
    ),
)
