"""What holds in every test: its own home and data folders, Jakarta's clock, no screen, and nothing that goes by unseen.

A test fails when Qt warns (pytest-qt), when anything is logged as a warning or worse (unless it takes `expects_log`), when a Python
warning is raised, and when a modal dialog opens that it did not announce (by taking `expects_dialog`).
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

from tests.engines import engine, engines, on_each_engine, server
from tests.prepared import prepared

__all__ = ["engine", "engines", "prepared", "server"]

# Every save waits for the disk. The files of the tests lie in memory where there is room: real files, real calls, no waiting.
_MEMORY, _ROOM = Path("/dev/shm"), 3_000_000_000
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    tempfile.tempdir = str(_MEMORY)

# Before anything of ours or Qt's is imported: both read these once.
_HOME = Path(tempfile.mkdtemp(prefix="pelita-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
for _name in ("HOME", "USERPROFILE"):
    os.environ[_name] = str(_HOME)
for _name, _folder in {
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_CACHE_HOME": ".cache",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": ".run",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "PROGRAMDATA": "ProgramData",
}.items():
    (_HOME / _folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ[_name] = str(_HOME / _folder)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_API"] = "pyside6"
os.environ["LANGUAGE"] = "C"  # argparse speaks the same to every developer
os.environ["TZ"] = "Asia/Jakarta"
if hasattr(time, "tzset"):
    time.tzset()

# On a busy computer a moment takes seconds: a test that waits for something gives up late.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitCallback, QtBot.waitExposed):
    _wait.__kwdefaults__["timeout"] = 60_000

_DEFERRED_DELETE = 52  # QEvent.Type.DeferredDelete; nothing of Qt is loaded here

# The same examples for everyone, every time: a failure found here is found everywhere. A few each time, many more in .ci/run.
_slow_is_fine = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "pelita",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=25,
    suppress_health_check=_slow_is_fine,
)
settings.register_profile("many", settings.get_profile("pelita"), max_examples=300)
settings.register_profile("heavy", settings.get_profile("pelita"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "pelita"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `engines` on each database engine."""
    on_each_engine(metafunc)


LONG = (
    "exchange/test_histories.py",
    "journeys/test_interrupted.py",
    "ui/exchange/test_both_ends.py",
    "ui/help/test_f1.py",
    "ui/form/test_form_kinds.py",
    "ui/form/test_form_session.py",
    "exchange/scenarios/",
    "ui/exchange/",
    "journeys/",
    "test_kinds.py",
)
"""What takes longest, longest first: begun last, one process would still be at it when the other has nothing left to do."""


def _turn(item: pytest.Item) -> int:
    """When a test's turn is: 0 for the first."""
    address = item.nodeid.removeprefix("tests/")
    return next((turn for turn, name in enumerate(LONG) if address.startswith(name)), len(LONG))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first."""
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder of the program, gone after the test."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def expects_log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Taken by a test in which a warning or an error belongs into the log; the test looks at it."""
    return caplog


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which a warning or worse is logged."""
    yield
    if "expects_log" in request.fixturenames:
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    bad = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    if bad:
        pytest.fail("logged, and not expected:\n" + "\n".join(bad), pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_spared_from_the_collector() -> Iterator[None]:
    """The program spares the collector what is loaded while it starts: in a process that starts it a hundred times everything would stay."""
    with mock.patch.object(gc, "freeze"):
        yield


@pytest.fixture(autouse=True)
def _what_the_program_began_ends() -> Iterator[None]:
    """The program turns the collector off while it starts, and logs into its data folder until it ends; a test's folder is gone before.

    What a test's windows leave to be deleted goes with the test: the next one would dress it with its own windows. Doubts about this
    version, raised by a broken database, are one process's, and a process of tests goes on.
    """
    yield
    gc.enable()
    program = sys.modules.get("desktop_app.services.installed")
    if program is not None:
        program._doubts.clear()
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        widgets.QApplication.sendPostedEvents(None, _DEFERRED_DELETE)
    root = logging.getLogger("desktop_app")
    for handler in [one for one in root.handlers if type(one).__name__ == "LogFile"]:
        if not handler.file.parent.is_dir():  # type: ignore[attr-defined]
            root.removeHandler(handler)
            handler.close()


@pytest.fixture
def expects_dialog() -> None:
    """Taken by a test that opens a modal dialog on purpose and closes it itself."""


@pytest.fixture(autouse=True)
def _no_unexpected_dialog(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close a modal dialog that nobody announced, so that the test goes on, and fail the test."""
    if "qapp" not in request.fixturenames or "expects_dialog" in request.fixturenames:
        yield
        return
    request.getfixturevalue("qapp")
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMessageBox

    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        text = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
        seen.append(f"{type(dialog).__name__} {dialog.objectName()!r}: {text}")
        dialog.close()

    watch = QTimer()
    watch.timeout.connect(look)
    watch.start(100)
    yield
    look()
    watch.stop()
    if seen:
        pytest.fail("a modal dialog opened, and was not expected:\n" + "\n".join(seen), pytrace=False)
