"""A Wine prefix: made, started in, and ended with everything that runs in it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

_STUBS = Path(__file__).resolve().parent / "stubs"
_LINKED = {"icuuc": [], "bcryptprimitives": ["-ladvapi32"]}
USER = "kantor"
"""The Windows account in the prefix."""
LONG = 300  # seconds; a computer that does much else at the same time


class Prefix:
    """A Windows of its own below a folder. `display` is the X screen its windows appear on ("" for none)."""

    def __init__(self, folder: Path, display: str = "") -> None:
        self.folder = folder
        self.display = display

    def make(self) -> None:
        """Make it: Windows 10, with the stubs in system32."""
        self.folder.mkdir(parents=True)
        self._call(["wineboot", "-i"])
        system32 = self.folder / "drive_c" / "windows" / "system32"
        for name, libraries in _LINKED.items():
            build_stub(name, system32, libraries)
        for link in [one for one in self.home.iterdir() if one.is_symlink()]:
            link.unlink()  # Documents, Desktop and the like would be those of whoever runs the tests
            link.mkdir()
        self.set_registry("HKCU\\Software\\Wine", "Version", "win10")
        self.set_registry("HKCU\\Software\\Wine\\DllOverrides", "bcryptprimitives", "native,builtin")
        self.call("wineserver", "-w")

    @property
    def env(self) -> dict[str, str]:
        """The environment in which Wine's programs start: nothing of Python's, Qt's or the tests' own goes in."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TERM") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.folder),
            "USER": USER,
            "LOGNAME": USER,
            "TZ": "Asia/Jakarta",
            "WINEPREFIX": str(self.folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe,winemenubuilder.exe=",
            "DISPLAY": self.display,
        }

    @property
    def home(self) -> Path:
        """C:\\users\\<account>."""
        users = self.folder / "drive_c" / "users"
        return next(one for one in sorted(users.iterdir()) if one.name != "Public")

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%."""
        return self.home / "AppData" / "Local"

    @property
    def program(self) -> Path:
        """Where the installer puts Pelita."""
        return self.local / "Programs" / "Pelita"

    def windows_path(self, path: Path) -> str:
        """A file of the prefix, or any other, as Windows' programs name it."""
        drive = self.folder / "drive_c"
        if path.is_relative_to(drive):
            return str(PureWindowsPath("C:/", *path.relative_to(drive).parts))
        return str(PureWindowsPath("Z:/", *path.parts[1:]))

    def start(
        self, program: Path | str, *words: str, env: dict[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a program and don't wait. Pipes all around: Python can't begin with a plain file as its output."""
        return subprocess.Popen(
            ["wine", str(program), *words],
            env={**self.env, **(env or {})},
            cwd=cwd or self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(
        self,
        program: Path | str,
        *words: str,
        env: dict[str, str] | None = None,
        timeout: float = LONG,
        cwd: Path | None = None,
    ) -> tuple[int, str]:
        """Run a program to its end; its exit code and what it printed."""
        running = self.start(program, *words, env=env, cwd=cwd)
        try:
            said, _ = running.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.end()
            said, _ = running.communicate(timeout=30)
            raise AssertionError(
                f"{program} {words} did not end:\n{said.decode('utf-8', 'replace')}"
            ) from None
        return running.returncode, said.decode("utf-8", "replace").replace("\r\n", "\n")

    def call(self, *command: str) -> None:
        """Run one of Wine's own tools."""
        self._call(command)

    def _call(self, command: Sequence[str]) -> None:
        answer = subprocess.run(
            command, env=self.env, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=LONG
        )
        assert answer.returncode == 0, (command, answer.stdout, answer.stderr)

    def set_registry(self, key: str, name: str, value: str) -> None:
        """Write a text into the registry."""
        code, said = self.run("reg", "add", key, "/v", name, "/d", value, "/f")
        assert code == 0, said

    def registry(self, key: str, name: str = "") -> str | None:
        """A text of the registry ("" names a key's own value), None when it is not there."""
        code, said = self.run("reg", "query", key, *(["/v", name] if name else ["/ve"]))
        if code:
            return None
        lines = [line for line in said.splitlines() if "REG_" in line]
        return lines[0].split("REG_", 1)[1].partition("    ")[2].strip() if lines else None

    def wait_for_end(self) -> None:
        """Wait until nothing runs any more."""
        self.call("wineserver", "-w")

    def end(self) -> None:
        """End everything that runs in it."""
        subprocess.run(["wineserver", "-k"], env=self.env, check=False, timeout=60)
        time.sleep(0.1)


def ended(running: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a program, whatever it started still holds its pipe; its exit code."""
    code = running.wait(LONG)
    assert running.stdout is not None
    running.stdout.close()
    return code


def build_stub(name: str, folder: Path, libraries: Sequence[str]) -> Path:
    """Compile a stub DLL into a folder."""
    target = folder / f"{name}.dll"
    flags = ["-shared", "-O2", "-s", "-nostdlib", "-e0", "-Wall", "-Wextra", "-Werror"]
    command = ["x86_64-w64-mingw32-gcc", *flags, str(_STUBS / f"{name}.c"), *libraries, "-o", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=LONG)
    return target
