"""The kinds of the small world: jobs with parts and a life cycle, and spots."""

from __future__ import annotations

from desktop_app.core.fields import Integer, Text
from desktop_app.core.spec import (
    Column,
    Kind,
    LifeCycle,
    Lines,
    Move,
    Registry,
    Section,
    SectionOfWork,
    State,
)
from desktop_app.core.words import Words
from desktop_app.records.common import closing
from desktop_app.records.shared import attachment, conflict

W = Words("x", "x")
STATES = (State("REPORTED", "Dilaporkan", "Reported"), State("DONE", "Selesai", "Done", open=False))
JOB = Kind(
    "job",
    "shared",
    "Pekerjaan",
    "Job",
    plural=W,
    short=W,
    icon="x",
    number="JOB",
    title=("a",),
    sort="a",
    empty=W,
    help=W,
    form=(
        Section(
            "Pekerjaan",
            "Job",
            Text("a", "A", "A"),
            Text("b", "B", "B"),
            Integer("n", "N", "N"),
            Text("who", "Siapa", "Who", personal=True),
            Lines(
                "parts",
                "Bahan",
                "Parts",
                (Text("part", "Barang", "Part"), Integer("qty", "Jumlah", "Quantity")),
            ),
        ),
        closing(),
    ),
    columns=(Column("a", 10),),
    life_cycle=LifeCycle(
        STATES, (Move("finish", "Selesai", "Finish", ("REPORTED",), "DONE"),), ("REPORTED", "DONE")
    ),
)
PLACE = Kind(
    "spot",
    "shared",
    "Tempat",
    "Spot",
    plural=W,
    short=W,
    icon="x",
    number="SPT",
    title=("name",),
    sort="name",
    owner="register",
    empty=W,
    help=W,
    form=(Section("Tempat", "Spot", Text("name", "Nama", "Name")), closing()),
    columns=(Column("name", 10),),
)
REGISTRY = Registry(
    (SectionOfWork("shared", "x", "x", "x", W),), (JOB, PLACE, conflict.KIND, attachment.KIND)
)
