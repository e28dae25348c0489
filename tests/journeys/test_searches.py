"""Thirty slips put in without the window, and what the search box finds among them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop_app.__main__ import main
from desktop_app.core import values
from desktop_app.core.query import Query
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Source
from tests.journeys import city
from tests.journeys.clerk import KEY, Clerk
from tests.journeys.test_slips import SLIPS, named

LETTERS = {"streetlight_repair": "R", "park_work": "W", "burial": "B"}

SEARCHES: tuple[tuple[str, str, str], ...] = (
    ("streetlight_repair", "jl mawar", "R1 R10"),
    ("streetlight_repair", "Jalan Mawar", "R1 R10"),
    ("streetlight_repair", "mawar, JLN.", "R1 R10"),
    ("streetlight_repair", "PJU-42", "R1"),
    ("streetlight_repair", "pju 0042", "R1"),
    ("streetlight_repair", "pju42 sri", "R1"),
    ("streetlight_repair", "pasar tejo", "R4 R6"),  # the panel's name
    ("streetlight_repair", "iring mulyo", "R1 R3 R10"),  # the village's name
    ("streetlight_repair", "mobil tangga", "R5"),  # the crew's vehicle
    ("streetlight_repair", "rt 3", "R1"),
    ("streetlight_repair", "RW.05", "R1"),
    ("streetlight_repair", "rw 3 rt 007", "R2 R9"),
    ("streetlight_repair", "0812-3456", "R1 R8"),
    ("streetlight_repair", "+62 812 7700", "R3"),
    ("streetlight_repair", "(0725) 41234", "R2"),
    ("streetlight_repair", "hj sumiati", "R3"),
    ("streetlight_repair", "ma'ruf", "R9"),
    ("streetlight_repair", "MARUF", "R9"),
    ("streetlight_repair", "ikhlas masjid", "R1"),
    ("streetlight_repair", "600/045/mt", "R4"),
    ("streetlight_repair", "PJU-LAP/187204/2026/000003", "R3"),
    ("streetlight_repair", "gg melati", "R2"),
    ("streetlight_repair", "gang melati", "R2"),
    ("streetlight_repair", "mawar pasar", ""),
    ("streetlight_repair", "tidakadayangbegini", ""),
    ("light_point", "jl mawar", "PJU-0042"),
    ("light_point", "PJU-42", "PJU-0042 PJU-0421"),  # what begins so, while it is being typed
    ("light_point", "yosorejo", "PJU-0007 PJU-0421"),
    ("power_panel", "171500012345", "Panel_Mawar"),
    ("power_panel", "1715 0001 2345", "Panel_Mawar"),
    ("park_work", "ki hajar", "W2 W7"),
    ("park_work", "biru dewantara", "W7"),
    ("park_work", "=sum", "W10"),
    ("burial", "1872011203480002", "B1"),
    ("burial", "1872 0112 0348", "B1"),
    ("burial", "sukardi partorejo", "B1"),
    ("burial", "partorejo sukardi", "B1"),
    ("burial", "moh. rizki", "B9"),
    ("burial", "Mochammad", "B9"),
    ("burial", "03-019", "B4 Sukirman"),  # the plot's code
    ("crew", "jose energi", "Regu_Énergi"),
    ("crew", "JOSÉ", "Regu_Énergi"),
)
"""Kind, what is typed, and who is found."""


@pytest.fixture(scope="module")
def small_city(books: tuple[Path, city.Names], tmp_path_factory: pytest.TempPathFactory):
    """The office with the thirty slips, put in through the services; the uids by name."""
    folder = tmp_path_factory.mktemp("searches") / "office"
    shutil.copytree(books[0], folder)
    ctx = city.opened(folder)
    names = dict(books[1])
    for kind, letter in LETTERS.items():
        for number, slip in enumerate(slips_of(kind)["slips"], 1):
            names[f"{letter}{number}"] = city.put_in(
                ctx, kind, {**slip["typed"], "lines": slip.get("lines", {})}
            )
    names["Regu Énergi"] = city.put_in(ctx, "crew", {"name": "Regu Énergi", "leader": "José Martins"})
    yield ctx, names
    ctx.close()


def slips_of(kind: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((SLIPS / f"{kind}.json").read_text("utf-8"))
    return told


@pytest.mark.parametrize("kind", LETTERS)
def test_the_services_read_a_slip_as_the_window_does(small_city: tuple[AppContext, city.Names], kind):
    ctx, names = small_city
    told, declared = slips_of(kind), ctx.kind(kind)
    wrong = []
    with ctx.store.reading() as reader:
        for number, slip in enumerate(told["slips"], 1):
            record = reader.get(kind, names[f"{LETTERS[kind]}{number}"])
            assert record is not None
            wanted = named({**told["defaults"], **slip["csv"]}, names)
            for field in declared.stored_fields:
                stored = values.to_text(field, record.values.get(field.name))
                if field.name != "accepted_warnings" and stored != wanted.get(field.name, ""):
                    wrong.append((number, field.name, wanted.get(field.name, ""), stored))
    assert wrong == []


@pytest.mark.parametrize(("kind", "text", "wanted"), SEARCHES)
def test_what_is_searched_for_is_found_and_nothing_else(small_city, kind, text, wanted):
    ctx, names = small_city
    called = {uid: name for name, uid in names.items()}
    query, source = Query(kind, search=text), Source(ctx)
    found = [called[row.uid] for row in source.page(kind, list(source.all_ids(query)))]
    assert sorted(found) == sorted(name.replace("_", " ") for name in wanted.split())
    assert source.count(query) == len(found)
    assert {called[row.uid] for row in source.first_page(query, 50)} == set(found)


def test_the_search_box_of_the_window_finds_the_same(small_city, qapp, qtbot):
    ctx, names = small_city
    clerk = Clerk(ctx, qapp, qtbot)
    try:
        for kind, text, wanted in [
            one for one in SEARCHES if one[1] in ("jl mawar", "PJU-42", "rt 3", "JOSÉ", "03-019")
        ]:
            clerk.go(kind)
            clerk.search(text)
            assert {uid for name, uid in names.items() if name.replace(" ", "_") in wanted.split()} == set(
                clerk.found()
            )
            clerk.key(KEY.Key_Escape)
            clerk.settle()
            assert clerk.count().split()[0] != "0"
    finally:
        clerk.close()


def test_the_command_line_finds_the_same(small_city, capsys):
    ctx, names = small_city
    for kind, text, wanted in SEARCHES[:3]:
        assert main(["--data-dir", str(ctx.place), "list", kind, "--search", text, "--format", "json"]) == 0
        found = {row["uid"] for row in json.loads(capsys.readouterr().out)}
        assert found == {names[name] for name in wanted.split()}
