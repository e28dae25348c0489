"""Work beside the window: where it runs, who is told, what is dropped, and what happens when it breaks."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QPushButton

from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.words import Words
from desktop_app.ui.ops import Changed, Latest, Ops
from desktop_app.ui.working import Working

NO = KnownError(Words("Tidak bisa.", "Not possible."))


def raising(error):
    def work(_op):
        raise error

    return work


def test_the_work_is_done_in_a_worker_and_the_answer_comes_on_the_windows_thread(qtbot, ops):
    window = QThread.currentThread()
    told: list[Any] = []
    ops.run(
        lambda _op: threading.current_thread().name,
        done=lambda name: told.append((name, QThread.currentThread())),
    )
    qtbot.waitUntil(lambda: bool(told))
    name, thread = told[0]
    assert name.startswith("pelita-slow")
    assert thread is window


def test_in_one_lane_nothing_overtakes_and_lanes_do_not_wait_for_each_other(qtbot, ops):
    gate, order = threading.Event(), []
    ops.run(lambda _op: gate.wait(60), lane="write", done=lambda _: order.append("first write"))
    ops.run(lambda _op: None, lane="write", done=lambda _: order.append("second write"))
    ops.run(lambda _op: None, lane="quick", done=lambda _: order.append("read"))
    qtbot.waitUntil(lambda: order == ["read"])
    gate.set()
    qtbot.waitUntil(lambda: not ops.busy())
    assert order == ["read", "first write", "second write"]


def test_a_refusal_goes_to_the_one_who_asked(qtbot, ops):
    told: list[Any] = []
    elsewhere: list[Any] = []
    ops.refused.connect(elsewhere.append)
    ops.run(raising(NO), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [NO]
    assert elsewhere == []


def test_a_refusal_without_a_place_is_told_to_the_window(qtbot, ops):
    with qtbot.waitSignal(ops.refused) as told:
        ops.run(raising(NO))
    assert told.args == [NO.words]


def test_a_bug_is_logged_and_reported_without_what_was_typed(qtbot, ops, expects_log):
    done: list[Any] = []
    with qtbot.waitSignal(ops.broke) as told:
        ops.run(raising(ZeroDivisionError("1872045010990001")), done=done.append)
    assert "ZeroDivisionError" in told.args[0]
    assert "test_ops" in told.args[0]
    assert "1872045010990001" not in told.args[0]
    assert [record.levelname for record in expects_log.records] == ["ERROR"]
    assert done == []


def test_after_a_bug_the_worker_works_on(qtbot, ops, expects_log):
    done: list[Any] = []
    ops.run(raising(RuntimeError()))
    ops.run(lambda _op: 5, done=done.append)
    qtbot.waitUntil(lambda: done == [5])


def test_cancel_stops_at_the_next_report_of_progress(qtbot, ops):
    begun, seen, stopped = threading.Event(), [], []

    def work(op):
        for number in range(10_000_000):
            seen.append(number)
            begun.set()
            op.at(number, 10_000_000)

    op = ops.run(work, stopped=lambda: stopped.append(True))
    begun.wait(60)
    op.cancel()
    qtbot.waitUntil(lambda: bool(stopped))
    assert len(seen) < 10_000_000


def test_cancel_interrupts_what_said_how(qtbot, ops):
    woken, waits = threading.Event(), threading.Event()

    def work(op):
        with op.interruptible(woken.set):
            waits.set()
            woken.wait(60)
        if op.cancelled:
            raise Cancelled

    stopped = []
    op = ops.run(work, stopped=lambda: stopped.append(True))
    waits.wait(60)
    op.cancel()
    qtbot.waitUntil(lambda: bool(stopped))
    assert woken.is_set()


def test_what_was_cancelled_before_its_turn_never_begins(qtbot, ops):
    gate, begun = threading.Event(), []
    ops.run(lambda _op: gate.wait(60))
    second = ops.run(lambda _op: begun.append(True))
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not ops.busy())
    assert begun == []


def test_of_a_question_only_the_newest_answer_counts(qtbot, ops):
    answers: list[Any] = []
    owner = QObject()
    latest = Latest(ops, "quick", owner)
    gate = threading.Event()
    latest.run(lambda _op: gate.wait(60) and "old", answers.append)
    latest.run(lambda _op: "new", answers.append)
    gate.set()
    qtbot.waitUntil(lambda: not ops.busy())
    assert answers == ["new"]
    assert not latest.waiting()


def test_nobody_is_told_whose_widget_has_gone(qtbot, ops):
    answers: list[Any] = []
    owner = QPushButton()
    gate = threading.Event()
    ops.run(lambda _op: gate.wait(60), owner=owner, done=answers.append)
    owner.deleteLater()
    qtbot.wait(1)
    gate.set()
    qtbot.waitUntil(lambda: not ops.busy())
    assert answers == []


def test_the_bus_tells_what_changed_and_who_began_it(qtbot, ops):
    order: list[Any] = []
    ops.changed.connect(order.append)
    me = object()
    ops.run(
        lambda _op: "uid",
        lane="write",
        done=order.append,
        changes=lambda uid: Changed(frozenset({"park"}), uid, me),
    )
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["uid", Changed(frozenset({"park"}), "uid", me)]


def test_a_refused_write_changed_nothing(qtbot, ops):
    changed: list[Any] = []
    ops.changed.connect(changed.append)
    ops.run(raising(NO), lane="write", failed=lambda _: None, changes=Changed(frozenset({"park"})))
    qtbot.waitUntil(lambda: not ops.busy())
    assert changed == []


def test_a_write_whose_page_was_closed_is_told_to_the_others_all_the_same(qtbot, ops):
    op = ops.run(lambda _op: None, lane="write", changes=Changed(frozenset({"park"})))
    op.dropped = True
    with qtbot.waitSignal(ops.changed) as told:
        pass
    assert told.args[0].kinds == {"park"}


def test_long_work_is_shown_with_progress_and_cancel_and_goes_when_it_ends(qtbot, ops):
    shown = Working()
    qtbot.addWidget(shown)
    gate, told = threading.Event(), threading.Event()

    def work(op):
        op.at(40, 100, Words("Menulis baris", "Writing rows"))
        told.set()
        gate.wait(60)
        op.at(50, 100)

    stopped = []
    op = ops.run(work, stopped=lambda: stopped.append(True))
    shown.watch(op, Words("Mengekspor", "Exporting"))
    assert shown.isHidden()
    told.wait(60)
    qtbot.waitUntil(lambda: not shown.isHidden())
    assert "40 dari 100" in shown.text()
    shown.cancel.click()
    gate.set()
    qtbot.waitUntil(lambda: bool(stopped))
    assert shown.isHidden()


def test_short_work_is_not_shown(qtbot, ops):
    done: list[Any] = []
    shown = Working()
    qtbot.addWidget(shown)
    shown.watch(ops.run(lambda _op: 1, done=done.append), Words("Mengekspor", "Exporting"))
    qtbot.waitUntil(lambda: bool(done))
    assert shown.isHidden()


def test_what_is_asked_after_the_end_is_not_done(qtbot, qapp):
    done: list[Any] = []
    workers = Ops()
    workers.close()
    op = workers.run(done.append, done=done.append)
    qtbot.wait(1)
    assert op.over
    assert done == []


def test_closing_waits_for_the_write_that_began(qtbot, qapp):
    workers, begun, wrote = Ops(), threading.Event(), []

    def write(_op):
        begun.set()
        wrote.append(True)

    workers.run(write, lane="write")
    begun.wait(60)
    workers.close()
    assert wrote == [True]


def test_an_answer_that_is_waited_for_is_delivered_at_once_and_only_once(qtbot, ops):
    told: list[Any] = []
    op = ops.run(lambda _op: "here", done=told.append)
    assert op.wait(60)
    assert told == ["here"]
    qtbot.waitUntil(lambda: not ops.busy())
    ops.run(lambda _op: None, done=lambda _: told.append("next"))
    qtbot.waitUntil(lambda: told == ["here", "next"])
    assert op.wait(0)


def test_who_waits_in_vain_or_for_a_refusal_is_told_as_ever(qtbot, ops):
    gate = threading.Event()
    told: list[Any] = []
    refused: list[Any] = []
    late = ops.run(lambda _op: gate.wait(60), done=told.append)
    assert not late.wait(0.01)
    assert told == []
    gate.set()
    qtbot.waitUntil(lambda: told == [True])
    question = Latest(ops, "slow", ops)
    assert not question.wait(0)
    question.run(raising(NO), told.append, refused.append)
    assert not question.wait(60)
    assert refused == []
    qtbot.waitUntil(lambda: refused == [NO])
