"""The program folder: what of Python, of the packages and of the checkout goes to the user's PC.

Of Qt only what is named here is taken; of the rest everything but what is named here. A file that somebody misses is found by the
tests that start the installed program, one that nobody needs by the table of sizes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from fnmatch import fnmatch
from pathlib import Path

from windows import inputs
from windows.layout import Layout

# Below PySide6: modules, what they load, and what Qt plugs in (`windows`: the screen; `offscreen`: --shot draws without one).
_QT_KEPT = (
    "__init__.py",
    "_config.py",
    "_git_pyside_version.py",
    "support/*.py",
    "pyside6.abi3.dll",
    "Qt6Core.dll",
    "Qt6Gui.dll",
    "Qt6Network.dll",
    "Qt6Widgets.dll",
    "QtCore.pyd",
    "QtGui.pyd",
    "QtNetwork.pyd",
    "QtWidgets.pyd",
    "msvcp140.dll",
    "msvcp140_1.dll",
    "msvcp140_2.dll",
    "plugins/imageformats/qico.dll",
    "plugins/imageformats/qjpeg.dll",
    "plugins/imageformats/qwebp.dll",
    "plugins/platforms/qoffscreen.dll",
    "plugins/platforms/qwindows.dll",
)
_SHIBOKEN_KEPT = ("*.py", "Shiboken.pyd", "shiboken6.abi3.dll", "msvcp140.dll")

_DROPPED = (
    "*/__pycache__/*",
    "*.pyi",
    "*/py.typed",
    "*.lib",
    "*.h",
    "*.c",
    "*.cpp",
    "*.pyx",
    "*.pxd",
    "bin/*",
    "Scripts/*",
    "*.dist-info/*",  # the licences are collected; METADATA is kept below for whoever asks a package's version
    "PIL/_avif*.pyd",  # photos are JPEG, PNG, WebP or BMP
    "PIL/_imagingft*.pyd",  # nothing is written onto pictures
    "PIL/_imagingtk*.pyd",
    "sqlalchemy/testing/*",
    "alembic/testing/*",
    "alembic/templates/*",
    "pycparser/*",  # only cffi's compiler reads C
    "cffi/recompiler.py",
    "rapidfuzz/*_avx2*.pyd",  # the plain ones are there as well, and fast enough
)
_METADATA = ("METADATA", "entry_points.txt")

# Of the embeddable Python: its own programs (Pelita has a launcher), its SQLite (sqlcipher3 brings a newer one), TLS (nothing here
# speaks to a network but psycopg, which has its own), sounds, and _wmi, which Python does without and which ends programs under Wine.
_PYTHON_DROPPED = (
    "python.exe",
    "pythonw.exe",
    "python.cat",
    "_sqlite3.pyd",
    "sqlite3.dll",
    "_ssl.pyd",
    "libssl-3.dll",
    "winsound.pyd",
    "_wmi.pyd",
    "LICENSE.txt",
    "python313._pth",
)
_PATHS = "python313.zip\n.\nLib\\site-packages\n..\\app\n"
_APP = ("desktop_app", "migrations", "resources")


def own_version(app: Path) -> str:
    """The version of the program in a checkout."""
    text = (app / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    if found is None:
        raise inputs.WrongInputError(f"{app}: no version in desktop_app/__init__.py")
    return found[1]


def is_kept(name: str) -> bool:
    """Whether a file of the packages, by its name below site-packages, is taken along."""
    for folder, kept in (("PySide6/", _QT_KEPT), ("shiboken6/", _SHIBOKEN_KEPT)):
        if name.startswith(folder):
            inside = name.removeprefix(folder)
            return "__pycache__" not in inside and any(fnmatch(inside, one) for one in kept)
    if ".dist-info/" in name:
        return name.rpartition("/")[2] in _METADATA
    return not any(fnmatch(name, one) for one in _DROPPED)


def make(layout: Layout, *, python: Path, packages: Path, app: Path) -> None:
    """Write the version's folder: runtime and app."""
    layout.runtime.mkdir(parents=True)
    with zipfile.ZipFile(python) as inside:
        for name in inside.namelist():
            if name not in _PYTHON_DROPPED:
                (layout.runtime / name).write_bytes(inside.read(name))
    (layout.runtime / "python313._pth").write_bytes(_PATHS.replace("\n", "\r\n").encode("ascii"))

    for file in sorted(packages.rglob("*")):
        name = file.relative_to(packages).as_posix()
        if file.is_file() and is_kept(name):
            _copy(file, layout.site_packages / name)

    for folder in _APP:
        for file in sorted((app / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                _copy(file, layout.app / file.relative_to(app))
    own = layout.app / "desktop_app" / "__init__.py"
    text = own.read_text(encoding="utf-8").replace(f'"{own_version(app)}"', f'"{layout.version}"')
    own.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write_version(layout: Layout, *, python: Path) -> None:
    """`version.json`, which the launcher, the installer and the update read, and `active.txt`."""
    with zipfile.ZipFile(python) as inside:
        dll = inside.read("python313.dll")
    found = re.search(rb"3\0\.\0001\0003\0\.\0(\d\0){1,2}", dll)  # the number in the file's version resource
    revisions = sorted((layout.app / "migrations" / "versions").glob("*.py"))
    said = {
        "format": 1,
        "product": "Pelita",
        "version": layout.version,
        "python": found[0].decode("utf-16-le") if found else "3.13",
        "architecture": "amd64",
        "database": revisions[-1].stem if revisions else "",
        "packages_sha256": inputs.sha256(inputs.LOCK.read_bytes()),
    }
    (layout.folder / "version.json").write_text(
        json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )
    (layout.program / "active.txt").write_bytes(f"{layout.version}\r\n".encode("ascii"))


def even_out(folder: Path) -> None:
    """Give every file and folder the same time, so that the same content packs into the same bytes."""
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    for path in [folder, *folder.rglob("*")]:
        os.utime(path, (epoch, epoch))
