"""The window on headquarters' server: opened, searched, and what it says when the server isn't there."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop_app import bootstrap
from desktop_app.core.query import Query
from desktop_app.ui.app import App, Options
from desktop_app.ui.pages.list_page import ListPage
from tests.ui.screen import REPAIR

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
    qtbot.waitUntil(lambda: not program.ops.busy(), timeout=20_000)
    [page] = window.findChildren(ListPage)
    with program.ctx.store.reading() as reader:
        number = reader.count(Query(REPAIR, open_only=True))
        wanted = reader.count(Query(REPAIR, open_only=True, search="mawar"))
    assert page.model.rowCount() == number > wanted > 0
    [search] = [one for one in window.findChildren(QLineEdit, "search") if one.isVisible()]
    QTest.keyClicks(search, "mawar")
    qtbot.waitUntil(lambda: not program.ops.busy() and page.model.rowCount() == wanted, timeout=20_000)
    assert not (program.ctx.place / "pelita.db").exists(), "the records are on the server only"
    assert (program.ctx.place / "drafts.db").exists()
