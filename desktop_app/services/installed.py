"""The installed program: its folder with one or two versions in it, and how a new version proves itself (docs/updates.md).

    active.txt      the version that runs        previous.txt   the one before it
    trial.txt       the active version has not proven itself yet; seconds until it counts as hanging
    went-back.txt   the launcher went back: the version that failed, and why
    versions/<version>/app, runtime, licences; `proven` once it has had a data folder open

All small files are replaced, never written in place. In a checkout or a wheel nothing is installed: `here` is None.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop_app import place
from desktop_app.core.declared import declared
from desktop_app.core.errors import KnownError, PlaceTakenError
from desktop_app.storage.glance import FILE
from desktop_app.storage.place_lock import PlaceLock

_log = logging.getLogger(__name__)

PROGRAM_FOLDER = "PELITA_PROGRAM_FOLDER"
"""Told by the launcher."""
RUN = "PELITA_RUN"
"""Tells the launcher to run this version, whichever is active: for rehearsals."""
START_ANEW = 75
"""The window's exit code when the program is to start again."""
KEPT = "pembaruan"
"""The folder in headquarters' data folder with the update that goes to the offices."""
WORK, REHEARSAL = "kerja", "percobaan"
"""Where, in the data folder, a new version is tried on a copy of the data."""
PART = ".part"
RELEASE_KEYS = "release.pub"
_VERSIONS, _ACTIVE, _PREVIOUS, _TRIAL, _WENT_BACK = (
    "versions",
    "active.txt",
    "previous.txt",
    "trial.txt",
    "went-back.txt",
)
_PROVEN, _RESTORED = "proven", "restored"
_WINDOWS = sys.platform == "win32"
_APPS = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Pelita"
"""Where Windows' list of programs has this one; the installer wrote it."""
_doubts: list[bool] = []


class WentBack(NamedTuple):
    """The launcher went back to this version. `why`: "exit 3", "hang" or "start"; `restored`: the data was put back as well."""

    failed: str
    why: str
    restored: bool = False


@declared
class Installed:
    """A program folder, looked at by the version in it that runs."""

    folder: Path
    version: str

    def of(self, version: str) -> Path:
        """The folder of a version."""
        return self.folder / _VERSIONS / version

    @property
    def launcher(self) -> Path:
        """What people start."""
        return self.folder / ("Pelita.exe" if _WINDOWS else "pelita")

    @property
    def terminal(self) -> Path:
        """The same for the command line."""
        return self.folder / ("pelita-cmd.exe" if _WINDOWS else "pelita-cmd")

    def active(self) -> str:
        """The version that the next start runs; "" when nobody can tell."""
        return _line(self.folder / _ACTIVE)

    def previous(self) -> str:
        """The version before; "" when there is none."""
        return _line(self.folder / _PREVIOUS)

    def on_trial(self) -> bool:
        """Whether this very version has not proven itself yet and is watched."""
        return (
            (self.folder / _TRIAL).exists()
            and self.active() == self.version
            and not (self.of(self.version) / _PROVEN).exists()
        )

    def went_back(self) -> WentBack | None:
        """The version that failed before this one was started again."""
        lines = _read(self.folder / _WENT_BACK).splitlines()
        if len(lines) < 2 or lines[0].strip() == self.version:
            return None
        return WentBack(lines[0].strip(), lines[1].strip(), _RESTORED in lines[2:])

    def note_restored(self, back: WentBack) -> None:
        """The data was put back: who is told later shall hear it too."""
        write(self.folder / _WENT_BACK, f"{back.failed}\n{back.why}\n{_RESTORED}\n")

    def forget_going_back(self) -> None:
        """The person has been told."""
        (self.folder / _WENT_BACK).unlink(missing_ok=True)

    def switch(self, version: str, seconds: int) -> None:
        """Let the next start run another version on trial. A power cut in between leaves this version active."""
        self.forget_going_back()
        write(self.folder / _PREVIOUS, f"{self.version}\n")
        write(self.folder / _TRIAL, f"{seconds}\n")
        write(self.folder / _ACTIVE, f"{version}\n")

    def prove(self) -> None:
        """This version has a data folder open: it is the one to stay."""
        proven = self.of(self.version) / _PROVEN
        if not proven.exists():
            write(proven, "")

    def end(self) -> None:
        """Tell the launcher that a version which proved nothing ends as it should, for example after `--help`."""
        write(self.of(self.version) / f"ended-{os.getpid()}", "")

    def tidy(self) -> None:
        """Delete versions that are neither active nor the one before, once the active one is proven, and what installing left behind."""
        active = self.active()
        if active != self.version or not (self.of(active) / _PROVEN).exists():
            return
        import shutil  # noqa: PLC0415

        kept = {active, self.previous()}
        with self.installing() as alone:
            for folder in (self.folder / _VERSIONS).iterdir() if alone else ():
                if folder.is_dir() and folder.name not in kept:
                    shutil.rmtree(folder, ignore_errors=True)
                    _log.info("the version folder %s is gone", folder.name)
        for ended in self.of(active).glob("ended-*"):
            ended.unlink(missing_ok=True)
        self._list_version()

    def _list_version(self) -> None:
        """Let Windows' list of programs say this version, if it is this program folder that stands there."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415

            rights = winreg.KEY_READ | winreg.KEY_WRITE
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _APPS, 0, rights) as key:
                    if Path(str(winreg.QueryValueEx(key, "InstallLocation")[0])) == self.folder:
                        winreg.SetValueEx(key, "DisplayVersion", 0, winreg.REG_SZ, self.version)
            except OSError:
                _log.info("the list of programs doesn't have this one")

    @contextmanager
    def installing(self) -> Iterator[bool]:
        """Hold the program folder for changes; False when somebody else does."""
        try:
            lock = PlaceLock(self.folder / _VERSIONS)
        except PlaceTakenError:
            yield False
            return
        with lock:
            yield True

    def environment(self, version: str) -> dict[str, str]:
        """The environment in which `terminal` runs that version, whichever is active."""
        return {**os.environ, RUN: version}


@cache
def here() -> Installed | None:
    """The installed program that this process runs; None in a checkout or a wheel."""
    told = os.environ.get(PROGRAM_FOLDER)
    if not told:
        return None
    own = place.program_folder().parent
    if own.name.endswith(PART):
        return None  # a rehearsal: what it does proves nothing
    if own.parent.name != _VERSIONS or own.parent.parent.resolve() != Path(told).resolve():
        return None
    return Installed(Path(told), own.name)


def prove() -> None:
    """See `Installed.prove`; nothing where nothing is installed. The program works on when its folder can't be written."""
    found = here()
    if found is None or _doubts:
        return
    try:
        found.prove()
    except OSError:
        _log.info("the program folder can't be written")


@contextmanager
def doubted(folder: Path) -> Iterator[None]:
    """What is raised while a data folder is opened speaks against this version, unless the folder is in use or has nothing in it."""
    try:
        yield
    except PlaceTakenError:
        raise
    except KnownError:
        if (folder / FILE).exists():
            doubt()
        raise
    except Exception:
        doubt()
        raise


def doubt() -> bool:
    """Something failed that may be this version's fault; whether it is on trial, so that the launcher goes back when the program ends now."""
    _doubts.append(True)
    found = here()
    return found is not None and found.on_trial()


def end() -> None:
    """The program ends: a version on trial that has proved nothing, and about which there is no doubt, says that it ends as it should."""
    found = here()
    if found is not None and not _doubts and found.on_trial():
        try:
            found.end()
        except OSError:
            _log.info("the program folder can't be written")


def tidy(folder: Path) -> None:
    """At the start of the window: see `Installed.tidy`; and away with copies of the data that a rehearsal left when the power was cut."""
    found = here()
    if found is not None:
        found.tidy()
    clear_rehearsals(folder)


def clear_rehearsals(folder: Path) -> None:
    """Delete the copies of a data folder on which new versions were tried."""
    import shutil  # noqa: PLC0415

    for copy in (folder / WORK).glob(f"{REHEARSAL}-*"):
        shutil.rmtree(copy, ignore_errors=True)


def start_anew(words: Sequence[str]) -> bool:
    """Start the program again, as the last deed of this one; whether that could be done."""
    found = here()
    if found is None:
        return False
    import subprocess  # noqa: PLC0415

    try:
        subprocess.Popen([str(found.launcher), *words], close_fds=True)  # noqa: S603  (our own launcher)
    except OSError:
        _log.info("the launcher could not be started")
        return False
    return True


def write(file: Path, text: str) -> None:
    """Write a small file so that after a power cut the old one or the new one is there."""
    part = file.with_name(file.name + PART)
    with part.open("wb") as out:
        out.write(text.encode("utf-8"))
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, ValueError):
        return ""


def _line(file: Path) -> str:
    return _read(file).partition("\n")[0].strip()
