"""Photos on the command line: added, listed, written out."""

from __future__ import annotations

import json

import pytest

from desktop_app.__main__ import main
from desktop_app.core import words as words_in_use
from desktop_app.core.query import Query
from tests.pictures import file_of, photo_of, scene

REPAIR = "streetlight_repair"


@pytest.fixture
def shell(busy, capsys):
    """Runs a command; exit code, what it answered, what it said beside."""
    with busy.store.reading() as reader:
        uid = reader.first(Query(REPAIR), 1)[0].uid
    busy.close()

    def run(*words):
        code: int | str | None
        words_in_use.use("id")
        capsys.readouterr()
        try:
            code = main(["--data-dir", str(busy.place), "--person", "Sri", *words])
        except SystemExit as left:
            code = left.code
        out, err = capsys.readouterr()
        return code, out.strip(), err.strip()

    run.uid = uid  # type: ignore[attr-defined]
    return run


def test_photos_are_added_listed_and_written_out(shell, tmp_path):
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(photo_of())
    code, uid, said = shell("photo", REPAIR, shell.uid, str(file), "--stage", "AFTER", "--caption", "Menyala")
    assert (code, said) == (0, "")
    (told,) = json.loads(shell("photos", REPAIR, shell.uid, "--json")[1])
    assert told == {
        "uid": uid,
        "stage": "AFTER",
        "caption": "Menyala",
        "file_name": "IMG_1.jpg",
        "sha256": told["sha256"],
        "taken_at": "2026-11-01T01:15:30+00:00",
        "latitude": "-5.11300000",
        "longitude": "105.30700000",
        "here": True,
    }
    code, listed, said = shell("photos", REPAIR, shell.uid, "--save", str(tmp_path / "keluar"))
    assert "Sesudah" in listed
    assert "01/11/2026 08.15" in listed
    assert [one.name for one in (tmp_path / "keluar").iterdir()] == [f"{told['sha256']}.jpg"]
    assert said.endswith(f"{told['sha256']}.jpg")


def test_a_bad_file_stops_no_other_and_is_said(shell, tmp_path):
    good, bad = tmp_path / "baik.jpg", tmp_path / "buruk.jpg"
    good.write_bytes(photo_of(taken="1980:01:01 00:00:00"))
    bad.write_bytes(file_of(scene(), "GIF"))
    code, uids, said = shell("photo", REPAIR, shell.uid, str(bad), str(good))
    assert code == 1
    assert len(uids.splitlines()) == 1
    assert said.splitlines() == [
        "baik.jpg: Jam kamera salah (01/01/1980); waktu foto tidak dipakai.",
        "buruk.jpg bukan foto, melainkan gambar GIF. Pakai JPG, PNG, WebP atau BMP.",
        "1 dari 2 foto tidak ditambahkan.",
    ]
    assert len(json.loads(shell("photos", REPAIR, shell.uid, "--json")[1])) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("photo", REPAIR, "tidak-ada", "FILE"), 2),
        (("photo", "tidak_ada", "x", "FILE"), 2),
        (("photo", REPAIR, "UID", "hilang.jpg"), 1),
        (("photo", REPAIR, "UID", "FILE", "--stage", "SORE"), 2),
        (("photos", REPAIR, "tidak-ada"), 2),
        (("photos", REPAIR, "UID", "--save", "FILE"), 1),
    ],
)
def test_what_can_not_be_done_is_one_sentence(shell, tmp_path, words, code):
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(photo_of())
    got, _, said = shell(
        *(str(file) if one == "FILE" else shell.uid if one == "UID" else one for one in words)
    )
    assert (got, len(said.splitlines())) == (code, 1)
    assert "Traceback" not in said
