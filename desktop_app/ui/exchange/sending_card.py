"""The card that sends: the sentence with the number, what goes and what does not, where to, one big button, and what came of it."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.exchange import telling
from desktop_app.ui.exchange.places import Places
from desktop_app.ui.figures import grouped
from desktop_app.ui.ops import Ops
from desktop_app.ui.widgets import Banner, Button, Label, MessageLine
from desktop_app.ui.widgets.choices import CheckBox
from desktop_app.ui.working import Working

if TYPE_CHECKING:
    from desktop_app.services.sending import Outgoing, Sent


_KINDS_SHOWN = 6


class SendingCard(QFrame):
    """`send_asked` carries the folder; the owner does the work and tells `show_outgoing`, `show_sent`, `refuse`."""

    send_asked = Signal(object)

    def __init__(
        self, ctx: AppContext, ops: Ops, memory: MutableMapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.ctx = ctx
        self._busy = False
        self._outgoing: Outgoing | None = None
        self._sent: Sent | None = None
        self._parts: list[QWidget] = []
        self._columns = 3
        self.places = Places(ops, memory)
        self._sentence = Label(
            tr("Menghitung yang belum terkirim…", "Counting what is unsent…"), "title", wrap=True
        )
        self._sentence.setObjectName("send_sentence")
        self._since = Label("", "label", wrap=True)
        self.personal = CheckBox(
            tr(
                "Sertakan data pribadi walau tidak disandi",
                "Include personal data although it is not encrypted",
            )
        )
        self.personal.setObjectName("send_personal")
        self.plain = CheckBox(tr("Tabel Excel juga", "Excel tables too"))
        self.plain.setToolTip(
            tr(
                "Di samping paket: tabel tanpa data pribadi, untuk yang tidak memakai Pelita",
                "Beside the package: tables without personal data, for people without Pelita",
            )
        )
        self.plain.setObjectName("send_plain")
        self.send = Button(tr("Kirim", "Send"), "primary", "send-outline", dim="big", name="action_send")
        self.send.setEnabled(False)
        self.send.clicked.connect(self._ask)
        self._beside = Label("", "body", "text2", wrap=True)
        self._below = Label("", "meta", wrap=True)
        self.notice = MessageLine()
        self.notice.setObjectName("error_send")
        self.working = Working()
        self.open_folder = Button(
            tr("Buka folder", "Open the folder"),
            "outlined",
            "folder-open-outline",
            dim="small",
            name="action_open_folder",
        )
        self.open_folder.clicked.connect(self.show_folder)
        self.done = Banner("check-circle", "", (self.open_folder,), "ok")
        self.done.setObjectName("sent_banner")
        self.done.hide()
        self._lay_out()
        self.restyle()
        theme.changed.connect(self.restyle)

    def _lay_out(self) -> None:
        self._kinds = QGridLayout()
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._beside)
        beside.addWidget(self._below)
        self._button_row = QHBoxLayout()
        self._button_row.addWidget(self.send)
        self._button_row.addLayout(beside, 1)
        self._button_row.addWidget(self.plain)
        self._box = QVBoxLayout(self)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._sentence)
        head.addWidget(self._since)
        self._box.addLayout(head)
        self._box.addLayout(self._kinds)
        self._box.addWidget(self.places)
        for widget in (self.personal, self.working):
            self._box.addWidget(widget)
        self._box.addLayout(self._button_row)
        self._box.addWidget(self.notice)
        self._box.addWidget(self.done)
        self._box.addStretch(1)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self._box.setSpacing(look.px(3))
        self._kinds.setHorizontalSpacing(look.px(4))
        self._kinds.setVerticalSpacing(look.px(1.5))
        self._button_row.setSpacing(look.px(3))

    # ---- what is to go

    def show_outgoing(self, outgoing: Outgoing) -> None:
        """What a package made now would hold."""
        self._outgoing = outgoing
        count = sum(one.number for one in outgoing.kinds if self.ctx.registry[one.kind].own_page)
        self._sentence.setText(
            tr(f"{grouped(count)} catatan siap dikirim", f"{telling.records(count)} ready to be sent")
            if count
            else tr("Ada perubahan yang siap dikirim", "There are changes ready to be sent")
            if outgoing.total
            else tr("Tidak ada yang perlu dikirim", "There is nothing to send")
        )
        self._since.setText(self._explained(outgoing))
        self.send.set_words(
            tr(f"Kirim {grouped(count)} catatan", f"Send {telling.records(count)}")
            if count
            else tr("Kirim perubahan", "Send the changes")
            if outgoing.total
            else tr("Kirim laporan nihil", "Send an empty report")
        )
        self.personal.setVisible(not outgoing.encrypted)
        self._beside.setText(self._packed(outgoing))
        self._show_kinds(outgoing)
        self._enable()

    def _explained(self, outgoing: Outgoing) -> str:
        if not outgoing.total:
            return tr(
                "Paket kosong memberi tahu Pusat bahwa kantor ini tidak punya laporan baru.",
                "An empty package tells headquarters that this office has nothing new.",
            )
        waiting = outgoing.newest_unacknowledged
        if waiting:
            return tr(
                f"Semua yang berubah, dan yang belum diakui Pusat sejak paket No. {grouped(waiting)}.",
                f"All that changed, and what headquarters has not acknowledged since package no. {grouped(waiting)}.",
            )
        return tr("Semua perubahan sejak tanda terima terakhir.", "All that changed since the last receipt.")

    def _packed(self, outgoing: Outgoing) -> str:
        whom = telling.site(outgoing.to_code, outgoing.to_name)
        self._below.setText(
            tr(
                "Setelah ditulis, paket dibaca ulang dan dicocokkan.",
                "Once written, the package is read again and compared.",
            )
        )
        if outgoing.encrypted:
            return tr(f"Disandi untuk {whom}", f"Encrypted for {whom}")
        return tr(
            "Tidak disandi: kunci Pusat belum ada di sini. Data pribadi tidak ikut.",
            "Not encrypted: headquarters' key is not here yet. Personal data stays out.",
        )

    def _show_kinds(self, outgoing: Outgoing) -> None:
        for widget in self._parts:
            self._kinds.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        kinds = [one for one in outgoing.kinds if one.number and self.ctx.registry[one.kind].own_page]
        kinds.sort(key=lambda one: -one.number)
        shown, others = kinds[:_KINDS_SHOWN], kinds[_KINDS_SHOWN:]
        lines = [(self.ctx.registry[one.kind].icon, one.number, one.plural.say()) for one in shown]
        if others:
            number = sum(one.number for one in others)
            words = tr(f"dari {len(others)} jenis lain", f"of {len(others)} other kinds")
            lines.append(("dots-horizontal", number, words))
        if outgoing.lines_and_moves:
            lines.append(
                (
                    "format-list-bulleted",
                    outgoing.lines_and_moves,
                    tr("baris rincian dan langkah", "lines and steps"),
                )
            )
        if outgoing.photos:
            lines.append(("image-multiple-outline", outgoing.photos, tr("foto", "photos")))
        if outgoing.drafts:
            lines.append(
                ("alert-circle-outline", outgoing.drafts, tr("konsep tidak ikut", "drafts stay here"))
            )
        self._parts = [_counted(*line) for line in lines]
        for place, widget in enumerate(self._parts):
            self._kinds.addWidget(widget, place // self._columns, place % self._columns)

    # ---- sending

    def _ask(self) -> None:
        folder = self.places.folder()
        if folder is None:
            self.notice.show_message(
                "error", tr("Pilih dahulu tempat menyimpan paket.", "Choose first where to keep the package.")
            )
            return
        self.notice.clear()
        self.done.hide()
        self.send_asked.emit(folder)

    def set_busy(self, *, busy: bool) -> None:
        """While a package is being made there is no second one."""
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        self.send.setEnabled(self._outgoing is not None and not self._busy)

    def show_sent(self, sent: Sent) -> None:
        """The package is written and read back."""
        self._sent = sent
        names = ", ".join(file.name for file in sent.files)
        what = tr("laporan nihil", "an empty report") if sent.nothing_new else telling.records(sent.records)
        parts = (
            tr(f" dalam {len(sent.files)} bagian", f" in {len(sent.files)} parts")
            if len(sent.files) > 1
            else ""
        )
        self.done.set_words(
            tr(
                f"Paket No. {grouped(sent.number)} jadi: {what}, {telling.size(sent.size)}{parts}. {names}",
                f"Package no. {grouped(sent.number)} is made: {what}, {telling.size(sent.size)}{parts}. {names}",
            )
        )
        self.done.show()
        self.open_folder.setFocus()

    def refuse(self, words: str) -> None:
        """Nothing was sent, and why."""
        self.notice.show_message("error", words)

    def folder_of_sent(self) -> Path | None:
        """The folder of the package made last."""
        return self._sent.files[0].parent if self._sent is not None and self._sent.files else None

    def show_folder(self) -> None:
        """Open that folder in the system's file manager."""
        folder = self.folder_of_sent()
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _counted(icon: str, number: int, words: str) -> QWidget:
    look = theme.current()
    line = QWidget()
    line.setAccessibleName(f"{grouped(number)} {words}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(2))
    picture = QLabel()
    picture.setPixmap(theme.pixmap(icon, "text2", look.px(4.5), line.devicePixelRatioF()))
    row.addWidget(picture)
    row.addWidget(Label(grouped(number), "strong"))
    row.addWidget(Label(words, "label"), 1)
    return line
