"""A tiny office: a list of places and the jobs done there, with lines, steps, personal data and a review; and the program before it."""

from __future__ import annotations

from typing import Any

from desktop_app.core.fields import Choice, Codes, Computed, Decimal, Integer, Money, Reference, Text, YesNo
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
from desktop_app.records.shared.conflict import KIND as CONFLICT

W = Words("x", "x")
REVIEW = Codes(RECEIVED=("x", "x"), RETURNED=("x", "x"), APPROVED=("x", "x"))
SAME: dict[str, Any] = {"plural": W, "short": W, "icon": "x", "empty": W, "help": W}
STATES = (State("OPEN", "x", "x"), State("DONE", "x", "x", open=False), State("PAID", "x", "x", open=False))
LIFE = LifeCycle(
    STATES,
    (Move("finish", "x", "x", ("OPEN",), "DONE"), Move("pay", "x", "x", ("DONE",), "PAID")),
    ("OPEN", "DONE", "PAID"),
)


def _total(row):
    return None if row.qty is None or row.price is None else int(row.qty * row.price)


def _cost(r):
    totals = [row.total for row in r.rows("parts") if row.total is not None]
    return sum(totals) if totals else None


def _review():
    return (
        Choice("review_state", "x", "x", codes=REVIEW, hidden=True, group="review"),
        Text("review_reason", "x", "x", hidden=True, searched=False, group="review"),
    )


def _job(newer: bool) -> Kind:
    later = (Integer("urgency", "x", "x"), Text("colour", "x", "x", group="look")) if newer else ()
    of_line = (Text("brand", "x", "x"),) if newer else ()
    return Kind(
        "job",
        "work",
        "Pekerjaan",
        "Job",
        number="JOB",
        title=("name",),
        sort="name",
        life_cycle=LIFE,
        form=(
            Section(
                "x",
                "x",
                Text("name", "x", "x"),
                Reference("place", "x", "x", kind="place"),
                Decimal("length", "x", "x", scale=2, group="size"),
                Text("unit", "x", "x", group="size"),
                YesNo("urgent", "x", "x"),
                Text("nik", "x", "x", reads="nik", personal=True, group="person"),
                Text("no_nik", "x", "x", group="person"),
                Text("phone", "x", "x", personal=True),
                *later,
                *_review(),
                Lines(
                    "parts",
                    "x",
                    "x",
                    (
                        Text("part", "x", "x"),
                        Decimal("qty", "x", "x", scale=1),
                        Money("price", "x", "x"),
                        *of_line,
                        Computed("total", "x", "x", of=_total, like=Money("", "", "")),
                    ),
                ),
                Computed("cost", "x", "x", of=_cost, like=Money("", "", "")),
            ),
        ),
        columns=(Column("name", 10), Column("cost", 10)),
        **SAME,
    )


PLACE = Kind(
    "place",
    "work",
    "Tempat",
    "Place",
    number="",
    title=("label",),
    sort="label",
    natural_key="code",
    owner="reference",
    form=(Section("x", "x", Text("code", "x", "x"), Text("label", "x", "x")),),
    columns=(Column("label", 10),),
    **SAME,
)


def _registry(newer: bool) -> Registry:
    sections = (SectionOfWork("work", "x", "x", "x", W), SectionOfWork("shared", "x", "x", "x", W))
    return Registry(sections, (_job(newer), PLACE, CONFLICT))


REGISTRY, OLDER = _registry(True), _registry(False)
