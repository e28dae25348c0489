"""One step or one change for the selected rows of a list: a menu of what is possible, one card for all, one way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field, Value
from desktop_app.core.spec import Kind, Move
from desktop_app.core.words import Words, tr
from desktop_app.ui import keys
from desktop_app.ui.exchange import transferring
from desktop_app.ui.figures import grouped
from desktop_app.ui.ops import Changed

if TYPE_CHECKING:
    from desktop_app.core.draft import Draft
    from desktop_app.services.lists import ListRow
    from desktop_app.services.many import Done, Refused
    from desktop_app.ui.pages.list_page import ListPage

AT_ONCE = 200
"""More is a job to think about, as with removing."""
CHANGE = "change"
_SIMPLE = (f.Choice, f.Reference, f.Date, f.Timestamp, f.YesNo)


def changeable(kind: Kind) -> list[Field]:
    """The fields that many records may be given alike: those of the list's columns and filters that are chosen, dated or ticked."""
    shown = [name for column in kind.columns for name in (column.field, column.also)]
    stored = {field.name: field for field in kind.stored_fields}
    return [
        stored[name]
        for name in dict.fromkeys((*kind.filters, *shown))
        if name in stored and _is_simple(stored[name]) and name != kind.natural_key
    ]


def _is_simple(field: Field) -> bool:
    return isinstance(values.leaf(field), _SIMPLE) and not (field.hidden or field.unique or field.personal)


class ManyAtOnce(QObject):
    """The button at the foot of a list, and its key."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page, self._kind = page, page.kind
        page.foot.many.clicked.connect(self.ask)
        keys.bind(keys.MANY, page, self.ask)

    def ask(self) -> None:
        """Offer what can be done with the selected rows."""
        page = self._page
        most = transferring.AT_ONCE if self._moves_away else AT_ONCE
        numbers = page.view.selected_numbers(most + 1)
        if page.model.query.removed or len(numbers) < 2:
            page.say(
                "hint", tr("Pilih dulu beberapa baris (Shift+↓).", "Select several rows first (Shift+↓).")
            )
        elif len(numbers) > most:
            page.say(
                "warning",
                tr(
                    f"Paling banyak {grouped(most)} catatan sekali ubah. Pilih lebih sedikit.",
                    f"At most {grouped(most)} records are changed at a time. Select fewer.",
                ),
            )
        else:
            page.doings.with_rows(numbers, self._offer)

    @property
    def _moves_away(self) -> bool:
        """Whether records of this kind can be moved to another office here."""
        from desktop_app.services import responsibility, roles

        return roles.is_headquarters(self._page.ctx) and responsibility.may_move(self._kind)

    def _offer(self, rows: list[ListRow]) -> None:
        """What is possible with so many: steps and changes are made one by one, another office is one deed for all."""
        menu = QMenu(self._page)
        menu.setObjectName("many_menu")
        if len(rows) <= AT_ONCE:
            self._offer_changes(menu, rows)
        if self._moves_away:
            menu.addSeparator()
            away = menu.addAction(tr("Pindahkan tanggung jawab…", "Make another office responsible…"))
            away.setObjectName("action_transfer")
            away.triggered.connect(lambda _checked=False: self._transfer(rows))
        button = self._page.foot.many
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _transfer(self, rows: Sequence[ListRow]) -> None:
        page, number = self._page, grouped(len(rows))
        transferring.ask(
            page.ctx,
            page.ops,
            page,
            (self._kind.name, [row.uid for row in rows], tr(f"{number} catatan", f"{number} records")),
            lambda words: page.say("hint", words.say()),
            page.refuse,
            watch=page.watch,
        )

    def _offer_changes(self, menu: QMenu, rows: list[ListRow]) -> None:
        cycle = self._kind.life_cycle
        for move in cycle.moves if cycle else ():
            able = sum(row.status in move.frm for row in rows)
            if able:
                words = move.label.say()
                if able < len(rows):
                    words += " " + tr(f"({able} dari {len(rows)})", f"({able} of {len(rows)})")
                menu.addAction(words.replace("&", "&&") + "…").triggered.connect(
                    lambda _checked=False, move=move: self._begin(rows, move)
                )
        menu.addSeparator()
        for field in changeable(self._kind):
            words = tr(f"Isi {field.label.id}", f"Set {field.label.en}")
            move = Move(
                CHANGE, words, words, (), rows[0].status or "", asks=(field.name,), requires=(field.name,)
            )
            menu.addAction(words.replace("&", "&&") + "…").triggered.connect(
                lambda _checked=False, move=move: self._begin(rows, move)
            )

    def _begin(self, rows: Sequence[ListRow], move: Move) -> None:
        """Ask what is common, on the card of the form, with a draft of the first record."""
        from desktop_app.services import records
        from desktop_app.ui.form import asking

        page, kind, uid = self._page, self._kind.name, rows[0].uid
        page.ops.run(
            lambda _op: asking.made_ready(page.ctx, records.open_draft(page.ctx, kind, uid)),
            lane="quick",
            owner=self,
            done=lambda draft: self._ask(rows, move, draft),
            failed=page.refuse,
        )

    def _ask(self, rows: Sequence[ListRow], move: Move, draft: Draft) -> None:
        from desktop_app.ui.finding.many_dialog import ManyDialog

        dialog = ManyDialog(self._page.ctx, self._page.ops, move, draft, len(rows), self._page.window())
        uids = [row.uid for row in rows]
        dialog.given.connect(lambda common, reason: self._do(uids, move, common, reason))
        dialog.open()

    def _do(self, uids: Sequence[str], move: Move, common: Mapping[str, Value], reason: str) -> None:
        from desktop_app.services import many

        ctx, kind, page = self._page.ctx, self._kind.name, self._page
        op = page.ops.run(
            (lambda op: many.change(ctx, kind, uids, common, op))
            if move.name == CHANGE
            else (lambda op: many.move(ctx, kind, uids, move.name, common, reason, op)),
            lane="write",
            owner=self,
            done=self._did,
            failed=page.refuse,
            changes=Changed(frozenset({kind}), by=page),
        )
        page.watch(op, Words("Mengubah", "Changing"))

    def _did(self, done: Done) -> None:
        page = self._page
        if done.undo is not None:
            page.undoable.emit(done.undo)
        number = grouped(len(done.done))
        words = tr(f"{number} catatan diubah.", f"{number} records changed.")
        if done.left:
            left = grouped(done.left)
            words += " " + tr(
                f"{left} tidak dikerjakan, karena dibatalkan.", f"{left} left out, as cancelled."
            )
        if not done.refused:
            page.say("warning" if done.left else "hint", words)
            return
        kept = grouped(len(done.refused))
        words += " " + tr(f"{kept} tetap seperti semula.", f"{kept} stay as they were.")
        page.say("warning", words)
        uids = [one.uid for one in done.refused]
        page.ops.run(
            lambda _op: _titles(page, uids),
            lane="quick",
            owner=self,
            done=lambda titles: self._tell(words, done.refused, titles),
        )

    def _tell(self, words: str, refused: Sequence[Refused], titles: Mapping[str, str]) -> None:
        from desktop_app.ui.finding.many_refused import ManyRefused

        dialog = ManyRefused(words, refused, titles, self._page.window())
        dialog.chosen.connect(self._page.open_record)
        dialog.open()


def _titles(page: ListPage, uids: Sequence[str]) -> Mapping[str, str]:
    with page.ctx.store.reading() as reader:
        return reader.titles(page.kind.name, uids)
