"""The conflicts of one record: per field two cards, the office's writing at the left, headquarters' at the right, nothing chosen before."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui import keys, theme
from desktop_app.ui.exchange import telling
from desktop_app.ui.exchange.choice_card import ChoiceCard
from desktop_app.ui.exchange.differing import marked
from desktop_app.ui.exchange.record_pane import RecordPane
from desktop_app.ui.figures import grouped
from desktop_app.ui.widgets import Button, Hairline, Label, Pill, SectionHeading

if TYPE_CHECKING:
    from desktop_app.services.conflicts import Conflict, Side

Which = Literal["office", "head"]


class WritingCard(ChoiceCard):
    """What one side wrote, who and when, and whether it is what is used now."""

    def __init__(self, which: Which, conflict: Conflict, whose: str, when: str) -> None:
        self._side: Side = conflict.office if which == "office" else conflict.head
        self._other: Side = conflict.head if which == "office" else conflict.office
        office = which == "office"
        head = (
            tr("Kantor menulis", "The office wrote") if office else tr("Pusat menulis", "Headquarters wrote")
        )
        super().__init__(f"{conflict.field.say()}, {head}: {self._side.text}", f"{which}_{conflict.uid}")
        used = conflict.in_use == which
        self._head = Label(head, "small")
        row = QHBoxLayout()
        row.addWidget(self._head, 1)
        if used:
            row.addWidget(Pill(tr("dipakai sekarang", "used now"), "info", "dot"))
        row.addWidget(Label("Alt+K" if office else "Alt+P", "meta"))
        row.setSpacing(theme.current().px(2))
        self._value = Label("", "section", wrap=True)
        self._value.setTextFormat(Qt.TextFormat.RichText)
        who = ", ".join(part for part in (self._side.by or whose, when) if part)
        self.setAccessibleDescription(f"{who}{', ' + tr('dipakai sekarang', 'used now') if used else ''}")
        self.body.addLayout(row)
        self.body.addWidget(self._value)
        self.body.addWidget(Label(who, "meta", wrap=True))
        self.toggled.connect(lambda on: self._head.set_tone("accent_text" if on else "text2"))
        self.mark()
        theme.changed.connect(self.mark)

    def mark(self) -> None:
        """Mark the letters in the colours in use."""
        empty = tr("(kosong)", "(empty)")
        self._value.setText(marked(self._side.text or empty, self._other.text or empty))

    def _ring_top(self, side: int) -> int:  # noqa: ARG002
        return theme.current().px(3)


class ConflictView(RecordPane):
    """`decided`: the record's conflicts have all been chosen and are to be stored; `skipped`: on to the next record.

    `chosen` (conflict -> side) belongs to the owner: what was chosen stays while another record is looked at.
    """

    decided = Signal()
    skipped = Signal()

    def __init__(self, ctx: AppContext, chosen: MutableMapping[str, Which]) -> None:
        self._bottom = QHBoxLayout()
        super().__init__(ctx, "conflict_title", "action_open_record")
        self._chosen = chosen
        self._conflicts: Sequence[Conflict] = ()
        self._stacked = False
        self._pairs: list[QBoxLayout] = []
        self._cards: dict[str, dict[Which, WritingCard]] = {}
        self._headings: dict[str, SectionHeading] = {}
        self.open.clicked.connect(lambda: self.opened.emit(""))
        self._left = Label("", "label")
        self._left.setObjectName("conflicts_left")
        self.skip = Button(tr("Lewati", "Skip"), name="action_skip")
        self.skip.clicked.connect(self.skipped)
        self.save = Button(
            tr("Simpan keputusan, berikutnya", "Save the decision, next"),
            "primary",
            "check",
            name="action_decide",
            shortcut=keys.DECIDE.first,
        )
        self.save.clicked.connect(self.decided)
        self._bottom.addWidget(self._left, 1)
        self._bottom.addWidget(self.skip)
        self._bottom.addWidget(self.save)
        self.column.addWidget(Hairline())
        self.column.addLayout(self._bottom)
        keys.bind(keys.OFFICE_SAYS, self, lambda: self._choose_next("office"))
        keys.bind(keys.HEAD_SAYS, self, lambda: self._choose_next("head"))

    def restyle(self) -> None:
        """See `RecordPane.restyle`."""
        super().restyle()
        look = theme.current()
        self._bottom.setContentsMargins(look.px(6), look.px(3), look.px(6), look.px(3))
        self._bottom.setSpacing(look.px(2))

    def set_stacked(self, *, stacked: bool) -> None:
        """In a narrow window the two cards stand below each other."""
        self._stacked = stacked
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(down if stacked else across)

    # ---- showing

    def show_conflicts(self, conflicts: Sequence[Conflict], office: str, subtitle: str) -> None:
        """Show what is to be decided about one record of this office."""
        self._conflicts, self._cards, self._headings, self._pairs = conflicts, {}, {}, []
        column = self.begin(conflicts[0].title, subtitle)
        column.addWidget(Label(_sentence(conflicts), "label", wrap=True))
        for conflict in conflicts:
            self._add(conflict, office, column)
        column.addStretch(1)
        self._show_left()
        QTimer.singleShot(0, self, self._focus_first)

    def _add(self, conflict: Conflict, office: str, column: QVBoxLayout) -> None:
        look = theme.current()
        heading = self._headings[conflict.uid] = SectionHeading(conflict.field.say(), " ")
        column.addSpacing(look.px(1))
        column.addWidget(heading)
        pair = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(3))
        group = QButtonGroup(pair)
        cards: dict[Which, WritingCard] = {}
        which: Which
        for which in ("office", "head"):
            side = conflict.office if which == "office" else conflict.head
            whose = office if which == "office" else tr("Pusat", "Headquarters")
            card = WritingCard(which, conflict, whose, telling.day_and_time(self.ctx, side.at))
            group.addButton(card)
            row.addWidget(card, 1)
            card.setChecked(self._chosen.get(conflict.uid) == which)
            card.clicked.connect(lambda _on=False, uid=conflict.uid, which=which: self._choose(uid, which))
            cards[which] = card
        self._cards[conflict.uid] = cards
        self._pairs.append(row)
        self.set_stacked(stacked=self._stacked)
        column.addWidget(pair)
        links = QHBoxLayout()
        links.setSpacing(look.px(5))
        write = Button(
            tr("Tulis nilai lain…", "Write another value…"),
            "link",
            "pencil-outline",
            name=f"write_{conflict.uid}",
        )
        write.clicked.connect(lambda: self.opened.emit(conflict.field_name))
        ask = Button(
            tr("Tanyakan ke kantor…", "Ask the office…"),
            "link",
            "chat-question-outline",
            name=f"ask_{conflict.uid}",
        )
        ask.clicked.connect(lambda: self.asked.emit(conflict.field_name))
        links.addWidget(write)
        links.addWidget(ask)
        links.addStretch(1)
        column.addLayout(links)

    def _focus_first(self) -> None:
        for conflict in self._conflicts:
            if conflict.uid not in self._chosen:
                self._cards[conflict.uid]["office"].setFocus()
                return
        self.save.setFocus()

    # ---- choosing

    def choices(self) -> dict[str, Which]:
        """The decisions of the record shown: conflict -> side; only those made."""
        return {one.uid: self._chosen[one.uid] for one in self._conflicts if one.uid in self._chosen}

    def _choose(self, uid: str, which: Which) -> None:
        self._chosen[uid] = which
        self._show_left()

    def _choose_next(self, which: Which) -> None:
        """Alt+K and Alt+P: in the conflict that has the focus, else in the first that is open; then on to the next."""
        if not self._conflicts:
            return
        here = next(
            (uid for uid, cards in self._cards.items() if any(card.hasFocus() for card in cards.values())), ""
        )
        still = [one.uid for one in self._conflicts if one.uid not in self._chosen]
        uid = here or (still[0] if still else "")
        if uid:
            self._cards[uid][which].click()
            self._focus_first()

    def _show_left(self) -> None:
        many = len(self._conflicts)
        for place, conflict in enumerate(self._conflicts, 1):
            done = conflict.uid in self._chosen
            state = tr("sudah dipilih", "chosen") if done else tr("belum dipilih", "not chosen yet")
            of = tr(f"{place} dari {many}, ", f"{place} of {many}, ") if many > 1 else ""
            self._headings[conflict.uid].set_note(of + state)
        left = many - len(self.choices())
        self._left.setText(
            tr(f"{grouped(left)} isian lagi belum dipilih", f"{grouped(left)} more to choose")
            if left
            else tr("Semua isian sudah dipilih", "All are chosen")
        )
        self.save.setEnabled(left == 0)


def _sentence(conflicts: Sequence[Conflict]) -> str:
    many = grouped(len(conflicts))
    words = (
        tr(
            "Satu sisi menghapus catatan ini, sisi lain mengubahnya, tanpa saling melihat.",
            "One side removed this record, the other changed it, without seeing each other.",
        )
        if any(conflict.removal for conflict in conflicts)
        else tr(
            f"{many} isian diubah oleh kantor dan Pusat, tanpa saling melihat.",
            f"{many} field(s) were changed by the office and by headquarters without seeing each other.",
        )
    )
    return words + tr(
        " Yang tidak dipilih tetap ada di Riwayat.", " What is not chosen stays in the history."
    )
