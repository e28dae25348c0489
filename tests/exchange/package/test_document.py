"""docs/exchange.md: its example is a real package, its reader reads real packages, its table of refusals is complete."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from desktop_app.exchange.package import reading
from desktop_app.exchange.package.codes import phone_code
from desktop_app.exchange.package.guard import LIMITS
from desktop_app.exchange.package.header import Header, to_json
from tests.exchange.package import packing
from tests.exchange.package.packing import OFFICE, PHOTO, row

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def read_by_the_page(file: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    (reader,) = blocks("python")
    (folder / "reader.py").write_text(reader, encoding="utf-8")
    command = [sys.executable, "-I", str(folder / "reader.py"), str(file)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def example(tmp_path) -> Path:
    (table,), (document, signature) = blocks("csv"), blocks("json")
    inside = [
        ("data/crew.csv", table.replace("\n", "\r\n").encode()),
        ("datapackage.json", document.encode()),
        ("signature.json", signature.encode()),
    ]
    return packing.zipped(tmp_path / "example.pelita.zip", inside, zipfile.ZIP_STORED)


def test_the_example_is_a_real_package(example, work):
    with packing.opening(example, work) as opened:
        (crew,) = opened.tables
        (found,) = opened.rows(crew)
        assert dict(zip(crew.columns, found, strict=True))["name"] == 'Regu 2 "Melati"'
        assert opened.header.to is not None
        told = (opened.pid, opened.key.fingerprint, phone_code(opened.pid, opened.header.to.site_id))
    assert [f"`{text}`" in PAGE for text in told] == [True, True, True]


def test_the_reader_of_the_page_reads_the_example(example, tmp_path):
    answer = read_by_the_page(example, tmp_path)
    assert answer.returncode == 0, answer.stderr
    first, second = map(json.loads, answer.stdout.splitlines())
    assert first["pid"] in PAGE
    assert (second["table"], second["row"]["vehicle"], second["row"]["notes"]) == ("crew", "BE 1234 XY", None)


def test_the_reader_of_the_page_reads_a_package_of_the_program(tmp_path):
    rows = [row(1, notes='=x;",\r\nü🙂'), row(2)]
    written = packing.write(tmp_path / "x.zip", rows, [PHOTO], to=(), key_card=OFFICE.card)
    answer = read_by_the_page(tmp_path / "x.zip", tmp_path)
    assert answer.returncode == 0, answer.stderr
    first, *others = map(json.loads, answer.stdout.splitlines())
    assert first == {"pid": written.pid, "signed_by": OFFICE.fingerprint}
    assert [one["table"] for one in others] == ["park_work"] * 2
    assert [list(one["row"].values()) for one in others] == rows


def test_the_reader_of_the_page_refuses_what_was_changed(tmp_path, forged):
    forged.content(packing.csv_of([row(1)]), describe=False)
    assert "another size" in read_by_the_page(forged.put(tmp_path / "x.zip"), tmp_path).stderr
    signature = forged.signature()
    forged.pelita["number"] = 99
    inside = [*forged.members()[:-1], ("signature.json", signature)]
    assert "InvalidSignature" in read_by_the_page(packing.zipped(tmp_path / "x.zip", inside), tmp_path).stderr


def test_the_reader_of_the_page_is_short_and_needs_little():
    (reader,) = blocks("python")
    assert len(reader.splitlines()) <= 50
    tree = ast.parse(reader)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {
        str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_every_refusal_stands_on_the_page():
    sources = [path.read_text(encoding="utf-8") for path in Path(str(reading.__file__)).parent.glob("*.py")]
    sources.append((ROOT / "desktop_app" / "formats" / "machine_csv.py").read_text(encoding="utf-8"))
    codes = {
        code
        for source in sources
        for code in re.findall(
            r'(?:Refused|_refuse|_damaged|super\(\).__init__)\(\s*"([a-z_]+)"|case="([a-z_]+)"', source
        )
        for code in code
        if code
    }
    assert len(codes) > 30
    table = PAGE[PAGE.index("### Refusals") : PAGE.index("## What may change")]
    assert {code for code in codes if f"`{code}`" not in table} == set()


def test_every_value_of_the_header_stands_on_the_page():
    names = set(to_json(packing.header()))
    assert len(names) == len(fields(Header))
    table = PAGE[PAGE.index("### The header") : PAGE.index("## The tables")]
    assert {name for name in names if f"`{name}`" not in table} == set()


def test_the_limits_on_the_page_are_the_program_s():
    section = PAGE[PAGE.index("## The ZIP") : PAGE.index("## `datapackage.json`")]
    mb = 1024 * 1024
    for words in (
        f"{LIMITS.members:,} members",
        f"{LIMITS.file // mb} MB packed",
        f"{LIMITS.total // mb // 1024} GB unpacked",
        f"{LIMITS.member // mb // 1024} GB a table",
        f"{LIMITS.photo // mb} MB a photo",
        f"{LIMITS.manifest // mb} MB a description",
        f"{LIMITS.ratio} times",
    ):
        assert words in section
