"""A record that is not there yet, made while another form is being filled in: a crew, a material, a lamp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_app.core.fields import Text, Value
from desktop_app.core.spec import Kind
from desktop_app.core.words import tr
from desktop_app.services import forms
from desktop_app.ui import theme

if TYPE_CHECKING:
    from desktop_app.ui.form.asker import Asker


class MakeDialog(QDialog):
    """The form of that record over the other one. What was typed in the picker stands in its first field of its name already.

    Left with Esc, what was typed here is a draft like any other.
    """

    made = Signal(object, str)
    """Uid and name of the record that was stored."""

    def __init__(
        self, asker: Asker, kind: Kind, text: str, among: Mapping[str, Value], parent: QWidget
    ) -> None:
        super().__init__(parent)
        from desktop_app.ui.form.record_view import RecordView  # noqa: PLC0415  (which holds the asker)

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(f"make_{kind.name}")
        self.setWindowTitle(tr(f"{kind.id} baru", f"New {kind.en.lower()}"))
        self.view = RecordView(asker.ctx, asker.ops, kind)
        self.view.make_alone()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)
        look, room = theme.current(), parent.size()
        self.resize(
            min(look.px(180), room.width() - look.px(8)), min(look.px(150), room.height() - look.px(8))
        )
        self.view.saved.connect(self._saved)
        self.view.closed.connect(self.reject)
        self.view.lamp.connect(asker.lamp)
        self.view.undoable.connect(asker.undoable)
        self.view.begin({name: value for name, value in among.items() if name in kind.by_name})
        self._name(kind, text)

    def _name(self, kind: Kind, text: str) -> None:
        name = next((one for one in kind.title if isinstance(kind.by_name[one], Text)), "")
        draft = self.view.draft
        if text and name and draft is not None:
            draft.type(name, text)
            self.view.body.refresh()
            self.view.body.edited.emit("")

    def _saved(self, uid: str) -> None:
        title = forms.title(self.view.ctx, self.view.draft) if self.view.draft is not None else ""
        self.accept()
        self.made.emit(uid, title)

    def done(self, code: int) -> None:
        """What was typed stays in its draft; no field is left while the form goes to pieces."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        self.view.keep_now()
        super().done(code)
