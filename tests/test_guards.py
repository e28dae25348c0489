"""The guards of conftest.py do fail a test: each is shown at work on a test that deserves it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[1]

DIALOG = """
from PySide6.QtWidgets import QDialog
def test_it(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.setObjectName("surprise")
    dialog.exec()
"""
DIALOG_EXPECTED = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog
def test_it(qtbot, expects_dialog):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    QTimer.singleShot(0, dialog.accept)
    assert dialog.exec() == QDialog.DialogCode.Accepted
"""
CASES = {
    "a logged warning": (
        "import logging\ndef test_it(): logging.getLogger('x').warning('careful')",
        "careful",
    ),
    "an expected warning": (
        "import logging\ndef test_it(expects_log):\n    logging.getLogger('x').warning('careful')\n"
        "    assert expects_log.messages == ['careful']",
        None,
    ),
    "an unexpected dialog": (DIALOG, "surprise"),
    "an expected dialog": (DIALOG_EXPECTED, None),
    "a Qt warning": (
        "from PySide6.QtCore import qWarning\ndef test_it(qtbot): qWarning('Qt is worried')",
        "Qt is worried",
    ),
    "a Python warning": ("import warnings\ndef test_it(): warnings.warn('old way')", "old way"),
    "an error in a slot": (
        "from PySide6.QtCore import QTimer\ndef boom(): raise ValueError('in a slot')\n"
        "def test_it(qtbot):\n    QTimer.singleShot(0, boom)\n    qtbot.wait(50)",
        "in a slot",
    ),
    "a home of its own": (
        "import os, time\ndef test_it(data_dir):\n    assert 'pelita-tests-' in os.path.expanduser('~')\n"
        "    assert list(data_dir.iterdir()) == []\n    assert not hasattr(time, 'tzset') or time.strftime('%z') == '+0700'",
        None,
    ),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> dict[str, str]:
    """What each case says when it fails, by its name; empty when it passes."""
    folder = tmp_path_factory.mktemp("cases")
    for name, (source, _) in CASES.items():
        (folder / f"test_{name.replace(' ', '_')}.py").write_text(source, encoding="utf-8")
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "pyproject.toml"]
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder), f"--junitxml={folder / 'answers.xml'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert answer.returncode == 1, answer.stdout + answer.stderr
    said = dict.fromkeys(CASES, "never ran")
    for case in ET.parse(folder / "answers.xml").iter("testcase"):
        name = str(case.get("classname")).rpartition("test_")[2].replace("_", " ")
        said[name] = "".join(part for bad in case for part in (bad.get("message", ""), *bad.itertext()))
    return said


@pytest.mark.parametrize("name", CASES)
def test_a_guard_fails_the_test_that_deserves_it_and_no_other(name, outcomes):
    complaint = CASES[name][1]
    if complaint is None:
        assert outcomes[name] == ""
    else:
        assert complaint in outcomes[name]
