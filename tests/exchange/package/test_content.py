"""What is in the tables: hashes, forms of files, cells (bad input 17, 20 to 26, 28, 33 to 35, 44). Lines and columns are named."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.package import packing
from tests.exchange.package.packing import NAMES, PHOTO, csv_of, row

TABLE = "data/park_work.csv"


def rows_of(file, work):
    with packing.opening(file, work) as opened:
        return [list(opened.rows(table)) for table in opened.tables]


@pytest.fixture
def holding(tmp_path, forged):
    """A rightly signed package whose table has these bytes (a broken program may have written them)."""

    def put(data: bytes, rows: int = 1):
        forged.content(data, rows)
        return forged.put(tmp_path / "x.zip")

    return put


# 17


def test_another_hash_or_size_than_declared_is_refused(tmp_path, forged, refused):
    forged.content(csv_of([row(1), row(3)]), describe=False)
    assert "park_work" in refused(forged.put(tmp_path / "x.zip"), "hash").words.id
    forged.content(csv_of([row(1), row(3)]))
    forged.table["bytes"] += 1
    refused(forged.put(tmp_path / "x.zip"), "hash")


def test_another_number_of_rows_than_declared_is_refused(holding, refused):
    for number in (0, 1, 3):
        refused(holding(csv_of([row(1), row(2)]), number), "row_count", rows=True)


# 20


def test_a_byte_order_mark_is_skipped_with_a_note(holding, work):
    file = holding(b"\xef\xbb\xbf" + csv_of([row(1)]))
    with packing.opening(file, work) as opened:
        assert list(opened.rows(opened.tables[0])) == [row(1)]
        assert ["BOM" in note.id for note in opened.notes] == [True]


# 21 to 23, 28: seen at the heading


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("sep_line", b"sep=,\r\n" + csv_of([row(1)])),
        ("sep_line", b"sep=;\r\n" + csv_of([row(1)]).replace(b",", b";")),
        ("semicolon", csv_of([row(1)]).replace(b",", b";")),
        ("encoding", csv_of([row(1)]).decode().encode("utf-16")),
        ("encoding", csv_of([row(1)]).decode().encode("utf-16-le")),
        ("heading", csv_of([row(1)]).replace(b"born", b"bron", 1)),
        ("heading", csv_of([row(1)]).replace(b"uid,", b"uid,uid,", 1)),
        ("heading", csv_of([row(1)]).replace(b"site_code,", b"", 1)),
        ("heading", csv_of([row(1)]).replace(b"site_code,", b"Site_code,", 1)),
        ("heading", b"\r\n"),
        ("heading", csv_of([row(1)])[len(csv_of([])) :]),
    ],
)
def test_a_heading_that_is_not_as_described_is_refused(holding, refused, case, data):
    said = refused(holding(data), case, "heading", "control")
    assert "park_work" in said.words.id
    assert "Baris 1" in said.words.id


def test_columns_in_another_order_are_read_by_their_names(holding, work):
    names = [*reversed(NAMES)]
    file = holding(csv_of([list(reversed(row(1, notes="x")))], names))
    with packing.opening(file, work) as opened:
        table = opened.tables[0]
        assert table.columns == tuple(names)
        assert dict(zip(table.columns, next(opened.rows(table)), strict=True))["notes"] == "x"


# 23 to 26, 33: seen in the rows


@pytest.mark.parametrize(
    ("case", "cell", "place"),
    [
        ("encoding", "Jalan Café".encode("cp1252"), "Baris 3"),
        ("control", b"a\0b", "Baris 3, kolom notes"),
        ("control", b"a\x1bb", "Baris 3, kolom notes"),
        ("encoding", b"a\xed\xa0\x80b", "Baris 3"),
        ("cell_size", b'"' + b"x" * 140_000 + b'"', "Baris 3"),
        ("cell_size", b"x" * 5_000_000, "Baris 3"),
        ("quote", b'"open', "Baris 3"),
        ("quote", b'"a"b', "Baris 3"),
        ("width", b"a,b", "Baris 3"),
    ],
    ids=["cp1252", "nul", "escape", "surrogate", "cell", "line", "unclosed", "behind_quote", "width"],
)
def test_a_broken_cell_is_refused_with_its_place(holding, refused, case, cell, place):
    data = csv_of([row(1), row(2, notes="@@@"), row(3)]).replace(b"@@@", cell)
    said = refused(holding(data, 3), case, rows=True)
    assert place in said.words.id
    assert "park_work" in said.words.id


@pytest.mark.parametrize(
    "cell", ["NaN", "nan", "Inf", "-Infinity", "1e400", "1E5", "0x10", "1_000", "12,5", "١٢", " 12", "1" * 30]
)
@pytest.mark.parametrize("column", ["volume", "workers_count"])
def test_no_number_is_refused_with_line_and_column(tmp_path, forged, refused, cell, column):
    forged.content(csv_of([row(1), row(2, **{column: cell})]), 2)
    said = refused(forged.put(tmp_path / "x.zip"), "number", rows=True)
    assert f"Baris 3, kolom {column}" in said.words.id
    assert f"Line 3, column {column}" in said.words.en


def test_numbers_as_they_are_written_are_taken(tmp_path, forged, work):
    line = row(1, workers_count="0", volume="-12.50")
    forged.content(csv_of([line]), 1)
    assert rows_of(forged.put(tmp_path / "x.zip"), work) == [[line]]


# 34, 35


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x";"y")',
        "+62812345678",
        "-5",
        "\t=1+1",
        "@SUM(A1)",
        "'=x",
        "=",
        " ",
        "0812",
        "007",
        "1/2",
        "a\r\nb",
        "a\nb",
        '"',
        '""',
        ",",
        ";",
        "NULL",
        "sep=;",
    ],
)
def test_what_a_spreadsheet_would_take_for_a_formula_is_kept_exactly(tmp_path, work, text):
    packing.write(tmp_path / "x.pelita.zip", [row(1, notes=text)], to=())
    assert rows_of(tmp_path / "x.pelita.zip", work) == [[row(1, notes=text)]]


def test_an_empty_text_is_nothing(holding, work):
    data = csv_of([row(1, notes="@@@")]).replace(b"@@@", b'""')
    assert rows_of(holding(data), work) == [[row(1)]]


# 44, the part that a file can show


def test_a_photo_with_other_bytes_is_left_out_with_a_note_and_the_rows_are_taken(tmp_path, forged, work):
    path = next(path for path in forged.inside if path.startswith("photos/"))
    for wrong in (PHOTO[:-1], PHOTO + b"x", b"<html>", b"GIF89a"):
        forged.inside[path] = wrong
        with packing.opening(forged.put(tmp_path / "x.zip"), work) as opened:
            assert opened.photos == ()
            assert [path[7:19] in note.id for note in opened.notes] == [True]
            assert list(opened.rows(opened.tables[0])) == [row(1), row(2)]


def test_a_photo_is_given_out_as_it_was_put_in(good, work):
    with packing.opening(good, work) as opened:
        assert [opened.photo(sha) for sha in opened.photos] == [PHOTO]


# everything else


texts = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if chr(n) not in "\t\r\n"]
    ),
    min_size=1,
)


@given(
    st.lists(st.tuples(st.none() | texts, st.none() | texts, st.none() | st.integers(0, 10**15)), max_size=8),
    st.binary(max_size=300),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_any_text_comes_out_as_it_went_in(tmp_path, work, lines, photo, name):
    rows = [
        row(number, notes=notes, updated_by=who, source_row=None if count is None else str(count))
        for number, (notes, who, count) in enumerate(lines)
    ]
    sender = packing.header().sender._replace(name=name)
    photos = [photo] if photo else []
    written = packing.write(tmp_path / "x.pelita", rows, photos, sender=sender)
    with packing.opening(tmp_path / "x.pelita", work) as opened:
        assert opened.header == packing.header(sender=sender)
        assert opened.pid == written.pid
        assert [list(opened.rows(table)) for table in opened.tables] == [rows]
        assert [opened.photo(sha) for sha in opened.photos] == photos
        assert opened.notes == []
