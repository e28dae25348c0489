"""What only a database on a server has: several operators at once, a network that breaks, databases that others made."""

# ruff: noqa: PT012  (what is refused is the whole block, as in the program)

from __future__ import annotations

import random
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from desktop_app import place as program
from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.records.registry import REGISTRY as ALL
from desktop_app.storage import backends, identity
from desktop_app.storage.backends import postgres
from desktop_app.storage.engines import Engines
from desktop_app.storage.glance import FILE
from desktop_app.storage.store import Store
from desktop_app.storage.tables import Tables
from desktop_app.storage.upkeep import migrate
from tests.engines import look
from tests.storage.flaky import Network
from tests.storage.small import REGISTRY, fix, lamp

pytestmark = pytest.mark.engines("postgres")


@pytest.fixture
def operators(engine, base, migrations, tmp_path):
    """Opens the same database as often as wanted, each time from another computer."""
    opened: list[Store] = []

    def another(address: str = base.database) -> Store:
        folder = tmp_path / f"computer{len(opened)}"
        opened.append(Store.open(folder, REGISTRY, migrations=migrations, database=address))
        return opened[-1]

    yield another
    for one in opened:
        one.close()


@pytest.fixture
def empty_database(engine):
    name = engine.server.new()
    yield engine.server.address(name)
    engine.server.drop(name)


# ---- several operators


def test_operators_see_each_others_records_and_share_one_identity(operators):
    rani, tono = operators(), operators()
    with rani.writing("Rani") as writer:
        first = writer.add(fix())
    with tono.writing("Tono") as writer:
        second = writer.add(fix())
    with rani.reading() as reader:
        assert {row.uid for row in reader.first(Query("fix"), 9)} == {first.uid, second.uid}
        assert reader.site_id == look(tono, "SELECT site_id FROM site")[0]["site_id"]
    assert second.record_no[:-1] == first.record_no[:-1]
    assert int(second.record_no[-1]) == int(first.record_no[-1]) + 1
    assert not (rani.folder / identity.FILE).exists()


def test_writers_take_turns_and_no_number_or_stamp_is_given_twice(operators):
    stores = [operators() for _ in range(3)]

    def work(store):
        for _ in range(8):
            with store.writing("Rani") as writer:
                writer.add(fix())

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(work, stores))
    rows = look(stores[0], "SELECT record_no, born, change_no FROM fix ORDER BY pk")
    assert len(rows) == 24
    assert len({row["record_no"] for row in rows}) == 24
    assert [row["born"] for row in rows] == sorted({row["born"] for row in rows})
    assert [row["change_no"] for row in rows] == sorted({row["change_no"] for row in rows})


def test_who_waits_too_long_for_a_colleague_is_told_and_can_go_on(base, operators, monkeypatch):
    monkeypatch.setattr(postgres, "WAIT_SECONDS", 1)
    rani, tono = operators(), operators()
    with rani.writing("Rani") as first:
        first.add(lamp())
        with pytest.raises(KnownError, match="Operator lain"), tono.writing("Tono"):
            pytest.fail("two writers at once")
        with tono.reading() as reader:
            assert reader.count(Query("lamp")) == 0
        tono.close()
        tono = operators()  # nor does a start wait for a colleague
    with tono.writing("Tono") as second:
        assert second.count(Query("lamp")) == 1
        second.add(lamp("PJU-2"))


def test_a_journal_on_a_server_is_never_emptied(operators):
    store = operators()
    with store.writing("Rani") as writer:
        writer.add(lamp())
    with pytest.raises(sa.exc.DBAPIError, match="journal is never"), store.writing("Rani") as writer:
        writer.connection.exec_driver_sql("TRUNCATE journal")
    assert len(look(store, "SELECT * FROM journal")) == 1


# ---- a network that breaks


@pytest.fixture
def network(base):
    url = sa.make_url(base.database)
    with Network(f"{url.query['host']}/.s.PGSQL.5432") as line:
        there = url.set(host="127.0.0.1", port=line.port, query={"sslmode": "disable"})
        yield line, there.render_as_string(hide_password=False)


@pytest.mark.parametrize("breaks", ["after", "before", "silent"])
def test_a_save_counts_when_it_is_durable_whatever_the_network_says(operators, network, breaks):
    line, address = network
    direct, store, record = operators(), operators(address), fix()

    def save():
        with store.writing("Rani") as writer:
            writer.add(record)
            line.breaks = breaks

    if breaks == "after":
        save()
    else:
        with pytest.raises(KnownError, match="terputus"):
            save()
    assert line.breaks == ""
    with direct.reading() as reader:
        assert (reader.get("fix", record.uid) is not None) is (breaks == "after")
    with store.writing("Rani") as writer:
        assert writer.add(fix()).version > 0, "the next save has a new connection"


def test_a_colleagues_save_in_between_does_not_make_ours_look_lost(operators, network, monkeypatch):
    line, address = network
    direct, store, record = operators(), operators(address), fix()
    ask = Store._is_durable

    def after_a_colleague(self, *given):
        with direct.writing("Tono") as writer:
            writer.add(fix())
        return ask(self, *given)

    monkeypatch.setattr(Store, "_is_durable", after_a_colleague)
    with store.writing("Rani") as writer:
        writer.add(record)
        line.breaks = "after"
    assert [len(look(direct, "SELECT 1 AS x FROM fix")), line.breaks] == [2, ""]


def test_a_connection_that_the_server_ended_is_said_in_words_and_replaced(operators):
    store, other = operators(), operators()
    with pytest.raises(KnownError, match="Server basis data"), store.writing("Rani") as writer:
        pid = backends.of(writer.connection).run("SELECT pg_backend_pid()").fetchone()[0]
        with other.engines.reader.connect() as killer:
            killer.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        writer.add(lamp())
    with store.writing("Rani") as writer:
        assert writer.count(Query("lamp")) == 0
        writer.add(lamp())
    with other.reading() as reader:
        assert reader.count(Query("lamp")) == 1


def test_a_server_that_is_not_there_is_said_in_words(tmp_path):
    with pytest.raises(KnownError, match="tidak bisa dihubungi"):
        Store.open(tmp_path, REGISTRY, database="postgresql://nobody@127.0.0.1:1/pelita")


@pytest.mark.parametrize("address", ["sqlite:///x.db", "mysql://x/y", "pelita", "postgresql://server", ""])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(KnownError, match="Alamat basis data"):
        postgres.address(address)


def test_a_password_is_never_said(engine, tmp_path):
    address = engine.server.address("no_such_database").replace("postgres@", "postgres:rahasia@")
    with pytest.raises(KnownError, match="menolak") as refused:
        Store.open(tmp_path, REGISTRY, database=address)
    assert "rahasia" not in refused.value.words.id + repr(postgres.address(address))


# ---- databases


def test_an_empty_database_is_made_only_when_wished(empty_database, tmp_path, migrations):
    with pytest.raises(KnownError, match="masih kosong"):
        Store.open(tmp_path, REGISTRY, must_exist=True, database=empty_database, migrations=migrations)
    Store.open(tmp_path, REGISTRY, database=empty_database, migrations=migrations).close()
    Store.open(tmp_path, REGISTRY, must_exist=True, database=empty_database, migrations=migrations).close()


def test_two_that_make_the_same_database_at_once_make_one(empty_database, tmp_path, migrations):
    begin = threading.Barrier(2)

    def make(number):
        begin.wait()
        store = Store.open(tmp_path / str(number), REGISTRY, database=empty_database, migrations=migrations)
        with store.reading() as reader:
            site = reader.site_id
        store.close()
        return site

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(make, range(2))
    assert one == other


def test_a_database_of_something_else_is_left_alone(engine, empty_database, tmp_path):
    uri = empty_database.replace("+psycopg", "")
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("CREATE TABLE payroll (name text)")
    with pytest.raises(KnownError, match="bukan milik Pelita"):
        Store.open(tmp_path, REGISTRY, database=empty_database)
    with psycopg.connect(uri) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("payroll",)]


def test_a_newer_database_is_refused(operators, base, tmp_path, migrations):
    with operators().engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(KnownError, match="lebih baru"):
        Store.open(tmp_path / "x", REGISTRY, database=base.database, migrations=migrations)


def test_who_has_it_open_while_a_newer_program_upgrades_it_saves_nothing_any_more(operators):
    old, new = operators(), operators()
    with new.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(KnownError, match="sudah diperbarui"), old.writing("Rani") as writer:
        writer.add(lamp())
    assert look(old, "SELECT * FROM lamp") == []


def test_a_folder_with_an_offices_own_data_is_no_folder_for_drafts(base, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / FILE).touch()
    with pytest.raises(KnownError, match="--data-dir lain"):
        Store.open(tmp_path / "own", REGISTRY, database=base.database)


def test_a_step_that_fails_leaves_the_database_as_it_was(operators, base, tmp_path, migrations):
    with operators().writing("Rani") as writer:
        kept = writer.add(lamp())
    broken = shutil.copytree(migrations, tmp_path / "broken")
    (broken / "versions" / "0002_breaks.py").write_text(
        'from alembic import op\n\nrevision = "0002"\ndown_revision = "0001"\n\n\n'
        'def upgrade() -> None:\n    op.add_fields({"lamp": "colour"})\n    op.execute("SELECT 1 / 0")\n'
    )
    with pytest.raises(sa.exc.DBAPIError, match="division by zero"):
        Store.open(tmp_path / "x", REGISTRY, database=base.database, migrations=broken)
    assert look(operators(), "SELECT version_num FROM alembic_version") == [{"version_num": "0001"}]
    assert "colour" not in look(operators(), "SELECT * FROM lamp")[0]
    with operators().reading() as reader:
        assert reader.get("lamp", kept.uid) is not None


def test_an_older_database_is_upgraded_with_all_that_was_in_it(empty_database, tmp_path):
    old = shutil.copytree(program.migrations(), tmp_path / "old", ignore=shutil.ignore_patterns("000[2-9]_*"))
    engines = Engines.on_server(empty_database)
    migrate.bring_server_up_to_date(engines, old, must_exist=False)
    with engines.writer.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO crew (uid, site_code, born, change_no, name) VALUES ('u1', '18.72', 'x', 1, 'Regu 1')"
        )
    engines.close()
    store = Store.open(tmp_path / "data", ALL, database=empty_database)
    assert [row["name"] for row in look(store, "SELECT name, review_state FROM crew")] == ["Regu 1"]
    store.close()


def test_the_steps_build_what_the_kinds_declare(empty_database, tmp_path):
    store = Store.open(tmp_path, ALL, database=empty_database)
    have = {
        (row["table_name"], row["column_name"]): (row["data_type"], row["is_nullable"], row["collation_name"])
        for row in look(store, "SELECT * FROM information_schema.columns WHERE table_schema = 'public'")
    }
    types = {"Text": "text", "BigInteger": "bigint", "LargeBinary": "bytea"}
    wanted = {
        (table.name, column.name): (
            types[type(column.type).__name__],
            "YES" if column.nullable else "NO",
            "C" if isinstance(column.type, sa.Text) else None,
        )
        for table in Tables(ALL).metadata.tables.values()
        for column in table.columns
    }
    assert {place: found for place, found in have.items() if place in wanted} == wanted
    others = {table for table, _ in have.keys() - wanted.keys()}
    assert others == {"alembic_version", *(f"{kind.name}_search" for kind in ALL)}
    indexes = {row["indexname"] for row in look(store, "SELECT indexname FROM pg_indexes")}
    assert {str(i.name) for t in Tables(ALL).metadata.tables.values() for i in t.indexes} <= indexes
    store.close()


def test_lists_are_ordered_alike_whatever_capitals_the_server_knows(engine, migrations, tmp_path):
    """A server's own rules may take É for a small é; SQLite's don't."""
    name = f"t_capitals_{uuid4().hex[:8]}"
    engine.server.do(
        f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    )
    engine.server.made.append(name)
    numbers = [
        "pju-2",
        "PJU-1",
        "Élan",
        "élan",
        "Zeta",
        "elan",
        "pju 3",
        "PJU-10",
        "_x",
        "Ångström",
        "a.b",
        "a-b",
        "ab",
    ]
    orders = []
    for database in ("", engine.server.address(name)):
        store = Store.open(
            tmp_path / f"in{bool(database)}", REGISTRY, migrations=migrations, database=database
        )
        with store.writing("Rani") as writer:
            for number in numbers:
                writer.add(lamp(number))
        with store.reading() as reader:
            rows = reader.first(Query("lamp", sort="number"), 99)
            back = reader.ids(Query("lamp", sort="-number"))
            orders.append(([row.values["number"] for row in rows], back.tolist()))
        store.close()
    assert orders[0] == orders[1]
    engine.server.drop(name)


def test_a_long_text_fits_into_every_index(operators):
    store = operators()
    chance = random.Random(3)
    long = "жжж" + "".join(chance.choices([chr(letter) for letter in range(0x4E00, 0x9FFF)], k=4_000))
    with store.writing("Rani") as writer:
        writer.add(lamp(long, street=long))
        writer.add(fix(reporter=long, notes=long))
    with store.reading() as reader:
        assert reader.count(Query("lamp", search="жжж")) == 1
        assert reader.first(Query("lamp", sort="street"), 1)[0].values["street"] == long
