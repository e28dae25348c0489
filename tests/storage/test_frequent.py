"""Searches that find much are answered in another way than those that find little; the answers are the same."""

from __future__ import annotations

import random

import pytest

from desktop_app.core.query import Query
from desktop_app.storage import backends, listing
from desktop_app.storage.backends import sqlite
from tests.storage.small import area, lamp

pytestmark = pytest.mark.engines

STREETS = ("Jl. Mawar", "Jl. Melati", "Gang Mawar", "Jl. Teratai", None)


@pytest.fixture(scope="module")
def city(module_store):
    store, chance = module_store, random.Random(5)
    with store.writing("Budi") as writer:
        villages = [
            writer.add(area(f"18.72.01.100{n}", name)).uid
            for n, name in enumerate(("Imopuro", "Metro", "Yosodadi"))
        ]
        made = [
            writer.add(
                lamp(f"PJU-{n:04d}", street=chance.choice(STREETS), area=chance.choice((*villages, None)))
            )
            for n in range(300)
        ]
        for one in made[::7]:
            writer.remove("lamp", one.uid, "rusak")
    return store


def answers(store, query):
    with store.reading() as reader:
        open_too = Query("lamp", search=query.search, open_only=True)
        return (
            [row.uid for row in reader.first(query, 20)],
            reader.ids(query).tolist(),
            reader.tally([query, Query("lamp"), open_too, query]),
        )


@pytest.mark.parametrize(
    "text", ["mawar", "pju", "jl", "jl mawar metro", "imopuro", "pju-0042", "nothing", ""]
)
@pytest.mark.parametrize("sort", ["", "street", "-street", "area", "-area", "-number"])
@pytest.mark.parametrize("removed", [False, True])
def test_the_same_rows_ids_and_counts_whichever_way(city, monkeypatch, text, sort, removed):
    query = Query("lamp", search=text, sort=sort, removed=removed)
    usual = answers(city, query)
    assert (len(usual[0]), usual[2][0]) == (min(20, len(usual[1])), len(usual[1]))
    for some, many, frequent in ((1, 10**6, 10**6), (1, 1, 10**6), (1, 1, 1)):
        monkeypatch.setattr(listing, "_SOME", some)
        monkeypatch.setattr(listing, "_MANY", many)
        monkeypatch.setattr(listing, "_FREQUENT", frequent)
        assert answers(city, query) == usual


@pytest.mark.engines("sqlite")  # the other one does not estimate
def test_in_a_long_list_much_that_is_found_is_estimated_and_little_is_counted(city, monkeypatch):
    monkeypatch.setattr(sqlite, "_SHORT", 1)
    monkeypatch.setattr(sqlite, "_FEW", 40)
    monkeypatch.setattr(sqlite, "_SAMPLES", 10)
    monkeypatch.setattr(sqlite, "_SAMPLE", 10)
    with city.reading() as reader:
        backend = backends.of(reader.connection)
        assert backend.search_number("lamp", ("pju",), 1000) == 300
        assert backend.search_number("lamp", ("pju",), 50) == 50
        assert backend.search_number("lamp", ("pju42",), 1000) == 1


def test_more_ids_than_are_read_in_one_piece(city, monkeypatch):
    with city.reading() as reader:
        everything = reader.ids(Query("lamp", search="pju", sort="street"))
        monkeypatch.setattr(sqlite, "_PIECE", 5)
        monkeypatch.setattr(listing, "_PIECE", 7)
        monkeypatch.setattr(listing, "_MANY", 1)
        assert reader.ids(Query("lamp", search="pju", sort="street")) == everything
        assert reader.tally([Query("lamp", search="pju")]) == [len(everything)]
