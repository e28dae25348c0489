"""Kantor, at headquarters: every office's packages at a glance, the worst first, and what can be done about one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import KnownError
from desktop_app.core.show import clock, long_date
from desktop_app.core.words import Words, tr
from desktop_app.services.context import AppContext
from desktop_app.ui import keys, theme
from desktop_app.ui.exchange import board_rows, telling
from desktop_app.ui.exchange.cells import Week, paint_week
from desktop_app.ui.exchange.strip import FigureStrip
from desktop_app.ui.exchange.table import SmallTable
from desktop_app.ui.figures import grouped
from desktop_app.ui.ops import Changed, Latest, Op, Ops
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import (
    Button,
    Chip,
    ElidedLabel,
    Hairline,
    MenuChip,
    MessageLine,
    SearchBox,
    painting,
)
from desktop_app.ui.working import Working

if TYPE_CHECKING:
    from desktop_app.services.sending import Sent
    from desktop_app.services.sites import SiteLine
    from desktop_app.ui.dialogs.starter import Wish


class _Board(NamedTuple):
    """The offices, and the names of their districts by code."""

    lines: list[SiteLine]
    districts: dict[str, str]


class _Legend(QWidget):
    """What the squares mean; gone where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts: tuple[tuple[Week, str], ...] = (
            ("on_time", tr("tepat", "on time")),
            ("late", tr("terlambat", "late")),
            ("missing", tr("hilang", "missing")),
            ("none", tr("belum", "none")),
        )
        self._title = tr("12 minggu:", "12 weeks:")
        self.setAccessibleName(f"{self._title} {', '.join(words for _, words in self._parts)}")

    def sizeHint(self) -> QSize:
        look = theme.current()
        wide = sum(self._wide(words) + look.px(7) for _, words in self._parts)
        return QSize(wide + self._wide(self._title), look.px(5))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.current().px(5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        if self.width() < self.sizeHint().width():
            return
        painter = painting.smooth(self)
        x, side = self.width() - self.sizeHint().width(), look.px(2.5)
        painting.write(
            painter, QRect(x, 0, self._wide(self._title) + 1, self.height()), self._title, "meta", "text3"
        )
        x += self._wide(self._title)
        for week, words in self._parts:
            x += look.px(2)
            paint_week(painter, QRect(x, (self.height() - side) // 2, side, side), week)
            x += look.px(4)
            painting.write(painter, QRect(x, 0, self._wide(words) + 1, self.height()), words, "meta", "text2")
            x += self._wide(words) + look.px(1)
        painter.end()

    @staticmethod
    def _wide(words: str) -> int:
        return theme.current().metrics["meta"].horizontalAdvance(words)


class BoardPage(Page):
    """`inbox_asked`: packages are to be read."""

    inbox_asked = Signal()

    def __init__(self, ctx: AppContext, ops: Ops, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.ops = ctx, ops
        self._asks = Latest(ops, "slow", self)
        self._lines: list[SiteLine] = []
        self._names: dict[str, str] = {}
        self._district = ""
        self._folder: Path | None = None
        self._search = SearchBox(tr("Cari kantor…", "Search offices…"))
        self._new_office = Button(
            tr("Kantor baru…", "New office…"),
            "outlined",
            "plus",
            shortcut=keys.NEW_OFFICE.first,
            name="action_new",
        )
        self._new_office.clicked.connect(self._ask_new)
        self.working = Working()
        self.notice = MessageLine()
        self.notice.setObjectName("board_notice")
        self._build()
        self.restyle()
        theme.changed.connect(self.restyle)
        self._search.textChanged.connect(lambda _text: self._filter())
        self.notice.link_clicked.connect(self._open_folder)
        self.ops.changed.connect(self._changed)

    # ---- the frame's questions

    def title(self) -> str:
        """See `Page.title`."""
        return tr("Kantor", "Offices")

    def note(self) -> str:
        """How many, and as of when."""
        now = self.ctx.clock().astimezone(self.ctx.settings.zone)
        number = grouped(len(self._lines))
        return tr(
            f"{number} kantor, per {long_date(now.date())} {clock(now)}",
            f"{number} offices, as of {long_date(now.date())} {clock(now)}",
        )

    def search(self) -> SearchBox:
        """See `Page.search`."""
        return self._search

    def header_widgets(self) -> Sequence[QWidget]:
        """See `Page.header_widgets`."""
        return (self._new_office,)

    def activate(self) -> None:
        """See `Page.activate`."""
        self.reload()
        self.table.setFocus()

    # ---- building

    def _build(self) -> None:
        self._read = Button(
            tr("Baca paket…", "Read packages…"), "tonal", "inbox-arrow-down-outline", name="action_inbox"
        )
        self._read.clicked.connect(self.inbox_asked)
        self.strip = FigureStrip(
            (
                ("all", tr("kantor", "offices")),
                ("on_time", tr("tepat waktu", "on time")),
                ("late", tr("terlambat", "late")),
                ("never", tr("belum pernah kirim", "never sent")),
                ("missing", tr("ada nomor hilang", "numbers missing")),
                ("waiting", tr("paket disisihkan", "packages set aside")),
            ),
            self._read,
        )
        self.table = SmallTable(board_rows.columns(), 12, "board", tr("Kantor", "Offices"))
        self.table.show_at_least(4)
        self.table.picked.connect(lambda _key: self._show_chosen())
        self.table.menu_asked.connect(self._menu)
        self.table.opened.connect(lambda _key: self._open_menu())
        card = QFrame()
        card.setProperty("kind", "card")
        self._column = QVBoxLayout(card)
        self._column.addLayout(self._chips())
        for widget in (self.working, self.notice):
            self._column.addWidget(widget)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(Hairline())
        self._column.addLayout(self._deeds())
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._box = QVBoxLayout(inner)
        self._box.addWidget(self.strip)
        self._box.addWidget(card, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _chips(self) -> QHBoxLayout:
        self.worst = Chip(tr("Perlu perhatian dulu", "Worst first"), name="sort_worst")
        self.worst.setChecked(True)
        self.late = Chip(tr("Terlambat", "Late"), name="filter_late")
        self.missing = Chip(tr("Nomor hilang", "Numbers missing"), name="filter_missing")
        self.unconfirmed = Chip(tr("Belum dikonfirmasi", "Not confirmed"), name="filter_unconfirmed")
        self.district = MenuChip(tr("Kecamatan", "District"), name="filter_district")
        self._bar = QHBoxLayout()
        for chip in (self.worst, self.late, self.missing, self.unconfirmed, self.district):
            self._bar.addWidget(chip)
            if chip is not self.district:
                chip.clicked.connect(self._filter)
        self._bar.addWidget(_Legend(), 1)
        return self._bar

    def _deeds(self) -> QHBoxLayout:
        self._chosen = ElidedLabel("", "strong")
        self._chosen.setObjectName("chosen_office")
        self.compare = Button(
            tr("Cocokkan sidik kunci…", "Compare the fingerprint…"),
            "outlined",
            "shield-check-outline",
            name="action_trust",
        )
        self.starter = Button(
            tr("Berkas awal…", "Starter file…"), "outlined", "file-key-outline", name="action_starter"
        )
        self.answer = Button(
            tr("Kirim jawaban…", "Send the answer…"), "tonal", "send-outline", name="action_answer"
        )
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._chosen, 1)
        for button, deed in (
            (self.compare, self._compare),
            (self.starter, self._ask_starter),
            (self.answer, self._ask_answer),
        ):
            button.clicked.connect(deed)
            self._foot.addWidget(button)
        return self._foot

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self._box.setSpacing(look.px(4))
        self._column.setContentsMargins(1, look.px(3), 1, look.px(2))
        self._column.setSpacing(look.px(1))
        self._bar.setContentsMargins(look.px(6), 0, look.px(6), look.px(1))
        self._bar.setSpacing(look.px(1.5))
        self._foot.setContentsMargins(look.px(6), look.px(1), look.px(6), 0)
        self._foot.setSpacing(look.px(2))
        self.notice.setContentsMargins(look.px(6), 0, look.px(6), 0)

    # ---- asking

    def reload(self) -> None:
        """Ask anew, in a worker."""

        def work(_op: Op) -> _Board:
            from desktop_app.services import sites

            lines = sites.board(self.ctx)
            codes = {board_rows.district_of(line.site_code) for line in lines}
            with self.ctx.store.reading() as reader:
                return _Board(lines, reader.titles("region", codes))

        self._asks.run(work, self._show, self._failed)

    def _changed(self, _changed: Changed) -> None:
        if self.isVisible():
            self.reload()

    def _show(self, board: _Board) -> None:
        lines = self._lines = board.lines
        self._names = {**board.districts, **{line.site_code: line.name for line in lines if line.name}}
        never = sum(line.last_package_at is None for line in lines)
        late = sum(line.days_late > 0 and line.last_package_at is not None for line in lines)
        gaps = sum(bool(line.missing) for line in lines)
        unconfirmed = sum(line.state == "unconfirmed" for line in lines)
        self.strip.show_figure("all", len(lines))
        self.strip.show_figure("on_time", len(lines) - never - late)
        self.strip.show_figure("late", late, "warn")
        self.strip.show_figure("never", never, "bad")
        self.strip.show_figure("missing", gaps, "bad")
        self.strip.show_figure("waiting", sum(line.waiting for line in lines))
        self.late.set_count(late)
        self.missing.set_count(gaps)
        self.unconfirmed.set_count(unconfirmed)
        self.unconfirmed.setVisible(bool(unconfirmed) or self.unconfirmed.isChecked())
        self._fill_districts()
        self._filter()
        self.title_changed.emit()

    def _fill_districts(self) -> None:
        names = self._names
        districts = sorted({board_rows.district_of(line.site_code) for line in self._lines})
        menu = self.district.menu()
        menu.clear()
        for code in ("", *districts):
            words = names.get(code, code) if code else tr("Semua kecamatan", "All districts")
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _checked=False, code=code: self._choose_district(code)
            )

    def _choose_district(self, code: str) -> None:
        self._district = code
        self.district.set_on(bool(code))
        self._filter()

    def _filter(self) -> None:
        wanted = self._search.text().strip().casefold()
        names = self._names
        shown = [
            line
            for line in self._lines
            if (not self.late.isChecked() or (line.days_late > 0 and line.last_package_at is not None))
            and (not self.missing.isChecked() or line.missing)
            and (not self.unconfirmed.isChecked() or line.state == "unconfirmed")
            and line.site_code.startswith(self._district)
            and wanted in f"{line.name} {line.site_code}".casefold()
        ]
        if not self.worst.isChecked():
            shown.sort(key=lambda line: line.site_code)
        self.table.set_rows([board_rows.row(self.ctx, line, names) for line in shown])

    def _failed(self, error: KnownError) -> None:
        self.notice.show_message("error", error.words.say())

    # ---- one office

    def chosen(self) -> SiteLine | None:
        """The office that the board stands on."""
        key = self.table.key()
        return next((line for line in self._lines if board_rows.key_of(line) == key), None)

    def _show_chosen(self) -> None:
        line = self.chosen()
        self._chosen.setText(telling.site(line.site_code, line.name) if line is not None else "")
        self.answer.setEnabled(line is not None and bool(line.site_id) and line.state != "unconfirmed")
        self.starter.setEnabled(line is not None)
        self.compare.setVisible(line is not None and line.state == "unconfirmed")

    def _menu(self, _key: str, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self.answer, self.starter, self.compare):
            if not button.isHidden():
                action = menu.addAction(button.text())
                action.setEnabled(button.isEnabled())
                action.triggered.connect(button.click)
        menu.popup(at)

    def _open_menu(self) -> None:
        below = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        self._menu(self.table.key(), self.table.viewport().mapToGlobal(below))

    def _compare(self) -> None:
        from desktop_app.ui.dialogs.fingerprint import FingerprintDialog

        line = self.chosen()
        if line is None:
            return
        dialog = FingerprintDialog(telling.site(line.site_code, line.name), line.fingerprint, self.window())
        dialog.trusted.connect(lambda fingerprint: self._trust(line, fingerprint))
        dialog.open()

    def _trust(self, line: SiteLine, fingerprint: str) -> None:
        def work(_op: Op) -> object:
            from desktop_app.services import sites

            return sites.trust(self.ctx, line.site_id, fingerprint)

        name = telling.site(line.site_code, line.name)
        self._do(
            work,
            Words("Mencatat kepercayaan", "Noting the trust"),
            lambda _: tr(
                f"{name} dipercaya. Paketnya diakui dengan jawaban berikutnya.",
                f"{name} is trusted. Its packages are acknowledged with the next answer.",
            ),
        )

    def _ask_answer(self) -> None:
        line = self.chosen()
        if line is None:
            return
        dialog = QFileDialog(self.window(), tr("Simpan jawaban di folder", "Keep the answer in the folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setObjectName("answer_folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.send_answer(line, Path(folder)))
        dialog.open()

    def send_answer(self, line: SiteLine, folder: Path) -> None:
        """Write the answer for an office into a folder: receipts, its own rows, registers."""

        def work(op: Op) -> Sent:
            from desktop_app.services import sending

            return sending.send(self.ctx, folder, line.site_id, progress=op)

        def told(sent: Sent) -> str:
            words = self._told_file(tr(f"Jawaban untuk {name}", f"Answer for {name}"), sent.files[-1])
            return f"{words} {telling.update_beside(sent.update)}" if sent.update else words

        name = telling.site(line.site_code, line.name)
        self._do(work, Words("Membuat jawaban", "Making the answer"), told)

    def _ask_starter(self) -> None:
        line = self.chosen()
        if line is not None:
            self._starter_for(line.site_code, telling.site(line.site_code, line.name))

    def _ask_new(self) -> None:
        self._starter_for("", "")

    def _starter_for(self, code: str, name: str) -> None:
        from desktop_app.services import start
        from desktop_app.ui.dialogs.starter import StarterDialog

        dialog = StarterDialog(self.ops, start.offices, code, name, self.window())
        dialog.wished.connect(self._ask_starter_file)
        dialog.open()

    def _ask_starter_file(self, wish: Wish) -> None:
        dialog = QFileDialog(self.window(), tr("Simpan berkas awal", "Keep the starter file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setObjectName("starter_file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{tr('Berkas awal', 'Starter file')} (*.pelita.zip)")
        dialog.selectFile(f"awal_{wish.site_code}.pelita.zip")
        dialog.fileSelected.connect(lambda file: self.make_starter(wish, Path(file)))
        dialog.open()

    def make_starter(self, wish: Wish, file: Path) -> None:
        """Write the starter file of an office: for a new PC, or for one that was stolen."""

        def work(op: Op) -> Sequence[Path]:
            from desktop_app.services import starting_files

            made = starting_files.make(
                self.ctx, wish.site_code, file, personal=wish.personal, replaces=wish.replaces, progress=op
            )
            return [made]

        name = self._names.get(wish.site_code, wish.site_code)
        self._do(
            work,
            Words("Membuat berkas awal", "Making the starter file"),
            lambda files: self._told_file(
                tr(f"Berkas awal untuk {name}", f"Starter file for {name}"), files[0]
            ),
        )

    def _told_file(self, what: str, file: Path) -> str:
        self._folder = file.parent
        return tr(f"{what} jadi: {file}", f"{what} is made: {file}")

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _tell(self, words: str) -> None:
        link = tr("Buka folder", "Open the folder") if self._folder is not None else ""
        self.notice.show_message("hint", words, link)

    def _do(self, work: Callable[[Op], object], doing: Words, told: Callable[..., str]) -> None:
        self.notice.clear()
        self._folder = None
        op = self.ops.run(
            work,
            lane="long",
            owner=self,
            done=lambda answer: self._tell(told(answer)),
            failed=self._failed,
            changes=Changed(frozenset(), by=self),
        )
        self.working.watch(op, doing)
