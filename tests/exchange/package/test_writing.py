"""A package on its way to the disk: whole or not at all, and what other programs make of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import frictionless
import pytest

from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Choice
from desktop_app.core.travel import columns, parts
from desktop_app.exchange.package.header import SetOf
from desktop_app.exchange.package.schema import COUNTS, table_schema
from desktop_app.exchange.package.writing import PackageFile, part_file
from desktop_app.formats.machine_csv import to_line
from desktop_app.records.registry import REGISTRY
from tests.exchange.package import packing
from tests.exchange.package.packing import HEAD, NAMES, OFFICE, PHOTO, WORK, csv_of, row

# whole or not at all


def test_until_it_is_released_it_has_the_name_of_an_unfinished_file(tmp_path, work):
    target = tmp_path / "x.pelita"
    with PackageFile(target, packing.header(), OFFICE, (HEAD.card.age,)) as package:
        package.table(WORK, [(0, to_line(NAMES))])
        written = package.finish(release=False)
        assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["x.pelita.part"]
    assert written.part_file.stat().st_size == written.bytes
    written.release()
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["x.pelita"]
    with packing.opening(target, work) as opened:
        assert opened.pid == written.pid


def test_what_is_not_finished_leaves_nothing(tmp_path):
    def interrupted() -> None:
        with PackageFile(tmp_path / "x", packing.header(), OFFICE) as package:
            package.table(WORK, [(0, to_line(NAMES))])
            package.finish(release=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_what_waits_for_the_rest_of_its_set_is_neither_in_memory_nor_readable_on_the_disk(tmp_path, work):
    secret = csv_of([row(1), row(2)])
    files = []
    for name, aside in (("kept.zip", False), ("aside.zip", True)):
        with PackageFile(tmp_path / name, packing.header(), OFFICE) as package:
            package.table(WORK, [(2, secret)])
            before = package.size
            if aside:
                package.set_aside(work)
                assert (before > 0, package._plain.getbuffer().nbytes) == (True, 0)
                package._aside.seek(0)
                there = package._aside.read()
                assert there.startswith(b"age-encryption.org/v1")
                assert b"data/park_work.csv" not in there, "it is sealed"
                if sys.platform != "win32":  # there it has a name until it is closed
                    assert list(work.iterdir()) == [], "it has no name"
            files.append(package.finish())
            assert package._aside is None or package._aside.closed
            assert list(work.iterdir()) == []
    assert files[0].pid == files[1].pid
    assert files[0].path.read_bytes() == files[1].path.read_bytes()


def test_an_old_file_of_that_name_stays_until_the_new_one_is_whole(tmp_path, monkeypatch):
    target = tmp_path / "x.pelita"
    packing.write(target)
    old = target.read_bytes()

    def broken(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(KnownError, match="disk penuh"):
        packing.write(target, number=8)
    assert target.read_bytes() == old
    assert not part_file(target).exists()


def test_a_stick_that_keeps_something_else_is_found_out(tmp_path, monkeypatch):
    def forgetful(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, b"something else")

    monkeypatch.setattr(os, "fsync", forgetful)
    with pytest.raises(KnownError, match="flashdisk lain"):
        packing.write(tmp_path / "x.pelita")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(KnownError, match="tidak bisa ditulis"):
        packing.write(tmp_path / "no" / "x.pelita")


def test_a_recipient_that_is_none_is_the_caller_s_mistake(tmp_path):
    with (
        pytest.raises(ValueError, match="recipient"),
        PackageFile(tmp_path / "x", packing.header(), OFFICE, ("age1x",)) as file,
    ):
        file.finish()
    assert list(tmp_path.iterdir()) == []


def test_a_photo_under_a_wrong_name_is_the_caller_s_mistake(tmp_path):
    with (
        pytest.raises(ValueError, match="other bytes"),
        PackageFile(tmp_path / "x", packing.header(), OFFICE) as file,
    ):
        file.photo("a" * 64, PHOTO)


@pytest.mark.parametrize(
    "changes", [{"clock": "now"}, {"number": 0}, {"program": ""}, {"people": ("",)}, {"seen": ["x"]}]
)
def test_a_header_that_no_reader_would_take_is_not_written(tmp_path, changes):
    with pytest.raises(ValueError, match=r"reader|header"):
        packing.write(tmp_path / "x.pelita", **changes)
    assert list(tmp_path.iterdir()) == []


def test_the_header_may_be_settled_last(tmp_path, work):
    # The files of a set are filled first; only then it is known how many there are.
    with PackageFile(tmp_path / "x.zip", packing.header(), OFFICE) as package:
        package.table(WORK, [(0, to_line(NAMES)), (1, to_line(row(1)))])
        assert package.size > 100
        package.header = packing.header(set=SetOf("s", 1, 3))
        package.finish()
    with packing.opening(tmp_path / "x.zip", work) as opened:
        assert opened.header.set == SetOf("s", 1, 3)


def test_the_counts_are_told(tmp_path):
    written = packing.write(tmp_path / "x", [row(1), row(2), row(3)], photos=[PHOTO, b"x"])
    assert written.counts == {"park_work": 3, "photos": 2}
    assert written.bytes == written.path.stat().st_size


def test_tables_are_deflated_and_everything_else_is_stored(good):
    with zipfile.ZipFile(good) as archive:
        ways = {info.filename: info.compress_type for info in archive.infolist()}
    assert {name for name, way in ways.items() if way == zipfile.ZIP_DEFLATED} == {"data/park_work.csv"}
    assert len(ways) == 4


def test_the_same_content_makes_the_same_package(tmp_path):
    a, b = (packing.write(tmp_path / name, to=()) for name in "ab")
    assert a.pid == b.pid
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


# what other programs say


def validated(file: Path) -> frictionless.Report:
    return frictionless.validate(str(file), type="package")


@pytest.mark.parametrize("name", ["x.pelita.zip"])
def test_the_independent_validator_accepts_a_package_with_every_table(tmp_path, name):
    with PackageFile(tmp_path / name, packing.header(), OFFICE) as package:
        for part in parts(REGISTRY):
            names = [column.name for column in columns(part)]
            package.table(part, [(0, to_line(names)), (2, _line(part, 1) + _line(part, 2))])
        package.photo(sha256(PHOTO).hexdigest(), PHOTO)
        package.finish()
    report = validated(tmp_path / name)
    assert report.valid, report.flatten(["type", "note"])
    tables = {task.name: task.stats.get("rows") for task in report.tasks}
    assert {part.name: 2 for part in parts(REGISTRY)}.items() <= tables.items()
    assert tables[COUNTS] == len(parts(REGISTRY)) + 1


def _line(part, number: int) -> bytes:
    """A row with something in every column, an unknown code in every choice."""
    known = {"uid": f"u{number}", "site_code": "18.72.01", "born": packing.STAMP, "parent_uid": "p"}
    forms = {
        "integer": "5",
        "boolean": "true",
        "date": "2026-01-31",
        "time": "08:00",
        "datetime": "2026-01-31T01:02:03Z",
    }
    cells = []
    for field in table_schema(part, [column.name for column in columns(part)])["fields"]:
        text = known.get(field["name"]) or forms.get(field["type"], '=x;",\r\n')
        if field["type"] == "number":
            text = f"-1.{'0' * field['pelita:decimals']}" if field["pelita:decimals"] else "-1"
        cells.append(text)
    return to_line(cells)


def test_the_validator_accepts_that_there_is_nothing_to_report(tmp_path):
    with PackageFile(tmp_path / "x.zip", packing.header(), OFFICE) as package:
        package.finish()
    report = validated(tmp_path / "x.zip")
    assert report.valid, report.flatten(["type", "note"])


def test_the_validator_does_look(tmp_path, forged):
    for spoil, wrong in (
        (lambda: forged.content(csv_of([row(1, work_date="31/1/2026"), row(2)]), 2), "type-error"),
        (lambda: forged.content(csv_of([row(1), row(1)]), 2), "primary-key"),
        (lambda: forged.content(csv_of([row(1)]), 2), "row-count"),
        (lambda: forged.content(csv_of([row(1), row(2)]) + b" ", describe=False), "hash-count"),
    ):
        spoil()
        report = validated(forged.put(tmp_path / "x.zip"))
        assert wrong in {found[0] for found in report.flatten(["type"])}


def test_the_description_names_its_profile_and_every_column_once(good):
    with zipfile.ZipFile(good) as archive:
        document = json.loads(archive.read("datapackage.json"))
    assert document["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    counts, table, photo = document["resources"]
    assert counts["data"] == [{"table": "park_work", "rows": 2}, {"table": "photos", "rows": 1}]
    assert [field["name"] for field in table["schema"]["fields"]] == list(NAMES)
    assert table["hash"].startswith("sha256:")
    assert photo["path"] == f"photos/{sha256(PHOTO).hexdigest()}.jpg"


def test_groups_and_codes_are_described():
    described = {field["name"]: field for field in table_schema(WORK, NAMES)["fields"]}
    told = {name: field.get("pelita:group", "") for name, field in described.items()}
    assert told == {column.name: column.group for column in columns(WORK)}
    choice = next(column for column in columns(WORK) if isinstance(column.field, Choice))
    assert described[choice.name]["categories"]
    assert described["park"]["pelita:refers"] == "park"


@pytest.mark.skipif(not shutil.which("age"), reason="the age program is not on this system")
def test_the_age_program_opens_what_we_seal(tmp_path, work):
    packing.write(tmp_path / "x.pelita")
    (tmp_path / "key").write_text(HEAD.identity)
    command = [
        "age",
        "--decrypt",
        "-i",
        str(tmp_path / "key"),
        "-o",
        str(tmp_path / "x.zip"),
        str(tmp_path / "x.pelita"),
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert zipfile.ZipFile(tmp_path / "x.zip").testzip() is None
    with packing.opening(tmp_path / "x.zip", work) as opened:
        assert opened.header == packing.header()


@pytest.mark.skipif(not shutil.which("age"), reason="the age program is not on this system")
def test_what_the_age_program_seals_is_opened(tmp_path, good, work):
    command = ["age", "-r", HEAD.card.age, "-o", str(tmp_path / "y.pelita"), str(good)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    with packing.opening(tmp_path / "y.pelita", work) as opened:
        assert opened.header == packing.header()
