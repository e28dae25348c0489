"""What only a real process shows: power of the lock, nothing lost when it is killed, one wait for the disk a save."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import sys
import time

import pytest

from desktop_app.core.errors import PlaceTakenError
from desktop_app.core.query import Query
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.records.registry import REGISTRY
from desktop_app.storage import backends
from desktop_app.storage.backends import sqlite
from desktop_app.storage.drafts import DraftStore
from desktop_app.storage.place_lock import PlaceLock
from desktop_app.storage.store import FILE, Store
from desktop_app.storage.upkeep import check

SAVES = """
import sys
from pathlib import Path
from desktop_app.core.record import Record
from desktop_app.core.stamps import new_uid
from desktop_app.records.registry import REGISTRY
from desktop_app.storage.store import Store
store = Store.open(Path({place!r}), REGISTRY)
with store.writing("Budi") as writer:
    writer.add(Record("crew", new_uid(), {{"name": "Mawar 0"}}))
    print("ready", flush=True)
sys.stdin.readline()
for number in range({times}):
    with store.writing("Budi") as writer:
        record = writer.add(Record("crew", new_uid(), {{"name": f"Mawar {{number}}"}}))
        record = writer.change("crew", record.uid, {{"name": f"Melati {{number}}"}})
    print(record.uid, flush=True)
"""


def test_what_was_said_to_be_saved_is_there_after_a_kill_and_nothing_is_half(run, new_place):
    """Three times: saves as fast as they go, killed at any moment, opened again."""
    dice, said = random.Random(3), []
    for _ in range(3):
        writing = run(SAVES.format(place=str(new_place), times=100_000))
        assert writing.stdout.readline() == "ready\n"
        writing.stdin.write("\n")
        writing.stdin.flush()
        said += [writing.stdout.readline().strip() for _ in range(dice.randrange(5, 40))]
        time.sleep(dice.random() / 50)
        writing.kill()
        said += [line for line in writing.communicate()[0].splitlines() if len(line) == 36]

        store = Store.open(new_place, REGISTRY)
        assert check.check(store).sound
        with store.reading() as reader:
            assert all(str(reader.get("crew", uid).values["name"]).startswith("Melati ") for uid in said)
            half = [row.uid for row in reader.first(Query("crew", search="mawar"), 10_000)]
            assert len(half) == reader.count(Query("crew")) - len(reader.ids(Query("crew", search="melati")))
            raw = backends.of(reader.connection).raw
            numbers = [n for (n,) in raw.execute("SELECT record_no FROM crew")]
            entries = raw.execute("SELECT count(*) FROM journal WHERE kind = 'crew'").fetchone()[0]
            assert len(set(numbers)) == len(numbers)
            assert entries == len(numbers) + len(reader.ids(Query("crew", search="melati")))
        store.close()
    assert len(said) > 15


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("strace"), reason="needs strace")
def test_a_save_waits_for_the_disk_once(run, new_place, tmp_path):
    log = tmp_path / "strace.log"
    times = 5
    saving = run(
        SAVES.format(place=str(new_place), times=times),
        "strace",
        "-f",
        "-e",
        "trace=fsync,fdatasync,sync_file_range,msync,write",
        "-o",
        str(log),
    )
    saving.communicate("\n")
    calls = log.read_text().splitlines()
    begun = next(number for number, line in enumerate(calls) if "ready" in line)
    syncs = 0
    per_save = []
    for line in calls[begun + 2 :]:
        if re.search(r"(fsync|fdatasync|sync_file_range|msync)\(", line):
            syncs += 1
        elif re.search(r"write\(1, \"[0-9a-f]{8}-", line):
            per_save.append(syncs)
            syncs = 0
    # The first one also waits for the save before "ready" and for the log's own beginning.
    assert len(per_save) == times
    assert per_save[1:] == [1] * (times - 1)


def test_a_second_program_on_the_same_folder_is_told_and_a_killed_one_lets_go(run, new_place):
    code = f"""
from pathlib import Path
from desktop_app.storage.place_lock import PlaceLock
lock = PlaceLock(Path({str(new_place)!r}))
print("mine", flush=True)
input()
"""
    other = run(code)
    assert other.stdout.readline() == "mine\n"
    with pytest.raises(PlaceTakenError):
        PlaceLock(new_place)
    other.kill()
    other.wait()
    PlaceLock(new_place).release()


def test_a_draft_outlives_a_kill(run, new_place):
    code = f"""
import datetime as dt
from pathlib import Path
from desktop_app.storage.drafts import DraftStore
drafts = DraftStore(Path({str(new_place)!r}))
for number in range(1000000):
    drafts.put("form", "crew", "uid", {{"name": "x" * number}}, dt.datetime.now(dt.UTC))
    print(number, flush=True)
"""
    typing = run(code)
    said = [int(typing.stdout.readline()) for _ in range(30)]
    typing.kill()
    said += [int(line) for line in typing.communicate()[0].split()]
    drafts = DraftStore(new_place)
    (kept,) = drafts.all()
    assert len(kept.state["name"]) >= said[-1]
    drafts.close()


def test_two_threads_and_a_bulk_load_share_one_store(new_place):
    """Readers go on while a writer is at work, and a second writer waits its turn."""
    import threading

    store = Store.open(new_place, REGISTRY)
    done: list[str] = []

    def save(number: int) -> None:
        with store.writing(f"P{number}") as writer:
            done.append(writer.add(Record("crew", new_uid(), {"name": f"Mawar {number}"})).uid)

    with store.writing("Budi") as writer:
        threads = [threading.Thread(target=save, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        writer.load("crew", (Record("crew", new_uid(), {"name": f"Melati {n}"}) for n in range(1_500)))
        with store.reading() as reader:
            assert reader.count(Query("crew")) == 0
        assert done == []
    for thread in threads:
        thread.join()
    with store.reading() as reader:
        assert reader.count(Query("crew")) == 1_504
        assert {row.uid for row in reader.first(Query("crew", search="mawar"), 9)} == set(done)
    assert check.check(store).sound
    store.close()


def test_durability_is_set_and_read_back(new_place, monkeypatch):
    store = Store.open(new_place, REGISTRY)
    with store.writing("Budi") as writer:
        ask = writer.connection.exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar_one() == "wal"
        assert ask("PRAGMA synchronous").scalar_one() == 2
        assert ask("PRAGMA busy_timeout").scalar_one() == 5_000
    store.close()
    monkeypatch.setitem(sqlite._WANTED, "locking_mode", "nonsense")
    with pytest.raises(Exception, match="locking_mode = normal"):
        sqlite.open_raw(new_place / FILE)


@pytest.mark.parametrize(
    "sql", ["CREATE INDEX by_name ON crew (name)", "CREATE INDEX by_nothing ON crew (nothing)"]
)
def test_a_writer_keeps_as_many_pages_after_making_an_index_as_before(new_place, sql):
    store = Store.open(new_place, REGISTRY)
    with store.engines.writer.begin() as connection:
        here = backends.of(connection)
        (before,) = here.run("PRAGMA cache_size").fetchone()
        with contextlib.suppress(sqlite.Damaged):
            here.make_indexes([sql])
        assert ("by_name" in here.names()) == ("by_name" in sql)
        assert here.run("PRAGMA cache_size").fetchone() == (before,)
    store.close()
