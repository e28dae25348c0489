"""What is asked about practice: whether to begin (and what it is), and whether its data may go."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words, tr
from desktop_app.ui.dialogs.ask import Ask
from desktop_app.ui.ops import Op
from desktop_app.ui.widgets import Button, MessageLine
from desktop_app.ui.working import Working

MAKING = Words("Menyiapkan data latihan", "Preparing the practice data")


class PracticeDialog(Ask):
    """Says what practice is. `agreed`: begin (or go on); while the data is made the dialog shows how far it is, and Cancel stops it."""

    agreed = Signal()

    def __init__(self, there: bool, parent: QWidget | None = None) -> None:
        deed = (
            tr("Lanjutkan latihan", "Go on practising") if there else tr("Mulai latihan", "Begin to practise")
        )
        super().__init__(
            "practice_dialog",
            tr("Mode latihan", "Practice"),
            Button(deed, "primary", "school-outline"),
            120,
            parent,
        )
        self._op: Op | None = None
        self.tell(
            tr("Berlatih dengan data contoh", "Practise with made-up records"),
            tr(
                "Latihan punya folder sendiri berisi catatan karangan. Isi, ubah, hapus, dan kirim sesuka Anda: data kantor"
                " tidak tersentuh, dan Pusat menolak paket latihan. Pita ungu di atas jendela mengingatkan bahwa ini latihan.",
                "Practice has a folder of its own with made-up records. Enter, change, remove and send as you like: the"
                " office's records are not touched, and headquarters refuses packages from practice. A purple band on top"
                " of the window reminds you that this is practice.",
            ),
        )
        self.working = Working()
        self.message = MessageLine()
        self.message.setObjectName("error_practice")
        self.column.addWidget(self.working)
        self.column.addWidget(self.message)
        self.finish(self.deed)

    def answer(self) -> None:
        """See `Ask.answer`."""
        self.message.clear()
        self.deed.setEnabled(False)
        self.agreed.emit()

    def watch(self, op: Op) -> None:
        """Show how far the making is."""
        self._op = op
        self.working.watch(op, MAKING)

    def refused(self, error: KnownError) -> None:
        """It can't be: say why."""
        self._op = None
        self.deed.setEnabled(True)
        self.message.show_message("error", error.words.say())

    def stopped(self) -> None:
        """It was stopped: nothing was made."""
        self._op = None
        self.deed.setEnabled(True)

    def reject(self) -> None:
        """Cancel, and Esc: stop the making."""
        if self._op is not None:
            self._op.cancel()
        super().reject()


class ClearDialog(Ask):
    """Asks whether the practice data may be deleted."""

    agreed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "clear_practice_dialog",
            tr("Hapus data latihan", "Delete the practice data"),
            Button(tr("Hapus data latihan", "Delete the practice data"), "danger", "trash-can-outline"),
            110,
            parent,
        )
        self.tell(
            tr("Hapus semua data latihan?", "Delete all practice data?"),
            tr(
                "Catatan, konsep, dan paket di folder latihan dihapus dan tidak bisa dikembalikan. Data kantor tidak tersentuh.",
                "Records, drafts and packages in the practice folder are deleted and can't be brought back. The office's"
                " records are not touched.",
            ),
        )
        self.finish(self.deed)

    def answer(self) -> None:
        """See `Ask.answer`."""
        self.accept()
        self.agreed.emit()
