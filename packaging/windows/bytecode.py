"""Compiled files, made by the very Python that is shipped: on Windows it runs, on Debian it runs under Wine.

They say `unchecked-hash`: Python takes them without looking at the source's time, so a copied or restored folder starts as fast, and
nothing is ever written into the program folder. The packages of others go out compiled only, which spares the user's disk and virus
scanner a thousand files; Pelita itself and what is under the LGPL keep their sources beside it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from windows import inputs
from windows.layout import Layout

_ALL = """
import compileall, os, py_compile, sys
sys.setrecursionlimit(10_000)
packages = "runtime/Lib/site-packages"
places = [("app", "app", False)]
places += [(f"{packages}/{one}", one, one not in sys.argv[1:]) for one in sorted(os.listdir(packages))]
for place, prefix, bare in places:
    compile_one = compileall.compile_dir if os.path.isdir(place) else compileall.compile_file
    deeper = {"maxlevels": 99, "workers": 1} if os.path.isdir(place) else {}
    if not compile_one(place, ddir=prefix if deeper else "", quiet=1, force=True, legacy=bare, **deeper,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH):
        sys.exit(1)
print("compiled")
"""
_WITH_SOURCES = ("PySide6", "shiboken6", "psycopg")


def wine_prefix(work: Path) -> Path:
    """A Wine prefix for running Python only, made the first time."""
    prefix = work / "wine"
    if not (prefix / "system.reg").is_file():
        prefix.mkdir(parents=True, exist_ok=True)
        subprocess.run(["wineboot", "-i"], env=_wine(prefix), capture_output=True, check=True, timeout=300)
        subprocess.run(["wineserver", "-w"], env=_wine(prefix), check=True, timeout=300)
    return prefix


def _wine(prefix: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "WINEPREFIX": str(prefix.resolve()),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=",
    }


def compile_all(layout: Layout, python: Path, work: Path) -> None:
    """Compile everything in a version's folder.

    Raises `inputs.WrongInputError` when a file can't be compiled, or Python can't be run.
    """
    tool = work / "python"
    shutil.rmtree(tool, ignore_errors=True)
    with zipfile.ZipFile(python) as inside:
        inside.extractall(tool)
    env = {**(_wine(wine_prefix(work)) if sys.platform != "win32" else os.environ), "PYTHONHASHSEED": "0"}
    command = [
        *(["wine"] if sys.platform != "win32" else []),
        str(tool / "python.exe"),
        "-c",
        _ALL,
        *_WITH_SOURCES,
    ]
    # Pipes all around: under Wine Python can't begin with a file as its output.
    answer = subprocess.run(
        command,
        cwd=layout.folder,
        env=env,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=900,
    )
    if answer.returncode or b"compiled" not in answer.stdout:
        said = (answer.stdout + answer.stderr).decode("utf-8", "replace")
        raise inputs.WrongInputError(f"the shipped Python could not compile everything:\n{said}")
    for source in sorted(layout.site_packages.rglob("*.py")):
        if source.relative_to(layout.site_packages).parts[0] not in _WITH_SOURCES:
            source.unlink()
