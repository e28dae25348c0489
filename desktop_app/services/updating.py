"""A new version that came as a file: believed only when rightly signed, rehearsed on a copy of the data, installed beside the old one.

Whatever fails on the way leaves the program and the data as they were. What happens at the next start: docs/updates.md.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import place
from desktop_app.core.errors import KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.words import Words
from desktop_app.exchange import program_package
from desktop_app.exchange.program_package import Offered, numbers
from desktop_app.formats.disk_errors import explained_writing
from desktop_app.services import installed, roles
from desktop_app.services.installed import KEPT, PART, REHEARSAL, WORK, Installed
from desktop_app.storage.glance import FILE
from desktop_app.storage.upkeep import backup, revision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.services.context import AppContext

_log = logging.getLogger(__name__)

_SPARE = 64 * 1024 * 1024
_COPIES = 3
"""Databases that lie on the disk at once: the rehearsal's, its copy from before the upgrade, and later the real one's."""
_LOOK_S = 0.2
_LEAST_TRIAL_S = 180
_TRIES, _PAUSE_S = 20, 0.5
_COPYING = Words("Menyalin data untuk percobaan", "Copying the data for a rehearsal")
_REHEARSING = Words("Mencoba versi baru pada salinan data", "Trying the new version on a copy of the data")
_DRAWING = Words("Mencoba jendela versi baru", "Trying the window of the new version")


@dataclass(frozen=True)
class Limits:
    """How long the new version may take, in seconds: to upgrade and check the copy, and to draw its window."""

    upgrade: float = 3600
    window: float = 300


LIMITS = Limits()


@dataclass(frozen=True)
class Taken:
    """What became of an update package. `ready`: it begins at the next start; else it is only kept for the offices."""

    version: str
    ready: bool

    @property
    def words(self) -> Words:
        """In one sentence."""
        if self.ready:
            return Words(
                f"Pelita {self.version} siap: dipakai mulai Pelita dibuka berikutnya. Versi lama disimpan sampai yang baru terbukti berjalan.",
                f"Pelita {self.version} is ready: it is used from the next start on. The old version is kept until the new one has proven itself.",
            )
        return Words(
            f"Komputer ini sudah memakai Pelita {self.version}. Berkasnya disimpan dan ikut dikirim ke kantor yang masih memakai versi lama.",
            f"This computer has Pelita {self.version} already. The file is kept, and goes along to the offices that still have an older one.",
        )


def take(
    ctx: AppContext,
    file: Path,
    progress: Progress | None = None,
    program: Installed | None = None,
    limits: Limits = LIMITS,
) -> Taken:
    """Take in an update package, for the installed program that runs (or the `program` given).

    Raises `KnownError` when it can't be: then nothing has changed; `Cancelled` when stopped.
    """
    progress = progress or Quiet()
    program = program or installed.here()
    update = _believed(file, program)
    at_headquarters = roles.is_headquarters(ctx) and not ctx.practice
    if program is None:  # said by _believed; the type checker can't know
        raise _not_installed()
    if at_headquarters and numbers(update.version) == numbers(program.version):
        _keep(ctx, file, update)
        return Taken(update.version, ready=False)
    _refuse_unfit(ctx, update, program)
    with program.installing() as alone:
        if not alone:
            raise KnownError(
                Words(
                    "Pembaruan lain sedang dipasang. Tunggu sampai selesai, lalu coba lagi.",
                    "Another update is being installed. Wait until it is done, then try again.",
                )
            )
        _install(ctx, file, update, program, progress, limits)
    if at_headquarters:
        _keep(ctx, file, update)
    return Taken(update.version, ready=True)


# ---- whether to take it


def _believed(file: Path, program: Installed | None) -> Offered:
    """What the package offers, if the release key signed it and it is for this kind of computer."""
    if program is None:
        raise _not_installed()
    try:
        keys = program_package.public_keys(_pinned(program).read_text("ascii"))
    except (OSError, ValueError):
        keys = []
    if not keys:
        raise KnownError(
            Words(
                f"Pelita {program.version} di komputer ini dibuat tanpa kunci rilis, jadi tidak bisa diperbarui dengan paket. Pasang versi baru dengan Pelita-setup.exe.",
                f"Pelita {program.version} on this computer was built without a release key and can't be updated by a package. Install the new version with Pelita-setup.exe.",
            )
        )
    update = program_package.offered(file, keys)
    system = "windows" if os.name == "nt" else os.name
    if update.system != system:
        raise KnownError(
            Words(
                f"Paket pembaruan ini untuk komputer '{update.system}', bukan untuk komputer ini.",
                f"This update package is for '{update.system}' computers, not for this one.",
            )
        )
    return update


def _pinned(program: Installed) -> Path:
    return program.of(program.version) / "app" / "resources" / installed.RELEASE_KEYS


def _not_installed() -> KnownError:
    return KnownError(
        Words(
            "Pelita ini tidak dipasang dengan Pelita-setup.exe, jadi tidak bisa diperbarui dengan paket. Perbarui dengan cara memasangnya dulu.",
            "This Pelita was not installed by Pelita-setup.exe and can't be updated by a package. Update it the way it was installed.",
        )
    )


def _refuse_unfit(ctx: AppContext, update: Offered, program: Installed) -> None:
    if ctx.practice:
        raise KnownError(
            Words(
                "Ini data latihan. Kembali dahulu ke data kantor, lalu terima pembaruannya di sana.",
                "This is practice. Go back to the office's records first and receive the update there.",
            )
        )
    if numbers(update.version) <= numbers(program.version):
        raise KnownError(
            Words(
                f"Paket ini Pelita {update.version}, sedangkan komputer ini sudah memakai {program.version}. Tidak ada yang perlu diperbarui.",
                f"This package is Pelita {update.version}, and this computer has {program.version} already. There is nothing to update.",
            )
        )
    active = program.active()
    if active != program.version:
        raise KnownError(
            Words(
                f"Pelita {active or '?'} sudah siap dipakai. Tutup Pelita dan buka lagi, lalu terima paket ini.",
                f"Pelita {active or '?'} is ready already. Close Pelita and open it again, then receive this package.",
            )
        )
    if not ctx.store.engines.is_file and update.schema != revision.steps(place.migrations())[-1]:
        raise KnownError(
            Words(
                "Pembaruan ini mengubah basis data di server. Cadangkan server dengan pg_dump, lalu pasang dengan Pelita-setup.exe.",
                "This update changes the database on the server. Back the server up with pg_dump, then install with Pelita-setup.exe.",
            )
        )
    _refuse_full(ctx, update, program)


def _refuse_full(ctx: AppContext, update: Offered, program: Installed) -> None:
    data = (ctx.place / FILE).stat().st_size * _COPIES if ctx.store.engines.is_file else 0
    wanted = {program.folder: update.size + _SPARE, ctx.place: data + _SPARE}
    if program.folder.stat().st_dev == ctx.place.stat().st_dev:
        wanted = {program.folder: update.size + data + _SPARE}
    for folder, size in wanted.items():
        free = shutil.disk_usage(folder).free
        if free < size:
            lacking = (size - free) // 1_000_000 + 1
            raise KnownError(
                Words(
                    f"Disk kurang lega untuk pembaruan: kosongkan {lacking} MB lagi di {folder}, lalu coba lagi.",
                    f"Too little room on the disk for the update: free another {lacking} MB in {folder}, then try again.",
                )
            )


# ---- installing beside


def _install(
    ctx: AppContext, file: Path, update: Offered, program: Installed, progress: Progress, limits: Limits
) -> None:
    target = program.of(update.version)
    part = target.with_name(target.name + PART)
    try:
        with explained_writing(part.name):
            _remove(part)
            part.mkdir()
        program_package.unpack(file, update, part, progress)
        took = _rehearse(ctx, update, program, progress, limits)
        with explained_writing(target.name):
            _remove(target)  # one that failed before
            _rename(part, target)
            program.switch(update.version, max(_LEAST_TRIAL_S, int(took * 5) + 60))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _log.info("version %s is installed beside %s", update.version, program.version)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _rename(part: Path, target: Path) -> None:
    """An antivirus may still be reading what was just written: it is waited for."""
    for _ in range(_TRIES):
        try:
            part.rename(target)
        except PermissionError:
            time.sleep(_PAUSE_S)
        else:
            return
    part.rename(target)


# ---- the rehearsal


def _rehearse(
    ctx: AppContext, update: Offered, program: Installed, progress: Progress, limits: Limits
) -> float:
    """Let the new version, as a process of its own, upgrade and check a copy of the data, and draw its window; the seconds it took."""
    began = time.monotonic()
    with _copy_of_data(ctx, progress) as folder:
        data, counts = ["--data-dir", str(folder), "--language", "en"], {}
        if ctx.store.engines.is_file:
            with ctx.store.reading() as reader:
                counts = reader.counts()
            said = _run(program, update, [*data, "check", "--json"], limits.upgrade, progress, _REHEARSING)
            _refuse_lost(update, program, said, counts)
        drawn = folder / "window.png"
        shot = [*data, "--shot", str(drawn)]
        _run(program, update, shot, limits.window, progress, _DRAWING, codes=(0,), reads=False)
        if not drawn.exists():
            raise _failed(update, program, Words("jendelanya tidak terbuka", "its window didn't open"))
    return time.monotonic() - began


@contextmanager
def _copy_of_data(ctx: AppContext, progress: Progress) -> Iterator[Path]:
    """A folder with a copy of the database (an empty one while the records are on a server), gone afterwards."""
    folder = ctx.place / WORK / f"{REHEARSAL}-{os.getpid()}"
    installed.clear_rehearsals(ctx.place)
    try:
        with explained_writing(folder.name):
            folder.mkdir(parents=True)
        if ctx.store.engines.is_file:
            progress.at(0, None, _COPYING)
            backup.backup(ctx.store.engines.file, folder / FILE, progress)
        yield folder
    finally:
        for _ in range(_TRIES):  # Windows lets go of a killed process's files a moment later
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(_PAUSE_S)


def _run(
    program: Installed,
    update: Offered,
    words: Sequence[str],
    seconds: float,
    progress: Progress,
    doing: Words,
    codes: tuple[int, ...] = (0, 1),
    *,
    reads: bool = True,
) -> str:
    """Run the new version; what it printed, if somebody `reads` it. Raises `KnownError` when it takes too long or ends with another code, `Cancelled` when stopped."""
    environment = program.environment(f"{update.version}{PART}")
    environment |= {"QT_QPA_PLATFORM": "offscreen", "WINEQT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(  # noqa: S603  (our own launcher, on a version whose signature and hashes are right)
        [str(program.terminal), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if reads else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    until, out = time.monotonic() + seconds, None
    try:
        while process.returncode is None:
            progress.at(0, None, doing)
            try:
                out, _ = process.communicate(timeout=_LOOK_S)
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    raise _failed(update, program, Words("terlalu lama", "it took too long")) from None
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode not in codes:
        code = process.returncode
        raise _failed(update, program, Words(f"berakhir dengan kode {code}", f"it ended with code {code}"))
    return (out or b"").decode("utf-8", "replace")


def _refuse_lost(update: Offered, program: Installed, said: str, counts: dict[str, int]) -> None:
    """Raise when the upgraded copy is damaged or has fewer records."""
    try:
        report = json.loads(said)
        records, troubles = report["records"], report["troubles"]
        serious = [one["code"] for one in troubles if one["serious"]]
        fewer = sum(counts.values()) - sum(int(count) for count in records.values())
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _failed(
            update,
            program,
            Words("salinan data tidak bisa dibuka", "the copy of the data could not be opened"),
        ) from None
    if serious or fewer > 0:
        raise _failed(
            update,
            program,
            Words(
                f"salinan data tidak utuh, {max(fewer, 0)} catatan hilang",
                f"the copy of the data is not whole, {max(fewer, 0)} records are missing",
            ),
        )


def _failed(update: Offered, program: Installed, why: Words) -> KnownError:
    _log.info("the rehearsal of version %s failed: %s", update.version, why.en)
    return KnownError(
        Words(
            f"Pelita {update.version} tidak lolos percobaan pada salinan data ({why.id}). Pelita {program.version} tetap dipakai dan data tidak berubah. Beri tahu yang mengurus Pelita.",
            f"Pelita {update.version} did not pass its rehearsal on a copy of the data ({why.en}). Pelita {program.version} stays in use and the data is unchanged. Tell whoever looks after Pelita.",
        )
    )


# ---- headquarters carries it on


def _keep(ctx: AppContext, file: Path, update: Offered) -> None:
    """Keep the package for the offices, in place of an older one."""
    folder = ctx.place / KEPT
    target = folder / f"pelita-{update.version}.pelita"
    with explained_writing(target.name):
        folder.mkdir(exist_ok=True)
        if not (target.exists() and target.samefile(file)):
            _copy(file, target)
        for other in folder.glob("*.pelita"):
            if other != target:
                other.unlink()


def for_offices(ctx: AppContext) -> Path | None:
    """The update package that headquarters carries to its offices, if it has one."""
    found = sorted((ctx.place / KEPT).glob("pelita-*.pelita"))
    return found[0] if found else None


def put_beside(ctx: AppContext, folder: Path, versions: Sequence[str]) -> Path | None:
    """Lay the update beside packages for computers of which one has an older version; where it lies, if it was needed.

    Raises `KnownError` when it can't be written.
    """
    kept = for_offices(ctx)
    if kept is None or not any(_is_older(version, kept) for version in versions):
        return None
    target = folder / kept.name
    if not target.exists() or target.stat().st_size != kept.stat().st_size:
        with explained_writing(target.name):
            _copy(kept, target)
    return target


def _is_older(version: str, kept: Path) -> bool:
    try:
        return numbers(version) < numbers(kept.stem.removeprefix("pelita-"))
    except ValueError:
        return False


def _copy(file: Path, target: Path) -> None:
    part = target.with_name(target.name + PART)
    try:
        shutil.copyfile(file, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
