"""Kirim & Terima, the page of an office: send what is new, take headquarters' answers, put right what came back, see how far packages are."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.exchange import telling
from desktop_app.ui.exchange.cells import Journey, Plain, Status, Stop
from desktop_app.ui.exchange.places import outbox
from desktop_app.ui.exchange.receipt_card import ReceiptCard
from desktop_app.ui.exchange.returned_card import ReturnedCard
from desktop_app.ui.exchange.sending_card import SendingCard
from desktop_app.ui.exchange.table import Column, Row, SmallTable
from desktop_app.ui.exchange.taking_in import Results, TakingIn, files_of
from desktop_app.ui.figures import grouped
from desktop_app.ui.memory import Memory
from desktop_app.ui.ops import Changed, Latest, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, Card

if TYPE_CHECKING:
    from desktop_app.services.reviews import ReturnedItem
    from desktop_app.services.sending import Outgoing, OutLine, Sent


class _Overview(NamedTuple):
    """What the page shows, asked at once."""

    outgoing: Outgoing
    packages: list[OutLine]
    returned: list[ReturnedItem]
    fingerprint: str


class SendPage(Page):
    """`open_record`: kind, uid and field of a record to put right."""

    open_record = Signal(str, str, str)

    def __init__(
        self,
        ctx: AppContext,
        ops: Ops,
        memory: MutableMapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._asks = Latest(ops, "slow", self)
        self._codes = Latest(ops, "write", self)
        self._packages: dict[str, OutLine] = {}
        self._focus_wanted = False
        self.sending = SendingCard(ctx, ops, Memory(ctx.place) if memory is None else memory)
        self.receipt = ReceiptCard()
        self.returned = ReturnedCard(ctx)
        self.results = Results(at_headquarters=False)
        self.taking_in = TakingIn(self, ctx, ops, self.sending.working)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.restyle()
        theme.changed.connect(self.restyle)

    def title(self) -> str:
        """See `Page.title`."""
        return tr("Kirim & Terima", "Send & receive")

    def activate(self) -> None:
        """See `Page.activate`."""
        self._focus_wanted = True  # as soon as it is known that there is something to press the button for
        self.reload()

    def fit(self, wide: bool, tall: bool) -> None:  # noqa: ARG002
        """Below 1200 px the two cards stand below each other."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(across if wide else down)

    # ---- building

    def _build(self) -> None:
        self.table = SmallTable(
            (
                Column(tr("Paket", "Package"), 19),
                Column(tr("Dibuat", "Made"), 29),
                Column(tr("Catatan", "Records"), 20, right=True),
                Column(tr("Perjalanan", "On its way"), 90, elastic=True),
                Column(tr("Keadaan", "State"), 44),
            ),
            11,
            "packages",
            tr("Paket yang sudah dibuat", "Packages made"),
        )
        self.table.show_at_least(4, 20)
        self._open = Button(
            tr("Buka foldernya", "Open its folder"), "link", "folder-open-outline", name="action_open_package"
        )
        self._open.setEnabled(False)
        self._packages_card = Card(
            tr("Paket yang sudah dibuat", "Packages made"), " ", self._open, flush=True
        )
        self._packages_card.body.addWidget(self.table, 1)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.addWidget(self.sending, 2)
        self._cards.addWidget(self.receipt, 1)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._box = QVBoxLayout(inner)
        for widget in (self.results, self.returned):
            self._box.addWidget(widget)
        self._box.addLayout(self._cards)
        self._box.addWidget(self._packages_card, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self._box.setSpacing(look.px(4))
        self._cards.setSpacing(look.px(4))

    def _connect(self) -> None:
        self.sending.send_asked.connect(self.send)
        self.receipt.code_given.connect(self._take_code)
        self.receipt.files_asked.connect(self.taking_in.choose)
        self.returned.wanted.connect(self.open_record)
        self.taking_in.read_.connect(self._received)
        self.taking_in.busy_changed.connect(lambda busy: self.receipt.receive.setEnabled(not busy))
        self._open.clicked.connect(lambda: self._open_package(self.table.key()))
        self.table.opened.connect(self._open_package)
        self.table.menu_asked.connect(self._menu)
        self.table.picked.connect(lambda key: self._open.setEnabled(bool(key)))
        self.ops.changed.connect(self._changed)

    # ---- asking

    def reload(self) -> None:
        """Count and list anew, in a worker."""
        self._asks.run(lambda _op: self._look(), self._show, self._failed)

    def _look(self) -> _Overview:
        from desktop_app.services import reviews, sending, sites

        return _Overview(
            sending.preview(self.ctx),
            sending.sent(self.ctx),
            reviews.returned(self.ctx),
            sites.own_fingerprint(self.ctx),
        )

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, now: _Overview) -> None:
        self.sending.show_outgoing(now.outgoing)
        if self._focus_wanted:
            self._focus_wanted = False
            self.sending.send.setFocus()
        self.returned.show_items(now.returned)
        self._packages = {line.pid: line for line in now.packages}
        self.table.set_rows([self._row(line) for line in now.packages])
        last = next((line for line in now.packages if line.acknowledged_at is not None), None)
        if last is None:
            words = tr("Belum ada tanda terima", "No receipt yet")
        else:
            at = telling.day_and_time(self.ctx, last.acknowledged_at)
            words = tr(
                f"Terakhir: tanda terima No. {grouped(last.number)}, {at}",
                f"Last: receipt for no. {grouped(last.number)}, {at}",
            )
        self.receipt.show_last(words)
        self.receipt.show_fingerprint(now.fingerprint)

    def _row(self, line: OutLine) -> Row:
        made, got = telling.day(self.ctx, line.made_at), telling.day(self.ctx, line.acknowledged_at)
        done = line.acknowledged_at is not None
        by_phone = tr(" lewat telepon", " by telephone") if line.acknowledged_by == "code" else ""
        waited = (self.ctx.clock() - line.made_at).days
        waiting = (
            tr(f"ditunggu {grouped(waited)} hari", f"awaited {grouped(waited)} days")
            if waited
            else tr("ditunggu", "awaited")
        )
        stops = (
            Stop(tr("Dibuat", "Made"), made, True),
            Stop(tr("Tanda terima", "Receipt"), f"{got}{by_phone}" if done else waiting, done),
        )
        state = (
            Status(tr(f"{grouped(line.refused)} ditolak", f"{grouped(line.refused)} refused"), "warn", "bars")
            if done and line.refused
            else Status(tr("Diterima Pusat", "Received"), "ok", "check")
            if done
            else Status(tr("Belum diakui", "Not acknowledged"), "warn", "bars")
        )
        return Row(
            line.pid,
            (
                Plain(f"No. {grouped(line.number)}", role="strong"),
                Plain(telling.day_and_time(self.ctx, line.made_at), tone="text2"),
                Plain(grouped(line.records)),
                Journey(stops),
                state,
            ),
        )

    def _failed(self, error: KnownError) -> None:
        self.sending.refuse(error.words.say())

    # ---- deeds

    def send(self, folder: Path) -> None:
        """Make the package and write it there, in a worker."""
        plain, personal = self.sending.plain.isChecked(), self.sending.personal.isChecked()

        def work(op: Op) -> Sent:
            from desktop_app.services import sending

            if folder == outbox():
                folder.mkdir(parents=True, exist_ok=True)
            return sending.send(self.ctx, folder, plain=plain, personal=personal, progress=op)

        self.sending.set_busy(busy=True)
        op = self.ops.run(
            work,
            lane="long",
            owner=self,
            done=self.sending.show_sent,
            failed=self._failed,
            changes=Changed(frozenset(), by=self),
        )
        op.ended.connect(lambda: self.sending.set_busy(busy=False))
        self.sending.working.watch(op, Words("Membuat paket", "Making the package"))

    def _take_code(self, text: str) -> None:
        def work(_op: Op) -> OutLine:
            from desktop_app.services import sending

            return sending.take_code(self.ctx, text)

        self._codes.run(work, self._code_taken, self._code_refused)

    def _code_taken(self, line: OutLine) -> None:
        number = grouped(line.number)
        self.receipt.accepted(
            tr(
                f"Paket No. {number} sudah diterima Pusat.",
                f"Headquarters has received package no. {number}.",
            )
        )
        self.ops.changed.emit(Changed(frozenset(kind.name for kind in self.ctx.registry), by=self))

    def _code_refused(self, error: KnownError) -> None:
        self.receipt.refuse(error.words.say())

    def _received(self, got: list[object]) -> None:
        self.results.show_results(got)  # type: ignore[arg-type]
        self._scroll.verticalScrollBar().setValue(0)

    def _menu(self, pid: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Buka foldernya", "Open its folder")).triggered.connect(
            lambda: self._open_package(pid)
        )
        menu.popup(at)

    def _open_package(self, pid: str) -> None:
        line = self._packages.get(pid)
        if line is None:
            return
        folder = Path(line.file).parent
        if folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            self.sending.notice.show_message(
                "warning",
                tr(
                    f"Folder {folder} tidak ada sekarang. Yang belum diakui ikut lagi di paket berikutnya.",
                    f"The folder {folder} is not there now. What is not acknowledged goes again with the next package.",
                ),
            )

    # ---- files dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the page."""
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read them."""
        event.acceptProposedAction()
        self.taking_in.read(files_of(event.mimeData()))
