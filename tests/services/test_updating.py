"""A new version that came as a package: refused, rehearsed, installed beside the old one, and left again when it fails."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.progress import Quiet
from desktop_app.core.words import Words
from desktop_app.exchange import program_package
from desktop_app.services import installed, receiving, sending, settings, sites, starting_files, updating
from desktop_app.services.context import AppContext
from tests import programs
from tests.programs import OWN_VERSION as OWN
from tests.programs import Programs

NEW = "9.1.0"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """An installed program, which is the one that runs."""
    made = Programs(tmp_path / "program")
    monkeypatch.setattr(installed, "here", lambda: made.installed)
    return made


def _everything(ctx: AppContext) -> dict[str, object]:
    """Every row of every table, and how the tables are made."""
    with closing(dbapi2.connect(str(ctx.place / "pelita.db"))) as raw:
        made = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, sql in made if sql and "CREATE TABLE" in sql and "_search" not in name]
        return {"": made} | {name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}


def _tree(folder: Path) -> set[str]:
    return {
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if "pelita.lock" not in file.name
    }


def _refused(ctx: AppContext, program: Programs, file: Path, **more: object) -> Words:
    """Take it: it must be refused in a sentence, and leave program and data as they were."""
    program_before, data_before = _tree(program.folder), _everything(ctx)
    with pytest.raises(KnownError) as refusal:
        updating.take(ctx, file, program=program.installed, **more)  # type: ignore[arg-type]
    assert _tree(program.folder) == program_before
    assert program.small("active") == OWN
    assert _everything(ctx) == data_before
    assert not list((ctx.place / "kerja").glob("percobaan*"))
    return refusal.value.words


# ---- what is refused before anything is unpacked


def _flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def _manifest_place(file: Path) -> int:
    return file.read_bytes().index(b'"version"')


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: _flip(file, _manifest_place(file)), "not signed by the makers"),
        (lambda file: _flip(file, len(program_package.MAGIC) + 3), "not signed by the makers"),
        (lambda file: _flip(file, -20), "damaged on the way"),
        (lambda file: file.write_bytes(file.read_bytes()[:-5]), "cut off"),
        (lambda file: file.write_bytes(file.read_bytes()[:90]), "damaged|cut off"),
        (lambda file: file.write_bytes(file.read_bytes() + b"more"), "cut off, or something was added"),
    ],
    ids=["manifest", "signature", "archive", "cut", "head only", "longer"],
)
def test_a_spoiled_package_is_refused(
    office: AppContext, program: Programs, spoil: Callable[[Path], object], said: str
) -> None:
    file = program.package(NEW)
    spoil(file)
    words = _refused(office, program, file)
    assert re.search(said, words.en)


def test_another_key_is_refused(office: AppContext, program: Programs, tmp_path: Path) -> None:
    program.update.new_key(tmp_path / "other.key")
    file = program.package(NEW, key=tmp_path / "other.key")
    assert "not signed by the makers" in _refused(office, program, file).en


@pytest.mark.parametrize("version", [OWN, "0.0.9"])
def test_an_older_or_equal_version_is_refused(office: AppContext, program: Programs, version: str) -> None:
    assert "nothing to update" in _refused(office, program, program.package(version)).en


def test_a_full_disk_is_refused_with_what_is_lacking(
    office: AppContext, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(program.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=10_000_000))
    words = _refused(office, program, program.package(NEW))
    assert "free another" in words.en
    assert "kosongkan" in words.id


def test_another_system_and_a_waiting_version_are_refused(office: AppContext, program: Programs) -> None:
    elsewhere = program.update.make(
        program.version(program.root / "x" / NEW), program.root, program.key, system="plan9", preset=0
    )
    assert "'plan9' computers" in _refused(office, program, elsewhere).en
    file = program.package(NEW)
    (program.folder / "active.txt").write_text("9.0.0\n")
    with pytest.raises(KnownError, match=r"9\.0\.0 sudah siap dipakai"):
        updating.take(office, file, program=program.installed)


def test_a_program_without_key_and_a_checkout_say_so(
    office: AppContext, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = program.package(NEW)
    (program.installed.of(OWN) / "app" / "resources" / "release.pub").unlink()
    assert "without a release key" in _refused(office, program, file).en
    monkeypatch.setattr(installed, "here", lambda: None)
    got = receiving.receive(office, [file])[0]
    assert got.state == "refused"
    assert got.problem is not None
    assert "not installed by Pelita-setup.exe" in got.problem.en


@pytest.mark.parametrize(
    "path",
    [
        "../out",
        "/out",
        "a/../../out",
        "C:/out",
        "aux.txt",
        "a\\b",
        "a//b",
        "dot./x",
        "",
        "a/..",
        ".",
        "a/ b",
        "nul",
    ],
)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    assert not program_package.is_harmless(path)


@pytest.mark.parametrize(
    "path", ["runtime/python313._pth", "runtime/Lib/x.libs/a-1.dll", ".lock", "tz/GMT+0", "a (b).txt"]
)
def test_what_a_program_is_made_of_is_allowed(path: str) -> None:
    assert program_package.is_harmless(path)


def test_versions_are_compared_as_numbers() -> None:
    ordered = ["0.9", "0.9.1", "0.10.0", "1.0", "1.0.0.1"]
    assert sorted(ordered, key=program_package.numbers) == ordered
    assert program_package.numbers("1.0") == program_package.numbers("1.0.0")


# ---- the rehearsal


def test_a_migration_that_raises_is_found_in_the_rehearsal(busy: AppContext, program: Programs) -> None:
    file = program.package(NEW, step=programs.RAISES)
    words = _refused(busy, program, file)
    assert "did not pass its rehearsal" in words.en
    assert "tidak lolos percobaan" in words.id


def test_a_rehearsal_that_hangs_is_ended(office: AppContext, program: Programs) -> None:
    file = program.package(NEW, behave=programs.HANGS_AT_REHEARSAL)
    words = _refused(office, program, file, limits=updating.Limits(1, 1))
    assert "took too long" in words.en


def test_a_cancelled_update_leaves_nothing(office: AppContext, program: Programs) -> None:
    file = program.package(NEW)
    before = _tree(program.folder)
    with pytest.raises(Cancelled):
        updating.take(office, file, Quiet(cancel_after=1), program=program.installed)
    assert _tree(program.folder) == before


# ---- from one version to the next


@pytest.mark.heavy
def test_an_update_with_a_migration(busy: AppContext, program: Programs) -> None:
    """Received, started, proven; the records are there and the database is the new version's."""
    with busy.store.reading() as reader:
        counts = reader.counts()
    got = receiving.receive(busy, [program.package(NEW, step=programs.ADDS_A_COLUMN)])[0]
    assert got.state == "updated"
    assert "siap" in got.notes[0].id
    assert program.small("active") == NEW
    assert program.small("previous") == OWN
    assert int(program.small("trial")) >= 180
    place = str(busy.place)
    busy.close()

    checked = program.run("--data-dir", place, "--language", "en", "check")
    assert f"{sum(counts.values())} records checked" in checked.stdout, checked.stderr
    assert program.small("trial") == ""
    assert (program.folder / "versions" / NEW / "proven").exists()
    with closing(sqlite3.connect(f"{place}/pelita.db")) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("9001",)
    assert program.run("--version").stdout.strip() == NEW


@pytest.mark.heavy
@pytest.mark.parametrize("behave", [programs.EXITS_WHEN_OPEN, programs.HANGS_WHEN_OPEN], ids=["exit", "hang"])
def test_a_version_that_fails_after_its_migration(busy: AppContext, program: Programs, behave: str) -> None:
    """The old one runs again, and the database is the one from before the migration, to the last letter."""
    before = _everything(busy)
    file = program.package(NEW, step=programs.ADDS_A_COLUMN, behave=behave)
    receiving.receive(busy, [file])
    (program.folder / "trial.txt").write_text("4\n")
    place = busy.place
    busy.close()

    ran = program.run("--data-dir", str(place), "--language", "en", "list", "crew")
    assert ran.returncode == 0, ran.stderr
    assert f"The update to Pelita {NEW} failed" in ran.stderr
    assert "The data is as it was before the update" in ran.stderr
    assert program.small("active") == OWN
    assert program.small("trial") == program.small("previous") == ""
    assert _everything(busy) == before
    assert [NEW, "hang" if "sleep" in behave else "exit 3"] == program.small("went-back").splitlines()[:2]


@pytest.mark.heavy
def test_a_version_that_exits_at_once(office: AppContext, program: Programs) -> None:
    receiving.receive(office, [program.package(NEW, behave=programs.EXITS_AT_START)])
    before = _everything(office)
    office.close()
    ran = program.run("--data-dir", str(office.place), "--language", "en", "settings")
    assert ran.returncode == 0
    assert "The data was not touched" in ran.stderr
    assert program.small("active") == OWN
    assert _everything(office) == before


@pytest.mark.heavy
def test_help_and_refusals_prove_nothing_and_blame_nobody(office: AppContext, program: Programs) -> None:
    receiving.receive(office, [program.package(NEW)])
    for words in (["--help"], ["bogus"], ["--data-dir", str(program.root / "nowhere"), "list", "crew"]):
        program.run(*words)
        assert program.small("active") == NEW, words
        assert program.small("trial"), words
        assert not list((program.folder / "versions" / NEW).glob("ended-*"))


def test_what_is_not_needed_any_more_goes_when_the_new_version_is_proven(program: Programs) -> None:
    versions = program.folder / "versions"
    for name in ("0.0.1", "0.0.2", "9.9.9.part"):
        (versions / name / "app").mkdir(parents=True)
    (program.folder / "previous.txt").write_text("0.0.2\n")
    program.installed.tidy()
    assert (versions / "0.0.1").exists(), "not before it is proven"
    program.installed.prove()
    program.installed.tidy()
    assert {one.name for one in versions.iterdir() if one.is_dir()} == {OWN, "0.0.2"}


# ---- headquarters carries it


def test_headquarters_keeps_the_package_for_its_offices(pusat: AppContext, program: Programs) -> None:
    file = program.package(OWN)
    got = receiving.receive(pusat, [file])[0]
    assert got.state == "carried"
    kept = updating.for_offices(pusat)
    assert kept is not None
    assert kept.read_bytes() == file.read_bytes()
    stick = program.root / "stick"
    stick.mkdir()
    assert updating.put_beside(pusat, stick, [OWN, ""]) is None
    assert updating.put_beside(pusat, stick, ["0.0.1", OWN]) == stick / kept.name
    assert settings.texts(pusat.settings)["role"] == "headquarters"


def test_the_update_goes_along_to_an_office_that_needs_it(
    pusat: AppContext, nowhere: AppContext, tmp_path: Path
) -> None:
    """Headquarters knows by the office's own package which version it has."""
    folder = tmp_path / "stick"
    folder.mkdir()
    receiving.receive(nowhere, [starting_files.make(pusat, "18.72.01", folder)])
    receiving.receive(pusat, sending.send(nowhere, folder).files)
    sites.trust(pusat, "18.72.01", sites.own_fingerprint(nowhere))
    kept = pusat.place / "pembaruan" / "pelita-9.1.0.pelita"
    kept.parent.mkdir()
    kept.write_bytes(program_package.MAGIC)
    sent = sending.send(pusat, folder, "18.72.01")
    assert sent.update == folder / kept.name
    assert sent.update.read_bytes() == program_package.MAGIC
    kept.rename(kept.with_name(f"pelita-{OWN}.pelita"))
    assert sending.send(pusat, folder, "18.72.01").update is None
