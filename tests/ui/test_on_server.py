"""The window on headquarters' server: opened, searched, and what it says when the server isn't there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from desktop_app import bootstrap
from desktop_app.core.query import Query
from desktop_app.ui.app import App, Options
from desktop_app.ui.frame.status_bar import StatusItem
from desktop_app.ui.pages.list_page import ListPage
from tests.ui.screen import REPAIR

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.engines("postgres")


@pytest.fixture
def base(engine, city_base, tmp_path):
    copied = engine.copy(city_base, tmp_path / "city")
    yield copied
    engine.drop(copied)


@pytest.fixture
def started(qapp, tmp_path):
    """Starts the program as the command line does."""
    programs: list[App] = []
    locks = []

    def start(database: str, page: str = "") -> App:
        def open_context(folder):
            ctx, lock = bootstrap.open_for_window(folder, person="Rani", database=database)
            locks.append(lock)
            return ctx

        programs.append(App(qapp, open_context, Options(tmp_path / "mine", on_server=True, page=page)))
        programs[-1].start()
        return programs[-1]

    yield start
    for program in programs:
        program.ops.close()
        for shown in (program.window, program.refusal):
            if shown is not None:
                shown.close()
        if hasattr(program, "ctx"):
            program.ctx.close()
        if program.listener is not None:
            program.listener.close()
    for lock in locks:
        lock.release()


def test_the_list_of_a_servers_records_is_there_and_is_searched(started, base, qtbot):
    program = started(base.database, REPAIR)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: not program.ops.busy())
    [page] = window.findChildren(ListPage)
    with program.ctx.store.reading() as reader:
        number = reader.count(Query(REPAIR, open_only=True))
        wanted = reader.count(Query(REPAIR, open_only=True, search="mawar"))
    assert page.model.rowCount() == number > wanted > 0
    [search] = [one for one in window.findChildren(QLineEdit, "search") if one.isVisible()]
    QTest.keyClicks(search, "mawar")
    qtbot.waitUntil(lambda: not program.ops.busy() and page.model.rowCount() == wanted)
    assert not (program.ctx.place / "pelita.db").exists(), "the records are on the server only"
    assert (program.ctx.place / "drafts.db").exists()


def test_a_server_that_is_not_there_is_said_in_a_dialog(tmp_path):
    words = ["--database", "postgresql+psycopg://127.0.0.1:1/pelita", "--data-dir", str(tmp_path / "mine")]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.presser", *words],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    known = (
        "propagateSizeHints",
        "setHighDpiScaleFactorRoundingPolicy",
    )  # the presser makes the application early
    errors = [
        line
        for line in ended.stderr.decode().splitlines()
        if not line.startswith(known) and known[0] not in line
    ]
    [told] = ended.stdout.decode().splitlines()
    seen = json.loads(told)
    assert any("Server basis data" in words for words in seen["words"]), seen
    assert seen["windows"] == [], "nothing else is shown behind it"
    assert (ended.returncode, errors) == (1, []), "it ends in order and says that it could not work"


def test_backups_are_the_servers_task_and_it_is_said_so(started, base, qtbot):
    program = started(base.database, "settings")
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: not program.ops.busy())
    backup = window.findChild(StatusItem, "status_backup")
    qtbot.waitUntil(lambda: not program.ops.busy() and bool(backup.words()))
    assert backup.words() == "Dicadangkan di server"
    told = window.findChild(QLabel, "backup_on_server")
    assert "pg_dump" in told.text()
    assert window.findChild(QPushButton, "action_backup") is None
