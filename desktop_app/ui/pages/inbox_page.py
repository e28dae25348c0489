"""Kotak Masuk, at headquarters: packages are dropped or chosen, read one after the other, and told file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.ui import keys, theme
from desktop_app.ui.exchange import telling
from desktop_app.ui.exchange.cells import Plain, Status
from desktop_app.ui.exchange.table import Column, Row, SmallTable
from desktop_app.ui.exchange.taking_in import Results, TakingIn, files_of
from desktop_app.ui.figures import grouped
from desktop_app.ui.ops import Changed, Latest, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, Card, IconButton, Label, MessageLine, painting
from desktop_app.ui.working import Working

if TYPE_CHECKING:
    from desktop_app.services.receiving import InLine
    from desktop_app.services.unmerging import Unmerged


class DropZone(QFrame):
    """A dashed ground: drop packages here, or choose them with the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self._icon = QLabel()
        self.receive = Button(
            tr("Baca paket…", "Read packages…"),
            "primary",
            "inbox-arrow-down-outline",
            dim="big",
            name="action_receive",
            shortcut=keys.READ.first,
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(
            Label(tr("Seret paket kantor ke sini", "Drop the offices' packages here"), "record", wrap=True)
        )
        words.addWidget(
            Label(
                tr(
                    "Boleh beberapa sekaligus dan dalam urutan apa pun. Paket yang rusak tidak menghalangi yang lain.",
                    "Several at once, in any order. A damaged package does not hold up the others.",
                ),
                "label",
                wrap=True,
            )
        )
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.receive)
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes, and the icon in the colours in use."""
        look = theme.current()
        self._row.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self._row.setSpacing(look.px(4))
        self._icon.setPixmap(
            theme.pixmap("inbox-arrow-down-outline", "accent_text", look.px(9), self.devicePixelRatioF())
        )

    def set_over(self, *, over: bool) -> None:
        """Files are being held over the page."""
        self._over = over
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and dashes."""
        look = theme.current()
        painter = painting.smooth(self)
        box, radius = self.rect().adjusted(1, 1, -1, -1), look.px(2)
        painting.fill(painter, box, radius, "accent_tint" if self._over else "surface")
        painter.setPen(QPen(look.colour("focus" if self._over else "input"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
        painter.end()


class InboxPage(Page):
    """What came, newest first. The menu of a package takes its content back out again."""

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._asks = Latest(ops, "slow", self)
        self._lines: dict[str, InLine] = {}
        self.zone = DropZone()
        self.working = Working()
        self.notice = MessageLine()
        self.notice.setObjectName("inbox_notice")
        self.results = Results(at_headquarters=True)
        self.taking_in = TakingIn(self, ctx, ops, self.working)
        self.setAcceptDrops(True)
        self._build()
        self.restyle()
        theme.changed.connect(self.restyle)
        self.zone.receive.clicked.connect(self.taking_in.choose)
        self.taking_in.read_.connect(self._received)
        self.taking_in.busy_changed.connect(lambda busy: self.zone.receive.setEnabled(not busy))
        ops.changed.connect(self._changed)

    def title(self) -> str:
        """See `Page.title`."""
        return tr("Kotak Masuk", "Inbox")

    def activate(self) -> None:
        """See `Page.activate`."""
        self.reload()
        self.zone.receive.setFocus()

    # ---- building

    def _build(self) -> None:
        self.table = SmallTable(
            (
                Column(tr("Kantor", "Office"), 34, elastic=True),
                Column(tr("Paket", "Package"), 46),
                Column(tr("Dibaca", "Read"), 29, leaves=3),
                Column(tr("Oleh", "By"), 30, leaves=1),
                Column(tr("Baru", "New"), 16, right=True, leaves=4),
                Column(tr("Berubah", "Changed"), 19, right=True, leaves=2),
                Column(tr("Ditolak", "Refused"), 18, right=True, leaves=6),
                Column(tr("Beda isian", "Conflicts"), 22, right=True, leaves=5),
                Column(tr("Keadaan", "State"), 43),
            ),
            11,
            "inbox",
            tr("Paket yang masuk", "Packages that came"),
        )
        self.table.show_at_least(5)
        self.table.menu_asked.connect(self._menu)
        self.more = IconButton(
            tr("Lainnya untuk paket ini", "More for this package"),
            "dots-horizontal",
            name="action_package_menu",
        )
        self.more.setEnabled(False)
        self.more.clicked.connect(
            lambda: self._menu(self.table.key(), self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self.table.picked.connect(lambda key: self.more.setEnabled(bool(key)))
        self._card = Card(tr("Paket yang masuk", "Packages that came"), " ", self.more, flush=True)
        self._nothing = Label(tr("Belum ada paket yang masuk.", "No package has come yet."), "label")
        self._card.body.addWidget(self._nothing)
        self._card.body.addWidget(self.table, 1)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._box = QVBoxLayout(inner)
        for widget in (self.zone, self.working, self.notice, self.results):
            self._box.addWidget(widget)
        self._box.addWidget(self._card, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self._box.setSpacing(look.px(4))
        self._nothing.setContentsMargins(look.px(6), 0, 0, look.px(3))

    # ---- asking

    def reload(self) -> None:
        """List anew, in a worker."""

        def work(_op: Op) -> list[InLine]:
            from desktop_app.services import receiving

            return receiving.inbox(self.ctx)

        self._asks.run(work, self._show, self._failed)

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, lines: list[InLine]) -> None:
        self._lines = {line.pid: line for line in lines}
        self.table.set_rows([self._row(line) for line in lines])
        self._nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))

    def _row(self, line: InLine) -> Row:
        part = (
            tr(f", bagian {line.part} dari {line.parts}", f", part {line.part} of {line.parts}")
            if line.parts > 1
            else ""
        )
        return Row(
            line.pid,
            (
                Plain(telling.site(line.site_code, line.site_name), role="strong"),
                Plain(f"No. {grouped(line.number)}{part}", line.file),
                Plain(telling.day_and_time(self.ctx, line.received_at), tone="text2"),
                Plain(line.received_by, tone="text2"),
                Plain(grouped(line.new)),
                Plain(grouped(line.changed)),
                Plain(grouped(line.refused_rows), tone="bad" if line.refused_rows else "text2"),
                Plain(grouped(line.conflicts), tone="warn" if line.conflicts else "text2"),
                _state(line),
            ),
        )

    def _failed(self, error: KnownError) -> None:
        self.notice.show_message("error", error.words.say())

    def _received(self, got: list[object]) -> None:
        self.notice.clear()
        self.results.show_results(got)  # type: ignore[arg-type]

    # ---- one package

    def _menu(self, pid: str, at: QPoint) -> None:
        line = self._lines.get(pid)
        if line is None:
            return
        menu = QMenu(self)
        menu.setObjectName("package_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.code:
            code = menu.addAction(
                theme.icon("check-circle", "text2"),
                tr(f"Salin kode tanda terima {line.code}", f"Copy the receipt code {line.code}"),
            )
            code.setObjectName("action_copy_code_again")
            code.triggered.connect(lambda: QGuiApplication.clipboard().setText(line.code))
        if line.why == "own_rows":
            back = menu.addAction(
                theme.icon("backup-restore", "text2"),
                tr(
                    "Data pusat pernah hilang: ambil kembali dari paket ini",
                    "Headquarters lost data: take it back from this package",
                ),
            )
            back.setObjectName("action_take_back")
            back.triggered.connect(self.taking_in.take_back)
        takes = menu.addAction(
            theme.icon("undo-variant", "bad"), tr("Batalkan isi paket ini…", "Take this package out again…")
        )
        takes.setObjectName("action_unmerge")
        takes.setEnabled(line.state == "merged")
        takes.triggered.connect(lambda: self._ask_unmerge(line))
        menu.popup(at)

    def _ask_unmerge(self, line: InLine) -> None:
        from desktop_app.ui.dialogs.reason import ReasonDialog

        whose = telling.site(line.site_code, line.site_name)
        dialog = ReasonDialog(
            tr(
                f"Batalkan isi paket No. {grouped(line.number)} dari {whose}?",
                f"Take package no. {grouped(line.number)} from {whose} out again?",
            ),
            tr(
                "Isian yang berasal dari paket ini kembali seperti sebelumnya, yang baru di dalamnya dihapus. Riwayatnya tetap ada, dan kantor menerimanya dengan jawaban berikutnya.",
                "Fields that came with this package become what they were, what was new in it is removed. The history stays, and the office gets it with the next answer.",
            ),
            tr("Batalkan isi paket", "Take it out"),
            self.window(),
        )
        dialog.given.connect(lambda reason: self._unmerge(line, reason))
        dialog.open()

    def _unmerge(self, line: InLine, reason: str) -> None:
        def work(_op: Op) -> Unmerged:
            from desktop_app.services import unmerging

            return unmerging.unmerge(self.ctx, line.pid, reason)

        op = self.ops.run(
            work,
            lane="long",
            owner=self,
            done=lambda done: self.notice.show_message(
                "hint",
                tr(
                    f"Isi paket No. {grouped(line.number)} dibatalkan: {grouped(done.rows)} baris dikembalikan.",
                    f"Package no. {grouped(line.number)} was taken out: {grouped(done.rows)} rows put back.",
                ),
            ),
            failed=self._failed,
            changes=Changed(frozenset(kind.name for kind in self.ctx.registry), by=self),
        )
        self.working.watch(op, Words("Membatalkan isi paket", "Taking the package out"))

    # ---- files dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the page."""
        if files_of(event.mimeData()):
            event.acceptProposedAction()
            self.zone.set_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        super().dragLeaveEvent(event)
        self.zone.set_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read them."""
        self.zone.set_over(over=False)
        event.acceptProposedAction()
        self.taking_in.read(files_of(event.mimeData()))


def _state(line: InLine) -> Status:
    if line.state == "waiting":
        return Status(tr("Disisihkan", "Set aside"), "warn", "bars")
    if line.state == "unmerged":
        return Status(tr("Isinya dibatalkan", "Taken out again"), "info", "back")
    if line.acknowledged:
        return Status(tr("Diakui", "Acknowledged"), "ok", "check")
    return Status(tr("Belum diakui", "Not acknowledged"), "warn", "ring")
