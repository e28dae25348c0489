"""A WhatsApp message pasted into a new form: Ctrl+V in any of its lines, or the button; what it says goes where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop_app.core.draft import Draft
from desktop_app.core.words import tr
from desktop_app.services import messages, whatsapp
from desktop_app.services.context import AppContext
from desktop_app.ui import keys
from desktop_app.ui.form.editors import LineEditor
from desktop_app.ui.ops import Latest, Ops
from desktop_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_app.ui.form.record_view import RecordView


class Pasting(QObject):
    """Of one view of a record. `button` stands in the head of a new record that people may report by message."""

    def __init__(self, view: RecordView, ctx: AppContext, ops: Ops) -> None:
        super().__init__(view)
        self._view, self._ctx = view, ctx
        self._reads = Latest(ops, "quick", self)
        self.button = Button(
            tr("Tempel pesan WhatsApp", "Paste WhatsApp message"),
            "outlined",
            "whatsapp",
            dim="small",
            name="action_paste_message",
        )
        self.button.setToolTip(keys.tip(keys.MESSAGE.words.say(), keys.MESSAGE))
        self.button.hide()
        if messages.takes(view.kind):
            view.head.add_for_new(self.button)
            view.body.grown.connect(self._watch)
            keys.bind(keys.MESSAGE, view, self.paste)
        self.button.clicked.connect(self.paste)

    def _watch(self) -> None:
        for _, editor in self._view.body.pin_editors():
            if isinstance(editor, LineEditor):
                editor.takes_paste = self._take_paste

    def _take_paste(self, text: str) -> bool:
        """Ctrl+V in a line of a new form: a message is no text for one field."""
        draft = self._view.draft
        wanted = draft is not None and draft.base is None and whatsapp.is_message(text)
        if wanted:
            self.read(text)
        return wanted

    def paste(self) -> None:
        """Read what was copied, whether or not it has a head."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.read(text)
        else:
            self._view.notice.show_message(
                "hint",
                tr(
                    "Salin dulu pesannya di WhatsApp, lalu tekan lagi.",
                    "Copy the message in WhatsApp first, then press again.",
                ),
            )

    def read(self, text: str) -> None:
        """Fill the form from a message, in a worker."""
        draft = self._view.draft
        if draft is None or draft.base is not None:
            return
        self._view.body.finish_typing()
        copy = draft.at(draft.where)
        self._reads.run(
            lambda _op: messages.fill(self._ctx, copy, text), lambda filled: self._put(draft, filled)
        )

    def _put(self, draft: Draft, filled: messages.Filled) -> None:
        if draft is not self._view.draft:
            return
        before = draft.state()
        self._view.body.put(filled.values)
        self._view.body.focus_first_missing()
        undo = tr("Urungkan", "Undo")
        self._view.notice.tell("hint", filled.told.say(), undo, lambda: self._take_back(draft, before))

    def _take_back(self, draft: Draft, before: Mapping[str, Any]) -> None:
        """As it was before the message."""
        if draft is self._view.draft:
            draft.take_up(before)
            self._view.notice.clear()
            self._view.body.refresh()
            self._view.body.edited.emit("")
