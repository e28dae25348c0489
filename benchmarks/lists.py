"""A list of many repairs against Qt's own table models: opening, sorting, filtering, jumping, painting, memory.

`QSqlTableModel` reads the same database file; the model with constant data stands in the same view as the program's list, and paints
rows of the same list, all of them in memory. `--brief` measures only the jumps and the painting.
"""
# ruff: noqa: PLC0415  (the measuring process imports neither Qt nor the program)

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import common
from benchmarks.common import KIND, Taken, middle, ms, tell

if TYPE_CHECKING:
    from PySide6.QtSql import QSqlTableModel
    from PySide6.QtWidgets import QTableView


SORTS = (
    "received_at",
    "-received_at",
    "lamp_code",
    "-lamp_code",
    "status",
    "village_code",
    "category",
    "finished_at",
)
FILTERS = (
    ("status", ("IN_PROGRESS",), "\"status\" = 'IN_PROGRESS'"),
    ("status", ("CONFIRMED",), "\"status\" = 'CONFIRMED'"),
    ("category", ("CABLE_HAZARD",), "\"category\" = 'CABLE_HAZARD'"),
    ("village_code", ("18.72.04.1003",), "\"village_code\" = '18.72.04.1003'"),
)
JUMPS, FEW_JUMPS, PAINTINGS = 300, 100, 100
CONSTANT = 2_000  # rows in memory: as many different texts as a user sees in a long scroll


# ---- sides


def ours(rows: int, times: int) -> None:
    from benchmarks.inside import Listed, each
    from desktop_app.core.query import Query

    listed = Listed(common.folder(rows))
    opened = each([partial(listed.ask, Query(KIND))] * times, listed.settle)
    sorts = {
        sort: each([partial(listed.ask, Query(KIND, sort=sort))] * times, listed.settle).told()
        for sort in SORTS
    }
    filters = {
        f"{field}={allowed[0]}": each(
            [partial(listed.ask, Query(KIND, where=((field, allowed),)))] * times, listed.settle
        ).told()
        for field, allowed, _ in FILTERS
    }
    listed.ask(Query(KIND))
    listed.settle()
    end = each([partial(listed.go, listed.model.rowCount() - 1)] * times, partial(_home, listed))
    listed.settle()
    listed.close()
    common.answer(open=opened.told(), sorts=sorts, filters=filters, end=end.told())


def _home(listed: object) -> None:
    listed.go(0)  # type: ignore[attr-defined]
    listed.settle()  # type: ignore[attr-defined]


def alternating(rows: int, times: int) -> None:
    """The program's list and the same view with rows that are always there, by turns: what else the machine does slows both.

    Each jump goes to the same place in both; then what is seen is painted again, beside Qt's own model and delegate in C++.
    """
    from array import array

    from benchmarks.inside import Listed, by_turns, jump, shown
    from desktop_app.core.query import Query
    from desktop_app.services.lists import ListRow, Source
    from desktop_app.ui.table.model import RowsModel
    from desktop_app.ui.table.view import RowsView

    listed = Listed(common.folder(rows))
    listed.ask(Query(KIND))
    listed.settle()
    source: Source = listed.model._source  # noqa: SLF001
    kept = source.page(KIND, listed.model.pks(range(min(CONSTANT, listed.model.rowCount()))))

    class Constant(RowsModel):
        def row(self, number: int) -> ListRow:
            return kept[number % len(kept)]

        def bring(self, first: int, last: int) -> None:
            pass

    model = Constant(listed.kind, source, listed.ops)
    view = shown(RowsView(model, "constant"))
    model.beginResetModel()
    model._ids = array("q", range(listed.model.rowCount()))  # noqa: SLF001
    model.endResetModel()
    places = _places(model.rowCount())[:times]
    jumps = by_turns(
        [[partial(listed.go, place), partial(jump, view, place)] for place in places], listed.settle
    )
    qts = _standard_view()
    painted = [one.viewport() for one in (listed.view, view, qts)]
    for viewport in painted:
        viewport.repaint()
    paintings = by_turns([[viewport.repaint for viewport in painted]] * PAINTINGS)
    listed.close()
    common.answer(jumps=[one.told() for one in jumps], paint=[one.told() for one in paintings])


def _standard_view() -> QTableView:
    """What Qt's own model and delegate need for the same viewport."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView

    from benchmarks.inside import shown

    view = QTableView()
    model = QStandardItemModel(200, 0, view)
    for text in ("12/11 08.15", "PJU-0042, Jl. Ki Hajar Dewantara", "Iring Mulyo", "Dikonfirmasi"):
        model.appendColumn([QStandardItem(f"{text} {number}") for number in range(200)])
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(36)
    for column in range(4):
        view.setColumnWidth(column, 260)
    return shown(view)


def qsql(rows: int, times: int) -> None:
    from benchmarks.inside import each, jump

    model, view = _qsql(rows)

    def first(order: str = "", where: str = "") -> None:
        from PySide6.QtCore import Qt

        model.setFilter(where)
        if order:
            down = Qt.SortOrder.DescendingOrder if order.startswith("-") else Qt.SortOrder.AscendingOrder
            model.setSort(model.fieldIndex(order.lstrip("-")), down)
        else:
            model.setSort(-1, Qt.SortOrder.AscendingOrder)
        model.select()
        jump(view, 0)

    opened = each([first] * times)
    sorts = {sort: each([partial(first, sort)] * max(1, times // 2)).told() for sort in SORTS}
    filters = {
        f"{field}={allowed[0]}": each([partial(first, "-received_at", where)] * max(1, times // 2)).told()
        for field, allowed, where in FILTERS
    }
    common.answer(open=opened.told(), sorts=sorts, filters=filters)


def ours_scrolled(rows: int, _times: int) -> None:
    from benchmarks.inside import Listed
    from desktop_app.core.query import Query

    listed = Listed(common.folder(rows))
    listed.ask(Query(KIND))
    listed.settle()
    for place in (*_places(listed.model.rowCount()), listed.model.rowCount() - 1):
        listed.go(place)
    listed.settle()
    listed.close()
    common.answer()


def qsql_scrolled(rows: int, _times: int) -> None:
    from benchmarks.inside import each, jump

    model, view = _qsql(rows)
    model.select()

    def to_the_end() -> None:
        while model.canFetchMore():
            model.fetchMore()
        jump(view, model.rowCount() - 1)

    common.answer(end=each([to_the_end]).told(), rows=model.rowCount())


def _qsql(rows: int) -> tuple[QSqlTableModel, QTableView]:
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel
    from PySide6.QtWidgets import QTableView

    from benchmarks.inside import application, shown

    application()
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(str(common.folder(rows) / "pelita.db"))
    if not database.open():
        raise SystemExit(database.lastError().text())
    model = QSqlTableModel(None, database)
    model.setTable(KIND)
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(36)
    return model, shown(view)


def _places(rows: int) -> list[int]:
    chance = random.Random(7)
    return [chance.randrange(max(1, rows - 20)) for _ in range(JUMPS)]


# ---- the comparison


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    rows, times = given.rows, given.times
    if given.side:
        globals()[given.side](rows, times)
        return
    common.folder(rows)
    common.head()
    if not given.brief:
        a, b = (common.side("lists", name, rows, "--times", str(times)) for name in ("ours", "qsql"))
        _first_pages(a.answer, b.answer)
    turns = common.side("lists", "alternating", rows, "--times", str(FEW_JUMPS if given.brief else JUMPS))
    _tell_jumps(*map(Taken.of, turns.answer["jumps"]))
    _tell_painting(*map(Taken.of, turns.answer["paint"]))
    if given.brief:
        return
    scrolled, to_end = (common.side("lists", name, rows) for name in ("ours_scrolled", "qsql_scrolled"))
    one, other = Taken.of(a.answer["end"]).median, Taken.of(to_end.answer["end"]).median
    tell("go to the last row", one / other, "0.25", ms(one), f"{ms(other)} QSqlTableModel", times)
    tell(
        "memory, list scrolled",
        scrolled.peak / to_end.peak,
        "0.05",
        f"{scrolled.peak:.0f} MB",
        f"{to_end.peak:,.0f} MB QSqlTableModel at its end",
        1,
    )


def _tell_jumps(ours: Taken, still: Taken) -> None:
    number = len(ours.wall)
    cpu = f"CPU {ours.cpu / number * 1000:.1f} / {still.cpu / number * 1000:.1f} ms each"
    for name, one, other in (("p50", ours.median, still.median), ("p99", ours.p99, still.p99)):
        tell(
            f"jump anywhere, {name}",
            one / other,
            "2 (p99)",
            ms(one),
            f"{ms(other)} constant data",
            number,
            cpu,
        )


def _tell_painting(ours: Taken, still: Taken, qts: Taken) -> None:
    times = f"{ms(qts.median)} C++ model"
    more = f"constant data {ms(still.median)}"
    tell("paint one viewport", ours.median / qts.median, "1.3", ms(ours.median), times, len(ours.wall), more)


def _first_pages(mine: dict, other: dict) -> None:  # type: ignore[type-arg]
    one, two = Taken.of(mine["open"]), Taken.of(other["open"])
    cpu = f"CPU {one.cpu / len(one.wall) * 1000:.0f} / {two.cpu / len(two.wall) * 1000:.0f} ms"
    tell(
        "open: first page",
        one.median / two.median,
        "1.3",
        ms(one.median),
        f"{ms(two.median)} QSqlTableModel",
        len(one.wall),
        cpu,
    )
    for what, goal in (("sorts", "0.1"), ("filters", "0.1")):
        ratios = []
        for name, told in mine[what].items():
            one, two = Taken.of(told), Taken.of(other[what][name])
            ratios.append(one.median / two.median)
            tell(
                f"first page, {what[:-1]} {name}",
                ratios[-1],
                goal,
                ms(one.median),
                ms(two.median),
                len(one.wall),
            )
        tell(f"{what}, median", middle(ratios), goal, "", "", len(ratios))


if __name__ == "__main__":
    main()
