"""A form being filled in: nothing typed is lost, nothing is guessed silently, and it can be taken up again exactly."""

from __future__ import annotations

import copy
import datetime as dt
import json
from decimal import Decimal as Number

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.fields import Computed, Reference
from desktop_app.core.record import Line, Record
from tests.unit.core.slip import NOON, SLIP, House, begun, opened

FIELDS = [field.name for field in SLIP.stored_fields if not field.hidden]
CELLS = [field.name for field in SLIP.lines_by_name["parts"].fields if not isinstance(field, Computed)]
SAID = [
    "5/11", "kemarin", "1,5 jt", "PJU-0042", "pju-004", "LAMP", "lain", "Ya", "-5,11 105,3", "105.30 -5.11", "1965", "-", "14.00",
    "1872011501900001", "0812-3456-7890", "kabel; lain", "3", "32/13/2026", "  ", "1.500", "=SUM(A1)", "1,87E+15", "jl mawar",
]  # fmt: skip
texts = st.one_of(st.sampled_from(SAID), st.text(max_size=30))
# What a person does to a form: (verb, field or cell, text)
deeds = st.one_of(
    st.tuples(st.just("type"), st.sampled_from(FIELDS), texts),
    st.tuples(st.just("tidy"), st.sampled_from(FIELDS), st.just("")),
    st.tuples(st.just("offer"), st.sampled_from(FIELDS), st.just("")),
    st.tuples(st.just("keep"), st.sampled_from(["lamp", "by_lamp"]), texts),
    st.tuples(st.just("add"), st.just(""), st.just("")),
    st.tuples(st.just("cell"), st.sampled_from(CELLS), texts),
    st.tuples(st.just("remove"), st.just(""), st.just("")),
)


def filled(record):
    lines = {name: [(one.uid, values(one.values)) for one in held] for name, held in record.lines.items()}
    return values(record.values), lines


def values(held):
    return {name: value for name, value in held.items() if value is not None}


def do(draft, verb, name, text):
    rows = draft.rows("parts")
    if verb == "type":
        draft.type(name, text)
    elif verb == "tidy":
        draft.tidy(name)
    elif verb == "offer":
        draft.take_offer(name)
    elif verb == "keep":
        draft.keep(name, text)
    elif verb == "add":
        draft.add_row("parts")
    elif verb == "cell" and rows:
        draft.type_cell("parts", rows[-1], name, text)
    elif verb == "remove" and rows:
        draft.remove_row("parts", rows[0])


@given(st.sampled_from(FIELDS), texts)
def test_any_text_in_any_field_is_understood_or_kept_with_one_sentence(name, text):
    draft = begun()
    draft.type(name, text)
    if draft.unread(name):
        assert draft.text(name) == text
        assert draft.value(name) is None
        assert [f.severity for f in draft.findings() if f.field == name and f.code == f"{name}:unread"] in (
            ["error"],
            [],
        )
        assert draft.relevant(name) == any(f.code == f"{name}:unread" for f in draft.findings())
    else:
        draft.tidy(name)
        value = draft.value(name)
        again = draft.text(name)
        draft.type(name, again)
        assert draft.value(name) == value


@given(st.sampled_from(CELLS), texts)
def test_any_text_in_any_cell_is_understood_or_kept_with_one_sentence(name, text):
    draft = begun()
    row = draft.add_row("parts")
    draft.type_cell("parts", row, name, text)
    found = [
        f
        for f in draft.findings()
        if f.line == ("parts", row) and f.field == name and f.code == f"parts.{name}:unread"
    ]
    assert len(found) <= 1
    if found:
        assert draft.cell_text("parts", row, name) == text
        assert draft.cell_value("parts", row, name) is None


@given(st.lists(deeds, max_size=12))
def test_a_kept_draft_is_taken_up_exactly_as_it_was_also_days_later(things):
    draft = begun()
    for thing in things:
        do(draft, *thing)
    state = json.loads(json.dumps(draft.state()))
    later = begun(now=NOON + dt.timedelta(days=9))
    later.take_up(state)
    assert json.loads(json.dumps(later.state())) == state
    assert filled(later.record) == filled(draft.record)
    assert [later.text(name) for name in FIELDS] == [draft.text(name) for name in FIELDS]
    assert [later.offer(name) for name in FIELDS] == [draft.offer(name) for name in FIELDS]


@given(st.lists(deeds, max_size=12))
def test_what_is_typed_never_breaks_checking_or_what_would_be_saved(things):
    draft = begun()
    for thing in things:
        do(draft, *thing)
    before = json.dumps(draft.state())
    draft.findings()
    record = draft.record_to_save()
    for field in SLIP.stored_fields:
        if not draft.relevant(field.name):
            assert record.values[field.name] is None
    assert json.dumps(draft.state()) == before


@given(st.lists(deeds, max_size=8), st.lists(deeds, max_size=6))
def test_lines_go_back_to_where_they_were(first, more):
    draft = begun()
    for thing in first:
        do(draft, *thing)
    before, rows = draft.lines_state("parts"), copy.deepcopy(draft.record.lines["parts"])
    for verb, name, text in more:
        if verb in ("add", "cell", "remove"):
            do(draft, verb, name, text)
    draft.restore_lines("parts", before)
    assert draft.record.lines["parts"] == rows
    assert draft.lines_state("parts") == before


def test_many_changes_at_once_are_computed_with_at_the_end():
    draft = begun()
    with draft.at_once():
        for number in range(1, 4):
            row = draft.add_row("parts")
            draft.type_cell("parts", row, "qty", str(number))
            draft.type_cell("parts", row, "price", "1000")
        assert draft.record.values.get("cost") is None
    assert draft.record.values["cost"] == 6000


def test_what_a_record_knows_is_filled_in_when_it_is_known_later():
    house = House()
    lamp = house.records.pop(("lamp", "u-42"))
    draft = begun(house=house)
    draft.choose("lamp", "u-42")
    row = draft.add_row("parts")
    draft.choose_cell("parts", row, "spare", "u-42")
    assert (draft.value("street"), draft.cell_value("parts", row, "part")) == (None, None)
    house.records["lamp", "u-42"] = lamp
    draft.fill_waiting()
    assert (draft.value("street"), draft.cell_value("parts", row, "part")) == ("Jl. Jenderal Sudirman",) * 2
    draft.type("street", "")
    draft.fill_waiting()
    assert draft.value("street") is None, "only once"


# ---- opening and changing


def stored(**values) -> Record:
    held = {
        "lamp": "u-42",
        "street": "Jl. Lama",
        "reported_on": dt.date(2026, 11, 3),
        "cause": "LAMP",
        **values,
    }
    parts = [Line("p1", {"part": "Kabel", "qty": Number("2.000"), "price": 5000, "total": 10000})]
    record = Record(
        "slip",
        "s1",
        held,
        {"parts": parts, "criteria": [Line("c1", {"criterion": "1a", "volume": Number("3.00")})]},
    )
    record.status, record.version = "NEW", 4
    return record


def test_a_new_record_has_its_defaults_and_is_not_changed():
    draft = begun()
    assert (draft.value("reported_on"), draft.value("installed_precision")) == (dt.date(2026, 11, 5), "DAY")
    assert [draft.cell_value("criteria", row, "criterion") for row in draft.rows("criteria")] == ["1a", "1b"]
    assert not draft.changed()


def test_opening_changes_nothing_even_where_a_stored_field_does_not_apply():
    record = stored(other_cause="burung")
    draft = opened(record)
    assert not draft.changed()
    assert draft.value("other_cause") is None
    draft.type("cause", "Lain")
    assert draft.value("other_cause") == "burung"
    assert record.values["other_cause"] == "burung"


def test_what_no_longer_applies_is_laid_aside_with_all_that_hangs_on_it_and_comes_back():
    draft = begun({"cause": "OTHER"})
    draft.type("other_cause", "burung")
    draft.type("kind_of_other", "Kabel")
    draft.type("cause", "Kabel")
    assert (draft.value("other_cause"), draft.value("kind_of_other"), draft.relevant("kind_of_other")) == (
        None,
        None,
        False,
    )
    assert draft.record_to_save().values["other_cause"] is None
    draft.type("cause", "Lain")
    assert (draft.value("other_cause"), draft.value("kind_of_other")) == ("burung", "CABLE")


def test_typing_and_taking_it_back_leaves_nothing_to_save():
    draft = opened(stored())
    draft.type("poles", "3")
    assert draft.changed()
    assert draft.changes() == {"poles": 3}
    draft.type("poles", "")
    assert not draft.changed()
    draft.type("poles", "tiga puluh x")
    assert draft.changed()


def test_a_picked_lamp_fills_its_place_where_nothing_was_typed():
    draft = begun()
    draft.choose("lamp", "u-42")
    assert (draft.value("street"), draft.value("rt")) == ("Jl. Jenderal Sudirman", "003")
    draft.choose("lamp", "u-43")
    assert (draft.value("street"), draft.value("rt")) == ("Jl. Mawar", None), (
        "what came from the other lamp goes with it"
    )
    draft.type("street", "Jl. Kenanga")
    draft.choose("lamp", "u-42")
    assert (draft.value("street"), draft.value("rt")) == ("Jl. Kenanga", "003")
    draft.type("street", "")
    draft.choose("lamp", "u-42")
    assert draft.value("street") == "Jl. Jenderal Sudirman"


def test_a_lamp_that_knows_less_takes_nothing_from_a_stored_record():
    draft = opened(stored(rt="009"))
    draft.choose("lamp", "u-43")
    assert (draft.value("street"), draft.value("rt")) == ("Jl. Mawar", "009")


def test_a_reference_is_kept_as_typed_and_looked_up_when_it_is_left():
    draft = begun()
    draft.keep("lamp", "pju-0042")
    assert (draft.text("lamp"), draft.value("lamp"), draft.unread("lamp")) == ("pju-0042", None, True)
    draft.type("lamp", "pju-0042", found=[("u-42", "PJU-0042")])
    assert (draft.value("lamp"), draft.value("street")) == ("u-42", "Jl. Jenderal Sudirman")
    draft.type("lamp", "pju", found=[("u-42", "PJU-0042"), ("u-43", "PJU-0043")])
    assert draft.unread("lamp")
    assert "PJU-0043" in next(f.words.id for f in draft.findings() if f.code == "lamp:unread")


def test_a_left_field_says_what_it_holds_as_it_is_written_everywhere():
    draft = begun()
    draft.type("reported_on", "kemarin")
    assert draft.text("reported_on") == "kemarin"
    assert draft.understood("reported_on") == ("= Rabu, 4 November 2026", "= Wednesday, 4 November 2026")
    draft.tidy("reported_on")
    assert (draft.text("reported_on"), draft.understood("reported_on")) == ("04/11/2026", None)
    row = draft.add_row("parts")
    draft.type_cell("parts", row, "price", "1,5 jt")
    draft.tidy_cell("parts", row, "price")
    assert draft.cell_text("parts", row, "price") == "1.500.000"


def test_an_offer_is_applied_only_when_it_is_taken():
    draft = begun()
    draft.type("latitude", "105.30, -5.11")
    assert (draft.offer("latitude") is not None, draft.value("latitude")) == (True, None)
    draft.take_offer("latitude")
    assert (draft.value("latitude"), draft.value("longitude")) == (Number("-5.11"), Number("105.30"))
    assert draft.offer("latitude") is None


def test_empty_lines_are_not_stored_and_irrelevant_ones_neither():
    draft = begun()
    row = draft.add_row("parts")
    assert draft.record_to_save().lines["parts"] == []
    draft.type_cell("parts", row, "qty", "2")
    draft.type_cell("parts", row, "price", "500")
    saved = draft.record_to_save()
    assert saved.lines["parts"][0].values == {"qty": Number("2.000"), "price": 500, "total": 1000}
    assert saved.values["cost"] == 1000
    assert len(saved.lines["criteria"]) == 2


def test_a_copy_for_a_worker_lives_by_itself():
    draft = begun()
    copied = draft.at(draft.where)
    copied.type("street", "Jl. Lain")
    copied.add_row("parts")
    assert (draft.value("street"), draft.rows("parts")) == (None, [])


# ---- somebody else stored it meanwhile


def test_changes_go_upon_the_newer_record_field_by_field_and_cell_by_cell():
    draft = opened(stored())
    draft.type("poles", "3")
    draft.type("street", "Jl. Saya")
    draft.type_cell("parts", "p1", "qty", "5")
    draft.type_cell("criteria", draft.rows("criteria")[1], "volume", "9")
    draft.type("length", "abc")
    theirs = stored(street="Jl. Mereka", urgent=True)
    theirs.version = 5
    theirs.lines["parts"][0].values["price"] = 7000
    theirs.lines["parts"].append(Line("p2", {"part": "Lem", "qty": Number(1)}))
    both = draft.rebase(theirs)
    assert both == ["street"]
    assert (draft.value("poles"), draft.value("urgent"), draft.value("street")) == (3, True, "Jl. Saya")
    assert draft.text("length") == "abc"
    assert draft.record.lines["parts"][0].values == {
        "part": "Kabel",
        "qty": Number("5.000"),
        "price": 7000,
        "total": 35000,
    }
    assert draft.rows("parts") == ["p1", "p2"]
    assert [line.values.get("volume") for line in draft.record.lines["criteria"]] == [
        Number("3.00"),
        Number("9.00"),
    ]
    assert draft.base is theirs
    assert set(draft.changes()) == {"poles", "street"}


def test_lines_that_both_changed_differently_are_told():
    draft = opened(stored())
    draft.type_cell("parts", "p1", "qty", "5")
    theirs = stored()
    theirs.lines["parts"][0].values["qty"] = Number("6.000")
    assert draft.rebase(theirs) == ["parts"]
    assert draft.cell_value("parts", "p1", "qty") == Number("5.000")


def test_a_line_removed_here_and_changed_there_stays_and_is_told():
    draft = opened(stored())
    draft.remove_row("parts", "p1")
    untouched = draft.at(draft.where)
    assert (untouched.rebase(stored()), untouched.rows("parts")) == ([], [])
    theirs = stored()
    theirs.lines["parts"][0].values["qty"] = Number("6.000")
    assert (draft.rebase(theirs), draft.rows("parts")) == (["parts"], ["p1"])


# ---- kept drafts of other versions of the program


def test_a_field_that_is_gone_is_left_out_and_a_value_that_is_none_any_more_keeps_its_text():
    state = begun({"cause": "LAMP"}).state()
    state["values"] |= {"gone": "x", "poles": "three"}
    state["typed"] += [{"at": ["", "", "gone"], "text": "x"}, {"at": ["away", "u", "n"], "text": "x"}]
    draft = begun()
    draft.take_up(state)
    assert (draft.value("cause"), draft.text("poles"), draft.unread("poles")) == ("LAMP", "three", True)
    assert "gone" not in draft.record.values


@pytest.mark.parametrize("name", [field.name for field in SLIP.stored_fields if isinstance(field, Reference)])
def test_emptying_a_reference_empties_it(name):
    draft = begun(house=House())
    draft.choose("cause", "LAMP")
    draft.choose(name, "u-42")
    draft.keep(name, "")
    assert (draft.value(name), draft.unread(name)) == (None, False)
