"""The search over all kinds, on a real database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.errors import Cancelled
from desktop_app.core.query import Query
from desktop_app.services import finding, records
from desktop_app.ui.ops import Op
from tests.ui.city import city, city_base

__all__ = ["city", "city_base"]
pytestmark = pytest.mark.engines


def of(groups):
    return {group.kind.name: group for group in groups}


def first(ctx, kind):
    with ctx.store.reading() as reader:
        return reader.first(Query(kind), 1)[0]


def test_each_kind_is_asked_and_told_apart(city):
    lamp = first(city, "light_point")
    groups = finding.everywhere(city, lamp.values["lamp_code"])
    assert groups[0].kind.name == "light_point"
    assert groups[0].hits[0].uid == lamp.uid
    with city.store.reading() as reader:
        reports = reader.count(Query("streetlight_repair", search=lamp.values["lamp_code"]))
    found = of(groups).get("streetlight_repair")
    assert (len(found.hits) if found else 0) == min(reports, finding.A_KIND)


def test_removed_records_are_not_found(city):
    lamp = first(city, "light_point")
    records.remove(city, "light_point", lamp.uid, "dicabut")
    hits = of(finding.everywhere(city, lamp.values["lamp_code"])).get("light_point")
    assert hits is None or lamp.uid not in [hit.uid for hit in hits.hits]


def test_more_than_shown_is_said(city):
    group = of(finding.everywhere(city, "jl"))["streetlight_repair"]
    assert len(group.hits) == finding.A_KIND
    assert group.more


def test_the_newest_come_first_among_equals(city):
    group = of(finding.everywhere(city, "jl"))["streetlight_repair"]
    with city.store.reading() as reader:
        held = reader.ids(Query("streetlight_repair", search="jl"))
        pks = {row.uid: row.pk for row in reader.rows("streetlight_repair", held)}
    shown = [pks[hit.uid] for hit in group.hits]
    assert shown == sorted(shown, reverse=True)


def test_sections_not_in_use_are_left_out(city):
    lamp = first(city, "light_point")
    city.settings = replace(city.settings, sections=("parks",))
    assert "light_point" not in of(finding.everywhere(city, lamp.values["lamp_code"]))


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'", '"', "\\", "a" * 200, "* OR", "zzqxzzqx"])
def test_nothing_odd_breaks_it(city, typed):
    assert finding.everywhere(city, typed) == []


def test_a_dropped_question_ends(city, qapp):
    op = Op(lambda *_: None, "quick", lambda _: None)
    op.cancel()
    with pytest.raises(Cancelled):
        finding.everywhere(city, "jl", op)
    op.end()
