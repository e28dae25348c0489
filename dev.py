"""The developer's commands, on Debian and on Windows, with nothing but Python and git to begin with.

python3 dev.py setup               make .venv with the locked packages (and, on Debian, the libraries that Qt needs)
python3 dev.py open [--fresh] ...  open the program on a small demo database; `--shot FILE.png` draws it into a picture instead
python3 dev.py test [...]          all tests, except the heavy ones, those again on PostgreSQL (`-m postgres`) and those of the Windows
                                   program (`-m windows -n 0`); more words go to pytest
python3 dev.py lint                ruff, mypy, import-linter
python3 dev.py shots [...]         draw the pictures in docs/screens and in the help again
python3 dev.py lock                lock the packages named in pyproject.toml again
python3 dev.py windows-setup       the Debian packages with which the Windows program is built and tried (Wine, NSIS, mingw-w64, Xvfb)
python3 dev.py windows [...]       build the Windows program into dist/ (packaging/build.py; docs/windows.md)

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import getpass
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
LOCK = ROOT / "requirements" / "dev.txt"
STAMP = VENV / "pelita-lock"

# What Qt loads from the system on Linux, and the Debian package that has it (PySide6 brings everything else).
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Other people's readers of packages, which the tests hand ours to.
TOOLS = {"age": "age", "unzip": "unzip"}
# What builds the Windows program and tries it, on Debian: docs/windows.md.
WINDOWS_TOOLS = {
    "wine": "wine",
    "wine64": "wine64",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}
FONT = (Path("/usr/share/fonts/truetype/open-sans"), "fonts-open-sans")


class Refused(Exception):  # noqa: N818  (a sentence for the developer, not a bug)
    """Something is missing that this script can't bring; the message says what to do."""


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a command in the checkout; its exit code. What it prints is the user's."""
    sys.stdout.flush()
    return subprocess.run([str(word) for word in command], cwd=ROOT, env=env, check=False).returncode


def must(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command that everything after it needs."""
    code = run(*command, env=env)
    if code:
        raise Refused(f"failed with exit code {code}: {' '.join(str(word) for word in command)}")


def loads(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    """The Debian packages that are still missing, none on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    missing += [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    if not FONT[0].is_dir():
        missing.append(FONT[1])
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def missing_windows_packages() -> list[str]:
    """The Debian packages that are still missing for building and trying the Windows program."""
    places = [*os.get_exec_path(), "/usr/lib/wine"]  # Debian keeps wine64 there
    return [
        package
        for tool, package in WINDOWS_TOOLS.items()
        if shutil.which(tool, path=os.pathsep.join(places)) is None
    ]


def windows_setup() -> None:
    """Bring what the Windows program is built and tried with on Debian."""
    install_system_packages(missing_windows_packages)


def install_system_packages(find_missing: Callable[[], list[str]] = missing_packages) -> None:
    """Bring the missing Debian packages, as root or by sudo; else say the one line to run."""
    missing = find_missing()
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if shutil.which("apt-get") is None:
        raise Refused(f"these libraries are missing (named as in Debian): {' '.join(missing)}")
    become_root: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if sudo is None or not (sys.stdin.isatty() or run(sudo, "-n", "true") == 0):
            raise Refused(f"run this once as root, then try again:\n    apt-get update && {line}")
        become_root = [sudo]
    print(f"Installing what is missing: {' '.join(missing)}")
    quiet = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    must(*quiet, "apt-get", "update", "-qq")
    installed = subprocess.run([*quiet, *line.split()], capture_output=True, text=True, check=False)
    if installed.returncode:
        raise Refused(f"{line}\n{installed.stdout}{installed.stderr}")
    still = find_missing()
    if still:
        raise Refused(f"installed, and yet not found: {' '.join(still)}")


def stamp() -> str:
    """What .venv was made from: the lock and the Python."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{lock} {sys.version_info.major}.{sys.version_info.minor}\n"


def setup() -> None:
    """Make .venv, or bring it up to date when the lock has changed. Does nothing when nothing changed."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise Refused(
            f"Pelita needs Python 3.11, 3.12 or 3.13, this is {sys.version.split()[0]}: try python3.11 dev.py"
        )
    install_system_packages()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == stamp() and run(PYTHON, "-c", "") == 0:
        return
    if STAMP.is_file() and STAMP.read_text(encoding="ascii").split()[1:] != stamp().split()[1:]:
        print("Another Python: making .venv anew.")
        shutil.rmtree(VENV)
    if not PYTHON.exists():
        print("Making .venv ...")
        must(sys.executable, "-m", "venv", VENV)
    print("Installing the locked packages (about 150 MB the first time) ...")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq")
    must(*pip, "install", "--require-hashes", "-r", LOCK)
    STAMP.write_text(stamp(), encoding="ascii")


def offscreen() -> dict[str, str]:
    """The environment in which Qt draws without a screen."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def demo_folder() -> Path:
    """The data folder for trying things out, never the one that real records live in."""
    return Path(tempfile.gettempdir()) / f"pelita-try-{getpass.getuser()}"


def open_demo(words: list[str]) -> int:
    """Open the window on a small demo database, made the first time (and again with --fresh)."""
    folder = demo_folder()
    ready = folder / "demo-ready"
    if "--fresh" in words or not ready.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        print("Making a small demo database ...")
        program = (PYTHON, "-m", "desktop_app", "--data-dir", folder)
        must(
            *program,
            "init",
            "--site",
            "18.72.01",
            "--role",
            "office",
            "--name",
            "Kecamatan Metro Pusat (coba)",
        )
        must(*program, "demo", "--records", "600", "--seed", "7")
        ready.touch()
    words = [word for word in words if word != "--fresh"]
    env = offscreen() if "--shot" in words else None
    return run(PYTHON, "-m", "desktop_app", "--data-dir", folder, *words, env=env)


def test(words: list[str]) -> int:
    """Run the tests on two processes, without a screen. Each gets one half in order, so that what tests share is rarely made twice.

    What Python makes of the sources is kept: else each process that a test starts, and pytest itself, would make it all anew.
    """
    chosen = [] if "-m" in words else ["-m", "not heavy and not bench and not postgres and not windows"]
    env = {name: value for name, value in offscreen().items() if name != "PYTHONDONTWRITEBYTECODE"}
    return run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", *chosen, *words, env=env)


def lint() -> int:
    """Run every checker, so that all complaints are seen at once; the worst exit code."""
    binaries = PYTHON.parent
    checks = (
        (binaries / "ruff", "check"),
        (binaries / "ruff", "format", "--check"),
        (binaries / "mypy",),
        (binaries / "lint-imports", "--no-logo"),
    )
    worst = 0
    for check in checks:
        print(f"--- {check[0].name} {' '.join(check[1:])}")
        worst = max(worst, run(*check))
    # What builds the Windows program are scripts, which name each other from their own folder.
    print("--- mypy packaging")
    builders = [
        ROOT / "packaging/build.py",
        ROOT / "packaging/update.py",
        *sorted(ROOT.glob("packaging/windows/*.py")),
    ]
    return max(worst, run(binaries / "mypy", *builders, env={**os.environ, "MYPYPATH": "packaging"}))


def lock() -> int:
    """Lock the packages of pyproject.toml with their hashes, for every platform, without naming a registry."""
    flags = ["--universal", "--generate-hashes", "--no-emit-index-url", "--quiet", "--upgrade"]
    env = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "python3 dev.py lock"}
    uv = PYTHON.parent / "uv"
    for name, group in (("run", ()), ("dev", ("--group", "dev"))):
        must(
            uv,
            "pip",
            "compile",
            "pyproject.toml",
            *group,
            *flags,
            "--python-version",
            "3.11",
            "-o",
            f"requirements/{name}.txt",
            env=env,
        )
    # What is shipped for Windows, and what its tests need there: the same versions, without what Linux wants.
    windows = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13"]
    hashes = ["--generate-hashes", "--no-emit-index-url", "--quiet", "--no-header"]
    for source, target, known in (
        ("pyproject.toml", "windows.txt", "run.txt"),
        ("requirements/windows-tests.in", "windows-tests.txt", "dev.txt"),
    ):
        flags = [*windows, *hashes, "-c", f"requirements/{known}", "-o", f"requirements/{target}"]
        must(uv, "pip", "compile", source, *flags, env=env)
    return 0


def windows_setup_command() -> int:
    """Bring the tools for the Windows program, and say so."""
    if WINDOWS:
        print("On Windows only NSIS and mingw-w64 are needed: docs/windows.md")
        return 0
    windows_setup()
    print("Wine, NSIS, mingw-w64, Xvfb and xdotool are there.")
    return 0


def main(words: list[str]) -> int:
    """Do one command; 0 when it went well, 2 when the words are wrong."""
    commands: dict[str, Callable[[list[str]], int]] = {
        "setup": lambda _rest: 0,
        "open": open_demo,
        "test": test,
        "lint": lambda _rest: lint(),
        "shots": lambda rest: run(PYTHON, "-m", "tests.shots", *rest, env=offscreen()),
        "lock": lambda _rest: lock(),
        "windows-setup": lambda _rest: windows_setup_command(),
        "windows": lambda rest: run(PYTHON, "packaging/build.py", *rest),
    }
    if not words or words[0] not in commands:
        print(__doc__)
        return 0 if words in (["-h"], ["--help"]) else 2
    try:
        setup()
        return commands[words[0]](words[1:])
    except Refused as refused:
        print(f"dev.py: {refused}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
