"""A streetlight repair: one slip from the report to the confirmed repair. Sources: domain.md 2.6, 3.1.4, 3.1.5."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Reference, Text, Timestamp
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, Promise, Section, error, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import CHANNEL, PRIORITY
from desktop_app.records.common import (
    ADMINISTRATION_RULES,
    PLACE,
    PLACE_RULES,
    administration,
    materials,
    place,
)
from desktop_app.records.lighting import codes
from desktop_app.records.lighting.repair_life import BURNS_NOT, LIFE_CYCLE, TO_BE_DONE, burns_not
from desktop_app.records.rules import day_of, less, others

EMERGENCY_HOURS = 2
"""Danger (wires exposed, pole down) is made safe within so many hours (domain.md 2.6)."""


def _without_lamp(r: View) -> bool:
    return (
        r.category in ("NEW_REQUEST", "PANEL_FAULT", "LAMP_GROUP_OUT", "CABLE_HAZARD") or r.panel is not None
    )


def _worked_off(r: View) -> bool:
    return r.status in ("DONE", "CONFIRMED")


def _a_fault(r: View) -> bool:
    return r.category != "NEW_REQUEST"


PROMISE = Promise(
    "received_at",
    "priority",
    TO_BE_DONE,
    lambda settings: {"EMERGENCY": EMERGENCY_HOURS, "LOW": settings.sla_hours_max, "": settings.sla_hours},
)
"""Until when it should burn: by the office's promise, sooner in danger, later for what can wait."""


def _open_report(r: View) -> Mapping[str, object] | None:
    for other in others(r, lamp=r.lamp) if r.status in TO_BE_DONE else ():
        if other.status in TO_BE_DONE and other.uid != r.duplicate_of:
            return {"since": day_of(r, other.values.get("received_at")), "see": other}
    return None


def _duplicates_itself(r: View) -> bool:
    first = r.target("duplicate_of")
    return first is not None and r.uid in (first.uid, first.duplicate_of)


def _nowhere(r: View) -> bool:
    return r.street_name is None and r.address_detail is None and r.latitude is None


def _took_days(r: View) -> bool:
    if not (isinstance(r.started_at, dt.datetime) and isinstance(r.finished_at, dt.datetime)):
        return False
    return r.finished_at - r.started_at > dt.timedelta(hours=24)


def _reported_late(r: View) -> bool:
    received = r.received_at
    return (
        r.record.version == 0
        and isinstance(received, dt.datetime)
        and r.now - received > dt.timedelta(days=30)
    )


def _scheduled_before_report(r: View) -> bool:
    return less(r.planned_date, day_of(r, r.received_at))


KIND = Kind(
    "streetlight_repair",
    "lighting",
    "Perbaikan lampu",
    "Streetlight repair",
    plural=Words("Perbaikan lampu", "Streetlight repairs"),
    short=Words("Perbaikan", "Repairs"),
    icon="wrench-outline",
    number="PJU-LAP",
    title=("lamp_code", "street_name"),
    subtitle=("received_at",),
    form=(
        Section(
            "Laporan",
            "Report",
            Timestamp(
                "received_at",
                "Waktu lapor",
                "Reported at",
                future=False,
                required=True,
                legacy_ok=True,
                default=lambda r: r.now,
            ),
            Choice("channel", "Saluran", "Channel", codes=CHANNEL, required=True, legacy_ok=True),
            Choice("category", "Kategori", "Category", codes=codes.CATEGORY, required=True, legacy_ok=True),
            Integer(
                "points_reported",
                "Jumlah titik",
                "Points reported",
                minimum=1,
                maximum=500,
                default=1,
                required=True,
                legacy_ok=True,
                beside=True,
                unit=Words("titik", "points"),
            ),
            Text("reporter_name", "Pelapor", "Reporter", max_len=120, reads="name", personal=True),
            Text(
                "reporter_phone",
                "Telepon",
                "Telephone",
                max_len=16,
                reads="phone",
                personal=True,
                beside=True,
            ),
            Text("description", "Uraian", "Description", max_len=1000, multiline=True),
            Choice("priority", "Prioritas", "Priority", codes=PRIORITY, required=True, default="NORMAL"),
            Computed(
                "target_at", "Target selesai", "Due", of=PROMISE.due, like=Timestamp("", "", ""), stored=False
            ),
            Reference(
                "lamp",
                "Lampu",
                "Lamp",
                kind="light_point",
                fills={**PLACE, "lamp_code": "lamp_code", "panel": "panel"},
                required=lambda r: _worked_off(r) and not _without_lamp(r),
                legacy_ok=True,
                indexed=True,
                help=Words(
                    "Boleh kosong sampai lampunya ditemukan; harus terisi saat selesai.",
                    "May stay empty until the lamp is found; must be filled when the work is done.",
                ),
            ),
            Text("lamp_code", "Kode lampu", "Lamp code", max_len=20, hidden=True, relevant=lambda r: r.lamp),
            Reference("panel", "Panel", "Panel", kind="power_panel", fills=PLACE, indexed=True),
        ),
        Section("Tempat", "Place", place()),
        Section(
            "Pekerjaan",
            "Work",
            Date("planned_date", "Tanggal rencana", "Planned for", legacy_ok=True),
            Text("wo_no", "No. SPT/SPK", "Work order no.", max_len=40, reads="code", beside=True),
            Reference("crew", "Regu", "Crew", kind="crew", legacy_ok=True, indexed=True),
            Choice(
                "order_type", "Jenis pekerjaan", "Type of work", codes=codes.ORDER_TYPE, default="CORRECTIVE"
            ),
            Timestamp("started_at", "Mulai", "Started", future=False, legacy_ok=True),
            Timestamp("finished_at", "Selesai", "Finished", future=False, legacy_ok=True),
            Integer(
                "points_fixed",
                "Titik menyala",
                "Points fixed",
                minimum=0,
                maximum=500,
                beside=True,
                unit=Words("titik menyala", "points burning"),
                legacy_ok=True,
            ),
            Choice(
                "fault_component",
                "Komponen rusak",
                "Faulty component",
                codes=codes.FAULT_COMPONENT,
                relevant=_a_fault,
                legacy_ok=True,
            ),
            Choice(
                "fault_cause", "Penyebab", "Cause", codes=codes.FAULT_CAUSE, relevant=_a_fault, beside=True
            ),
            Choice("action", "Tindakan", "Action", codes=codes.ACTION, relevant=_a_fault, legacy_ok=True),
            Choice("result", "Hasil", "Result", codes=codes.RESULT, beside=True, legacy_ok=True),
            Decimal(
                "labor_hours",
                "Jam kerja",
                "Hours worked",
                scale=1,
                minimum=Number(0),
                maximum=Number(1000),
                unit=Words("jam", "hours"),
            ),
            Text(
                "report_doc_no",
                "No. berita acara",
                "Official report no.",
                max_len=60,
                reads="code",
                beside=True,
            ),
            *materials(),
        ),
        Section(
            "Tindak lanjut",
            "Follow-up",
            Choice(
                "hold_reason",
                "Alasan tunda",
                "Reason for the hold",
                codes=codes.HOLD_REASON,
                relevant=lambda r: r.status == "ON_HOLD" or r.hold_reason,
            ),
            Choice(
                "referred_to",
                "Diteruskan ke",
                "Referred to",
                codes=codes.REFERRED_TO,
                relevant=lambda r: r.status == "REFERRED" or r.referred_to,
            ),
            Reference(
                "duplicate_of",
                "Duplikat dari",
                "Duplicate of",
                kind="streetlight_repair",
                relevant=lambda r: r.status == "DUPLICATE" or r.duplicate_of,
            ),
        ),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        error(
            "street_name",
            _nowhere,
            "Tulis nama jalan, patokan atau koordinat: regu harus bisa menemukannya.",
            "Give the street, a landmark or the position: the crew must be able to find it.",
            legacy_ok=True,
        ),
        warning(
            "lamp",
            _open_report,
            "Lampu ini sudah punya laporan terbuka {since}.",
            "This lamp has an open report of {since} already.",
        ),
        warning(
            "received_at",
            _reported_late,
            "Laporan {received_at} sudah lebih dari 30 hari.",
            "The report of {received_at} is more than 30 days old.",
        ),
        error(
            "planned_date",
            _scheduled_before_report,
            "Tanggal rencana {planned_date} sebelum tanggal lapor {received_at}.",
            "Planned for {planned_date}, before it was reported {received_at}.",
            legacy_ok=True,
        ),
        error(
            "started_at",
            lambda r: less(r.finished_at, r.started_at),
            "Mulai {started_at} sesudah selesai {finished_at}.",
            "Started {started_at}, after it was finished {finished_at}.",
            legacy_ok=True,
        ),
        error(
            "finished_at",
            lambda r: less(r.finished_at, r.received_at),
            "Tanggal selesai {finished_at} sebelum tanggal lapor {received_at}.",
            "Finished {finished_at}, before it was reported {received_at}.",
            legacy_ok=True,
        ),
        warning(
            "started_at",
            lambda r: less(r.started_at, r.received_at),
            "Mulai {started_at} sebelum tanggal lapor {received_at}.",
            "Started {started_at}, before it was reported {received_at}.",
        ),
        warning(
            "finished_at",
            _took_days,
            "Dari mulai {started_at} sampai selesai {finished_at} lebih dari 24 jam.",
            "From {started_at} to {finished_at} is more than 24 hours.",
        ),
        warning(
            "points_fixed",
            lambda r: less(r.points_reported, r.points_fixed),
            "{points_fixed}, padahal dilaporkan {points_reported}.",
            "{points_fixed}, but {points_reported} were reported.",
        ),
        warning(
            "result",
            lambda r: (
                (r.result in ("FIXED", "PARTIAL") and r.points_fixed == 0)
                or (r.result in ("NOT_FIXED", "NOT_FOUND") and less(0, r.points_fixed))
            ),
            "Hasil {result} tidak cocok dengan {points_fixed}.",
            "The result {result} does not fit {points_fixed}.",
        ),
        error("result", lambda r: _worked_off(r) and burns_not(r), *BURNS_NOT, legacy_ok=True),
        error(
            "duplicate_of",
            _duplicates_itself,
            "Laporan tidak bisa menjadi duplikat dari dirinya sendiri.",
            "A report can't be a duplicate of itself.",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    promise=PROMISE,
    columns=(
        Column("received_at", 8, heading=Words("Lapor", "Reported")),
        Column("lamp_code", 34, also="street_name", heading=Words("Lampu dan jalan", "Lamp and street")),
        Column("village_code", 14),
        Column("status", 14),
        Column("category", 18, hidden=True),
        Column("crew", 18, hidden=True),
        Column("planned_date", 10, hidden=True),
        Column("finished_at", 12, hidden=True),
        Column("points_fixed", 8, hidden=True),
        Column("materials_total", 12, hidden=True),
        Column("district_code", 14, hidden=True),
    ),
    sort="-received_at",
    filters=("status", "village_code", "received_at", "category", "crew"),
    empty=Words(
        "Mulai dengan laporan pertama: kapan, lampu mana, siapa yang melapor.",
        "Begin with the first report: when, which lamp, who reported it.",
    ),
    help=Words(
        "Satu slip dari laporan sampai lampu menyala dan dikonfirmasi. Satu laporan boleh menyangkut beberapa titik.",
        "One slip from the report until the lamp burns and that is confirmed. One report may cover several points.",
    ),
)
