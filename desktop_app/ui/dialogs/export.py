"""Writing a list into a file: which format, which records, where; then progress, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core import fields as f
from desktop_app.core.errors import KnownError
from desktop_app.core.query import Query
from desktop_app.core.spec import Kind
from desktop_app.core.words import Words, tr
from desktop_app.services import exports
from desktop_app.services.context import AppContext
from desktop_app.services.exports import Exported, Style
from desktop_app.ui import theme
from desktop_app.ui.figures import grouped
from desktop_app.ui.ops import Op, Ops
from desktop_app.ui.widgets import Button, Label, MessageLine
from desktop_app.ui.widgets.choices import RadioButton
from desktop_app.ui.working import Working

_STYLES: tuple[tuple[Style, str, Words, Words], ...] = (
    (
        "xlsx",
        ".xlsx",
        Words("Excel (.xlsx)", "Excel (.xlsx)"),
        Words("paling mudah dibuka", "easiest to open"),
    ),
    (
        "excel_csv",
        ".csv",
        Words("CSV untuk Excel", "CSV for Excel"),
        Words("titik koma, koma desimal", "semicolons, decimal commas"),
    ),
    (
        "csv",
        ".csv",
        Words("CSV baku", "Standard CSV"),
        Words("untuk program lain, semua isian", "for other programs, every field"),
    ),
    ("geojson", ".geojson", Words("GeoJSON", "GeoJSON"), Words("untuk peta", "for maps")),
)


class ExportDialog(QDialog):
    """Exports what `query` matches, or all records of the kind. Closing while it works cancels, and leaves no file."""

    def __init__(
        self,
        ctx: AppContext,
        ops: Ops,
        kind: Kind,
        query: Query,
        matching: int,
        everything: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ctx, self._ops, self._kind, self._query = ctx, ops, kind, query
        self._op: Op | None = None
        self._done: Exported | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("export_dialog")
        self.setWindowTitle(tr(f"Ekspor {kind.plural.id}", f"Export {kind.plural.en}"))
        self.setMinimumWidth(theme.current().px(130))
        self._styles = QButtonGroup(self)
        self._what = QButtonGroup(self)
        self._choices = QWidget()
        self.path = QLineEdit()
        self.path.setObjectName("export_path")
        self.path.setAccessibleName(tr("Simpan di", "Save as"))
        self.message = MessageLine()
        self.working = Working()
        self.start_button = Button(
            tr("Ekspor", "Export"), "primary", "export-variant", name="action_start_export"
        )
        self.close_button = Button(tr("Batal", "Cancel"), name="action_close")
        self.folder_button = Button(
            tr("Buka folder", "Open folder"), "outlined", "folder-open-outline", name="action_folder"
        )
        self._build(matching, everything)
        self._suggest()
        self.start_button.clicked.connect(self._start)
        self.close_button.clicked.connect(self.reject)
        self.folder_button.clicked.connect(self._open_folder)
        self._styles.idClicked.connect(self._suggest)
        self.path.textChanged.connect(self._look_at_path)
        self.start_button.setFocus()

    def _build(self, matching: int, everything: int) -> None:
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        column.setSpacing(look.px(2))
        inner = QVBoxLayout(self._choices)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.px(1.5))
        inner.addWidget(Label(tr("Catatan", "Records"), "label"))
        self._add_what(inner, matching, everything)
        inner.addSpacing(look.px(1.5))
        inner.addWidget(Label(tr("Bentuk", "Format"), "label"))
        self._add_styles(inner)
        inner.addSpacing(look.px(1.5))
        inner.addWidget(Label(tr("Simpan di", "Save as"), "label"))
        choose = Button(tr("Pilih…", "Choose…"), name="action_choose_file")
        choose.clicked.connect(self._choose)
        line = QHBoxLayout()
        line.setSpacing(look.px(2))
        line.addWidget(self.path, 1)
        line.addWidget(choose)
        inner.addLayout(line)
        column.addWidget(Label(self.windowTitle(), "section"))
        for widget in (self._choices, self.message, self.working):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(2))
        buttons.addStretch(1)
        for button in (self.folder_button, self.close_button, self.start_button):
            buttons.addWidget(button)
        column.addSpacing(look.px(2))
        column.addLayout(buttons)
        self.folder_button.hide()

    def _add_what(self, box: QVBoxLayout, matching: int, everything: int) -> None:
        narrowed = self._query != Query(self._kind.name, sort=self._query.sort)
        kept = tr(
            f"Yang tampil di daftar ({grouped(matching)})", f"What the list shows ({grouped(matching)})"
        )
        every = tr(f"Semua catatan ({grouped(everything)})", f"All records ({grouped(everything)})")
        for number, (words, offered) in enumerate(((kept, narrowed), (every, not self._query.removed))):
            button = RadioButton()
            button.setText(words)
            button.setObjectName(("export_filtered", "export_all")[number])
            self._what.addButton(button, number)
            box.addWidget(button)
            button.setVisible(offered)
            button.setChecked(offered and self._what.checkedId() < 0)

    def _add_styles(self, box: QVBoxLayout) -> None:
        look = theme.current()
        on_map = any(isinstance(field, f.Coordinate) for field in self._kind.fields)
        for number, (style, _ending, words, what_for) in enumerate(_STYLES):
            if style == "geojson" and not on_map:
                continue
            button = RadioButton()
            button.setText(words.say())
            button.setObjectName(f"export_{style}")
            button.setAccessibleDescription(what_for.say())
            self._styles.addButton(button, number)
            line = QHBoxLayout()
            line.setSpacing(look.px(2))
            line.addWidget(button)
            line.addWidget(Label(what_for.say(), "meta"), 1)
            box.addLayout(line)
            button.setChecked(number == 0)

    def _style(self) -> tuple[Style, str]:
        style, ending, _, _ = _STYLES[self._styles.checkedId()]
        return style, ending

    # --- where

    def _suggest(self, _number: int = 0) -> None:
        """The same place with the ending of the format; at first the documents folder, a name that isn't taken."""
        ending = self._style()[1]
        if self.path.text():
            self.path.setText(str(Path(self.path.text()).with_suffix(ending)))
            return
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        folder = documents if documents.is_dir() else Path.home()
        plain = "".join(letter if letter.isalnum() else "-" for letter in self._kind.plural.say().lower())
        practice = f"{tr('LATIHAN', 'PRACTICE')}_" if self._ctx.practice else ""
        stem = f"{practice}{plain}_{self._ctx.where().today.isoformat()}"
        path, number = folder / f"{stem}{ending}", 2
        while path.exists():
            path, number = folder / f"{stem}_{number}{ending}", number + 1
        self.path.setText(str(path))

    def _choose(self) -> None:
        ending = self._style()[1]
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.windowTitle(),
            self.path.text(),
            f"*{ending}",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self.path.setText(path if path.lower().endswith(ending) else path + ending)

    def _look_at_path(self) -> None:
        if self._done is None and self.path.text() and Path(self.path.text()).is_file():
            self.message.show_message(
                "warning",
                tr("Berkas ini sudah ada dan akan diganti.", "This file exists and will be replaced."),
            )
        elif self._done is None:
            self.message.clear()

    # --- the work

    def _start(self) -> None:
        text = self.path.text().strip()
        path = Path(text)
        if not text or not path.is_absolute() or not path.parent.is_dir():
            self.message.show_message(
                "error",
                tr(
                    "Folder ini tidak ada. Pilih tempat lain.",
                    "There is no such folder. Choose another place.",
                ),
            )
            return
        everything = self._what.checkedId() == 1
        query = Query(self._kind.name, sort=self._query.sort) if everything else self._query
        style = self._style()[0]
        self.message.clear()
        self._show_working(True)
        self._op = self._ops.run(
            lambda op: exports.export(self._ctx, query, path, style, op),
            lane="long",
            owner=self,
            done=self._finished,
            failed=self._refused,
            stopped=self._stopped,
        )
        self.working.watch(self._op, Words("Mengekspor", "Exporting"))

    def _show_working(self, on: bool) -> None:
        self._choices.setEnabled(not on)
        self.start_button.setEnabled(not on)

    def _finished(self, exported: Exported) -> None:
        self._op, self._done = None, exported
        count = grouped(exported.rows)
        names = ", ".join(path.name for path in exported.files)
        self.message.show_message(
            "hint", tr(f"{count} catatan ditulis ke {names}.", f"{count} records written to {names}.")
        )
        self._choices.hide()
        self.start_button.hide()
        self.folder_button.show()
        self.close_button.set_words(tr("Tutup", "Close"))
        self.close_button.setFocus()
        self.adjustSize()

    def _refused(self, error: KnownError) -> None:
        self._op = None
        self._show_working(False)
        self.message.show_message("error", error.words.say())

    def _stopped(self) -> None:
        self._op = None
        self._show_working(False)
        self.message.show_message(
            "hint", tr("Dibatalkan, tidak ada berkas yang ditulis.", "Cancelled, no file was written.")
        )

    def _open_folder(self) -> None:
        if self._done is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.files[0].parent)))

    def reject(self) -> None:
        """Esc and Cancel stop the work first; a second time closes."""
        if self._op is not None:
            self._op.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross stops the work and closes."""
        if self._op is not None:
            self._op.drop()
        super().closeEvent(event)
