"""Numbers that count on, and what a copy of a record takes over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.records.registry import REGISTRY
from desktop_app.services.carrying import copied_values, counted, pinnable, running


@pytest.mark.parametrize(
    ("text", "by", "wanted"),
    [
        ("PJU-0042", 1, "PJU-0043"),
        ("PJU-0099", 1, "PJU-0100"),
        ("T9", 3, "T12"),
        ("12/A-07/B", 2, "12/A-09/B"),
        ("001", 0, "001"),
    ],
)
def test_the_last_number_counts_on(text, by, wanted):
    assert counted(text, by) == wanted


def test_a_text_without_a_number_is_refused():
    with pytest.raises(KnownError, match="nomor"):
        counted("Regu Mawar", 1)


@given(
    st.from_regex(r"[A-Z/-]{0,5}[0-9]{1,6}[A-Z]{0,2}", fullmatch=True),
    st.integers(0, 300),
    st.integers(0, 300),
)
def test_counting_in_two_steps_is_counting_once(text, first, second):
    assert counted(counted(text, first), second) == counted(text, first + second)


@given(st.from_regex(r"[A-Z-]{1,5}[0-9]{1,6}", fullmatch=True))
def test_all_numbers_are_different(text):
    assert len({counted(text, by) for by in range(20)}) == 20


def test_codes_of_things_run_and_numbers_of_papers_stay():
    kind = REGISTRY["light_point"]
    values: dict[str, Value] = {
        "lamp_code": "PJU-0042",
        "pole_code": "T-7",
        "contract_no": "01/2026",
        "street_name": "Jl. 5",
    }
    record = Record("light_point", "u", values)
    assert [(one.name, one.first, one.always) for one in running(kind, record)] == [
        ("lamp_code", "PJU-0043", True),
        ("pole_code", "T-8", False),
    ]


def test_a_copy_leaves_out_what_later_steps_say():
    kind = REGISTRY["streetlight_repair"]
    values: dict[str, Value] = {
        "street_name": "Jl. Kenanga",
        "finished_at": "x",
        "crew": "c",
        "lamp_code": "hidden",
    }
    copied = copied_values(kind, Record("streetlight_repair", "u", values))
    assert "street_name" in copied
    assert not {"finished_at", "lamp_code"} & set(copied)


@pytest.mark.parametrize("kind", [kind.name for kind in REGISTRY])
def test_what_names_a_record_is_never_pinned(kind):
    fields = REGISTRY[kind].stored_fields
    assert not [field.name for field in fields if field.unique and pinnable(field)]
