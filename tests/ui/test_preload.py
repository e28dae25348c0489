"""What a form needs is loaded in small pieces after the start, so that opening the first record loads nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.ui.preload import PIECES

ROOT = Path(__file__).parents[2]
AT_ONCE = 6  # modules

LOAD = """
import json, sys
from desktop_app import __main__
from desktop_app.ui import app, preload
import desktop_app.storage.store, desktop_app.storage.drafts, desktop_app.ui.one_window, desktop_app.services.upkeep
from PySide6.QtCore import QCoreApplication
qt = QCoreApplication([])
loader, brought, known = preload.Preload(), [], set(sys.modules)
loader._timer.setInterval(0)
loader.start_forms()
while loader._timer.isActive():
    qt.processEvents()
    new = set(sys.modules) - known
    if new:
        brought.append(sorted(name for name in new if name.startswith("desktop_app.")))
    known |= new
import desktop_app.ui.form.record_view
print(json.dumps({"brought": brought, "left": sorted(set(sys.modules) - known)}))
"""


@pytest.fixture(scope="module")
def loaded() -> dict[str, list[str]]:
    ran = subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


def test_each_piece_brings_little_along(loaded):
    assert [piece for piece in loaded["brought"] if len(piece) > AT_ONCE] == []
    assert {name for piece in loaded["brought"] for name in piece} >= set(PIECES) - {"desktop_app.core.draft"}


def test_afterwards_a_form_needs_nothing_more(loaded):
    assert loaded["left"] == []
