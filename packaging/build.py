"""Build Pelita for Windows, on Debian or on Windows: installer, portable ZIP, their SHA-256 sums and a table of what is inside.

python3 packaging/build.py [--out DIR] [--version V] [--python-zip FILE]

Everything comes from locked inputs that are checked by hash, and the same inputs give the same bytes: docs/windows.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from windows import bytecode, inputs, installer, licences, payload, portable, sizes
from windows.layout import Layout

ROOT = Path(__file__).resolve().parents[1]
ICON = Path(__file__).resolve().parent / "windows" / "pelita.ico"


def module(path: Path) -> ModuleType:
    """Load a script of the checkout as a module."""
    spec = importlib.util.spec_from_file_location(path.parent.name + "_" + path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def arguments(words: list[str] | None) -> argparse.Namespace:
    """What the person wants built."""
    reader = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--out", type=Path, default=ROOT / "dist", help="where the files go (default: dist)")
    reader.add_argument("--version", default="", help="another version than the program's own, for tests")
    reader.add_argument(
        "--python-zip", type=Path, help="an official embeddable Python 3.13 for amd64, as ZIP"
    )
    reader.add_argument(
        "--release-key",
        type=Path,
        help="the key that signs updates (docs/updates.md); without it a throwaway one is pinned and no update is made",
    )
    reader.add_argument(
        "--app", type=Path, default=ROOT, help="the checkout whose program is packed, for tests"
    )
    reader.add_argument(
        "--work", type=Path, default=ROOT / "build" / "windows", help="where it is put together"
    )
    reader.add_argument(
        "--quick", action="store_true", help="for tests: less tightly packed, no portable ZIP"
    )
    reader.add_argument(
        "--payload-only",
        action="store_true",
        help="stop when the program folder is made: no installer, no ZIP",
    )
    return reader.parse_args(words)


def _key(asked: argparse.Namespace) -> list[str]:
    return ["--key", str(asked.release_key)] if asked.release_key else []


def main(words: list[str] | None = None) -> int:
    """Build; the exit code. Raises `inputs.WrongInputError` when an input is not what was locked."""
    asked = arguments(words)
    dev = module(ROOT / "dev.py")
    try:
        dev.setup()
        if sys.platform != "win32":
            dev.windows_setup()
    except dev.Refused as refused:
        print(f"build.py: {refused}", file=sys.stderr)
        return 1
    version: str = asked.version or payload.own_version(asked.app)
    work: Path = asked.work
    out: Path = asked.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(inputs.EPOCH))

    say: Callable[[str], None] = lambda words: print(words, flush=True)  # noqa: E731
    say("Fetching Python and the locked packages ...")
    python = inputs.python_zip(work, dev.PYTHON, asked.python_zip)
    packages = inputs.packages(work, dev.PYTHON.parent)

    layout = Layout(work / f"program-{version}", version)
    say(f"Putting Pelita {version} together ...")
    shutil.rmtree(layout.program, ignore_errors=True)
    payload.make(layout, python=python, packages=packages, app=asked.app)
    update = [str(dev.PYTHON), str(ROOT / "packaging" / "update.py"), *_key(asked)]
    subprocess.run([*update, "--work", str(work), "--pin", str(layout.app)], check=True)
    licences.collect(layout.licences, packages=packages, python=python)
    payload.write_version(layout, python=python)
    say("Compiling with the Python that is shipped ...")
    bytecode.compile_all(layout, python, work)
    say("The launcher ...")
    launcher = module(ROOT / "packaging" / "launcher" / "build.py")
    launcher.build(layout.program, version, ICON)
    payload.even_out(layout.program)
    if asked.payload_only:
        print(layout.program)
        return 0

    say("Installer and portable ZIP ...")
    made = [installer.make(layout, out, ICON, quick=asked.quick)]
    if not asked.quick:
        made.append(portable.make(layout, out))
    if asked.release_key:
        say("The update package ...")
        subprocess.run([*update, "--program", str(layout.program), "--out", str(out)], check=True)
        made.append(out / f"pelita-{version}.pelita")
    sums = portable.write_sums(out, made)
    table = sizes.table(layout, made)
    (out / f"Pelita-{version}-sizes.md").write_text(table, encoding="utf-8", newline="\n")
    say(table)
    for file in (*made, sums):
        say(f"{file.stat().st_size / 1e6:6.1f} MB  {file}")
    too_large = [
        file.name for file in made[:1] if not asked.quick and file.stat().st_size > installer.LARGEST
    ]
    if too_large:
        print(f"build.py: larger than {installer.LARGEST // 1_000_000} MB: {too_large}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
