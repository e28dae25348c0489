"""The command line on a PostgreSQL server."""

from __future__ import annotations

import json

import pytest

from desktop_app import bootstrap
from tests.cli.test_commands import Shell, sets
from tests.services.slips import REPAIR

pytestmark = pytest.mark.engines("postgres")


@pytest.fixture
def shell(engine, makers, tmp_path, capsys):
    base = engine.copy(makers.headquarters(), tmp_path / "here")
    shell = Shell(base.folder, capsys)

    def run(*words: str) -> str:
        return shell("--database", base.database, *words)

    run.shell = shell  # type: ignore[attr-defined]
    yield run
    engine.drop(base)


def test_records_are_added_listed_found_exported_and_checked(shell, tmp_path):
    uid = shell("add", "streetlight_repair", *sets(REPAIR))
    assert shell.shell.code == 0, shell.shell.err
    [row] = json.loads(shell("list", "streetlight_repair", "--search", "mawar", "--format", "json"))
    assert row["uid"] == uid
    assert json.loads(shell("list", "streetlight_repair", "--search", "kenanga", "--format", "json")) == []
    shell("export", "streetlight_repair", "--out", str(tmp_path / "x.csv"))
    assert uid in (tmp_path / "x.csv").read_text("utf-8")
    assert json.loads(shell("check", "--json"))["sound"]


@pytest.mark.parametrize("words", [["backup", "copy.db"], ["restore", "copy.db"]])
def test_backups_are_the_servers_business(shell, words):
    assert shell(*words) == ""
    assert shell.shell.code == 1
    assert "pg_dump" in shell.shell.err
    assert len(shell.shell.err.strip().splitlines()) == 1


def test_each_server_has_a_folder_of_its_own_on_this_computer_whatever_the_password():
    one = bootstrap.server_place("postgresql://rani:lama@pusat/pelita")
    assert one == bootstrap.server_place("postgresql://rani:baru@pusat/pelita")
    assert one != bootstrap.server_place("postgresql://rani:lama@pusat/latihan")
    assert one.parent == bootstrap.default_place()
