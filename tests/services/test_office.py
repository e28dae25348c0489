"""Setting an office up: settings, people, first start, regions."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import bootstrap
from desktop_app.core import words
from desktop_app.core.errors import Cancelled, KnownError, UsageError
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.core.settings import Settings
from desktop_app.services import people, settings, start
from desktop_app.services.lists import Source
from tests.engines import database_of

pytestmark = pytest.mark.engines


def test_every_setting_has_an_entry_and_its_text_is_understood():
    assert [entry.name for entry in settings.ENTRIES] == [
        field.name for field in dataclasses.fields(Settings)
    ]
    assert settings.read(settings.texts(Settings())) == Settings()


@given(
    st.builds(
        Settings,
        sla_hours=st.integers(1, 1000),
        dark=st.booleans(),
        sections=st.lists(st.sampled_from(["lighting", "parks", "slums"]), unique=True).map(tuple),
        city_area_ha=st.decimals(0, 10**6, places=2),
        idpel_prefixes=st.lists(st.from_regex(r"\A[0-9]{5}\Z"), max_size=3).map(tuple),
    )
)
def test_settings_survive_being_written_as_lines(changed):
    assert settings.read(settings.texts(changed)) == changed


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("role", "king"), ("language", "fr"), ("sla_hours", "0"), ("sla_hours", "banyak"), ("timezone", "Mars/Olympus"), ("sections", "lighting,flying"),
        ("city_box", "1,2,3"), ("city_box", "-5,105,-6,106"), ("city_area_ha", "NaN"), ("idpel_prefixes", "123"), ("dark", "maybe"), ("site_code", "18-72"),
        ("signatory_nip", "12"), ("office_name", "a\x00b"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_setting_is_refused_in_words_and_changes_nothing(office, name, text):
    before = office.settings
    with pytest.raises(KnownError) as refused:
        settings.change(office, {"signatory_name": "Budi", name: text})
    assert refused.value.field == name
    assert office.settings == before == settings.load(office)


def test_unknown_settings_are_wrong_usage(office):
    with pytest.raises(UsageError):
        settings.change(office, {"colour": "red"})


def test_settings_stay_and_the_language_follows(office):
    settings.change(office, {"language": "en", "sla_hours": "48", "city_area_ha": "7321.4"})
    assert words.language() == "en"
    again = bootstrap.open_context(office.place, database=database_of(office.store))
    try:
        assert (again.settings.sla_hours, again.settings.city_area_ha) == (48, Decimal("7321.4"))
    finally:
        again.close()


def test_a_line_of_another_version_leaves_the_default_and_is_logged(expects_log):
    assert settings.read({"sla_hours": "soon", "colour": "red"}) == Settings()
    assert "sla_hours" in expects_log.text


def test_the_list_of_people(office):
    people.add(office, "  Bambang   Nugroho ")
    people.choose(office, "Agus")
    assert people.people(office) == ["Agus", "Bambang Nugroho"]
    assert office.person == "Agus"
    people.remove(office, "Agus")
    assert people.people(office) == ["Bambang Nugroho"]
    for wrong in (lambda: people.add(office, " "), lambda: people.remove(office, "Agus")):
        with pytest.raises(KnownError):
            wrong()


def test_an_office_of_metro_has_the_citys_regions(office):
    assert Source(office).count(Query("region")) == 29
    with office.store.reading() as reader:
        record = reader.get("region", "18.72.05.1003")
    assert (record.values["name"], record.values["level"], record.values["parent_code"]) == (
        "Sumbersari Bantul",
        "village",
        "18.72.05",
    )
    assert (record.values["village_type"], record.site_code) == ("KELURAHAN", "18.72")


@pytest.mark.parametrize(
    ("site", "role"), [("18.72.09", "office"), ("Metro", "office"), ("", "office"), ("18.72.01", "king")]
)
def test_what_is_no_office_is_refused_and_nothing_is_set(nowhere, site, role):
    with pytest.raises(KnownError):
        start.init(nowhere, site, role)
    assert not start.is_set_up(nowhere)


def test_a_data_folder_belongs_to_one_office(office):
    start.init(office, "18.72.01", "office", "Nama baru")
    assert office.settings.office_name == "Nama baru"
    with pytest.raises(KnownError, match="sudah milik kantor"):
        start.init(office, "18.72.02", "office")


def test_another_city_is_not_held_to_metros_box(nowhere):
    start.init(nowhere, "35.06.01", "office", "Kecamatan lain")
    assert nowhere.settings.city_code == "35.06"
    assert nowhere.settings.city_box[0] == Decimal("-11.1")
    assert Source(nowhere).count(Query("region")) == 0


def test_the_assistant_finds_offices_by_name_and_sets_everything(nowhere):
    assert [office.code for office in start.offices("imopuro")] == ["18.72.01.1003"]
    assert start.offices("metro pus")[0] == start.Office("18.72.01", "Metro Pusat", "Kota Metro")
    assert start.offices("35.06.01") == [start.Office("35.06.01", "35.06.01", "")]
    start.begin(nowhere, "18.72.01", "office", "Metro Pusat", "Sri Wahyuni", "id")
    assert people.people(nowhere) == ["Sri Wahyuni"]
    assert start.is_set_up(nowhere)


def kediri(tmp_path, *rows: str):
    file = tmp_path / "kediri.csv"
    file.write_text("\n".join(("code;name", *rows)), "utf-8-sig")
    return file


def test_another_citys_list_is_loaded_and_brought_up_to_date(nowhere, tmp_path):
    start.init(nowhere, "35.06.01", "office")
    rows = ("35;Jawa Timur", "3506;Kediri", "35.06.01;Semen", "3506012001;Bulu")
    assert start.load_regions(nowhere, kediri(tmp_path, *rows)) == start.Loaded(4, 0, 0)
    assert start.load_regions(nowhere, kediri(tmp_path, *rows)) == start.Loaded(0, 0, 4)
    assert start.load_regions(nowhere, kediri(tmp_path, *rows[:3], "3506012001;Bulu Baru")) == start.Loaded(
        0, 1, 3
    )
    with nowhere.store.reading() as reader:
        village = reader.get("region", "35.06.01.2001")
    assert (village.values["name"], village.values["village_type"]) == ("Bulu Baru", "DESA")


@pytest.mark.parametrize(
    ("rows", "words_"),
    [
        (("35;Jawa Timur", "35.6;Kediri"), "Baris 3.*bukan kode"),
        (("35;",), "tidak punya nama"),
        (("35;Jawa Timur", "35;Jawa Timur"), "dua kali"),
        (("35.06.01.2001;Bulu",), "wilayah induknya 35.06.01 tidak ada"),
        ((), "kosong"),
    ],
)
def test_a_list_that_does_not_hold_is_refused_whole(nowhere, tmp_path, rows, words_):
    start.init(nowhere, "35.06.01", "office")
    with pytest.raises(KnownError, match=words_):
        start.load_regions(nowhere, kediri(tmp_path, *rows))
    assert Source(nowhere).count(Query("region")) == 0


def test_a_stopped_load_changes_nothing(nowhere, tmp_path):
    start.init(nowhere, "35.06.01", "office")
    rows = [
        "35;Jawa Timur",
        "35.06;Kediri",
        "35.06.01;Semen",
        *(f"35.06.01.{number};Desa {number}" for number in range(2001, 2601)),
    ]
    with pytest.raises(Cancelled):
        start.load_regions(nowhere, kediri(tmp_path, *rows), Quiet(cancel_after=300))
    assert Source(nowhere).count(Query("region")) == 0
