"""Tinjauan, at headquarters: conflicts to be decided, records that were given back or that a rule found something about, proposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.exchange import giving_back, telling
from desktop_app.ui.exchange.cells import Plain
from desktop_app.ui.exchange.conflict_view import ConflictView, Which
from desktop_app.ui.exchange.note_view import NoteView
from desktop_app.ui.exchange.table import Column, Row, SmallTable
from desktop_app.ui.ops import Changed, Latest, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Chip, EmptyState, Hairline, MessageLine
from desktop_app.ui.working import Working

if TYPE_CHECKING:
    from desktop_app.services.conflicts import Conflict
    from desktop_app.services.flagging import Flagged
    from desktop_app.services.proposals import Proposed
    from desktop_app.services.reviews import ReturnedItem

Heap = Literal["conflicts", "proposals", "returned", "flagged"]
HEAPS: tuple[Heap, ...] = ("conflicts", "proposals", "returned", "flagged")


class _Waiting(NamedTuple):
    """What there is to look at: the conflicts record by record."""

    conflicts: dict[str, list[Conflict]]
    proposals: dict[str, Proposed]
    returned: dict[str, ReturnedItem]
    flagged: dict[str, Flagged]
    offices: dict[str, str]


class ReviewPage(Page):
    """`open_record`: kind, uid and field of a record to show."""

    ground = "surface"

    open_record = Signal(str, str, str)

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._asks = Latest(ops, "slow", self)
        self._waiting = _Waiting({}, {}, {}, {}, {})
        self._heap: Heap = "conflicts"
        self._shown = ""
        self._chosen: dict[str, Which] = {}
        self.working = Working()
        self.notice = MessageLine()
        self.notice.setObjectName("review_notice")
        self.conflict = ConflictView(ctx, self._chosen)
        self.about = NoteView(ctx)
        self._build()
        self.restyle()
        theme.changed.connect(self.restyle)
        self._connect()

    # ---- the frame's questions

    def title(self) -> str:
        """See `Page.title`."""
        return tr("Tinjauan", "Review")

    def note(self) -> str:
        """How many decisions are waited for."""
        count = len(self._waiting.conflicts) + len(self._waiting.proposals)
        number = telling.records(count)
        return tr(f"{number} menunggu keputusan", f"{number} to be decided") if count else ""

    def activate(self) -> None:
        """See `Page.activate`."""
        self.reload()
        self.table.setFocus()

    def fit(self, wide: bool, tall: bool) -> None:  # noqa: ARG002
        """In a narrow window the list at the left is narrower."""
        self._wide = wide
        self.conflict.set_stacked(stacked=not wide)
        self.restyle()

    # ---- building

    def _build(self) -> None:
        self._wide = True
        words = {
            "conflicts": tr("Beda isian", "Conflicts"),
            "proposals": tr("Usulan", "Proposals"),
            "returned": tr("Dikembalikan", "Given back"),
            "flagged": tr("Ditandai", "Flagged"),
        }
        self.chips = {heap: Chip(words[heap], name=f"heap_{heap}") for heap in HEAPS}
        self._bar = QGridLayout()
        for place, (heap, chip) in enumerate(self.chips.items()):
            chip.clicked.connect(lambda _on=False, heap=heap: self.show_heap(heap))
            self._bar.addWidget(chip, *divmod(place, 2))
        self._bar.setColumnStretch(2, 1)
        self.table = SmallTable(
            (
                Column(tr("Catatan", "Record"), 30, elastic=True),
                Column(tr("Tanggal", "Date"), 20, right=True),
            ),
            14,
            "review_list",
            tr("Yang perlu ditinjau", "To be reviewed"),
        )
        self.table.horizontalHeader().hide()
        self._side = QFrame()
        self._side.setBackgroundRole(QPalette.ColorRole.Base)
        self._side.setAutoFillBackground(True)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._bar)
        column.addWidget(Hairline())
        column.addWidget(self.table, 1)
        self.nothing = EmptyState(
            "check-circle-outline",
            tr("Tidak ada yang perlu ditinjau", "There is nothing to review"),
            tr(
                "Perbedaan isian dan catatan yang ditandai muncul di sini setelah paket dibaca.",
                "Conflicts and flagged records appear here after packages have been read.",
            ),
        )
        self.views = QStackedWidget()
        for view in (self.nothing, self.conflict, self.about):
            self.views.addWidget(view)
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.working, self.notice):
            right.addWidget(widget)
        right.addWidget(self.views, 1)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        whole = QHBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._side)
        whole.addWidget(Hairline(down=True, token="border"))
        whole.addLayout(right, 1)
        scroll = QScrollArea()  # in large type both sides have no room beside each other
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        side = look.px(6 if self._wide else 2)
        self._bar.setContentsMargins(side, look.px(3), side, look.px(2))
        self._bar.setSpacing(look.px(1.5))
        self._side.setFixedWidth(max(look.px(102 if self._wide else 93), self._bar.minimumSize().width()))
        for widget in (self.notice, self.working):
            widget.setContentsMargins(look.px(6), look.px(1), look.px(6), look.px(1))

    def _connect(self) -> None:
        self.table.picked.connect(self._show_record)
        self.table.opened.connect(lambda _key: self._open(""))
        self.conflict.decided.connect(self._decide)
        self.conflict.skipped.connect(self._skip)
        self.conflict.opened.connect(self._open)
        self.conflict.asked.connect(self._give_back)
        self.about.opened.connect(self._open)
        self.about.asked.connect(self._give_back)
        self.about.take.clicked.connect(self._accept)
        self.about.reject.clicked.connect(self._ask_why)
        self.ops.changed.connect(self._changed)

    # ---- asking

    def reload(self) -> None:
        """Ask anew, in a worker."""
        self._asks.run(lambda _op: self._look(), self._show, self._failed)

    def _look(self) -> _Waiting:
        from desktop_app.services import conflicts, flagging, proposals, reviews

        proposed = proposals.proposals(self.ctx, undecided=True)
        returned, flagged = reviews.returned(self.ctx), flagging.flagged(self.ctx)
        by_record: dict[str, list[Conflict]] = {}
        for conflict in conflicts.open_conflicts(self.ctx):
            by_record.setdefault(f"{conflict.kind}/{conflict.record_uid}", []).append(conflict)
        codes = {of_record[0].site_code for of_record in by_record.values()}
        codes |= {item.site_code for item in returned} | {item.site_code for item in flagged}
        codes |= {item.site_code for item in proposed}
        with self.ctx.store.reading() as reader:
            offices = reader.titles("region", codes)
        return _Waiting(
            by_record,
            {f"proposal/{item.uid}": item for item in proposed},
            {f"{item.kind}/{item.uid}": item for item in returned},
            {f"{item.kind}/{item.uid}": item for item in flagged},
            offices,
        )

    def _office(self, code: str) -> str:
        return self._waiting.offices.get(code, code)

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, waiting: _Waiting) -> None:
        self._waiting = waiting
        for heap, chip in self.chips.items():
            chip.set_count(len(getattr(waiting, heap)))
        self.restyle()
        self._shown = ""
        self.show_heap(self._heap)
        self.title_changed.emit()

    def show_heap(self, heap: Heap) -> None:
        """Conflicts, what was given back, or what is flagged."""
        self._heap = heap
        for name, chip in self.chips.items():
            chip.setChecked(name == heap)
        rows = {
            "conflicts": self._conflict_rows,
            "proposals": self._proposal_rows,
            "returned": self._returned_rows,
            "flagged": self._flagged_rows,
        }
        nothing = {
            "conflicts": tr("Tidak ada isian yang berbeda", "There are no conflicts"),
            "proposals": tr("Tidak ada usulan", "There are no proposals"),
            "returned": tr("Tidak ada yang dikembalikan", "Nothing is given back"),
            "flagged": tr("Tidak ada yang ditandai", "Nothing is flagged"),
        }
        self.nothing.set_title(nothing[heap])
        self.table.set_rows(rows[heap]())

    def _conflict_rows(self) -> list[Row]:
        rows = []
        for key, conflicts in self._waiting.conflicts.items():
            fields = [conflict.field.say() for conflict in conflicts]
            what = fields[0] if len(fields) == 1 else tr(f"{len(fields)} isian", f"{len(fields)} fields")
            newest = max(
                (side.at for one in conflicts for side in (one.office, one.head) if side.at), default=None
            )
            site = self._office(conflicts[0].site_code)
            rows.append(self._row(key, conflicts[0].title, f"{site}, {what}", telling.day(self.ctx, newest)))
        return rows

    def _proposal_rows(self) -> list[Row]:
        return self._rows_of_fields(self._waiting.proposals)

    def _returned_rows(self) -> list[Row]:
        return self._rows_of_fields(self._waiting.returned)

    def _rows_of_fields(self, waiting: Mapping[str, Proposed] | Mapping[str, ReturnedItem]) -> list[Row]:
        """What waits and is about one field each."""
        return [
            self._row(
                key,
                item.title,
                f"{self._office(item.site_code)}, {item.field.say()}",
                telling.day(self.ctx, item.at),
            )
            for key, item in waiting.items()
        ]

    def _flagged_rows(self) -> list[Row]:
        return [
            self._row(key, item.title, f"{self._office(item.site_code)}, {item.findings[0].words.say()}", "")
            for key, item in self._waiting.flagged.items()
        ]

    @staticmethod
    def _row(key: str, title: str, second: str, day: str) -> Row:
        return Row(key, (Plain(title, second, role="strong"), Plain(day, tone="text3")))

    def _show_record(self, key: str) -> None:
        if key and key == self._shown and self.views.currentWidget() is not self.nothing:
            return
        self._shown = key
        waiting = self._waiting
        if self._heap == "conflicts" and key in waiting.conflicts:
            first = waiting.conflicts[key][0]
            self.conflict.show_conflicts(
                waiting.conflicts[key],
                self._office(first.site_code),
                self._subtitle(first.kind, first.number, first.site_code),
            )
            self.views.setCurrentWidget(self.conflict)
        elif self._heap == "proposals" and key in waiting.proposals:
            proposed = waiting.proposals[key]
            self.about.show_proposal(
                proposed, self._subtitle(proposed.kind, proposed.number, proposed.site_code)
            )
            self.views.setCurrentWidget(self.about)
        elif self._heap == "returned" and key in waiting.returned:
            item = waiting.returned[key]
            self.about.show_returned(item, self._subtitle(item.kind, item.number, item.site_code))
            self.views.setCurrentWidget(self.about)
        elif self._heap == "flagged" and key in waiting.flagged:
            flagged = waiting.flagged[key]
            self.about.show_flagged(flagged, self._subtitle(flagged.kind, flagged.number, flagged.site_code))
            self.views.setCurrentWidget(self.about)
        else:
            self.views.setCurrentWidget(self.nothing)

    def _subtitle(self, kind: str, number: str, site: str) -> str:
        label = self.ctx.registry[kind].label.say()
        return ", ".join(part for part in (f"{label} {number}".strip(), self._office(site)) if part)

    def _failed(self, error: KnownError) -> None:
        self.notice.show_message("error", error.words.say())

    # ---- deeds

    def _place(self) -> tuple[str, str]:
        kind, _, uid = self.table.key().partition("/")
        return kind, uid

    def _accept(self) -> None:
        self._answer(
            tr("Usulan diterima; kantor mendapat jawabannya.", "Accepted; the office will be told."), None
        )

    def _ask_why(self) -> None:
        from desktop_app.ui.dialogs.reason import ReasonDialog

        dialog = ReasonDialog(
            tr("Tolak usulan?", "Reject the proposal?"),
            tr("Kantor membaca alasannya.", "The office will read why."),
            tr("Tolak", "Reject"),
            self.window(),
            icon="close",
            example=tr("misalnya: sudah sesuai data lapangan", "for example: it is right as it stands"),
        )
        told = tr("Usulan ditolak; kantor mendapat jawabannya.", "Rejected; the office will be told.")
        dialog.given.connect(lambda reason: self._answer(told, reason))
        dialog.open()

    def _answer(self, told: str, reason: str | None) -> None:
        """Accept the proposal on the screen, or reject it for a reason."""
        key = self.table.key()
        item = self._waiting.proposals.get(key)
        if item is None:
            return

        def work(_op: Op) -> None:
            from desktop_app.services import proposals

            if reason is None:
                proposals.accept(self.ctx, item.uid)
            else:
                proposals.reject(self.ctx, item.uid, reason)

        self.ops.run(
            work,
            lane="write",
            owner=self,
            done=lambda _: self.notice.show_message("hint", told),
            failed=self._failed,
            changes=Changed(frozenset({item.kind, "proposal"}), item.record_uid),
        )

    def _open(self, field: str) -> None:
        kind, uid = self._place()
        item = self._waiting.proposals.get(self.table.key())
        if item is not None:
            kind, uid = item.kind, item.record_uid
        if uid:
            self.open_record.emit(kind, uid, field)

    def _give_back(self, field: str) -> None:
        kind, uid = self._place()
        if uid:
            title = self.table.texts()[self.table.currentIndex().row()][0]
            told = tr(
                "Dikembalikan ke kantor dengan jawaban berikutnya.",
                "Given back to the office with the next answer.",
            )
            giving_back.ask(
                self.ctx,
                self.ops,
                self,
                (kind, uid, title),
                field,
                lambda: self.notice.show_message("hint", told),
                self._failed,
            )

    def _skip(self) -> None:
        number = self.table.currentIndex().row() + 1
        rows = self.table.rows.rows
        if rows:
            self.table.choose(rows[number % len(rows)].key)

    def _decide(self) -> None:
        choices, key = self.conflict.choices(), self.table.key()
        kind, uid = self._place()
        if not choices:
            return

        def work(op: Op) -> int:
            from desktop_app.services import conflicts

            for done, (conflict, which) in enumerate(choices.items()):
                op.at(done, len(choices), Words("Menyimpan keputusan", "Saving the decision"))
                conflicts.decide(self.ctx, conflict, which)
            return len(choices)

        self.conflict.save.setEnabled(False)
        self._next_key(key)
        op = self.ops.run(
            work,
            lane="write",
            owner=self,
            done=lambda _count: self._decided(choices),
            failed=self._not_decided,
            stopped=self.reload,
            changes=Changed(frozenset({kind, "conflict"}), uid, by=self),
        )
        self.working.watch(op, Words("Menyimpan keputusan", "Saving the decision"))

    def _next_key(self, key: str) -> None:
        """After this one is gone the list stands on the one below, else on the last."""
        keys = [row.key for row in self.table.rows.rows]
        place = keys.index(key)
        others = keys[place + 1 :] or keys[:place]
        self._after = others[0] if others else ""

    def _not_decided(self, error: KnownError) -> None:
        """Those before the one that was refused are stored."""
        self.reload()
        self._failed(error)

    def _decided(self, choices: dict[str, Which]) -> None:
        for uid in choices:
            self._chosen.pop(uid, None)
        self.notice.show_message("hint", tr("Keputusan tersimpan.", "The decision is saved."))
        self.table.choose(self._after)
