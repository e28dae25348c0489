"""A crew (regu) that does the work. Source: domain.md 2.6. One made in an office is its own until headquarters takes it over."""

from __future__ import annotations

from desktop_app.core.fields import Choices, Codes, Text
from desktop_app.core.spec import Column, Kind, Section
from desktop_app.core.words import Words
from desktop_app.records.common import NOTES_RULE, closing

TASK = Codes(
    lighting=("Penerangan jalan", "Street lighting"),
    parks=("Taman", "Parks"),
    cemeteries=("Pemakaman", "Cemeteries"),
    slums=("Kawasan kumuh", "Slum areas"),
)

KIND = Kind(
    "crew",
    "shared",
    "Regu",
    "Crew",
    plural=Words("Regu", "Crews"),
    short=Words("Regu", "Crews"),
    icon="account-hard-hat-outline",
    number="REGU",
    owner="register",
    local=True,
    title=("name", "vehicle"),
    subtitle=("leader",),
    form=(
        Section(
            "Regu",
            "Crew",
            Text("name", "Nama regu", "Crew name", max_len=60, required=True, unique="warning"),
            Text("leader", "Kepala regu", "Leader", max_len=100, reads="name", required=True, legacy_ok=True),
            Text("members", "Anggota", "Members", max_len=500, multiline=True),
            Text(
                "vehicle",
                "Kendaraan",
                "Vehicle",
                max_len=60,
                help=Words("Misalnya: Mobil tangga BE 9042 F", "For example: Ladder truck BE 9042 F"),
            ),
            Choices("tasks", "Bidang kerja", "Tasks", codes=TASK),
        ),
        closing(),
    ),
    rules=(NOTES_RULE,),
    columns=(Column("name", 20, also="vehicle"), Column("leader", 24), Column("tasks", 24)),
    sort="name",
    filters=("tasks",),
    empty=Words(
        "Mulai dengan regu pertama: nama dan kepala regunya.",
        "Begin with the first crew: its name and its leader.",
    ),
    help=Words(
        "Regu kerja dengan kepala regu, anggota dan kendaraannya.",
        "A crew with its leader, members and vehicle.",
    ),
)
