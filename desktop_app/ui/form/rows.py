"""One line of the form: the label, one or more editors, and below it what is wrong or what was understood."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from desktop_app.core import fields as f
from desktop_app.core.fields import Field
from desktop_app.core.rules import Finding
from desktop_app.core.show import masks
from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.form.editors import YES_NO, AreaEditor, Editor, LineEditor, TicksEditor
from desktop_app.ui.form.masked import MaskedEditor
from desktop_app.ui.form.measures import is_number, needs_word, unit_of, width_units
from desktop_app.ui.form.messages import FieldMessage
from desktop_app.ui.form.picking import Pick, picks_of
from desktop_app.ui.widgets.labels import Label

LookUp = Callable[[f.Reference, str, LineEditor], None]
"""Asks for the records that fit what was typed; answers later with `editor.offer(picks, text)`."""


def make_editor(field: Field, look_up: LookUp) -> Editor:
    """The editor for a field, with its accessible name and description."""
    editor: Editor
    if isinstance(field, f.Text) and field.multiline:
        editor = AreaEditor(field.name)
    elif isinstance(field, f.Choices):
        editor = TicksEditor(field.name, field.codes)
    elif isinstance(field, f.Choice | f.YesNo):
        codes = field.codes if isinstance(field, f.Choice) else YES_NO
        line = LineEditor(field.name, lambda text: line.offer(picks_of(codes, text), text))
        editor = line
    elif isinstance(field, f.Reference):
        asked = LineEditor(field.name, lambda text: look_up(field, text, asked))
        editor = asked
    elif masks(field):
        editor = MaskedEditor(field.name)
    else:
        editor = LineEditor(field.name, icon=_icon_of(field))
    if isinstance(editor, LineEditor):
        _dress(editor, field)
    editor.setAccessibleName(field.label.say())
    editor.setAccessibleDescription(field.help.say() if field.help else field.label.say())
    editor.setToolTip(field.help.say() if field.help else "")
    return editor


def _icon_of(field: Field) -> str:
    return "calendar-blank-outline" if isinstance(field, f.Date | f.Timestamp) else ""


def _dress(editor: LineEditor, field: Field) -> None:
    if is_number(field):
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
    if isinstance(field, f.Computed):
        editor.setReadOnly(True)
        editor.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        editor.setProperty("look", "derived")
        editor.set_icon("lock-outline")


def in_lines(fields: Sequence[Field]) -> list[list[Field]]:
    """Fields of one line of the form, broken where they would be wider than the form beside a list."""
    look, lines, used = theme.current(), [[fields[0]]], _room(fields[0], "")
    for field in fields[1:]:
        named = field.label.say() if needs_word(field, fields) else ""
        wanted = _room(field, named)
        if used + look.px(2) + wanted > look.px(_LINE):
            lines.append([])
            used = -look.px(2)
        lines[-1].append(field)
        used += look.px(2) + wanted
    return lines


_LINE, _LEAST = 94, 24
"""Units u that a line of editors has in the narrowest form, and that an editor without a width needs."""


_BESIDE = 31
"""Units u of a label to the left of its editors."""


def _room(field: Field, named: str) -> int:
    """Pixels that an editor needs with the words beside it."""
    look = theme.current()
    words = [words for words in (named, unit_of(field)) if words]
    beside = sum(look.metrics["body"].horizontalAdvance(word) + look.px(2) for word in words)
    return look.px(width_units(field) or _LEAST) + beside


def _words_in(editor: Editor) -> int:
    """Pixels that an empty editor needs for the words in it."""
    look = theme.current()
    words = editor.placeholderText() if isinstance(editor, LineEditor) else ""
    return look.metrics["body"].horizontalAdvance(words) + look.px(6) if words else 0  # what it is dressed in


class FieldRow(QWidget):
    """Fields that stand on one line, with their label and messages."""

    jump = Signal(object)  # (kind, uid) of the record behind a message's link
    offer_taken = Signal(str)

    def __init__(self, fields: Iterable[Field], look_up: LookUp, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self.editors: dict[str, Editor] = {}
        self._messages: dict[str, FieldMessage] = {}
        self._said: dict[str, tuple[Finding | None, str, str]] = {}
        self._beside: dict[str, list[Label]] = {}
        self._required: set[str] = set()
        self._relevant: set[str] = {field.name for field in self.fields}
        self._label = Label("", "label")
        self._label.setWordWrap(True)
        self._broken = in_lines(self.fields)
        self._sides = [QHBoxLayout() for _ in self._broken]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        for place, (side, of_line) in enumerate(zip(self._sides, self._broken, strict=True), start=1):
            self._grid.addLayout(side, place, 1)
            for field in of_line:
                self._add(field, side, look_up)
            side.addStretch(0)  # takes what no editor wants
        self._lines = len(self._sides) + len(self.fields) + 1
        # What a label of more lines needs goes below all editors; Qt would push them apart, and reckon with too little.
        self._grid.setRowStretch(self._lines, 1)
        self._stacked = True
        self.set_stacked(stacked=False)
        self.restyle()
        theme.changed.connect(self.restyle)

    def _add(self, field: Field, side: QHBoxLayout, look_up: LookUp) -> None:
        editor = make_editor(field, look_up)
        beside = bool(self.editors)
        self.editors[field.name] = editor
        self._beside[field.name] = []
        named = beside and needs_word(field, self.fields)
        if named:
            self._word(field, side, field.label.say())
        if isinstance(editor, LineEditor):
            editor.setPlaceholderText(_placeholder(field, beside=beside and not named))
        width = width_units(field)
        across = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        down = QSizePolicy.Policy.Preferred if isinstance(editor, TicksEditor) else QSizePolicy.Policy.Fixed
        editor.setSizePolicy(across, down)
        side.addWidget(editor, 0 if width else 1)
        if unit_of(field):
            self._word(field, side, unit_of(field))
        message = FieldMessage(f"error_{field.name}")
        message.link_clicked.connect(lambda: self._follow(field.name))
        self._messages[field.name] = message
        self._grid.addWidget(message, len(self._sides) + len(self.editors), 1)

    def _word(self, field: Field, side: QHBoxLayout, words: str) -> None:
        word = Label(words, "label")
        self._beside[field.name].append(word)
        side.addWidget(word)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._grid.setHorizontalSpacing(look.px(3))
        for place, side in enumerate(self._sides):
            side.setSpacing(look.px(2))
            side.setContentsMargins(0, look.px(2) if place else 0, 0, 0)
        for field in self.fields:
            editor, width = self.editors[field.name], width_units(field)
            if width:
                editor.setFixedWidth(max(look.px(width), _words_in(editor)))
            else:
                editor.setMinimumWidth(look.px(_LEAST))
            if isinstance(editor, AreaEditor):
                editor.setFixedHeight(look.px(18))
        self._dress_label()

    def set_stacked(self, *, stacked: bool) -> None:
        """Put the label above the editors (a narrow form) or to their left."""
        stacked = stacked or self._has_long_word()
        if stacked == self._stacked:
            return
        self._stacked = stacked
        self._grid.removeWidget(self._label)
        if stacked:
            self._grid.addWidget(self._label, 0, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            # Beside the messages too: a label of two lines does not push them down.
            self._grid.addWidget(self._label, 1, 0, self._lines, 1, Qt.AlignmentFlag.AlignTop)
        self._dress_label()

    def _has_long_word(self) -> bool:
        """Whether a word of the label has no room to the left of the editors: a word is never broken."""
        look = theme.current()
        words = self.fields[0].label.say().split()
        return max(look.metrics["body"].horizontalAdvance(word) for word in words) > look.px(_BESIDE)

    def set_required(self, names: set[str]) -> None:
        """Mark the label with a star when a field of the line must be filled."""
        mine = {field.name for field in self.fields if field.name in names}
        if mine != self._required:
            self._required = mine
            self._dress_label()
            for field in self.fields:
                editor = self.editors[field.name]
                must = tr(" (wajib)", " (required)") if field.name in mine else ""
                editor.setAccessibleName(field.label.say() + must)

    def _dress_label(self) -> None:
        look = theme.current()
        first = self.fields[0]
        if self._required:
            star = f'&nbsp;<span style="color:{look.colours["bad"]}">*</span>'
            self._label.setTextFormat(Qt.TextFormat.RichText)
            self._label.setText(html.escape(first.label.say()) + star)
        else:
            self._label.setTextFormat(Qt.TextFormat.PlainText)
            self._label.setText(first.label.say())
        width = look.px(80 if self._stacked else _BESIDE)
        above = 0 if self._stacked else (look.px(8) - look.metrics["body"].height()) // 2
        below = look.px(1) if self._stacked else 0
        words = first.label.say() + (" *" if self._required else "")
        room = QRect(0, 0, width, 1000)
        wrapped = look.metrics["body"].boundingRect(room, int(Qt.TextFlag.TextWordWrap), words)
        self._label.setContentsMargins(0, above, 0, below)
        self._label.setFixedSize(width, above + wrapped.height() + below)

    def set_relevant(self, names: set[str]) -> None:
        """Show the fields that apply; a line without any is gone."""
        mine = {field.name for field in self.fields if field.name in names}
        if mine == self._relevant:
            return
        self._relevant = mine
        for field in self.fields:
            shown = field.name in mine
            self.editors[field.name].setVisible(shown)
            for word in self._beside[field.name]:
                word.setVisible(shown)
            if not shown:
                self._messages[field.name].hide()
        self.setVisible(bool(mine))

    def applies(self) -> bool:
        """Whether any of its fields does."""
        return bool(self._relevant)

    def show_message(self, name: str, findings: Sequence[Finding], hint: str = "", offer: str = "") -> None:
        """Below a field: the first finding with its colour on the editor, else what was understood; an offer as a link."""
        first = findings[0] if findings else None
        if self._said.get(name, (None, "", "")) == (first, hint, offer):
            return
        self._said[name] = (first, hint, offer)
        editor, message = self.editors[name], self._messages[name]
        if first is None:
            editor.set_state("")
            message.say("hint", hint or (" " if offer else ""), offer)
            return
        editor.set_state(first.severity)
        message.say(first.severity, first.words.say(), offer or (tr("Lihat", "Show") if first.see else ""))

    def message(self, name: str) -> str:
        """What stands below a field."""
        return self._messages[name].text()

    def follow_link(self, name: str) -> None:
        """As clicking the link in the message of a field."""
        if self._messages[name].link():
            self._follow(name)

    def _follow(self, name: str) -> None:
        finding, _, offer = self._said.get(name, (None, "", ""))
        if offer:
            self.offer_taken.emit(name)
        elif finding is not None and finding.see:
            self.jump.emit(finding.see)


def _placeholder(field: Field, *, beside: bool) -> str:
    if isinstance(field, f.Computed):
        return ""
    if beside and not unit_of(field):
        return field.label.say()
    if isinstance(field, f.Reference):
        return tr("Ketik nama atau nomor", "Type a name or number")
    return ""


__all__ = ["FieldRow", "LookUp", "Pick", "make_editor"]
