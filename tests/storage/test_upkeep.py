"""Upgrading, checking, backing up and restoring: what was entered is never less than before."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app import place as program
from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.fields import Text
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.spec import Registry, Section
from desktop_app.core.stamps import new_uid
from desktop_app.records.registry import REGISTRY as OURS
from desktop_app.storage import place_lock
from desktop_app.storage.backends import sqlite
from desktop_app.storage.derived import list_indexes
from desktop_app.storage.store import FILE, Store
from desktop_app.storage.tables import APPEND_ONLY, Tables
from desktop_app.storage.upkeep import backup, check, freeze, migrate, rebuild, revision
from tests.storage.small import FIX, LAMP, REGISTRY, area, fix, lamp

STEP = """
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    {what}
"""


def with_step(migrations: Path, folder: Path, what: str, number="0002", before="0001") -> Path:
    made = Path(shutil.copytree(migrations, folder / "later", dirs_exist_ok=True))
    (made / "versions" / f"{number}_later.py").write_text(
        STEP.format(number=number, before=before, what=what)
    )
    return made


def schema(file: Path) -> dict:
    """What a database is made of, in a form in which it does not matter how it came to be so."""
    raw = sqlite.open_raw(file)
    found: dict = {}
    for kind, name, table, sql in raw.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
    ).fetchall():
        if "_search" in name or name.startswith("list_") or table == "alembic_version":
            continue
        if kind == "table":
            columns = raw.execute(f'PRAGMA table_xinfo("{name}")').fetchall()
            found[name] = sorted(column[1:] for column in columns)
            for index in raw.execute(f'PRAGMA index_list("{name}")').fetchall():
                if index[1].startswith("list_"):
                    continue
                over = [column[2] for column in raw.execute(f'PRAGMA index_info("{index[1]}")')]
                found.setdefault(f"{name} indexes", []).append((index[2], index[3], over))
            found.get(f"{name} indexes", []).sort(key=str)
        elif kind == "trigger":
            found[name] = " ".join(sql.split())
    raw.close()
    return found


def declared(registry, file: Path) -> Path:
    engine = sqlite.engine(file, writes=True)
    with engine.begin() as connection:
        Tables(registry).metadata.create_all(connection)
        for sql in APPEND_ONLY:
            connection.exec_driver_sql(sql)
    engine.dispose()
    return file


def test_the_migrations_build_exactly_what_the_kinds_declare(tmp_path):
    file = tmp_path / "migrated.db"
    migrate.bring_up_to_date(file)
    assert schema(file) == schema(declared(OURS, tmp_path / "declared.db"))
    assert "streetlight_repair_materials" in schema(file)


def test_no_migration_is_waiting_to_be_written(tmp_path):
    file = tmp_path / "migrated.db"
    migrate.bring_up_to_date(file)
    assert freeze.missing(OURS, file) == ({}, {}, [])


def test_a_new_kind_and_a_new_field_make_one_step_that_builds_them(store, place, migrations, tmp_path):
    """What CONTRIBUTING asks of a new kind: declare it, write the step with the tool, start."""
    with store.writing("Budi") as writer:
        kept = writer.add(lamp())
    store.close()
    new_lamp = replace(LAMP, form=(*LAMP.form, Section("Lain", "More", Text("brand", "Merek", "Brand"))))
    number = Section("S", "W", Text("number", "No", "No"), Text("street", "Jl", "St"))
    well = replace(LAMP, name="well", form=(number,), subtitle=())
    later = Registry(REGISTRY.sections, (FIX, new_lamp, REGISTRY["area"], well))
    made = Path(shutil.copytree(migrations, tmp_path / "later"))
    scratch = tmp_path / "scratch.db"
    migrate.bring_up_to_date(scratch, made)
    written = freeze.step(later, made / "versions", "Wells, and brands of lamps", scratch)
    assert written is not None
    assert written.name == "0002_wells_and_brands_of_lamps.py"

    opened = Store.open(place, later, migrations=made)
    with opened.writing("Ani") as writer:
        assert writer.change("lamp", kept.uid, {"brand": "Philips"}).values["brand"] == "Philips"
        writer.add(Record("well", new_uid(), {"number": "S-1"}))
        assert [row.uid for row in writer.first(Query("lamp", search="philips"), 5)] == [kept.uid]
    opened.close()
    assert schema(place / FILE) == schema(declared(later, tmp_path / "declared.db"))
    copies = list((place / migrate.BEFORE_UPGRADES).iterdir())
    assert [copy.name[:12] for copy in copies] == ["pelita-0001-"]
    backup.verify(copies[0])
    migrate.bring_up_to_date(place / FILE, made)
    assert len(list((place / migrate.BEFORE_UPGRADES).iterdir())) == 1, "nothing to do, nothing copied"
    assert freeze.step(later, made / "versions", "again", place / FILE) is None


@pytest.mark.parametrize(
    "what",
    [
        "op.execute('UPDATE lamp SET street = NULL'); op.add_fields({'lamp': 'x'}); raise RuntimeError('half way')",
        "op.execute('DELETE FROM lamp')",
        "op.execute('this is no SQL')",
    ],
)
def test_an_upgrade_that_fails_changes_nothing_and_says_so(
    store, place, migrations, tmp_path, expects_log, what
):
    with store.writing("Budi") as writer:
        kept = writer.add(lamp())
    store.close()
    before = schema(place / FILE)
    later = with_step(migrations, tmp_path, what)
    with pytest.raises(KnownError, match="tetap seperti semula"):
        Store.open(place, REGISTRY, migrations=later)
    assert any(record.levelno == logging.ERROR for record in expects_log.records)
    assert schema(place / FILE) == before
    again = Store.open(place, REGISTRY, migrations=migrations)
    with again.reading() as reader:
        assert reader.get("lamp", kept.uid) == kept
    again.close()


def test_a_file_that_an_upgrade_left_damaged_is_put_back_from_the_copy(
    store, place, migrations, tmp_path, expects_log, monkeypatch
):
    with store.writing("Budi") as writer:
        kept = writer.add(lamp())
    store.close()

    def ruins(file: Path, _migrations: Path) -> None:
        file.write_bytes(b"ruined" * 1000)
        raise OSError("the disk")

    monkeypatch.setattr(migrate, "_upgrade", ruins)
    with pytest.raises(KnownError):
        migrate.bring_up_to_date(place / FILE, with_step(migrations, tmp_path, "pass"))
    assert "can't be read" in expects_log.text
    again = Store.open(place, REGISTRY, migrations=migrations)
    with again.reading() as reader:
        assert reader.get("lamp", kept.uid) == kept
    again.close()


def test_a_database_of_a_newer_program_is_refused_and_not_touched(store, place, migrations, tmp_path):
    store.close()
    migrate.bring_up_to_date(place / FILE, with_step(migrations, tmp_path, "op.add_fields({'lamp': 'x'})"))
    before = (place / FILE).read_bytes()
    with pytest.raises(KnownError, match="lebih baru"):
        Store.open(place, REGISTRY, migrations=migrations)
    assert (place / FILE).read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database, but long enough to be taken for one" * 100, "other"])
def test_a_file_that_is_not_ours_is_refused_and_not_touched(tmp_path, migrations, content):
    file = tmp_path / FILE
    if content == "other":
        raw = sqlite.open_raw(file, writes=True)
        raw.execute("CREATE TABLE somebody_elses (x)")
        raw.close()
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(KnownError):
        Store.open(tmp_path, REGISTRY, migrations=migrations)
    assert file.read_bytes() == before


def test_a_start_on_a_present_database_does_not_load_alembic(store, place, migrations, tmp_path):
    store.close()
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from desktop_app.storage.upkeep import migrate;"
        f"migrate.bring_up_to_date(Path({str(place / FILE)!r}), Path({str(migrations)!r}));"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=program.program_folder())


# --- backup and restore


@pytest.fixture
def filled(store):
    with store.writing("Budi") as writer:
        writer.add(area())
        record = writer.add(fix(writer.add(lamp()).uid))
    return store, record


def test_a_backup_of_a_database_in_use_is_whole_and_can_be_restored(filled, place, migrations, tmp_path):
    store, record = filled
    target = tmp_path / "cadangan.db"
    with store.writing("Ani") as writer:
        writer.change("fix", record.uid, {"notes": "sebelum"})
    backup.backup(store.engines.file, target)
    with store.writing("Ani") as writer:
        writer.change("fix", record.uid, {"notes": "sesudah"})
        before = writer.site().site_id
    store.close()
    kept = backup.restore(place, FILE, target, migrations)
    again = Store.open(place, REGISTRY, migrations=migrations)
    with again.reading() as reader:
        assert reader.get("fix", record.uid).values["notes"] == "sebelum"
        assert reader.site().site_id != before, "what was sent since is not known any more"
        assert [row.uid for row in reader.first(Query("fix", search="sebelum"), 5)] == [record.uid]
    assert check.check(again).sound
    again.close()
    assert kept is not None
    raw = sqlite.open_unprepared(kept)
    assert raw.execute("SELECT notes FROM fix").fetchall() == [("sesudah",)]
    raw.close()


def test_restoring_on_a_new_computer(filled, migrations, tmp_path):
    store, record = filled
    backup.backup(store.engines.file, tmp_path / "cadangan.db")
    assert backup.restore(tmp_path / "new", FILE, tmp_path / "cadangan.db", migrations) is None
    again = Store.open(tmp_path / "new", REGISTRY, migrations=migrations)
    with again.reading() as reader, store.reading() as old:
        assert reader.get("fix", record.uid) == record
        assert reader.site().site_id != old.site().site_id
    again.close()


@pytest.mark.parametrize("how", ["truncated", "flipped", "empty", "other", "newer"])
def test_a_bad_backup_is_refused_and_the_data_stays(filled, place, migrations, tmp_path, how):
    store, record = filled
    target = tmp_path / "cadangan.db"
    backup.backup(store.engines.file, target)
    data = bytearray(target.read_bytes())
    if how == "flipped":
        for at in range(4096, len(data), 4096):
            data[at + 2 : at + 8] = b"\xff" * 6
    if how in ("truncated", "flipped", "empty"):
        target.write_bytes({"truncated": data[: len(data) // 2], "flipped": data, "empty": b""}[how])
    elif how == "other":
        target.unlink()
        raw = sqlite.open_raw(target, writes=True)
        raw.execute("CREATE TABLE x (y)")
        raw.close()
    else:
        migrate.bring_up_to_date(target, with_step(migrations, tmp_path, "pass"))
    store.close()
    before = (place / FILE).read_bytes()
    with pytest.raises(KnownError):
        backup.restore(place, FILE, target, migrations)
    assert (place / FILE).read_bytes() == before
    again = Store.open(place, REGISTRY, migrations=migrations)
    with again.reading() as reader:
        assert reader.get("fix", record.uid) == record
        assert not reader.connection.exec_driver_sql("SELECT former FROM site").scalar_one()
    again.close()


def test_a_damaged_database_is_not_copied_into_a_backup(filled, place, tmp_path):
    store, _ = filled
    store.close()
    data = bytearray((place / FILE).read_bytes())
    for at in range(4096, len(data), 4096):
        data[at + 2 : at + 8] = b"\xff" * 6
    (place / FILE).write_bytes(data)
    target = tmp_path / "cadangan.db"
    target.write_bytes(b"yesterday's")
    with pytest.raises(KnownError):
        backup.backup(place / FILE, target)
    assert target.read_bytes() == b"yesterday's"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cadangan.db", "data"]


def test_a_cancelled_backup_leaves_nothing(filled, tmp_path):
    store, _ = filled
    with store.writing("Budi") as writer:
        writer.load("fix", (fix() for _ in range(600)))
    with pytest.raises(Cancelled):
        backup.backup(store.engines.file, tmp_path / "cadangan.db", Quiet(cancel_after=0))
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


def test_a_backup_over_the_data_itself_or_into_nowhere_is_refused(filled, tmp_path):
    store, record = filled
    for target in (store.engines.file, tmp_path / "no such folder" / "x.db"):
        with pytest.raises(KnownError):
            backup.backup(store.engines.file, target)
    with store.reading() as reader:
        assert reader.get("fix", record.uid) == record


# --- check


def test_a_sound_database_is_said_to_be_sound(filled):
    report = check.check(filled[0])
    assert (report.sound, report.troubles, report.waiting) == (True, (), 0)
    assert report.records == {"fix": 1, "lamp": 1, "area": 1}


@pytest.mark.parametrize(
    ("code", "sql"),
    [
        ("status", "UPDATE fix SET status = 'DONE'"),
        ("clock", "UPDATE site SET clock = '000000000001' || substr(clock, 13)"),
        ("search", "INSERT INTO fix_search(fix_search) VALUES ('delete-all')"),
        ("indexes", "DROP INDEX list_lamp_{}"),
    ],
)
def test_what_is_derived_is_found_wrong_and_repaired(filled, code, sql):
    store, record = filled
    with store.writing("") as writer:
        name = next(iter(list_indexes(store.tables, LAMP)))
        writer.connection.exec_driver_sql(sql.format(name.removeprefix("list_lamp_")))
    assert [trouble.code for trouble in check.check(store).troubles] == [code]
    assert not check.check(store).sound
    assert check.check(store, repair=True).sound
    assert check.check(store).troubles == ()
    with store.reading() as reader:
        assert reader.get("fix", record.uid) == record
        assert reader.count(Query("fix", search="siti")) == 1


def test_what_can_not_be_made_anew_is_named_and_left_alone(filled):
    store, record = filled
    with store.writing("") as writer:
        writer.connection.exec_driver_sql("UPDATE fix SET field_stamps = 'poles=yesterday'")
        writer.connection.exec_driver_sql(
            "UPDATE fix_parts SET parent_uid = 'not come yet' WHERE position = 1"
        )
    report = check.check(store, repair=True)
    assert [(one.code, one.uids, one.serious, one.repaired) for one in report.troubles] == [
        ("stamps", (record.uid,), True, False)
    ]
    assert report.waiting == 1
    assert not report.sound


def test_a_damaged_file_is_told_by_the_check(filled, place):
    store, _ = filled
    raw = sqlite.open_raw(place / FILE, writes=True)
    raw.execute("PRAGMA writable_schema=ON")
    raw.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'journal_uid'")
    raw.close()
    store.engines.close()
    assert [trouble.code for trouble in check.check(store).troubles] == ["damaged"]


def test_a_declaration_that_searches_other_fields_makes_its_words_anew(
    filled, place, migrations, monkeypatch
):
    """A few records at once when the program starts, many in the background."""
    store, _ = filled
    store.close()
    content = FIX.form[0].content
    fields = [
        replace(field, searched=False) if isinstance(field, Text) and field.name == "reporter" else field
        for field in content
    ]
    other = replace(FIX, form=(Section("L", "R", *fields), FIX.form[1]))
    later = Registry(REGISTRY.sections, (other, LAMP, REGISTRY["area"]))
    for few in (5_000, 0):
        monkeypatch.setattr(rebuild, "_FEW", few)
        opened = Store.open(place, later if few else REGISTRY, migrations=migrations)
        assert rebuild.is_behind(opened) == (not few)
        rebuild.catch_up(opened)
        with opened.reading() as reader:
            assert reader.count(Query("fix", search="siti")) == (0 if few else 1)
            assert reader.count(Query("fix", search="padam")) == 1
        opened.close()


def test_the_revision_is_known_without_opening_anything_else(filled, migrations):
    raw = sqlite.open_unprepared(filled[0].engines.file)
    assert revision.of(raw) == revision.steps(migrations)[-1] == "0001"
    raw.close()
    assert place_lock.FILE not in [file.name for file in filled[0].folder.iterdir()]
