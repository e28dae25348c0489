"""A repair from the report to DONE: by its moves and by nothing else; the lines by keys; twenty rows out of Excel."""

from __future__ import annotations

import json
from decimal import Decimal as Number

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.__main__ import main
from desktop_app.services.context import AppContext
from tests.journeys import city
from tests.journeys.city import Names
from tests.journeys.clerk import CTRL, KEY, Clerk

REPAIR = {"received_at": "5/11 08.00", "channel": "wa", "category": "lampu padam", "lamp": "PJU-17"}


def stored(ctx: AppContext, uid: str):
    with ctx.store.reading() as reader:
        record = reader.get("streetlight_repair", uid)
    assert record is not None
    return record


def test_a_repair_is_done_by_its_moves_in_the_window_and_not_before_what_they_need(
    clerk: Clerk, office: AppContext
):
    uid = city.put_in(office, "streetlight_repair", REPAIR)
    clerk.go("streetlight_repair")
    clerk.open(uid)
    clerk.make_move("verify")
    assert stored(office, uid).status == "VERIFIED"

    clerk.make_move("schedule")
    answer_card(clerk, {"planned_date": "5/11", "crew": "regu pju 2"})
    assert stored(office, uid).status == "SCHEDULED"
    clerk.make_move("start")
    answer_card(clerk, {"started_at": "5/11 09.00"})
    assert stored(office, uid).status == "IN_PROGRESS"

    clerk.make_move("finish")
    answer_card(clerk, {"finished_at": "5/11 10.15", "result": "belum menyala", "points_fixed": "0", "fault_component": "mcb", "action": "ganti"})  # fmt: skip
    assert stored(office, uid).status == "IN_PROGRESS", "it does not burn"
    assert clerk.message("result") == (
        "error",
        "Selesai hanya dengan hasil Menyala atau Sebagian menyala. Bila belum menyala: tunda.",
    )
    clerk.key(KEY.Key_Escape)
    clerk.make_move("finish")
    answer_card(clerk, {"finished_at": "5/11 10.15", "result": "menyala", "points_fixed": "1", "fault_component": "mcb", "action": "ganti"})  # fmt: skip
    done = stored(office, uid)
    assert (done.status, done.values["result"], done.values["points_fixed"]) == ("DONE", "FIXED", 1)
    assert [move.move for move in done.moves[1:]] == ["verify", "schedule", "start", "finish"]
    assert [move.after for move in done.moves] == ["RECEIVED", "VERIFIED", "SCHEDULED", "IN_PROGRESS", "DONE"]


def answer_card(clerk: Clerk, answers: dict[str, str]) -> None:
    """What the card of a step asks, typed; Enter from field to field, and on its button."""
    left = dict(answers)
    for _ in range(20):
        here = clerk.focus().removeprefix("move_")
        if clerk.focus() == "action_confirm_move":
            break
        if here in left:
            clerk._replace(left.pop(here), waits=True)
        clerk.key(KEY.Key_Return)
    assert not left, left
    assert clerk.focus() == "action_confirm_move"
    clerk.key(KEY.Key_Space)
    clerk.settle()


def test_no_status_is_set_from_the_command_line(office: AppContext, capsys):
    folder = ["--data-dir", str(office.place), "--person", "Sri"]
    uid = city.put_in(office, "streetlight_repair", REPAIR)

    def told(code: int, *words: str) -> str:
        capsys.readouterr()
        assert main([*folder, *words]) == code
        said = capsys.readouterr()
        assert (said.out == "") == (code != 0)
        return said.out.strip() or said.err.strip()

    for text in ("DONE", "Selesai", "CONFIRMED", ""):
        assert told(1, "edit", "streetlight_repair", uid, "--set", f"status={text}").startswith(
            "Status tidak diketik"
        )
    slip = json.dumps({**REPAIR, "status": "DONE"})
    (office.place / "slip.json").write_text(slip, "utf-8")
    assert told(1, "add", "streetlight_repair", "--json", str(office.place / "slip.json")).startswith(
        "Status tidak diketik"
    )
    assert "tidak bisa dari status 'Diterima'" in told(1, "move", "streetlight_repair", uid, "finish")
    assert told(2, "move", "streetlight_repair", uid, "DONE").startswith(
        "Perbaikan lampu tidak punya langkah 'DONE'"
    )
    assert stored(office, uid).status == "RECEIVED"
    assert [move.after for move in stored(office, uid).moves] == ["RECEIVED"]

    assert told(0, "move", "streetlight_repair", uid, "verify") == "VERIFIED"
    assert "belum diisi" in told(1, "move", "streetlight_repair", uid, "schedule")
    given = {
        "planned_date": "5/11",
        "crew": "Regu PJU 1",
        "started_at": "5/11 09.00",
        "finished_at": "5/11 10.00",
    }
    given |= {"points_fixed": "1", "result": "menyala", "fault_component": "mcb", "action": "ganti"}
    sets = [word for name, text in given.items() for word in ("--set", f"{name}={text}")]
    assert told(0, "move", "streetlight_repair", uid, "schedule", *sets[:4]) == "SCHEDULED"
    assert told(0, "move", "streetlight_repair", uid, "start", *sets[4:6]) == "IN_PROGRESS"
    assert told(0, "move", "streetlight_repair", uid, "finish", *sets[6:]) == "DONE"


def test_twenty_rows_out_of_excel_with_an_error_in_one_cell(clerk: Clerk, office: AppContext, names: Names):
    """In the real window, the grid reached and left by keys alone."""
    rows = [f"Lampu LED 90 W Philips\t{number}\tbuah\tRp {number}.500\tgudang" for number in range(1, 21)]
    rows[11] = "Lampu LED 90 W Philips\tdua belas\tbuah\tRp 12.500\tgudang"
    clerk.go("streetlight_repair")
    clerk.begin()
    uid = clerk.view().showing()
    clerk.fill({**REPAIR, "priority": "sedang"}, {}, waits=True)
    clerk.walk_to("materials_1_material")
    QGuiApplication.clipboard().setText("\r\n".join(rows) + "\r\n")
    clerk.key(KEY.Key_V, CTRL)
    clerk.settle()
    assert clerk.message("materials") == (
        "error",
        "Baris 12: Jumlah: 'dua belas' bukan angka. Tulis angkanya saja, misalnya 1250.",
    )
    clerk.key(KEY.Key_S, CTRL)
    clerk.settle()
    assert not clerk.is_saved()
    assert clerk.focus() == "materials_12_qty"
    now = QApplication.focusWidget()
    assert now is not None
    assert now.property("text") == "dua belas"
    clerk.type("12")
    clerk.key(KEY.Key_Return)
    clerk.settle()
    assert clerk.message("materials") is None
    clerk.key(KEY.Key_S, CTRL)
    clerk.settle()
    assert clerk.is_saved(), clerk.complaints()

    record = stored(office, uid)
    lines = record.lines["materials"]
    assert [line.values["qty"] for line in lines] == [Number(number) for number in range(1, 21)]
    assert {line.values["material"] for line in lines} == {names["Lampu LED 90 W Philips"]}
    assert {(line.values["unit"], line.values["source"]) for line in lines} == {("PIECE", "STOCK")}
    assert record.values["materials_total"] == sum(number * (number * 1000 + 500) for number in range(1, 21))
