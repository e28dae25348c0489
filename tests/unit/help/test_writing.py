"""How fields are written, and when they are asked: told from the declarations, so that it can't be wrong."""

import datetime as dt

import pytest

from desktop_app.core import fields as f
from desktop_app.core.settings import Settings
from desktop_app.core.words import Words
from desktop_app.records.registry import REGISTRY
from desktop_app.services.help import writing
from desktop_app.services.help.conditions import turning
from desktop_app.services.help.text import naked, plain

TODAY = dt.date(2026, 11, 5)


def examples(field):
    return {one.typed: one.becomes for one in writing.examples(field, TODAY, Settings())}


def test_the_examples_are_what_the_program_makes_of_them():
    assert examples(f.Date("d", "Tanggal", "Date"))["kemarin"] == "04/11/2026"
    assert examples(f.Money("m", "Biaya", "Cost"))["1,5 juta"] == "Rp1.500.000"
    assert examples(f.Text("rt", "RT", "RT", max_len=3, reads="rt_rw"))["3"] == "003"
    both = examples(f.Coordinate("latitude", "Lintang", "Latitude", other="longitude"))
    assert both["-5.1167, 105.3000"] == "-5,1167, 105,3000"


def test_a_field_shows_no_example_that_it_would_not_take():
    small = f.Integer("n", "Jumlah", "Number", minimum=1, maximum=20)
    assert list(examples(small)) == ["12"]
    short = f.Text("no", "Nomor", "Number", max_len=5, reads="code")
    assert list(examples(short)) == ["A 12"]


def test_every_text_that_is_offered_as_an_example_is_taken_by_some_field():
    taken = set()
    for kind in REGISTRY:
        for field in (*kind.fields, *(field for lines in kind.lines for field in lines.fields)):
            taken |= set(examples(field))
    offered = {" ".join(text.split()) for _, texts in writing._OTHERS.values() for text in texts}
    assert offered - taken == set()


def test_the_limits_are_told():
    field = f.Integer("n", "Jumlah", "Number", minimum=1, maximum=1500, unit=Words("titik", "points"))
    assert [words.id for words in writing.limits(field)] == [
        "Paling kecil 1 titik.",
        "Paling besar 1.500 titik.",
    ]
    assert [words.en for words in writing.limits(f.Date("d", "T", "D", future=False))] == [
        "It can't lie ahead."
    ]


def told(kind, name, what="relevant", lines=""):
    declared = REGISTRY[kind]
    grid = declared.lines_by_name[lines] if lines else None
    field = (grid or declared).by_name[name]
    return [turn.say() for turn in turning(REGISTRY, declared, getattr(field, what), grid)]


@pytest.mark.parametrize(
    ("kind", "name", "what", "says"),
    [
        (
            "power_panel",
            "idpel",
            "required",
            ["bila **Jenis sambungan** “Meterisasi” atau “Non-meter/abonemen”"],
        ),
        ("plot_permit", "sktm_no", "relevant", ["bila **Tidak mampu** “Ya”"]),
        ("park_work", "unit", "required", ["bila **Volume** terisi"]),
        ("burial", "deceased_nik_absent_reason", "relevant", ["bila **NIK** kosong"]),
        ("streetlight_repair", "lamp", "required", ["bila **Status** “Selesai” atau “Dikonfirmasi”"]),
        ("region", "parent_code", "required", ["bila **Tingkat** bukan “Provinsi”"]),
    ],
)
def test_what_a_condition_turns_on_is_told(kind, name, what, says):
    assert told(kind, name, what) == says


def test_a_condition_of_a_column_is_told_too():
    assert told("park", "frequency_n", lines="schedule") == [
        "bila **Frekuensi** “Beberapa kali seminggu” atau “Setiap beberapa hari”"
    ]


def test_a_condition_that_no_single_entry_turns_is_not_told_wrongly():
    assert told("tree_request", "permit_no", "required") == []


@pytest.mark.parametrize("text", ["a*b*c", "[x](y)", "1 | 2", "# no heading", "<b>", "a_b_c", "`x`", "~~a~~"])
def test_a_text_of_the_program_stays_what_it_is(text):
    assert plain(text).replace("\\", "") == text
    assert naked(plain("Diteruskan ke instansi lain")) == "Diteruskan ke instansi lain"
