"""What `packaging/launcher/launcher.c` does, for tests on other systems: run as `pelita` or `pelita-cmd` of a program folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

LOOK_S = 0.1


def _line(file: Path) -> str:
    return file.read_text("utf-8").partition("\n")[0].strip() if file.exists() else ""


def _run(folder: Path, version: str) -> NoReturn:
    program = folder / "versions" / version / "app" / "run.py"
    os.execv(sys.executable, [sys.executable, "-X", "utf8", str(program), *sys.argv[1:]])


def _watch(folder: Path, version: str, previous: str) -> int:
    own = folder / "versions" / version
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", str(own / "app" / "run.py"), *sys.argv[1:]], start_new_session=True
    )
    for _ in range(int(float(_line(folder / "trial.txt")) / LOOK_S)):
        try:
            code: int | None = child.wait(LOOK_S)
        except subprocess.TimeoutExpired:
            code = None
        if (own / "proven").exists():
            (folder / "trial.txt").unlink()
            return child.wait()
        if code is not None:
            ended = own / f"ended-{child.pid}"
            if ended.exists():
                ended.unlink()
                return code
            return _go_back(folder, version, previous, f"exit {code}")
    child.kill()
    child.wait()
    return _go_back(folder, version, previous, "hang")


def _go_back(folder: Path, failed: str, previous: str, why: str) -> NoReturn:
    (folder / "went-back.txt").write_text(f"{failed}\n{why}\n")
    (folder / "active.txt").write_text(f"{previous}\n")
    (folder / "trial.txt").unlink()
    (folder / "previous.txt").unlink()
    _run(folder, previous)


def main() -> int:
    """Find the version and run it."""
    folder = Path(sys.argv[0]).absolute().parent
    os.environ["PELITA_PROGRAM_FOLDER"] = str(folder)
    if asked := os.environ.pop("PELITA_RUN", ""):
        _run(folder, asked)
    version, previous = _line(folder / "active.txt"), _line(folder / "previous.txt")
    proven = folder / "versions" / version / "proven"
    if not (folder / "trial.txt").exists() or proven.exists() or not previous or previous == version:
        _run(folder, version)
    return _watch(folder, version, previous)


if __name__ == "__main__":
    sys.exit(main())
