"""The command line as a public interface: its words, its answers, its exit codes."""

from __future__ import annotations

import csv
import io
import json
import logging

import pytest

from desktop_app import bootstrap
from desktop_app.__main__ import main
from desktop_app.core import words as words_in_use
from desktop_app.records.registry import REGISTRY
from tests.services.slips import REPAIR


class Shell:
    """Runs the program in a data folder; what it printed and its exit code."""

    def __init__(self, folder, capsys):
        self.folder, self._capsys = folder, capsys
        self.out = self.err = ""
        self.code: int | str | None = 0

    def __call__(self, *words: str) -> str:
        words_in_use.use("id")
        self._capsys.readouterr()
        try:
            self.code = main(["--data-dir", str(self.folder), "--person", "Sri", *words])
        except SystemExit as left:
            self.code = left.code
        self.out, self.err = self._capsys.readouterr()
        return self.out.strip()

    def refused(self, *words: str) -> str:
        """Run what is not going to be done: nothing on stdout, one sentence on stderr, which is returned."""
        assert self(*words) == ""
        assert self.code in (1, 2)
        assert len(self.err.strip().splitlines()) == 1
        assert "Traceback" not in self.err
        return self.err.strip()


@pytest.fixture
def shell(office, capsys) -> Shell:
    office.close()
    return Shell(office.place, capsys)


@pytest.fixture
def fresh(tmp_path, capsys) -> Shell:
    return Shell(tmp_path / "fresh", capsys)


def sets(given: dict[str, str]) -> list[str]:
    return [word for name, value in given.items() for word in ("--set", f"{name}={value}")]


@pytest.fixture
def repair(shell) -> str:
    return shell("add", "streetlight_repair", *sets(REPAIR))


def answer(shell, *words):
    shell(*words)
    assert shell.code == 0, shell.err
    return json.loads(shell.out)


def test_an_office_is_set_up_and_used_from_the_first_word_to_the_last(fresh, tmp_path):
    assert "18.72.01" in fresh("init", "--site", "18.72.01", "--role", "office", "--name", "Metro Pusat")
    uid = fresh("add", "streetlight_repair", *sets(REPAIR))
    assert fresh.code == 0
    assert answer(fresh, "list", "streetlight_repair", "--format", "json")[0]["uid"] == uid
    assert fresh("edit", "streetlight_repair", uid, "--set", "points_reported=3") == uid
    assert fresh("move", "streetlight_repair", uid, "verify") == "VERIFIED"
    fresh("export", "streetlight_repair", "--out", str(tmp_path / "out.csv"))
    assert fresh.out.split() == [
        str(tmp_path / name) for name in ("out.csv", "out.materials.csv", "out.moves.csv")
    ]
    assert fresh("remove", "streetlight_repair", uid, "--reason", "salah ketik") == uid
    assert answer(fresh, "list", "streetlight_repair", "--format", "json") == []
    assert len(answer(fresh, "list", "streetlight_repair", "--removed", "--format", "json")) == 1
    assert fresh("recover", "streetlight_repair", uid) == uid
    did = [change["action"] for change in answer(fresh, "history", "streetlight_repair", uid, "--json")]
    assert did == ["created", "changed", "moved", "removed", "recovered"]
    assert fresh("backup", str(tmp_path / "copy.db"))
    assert fresh("restore", str(tmp_path / "copy.db"))
    assert len(answer(fresh, "list", "streetlight_repair", "--format", "json")) == 1
    assert "Semuanya baik." in fresh("check")
    assert fresh.code == 0


def test_a_record_comes_as_json_with_its_lines(shell, tmp_path, monkeypatch):
    shell("add", "material", "--set", "code=LED-90", "--set", "name=Lampu LED 90 W", "--set", "unit=buah")
    slip = REPAIR | {
        "points_reported": 2,
        "lines": {"materials": [{"material": "LED-90", "qty": 1.5, "unit_price": 100000}]},
    }
    file = tmp_path / "slip.json"
    file.write_text(json.dumps(slip), "utf-8")
    first = shell("add", "streetlight_repair", "--json", str(file))
    assert shell.code == 0, shell.err
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(slip)))
    second = shell("add", "streetlight_repair", "--json", "-")
    found = {row["uid"]: row for row in answer(shell, "list", "streetlight_repair", "--format", "json")}
    assert found.keys() == {first, second}
    assert all(row["materials_total"] == 150_000 for row in found.values())


def test_a_record_is_listed_as_table_csv_and_json(shell, repair):
    assert "Imopuro" in shell("list", "streetlight_repair")
    assert "1 dari 1" in shell.err
    shell("list", "streetlight_repair", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(shell.out)))
    assert (row["uid"], row["status"], row["latitude"]) == (repair, "RECEIVED", "-5.11670000")
    row = answer(shell, "list", "streetlight_repair", "--format", "json")[0]
    assert (row["points_reported"], row["rt"], row["latitude"]) == (2, "003", -5.1167)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--search", "jl mawar"], 1),
        (["--search", "melati"], 0),
        (["--where", "status=RECEIVED"], 1),
        (["--where", "status=DONE"], 0),
        (["--where", "village_code=Imopuro", "--where", "category=LAMP_OUT"], 1),
        (["--where", "crew="], 1),
        (["--limit", "0"], 0),
        (["--sort", "-received_at", "--limit", "1"], 1),
    ],
)
def test_lists_are_searched_and_filtered(shell, repair, words, found):
    assert len(answer(shell, "list", "streetlight_repair", *words, "--format", "json")) == found


def test_kinds_are_told_as_agreed(fresh):
    told = answer(fresh, "kinds", "--json")
    assert [kind["kind"] for kind in told] == [kind.name for kind in REGISTRY]
    for kind in told:
        assert kind.keys() == {"kind", "section", "label", "fields", "lines", "moves"}
        assert kind["label"].keys() == {"id", "en"}
        for field in kind["fields"]:
            assert field.keys() >= {"name", "type", "required", "personal", "choices", "reference"}
            assert isinstance(field["required"], bool)
            assert all(choice.keys() == {"code", "id", "en"} for choice in field["choices"])
    by_name = {kind["kind"]: kind for kind in told}
    fields = {field["name"]: field for field in by_name["streetlight_repair"]["fields"]}
    assert fields["reporter_phone"]["personal"]
    assert fields["village_code"]["reference"] == "region"
    assert {"code": "LAMP_OUT", "id": "Lampu padam", "en": "Lamp out"} in fields["category"]["choices"]
    assert [lines["name"] for lines in by_name["streetlight_repair"]["lines"]] == ["materials"]
    assert "finish" in [move["name"] for move in by_name["streetlight_repair"]["moves"]]
    assert not fresh.folder.exists()


def test_a_record_is_done_by_its_move_only(shell, repair):
    assert "move" in shell.refused("edit", "streetlight_repair", repair, "--set", "status=DONE")
    assert shell.code == 1
    assert "tidak bisa dari status" in shell.refused("move", "streetlight_repair", repair, "finish")
    assert shell.code == 1
    assert answer(shell, "list", "streetlight_repair", "--format", "json")[0]["status"] == "RECEIVED"


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["list"],
        ["list", "airplane"],
        ["add", "streetlight_repair"],
        ["add", "airplane", "--set", "a=b"],
        ["add", "streetlight_repair", "--set", "wings=2"],
        ["add", "streetlight_repair", "--set", "nonsense"],
        ["edit", "streetlight_repair", "no-such-uid", "--set", "points_reported=1"],
        ["history", "streetlight_repair", "no-such-uid"],
        ["list", "streetlight_repair", "--where", "wings=2"],
        ["list", "streetlight_repair", "--sort", "wings"],
        ["list", "streetlight_repair", "--limit", "-3"],
        ["list", "streetlight_repair", "--format", "doc"],
        ["export", "streetlight_repair", "--out", "file.doc"],
        ["settings", "--set", "colour=red"],
        ["demo", "--records", "0"],
        ["list", "streetlight_repair", "--wings"],
        ["init", "--role", "office"],
    ],
)
def test_wrong_usage_is_exit_code_2_and_one_sentence(shell, words):
    shell.refused(*words)
    assert shell.code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["add", "streetlight_repair", "--set", "points_reported=banyak"],
        ["add", "streetlight_repair", "--json", "no-such-file.json"],
        ["list", "streetlight_repair", "--where", "points_reported=banyak"],
        ["add", "crew", "--set", "name=x"],
        ["report"],
        ["settings", "--set", "role=king"],
        ["init", "--site", "18.72.02", "--role", "office"],
        ["regions", "no-such-file.csv"],
        ["restore", "no-such-file.db"],
        ["backup", "no/such/folder/copy.db"],
        ["--database", "postgresql://127.0.0.1:1/pelita", "list", "crew"],
        ["--database", "sqlite:///pelita.db", "list", "crew"],
    ],
)
def test_a_refusal_is_exit_code_1_and_one_sentence(shell, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shell.refused(*words)
    assert shell.code == 1


@pytest.mark.parametrize("name", "import rescue report".split())
def test_what_is_not_built_yet_says_so(shell, name):
    assert "belum ada" in shell.refused(name, "--to", "18.72", "--out", "x", "y")
    assert shell.code == 1


@pytest.mark.parametrize("words", [["list", "crew"], ["check"], ["demo"], ["settings"]])
def test_a_folder_without_data_is_said_and_not_made(fresh, words):
    assert "init" in fresh.refused(*words)
    assert fresh.code == 1
    assert not fresh.folder.exists()


def test_sentences_come_in_the_language_asked_for(shell):
    assert shell.refused("--language", "en", "list", "airplane") == "There is no record kind 'airplane'."
    assert shell.refused("list", "airplane") == "Jenis data 'airplane' tidak ada."
    shell("settings", "--set", "language=en")
    assert shell.refused("list", "airplane") == "There is no record kind 'airplane'."


def test_settings_are_shown_and_changed(shell):
    told = answer(shell, "settings", "--set", "sla_hours=48", "--json")
    assert (told["sla_hours"], told["site_code"]) == ("48", "18.72.01")
    assert "48" in shell("settings")


def test_demo_tells_how_many_it_made(shell):
    made = dict(line.split() for line in shell("demo", "--records", "120", "--seed", "3").splitlines())
    assert sum(map(int, made.values())) == 120
    assert len(answer(shell, "list", "park_work", "--format", "json")) == int(made["park_work"])


def test_another_citys_regions_are_loaded(fresh, tmp_path):
    file = tmp_path / "regions.csv"
    file.write_text("code,name\n35,Jawa Timur\n35.06,Kediri\n", "utf-8")
    fresh("init", "--site", "35.06", "--role", "headquarters")
    assert fresh("regions", str(file)) == "Wilayah: 2 baru, 0 diperbarui, 0 tetap."


def test_history_is_told_in_words(shell, repair):
    shell("edit", "streetlight_repair", repair, "--set", "points_reported=3")
    told = shell("history", "streetlight_repair", repair)
    assert "Sri  Diubah" in told
    assert "Jumlah titik: 2 titik → 3 titik" in told


def test_warnings_are_said_and_do_not_stop(shell):
    uid = shell("add", "streetlight_repair", *sets(REPAIR | {"latitude": "-6,2, 106,8"}))
    assert shell.code == 0
    assert "Peringatan" in shell.err
    assert len(uid.split()) == 1


def test_a_bug_is_one_sentence_and_noted_without_what_was_typed(shell, monkeypatch, expects_log):
    nik = "1872014509010001"

    def broken(*_args, **_more):
        raise RuntimeError(nik)

    monkeypatch.setattr("desktop_app.services.records.save", broken)
    said = shell.refused("add", "crew", "--set", "name=Regu 1", "--set", "leader=Suryanto")
    assert shell.code == 1
    log = bootstrap.log_file(shell.folder)
    assert str(log) in said
    for handler in logging.getLogger("desktop_app").handlers:
        handler.flush()
    noted = log.read_text("utf-8")
    assert "RuntimeError" in noted
    assert nik not in noted
