"""Program folders as they are installed, with real versions in them that real processes run: this checkout's program, changed as a test wants."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import desktop_app
from desktop_app import place
from desktop_app.services.installed import Installed

OWN_VERSION = desktop_app.__version__
CHECKOUT = Path(__file__).resolve().parents[1]

_RUN = """\
import sys
from pathlib import Path

APP = Path(__file__).resolve().parent
sys.path.insert(0, {checkout!r})
sys.argv[0] = "pelita"
import desktop_app
desktop_app.__version__ = {version!r}
from desktop_app import place
place.program_folder = lambda: APP
rehearses = APP.parent.name.endswith(".part")
{behave}
from desktop_app.__main__ import main
sys.exit(main())
"""
"""The program of a version: the checkout's, with the version's own number, migrations and resources."""

ADDS_A_COLUMN = '''
"""A step of a later version."""

from alembic import op

revision, down_revision = "9001", "{last}"


def upgrade() -> None:
    op.execute("ALTER TABLE crew ADD COLUMN motto TEXT")
    op.execute("UPDATE crew SET motto = 'terang'")
'''
RAISES = '''
"""A step of a later version that fails."""

from alembic import op

revision, down_revision = "9001", "{last}"


def upgrade() -> None:
    op.execute("ALTER TABLE crew ADD COLUMN motto TEXT")
    raise RuntimeError("this step fails")
'''
EXITS_AT_START = "if not rehearses: sys.exit(3)"
EXITS_WHEN_OPEN = """
if not rehearses:
    from desktop_app.services import installed
    installed.prove = lambda: __import__("os")._exit(3)
"""
HANGS_WHEN_OPEN = """
if not rehearses:
    import time
    from desktop_app.services import installed
    installed.prove = lambda: time.sleep(600)
"""
HANGS_AT_REHEARSAL = "if rehearses:\n    import time\n    time.sleep(600)"


def maker() -> ModuleType:
    """`packaging/update.py`."""
    file = CHECKOUT / "packaging" / "update.py"
    spec: Any = importlib.util.spec_from_file_location("packaging_update", file)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@dataclass
class Programs:
    """A program folder in `root`, a release key, and packages of later versions."""

    root: Path
    made: int = 0
    packages: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.update = maker()
        self.key = self.root / "release.key"
        self.root.mkdir(parents=True, exist_ok=True)
        self.update.new_key(self.key)
        self.folder = self.root / "Pelita"
        self.folder.mkdir()
        stand_in = CHECKOUT / "tests" / "launcher_stand_in.py"
        for name in ("pelita", "pelita-cmd"):
            launcher = self.folder / name
            launcher.write_text(f"#!{sys.executable}\n" + stand_in.read_text("utf-8"))
            launcher.chmod(0o755)
        self.version(self.folder / "versions" / OWN_VERSION)
        (self.folder / "active.txt").write_text(f"{OWN_VERSION}\n")

    @property
    def installed(self) -> Installed:
        """The folder as the version sees it that the tests run."""
        return Installed(self.folder, OWN_VERSION)

    def version(self, folder: Path, *, step: str = "", behave: str = "") -> Path:
        """Make a version folder: `step`: one more migration; `behave`: what its program does before it begins."""
        app = folder / "app"
        shutil.copytree(place.migrations(), app / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
        for part in ("regions", "icons"):
            shutil.copytree(place.resources() / part, app / "resources" / part)
        (folder / "runtime").mkdir()
        (folder / "runtime" / "python.txt").write_text("this checkout's\n")
        run = _RUN.format(checkout=str(CHECKOUT), version=folder.name.removesuffix(".part"), behave=behave)
        (app / "run.py").write_text(run, "utf-8")
        self.update.pin(app, self.key, self.root)
        if step:
            last = max((app / "migrations" / "versions").glob("[0-9]*.py")).name[:4]
            later = app / "migrations" / "versions" / "9001_later.py"
            later.write_text(step.format(last=last), "utf-8")
        return folder

    def package(self, version: str, *, step: str = "", behave: str = "", key: Path | None = None) -> Path:
        """An update package of such a version, signed with the release key (or another)."""
        self.made += 1
        place = self.root / f"built-{self.made}"
        made = self.version(place / version, step=step, behave=behave)
        file: Path = self.update.make(made, place, key or self.key, system=os.name, preset=0)
        return file

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Start the program as a person does, on the command line."""
        return subprocess.run(
            [str(self.installed.terminal), *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
        )

    def small(self, name: str) -> str:
        """What stands in a small file of the program folder; "" when there is none."""
        file = self.folder / f"{name}.txt"
        return file.read_text("utf-8").strip() if file.exists() else ""
