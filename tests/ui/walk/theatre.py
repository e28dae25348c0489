"""Every page, form and dialog of the program by name, opened in the program's own window as a person would see it.

What is walked through, listened to, measured and drawn (`tests.shots`) is the same list: `OFFICE`, `HEADQUARTERS`, `EMPTY`, `FIRST`.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from desktop_app import bootstrap
from desktop_app.core.query import Query
from desktop_app.services.context import AppContext
from desktop_app.ui import app as ui_app
from desktop_app.ui import theme
from desktop_app.ui.finding.everywhere import Everywhere
from desktop_app.ui.form.body import FormBody
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.list_page import ListPage

PATIENCE_S = 60
CTRL = Qt.KeyboardModifier.ControlModifier
REPAIR = "streetlight_repair"


class Theatre:
    """The program on one data folder, in one size, language, theme and text size."""

    def __init__(
        self,
        app: QApplication,
        ctx: AppContext | Path,
        *,
        size: tuple[int, int] = (1366, 768),
        dark: bool = False,
        scale: float = 1.0,
    ) -> None:
        self.app = app
        self._size = size
        # As Windows has it set: that reaches the first start too, and a change of the theme.
        self._text_size = mock.patch.object(theme, "_system_text_factor", return_value=scale)
        self._text_size.start()
        folder = ctx if isinstance(ctx, Path) else ctx.place
        self.program = ui_app.App(app, bootstrap.open_context, ui_app.Options(folder, size=size, dark=dark))
        if isinstance(ctx, Path):
            self.program.start()
            self.front: QWidget = self._assistant()
        else:
            self.program.use(ctx)
            theme.apply(app, dark=dark)
            self.front = self.program.build("reports")  # the page that has least to ask
        self.to_front(self.front)
        self.settle()

    def _assistant(self) -> QWidget:
        assert self.program.assistant is not None
        return self.program.assistant

    @property
    def ctx(self) -> AppContext:
        return self.program.ctx

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    # --- waiting

    def wait(self, holds: Callable[[], object]) -> None:
        """Go on once something holds, however long that takes."""
        until = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < until, f"waited in vain for {holds}"
            QTest.qWait(15)

    def settle(self) -> None:
        """Until nothing is under way and everything is made and laid out."""
        for _ in range(3):
            self.wait(lambda: not self.program.ops.busy())
            self.wait(self._is_quiet)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    def _is_quiet(self) -> bool:
        """No worker works, no form is half built, and nothing waits for a pause of the typing."""
        if self.program.ops.busy():
            return False
        page = self.program.window.current_page() if self.program.window is not None else self.front
        if page is None:
            return True
        if any(one.isActive() and one.isSingleShot() for one in page.findChildren(QTimer)):
            return False
        return all(one.is_built() for one in page.findChildren(FormBody) if one.isVisible())

    # --- going somewhere

    def to_front(self, widget: QWidget) -> None:
        with warnings.catch_warnings():  # deprecated, and without a window system the only way that works
            warnings.simplefilter("ignore", DeprecationWarning)
            QApplication.setActiveWindow(widget)

    def page(self, key: str) -> QWidget:
        self.window.open_page(key)
        self.settle()
        page = self.window.current_page()
        assert page is not None
        return page

    def list(self, kind: str) -> ListPage:
        page = self.page(kind)
        assert isinstance(page, ListPage)
        return page

    def record(self, kind: str, **where: str) -> RecordView:
        """The first record of a kind in its list that is so, beside the list."""
        query = Query(kind, where=tuple((name, (value,)) for name, value in where.items()))
        with self.ctx.store.reading() as reader:
            uid = reader.first(query, 1)[0].uid
        assert self.program.desk is not None
        self.program.desk.open_record(kind, uid)
        return self.view()

    def new(self, kind: str) -> RecordView:
        self.list(kind).begin()
        return self.view()

    def view(self) -> RecordView:
        """The record on the screen."""
        self.wait(lambda: any(one.isVisible() for one in self.window.findChildren(RecordView)))
        self.settle()
        return next(one for one in self.window.findChildren(RecordView) if one.isVisible())

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.front, key, modifiers)

    def click(self, name: str, within: QWidget | None = None) -> None:
        found = [one for one in (within or self.front).findChildren(QWidget, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def opened(self, name: str) -> QWidget:
        """The dialog, card or window of that name, once it is on the screen."""

        def shown() -> list[QWidget]:
            return [one for one in QApplication.allWidgets() if one.objectName() == name and one.isVisible()]

        self.wait(shown)
        widget = shown()[0]
        self.to_front(widget.window())
        self.settle()
        return shown()[0]

    def menu(self) -> QMenu:
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self.settle()
        return menu

    # --- leaving

    def back(self) -> None:
        """Close whatever stands over the window, and the record that is open; what was typed there is thrown away."""
        for _ in range(10):
            over = [
                one
                for one in QApplication.topLevelWidgets()
                if one.isVisible() and one is not self.front and one.objectName() != "stage"
            ]
            if not over:
                break
            for one in over:
                one.close()
            QApplication.processEvents()
        if self.program.window is not None:
            for view in self.window.findChildren(RecordView):
                if view.isVisible():
                    view.leave()
            self.settle()
            self.window.resize(*self._size)  # a station that needed more height leaves it to no other
        self.to_front(self.front)
        self.settle()

    def close(self) -> None:
        self.back()
        self.front.close()
        self.program.ops.close()
        self.front.deleteLater()
        self._text_size.stop()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Station(NamedTuple):
    """A place of the program: how it is called, how one gets there, and what is looked at (a page's window, or a dialog)."""

    name: str
    go: Callable[[Theatre], QWidget]


def _pages(keys_of: tuple[str, ...]) -> list[Station]:
    def go(key: str) -> Callable[[Theatre], QWidget]:
        return lambda at: (at.page(key), at.window)[1]

    return [Station(key, go(key)) for key in keys_of]


def _kinds(names: tuple[str, ...]) -> list[Station]:
    def listed(kind: str) -> Callable[[Theatre], QWidget]:
        return lambda at: (at.list(kind), at.window)[1]

    def record(kind: str) -> Callable[[Theatre], QWidget]:
        return lambda at: (at.record(kind), at.window)[1]

    def new(kind: str) -> Callable[[Theatre], QWidget]:
        return lambda at: (at.new(kind), at.window)[1]

    made = []
    for kind in names:
        made.append(Station(f"list-{kind}", listed(kind)))
        made.append(Station(f"form-{kind}", record(kind)))
        made.append(Station(f"new-{kind}", new(kind)))
    return made


def _tab(key: str) -> Callable[[Theatre], QWidget]:
    def go(at: Theatre) -> QWidget:
        at.record(REPAIR, status="SCHEDULED").show_tab(key)
        at.settle()
        return at.window

    return go


def _with_error(at: Theatre) -> QWidget:
    view = at.record(REPAIR, status="IN_PROGRESS")
    editor = view.findChild(QWidget, "finished_at")
    assert editor is not None
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor, "3/1/2020 14.00")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    at.settle()
    return at.window


def _step(at: Theatre) -> QWidget:
    at.record(REPAIR, status="VERIFIED")
    at.click("action_move_schedule")
    at.opened("move_card")
    return at.window


def _picking(at: Theatre) -> QWidget:
    view = at.new(REPAIR)
    view.body.focus_field("channel")
    at.press(Qt.Key.Key_Down)
    at.settle()
    return at.window


def _calendar(at: Theatre) -> QWidget:
    view = at.new(REPAIR)
    view.body.focus_field("received_at")
    at.press(Qt.Key.Key_F4)
    return at.opened("calendar")


def _many_rows(at: Theatre) -> ListPage:
    page = at.list(REPAIR)
    page.show_only(Query(REPAIR, where=(("status", ("RECEIVED",)),), sort="status"))
    at.settle()
    page.view.setFocus()
    page.view.choose(0)
    for _ in range(2):
        QTest.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    return page


def _many_menu(at: Theatre) -> QWidget:
    _many_rows(at)
    at.press(Qt.Key.Key_M, CTRL)
    return at.menu()


def _many(at: Theatre) -> QWidget:
    menu = _many_menu(at)
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    return at.opened("many_dialog")


def _removed(at: Theatre) -> QWidget:
    page = at.list(REPAIR)
    page.view.setFocus()
    page.view.choose(0)
    at.press(Qt.Key.Key_Delete)
    return at.opened("reason_dialog")


def _export(at: Theatre) -> QWidget:
    at.list(REPAIR).export()
    return at.opened("export_dialog")


def _columns(at: Theatre) -> QWidget:
    at.list(REPAIR)
    at.click("action_columns")
    at.wait(lambda: QApplication.activePopupWidget() is not None)
    at.settle()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    return popup


def _no_match(at: Theatre) -> QWidget:
    page = at.list(REPAIR)
    page.search().setText("zzzzqq")
    at.settle()
    return at.window


def _everywhere(at: Theatre) -> QWidget:
    at.page("home")
    assert at.program.desk is not None
    at.program.desk.find_everywhere()
    box = at.opened("find_everywhere")
    assert isinstance(box, Everywhere)
    QTest.keyClicks(box.box, "jalan")
    at.wait(lambda: not box.waiting())
    return box


def _help(at: Theatre) -> QWidget:
    at.page("home")
    assert at.program.desk is not None
    at.program.desk.help_here()
    return at.opened("help_window")


def _sheet(at: Theatre) -> QWidget:
    at.page("home")
    at.press(Qt.Key.Key_Slash, CTRL)
    return at.opened("help_window")


def _name(at: Theatre) -> QWidget:
    at.page("home")
    assert at.program.desk is not None
    at.program.desk._new_person()
    return at.opened("name_dialog")


def _trouble(at: Theatre) -> QWidget:
    from desktop_app.ui.dialogs import trouble

    trouble.tell(at.window, "Traceback (most recent call last):\n  …\nValueError: 3")
    return at.opened("trouble")


def _refused(at: Theatre) -> QWidget:
    from desktop_app.core.words import Words
    from desktop_app.ui.dialogs import trouble

    trouble.refused(
        at.window,
        Words("Cakram penuh. Kosongkan sedikit, lalu coba lagi.", "The disk is full. Make room, try again."),
    )
    return at.opened("refusal")


def _about(at: Theatre) -> QWidget:
    assert at.program.desk is not None
    at.program.desk.about()
    return at.opened("about")


def _update_ready(at: Theatre) -> QWidget:
    from desktop_app.services.updating import Taken
    from desktop_app.ui.dialogs.updates import ReadyDialog

    ReadyDialog(Taken("0.6.0", ready=True).words, at.window).open()
    return at.opened("update_ready_dialog")


def _duplicate(at: Theatre) -> QWidget:
    at.record(REPAIR)
    at.click("action_duplicate")
    at.settle()
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return dialogs[0] if dialogs else at.window


def _starter(at: Theatre) -> QWidget:
    at.page("board")
    at.press(Qt.Key.Key_N, CTRL)
    return at.opened("starter_dialog")


def _fingerprint(at: Theatre) -> QWidget:
    from desktop_app.ui.dialogs.fingerprint import FingerprintDialog

    FingerprintDialog("Kec. Metro Barat", "AB12 CD34 EF56 7890 1234 5678", at.window).open()
    return at.opened("fingerprint_dialog")


def _give_back(at: Theatre) -> QWidget:
    from desktop_app.ui.dialogs.give_back import GiveBackDialog, fields_of

    kind = at.ctx.kind(REPAIR)
    GiveBackDialog("Lampu PJU-0042", fields_of(kind), parent=at.window).open()
    return at.opened("give_back_dialog")


def _first_start(at: Theatre) -> QWidget:
    return at.front


KINDS = (
    "streetlight_repair light_point power_panel park_work park tree_request burial grave_plot plot_permit"
    " cemetery slum_unit slum_assessment slum_intervention slum_target slum_decree crew material region"
).split()

OFFICE: list[Station] = [
    *_pages(("home", "exchange", "reports", "settings")),
    *_kinds(tuple(KINDS)),
    Station("tab-photos", _tab("photos")),
    Station("tab-history", _tab("history")),
    Station("tab-related", _tab("related")),
    Station("form-error", _with_error),
    Station("form-step", _step),
    Station("form-picking", _picking),
    Station("form-calendar", _calendar),
    Station("form-duplicate", _duplicate),
    Station("list-no-match", _no_match),
    Station("dialog-columns", _columns),
    Station("dialog-many-menu", _many_menu),
    Station("dialog-many", _many),
    Station("dialog-reason", _removed),
    Station("dialog-export", _export),
    Station("dialog-name", _name),
    Station("dialog-trouble", _trouble),
    Station("dialog-about", _about),
    Station("dialog-update-ready", _update_ready),
    Station("dialog-refused", _refused),
    Station("everywhere", _everywhere),
    Station("help", _help),
    Station("help-keys", _sheet),
]
HEADQUARTERS: list[Station] = [
    *_pages(("home", "inbox", "board", "review", "settings")),
    *_kinds((REPAIR,)),
    Station("dialog-starter", _starter),
    Station("dialog-fingerprint", _fingerprint),
    Station("dialog-give-back", _give_back),
]
EMPTY: list[Station] = [*_pages(("home", "exchange")), *_kinds((REPAIR,))[:1]]
FIRST: list[Station] = [Station("first-start", _first_start)]
