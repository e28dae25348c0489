"""Files for people without Pelita, beside the package: figures and places, and nothing about persons."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from desktop_app.core.fields import Reference
from desktop_app.services import sending


@pytest.fixture
def out(tmp_path) -> Path:
    """Where packages are written to."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def headings(file) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return next(csv.reader(text, delimiter=";"))


def test_plain_tables_lie_beside_the_package_and_tell_nothing_about_persons(busy, out):
    sent = sending.send(busy, out, plain=True)
    assert sorted(out.iterdir()) == sorted([*sent.files, *sent.plain])
    begin = sent.files[0].name.partition(".pelita")[0]
    seen = 0
    for kind in busy.registry:
        file = out / f"{begin}_{kind.name}.csv"
        if not file.exists():
            continue
        seen += 1
        told = set(headings(file))
        personal = {field.label.id for field in kind.fields if field.personal}
        assert not told & personal, file.name
    assert seen > 10


def test_no_number_of_a_person_is_in_them(busy, out):
    with busy.store.reading() as reader:
        numbers = {
            str(record.values[name])
            for kind in ("burial", "plot_permit", "streetlight_repair", "tree_request")
            for record in reader.find(kind)
            for name in ("deceased_nik", "heir_nik", "heir_phone", "reporter_phone", "applicant_phone")
            if record.values.get(name)
        }
    assert len(numbers) > 10
    written = "".join(one.read_text("utf-8-sig") for one in sending.send(busy, out, plain=True).plain)
    assert not [number for number in numbers if number in written]


def test_a_reference_to_what_is_called_by_a_persons_name_is_left_out(busy, out):
    registry = busy.registry
    named = {
        kind.name
        for kind in registry
        if any(kind.by_name[name].personal for name in (*kind.title, *kind.subtitle))
    }
    sent = sending.send(busy, out, plain=True)
    for kind in registry:
        left_out = {
            field.label.id for field in kind.fields if isinstance(field, Reference) and field.kind in named
        }
        for file in sent.plain:
            if left_out and file.name.endswith(f"_{kind.name}.csv"):
                assert not left_out & set(headings(file))
