"""A table that was opened in Excel and saved: which cells changed, and why it is not taken."""

from __future__ import annotations

import pytest

from tests.exchange.package import packing
from tests.exchange.package.packing import NAMES, csv_of, row

ROWS = [
    row(
        1,
        work_date="2026-03-05",
        volume="12.50",
        from_old_register="true",
        verified_at="2026-03-05T01:02:03Z",
        start_time="08:00",
    ),
    row(2, source_doc_no="3671234567890123", notes="Jl. Café; 2"),
]


def saved(*rows: list[str | None], names: tuple[str, ...] = NAMES, separator: str = ";") -> bytes:
    """As a spreadsheet saves it: its separator, quotes only where it needs them, CRLF."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerows([list(names), *[[cell or "" for cell in one] for one in rows]])
    return out.getvalue().encode("utf-8")


@pytest.fixture
def spoilt(tmp_path, forged, refused):
    """What is said of the package when its table has other bytes than were signed."""
    forged.content(csv_of(ROWS), 2)

    def said(content: bytes):
        forged.content(content, describe=False)
        words = refused(forged.put(tmp_path / "x.zip"), "hash").words
        assert "park_work" in words.id
        assert "berkas aslinya" in words.id
        return words

    return said


def changed(line: int, **cells: str) -> list[list[str | None]]:
    rows = [list(one) for one in ROWS]
    for name, cell in cells.items():
        rows[line][NAMES.index(name)] = cell
    return rows


@pytest.mark.parametrize(
    ("line", "column", "cell", "why"),
    [
        (0, "work_date", "05/03/2026", "tanggal ditulis ulang"),
        (0, "work_date", "3/5/26", "tanggal ditulis ulang"),
        (0, "verified_at", "05/03/2026 01:02", "tanggal ditulis ulang"),
        (0, "start_time", "8:00:00", "tanggal ditulis ulang"),
        (0, "volume", "12,5", "angka ditulis ulang"),
        (0, "volume", "12.5", "angka ditulis ulang"),
        (0, "from_old_register", "TRUE", "ya/tidak ditulis ulang"),
        (1, "source_doc_no", "3,67123E+15", "angka panjang dipendekkan"),
        (1, "source_doc_no", "3.67123E+15", "angka panjang dipendekkan"),
        (1, "notes", "#NAME?", "dihitung sebagai rumus"),
        (1, "source_doc_no", "02-Jan", "dijadikan tanggal"),
        (1, "source_doc_no", "Mei-26", "dijadikan tanggal"),
        (1, "born", "1,9B+27", "stempel rusak"),
        (1, "born", "1,9E+27", "angka panjang dipendekkan"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_cell_that_excel_changed_is_named(spoilt, line, column, cell, why, separator):
    words = spoilt(saved(*changed(line, **{column: cell}), separator=separator))
    assert f"baris {line + 2} kolom {column} '{cell}' ({why})" in words.id
    assert f"line {line + 2} column {column} '{cell}'" in words.en
    assert ("pemisahnya" in words.id) == (separator != ",")


def test_many_changed_cells_are_counted(spoilt):
    rows = changed(
        0, work_date="1/2/26", volume="1,5", from_old_register="FALSE", verified_at="x", start_time="8"
    )
    assert "dan 2 sel lagi" in spoilt(saved(*rows)).id


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (saved(*ROWS), "titik koma"),
        (b"\xef\xbb\xbf" + saved(*ROWS), "BOM"),
        (b"sep=;\r\n" + saved(*ROWS), "titik koma"),
        (saved(*ROWS, separator="\t"), "tabulasi"),
        (csv_of(ROWS).replace(b"\r\n", b"\n"), "akhir baris"),
        (csv_of(ROWS).decode().encode("utf-16"), "UTF-16"),
        (csv_of(ROWS).decode().encode("cp1252"), "Windows-1252"),
    ],
)
def test_when_only_the_form_changed_that_is_said(spoilt, content, said):
    words = spoilt(content)
    assert said in words.id
    assert "Tidak ada sel yang berubah" in words.id


def test_a_value_that_could_have_been_written_is_not_called_changed(spoilt):
    words = spoilt(csv_of(changed(1, notes="Jl. Lain")))
    assert "sidiknya lain" in words.id
    assert "baris" not in words.id


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b'"open', b"\xff\xfe", b"a;b\r\n" * 50, b"x" * 300_000]
)
def test_any_other_bytes_are_refused_as_well(spoilt, content):
    assert spoilt(content)


def test_the_sentence_stays_short(spoilt):
    long = packing.row(2, notes="#NAME?", source_doc_no="1E+15", work_date="x" * 5000)
    assert len(spoilt(saved(ROWS[0], long)).id) < 600
