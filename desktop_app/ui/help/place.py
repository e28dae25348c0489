"""Where the user is, as an address of the help: the field with the cursor, else the page."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.ui.form.lines_table import LinesTable
from desktop_app.ui.form.moving import MoveCard
from desktop_app.ui.form.photos_tab import PhotosTab
from desktop_app.ui.form.record_view import RecordView
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.settings_page import SettingsPage

OF_DIALOG = {
    "clear_practice_dialog": "practice",
    "duplicate_dialog": "typing",
    "export_dialog": "export",
    "fingerprint_dialog": "hq-inbox",
    "give_back_dialog": "hq-review",
    "many_dialog": "many",
    "many_refused": "many",
    "name_dialog": "users",
    "photo_viewer": "photos",
    "practice_dialog": "practice",
    "reason_dialog": "removing",
    "starter_dialog": "hq-starter",
    "view_name": "views",
}
"""The guide that tells what a dialog does; of the others, the help of the page they stand over."""

_MOVE, _SETTING, _SECTION = "move_", "setting_", "setting_section_"


def address(window: MainWindow) -> str:
    """The page of the help that is wanted by whoever presses F1 now."""
    return _around(window) or f"page/{window.current_key()}"


def address_in(dialog: QDialog, window: MainWindow) -> str:
    """The page of the help that is wanted in a dialog: of the field with the cursor, else of what the dialog does."""
    known = OF_DIALOG.get(dialog.objectName())
    return _around(dialog) or (f"guide/{known}" if known else f"page/{window.current_key()}")


def _around(top: QWidget) -> str:
    """What the cursor is at in this window, if there is help about it."""
    focus: QWidget | None = QApplication.focusWidget() or top.focusWidget()
    at: QWidget | None = focus
    field = ""
    while at is not None and at is not top:
        field = field or _named(at)
        if isinstance(at, PhotosTab):
            return "guide/photos"
        if isinstance(at, MoveCard):
            asked = focus.objectName() if focus is not None else ""
            field = asked.removeprefix(_MOVE) if asked.startswith(_MOVE) else ""
        if isinstance(at, RecordView):
            return _of_record(at, field)
        if isinstance(at, SettingsPage):
            return _of_setting(focus)
        at = at.parentWidget()
    return ""


def _named(at: QWidget) -> str:
    """The column of a grid that has the cursor, as the help names it."""
    if isinstance(at, LinesTable):
        place, columns = at.at(), at.model_of_lines().columns
        column = place[1] if place is not None else max(0, at.currentIndex().column())
        return f"{at.lines.name}.{columns[column].name}"
    return ""


def _of_record(view: RecordView, field: str) -> str:
    name = field or view.body.focused_field()
    lines, dot, column = name.partition(".")
    kind = view.kind
    known = (
        (lines in kind.lines_by_name and column in kind.lines_by_name[lines].by_name)
        if dot
        else name in kind.by_name
    )
    return f"field/{kind.name}/{name}" if known else f"page/{kind.name}"


def _of_setting(focus: QWidget | None) -> str:
    name = focus.objectName() if focus is not None else ""
    if name.startswith(_SECTION):
        return "setting/sections"
    if name in (f"{_SETTING}backup", "action_backup"):
        return "guide/backup"
    if name == f"{_SETTING}person":
        return "guide/users"
    return f"setting/{name.removeprefix(_SETTING)}" if name.startswith(_SETTING) else "page/settings"
