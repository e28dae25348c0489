"""What a start loads before the window is painted. (How long it takes, `benchmarks/startup.py` tells.)"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# The program as it starts, but for the event loop: painted once, then it tells what is loaded, and ends.
START = """
import json, linecache, os, sys
from desktop_app import __main__
from desktop_app.ui import app, theme

class Once(theme.QApplication):
    def exec(self):
        self.processEvents()
        print(json.dumps({"modules": list(sys.modules), "sources": list(linecache.cache)}), flush=True)
        os._exit(0)

app.App.open_store = lambda self: None  # it comes with the same turn of the loop as the paint
theme.QApplication = Once
sys.exit(__main__.main(["--data-dir", sys.argv[1], "--page", "streetlight_repair"]))
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    place = tmp_path_factory.mktemp("start") / "data"
    office = ["init", "--site", "18.72.04", "--role", "office", "--name", "Kec. Metro Timur"]
    subprocess.run([sys.executable, "-m", "desktop_app", "--data-dir", place, *office], cwd=ROOT, check=True)
    ran = subprocess.run(
        [sys.executable, "-c", START, place], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize("heavy", ["sqlalchemy", "alembic", "logging.handlers", "csv", "PySide6.QtNetwork"])
def test_the_first_paint_waits_for_nothing_that_it_does_not_show(started, heavy: str):
    assert "desktop_app.ui.pages.list_page" in started["modules"]
    assert [name for name in started["modules"] if name == heavy or name.startswith(f"{heavy}.")] == []


def test_forms_and_dialogs_are_loaded_when_they_are_opened(started):
    later = ("desktop_app.ui.form", "desktop_app.ui.dialogs", "desktop_app.ui.pages.home_page")
    assert [name for name in started["modules"] if name.startswith(later)] == []


def test_pyside_reads_no_source_of_what_is_loaded(started):
    assert [name for name in started["sources"] if "desktop_app" in name and not name.startswith("<")] == []
