"""Saved views, on a real folder: everything that a list can ask comes back as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.services import lists, views
from tests.ui.city import city, city_base, opened

__all__ = ["city", "city_base"]
REPAIR = "streetlight_repair"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_question_comes_back(city, data):
    kind = city.kind(REPAIR)
    states = st.sampled_from([state.code for state in kind.life_cycle.states])
    day = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)).map(dt.date.isoformat)
    one_of = data.draw(st.lists(states, unique=True, max_size=3).map(tuple))
    query = Query(
        REPAIR,
        search=data.draw(st.text(max_size=20)),
        where=(("status", one_of),) if one_of else (),
        open_only=data.draw(st.booleans()),
        period=data.draw(st.none() | st.tuples(st.just("received_at"), day, day)),
        marks=frozenset(data.draw(st.sets(st.sampled_from(["unsent", "returned", "mine"])))),
        sort=data.draw(st.sampled_from(["", "status", "-received_at"])),
        removed=data.draw(st.booleans()),
        overdue=data.draw(st.sampled_from([None, lists.overdue(city, kind)])),
    )
    columns = {"order": ["status"], "hidden": [], "widths": {"status": data.draw(st.integers(1, 99))}}
    views.keep(city, query, columns, "sama", replace=True)
    [view] = views.views(city, REPAIR)
    assert (view.name, view.query, view.columns) == ("sama", query, columns)


def test_references_and_empty_values_come_back(city):
    with city.store.reading() as reader:
        crew = next(value for value, _ in reader.facets(Query(REPAIR), "crew") if value)
    query = Query(REPAIR, where=(("crew", (crew, None)),))
    views.keep(city, query, {}, "dua")
    assert views.views(city, REPAIR)[0].query == query


def test_they_survive_the_program(city):
    views.keep(city, Query(REPAIR, search="mawar"), {"order": []}, "Mawar")
    folder = city.place
    city.close()
    again = opened(folder)
    assert [(view.name, view.query.search) for view in views.views(again, REPAIR)] == [("Mawar", "mawar")]
    assert views.views(again, "light_point") == []
    again.close()


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x00b"])
def test_a_bad_name_is_refused(city, name):
    with pytest.raises(KnownError):
        views.keep(city, Query(REPAIR), {}, name)
    assert views.views(city, REPAIR) == []


def test_no_more_than_a_menu_holds(city):
    for number in range(views.MOST):
        views.keep(city, Query(REPAIR), {}, f"no {number}")
    with pytest.raises(KnownError):
        views.keep(city, Query(REPAIR), {}, "satu lagi")


def test_a_value_that_is_no_longer_known_is_left_out(city):
    views.keep(city, Query(REPAIR, where=(("status", ("RECEIVED",)),), sort="status"), {}, "lama")
    kept = city.drafts.views(city.person, REPAIR)
    kept["lama"]["query"]["where"]["gone"] = ["x"]
    kept["lama"]["query"]["sort"] = "-gone"
    kept["lama"]["query"]["period"] = ["gone", "2026-01-01", "2026-01-31"]
    city.drafts.put_views(city.person, REPAIR, kept)
    assert views.views(city, REPAIR)[0].query == Query(REPAIR, where=(("status", ("RECEIVED",)),))
