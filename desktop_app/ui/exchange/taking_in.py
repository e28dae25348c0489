"""Files that came: chosen in a dialog or dropped on the page, read in a worker, and told file by file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.ui import theme
from desktop_app.ui.exchange import telling
from desktop_app.ui.ops import Changed, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, Card, Hairline, IconButton, Label
from desktop_app.ui.working import Working

if TYPE_CHECKING:
    from desktop_app.services.receiving import Received


class TakingIn(QObject):
    """Reads packages for a page: `choose` asks for files, `read` takes them. One reading at a time."""

    read_ = Signal(object)
    """The list of `services.receiving.Received`."""
    busy_changed = Signal(bool)
    restart_asked = Signal()
    """A new version came, and it is to begin at once."""

    def __init__(self, page: Page, ctx: AppContext, ops: Ops, working: Working) -> None:
        super().__init__(page)
        self._page, self.ctx, self.ops, self._working = page, ctx, ops, working
        self._op: Op | None = None
        self._next: list[Path] = []
        """What came while other files were being read."""
        self.read_.connect(self._offer_restart)

    def busy(self) -> bool:
        """Whether files are being read."""
        return self._op is not None and not self._op.over

    def choose(self) -> None:
        """Ask which files."""
        dialog = QFileDialog(self._page.window(), tr("Baca paket", "Read packages"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        packages = tr("Paket Pelita", "Pelita packages")
        every = tr("Semua berkas", "All files")
        dialog.setNameFilters([f"{packages} (*.pelita *.pelita.zip *.zip)", f"{every} (*)"])
        dialog.filesSelected.connect(lambda files: self.read([Path(file) for file in files]))
        dialog.open()

    def read(self, files: Sequence[Path]) -> None:
        """Read these files, one after the other; what was read before a Cancel stays read."""
        if self.busy():
            self._next.extend(files)
        elif files:
            self._work(lambda op: self._receive(files, op))

    def take_back(self) -> None:
        """Confirm that headquarters lost data, and read the packages that waited for that."""
        self._work(self._take_back)

    def _work(self, work: Callable[[Op], list[Received]]) -> None:
        if self.busy():
            return
        self.busy_changed.emit(True)
        all_kinds = Changed(frozenset(kind.name for kind in self.ctx.registry), by=self._page)
        self._op = self.ops.run(
            work,
            lane="long",
            owner=self,
            done=self.read_.emit,
            stopped=lambda: self.ops.changed.emit(all_kinds),
            changes=all_kinds,
        )
        self._op.ended.connect(self._over)
        self._working.watch(self._op, Words("Membaca paket", "Reading packages"))

    def _over(self) -> None:
        self.busy_changed.emit(False)
        waiting, self._next = self._next, []
        self.read(waiting)

    def _offer_restart(self, got: Sequence[Received]) -> None:
        """A new version is ready: begin it now, or at the next start."""
        ready = [one for one in got if one.state == "updated"]
        if ready:
            from desktop_app.ui.dialogs.updates import ReadyDialog

            dialog = ReadyDialog(ready[-1].notes[0], self._page.window())
            dialog.agreed.connect(self.restart_asked)
            dialog.open()

    def _receive(self, files: Sequence[Path], op: Op) -> list[Received]:
        from desktop_app.services import receiving

        return receiving.receive(self.ctx, files, op)

    def _take_back(self, op: Op) -> list[Received]:
        from desktop_app.services import receiving

        return receiving.take_back(self.ctx, op)


def files_of(data: QMimeData) -> list[Path]:
    """The files that are being dragged; none when it is something else."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Results(Card):
    """What came of the files, in words; at headquarters with the code that can be read out over the phone."""

    def __init__(self, *, at_headquarters: bool, parent: QWidget | None = None) -> None:
        self._close = IconButton(tr("Tutup hasil", "Close the results"), "close", name="action_close_results")
        super().__init__(tr("Hasil", "Results"), action=self._close, parent=parent)
        self.setObjectName("results")
        self._at_headquarters = at_headquarters
        self._lines: list[QWidget] = []
        self._close.clicked.connect(self.hide)
        self.hide()

    def show_results(self, got: Sequence[Received]) -> None:
        """Replace what is shown."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for place, one in enumerate(got):
            if place:
                self._put(Hairline())
            self._put(self._line(one))
        self.setVisible(bool(got))

    def words(self) -> list[str]:
        """Every result in words."""
        return [line.accessibleName() for line in self._lines if line.accessibleName()]

    def _put(self, line: QWidget) -> None:
        self._lines.append(line)
        self.body.addWidget(line)

    def _line(self, got: Received) -> QWidget:
        look = theme.current()
        said = telling.said(got, at_headquarters=self._at_headquarters)
        line = QWidget()
        line.setObjectName(f"result_{got.file.name}")
        line.setAccessibleName(f"{said.title}. {said.words}".strip())
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(3))
        icon = QLabel()
        ink = "text3" if said.family == "info" else said.family
        icon.setPixmap(theme.pixmap(said.icon, ink, look.px(5), self.devicePixelRatioF()))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(said.title, "strong", wrap=True))
        if said.words:
            words.addWidget(Label(said.words, "label", wrap=True))
        if got.file.name not in said.title:
            words.addWidget(Label(got.file.name, "meta", wrap=True))
        row.addLayout(words, 1)
        if got.code and self._at_headquarters:
            row.addLayout(_code(got.code))
        return line


def _code(code: str) -> QVBoxLayout:
    """The code large enough to be read out."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Label(tr("Bacakan lewat telepon", "Read out over the phone"), "meta"))
    shown = Label(code, "title")
    shown.setObjectName("phone_code_shown")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(shown)
    copy = Button(tr("Salin kode", "Copy the code"), "link", name="action_copy_code")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(code))
    column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
    return column
