"""The rows of a list: first page at once, ids, pages in a worker, late answers, and the view with keys and mouse."""

from __future__ import annotations

import threading
from array import array
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_app.core.query import Query
from desktop_app.services import records
from desktop_app.services.lists import Cell, ListRow, Source
from desktop_app.ui import theme
from desktop_app.ui.table.delegate import PAD
from desktop_app.ui.table.model import FIRST, KEPT, MARKS, PAGE, Gone, RowsModel
from desktop_app.ui.table.view import RowsView
from tests.ui.city import LAMPS, REPAIRS

REPAIR = Query("streetlight_repair")
LAMP = Query("light_point")


@pytest.fixture
def model(city, ops):
    return RowsModel(city.registry["streetlight_repair"], Source(city), ops)


@pytest.fixture
def view(qtbot, model):
    view = RowsView(model, "list_streetlight_repair")
    qtbot.addWidget(view)
    view.resize(1100, 560)
    view.show()
    model.ask(REPAIR)
    settle(qtbot, model)
    return view


def settle(qtbot, model):
    qtbot.waitUntil(lambda: not model.waiting())


def shown(model, number):
    row = model.row(number)
    assert isinstance(row, ListRow)
    return row


def resize(view, width, height=560):
    view.resize(width, height)
    QApplication.processEvents()


def uids(city, query):
    with city.store.reading() as reader:
        return [row.uid for row in reader.rows(query.kind, reader.ids(query))]


# --- the model


def test_the_first_rows_are_there_before_all_ids_are_known(qtbot, model):
    seen = []
    model.answered.connect(lambda: seen.append((model.rowCount(), model.whole())))
    model.complete.connect(lambda number: seen.append((number, model.whole())))
    model.ask(REPAIR)
    settle(qtbot, model)
    assert seen == [(FIRST, False), (REPAIRS, True)]


def test_the_rows_are_those_of_the_store_in_its_order(qtbot, city, model):
    model.ask(REPAIR)
    settle(qtbot, model)
    wanted = uids(city, REPAIR)
    for number in range(0, REPAIRS, 37):
        model.row(number)
        settle(qtbot, model)
        assert model.row(number).uid == wanted[number]


def test_fewer_rows_than_a_page_need_no_second_question(qtbot, city, ops):
    asked: list[Any] = []

    class Watched(Source):
        def all_ids(self, query, op=None):
            asked.append(query)
            return super().all_ids(query, op)

    model = RowsModel(city.registry["power_panel"], Watched(city), ops)
    model.ask(Query("power_panel"))
    settle(qtbot, model)
    assert model.whole()
    assert model.rowCount() == 12
    assert asked == []


def test_the_cells_say_what_people_read(qtbot, city, model):
    model.ask(REPAIR)
    settle(qtbot, model)
    row = model.row(0)
    headings = [model.headerData(section, Qt.Orientation.Horizontal) for section in range(5)]
    assert headings == ["", "Lapor", "Lampu dan jalan", "Kelurahan", "Status"]
    with city.store.reading() as reader:
        stored = reader.get("streetlight_repair", row.uid)
        village = reader.title("region", stored.values["village_code"])
    texts = [model.index(0, section).data() for section in range(5)]
    day = stored.values["received_at"].astimezone(city.settings.zone)
    assert texts[1] == f"{day:%d/%m}"
    assert stored.values["street_name"] in texts[2]
    assert texts[3] == village
    assert texts[4] == city.registry["streetlight_repair"].life_cycle.by_code[stored.status].id
    assert row.cells[3].shape == city.registry["streetlight_repair"].life_cycle.by_code[stored.status].shape


def test_marks_speak(qtbot, model):
    model.ask(REPAIR)
    settle(qtbot, model)
    assert model.index(0, MARKS).data(Qt.ItemDataRole.AccessibleTextRole) == "Belum terkirim"
    assert model.index(0, MARKS).data(Qt.ItemDataRole.ToolTipRole) == "Belum terkirim"


def test_numbers_stand_at_the_right_with_their_heading(qtbot, city, ops):
    model = RowsModel(city.registry["power_panel"], Source(city), ops)
    model.ask(Query("power_panel"))
    settle(qtbot, model)
    columns = [column.field for column in model.kind.columns]
    number, word = columns.index("connected_power_va") + 1, columns.index("panel_code") + 1
    for section, right in ((number, True), (word, False)):
        head = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        cell = model.index(0, section).data(Qt.ItemDataRole.TextAlignmentRole)
        assert bool(head & Qt.AlignmentFlag.AlignRight.value) is right
        assert bool((cell or 0) & Qt.AlignmentFlag.AlignRight.value) is right


def test_a_late_answer_to_an_old_question_is_not_shown(qtbot, city, ops):
    gate = threading.Event()

    class Slow(Source):
        def first_page(self, query, limit=50, op=None):
            if query.search == "lama":
                gate.wait(60)
                return super().first_page(REPAIR, limit)
            return super().first_page(query, limit, op)

    model = RowsModel(city.registry["streetlight_repair"], Slow(city), ops)
    model.ask(Query("streetlight_repair", search="lama"))
    model.ask(Query("streetlight_repair", search="tidakadayangbegini"))
    gate.set()
    settle(qtbot, model)
    qtbot.waitUntil(lambda: not ops.busy())
    assert model.rowCount() == 0


def test_a_new_question_stops_the_one_that_runs(qtbot, city, ops):
    began, stopped = threading.Event(), threading.Event()

    class Endless(Source):
        def all_ids(self, query, op=None):
            if query.sort == "village_code":
                with op.interruptible(stopped.set):
                    began.set()
                    assert stopped.wait(60)
                return array("q")
            return super().all_ids(query, op)

    model = RowsModel(city.registry["streetlight_repair"], Endless(city), ops)
    model.ask(Query("streetlight_repair", sort="village_code"))
    qtbot.waitUntil(began.is_set)
    model.ask(REPAIR)
    settle(qtbot, model)
    assert stopped.is_set()
    assert model.rowCount() == REPAIRS


def test_only_some_pages_are_kept(qtbot, city, ops):
    class Many(Source):
        def all_ids(self, query, op=None):
            return array("q", range(1, 100_001))

        def first_page(self, query, limit=50, op=None):
            return self.page(query.kind, range(1, limit + 1), op)

        def page(self, kind, pks, op=None):
            cell = Cell("x")
            return [ListRow(pk, f"u{pk}", None, (cell,) * 11, None, frozenset()) for pk in pks]

    model = RowsModel(city.registry["streetlight_repair"], Many(city), ops)
    model.ask(REPAIR)
    settle(qtbot, model)
    for number in range(0, 100_000, 120 * PAGE):
        assert model.row(number) is None or number == 0
        settle(qtbot, model)
        assert shown(model, number).uid == f"u{number + 1}"
    settle(qtbot, model)
    assert len(model._pages) <= KEPT
    model.row(99_999)
    settle(qtbot, model)
    assert shown(model, 99_999).pk == 100_000


def test_a_row_that_has_gone_leaves_the_others_in_their_place(qtbot, city, model):
    model.ask(REPAIR)
    settle(qtbot, model)
    wanted = uids(city, REPAIR)
    with city.store.writing("Agus Prasetyo") as writer:
        pk = model.pk(250)
        table = writer.tables.main["streetlight_repair"]
        writer.connection.execute(table.delete().where(table.c.pk == pk))
    model.row(250)
    settle(qtbot, model)
    assert isinstance(model.row(250), Gone)
    assert model.row(251).uid == wanted[251]


def test_a_reload_takes_in_what_is_new_and_out_what_has_gone(qtbot, city, model):
    model.ask(REPAIR)
    settle(qtbot, model)
    removed = model.row(3).uid
    records.remove(city, "streetlight_repair", removed, "dobel")
    model.reload(0, 20)
    settle(qtbot, model)
    assert model.rowCount() == REPAIRS - 1
    assert model.known_number_of(removed) == -1


def test_the_model_keeps_qts_rules(qtbot, qtmodeltester, model):
    model.ask(REPAIR)
    settle(qtbot, model)
    for start in range(0, REPAIRS, PAGE):
        model.row(start)
        settle(qtbot, model)
    qtmodeltester.check(model)


def jump(view, number):
    """Bring a row to the top and paint, as dragging the scroll bar does."""
    view.verticalScrollBar().setValue(number * view.verticalHeader().defaultSectionSize())
    view.viewport().repaint()


def test_a_jump_paints_its_rows_at_once_when_they_come_in_a_blink(view, model, monkeypatch):
    monkeypatch.setattr("desktop_app.ui.table.model._BLINK", 60)
    jump(view, 150)
    first, fit = view.seen()
    assert first == 150
    assert all(isinstance(model.row(number), ListRow) for number in range(first, first + fit))


def test_a_jump_does_not_wait_for_a_slow_disk(qtbot, city, ops):
    gate = threading.Event()

    class Slow(Source):
        def page(self, kind, pks, op=None):
            gate.wait(60)
            return super().page(kind, pks, op)

    model = RowsModel(city.registry["streetlight_repair"], Slow(city), ops)
    view = RowsView(model, "list_streetlight_repair")
    qtbot.addWidget(view)
    view.resize(1100, 560)
    view.show()
    model.ask(REPAIR)
    qtbot.waitUntil(model.whole)
    jump(view, 150)
    assert model.row(150) is None
    gate.set()
    qtbot.waitUntil(lambda: isinstance(model.row(150), ListRow))


# --- the view


def test_arrows_and_ends_move_and_enter_opens(qtbot, view):
    opened: list[Any] = []
    view.opened.connect(opened.append)
    view.choose(0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view, key)
    assert view.current_number() == 1
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [1, REPAIRS - 1, 0]


def test_a_double_click_opens_the_row_under_the_mouse(qtbot, view):
    opened: list[Any] = []
    view.opened.connect(opened.append)
    place = view.visualRect(view.model().index(4, 2)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [4]


def test_everything_is_a_flag_and_not_a_selection(qtbot, view):
    view.choose(2)
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.everything
    assert view.selected_count() == REPAIRS
    assert not view.selectionModel().hasSelection()
    assert view.selected_numbers(3) == [0, 1, 2]
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert not view.everything
    assert view.selected_count() == 1


def test_a_range_is_counted_without_walking_through_it(qtbot, view):
    view.choose(5)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.selected_count() == 4
    assert view.selected_numbers(100) == [5, 6, 7, 8]


def test_letters_typed_into_the_list_are_handed_on(qtbot, view):
    typed: list[Any] = []
    view.typed.connect(typed.append)
    QTest.keyClick(view, Qt.Key.Key_M)
    assert typed == ["m"]


def test_a_heading_asks_for_the_order(qtbot, view):
    asked: list[Any] = []
    view.sort_asked.connect(asked.append)
    head = view.horizontalHeader()
    QTest.mouseClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(3) + 10, 8)
    )
    QTest.mouseClick(
        head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(head.sectionViewportPosition(MARKS) + 10, 8)
    )
    assert asked == [3]


def test_selection_and_place_stay_over_a_reload(qtbot, city, view):
    model = view.rows
    view.choose(120)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, model)
    chosen = [model.pk(number) for number in (120, 121)]
    top = view.rowAt(0)
    on_top, offset = model.pk(top), view.rowViewportPosition(top)
    records.remove(
        city, "streetlight_repair", model.row(0).uid if model.row(0) else uids(city, REPAIR)[0], "dobel"
    )
    model.reload(*view.seen())
    settle(qtbot, model)
    assert [model.pk(number) for number in view.selected_numbers(9)] == chosen
    assert view.current_number() == 120
    assert model.pk(view.rowAt(0)) == on_top
    assert view.rowViewportPosition(view.rowAt(0)) == offset


def test_the_rows_seen_are_there_at_once_after_a_reload(qtbot, view):
    model = view.rows
    view.choose(200)
    settle(qtbot, model)
    blank: list[Any] = []

    def look():
        top, fit = view.seen()
        blank.extend(n for n in range(top, min(top + fit - 1, REPAIRS)) if model.row(n) is None)

    model.answered.connect(look)
    model.reload(*view.seen())
    settle(qtbot, model)
    assert blank == []


def test_columns_step_back_when_there_is_no_room_and_come_again(qtbot, view):
    def seen():
        return [
            view.rows.column(s).field for s in range(1, view.rows.columnCount()) if not view.isColumnHidden(s)
        ]

    wide = seen()
    assert wide == ["received_at", "lamp_code", "village_code", "status"]
    view.layout_of_columns.show("crew", True)
    view.layout_of_columns.show("planned_date", True)
    assert set(seen()) == {*wide, "crew", "planned_date"}
    resize(view, 480)
    narrow = seen()
    assert narrow[0] == "received_at"
    assert "status" in narrow
    assert "lamp_code" in narrow
    assert "crew" not in narrow
    assert view.horizontalHeader().length() <= view.viewport().width()
    resize(view, 1100)
    assert set(seen()) == {*wide, "crew", "planned_date"}


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize(
    ("kind", "column", "words"),
    [("plot_permit", "valid_until", "06/10/2028"), ("burial", "age_at_death", "70 tahun")],
)
def test_dates_and_figures_are_seen_whole(qtbot, qapp, city, ops, kind, column, words, scale):
    theme.apply(qapp, dark=False, scale=scale)
    rows = RowsView(RowsModel(city.registry[kind], Source(city), ops), f"list_{kind}")
    qtbot.addWidget(rows)
    rows.show()
    resize(rows, round(1250 * scale))
    look, section = theme.current(), [one.field for one in city.registry[kind].columns].index(column) + 1
    width = rows.columnWidth(section)
    theme.apply(qapp, dark=False)
    assert not rows.isColumnHidden(section)
    assert width >= look.metrics["body"].horizontalAdvance(words) + 2 * look.px(PAD)


def test_exactly_one_column_stretches(qtbot, view):
    for width in (420, 700, 1100):
        resize(view, width)
        head = view.horizontalHeader()
        modes = [head.sectionResizeMode(s) for s in range(head.count()) if not head.isSectionHidden(s)]
        assert modes.count(head.ResizeMode.Stretch) == 1
        assert head.length() <= max(view.viewport().width(), 420)


def test_the_columns_are_remembered_by_name(qtbot, view):
    layout = view.layout_of_columns
    names = layout.names()
    layout.order(["status", *[name for name in names if name != "status"]])
    layout.show("crew", True)
    kept = layout.kept()
    layout.reset()
    assert layout.names() == names
    layout.take({**kept, "order": ["gone", *kept["order"]]})
    assert layout.names()[0] == "status"
    assert layout.is_shown("crew")
    assert view.horizontalHeader().visualIndex(MARKS) == 0


def test_the_mouse_marks_a_row_and_leaving_unmarks_it(qtbot, view):
    place = view.visualRect(view.model().index(3, 2)).center()
    QTest.mouseMove(view.viewport(), place)
    qtbot.waitUntil(lambda: view.hovered == 3)
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.hovered == -1


def test_marks_and_shortened_cells_tell_their_words(qtbot, view, monkeypatch):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, *_: shown.append(words))
    layout = view.layout_of_columns

    def point_at(section):
        at = view.visualRect(view.model().index(0, section)).center()
        QApplication.sendEvent(
            view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
        )

    point_at(MARKS)
    point_at(3)
    layout.user_width(3, 30)
    layout.fit()
    point_at(3)
    assert shown == ["Belum terkirim", "", view.model().index(0, 3).data()]
    assert shown[2]


def test_a_selected_row_is_painted_in_the_tint_with_the_bar(qtbot, view):
    from desktop_app.ui import theme

    view.choose(1)
    picture = view.viewport().grab().toImage()
    look = theme.current()
    middle = view.visualRect(view.model().index(1, 2)).center()
    assert picture.pixelColor(1, middle.y()) == look.colour("focus")
    assert picture.pixelColor(
        view.visualRect(view.model().index(1, 2)).right() - 3, middle.y()
    ) == look.colour("accent_tint")
    other = view.visualRect(view.model().index(2, 2))
    assert picture.pixelColor(other.right() - 3, other.center().y()) == look.colour("surface")
    assert picture.pixelColor(other.right() - 3, other.bottom()) == look.colour("hairline")


def test_lamps_are_listed_too(qtbot, city, ops):
    model = RowsModel(city.registry["light_point"], Source(city), ops)
    model.ask(LAMP)
    settle(qtbot, model)
    assert model.rowCount() == LAMPS
