"""A record that was given back, that a rule found something about, or that an office would have otherwise: what it is, why, and what
can be done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui.exchange import telling
from desktop_app.ui.exchange.record_pane import RecordPane
from desktop_app.ui.widgets import Button, Label, MessageLine, Pill, SectionHeading

if TYPE_CHECKING:
    from desktop_app.services.flagging import Flagged
    from desktop_app.services.proposals import Proposed
    from desktop_app.services.reviews import ReturnedItem


class NoteView(RecordPane):
    """`opened`: the record is to be shown, at this field; `asked`: it is to be given back for this field."""

    def __init__(self, ctx: AppContext) -> None:
        self.give_back = Button(
            tr("Kembalikan…", "Give back…"), "tonal", "arrow-u-left-top", name="action_give_back_noted"
        )
        self.reject = Button(tr("Tolak…", "Reject…"), "outlined", "close", name="action_reject_proposal")
        self.take = Button(tr("Terima", "Accept"), "primary", "check", name="action_accept_proposal")
        super().__init__(ctx, "note_title", "action_open_noted", self.give_back, self.reject, self.take)
        self._field = ""
        self.open.clicked.connect(lambda: self.opened.emit(self._field))
        self.give_back.clicked.connect(lambda: self.asked.emit(self._field))

    def _offer(self, *buttons: Button) -> None:
        for one in (self.give_back, self.reject, self.take):
            one.setVisible(one in buttons)

    def show_proposal(self, item: Proposed, subtitle: str) -> None:
        """How an office would have a field read: as it saw it, as it reads now, and as it should."""
        self._field = item.field_name
        self._offer(self.reject, self.take)
        column = self.begin(item.title, subtitle)
        column.addWidget(SectionHeading(item.field.say()))
        values = [
            (tr("Sekarang", "Now"), item.now),
            (tr("Usulan kantor", "Proposed by the office"), item.proposed),
        ]
        if item.seen != item.now:
            values.insert(0, (tr("Ketika diusulkan", "When it was proposed"), item.seen))
        row = QHBoxLayout()
        for words, text in values:
            side = QVBoxLayout()
            side.addWidget(Label(words, "label"))
            side.addWidget(Label(text or "-", "body", wrap=True))
            row.addLayout(side, 1)
        column.addLayout(row)
        column.addWidget(SectionHeading(tr("Alasan", "Reason")))
        column.addWidget(Label(item.reason, "body", wrap=True))
        who = ", ".join(part for part in (item.by, telling.day_and_time(self.ctx, item.at)) if part)
        column.addWidget(Label(who, "meta"))
        column.addStretch(1)

    def show_returned(self, item: ReturnedItem, subtitle: str) -> None:
        """A record that waits for its office."""
        self._field = item.field_name
        self._offer()
        column = self.begin(item.title, subtitle)
        column.addWidget(Pill(tr("Dikembalikan", "Given back"), "bad", "back"), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(SectionHeading(item.field.say()))
        column.addWidget(Label(item.reason, "body", wrap=True))
        who = ", ".join(part for part in (item.by, telling.day_and_time(self.ctx, item.at)) if part)
        column.addWidget(Label(who, "meta"))
        column.addWidget(
            Label(
                tr(
                    "Menunggu diperbaiki kantor; hilang dari sini setelah kantor mengubahnya.",
                    "The office is to put it right; it goes from here once the office has changed it.",
                ),
                "label",
                wrap=True,
            )
        )
        column.addStretch(1)

    def show_flagged(self, item: Flagged, subtitle: str) -> None:
        """A record about which the rules found something after it came."""
        self._field = item.findings[0].field
        self._offer(self.give_back)
        column = self.begin(item.title, subtitle)
        column.addWidget(
            Label(
                tr(
                    "Catatan ini sudah masuk, tetapi aturan menemukan yang perlu dilihat:",
                    "The record is in, but the rules found something to look at:",
                ),
                "label",
                wrap=True,
            )
        )
        kind = self.ctx.registry[item.kind]
        for finding in item.findings:
            part = kind.by_name.get(finding.field) or kind.lines_by_name.get(finding.field)
            column.addWidget(SectionHeading(part.label.say() if part is not None else kind.label.say()))
            line = MessageLine()
            line.show_message(finding.severity, finding.words.say())
            column.addWidget(line)
        column.addStretch(1)
