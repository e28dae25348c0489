"""Rows of an older program are brought up to date step by step, and keep their stamps."""

from __future__ import annotations

from desktop_app.exchange.package.convert import STEPS, Content, Step, converted
from tests.exchange.package.packing import STAMP

OLD = Content(
    "park_work",
    ("uid", "born", "field_stamps", "colour"),
    {"colour": "colour"},
    [("u1", STAMP, f"colour={STAMP}", "red")],
)


def renamed(content: Content) -> Content:
    """In revision 0008 `colour` became `shade`, and so did its group."""
    return Content(
        content.part_name,
        tuple("shade" if name == "colour" else name for name in content.columns),
        {"shade": "shade"},
        (
            (uid, born, (stamps or "").replace("colour=", "shade="), colour)
            for uid, born, stamps, colour in content.rows
        ),
    )


def upper(content: Content) -> Content:
    """In revision 0009 its codes became capitals."""
    return content._replace(rows=((*row[:-1], (row[-1] or "").upper()) for row in content.rows))


TWO = (Step("0008", "0009", upper), Step("0007", "0008", renamed))


def test_steps_follow_each_other_from_the_sender_s_revision():
    new = converted(OLD, "0007", TWO)
    assert (new.columns, new.groups) == (("uid", "born", "field_stamps", "shade"), {"shade": "shade"})
    assert [tuple(row) for row in new.rows] == [("u1", STAMP, f"shade={STAMP}", "RED")]


def test_only_the_steps_that_are_needed_are_taken():
    assert [tuple(row) for row in converted(OLD, "0008", TWO).rows] == [
        ("u1", STAMP, f"colour={STAMP}", "RED")
    ]
    assert converted(OLD, "0009", TWO) == OLD
    assert converted(OLD, "0001") == OLD


def test_every_revision_is_the_beginning_of_one_step_at_most():
    assert len({step.since for step in STEPS}) == len(STEPS)
    assert all(step.since < step.to for step in STEPS)
