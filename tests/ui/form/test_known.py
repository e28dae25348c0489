"""A lookup that never waits: what it does not know it notes, asks for elsewhere, and knows then."""

from __future__ import annotations

from desktop_app.ui.form.known import Known, Question, answers
from tests.unit.core.slip import House


def test_what_is_not_known_is_noted_and_answered_as_if_there_were_nothing():
    known = Known()
    assert (known.get("lamp", "u-42"), known.title("lamp", "u-42")) == (None, "")
    assert known.find("lamp", number="x") == ()
    assert known.wanted == {
        Question("get", "lamp", "u-42"),
        Question("title", "lamp", "u-42"),
        Question("find", "lamp", "", (("number", "x"),)),
    }
    house = House()
    assert known.learn(answers(house, known.wanted))
    assert known.wanted == set()
    assert known.get("lamp", "u-42") is house.get("lamp", "u-42")
    assert known.title("lamp", "u-42") == "PJU-0042"


def test_with_a_source_it_asks_at_once_and_remembers():
    known = Known(House())
    assert known.title("lamp", "u-42") == "PJU-0042"
    known.source = None
    assert known.title("lamp", "u-42") == "PJU-0042"
    assert known.wanted == set()


def test_after_a_change_elsewhere_the_old_answers_serve_until_the_new_ones_come():
    house = House()
    known = Known(house)
    known.title("lamp", "u-42")
    known.source = None
    known.doubt()
    assert known.title("lamp", "u-42") == "PJU-0042"
    assert not known.learn(answers(house, known.wanted)), "nothing is different"
    del house.records["lamp", "u-42"]
    known.doubt()
    assert known.learn(answers(house, known.wanted))
    assert known.title("lamp", "u-42") == "u-42"


def test_a_picked_title_needs_no_question():
    known = Known()
    known.tell_title("lamp", "u-7", "PJU-0007")
    assert known.title("lamp", "u-7") == "PJU-0007"
    assert known.wanted == set()
