"""The ZIP itself: names, duplicates, sizes that lie, overlaps, links (bad input 13 to 16). Nothing is inflated before it is refused."""

from __future__ import annotations

import io
import random
import shutil
import struct
import subprocess
import zipfile
import zlib
from dataclasses import replace
from typing import IO, cast

import pytest

from desktop_app.exchange.package.guard import LIMITS, MANIFEST, Archive
from desktop_app.exchange.package.refusing import Refused
from desktop_app.exchange.package.zip_form import CENTRAL, CENTRAL_MARK, END, LOCAL
from tests.exchange.package import packing
from tests.exchange.package.packing import zipped


@pytest.fixture
def refused(refused, monkeypatch):
    """A refusal on the structure alone: no member is inflated on the way."""

    def inflates(*_arguments: object) -> None:
        raise AssertionError("inflated")

    def take(file, *cases, **more):
        with monkeypatch.context() as patched:
            patched.setattr(zlib, "decompressobj", inflates)
            return refused(file, *cases, **more)

    return take


def entry(data: bytes, name: str) -> int:
    """Where the directory's entry for a name begins."""
    at = data.find(CENTRAL_MARK)
    while data[at + CENTRAL.size :][: len(name)] != name.encode():
        at = data.index(CENTRAL_MARK, at + 4)
    return at


def patched(file, name: str, offset: int, form: str, value: int, *, both: int | None = None):
    """Change a number in the directory's entry of a member; `both`: at that offset of the local header too."""
    data = bytearray(file.read_bytes())
    at = entry(bytes(data), name)
    struct.pack_into(form, data, at + offset, value)
    if both is not None:
        local = struct.unpack_from("<I", data, at + 42)[0]
        struct.pack_into(form, data, local + both, value)
    file.write_bytes(data)
    return file


TABLE = "data/park_work.csv"

# 13


@pytest.mark.parametrize(
    "name",
    [
        "../evil.csv",
        "data/../../evil.csv",
        "/etc/passwd",
        "C:/Windows/evil.csv",
        "C:evil",
        "data\\park_work.csv",
        "data/park_work.csv:stream",
        "data/con.csv",
        "data/nul.csv",
        "data/park_work.com1.csv",
        "data/aux.move.csv",
        "DATA/park_work.csv",
        "data/Park_work.csv",
        "data/park_work.csv ",
        "data/park_work.csv.",
        "data/pаrk_work.csv",  # a Cyrillic letter
        "dаta/park_work.csv",
        "data/park_work\u200b.csv",
        "data/park_work\0.csv",
        "data/park_work.CSV",
        "data//park_work.csv",
        "./data/park_work.csv",
        "data/sub/park_work.csv",
        "data/a.b.c.csv",
        "photos/x.jpg",
        "photos/" + "a" * 64 + ".png",
        "photos/" + "A" * 64 + ".jpg",
        "datapackage.json/",
        "Datapackage.json",
        "run.exe",
        "__MACOSX/._data",
        ".DS_Store",
        "",
        "x" * 3000,
    ],
)
def test_a_name_that_no_package_has_is_refused(tmp_path, forged, refused, name):
    short = "n" * len(name.encode())
    file = zipped(tmp_path / "x.zip", [(short, b"x"), *forged.members()])
    file.write_bytes(file.read_bytes().replace(short.encode(), name.encode()) if name else file.read_bytes())
    if not name:
        file = zipped(file, [("", b"x"), *forged.members()])
    said = refused(file, "name")
    assert all(letter.isprintable() for letter in said.words.id)
    assert len(said.words.id) < 250


# 14


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [TABLE, "datapackage.json", "signature.json"])
def test_a_member_that_is_there_twice_is_refused(tmp_path, forged, refused, name):
    inside = forged.members()
    again = next(one for one in inside if one[0] == name)
    assert name in refused(zipped(tmp_path / "x.zip", [*inside, again]), "duplicate").words.id


# 15


def test_a_bomb_is_refused_by_its_ratio(tmp_path, forged, refused):
    forged.content(packing.csv_of([packing.row(1)]) + b"\0" * 50_000_000)
    file = forged.put(tmp_path / "x.zip", zipfile.ZIP_DEFLATED)
    assert file.stat().st_size < 200_000
    refused(file, "bomb")


def test_a_member_or_all_of_them_over_the_limit_are_refused(good, refused):
    refused(good, "bomb", limits=replace(LIMITS, member=500))
    refused(good, "bomb", limits=replace(LIMITS, photo=500))
    refused(good, "bomb", limits=replace(LIMITS, manifest=500))
    refused(good, "bomb", limits=replace(LIMITS, total=15_000))


def test_thousands_of_members_are_refused_by_their_number(tmp_path, forged, refused):
    many = [(f"photos/{number:064x}.jpg", b"") for number in range(5000)]
    assert (
        "5003"
        in refused(
            zipped(tmp_path / "x.zip", [*many, *forged.members()[:1], *forged.members()[-2:]]), "members"
        ).words.id
    )


@pytest.mark.parametrize("size", [0, 1, 10_000_000, 0xFFFFFFFE, 0xFFFFFFFF])
def test_a_size_that_lies_is_refused(good, refused, size):
    refused(patched(good, TABLE, 24, "<I", size), "lying", "bomb")
    refused(patched(good, TABLE, 24, "<I", size, both=22), "lying", "bomb") if size > 1e7 else None


@pytest.mark.parametrize("size", [0, 1, 5_000, 0xFFFFFFFF])
def test_a_packed_size_that_lies_is_refused(good, refused, size):
    refused(patched(good, TABLE, 20, "<I", size, both=18), "lying", "structure", "bomb", "overlap")


def test_a_size_that_lies_in_both_places_is_found_while_inflating(good, work):
    # The table is larger (or smaller) than directory and header agree: found at the first byte too many, or at the end.
    whole = good.read_bytes()
    size = len(dict(packing.members(good))[TABLE])
    for wrong in (size - 1, size + 1, 10):
        good.write_bytes(whole)
        patched(good, TABLE, 24, "<I", wrong, both=22)
        with pytest.raises(Refused) as said, packing.opening(good, work):
            pass
        assert said.value.case == "lying"


def with_stream(tmp_path, forged, packed: bytes):
    """The package with these bytes as the deflated table; sizes and sum are those of the true one."""
    plain, name = forged.inside[TABLE], TABLE.encode()
    local = (
        LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, 33, zlib.crc32(plain), len(packed), len(plain), len(name), 0)
        + name
    )
    rest = zipped(tmp_path / "rest.zip", forged.members()[1:]).read_bytes()
    shift = len(local) + len(packed)
    at = rest.index(CENTRAL_MARK)
    central = bytearray(rest[at : -END.size])
    place = 0
    while place < len(central):
        offset = struct.unpack_from("<I", central, place + 42)[0]
        struct.pack_into("<I", central, place + 42, offset + shift)
        place += CENTRAL.size + struct.unpack_from("<H", central, place + 28)[0]
    first = (
        CENTRAL.pack(
            b"PK\1\2", 20, 20, 0, 8, 0, 33, zlib.crc32(plain), len(packed), len(plain), len(name), *([0] * 6)
        )
        + name
    )
    count = len(forged.members())
    end = END.pack(b"PK\5\6", 0, 0, count, count, len(first) + len(central), at + shift, 0)
    file = tmp_path / "x.zip"
    file.write_bytes(local + packed + rest[:at] + first + bytes(central) + end)
    assert zipfile.ZipFile(file).read(TABLE) == plain  # another reader sees nothing wrong
    return file


def deflated(plain: bytes, end: int = zlib.Z_FINISH) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(plain) + packer.flush(end)


def case_of(file, work) -> str:
    with pytest.raises(Refused) as said, packing.opening(file, work):
        pass
    return said.value.case


def test_bytes_behind_the_deflated_end_are_found(tmp_path, forged, work):
    assert case_of(with_stream(tmp_path, forged, deflated(forged.inside[TABLE]) + b"hidden"), work) == "lying"


def test_a_deflated_stream_without_its_end_is_found(tmp_path, forged, work):
    packed = deflated(forged.inside[TABLE], zlib.Z_SYNC_FLUSH)
    assert case_of(with_stream(tmp_path, forged, packed), work) == "flipped"


def test_damage_in_a_stored_table_is_told_from_a_table_that_was_saved_again(tmp_path, forged, work):
    file = forged.put(tmp_path / "x.zip")
    file.write_bytes(file.read_bytes().replace(b"TMN/18.72.01", b"TMN/18.72.02", 1))
    assert case_of(file, work) == "flipped"


def test_a_stored_member_can_not_be_larger_than_it_says(tmp_path, forged):
    # Known from the directory alone, before a single byte of it is read.
    file = patched(forged.put(tmp_path / "x.zip"), MANIFEST, 24, "<I", 10, both=22)
    with file.open("rb") as data, pytest.raises(Refused) as said:
        Archive(data, file.stat().st_size)
    assert said.value.case == "lying"


@pytest.mark.parametrize("kind", [0o120000, 0o060000, 0o010000, 0o040000])
def test_links_devices_and_folders_are_refused(good, refused, kind):
    refused(patched(good, TABLE, 38, "<I", (kind | 0o644) << 16), "link")


def test_two_entries_for_the_same_bytes_are_refused(good, refused):
    refused(patched(good, "signature.json", 42, "<I", 0), "overlap")


def test_a_member_inside_another_is_refused(tmp_path, forged, refused):
    # A whole local member lies in the table's bytes; the directory points into it.
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as archive:
        archive.writestr(zipfile.ZipInfo("data/park.csv"), b"x")
    inner = hidden.getvalue()[: 30 + len("data/park.csv") + 1]
    forged.content(forged.inside[TABLE] + inner)
    file = zipped(tmp_path / "x.zip", [*forged.members(), ("data/park.csv", b"x")])
    where = file.read_bytes().index(inner)
    refused(patched(file, "data/park.csv", 42, "<I", where), "overlap")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("in front", lambda data: b"MZ" + data),
        ("behind", lambda data: data + b"x"),
        ("an empty comment of five letters", lambda data: data[:-2] + b"\5\0"),
        ("a comment", lambda data: data[:-2] + b"\5\0hello"),
        ("another end", lambda data: data + data[-END.size :]),
    ],
)
def test_bytes_that_belong_to_nothing_are_refused(good, refused, name, change):
    good.write_bytes(change(good.read_bytes()))
    refused(good, "structure", "not_a_package")


def test_a_gap_between_members_is_refused(good, refused):
    data = good.read_bytes()
    at = data.index(CENTRAL_MARK)
    end = bytearray(data[-END.size :])
    struct.pack_into("<I", end, 16, at + 5)
    good.write_bytes(data[:at] + b"gap!!" + data[at : -END.size] + bytes(end))
    assert zipfile.ZipFile(good).testzip() is None  # another reader doesn't mind
    refused(good, "structure")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path, forged, refused, method):
    refused(forged.put(tmp_path / "x.zip", method), "method")


@pytest.mark.parametrize("flag", [0x0001, 0x0010, 0x0020, 0x0040, 0x2000])
def test_encrypted_and_patched_members_are_refused(good, refused, flag):
    refused(patched(good, TABLE, 8, "<H", flag, both=6), "method")


def test_a_second_name_or_size_in_the_extra_field_is_refused(tmp_path, forged, refused):
    for number in (0x0001, 0x7075):
        file = tmp_path / "x.zip"
        with zipfile.ZipFile(file, "w") as archive:
            for name, data in forged.members():
                info = zipfile.ZipInfo(name)
                info.extra = struct.pack("<HH", number, 8) + bytes(8)
                archive.writestr(info, data)
        refused(file, "structure")


@pytest.mark.parametrize(("offset", "both"), [(8, None), (10, None), (16, None)])
def test_a_local_header_that_says_something_else_is_refused(good, refused, offset, both):
    refused(patched(good, TABLE, offset, "<H", 0x0800 if offset == 8 else 0, both=both), "lying")


def test_another_name_in_the_local_header_is_refused(good, refused):
    good.write_bytes(good.read_bytes().replace(b"data/park_work.csv", b"data/park_worm.csv", 1))
    refused(good, "lying")


def test_the_sums_of_the_directory_must_fit(good, refused):
    whole = good.read_bytes()
    for offset, form, values in (
        (4, "<H", (1,)),
        (6, "<H", (1,)),
        (8, "<H", (0, 3, 5)),
        (12, "<I", (0, 5, 0xFFFFFFFF)),
        (16, "<I", (0, 0xFFFFFFFF)),
    ):
        for value in values:
            data = bytearray(whole)
            struct.pack_into(form, data, len(data) - END.size + offset, value)
            good.write_bytes(data)
            refused(good, "structure")


def test_damage_anywhere_in_the_directory_is_refused_or_harmless(good, work):
    """Every byte of the directory in turn: refused, or (dates, versions) the same package."""
    whole, random_ = good.read_bytes(), random.Random(4)
    with packing.opening(good, work) as opened:
        pid = opened.pid
    harmless = 0
    for at in range(whole.index(CENTRAL_MARK), len(whole)):
        data = bytearray(whole)
        data[at] ^= 1 << random_.randrange(8)
        good.write_bytes(data)
        try:
            with packing.opening(good, work) as opened:
                assert opened.pid == pid
                harmless += 1
        except Refused:
            pass
    assert 0 < harmless < 100


# 16


def test_a_member_that_is_not_declared_is_refused(tmp_path, forged, refused):
    forged.inside["data/park.csv"] = b"uid\r\n"
    assert "data/park.csv" in refused(forged.put(tmp_path / "x.zip"), "undeclared").words.id


@pytest.mark.parametrize("name", [TABLE, "photo"])
def test_a_declared_member_that_is_missing_is_refused(tmp_path, forged, refused, name):
    path = name if name == TABLE else next(path for path in forged.inside if path != TABLE)
    del forged.inside[path]
    assert path in refused(forged.put(tmp_path / "x.zip"), "missing").words.id


def test_a_package_without_its_description_is_none(tmp_path, forged, refused):
    inside = [one for one in forged.members() if one[0] != MANIFEST]
    refused(zipped(tmp_path / "x.zip", inside), "not_a_package")


# what others may do to it and still be read


def test_the_same_package_packed_again_by_another_program_is_read(tmp_path, forged, work):
    file = tmp_path / "x.zip"
    with (
        file.open("wb") as raw,
        zipfile.ZipFile(cast("IO[bytes]", _NoSeek(raw)), "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr("data/", b"")
        for name, data in forged.members():
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)  # sizes behind the bytes
    assert zipfile.ZipFile(file).getinfo(TABLE).flag_bits & 8
    with packing.opening(file, work) as opened:
        assert [len(list(opened.rows(table))) for table in opened.tables] == [2]
        assert opened.photo(opened.photos[0]) == packing.PHOTO


class _NoSeek:
    """A file that can't be sought in: a ZIP writer puts sizes behind the members then."""

    def __init__(self, raw: io.BufferedWriter) -> None:
        self.write, self.flush = raw.write, raw.flush


@pytest.mark.skipif(not shutil.which("unzip"), reason="no unzip on this system")
def test_info_zip_finds_no_fault_in_ours(good):
    answer = subprocess.run(["unzip", "-t", str(good)], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout
    assert "No errors detected" in answer.stdout
