"""What there is to do today, over all sections; what is overdue by a promise (`Kind.promise`) comes on top by itself."""

from __future__ import annotations

from desktop_app.core.agenda import Chart, Due
from desktop_app.core.words import Words
from desktop_app.records.cemeteries.permit_rules import EXPIRING_DAYS
from desktop_app.records.lighting.repair_life import TO_BE_DONE

_PLANNED = ("PLANNED", "ASSIGNED")
_RUNNING = ("ISSUED", "ACTIVE")

DUES = (
    Due(
        "permits",
        "plot_permit",
        "calendar-clock-outline",
        Words("Izin makam akan habis", "Permits that end soon"),
        Words(f"dalam {EXPIRING_DAYS} hari", f"within {EXPIRING_DAYS} days"),
        _RUNNING,
        Words("Izin akan habis", "The permit ends soon"),
        field="valid_until",
        first=0,
        last=EXPIRING_DAYS,
        listed=False,
    ),
    Due(
        "park_today",
        "park_work",
        "tree-outline",
        Words("Pekerjaan taman hari ini", "Park work of today"),
        Words("direncanakan", "planned"),
        _PLANNED,
        Words("Direncanakan hari ini", "Planned for today"),
        field="work_date",
        first=0,
        last=0,
    ),
    Due(
        "park_missed",
        "park_work",
        "tree-outline",
        Words("Pekerjaan taman terlewat", "Park work missed"),
        Words("belum dicatat selesai", "not recorded as done"),
        _PLANNED,
        Words("Rencananya sudah lewat", "Its day is over"),
        field="work_date",
        last=-1,
        late=True,
    ),
    Due(
        "permits_ended",
        "plot_permit",
        "calendar-clock-outline",
        Words("Izin makam sudah habis", "Permits that have ended"),
        Words("belum diperpanjang", "not renewed"),
        _RUNNING,
        Words("Izin sudah habis", "The permit has ended"),
        field="valid_until",
        last=-1,
        late=True,
        listed=False,
    ),
    Due(
        "assessments",
        "slum_assessment",
        "home-group",
        Words("Penilaian belum dikunci", "Assessments not locked"),
        Words("konsep", "drafts"),
        ("DRAFT",),
        Words("Penilaian belum dikunci", "The assessment is not locked"),
    ),
)

ENDING = "permits"
"""What has a card of its own: the days that are left."""

SCHEDULED = ("park", "schedule", "park_work", "ACTIVE")
"""The kind with a schedule, its lines, the kind of the work that is recorded, and where something with a schedule stands."""

CHART = Chart(
    "streetlight_repair",
    Words("Laporan selesai", "Reports done"),
    Words("30 hari terakhir, titik lampu", "last 30 days, light points"),
    "received_at",
    "village_code",
    "district_code",
    "points_reported",
    done=("DONE", "CONFIRMED"),
    open=TO_BE_DONE,
)
