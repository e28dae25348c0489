"""The form's foot: how many errors and warnings there are (buttons that go to the first), and the ways to save."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.core.rules import Finding
from desktop_app.core.words import tr
from desktop_app.ui import keys, theme
from desktop_app.ui.widgets.buttons import Button


class FormFooter(QFrame):
    """`jump` carries the finding to go to.

    The keys of the buttons are the form's shortcuts: a button's own one waits a tenth of a second before it does anything, and what
    is typed meanwhile would go into the record that is being saved.
    """

    jump = Signal(object)
    save = Signal()
    save_and_new = Signal()
    park = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "footer")
        self._first: dict[str, Finding] = {}
        self.errors = Button("", "quiet", "alert-circle", dim="small", name="action_first_error")
        self.warnings = Button("", "quiet", "alert", dim="small", name="action_first_warning")
        self.errors.setProperty("tone", "bad")
        self.warnings.setProperty("tone", "warn")
        words = tr("Simpan & baru", "Save & new")
        self.save_new_button = Button(words, "outlined", name="action_save_and_new")
        self.save_new_button.setToolTip(keys.tip(keys.SAVE_NEW.words.say(), keys.SAVE_NEW))
        words = tr("Simpan", "Save")
        self.save_button = Button(words, "primary", "content-save-outline", name="action_save")
        self.save_button.setToolTip(keys.tip(words, keys.SAVE))
        self.park_button = Button(
            tr("Simpan sementara", "Keep for later"), "quiet", "pencil-outline", name="action_park"
        )
        for button in (self.errors, self.warnings):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        row = QHBoxLayout(self)
        row.addWidget(self.errors)
        row.addWidget(self.warnings)
        row.addStretch(1)
        row.addWidget(self.park_button)
        row.addWidget(self.save_new_button)
        row.addWidget(self.save_button)
        self._row = row
        self.errors.clicked.connect(lambda: self.jump.emit(self._first["error"]))
        self.warnings.clicked.connect(lambda: self.jump.emit(self._first["warning"]))
        self.save_button.clicked.connect(self.save)
        self.park_button.clicked.connect(self.park)
        self.save_new_button.clicked.connect(self.save_and_new)
        self.show_findings([])
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes and coloured icons after a change of the theme."""
        look = theme.current()
        self._row.setContentsMargins(look.px(4), 0, look.px(6), 0)
        self._row.setSpacing(look.px(2))
        self.errors.setIcon(theme.icon("alert-circle", "bad"))
        self.warnings.setIcon(theme.icon("alert", "warn"))

    def set_low(self, low: bool) -> None:
        """14u high, 12u in a low window."""
        self.setFixedHeight(theme.current().px(12 if low else 14))

    def show_findings(self, findings: list[Finding]) -> None:
        """Count the findings that are shown in the form."""
        for severity, button in (("error", self.errors), ("warning", self.warnings)):
            found = [finding for finding in findings if finding.severity == severity]
            button.setVisible(bool(found))
            if found:
                self._first[severity] = found[0]
                button.set_words(_count(severity, len(found)))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for words or not."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the words of "Simpan sementara" have no room beside the others, its icon stands alone."""
        words = tr("Simpan sementara", "Keep for later")
        self.park_button.set_words(words)
        margins = self._row.contentsMargins()
        shown = [one for one in self.findChildren(Button) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + self._row.spacing() for one in shown)
        if needed > self.width() - margins.left() - margins.right():
            self.park_button.setText("")
        self.park_button.setToolTip(keys.tip(keys.PARK.words.say(), keys.PARK))


def _count(severity: str, count: int) -> str:
    many = "s" if count > 1 else ""
    if severity == "error":
        return tr(f"{count} kesalahan", f"{count} error{many}")
    return tr(f"{count} peringatan", f"{count} warning{many}")
