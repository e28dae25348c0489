"""What an office really sends, with records of every kind, as programs see it that are not ours."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import frictionless
import pytest

from desktop_app.core.travel import parts
from desktop_app.services import sending
from tests.exchange.package import packing
from tests.exchange.package.test_document import read_by_the_page


@pytest.fixture
def sent(busy, tmp_path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (file,) = sending.send(busy, folder, personal=True).files
    return file


def test_the_validator_the_page_and_unzip_take_what_an_office_sends(busy, sent, tmp_path, work):
    report = frictionless.validate(str(sent), type="package")
    assert report.valid, report.flatten(["name", "fieldName", "rowNumber", "note"])
    with packing.opening(sent, work) as opened:
        rows = {table.part_name: list(opened.rows(table)) for table in opened.tables}
    assert {part.kind.name for part in parts(busy.registry) if part.kind.owner == "office"} - set(rows) <= {
        "attachment",
        "conflict",
        "proposal",
    }
    assert {task.name: task.stats.get("rows") for task in report.tasks if task.name != "counts"} == {
        name: len(found) for name, found in rows.items()
    }
    assert zipfile.ZipFile(sent).testzip() is None
    answer = read_by_the_page(sent, tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) == 1 + sum(map(len, rows.values()))
    if shutil.which("unzip"):
        assert subprocess.run(["unzip", "-tq", str(sent)], capture_output=True, check=False).returncode == 0
