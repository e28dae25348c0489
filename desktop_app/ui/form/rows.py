"""One line of the form: the label, one or more editors, what was understood, and below it what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.fields import Field
from desktop_app.core.rules import Finding
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.form.editors import YES_NO, AreaEditor, Editor, LineEditor, TicksEditor, is_number, width_units
from desktop_app.ui.form.picking import Pick, picks_of
from desktop_app.ui.widgets.labels import Label, MessageLine

LookUp = Callable[[f.Reference, str, LineEditor], None]
"""Asks for the records that fit what was typed; answers later with `editor.offer`."""


def make_editor(field: Field, look_up: LookUp) -> Editor:
    """The editor for a field, with its accessible name and description."""
    editor: Editor
    if isinstance(field, f.Text) and field.multiline:
        editor = AreaEditor(field.name)
    elif isinstance(field, f.Choices):
        editor = TicksEditor(field.name, field.codes)
    elif isinstance(field, f.Choice | f.YesNo):
        codes = field.codes if isinstance(field, f.Choice) else YES_NO
        line = LineEditor(field.name, lambda text: line.offer(picks_of(codes, text)))
        editor = line
    elif isinstance(field, f.Reference):
        asked = LineEditor(field.name, lambda text: look_up(field, text, asked))
        editor = asked
    else:
        editor = LineEditor(field.name)
    if isinstance(editor, LineEditor):
        _dress(editor, field)
    editor.setAccessibleName(field.label.say())
    editor.setAccessibleDescription(field.help.say() if field.help else field.label.say())
    if field.help:
        editor.setToolTip(field.help.say())
    return editor


def _dress(editor: LineEditor, field: Field) -> None:
    if is_number(field):
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
    if isinstance(field, f.Date):
        editor.setPlaceholderText(tr("tgl/bln/thn", "dd/mm/yyyy"))
    elif isinstance(field, f.Reference):
        editor.setPlaceholderText(tr("Ketik nama atau nomor", "Type a name or number"))
    if isinstance(field, f.Computed):
        editor.setReadOnly(True)
        editor.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        editor.setProperty("look", "derived")
        editor.addAction(theme.icon("lock-outline", "text3"), QLineEdit.ActionPosition.TrailingPosition)


class FieldRow(QWidget):
    """Fields that stand on one line, with their label and messages."""

    jump = Signal(object)  # (kind, uid) of the record behind a message's link

    def __init__(self, fields: Iterable[Field], look_up: LookUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self.editors: dict[str, Editor] = {}
        self._hints: dict[str, Label] = {}
        self._messages: dict[str, MessageLine] = {}
        self._units: dict[str, QLabel] = {}
        self._label = Label("", "label")
        self._label.setWordWrap(True)
        self._side = QHBoxLayout()
        self._below = QVBoxLayout()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._side, 0, 1)
        grid.addLayout(self._below, 1, 1)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        for number, field in enumerate(self.fields):
            self._add(field, number, look_up)
        if all(width_units(field) for field in self.fields):
            self._side.addStretch(1)
        self.set_required(set())
        self.restyle()
        theme.changed.connect(self.restyle)

    def _add(self, field: Field, number: int, look_up: LookUp) -> None:
        editor = make_editor(field, look_up)
        self.editors[field.name] = editor
        self.setFocusProxy(self.editors[self.fields[0].name])
        if number:
            word = Label(field.label.say(), "label")
            self._units[field.name] = word
            self._side.addWidget(word)
        width = width_units(field)
        editor.setSizePolicy(QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._side.addWidget(editor, 0 if width else 1)
        unit = getattr(field.like if isinstance(field, f.Computed) else field, "unit", None)
        if unit is not None:
            self._side.addWidget(Label(unit.say(), "label"))
        hint = Label("", "meta")
        hint.setObjectName(f"hint_{field.name}")
        hint.hide()
        self._hints[field.name] = hint
        message = MessageLine()
        message.setObjectName(f"error_{field.name}")
        self._messages[field.name] = message
        (self._side if width else self._below).addWidget(hint)
        self._below.addWidget(message)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._label.setFixedWidth(look.px(31))
        self._label.setContentsMargins(0, look.px(1.5), 0, 0)
        self._grid.setHorizontalSpacing(look.px(3))
        self._side.setSpacing(look.px(2))
        for field in self.fields:
            editor, width = self.editors[field.name], width_units(field)
            if width:
                editor.setFixedWidth(look.px(width))
            else:
                editor.setMinimumWidth(look.px(30))
            if isinstance(editor, AreaEditor):
                editor.setFixedHeight(look.px(18))

    def set_required(self, names: set[str]) -> None:
        """Mark the label with a star when the line's first field must be filled."""
        first = self.fields[0]
        self._label.setTextFormat(Qt.TextFormat.RichText)
        star = f' <span style="color:{theme.current().colours["bad"]}">*</span>' if first.name in names else ""
        text = first.label.say().replace("&", "&amp;").replace("<", "&lt;")
        self._label.setText(text + star)
        for name, word in self._units.items():
            field = next(part for part in self.fields if part.name == name)
            word.setText(field.label.say() + (" *" if name in names else ""))

    def set_relevant(self, names: set[str]) -> None:
        """Show the fields that apply; a line without any is gone."""
        for field in self.fields:
            shown = field.name in names
            self.editors[field.name].setVisible(shown)
            if field.name in self._units:
                self._units[field.name].setVisible(shown)
        self.setVisible(any(field.name in names for field in self.fields))

    def show_hint(self, name: str, words: str) -> None:
        """What was understood of the typed text."""
        self._hints[name].setText(words)
        self._hints[name].setVisible(bool(words))

    def show_findings(self, name: str, findings: list[Finding]) -> None:
        """The first finding of a field below it, and its colour on the editor."""
        message, editor = self._messages[name], self.editors[name]
        if not findings:
            message.clear()
            editor.set_state("")
            return
        first = findings[0]
        editor.set_state(first.severity)
        message.show_message(first.severity, first.words.say(), tr("Lihat", "Show") if first.see else "")
        message.link_clicked.disconnect() if message.receivers("2link_clicked()") else None
        if first.see:
            message.link_clicked.connect(lambda see=first.see: self.jump.emit(see))


__all__ = ["FieldRow", "LookUp", "Pick", "make_editor"]
