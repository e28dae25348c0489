"""What is wrong with a record: each generic check by itself, in words that name the field and the values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as Number

from desktop_app.core import rules
from desktop_app.core.fields import Value
from desktop_app.core.record import Line, Moved, Record
from desktop_app.core.spec import Rule
from desktop_app.core.words import Words
from tests.unit.core.slip import NOON, SLIP, House, begun, opened, where

RIGHT: dict[str, Value] = {"lamp": "u-42", "reported_on": dt.date(2026, 11, 5), "cause": "LAMP"}


def found(house=None, **values):
    """The findings of a slip that is right but for these values: code -> finding."""
    draft = begun({**RIGHT, **values}, house)
    return {one.code: one for one in draft.findings()}


def said(findings, code):
    return findings[code].severity, findings[code].words.id


def test_a_right_record_has_no_findings():
    assert found() == {}


def test_what_must_be_filled_is_an_error_in_both_languages():
    one = found(cause=None)["cause:missing"]
    assert (one.severity, one.field) == ("error", "cause")
    assert one.words == ("Sebab belum diisi.", "Cause is not filled in yet.")


def test_what_does_not_apply_is_never_missing():
    assert found() == {}
    assert set(found(cause="OTHER")) == {"other_cause:missing"}


def test_a_code_that_is_not_in_the_list():
    assert said(found(cause="GONE"), "cause:range") == ("error", "Sebab: kode 'GONE' tidak ada dalam daftar.")


def test_several_codes_of_which_one_is_not_in_the_list():
    assert said(found(also=("LAMP", "GONE")), "also:range") == (
        "error",
        "Juga: kode 'GONE' tidak ada dalam daftar.",
    )


def test_a_text_that_is_too_long():
    assert said(found(notes="x" * 201), "notes:range") == (
        "error",
        "Keterangan: 201 huruf, paling banyak 200.".replace("Keterangan", "Catatan"),
    )


def test_numbers_out_of_their_bounds():
    assert said(found(poles=0), "poles:range") == ("error", "Tiang: 0 terlalu kecil, paling sedikit 1.")
    assert said(found(poles=1234), "poles:range") == (
        "error",
        "Tiang: 1.234 terlalu besar, paling banyak 50.",
    )
    assert said(found(length=Number("-0.5")), "length:range")[0] == "error"
    assert found(poles=50, length=Number(0)) == {}


def test_days_and_moments_that_are_still_to_come():
    tomorrow = dt.date(2026, 11, 6)
    assert said(found(reported_on=tomorrow), "reported_on:range") == (
        "error",
        "Tanggal lapor 06/11/2026 belum terjadi.",
    )
    assert "done_at:range" in found(done_at=NOON + dt.timedelta(minutes=1))
    assert found(done_at=NOON) == {}


def test_the_day_is_the_offices_not_that_of_greenwich():
    late = dt.datetime(2026, 11, 4, 18, 0, tzinfo=dt.UTC)  # 5 November, one o'clock at night in Lampung
    draft = begun(RIGHT, now=late)
    assert [one.code for one in draft.findings()] == []


def test_the_same_value_on_another_living_record_is_told_with_the_way_there():
    house = House()
    house.records["slip", "s9"] = Record("slip", "s9", {"code": "A-1"})
    one = found(house, code="A-1")["code:unique"]
    assert (one.severity, one.see) == ("warning", ("slip", "s9"))
    assert "A-1" in one.words.id
    mine = Record("slip", "s9", {**RIGHT, "code": "A-1"})
    assert opened(mine, house).findings() == []


def _one(findings, field):
    """The one finding of a declared rule at this field."""
    (code,) = [code for code in findings if code.startswith(f"{field}:") and len(code) == len(field) + 9]
    return findings[code]


def test_the_code_of_a_rule_is_that_of_its_words_wherever_it_stands():
    rule = Rule("error", "lamp", lambda _: True, Words("x", "No lamp"))
    other = Rule("error", "lamp", lambda _: True, Words("y", "No light"))
    view = begun(RIGHT).view()
    alone = [one.code for one in rules._rules(view, (rule,), None)]
    later = [one.code for one in rules._rules(view, (other, rule), None)]
    assert later[1:] == alone
    assert later[0] != alone[0]


def test_a_declared_warning_names_what_it_found_and_where():
    house = House()
    house.records["slip", "s9"] = Record("slip", "s9", {"lamp": "u-42", "reported_on": dt.date(2026, 11, 3)})
    one = _one(found(house), "lamp")
    assert (one.severity, one.see) == ("warning", ("slip", "s9"))
    assert one.words == (
        "Lampu PJU-0042 sudah punya laporan 03/11/2026.",
        "Lamp PJU-0042 has a report of 03/11/2026 already.",
    )


def test_a_declared_error_is_a_warning_on_a_record_from_an_old_register():
    late = {"installed": dt.date(2026, 12, 1)}
    assert said(found(**late), _one(found(**late), "installed").code) == (
        "error",
        "Dipasang 01/12/2026 sesudah lapor 05/11/2026.",
    )
    assert _one(found(**late, from_old_register=True), "installed").severity == "warning"


def test_a_rule_on_a_field_that_does_not_apply_is_not_asked():
    rule = Rule("error", "other_cause", lambda _: True, Words("x", "x"))
    view = begun(RIGHT).view()
    assert list(rules._rules(view, (rule,), None)) == []


def test_lines_are_checked_one_by_one():
    draft = begun(RIGHT)
    draft.record.lines["parts"] = [
        Line("p1", {"part": "Kabel", "qty": Number(2), "price": 0}),
        Line("p2", {"part": None, "qty": Number(-1)}),
    ]
    codes = {(one.code, one.line[1]): one for one in draft.findings()}
    free = next(code for code in codes if code[0].startswith("parts.price:"))
    assert set(codes) == {free, ("parts.part:missing", "p2"), ("parts.qty:range", "p2")}
    assert codes[free].words.id == "Kabel gratis?"


def test_errors_come_before_warnings():
    house = House()
    house.records["slip", "s9"] = Record("slip", "s9", {"lamp": "u-42"})
    draft = begun({**RIGHT, "poles": 0}, house)
    assert [one.severity for one in draft.findings()] == ["error", "warning"]


# ---- moves


def at_work(**values):
    record = Record("slip", "s1", {**RIGHT, **values})
    record.status = "WORK"
    record.moves = [Moved("m1", "begin", "NEW", "WORK", NOON, "Sri")]
    return record


def guard(record, name, person):
    draft = opened(record)
    assert SLIP.life_cycle is not None
    step = SLIP.life_cycle.move(name)
    assert step is not None
    return rules.guard(draft.at(where(person=person)).view(), step)


def test_a_move_needs_its_fields_and_a_second_person():
    assert [one.code for one in guard(at_work(), "finish", "Agus")] == ["done_at:missing"]
    both = guard(at_work(done_at=NOON), "finish", "Sri")
    assert [one.code for one in both] == ["move:finish:second_person"]
    assert "Sri" in both[0].words.id
    assert guard(at_work(done_at=NOON), "finish", "Agus") == []


def test_what_a_move_required_stays_required():
    record = at_work()
    record.status = "DONE"
    assert [one.code for one in opened(record).findings()] == ["done_at:missing"]
