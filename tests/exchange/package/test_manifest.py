"""`datapackage.json`: read strictly, and every value of it looked at (bad input 18, 19, 33). No table is inflated before it is refused."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from desktop_app.exchange.package.header import RefusedNote, SetOf, from_json, to_json
from desktop_app.exchange.package.keys import KeyCard
from desktop_app.exchange.package.strict_json import canonical, parse
from tests.exchange.package import packing
from tests.exchange.package.packing import OFFICE, PIDS, zipped


@pytest.fixture
def refused(refused, monkeypatch):
    def inflates(*_arguments: object) -> None:
        raise AssertionError("inflated")

    def take(file, *cases, **more):
        with monkeypatch.context() as patched:
            patched.setattr(zlib, "decompressobj", inflates)
            return refused(file, *cases, **more)

    return take


@pytest.fixture
def with_manifest(tmp_path, forged):
    """A package whose manifest has other bytes; the signature is right as far as it can be."""

    def put(data: bytes):
        inside = [*forged.inside.items(), ("datapackage.json", data), ("signature.json", forged.signature())]
        return zipped(tmp_path / "x.zip", inside)

    return put


# 19


def test_a_key_that_is_there_twice_is_refused(with_manifest, forged, refused):
    data = forged.manifest().replace(b'"number": 7', b'"number": 7, "number": 8')
    assert "number" in refused(with_manifest(data), "json_duplicate").words.id


def test_a_key_twice_where_nobody_looks_is_refused_too(with_manifest, forged, refused):
    data = forged.manifest().replace(b'{"name": "uid"', b'{"x": 1, "x": 1, "name": "uid"')
    refused(with_manifest(data), "json_duplicate")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_is_refused(with_manifest, forged, refused, mark):
    refused(with_manifest(mark + forged.manifest()), "json_bom")


@pytest.mark.parametrize(
    "number",
    [
        "7.0",
        "7e0",
        "7.5",
        "1e400",
        "NaN",
        "Infinity",
        "-Infinity",
        "9007199254740992",
        "-9007199254740992",
        "9" * 5000,
    ],
)
def test_floats_and_huge_numbers_are_refused(with_manifest, forged, refused, number):
    data = forged.manifest().replace(b'"number": 7', b'"number": ' + number.encode())
    refused(with_manifest(data), "json_number")


def test_the_largest_number_that_all_readers_hold_is_taken(tmp_path, forged, work):
    forged.pelita["upto"] = 9007199254740991
    with packing.opening(forged.put(tmp_path / "x.zip"), work) as opened:
        assert opened.header.upto == 9007199254740991


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 1} {}',
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b'{"a": "\n"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        '{"a": 1}'.encode("utf-16-le"),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_json_object_is_refused(with_manifest, refused, data):
    refused(with_manifest(data), "json", "json_number")


# the form that is hashed


def test_the_identity_is_of_the_canonical_form_however_it_is_written(tmp_path, forged, good, work):
    with packing.opening(good, work) as opened:
        pid = opened.pid
    other = json.dumps(dict(reversed(forged.document.items())), indent=7, ensure_ascii=True).encode()
    inside = [*forged.inside.items(), ("datapackage.json", other), ("signature.json", forged.signature())]
    with packing.opening(zipped(tmp_path / "x.zip", inside), work) as opened:
        assert opened.pid == pid


def test_the_canonical_form_is_that_of_the_standard():
    # The names of RFC 8785, 3.2.3: sorted by their UTF-16 code units, so that the smiling face comes before the Hebrew letter.
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    document = parse(json.dumps(dict.fromkeys(names, "x")).encode(), "x")
    assert [*json.loads(canonical(document))] == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]
    assert canonical({"b": [1, True, None], "a": '\u20ac$\u000f\nA\'B"\\\\"/'}) == (
        b'{"a":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/","b":[1,true,null]}'
    )


# 18


@pytest.mark.parametrize("algorithm", ["SHA256:", "Sha256:", "md5:", "sha512:", "", "sha256-", "sha256: "])
def test_another_hash_is_refused(tmp_path, forged, refused, algorithm):
    forged.table["hash"] = algorithm + forged.table["hash"].removeprefix("sha256:")
    refused(forged.put(tmp_path / "x.zip"), "algorithm")


@pytest.mark.parametrize("value", ["A" * 64, "a" * 63, "a" * 65, "g" * 64, "a" * 64 + "\n"])
def test_a_malformed_hash_is_refused(tmp_path, forged, refused, value):
    forged.table["hash"] = f"sha256:{value}"
    refused(forged.put(tmp_path / "x.zip"), "algorithm", "header")


# the header


def test_the_header_is_read_as_it_was_written():
    header = packing.header(
        purpose="starter",
        to=None,
        prev=PIDS[0],
        base=PIDS[1],
        since=3,
        seen=PIDS,
        retired=(packing.HEAD_ID,),
        dead=True,
        refused=(RefusedNote("park_work.move", "18.72.01.0001", PIDS[2], "not_yours"),),
        journal_head="abc",
        personal=False,
        set=SetOf("s", 2, 2, PIDS[:1]),
        key_card=OFFICE.card,
        settings={"site_name": "Metro\nPusat"},
        people=("Sri Wahyuni", "Pak Dé"),
    )
    assert from_json({"pelita": to_json(header)}) == header
    assert from_json(json.loads(canonical({"pelita": to_json(header)}))) == header


WRONG: dict[str, list[Any]] = {
    "purpose": ["", "Package", None, 1],
    "format": [0, "1", None, True],
    "min_reader": [0, -1, None],
    "schema": ["", "../1", None],
    "program": ["", None, "a\nb", "x" * 501],
    "made_at": ["2026-11-22", "2026-11-22T04:00:00+07:00", "٢٠٢٦-11-22T04:00:00Z", None],
    "from": [None, {}, [], "x"],
    "number": [0, -1, "7", None, True],
    "prev": ["", "x", "A" * 64, 5],
    "base": ["", "a" * 63],
    "since": [-1, None],
    "upto": [-1, None, "1"],
    "clock": ["", "0" * 27, "G" * 28, None],
    "seen": [None, "a", [None], ["a"], [5], {}],
    "retired": [None, ["x"], [packing.HEAD_ID.upper()]],
    "dead": [None, 0, 1, "true"],
    "refused": [None, [{}], [None], [["park", "x", "y", "z"]]],
    "journal_head": [None, 5, "\x00"],
    "personal": [None, 1],
    "set": [
        None,
        {"id": "x", "part": 2, "of": 1, "earlier": []},
        {"id": "x", "part": 2, "of": 2, "earlier": []},
        {"id": "x", "part": 1, "of": 2, "earlier": ["a" * 64]},
        {"id": "", "part": 1, "of": 1, "earlier": []},
        {"id": "x", "part": 0, "of": 1, "earlier": []},
    ],
    "key_card": [{}, "x", {"sign": 5, "age": "x"}],
    "settings": [None, [], {"a": 5}],
    "people": [None, [5], [""], "x"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_a_malformed_value_is_refused_and_named(tmp_path, forged, refused, name, value):
    forged.pelita[name] = value
    said = refused(forged.put(tmp_path / "x.zip"), "header", "signature")
    assert name in said.words.id or name == "set"


@pytest.mark.parametrize("name", sorted(to_json(packing.header())))
def test_a_missing_value_is_refused_unless_it_may_be_empty(tmp_path, forged, name, work, refused):
    del forged.pelita[name]
    file = forged.put(tmp_path / "x.zip")
    if name in ("to", "prev", "base", "key_card"):
        with packing.opening(file, work) as opened:
            assert opened.header == packing.header(to=None if name == "to" else packing.header().to)
    else:
        refused(file, "header")


# the descriptions of the files


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("path", "data/park.csv"),
        ("path", "../park_work.csv"),
        ("path", ["data/park_work.csv"]),
        ("path", "https://example.org/park_work.csv"),
        ("name", "park work"),
        ("name", "photo-x"),
        ("bytes", -1),
        ("bytes", "664"),
        ("rows", None),
        ("rows", True),
        ("schema", None),
        ("schema", "schema.json"),
        ("schema", {"fields": {}}),
        ("schema", {"fields": [{"name": "uid", "type": "any"}]}),
        ("schema", {"fields": [{"name": "Uid", "type": "string"}]}),
    ],
)
def test_a_malformed_description_is_refused(tmp_path, forged, refused, name, value):
    forged.table[name] = value
    refused(forged.put(tmp_path / "x.zip"), "header")


def test_a_file_that_is_described_twice_is_refused(tmp_path, forged, refused):
    forged.document["resources"].append(forged.table)
    refused(forged.put(tmp_path / "x.zip"), "header")


def test_the_columns_that_every_table_needs_are_asked_for(tmp_path, forged, refused):
    fields = forged.table["schema"]["fields"]
    forged.table["schema"]["fields"] = [field for field in fields if field["name"] != "born"]
    assert "born" in refused(forged.put(tmp_path / "x.zip"), "heading").words.id


def test_a_column_that_is_described_twice_is_refused(tmp_path, forged, refused):
    forged.table["schema"]["fields"].append({"name": "uid", "type": "string"})
    refused(forged.put(tmp_path / "x.zip"), "heading")


def test_a_card_says_what_its_fingerprint_says():
    assert KeyCard(OFFICE.card.sign, OFFICE.card.age).fingerprint == OFFICE.fingerprint
