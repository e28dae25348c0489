"""The program as another program sees it: processes, pipes, files, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.slips import REPAIR

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start(tmp_path):
    """Starts the program in a folder of its own, with a console that knows no UTF-8."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}

    def begin(*words: str, stdin: str = "", before: str = "") -> subprocess.Popen[bytes]:
        code = f"import sys; {before}\nfrom desktop_app.__main__ import main\nsys.exit(main(sys.argv[1:]))"
        command = [
            sys.executable,
            "-c",
            code,
            "--data-dir",
            str(tmp_path / "data"),
            "--person",
            "Sri",
            *words,
        ]
        process = subprocess.Popen(command, cwd=tmp_path, env=env, stdin=-1, stdout=-1, stderr=-1)
        assert process.stdin is not None
        process.stdin.write(stdin.encode())
        process.stdin.close()
        process.stdin = None
        return process

    return begin


def done(process: subprocess.Popen[bytes], code: int = 0) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, err.decode()
    return (out if code == 0 else err).decode("utf-8")


def test_an_office_works_from_a_script(start, tmp_path):
    done(start("init", "--site", "18.72.01", "--role", "office", "--name", "Metro Pusat"))
    slip = REPAIR | {"description": "Lampu “mati” – 夜"}
    first, second = (
        start("add", "streetlight_repair", "--json", "-", stdin=json.dumps(slip)) for _ in range(2)
    )
    uids = {done(first).strip(), done(second).strip()}
    rows = json.loads(done(start("list", "streetlight_repair", "--format", "json")))
    assert {row["uid"] for row in rows} == uids
    assert {row["record_no"] for row in rows} == {f"PJU-LAP/187201/2026/{number:06d}" for number in (1, 2)}
    assert rows[0]["description"] == "Lampu “mati” – 夜"
    done(start("export", "streetlight_repair", "--out", "repairs.xlsx"))
    assert (tmp_path / "repairs.xlsx").stat().st_size > 5000


@pytest.fixture
def ready(busy_office, tmp_path) -> None:
    """An office with four hundred records where `start` looks for one."""
    shutil.copytree(busy_office, tmp_path / "data")


def refused(process: subprocess.Popen[bytes], code: int) -> str:
    sentence = done(process, code)
    assert len(sentence.splitlines()) == 1
    assert "Traceback" not in sentence
    return sentence


def test_a_refusal_is_one_sentence_and_an_exit_code_of_the_process(start):
    assert "init" in refused(start("list", "crew"), 1)
    refused(start("fly"), 2)


def test_no_command_loads_qt(start, ready):
    """One process that does them all: what one of them loads is still there at the end."""
    commands = [["list", "region"], ["demo", "--records", "30"], ["check"], ["settings"]]
    before = (
        "import atexit; from desktop_app.__main__ import main\n"
        "atexit.register(lambda: print('loaded:', [n for n in ('PySide6', 'shiboken6') if n in sys.modules], file=sys.stderr))\n"
        f"assert [main([*sys.argv[1:5], *words]) for words in {commands}] == {[0] * len(commands)}"
    )
    _, err = (process := start("kinds", before=before)).communicate(timeout=60)
    assert process.returncode == 0, err.decode()
    assert err.decode().splitlines()[-1] == "loaded: []"


def test_a_reader_that_has_seen_enough_ends_it_quietly(start, ready):
    with start("list", "streetlight_repair", "--format", "csv") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
