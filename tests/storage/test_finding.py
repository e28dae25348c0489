"""Search box, pickers and names, also after something was renamed."""

from __future__ import annotations

import pytest

from desktop_app.core.query import Query
from desktop_app.storage import reindex
from desktop_app.storage.upkeep import rebuild
from tests.storage.small import area, fix, lamp

pytestmark = pytest.mark.engines


@pytest.fixture
def places(store):
    return settled(store)


@pytest.fixture(scope="module")
def quiet_city(module_store):
    """The same, for tests that only look."""
    return module_store, settled(module_store)


def settled(store):
    with store.writing("Budi") as writer:
        writer.add(area("18.72.01.1001", "Imopuro"))
        writer.add(area("18.72.02.1001", "Banjarsari"))
        one = writer.add(lamp("PJU-0042", street="Jl. Mawar", area="18.72.01.1001"))
        two = writer.add(lamp("PJU-0777", street="Gang Melati", area="18.72.02.1001"))
        repair = writer.add(fix(one.uid, reporter="Moh. Yusuf", notes=None))
    return one, two, repair


def found(store, kind, text, **more):
    with store.reading() as reader:
        return [row.uid for row in reader.first(Query(kind, search=text, **more), 50)]


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("jl mawar", "one"),
        ("JALAN MAW", "one"),
        ("PJU-42", "one"),
        ("pju 0042", "one"),
        ("777", "two"),
        ("imopuro", "one"),
        ("mela banj", "two"),
        ("gg me", "two"),
        ("pju", "one two"),
        ("mawar banjarsari", ""),
        ("awar", "one"),
        ("ia", ""),
        ("%", "one two"),
        ('"', "one two"),
        ("' OR 1", ""),
        ("LMP/187204", "one two"),
    ],
)
def test_what_the_search_box_finds(quiet_city, typed, hits):
    store, places = quiet_city
    named = {"one": places[0].uid, "two": places[1].uid}
    assert sorted(found(store, "lamp", typed)) == sorted(named[hit] for hit in hits.split())


def test_a_record_is_found_by_the_name_of_what_it_refers_to(store, places):
    assert found(store, "fix", "pju42 muhammad") == [places[2].uid]


def test_a_changed_word_is_found_and_the_old_one_is_not(store, places):
    with store.writing("Ani") as writer:
        writer.change("lamp", places[0].uid, {"street": "Jl. Kenanga"})
    assert (found(store, "lamp", "kenanga"), found(store, "lamp", "mawar")) == ([places[0].uid], [])


def test_removed_records_are_found_among_the_removed_only(store, places):
    with store.writing("Ani") as writer:
        writer.remove("lamp", places[0].uid, "dicabut")
    assert (found(store, "lamp", "mawar"), found(store, "lamp", "mawar", removed=True)) == (
        [],
        [places[0].uid],
    )


@pytest.mark.parametrize("at_once", [200, 0])
def test_a_renamed_record_is_found_by_its_new_name_where_it_is_referred_to(
    store, places, monkeypatch, at_once
):
    """A few referrers at once; many in the background."""
    monkeypatch.setattr(reindex, "_AT_ONCE", at_once)
    with store.writing("Ani") as writer:
        writer.remove("fix", places[2].uid, "x")
        writer.change("lamp", places[0].uid, {"number": "TIANG-9"})
    if not at_once:
        assert rebuild.is_behind(store)
        assert found(store, "fix", "tiang9", removed=True) == []
        assert rebuild.catch_up(store) == 1
    assert not rebuild.is_behind(store)
    assert found(store, "fix", "tiang9", removed=True) == [places[2].uid]
    assert found(store, "fix", "pju42", removed=True) == []


def test_records_that_were_waiting_for_a_region_are_found_by_its_name_when_it_comes(store, places):
    with store.writing("Ani") as writer:
        waiting = writer.add(lamp("PJU-7", area="18.72.03.1001"))
        writer.add(area("18.72.03.1001", "Mulyojati"))
    assert found(store, "lamp", "mulyojati") == [waiting.uid]


def test_search_indexes_and_list_indexes_are_made_anew_alike(store, places):
    before = [found(store, "lamp", text) for text in ("mawar", "pju", "imopuro")]
    assert rebuild.rebuild(store) == 5
    assert not rebuild.is_behind(store)
    assert [found(store, "lamp", text) for text in ("mawar", "pju", "imopuro")] == before


def candidates(store, text, among=None, limit=10):
    with store.reading() as reader:
        return reader.candidates("lamp", text, among or {}, limit)


def test_a_picker_offers_what_begins_with_the_text_first(store, places):
    with store.writing("Ani") as writer:
        third = writer.add(lamp("MAWAR-1", street="Jl. Anggrek"))
    first, second = candidates(store, "mawar")
    assert (first.uid, first.title, first.subtitle) == (third.uid, "MAWAR-1", "Jl. Anggrek")
    assert (second.uid, second.title, second.subtitle) == (places[0].uid, "PJU-0042", "Jl. Mawar, Imopuro")
    assert second.code == places[0].record_no


def test_a_picker_without_text_offers_the_first_in_order(store, places):
    assert [one.title for one in candidates(store, "")] == ["PJU-0042", "PJU-0777"]
    assert [one.title for one in candidates(store, " ", limit=1)] == ["PJU-0042"]


def test_a_picker_is_narrowed_by_fields_and_leaves_out_what_was_removed(store, places):
    assert [one.title for one in candidates(store, "pju", {"area": "18.72.02.1001"})] == ["PJU-0777"]
    with store.writing("Ani") as writer:
        writer.remove("lamp", places[1].uid, "x")
    assert [one.title for one in candidates(store, "pju")] == ["PJU-0042"]


def test_names_of_records(store, places):
    with store.reading() as reader:
        assert reader.title("fix", places[2].uid) == "PJU-0042, 02/03/2026 12.00"
        uid = "01890000-0000-7000-8000-000000000000"
        assert reader.titles("lamp", [places[0].uid, uid]) == {places[0].uid: "PJU-0042", uid: uid[:8]}


def test_looking_up_what_rules_ask_for(store, places):
    with store.reading() as reader:
        assert [record.uid for record in reader.find("fix", lamp=places[0].uid, status="REPORTED")] == [
            places[2].uid
        ]
        assert reader.find("fix", lamp=places[0].uid)[0] == reader.get("fix", places[2].uid)
        assert reader.find("fix", lamp=places[1].uid) == []
        assert len(reader.find("fix", notes=None)) == 1
        assert reader.get("fix", "nothing") is None


def test_a_whole_kind_is_entered_anew_piece_by_piece(store):
    with store.writing("Budi") as writer:
        lamps = [writer.add(lamp(f"PJU-{number:04}", street="Jl. Kenanga")).uid for number in range(5)]
        reindex.note_all(writer, writer.registry["lamp"])
    assert set(found(store, "lamp", "kenanga")) == set(lamps)  # as long as nothing has begun
    with store.writing("") as writer:
        assert reindex.work_off(writer, 2) == 2
    assert set(found(store, "lamp", "kenanga")) == set(lamps[:2])
    with store.writing("Budi") as writer:
        late = writer.add(lamp("PJU-0099", street="Jl. Kenanga")).uid
    assert set(found(store, "lamp", "kenanga")) == {*lamps[:2], late}
    assert rebuild.catch_up(store) == 4
    assert set(found(store, "lamp", "kenanga")) == {*lamps, late}
    assert not rebuild.is_behind(store)
