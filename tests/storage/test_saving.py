"""One save: what is written, stamped, numbered, journalled, and what is left alone."""

# ruff: noqa: PT012  (what is refused is the whole block, as in the program)

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number

import pytest
from sqlcipher3 import dbapi2

from desktop_app.core import stamps
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.query import Query
from desktop_app.core.record import Line, Moved
from desktop_app.core.stamps import Mark, new_uid
from desktop_app.storage.backends import sqlite
from desktop_app.storage.plain import StaleRecord
from desktop_app.storage.store import Store
from tests.engines import POSTGRES, look
from tests.storage.small import NOON, REGISTRY, area, fix, lamp, part

pytestmark = pytest.mark.engines


def stored(store, table, uid):
    [row] = look(store, f'SELECT * FROM "{table}" WHERE uid = :uid', uid=uid)
    return row


def rows(store, sql):
    return [tuple(row.values()) for row in look(store, sql)]


@pytest.fixture
def slip(store):
    with store.writing("Budi") as writer:
        return writer.add(fix())


def finish(record, by="Ani"):
    return Moved(new_uid(), "finish", record.status, "DONE", NOON, by)


def test_what_is_added_is_read_back_equal(store):
    given = fix(reporter="Müller", length=Number("12.5"))
    with store.writing("Budi") as writer:
        added = writer.add(given)
    with store.reading() as reader:
        read = reader.get("fix", given.uid)
    assert read == added
    assert {**given.values, "cost": 426_000} == read.values
    assert [line.values["total"] for line in read.lines["parts"]] == [300_000, 126_000]
    assert [(move.before, move.after, move.by) for move in read.moves] == [(None, "REPORTED", "Budi")]
    assert (read.status, read.site_code, read.entry_by, read.updated_by) == (
        "REPORTED",
        "18.72.04",
        "Budi",
        "Budi",
    )
    assert "total" not in given.lines["parts"][0].values, "what was given is left as it was"


def test_text_is_kept_in_one_form_and_empty_text_is_nothing(store):
    with store.writing("Budi") as writer:
        added = writer.add(fix(reporter="Mu\u0308ller", notes="", also=()))
    assert (added.values["reporter"], added.values["notes"], added.values["also"]) == ("Müller", None, None)


def test_more_decimals_than_declared_are_refused_and_never_rounded(store):
    with pytest.raises(ValueError), store.writing("Budi") as writer:
        writer.add(fix(length=Number("1.2345")))
    with store.reading() as reader:
        assert reader.count(Query("fix")) == 0


def test_register_numbers_run_by_office_kind_year_and_installation(store):
    old = fix()
    old.entry_at = dt.datetime(2025, 12, 31, 18, 0, tzinfo=dt.UTC)  # already 2026 in Jakarta
    older = fix()
    older.entry_at = dt.datetime(2025, 12, 31, 16, 0, tzinfo=dt.UTC)
    with store.writing("Budi") as writer:
        numbers = [writer.add(record).record_no for record in (old, older, lamp())]
        assert writer.add(area()).record_no is None
    with store.writing("Budi") as writer:
        writer.set_site("18.72.04", "office", letter="B")
        later = fix()
        later.entry_at = old.entry_at
        assert writer.add(later).record_no == "FIX/187204/2026/B000001"
        later = fix()
        later.entry_at, later.site_code = old.entry_at, "18.72.05"
        assert writer.add(later).record_no == "FIX/187205/2026/B000001"
    year = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=7))).year
    assert numbers == ["FIX/187204/2026/000001", "FIX/187204/2025/000001", f"LMP/187204/{year}/000001"]


def test_a_number_is_not_used_up_by_a_save_that_failed(store):
    with pytest.raises(RuntimeError), store.writing("Budi") as writer:
        writer.add(fix())
        raise RuntimeError
    with store.writing("Budi") as writer:
        assert writer.add(fix()).record_no.endswith("/000001")


def test_a_natural_key_is_the_uid_and_is_there_once(store):
    with store.writing("Budi") as writer:
        assert writer.add(area("18.72.05")).uid == "18.72.05"
    with pytest.raises(KnownError, match="sudah ada"), store.writing("Budi") as writer:
        writer.add(area("18.72.05"))
    with pytest.raises(UsageError), store.writing("Budi") as writer:
        writer.add(area(None))
    with pytest.raises(KnownError, match="tidak bisa diubah"), store.writing("Budi") as writer:
        writer.change("area", "18.72.05", {"code": "18.72.06"})


def test_a_new_row_has_one_stamp_and_each_row_its_own_number(store, slip):
    main = stored(store, "fix", slip.uid)
    children = [stored(store, "fix_parts", line.uid) for line in slip.lines["parts"]]
    move = stored(store, "fix_move", slip.moves[0].uid)
    assert stamps.is_stamp(main["born"])
    assert {row["born"] for row in (main, *children, move)} == {main["born"]}
    assert {row["field_stamps"] for row in (main, *children, move)} == {None}
    assert len({row["change_no"] for row in (main, *children, move)}) == 4
    assert slip.version == main["change_no"]
    with store.reading() as reader:
        assert stamps.site_of(main["born"]) == stamps.short_id(reader.site().site_id)


def test_a_change_stamps_only_the_groups_that_changed(store):
    with store.writing("Budi") as writer:
        first = writer.add(lamp(area="18.72.04.1001"))
        second = writer.change(
            "lamp", first.uid, {"street": "Jl. Melati", "latitude": Number("-5.2"), "number": "PJU-0042"}
        )
    row = stored(store, "lamp", first.uid)
    marks = stamps.read(row["field_stamps"])
    assert set(marks) == {"street", "place"}
    assert marks["street"] == marks["place"] == Mark(marks["street"].stamp)
    assert marks["street"].stamp > row["born"]
    assert second.version > first.version


def test_a_value_from_another_site_stays_among_what_was_seen(store, slip):
    theirs = f"{'0' * 16}{'f' * 12}"
    with store.writing("x") as writer:
        table = writer.tables.main["fix"]
        writer.connection.execute(table.update().values(field_stamps=f"poles={theirs}", known_to="peer"))
    with store.writing("Ani") as writer:
        writer.change("fix", slip.uid, {"poles": 9})
    row = stored(store, "fix", slip.uid)
    assert stamps.read(row["field_stamps"])["poles"].seen == (theirs,)
    assert row["known_to"] is None


def test_a_change_that_changes_nothing_writes_nothing(store, slip):
    with store.writing("Ani") as writer:
        same = writer.change(
            "fix", slip.uid, {"poles": 3, "length": Number("12.50")}, {"parts": slip.lines["parts"]}
        )
        assert writer.unchanged
    assert same == slip
    with store.reading() as reader:
        assert len(reader.history("fix", slip.uid)) == 1


def test_only_lines_that_differ_are_written(store, slip):
    kept, gone = slip.lines["parts"]
    new = part("Fitting", "1", 9_000)
    with store.writing("Ani") as writer:
        after = writer.change("fix", slip.uid, {}, {"parts": [kept, new]})
    assert [line.uid for line in after.lines["parts"]] == [kept.uid, new.uid]
    assert after.values["cost"] == 309_000
    assert after.version > slip.version
    assert stored(store, "fix_parts", kept.uid)["field_stamps"] is None
    removed = stored(store, "fix_parts", gone.uid)
    assert removed["removed_at"] is not None
    assert set(stamps.read(removed["field_stamps"])) == {"removed"}
    with store.writing("Ani") as writer:
        back = writer.change(
            "fix", slip.uid, {}, {"parts": [Line(kept.uid, {**kept.values, "qty": Number(5)}), new, gone]}
        )
    assert [line.values["qty"] for line in back.lines["parts"]] == [Number(5), Number(1), Number("10.5")]
    assert set(stamps.read(stored(store, "fix_parts", kept.uid)["field_stamps"])) == {"qty"}
    assert set(stamps.read(stored(store, "fix_parts", gone.uid)["field_stamps"])) == {"removed", "position"}


def test_the_order_of_lines_is_kept_and_journalled(store, slip):
    with store.writing("Ani") as writer:
        after = writer.change("fix", slip.uid, {}, {"parts": slip.lines["parts"][::-1]})
        assert [line.uid for line in after.lines["parts"]] == [line.uid for line in slip.lines["parts"][::-1]]
        assert [change.field for change in writer.history("fix", slip.uid)] == ["", "position"]


def test_a_move_is_a_row_of_its_own_and_sets_the_status(store, slip):
    with store.writing("Ani") as writer:
        after = writer.move("fix", slip.uid, finish(slip), {"poles": 4}, slip.version)
    assert (after.status, after.values["poles"]) == ("DONE", 4)
    assert [move.after for move in after.moves] == ["REPORTED", "DONE"]
    row = stored(store, "fix_move", after.moves[1].uid)
    assert row["born"] > stored(store, "fix_move", after.moves[0].uid)["born"]
    assert set(stamps.read(stored(store, "fix", slip.uid)["field_stamps"])) == {"poles"}


def test_moves_that_a_record_brings_along_are_kept_in_order(store):
    record = fix()
    record.moves = [Moved(new_uid(), "begin", None, "REPORTED", NOON, "Budi"), finish(fix())]
    with store.writing("Ani") as writer:
        added = writer.add(record)
    assert added.status == "DONE"
    assert added.moves == record.moves
    with store.reading() as reader:
        assert reader.get("fix", added.uid).moves == record.moves


def test_a_save_against_an_older_version_is_refused_and_shows_theirs(store, slip):
    with store.writing("Ani") as writer:
        theirs = writer.change("fix", slip.uid, {"poles": 7}, None, slip.version)
    for save in (
        lambda w: w.change("fix", slip.uid, {"notes": "x"}, None, slip.version),
        lambda w: w.move("fix", slip.uid, finish(slip), {}, slip.version),
        lambda w: w.remove("fix", slip.uid, "double", slip.version),
    ):
        with pytest.raises(StaleRecord, match="Ani") as refused, store.writing("Budi") as writer:
            save(writer)
        assert refused.value.theirs == theirs
    with store.reading() as reader:
        assert reader.get("fix", slip.uid) == theirs


def test_a_line_that_somebody_else_changed_makes_a_save_stale_too(store, slip):
    with store.writing("Ani") as writer:
        writer.change("fix", slip.uid, {}, {"parts": []}, slip.version)
    with pytest.raises(StaleRecord), store.writing("Budi") as writer:
        writer.change("fix", slip.uid, {}, {"parts": slip.lines["parts"]}, slip.version)


def test_removing_keeps_everything_and_recovering_brings_it_back(store, slip):
    with store.writing("Ani") as writer:
        gone = writer.remove("fix", slip.uid, " ganda ")
    assert (gone.removed_at is not None, gone.remove_reason) == (True, "ganda")
    assert set(stamps.read(stored(store, "fix", slip.uid)["field_stamps"])) == {"removed"}
    with store.reading() as reader:
        assert (reader.count(Query("fix")), reader.count(Query("fix", removed=True))) == (0, 1)
        assert reader.find("fix", poles=3) == []
    with store.writing("Ani") as writer:
        back = writer.recover("fix", slip.uid)
        assert writer.recover("fix", slip.uid).version == back.version
    assert (back.values, back.lines, back.moves) == (slip.values, slip.lines, slip.moves)
    with store.reading() as reader:
        told = [(change.action, change.reason) for change in reader.history("fix", slip.uid)]
    assert told == [("created", ""), ("removed", "ganda"), ("recovered", "")]


def test_the_journal_tells_who_did_what_in_canonical_texts(store, slip):
    line = slip.lines["parts"][0]
    with store.writing("Ani") as writer:
        writer.change(
            "fix",
            slip.uid,
            {"length": Number("1.5"), "done_on": None, "urgent": False},
            {"parts": [Line(line.uid, {**line.values, "price": 1})]},
        )
        changes = [c for c in writer.history("fix", slip.uid) if c.version != slip.version]
    assert {c.by for c in changes} == {"Ani"}
    assert [(c.action, c.field, c.old_text, c.new_text) for c in changes if not c.lines] == [
        ("changed", "urgent", "true", "false"),
        ("changed", "length", "12.500", "1.500"),
        ("changed", "done_on", "2026-03-05", ""),
    ]
    assert [(c.action, c.field, c.old_text, c.new_text) for c in changes if c.lines] == [
        ("removed", "", "", ""),
        ("removed", "part", "Kabel", ""),
        ("removed", "qty", "10.500", ""),
        ("removed", "price", "12000", ""),
        ("changed", "price", "150000", "1"),
    ]


def test_the_journal_can_only_grow(store, slip):
    for sql in ("DELETE FROM journal", "UPDATE journal SET person = 'x'"):
        with pytest.raises(Exception, match="journal is never"), store.writing("Ani") as writer:
            writer.connection.exec_driver_sql(sql)
    assert rows(store, "SELECT person FROM journal WHERE kind = 'fix'") == [("Budi",)]


def test_a_save_that_fails_half_way_leaves_no_trace(store, engine, slip):
    words = "fix_search" if engine.name == POSTGRES else "fix_search_docsize"
    tables = ("fix", "fix_parts", "fix_move", "journal", words, "site", "number")
    before = [rows(store, f'SELECT * FROM "{table}"') for table in tables]
    with pytest.raises(RuntimeError), store.writing("Ani") as writer:
        writer.add(fix())
        writer.change("fix", slip.uid, {"notes": "lain"}, {"parts": []})
        writer.move("fix", slip.uid, finish(slip))
        raise RuntimeError
    assert [rows(store, f'SELECT * FROM "{table}"') for table in tables] == before


def test_unknown_names_are_wrong_usage(store, slip):
    for wrong in (
        lambda w: w.change("fix", slip.uid, {"nothing": 1}),
        lambda w: w.change("fix", slip.uid, {"cost": 1}),
        lambda w: w.change("fix", "no-such-uid", {"poles": 1}),
        lambda w: w.get("nothing", "x"),
        lambda w: w.first(Query("fix", sort="nothing"), 5),
        lambda w: w.find("fix", nothing=1),
    ):
        with pytest.raises(UsageError), store.writing("Ani") as writer:
            wrong(writer)


def test_a_commit_that_raised_but_is_durable_counts_as_saved(store, monkeypatch):
    record = fix()
    with store.writing("Ani") as writer:
        writer.add(record)
        engine = store.engines.writer

        def commits_and_raises(connection):
            connection.commit()
            raise engine.dialect.loaded_dbapi.OperationalError("disk I/O error")

        monkeypatch.setattr(engine.dialect, "do_commit", commits_and_raises)
    monkeypatch.undo()
    with store.reading() as reader:
        assert reader.get("fix", record.uid) is not None


def test_a_commit_that_raised_and_is_not_durable_is_an_error(store, monkeypatch):
    record = fix()

    def raises(_connection):
        raise store.engines.writer.dialect.loaded_dbapi.OperationalError("disk I/O error")

    with pytest.raises(Exception, match="disk I/O"), store.writing("Ani") as writer:
        writer.add(record)
        monkeypatch.setattr(store.engines.writer.dialect, "do_commit", raises)
    monkeypatch.undo()
    with store.reading() as reader:
        assert reader.get("fix", record.uid) is None
    with store.writing("Ani") as writer:
        assert writer.add(record).uid == record.uid


@pytest.mark.engines("sqlite")
def test_a_full_disk_is_said_in_words_and_lets_go_of_the_ballast(store, place):
    from desktop_app.storage import ballast

    assert ballast.put(place)
    with pytest.raises(KnownError, match="Disk penuh"), store.writing("Ani") as writer:
        pages = writer.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        writer.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        writer.add(fix(notes="panjang " * 5_000))
    assert not (place / ballast.FILE).exists()
    assert not ballast.let_go(place)
    with store.writing("Ani") as writer:
        writer.connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
        assert writer.add(fix()).version > 0


def test_people_settings_and_the_office_are_kept(store, base, migrations):
    with store.writing("Budi") as writer:
        for name in ("Siti", "Budi", "Siti"):
            writer.add_person(name)
        writer.set_settings({"sla_hours": "48", "timezone": "Asia/Makassar", "office_name": ""})
        assert str(writer.zone) == "Asia/Makassar"
        writer.remove_person("Budi")
    store.close()
    again = Store.open(base.folder, REGISTRY, migrations=migrations, database=base.database)
    with again.reading() as reader:
        assert reader.people() == ["Siti"]
        assert reader.settings() == {
            "site_code": "18.72.04",
            "role": "office",
            "sla_hours": "48",
            "timezone": "Asia/Makassar",
        }
        site = reader.site()
        assert (site.site_code, site.role, site.office_name, site.letter) == ("18.72.04", "office", "", "")
    again.close()


def test_a_thread_that_would_wait_for_itself_is_told(store):
    with store.writing("Budi") as outer:
        with pytest.raises(RuntimeError, match="writing already"), store.writing("Budi"):
            pytest.fail("two writers at once")
        outer.add(fix())
    with store.writing("Budi") as writer:
        assert writer.count(Query("fix")) == 1


def test_what_was_given_to_a_change_is_left_as_it_was(store, slip):
    given = [part("Fitting", "3", 1_000)]
    with store.writing("Ani") as writer:
        after = writer.change("fix", slip.uid, {}, {"parts": given})
    assert after.lines["parts"][0].values["total"] == 3_000
    assert "total" not in given[0].values


@pytest.mark.engines("sqlite")
def test_a_writer_takes_the_lock_when_it_begins_and_readers_take_none(store):
    other = sqlite.open_raw(store.engines.file, writes=True)
    other.execute("PRAGMA busy_timeout=0")
    with store.reading() as reader:
        assert reader.counts()["fix"] == 0
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    with store.writing("Budi"), pytest.raises(dbapi2.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.close()
