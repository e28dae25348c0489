"""Computers that are used by their command line alone, and files that are carried between them: no call into the program."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from pathlib import Path
from typing import Any

from desktop_app.__main__ import main
from desktop_app.core import words as words_in_use
from tests.services.slips import REPAIR

KIND = "streetlight_repair"
_FINGERPRINT = re.compile(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}")
_NUMBERS = itertools.count(1)


class Desk:
    """One computer: its data folder, and who sits there. `out`, `err` and `code` are those of the last command."""

    def __init__(self, folder: Path, person: str, capsys: Any, database: str = "") -> None:
        self.folder = folder
        self.where = ["--data-dir", str(folder), *(["--database", database] if database else [])]
        self.person = person
        self.capsys = capsys
        self.out = self.err = ""
        self.code: int | str | None = 0

    def run(self, *words: object) -> str:
        """Run a command, whatever becomes of it; what it printed."""
        words_in_use.use("id")
        self.capsys.readouterr()
        try:
            self.code = main([*self.where, "--person", self.person, *map(str, words)])
        except SystemExit as left:
            self.code = left.code
        self.out, self.err = self.capsys.readouterr()
        return self.out.strip()

    def __call__(self, *words: object) -> str:
        """Run a command that is to be done."""
        out = self.run(*words)
        assert self.code == 0, f"{words}: {self.err}"
        return out

    def asked(self, *words: object) -> Any:
        """The answer of a command as JSON."""
        return json.loads(self(*words, "--json"))

    def refused(self, *words: object) -> str:
        """Run a command that is not going to be done: one sentence."""
        self.run(*words)
        assert self.code == 1, self.out
        assert "Traceback" not in self.err
        return self.err.strip().splitlines()[-1]

    # ---- what people do

    def adds(self, **changed: str) -> str:
        """Record a repair; its uid."""
        given = REPAIR | changed
        return self(
            "add", KIND, *itertools.chain(*(("--set", f"{name}={text}") for name, text in given.items()))
        )

    def edits(self, uid: str, **changed: str) -> None:
        """Change fields of a repair."""
        self(
            "edit",
            KIND,
            uid,
            *itertools.chain(*(("--set", f"{name}={text}") for name, text in changed.items())),
        )

    def rows(self, kind: str = KIND, *words: str) -> dict[str, dict[str, Any]]:
        """The records of a kind, by uid."""
        found = json.loads(self("list", kind, *words, "--format", "json"))
        return {row["uid"]: row for row in found}

    def sends(self, stick: Path, *words: str) -> list[Path]:
        """Write packages onto a stick of its own; their files."""
        folder = stick / f"{next(_NUMBERS)}"
        folder.mkdir(parents=True)
        self("send", "--out", folder, *words)
        return sorted(folder.iterdir())

    def receives(self, *files: Path) -> list[dict[str, Any]]:
        """Take files in; what became of each."""
        return self.asked("receive", *files)

    def unsent(self) -> int:
        """How many records a package of now would hold; it goes nowhere."""
        folder = self.folder.parent / "look"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self("send", "--out", folder)
        return int(match[1]) if (match := re.search(r"(\d+) data", self.err)) else 0

    def fingerprint_told(self) -> str:
        """The fingerprint that stood in what was just said."""
        found = _FINGERPRINT.search(self.out + self.err)
        assert found, self.out + self.err
        return found[0]


def exchanged(head: Desk, office: Desk, stick: Path) -> None:
    """The office sends, headquarters reads and answers, the office reads the answer; nothing is refused on the way."""
    for one in head.receives(*office.sends(stick)):
        assert (one["state"], one["refused_rows"]) == ("merged", 0), one
    for one in office.receives(*head.sends(stick, "--to", "18.72.01")):
        assert (one["state"], one["refused_rows"]) == ("merged", 0), one
