"""Rows that are read many at once are what each of them is when it is read by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import travel
from desktop_app.core.stamps import new_uid
from desktop_app.storage.merging.layout import UID, layout_of
from desktop_app.storage.merging.plain import Arrival, UnfitError
from desktop_app.storage.merging.reading import Shape
from tests.storage.merging.tiny import REGISTRY

PART = travel.Part(REGISTRY["job"], "")
LAYOUT = layout_of(PART)
BORN = "0" * 10 + "12" + "0" * 4 + "a" * 12
LATER = "0" * 10 + "13" + "0" * 4 + "b" * 12
SHAPE = Shape(LAYOUT, Arrival(PART, LAYOUT.names, ()))
TEXTS = (
    *("", None, "a", "1", "-1", "1.50", "1.5", "true", "2026-02-28", "2026-02-30", "2026-02-28T24:00:00Z"),
    *(
        "2026-02-28T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "1871234567890123",
        "3,67E+15",
        "\u00e9",
        "e\u0301",
        "x" * 1001,
    ),
    *(
        BORN,
        f"name={LATER}",
        f"name={BORN}",
        f"other={LATER}",
        f"name={LATER} {LATER}",
        '{"other":{"a":"b"}}',
        "{",
    ),
)


def row(changed: dict[str, str | None]) -> list[str | None]:
    cells = {"uid": new_uid(), "site_code": "18.72.04", "born": BORN} | changed
    return [cells.get(name) for name in LAYOUT.names]


def alone(one):
    try:
        found = SHAPE.read(one)
    except UnfitError:
        return None
    return found.cells, dict(found.marks), found.extras, found.silent, found.written


@given(
    st.lists(st.dictionaries(st.sampled_from(LAYOUT.names), st.sampled_from(TEXTS), max_size=4), max_size=6)
)
def test_rows_that_are_read_together_are_what_they_are_alone(changes):
    rows = [row(changed) for changed in changes]
    together, rest = SHAPE.together(rows)
    if together is None:
        assert list(rest) == rows
    else:
        ones = map(SHAPE.one_of, together.rows(), together.marks)
        found = [(one.cells, dict(one.marks), one.extras, one.silent, one.written) for one in ones]
        assert found == [alone(one) for one in rows if not any(one is other for other in rest)]


@given(st.lists(st.sampled_from(("notes", "")), min_size=1, max_size=6))
def test_rows_without_anything_odd_are_read_together(groups):
    rows = [row({"field_stamps": f"name={LATER}" if group else None}) for group in groups]
    together, rest = SHAPE.together(rows)
    assert together is not None
    assert (len(together), list(rest)) == (len(rows), [])


def test_a_row_that_comes_twice_is_read_by_itself():
    rows = [row({}), row({})]
    rows[1][UID] = rows[0][UID]
    assert SHAPE.together(rows) == (None, rows)
