"""The child lines as a table: texts, findings and widths of the columns, in step with the draft."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from desktop_app.core import fields as f
from desktop_app.core.draft import Draft
from desktop_app.core.fields import Field
from desktop_app.core.rules import Finding
from desktop_app.core.show import show
from desktop_app.core.spec import Lines
from desktop_app.core.values import leaf
from desktop_app.core.words import tr
from desktop_app.ui.form.cells import Cell, Index
from desktop_app.ui.form.measures import is_number


class LinesModel(QAbstractTableModel):
    """A row a line; under them one that waits to become a line with its first letter (not in a printed table)."""

    def __init__(self, lines: Lines, parent: QObject) -> None:
        super().__init__(parent)
        self.lines = lines
        self.columns = [field for field in lines.fields if not field.hidden]
        self.draft: Draft | None = None
        self.uids: list[str] = []
        self._states: dict[tuple[str, str], Finding] = {}

    # ---- Qt

    def rowCount(self, _parent: Index | None = None) -> int:
        """The lines, and the one that waits."""
        return len(self.uids) + (0 if self.lines.fixed else 1)

    def columnCount(self, _parent: Index | None = None) -> int:
        """The fields of a line."""
        return len(self.columns)

    def data(self, index: Index, role: int = 0) -> object:
        """The text of a cell; what is wrong with it as tooltip."""
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return self.cell(index.row(), index.column()).text
        if role == int(Qt.ItemDataRole.ToolTipRole):
            finding = self.finding(index.row(), index.column())
            return finding.words.say() if finding else self.cell(index.row(), index.column()).text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Labels; numbers stand right."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        field = self.columns[section]
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)):
            unit = getattr(leaf(field), "unit", None) if self.is_typed(section) else None
            return f"{field.label.say()} ({unit.say()})" if unit is not None else field.label.say()
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return int(Qt.AlignmentFlag.AlignRight if is_number(field) else Qt.AlignmentFlag.AlignLeft)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Derived cells are read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_typed(index.column()) else flags

    # ---- the draft

    def show_draft(self, draft: Draft) -> None:
        """Show the lines of a draft."""
        self.draft = draft
        self._states = {}
        self.refresh()

    def refresh(self) -> bool:
        """Come in step with the draft; whether lines came or went."""
        if self.draft is None:
            return False
        uids = self.draft.rows(self.lines.name)
        if uids != self.uids:
            self.beginResetModel()
            self.uids = uids
            self.endResetModel()
            return True
        self.dataChanged.emit(
            self.index(0, 0), self.index(max(0, self.rowCount() - 1), len(self.columns) - 1)
        )
        return False

    def show_findings(self, findings: list[Finding]) -> None:
        """Colour the cells in question."""
        self._states = {(one.line[1], one.field): one for one in reversed(findings) if one.line}
        self.dataChanged.emit(
            self.index(0, 0), self.index(max(0, self.rowCount() - 1), len(self.columns) - 1)
        )

    def finding(self, row: int, column: int) -> Finding | None:
        """What is wrong with a cell."""
        uid = self.uids[row] if row < len(self.uids) else ""
        return self._states.get((uid, self.columns[column].name))

    def is_typed(self, column: int) -> bool:
        """Whether people type into this column."""
        field = self.columns[column]
        return not isinstance(field, f.Computed) and field.name != self.lines.key

    def typed_columns(self) -> list[int]:
        """The columns that people type into, in order."""
        return [column for column in range(len(self.columns)) if self.is_typed(column)]

    def cell(self, row: int, column: int) -> Cell:
        """What is painted in a cell."""
        draft, field = self.draft, self.columns[column]
        if draft is None or row >= len(self.uids):
            first = self.typed_columns()[:1] == [column]
            return Cell(_waiting(field) if first else "", ink="text3")
        uid, right = self.uids[row], is_number(field)
        finding = self._states.get((uid, field.name))
        state = finding.severity if finding else ""
        if self.is_typed(column):
            return Cell(draft.cell_text(self.lines.name, uid, field.name), right, "text", state)
        value = draft.cell_value(self.lines.name, uid, field.name)
        if field.name == self.lines.key and self.lines.fixed is not None:
            return Cell(f"{value}   {self.lines.fixed.words(str(value)).say()}", state=state)
        where = draft.where
        return Cell(show(field, value, zone=where.settings.zone, lookup=where.lookup), right, "text2", state)


def _waiting(field: Field) -> str:
    if isinstance(field, f.Reference):
        return tr(
            f"Ketik nama atau kode {field.id.lower()}…", f"Type a name or code of the {field.en.lower()}…"
        )
    return tr(f"Ketik {field.id.lower()}…", f"Type the {field.en.lower()}…")
