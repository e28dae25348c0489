"""What there is to do today, one line each: what, why, where it stands, since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.show import date
from desktop_app.core.words import tr
from desktop_app.services.home import Task
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Button, ElidedLabel, Hairline, Label, paint_pill, painting, pill_width

FEW = 7
"""So many lines stand there at first."""
_OF_EACH = 2


class WorkRow(QAbstractButton):
    """One thing to do; a click (or Enter) opens it, arrows go up and down."""

    step = Signal(int)

    def __init__(self, task: Task, day: str, days: int, parent: QWidget | None = None) -> None:
        """`day` in words, and how wide the widest of them is in px."""
        super().__init__(parent)
        self.task = task
        self._day, self._days = day, days
        self.setObjectName(f"task_{task.uid or task.door}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state = task.state.label.say() if task.state else ""
        self.setAccessibleName(", ".join(filter(None, (task.title, task.line.say(), state, self._day))))
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        """What it wants."""
        return QSize(theme.current().px(80), theme.current().px(12.5))

    def minimumSizeHint(self) -> QSize:
        """What it can do with."""
        return QSize(theme.current().px(60), theme.current().px(12.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows walk."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        look = theme.current()
        painter = painting.smooth(self)
        whole, task = self.rect(), self.task
        if self.underMouse():
            painting.line(painter, whole, "hover")
        painting.line(painter, QRect(0, whole.height() - 1, whole.width(), 1), "hairline")
        side, days = look.px(6), self._days
        right = whole.width() - side
        if self._day:
            painting.write(
                painter,
                QRect(right - days, 0, days + 1, whole.height() - 1),
                self._day,
                "strong" if task.late else "body",
                "bad" if task.late else "text2",
                painting.RIGHT,
            )
        right -= days + look.px(3) if days else 0
        if task.state is not None:
            words = task.state.label.say()
            wide = pill_width(words, task.state.shape)
            room = QRect(right - max(wide, look.px(30)), 0, max(wide, look.px(30)), whole.height() - 1)
            paint_pill(painter, room, words, task.state.family, task.state.shape)
            right = room.x() - look.px(2)
        text = right - side
        painting.write(painter, QRect(side, look.px(1.5), text, look.px(5)), task.title, "strong", "text")
        painting.write(
            painter, QRect(side, look.px(6.25), text, look.px(4.5)), task.line.say(), "meta", "text3"
        )
        if self.hasFocus():
            painting.outline(painter, whole.adjusted(1, 1, -1, -2), look.px(1.5), "focus", 2)
        painter.end()


class WorkList(QFrame):
    """The card with the work. `opened` carries a `Task`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("work")
        self._tasks: Sequence[Task] = ()
        self._total, self._this_year = 0, dt.date.min.year
        self._door, self._all = "", False
        self._words = ""
        self._title, self._note = Label("", "section"), ElidedLabel("", "meta")
        self._more = Button("", "link", name="work_all")
        self._more.clicked.connect(self._turn)
        self._nothing = Label("", "label", wrap=True)
        self._rows: list[WorkRow] = []
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._note, 1)
        self._head.addWidget(self._more)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(Hairline())
        self._column.addLayout(self._list)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._column.setContentsMargins(1, look.px(4), 1, look.px(3))
        self._column.setSpacing(0)
        self._head.setContentsMargins(look.px(6), 0, look.px(6), look.px(3))
        self._head.setSpacing(look.px(2))
        self._nothing.setContentsMargins(look.px(6), look.px(4), look.px(6), look.px(2))

    def show_tasks(self, tasks: Sequence[Task], total: int, this_year: int) -> None:
        """The work, and how much of it there is in all."""
        self._tasks, self._total, self._this_year = tasks, total, this_year
        if not any(task.door == self._door for task in tasks):
            self._door = ""
        self._show()

    def show_door(self, door: str, words: str) -> None:
        """Only the work behind one door, all of it."""
        self._door, self._words = door, words
        self._show()
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> list[WorkRow]:
        """The lines that stand there."""
        return self._rows

    def _turn(self) -> None:
        """All of it, or the first lines again."""
        if self._door:
            self._door, self._all = "", False
        else:
            self._all = not self._all
        self._show()

    def _show(self) -> None:
        of_door = [task for task in self._tasks if task.door == self._door]
        shown = of_door if self._door else list(self._tasks) if self._all else few(self._tasks)
        total = len(of_door) if self._door else self._total
        title = self._words if self._door else tr("Kerjakan hari ini", "To do today")
        self._title.setText(title)
        self.setAccessibleName(title)
        count = grouped(total)
        some = tr(f"{grouped(len(shown))} dari {count}", f"{grouped(len(shown))} of {count}")
        self._note.setText("" if not total else count if len(shown) == total else some)
        folded = self._door or self._all
        self._more.set_words(tr("Ringkas", "Fewer") if folded else tr("Semua", "All"))
        self._more.setVisible(bool(folded) or len(shown) < len(self._tasks))
        self._nothing.setText(
            tr(
                "Tidak ada yang menunggu. Yang dikembalikan, lewat target atau direncanakan hari ini muncul di sini.",
                "Nothing waits. What was returned, is overdue or planned for today appears here.",
            )
        )
        self._nothing.setVisible(not shown)
        self._fill(shown)

    def _fill(self, tasks: Sequence[Task]) -> None:
        if [row.task for row in self._rows] == list(tasks):  # nothing flickers while somebody is reading
            return
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        said = [date(task.day, self._this_year) if task.day else "" for task in tasks]
        bold = theme.current().metrics["strong"]
        days = max((bold.horizontalAdvance(day) for day in said), default=0)
        self._rows = [WorkRow(task, day, days, self) for task, day in zip(tasks, said, strict=True)]
        for row in self._rows:
            row.clicked.connect(lambda _=False, task=row.task: self.opened.emit(task))
            row.step.connect(lambda by, here=row: self._walk(here, by))
            self._list.addWidget(row)
            row.show()

    def _walk(self, here: WorkRow, by: int) -> None:
        at = self._rows.index(here) + by
        if 0 <= at < len(self._rows):
            self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)


def few(tasks: Sequence[Task]) -> list[Task]:
    """The first lines: some of each door, so that none hides the others; then the most pressing, in their order."""
    counted: dict[str, int] = {}
    chosen: list[int] = []
    for at_most in (_OF_EACH, FEW):
        for place, task in enumerate(tasks):
            if len(chosen) < FEW and place not in chosen and counted.get(task.door, 0) < at_most:
                counted[task.door] = counted.get(task.door, 0) + 1
                chosen.append(place)
    return [tasks[place] for place in sorted(chosen)]
