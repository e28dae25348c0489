"""Possible doubles are told from what only looks alike."""

from __future__ import annotations

import pytest

from desktop_app.core.resembling import Around, Found, Same
from desktop_app.records.doubles import PLANS
from desktop_app.records.registry import REGISTRY
from tests.unit.records.labelled import figures, labelled

PAIRS = labelled()


def test_precision_and_recall_on_sixty_labelled_pairs_are_held(capsys):
    tuned = figures([pair for pair in PAIRS if not pair.kept_out])
    kept_out = figures([pair for pair in PAIRS if pair.kept_out])
    with capsys.disabled():
        print()  # noqa: T201
        for name, (precision, recall) in (("made to fit, 40 pairs", tuned), ("kept out, 20 pairs", kept_out)):
            print(f"possible doubles, {name}: precision {precision:.2f}, recall {recall:.2f}")  # noqa: T201
    assert len(PAIRS) == 60
    assert tuned >= (1.0, 1.0)
    assert kept_out >= (1.0, 0.91)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.number}-{pair.kind}")
def test_who_is_asked_first_makes_no_difference(pair):
    one, other = pair.judged(), pair.judged(other_way=True)
    assert (one and round(one.points, 6)) == (other and round(other.points, 6))


def test_what_speaks_for_it_is_said_in_both_languages():
    twice = next(pair for pair in PAIRS if pair.number == 1).judged()
    assert twice is not None
    assert twice.why == ("Lampu sama, laporan terbuka 05/11/2026", "Same lamp, open report of 05/11/2026")


def test_every_field_that_a_plan_names_is_there_and_looked_up_by_an_index():
    for name, plan in PLANS.items():
        kind = REGISTRY[name]
        assert not plan.at or plan.at in kind.by_name
        for way in plan.ways:
            named = way.fields if isinstance(way, Same) else way.of if isinstance(way, Around | Found) else ()
            assert set(named) <= set(kind.by_name), name
            if isinstance(way, Same):
                first = kind.by_name[way.fields[0]]
                assert first.indexed or first.unique or first.name in kind.filters, (name, first.name)
            if isinstance(way, Around):
                assert way.field == kind.sort.lstrip("-"), name


def test_every_kind_that_people_type_has_a_plan():
    assert {kind.name for kind in REGISTRY if kind.own_page} - set(PLANS) == {"region"}
