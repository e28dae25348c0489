"""Where a package is written to: a USB stick, the folder for what goes by e-mail or WhatsApp, or another folder."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.exchange import sticks, telling
from desktop_app.ui.exchange.choice_card import PlaceCard
from desktop_app.ui.ops import Latest, Ops

LOOK_EVERY_MS = 4000  # for a stick that has just been plugged in
_LAST_PLACE, _OTHER = "send/place", "send/folder"


def outbox() -> Path:
    """The folder that packages for e-mail and WhatsApp are written to; it need not exist yet."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Pelita"


def shortened(folder: Path) -> str:
    """A folder as people call it: below their own folder without saying whose."""
    home = Path.home()
    return str(folder.relative_to(home)) if folder.is_relative_to(home) and folder != home else str(folder)


class Places(QWidget):
    """Cards side by side, of which one is chosen; the choice is remembered. Every stick that is plugged in has a card."""

    chosen = Signal()

    def __init__(self, ops: Ops, memory: MutableMapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self._asks = Latest(ops, "quick", self)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._sticks: list[sticks.Stick] = []
        self._further: list[PlaceCard] = []
        """The cards of the second stick and those after it."""
        self._at: Path | None = None
        """The stick that was chosen last."""
        self._folder = Path(memory[_OTHER]) if memory.get(_OTHER) else None
        self.stick = PlaceCard("usb-flash-drive-outline", "", "", "place_stick")
        self.outbox = PlaceCard("email-outline", "", "", "place_outbox")
        self.other = PlaceCard("folder-open-outline", "", "", "place_other")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for card in (self.stick, self.outbox, self.other):
            self._row.addWidget(card, 1)
        self.stick.clicked.connect(lambda: self._choose_stick(self.stick))
        self.outbox.clicked.connect(lambda: self._choose("outbox"))
        self.other.clicked.connect(self._ask_folder)
        self._show()
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        self._row.setSpacing(theme.current().px(3))

    def folder(self) -> Path | None:
        """Where to write; None while nothing is chosen."""
        for card, there in zip((self.stick, *self._further), self._sticks, strict=False):
            if card.isChecked():
                return there.root
        if self.other.isChecked():
            return self._folder
        return outbox() if self.outbox.isChecked() else None

    def look(self) -> None:
        """Look for sticks, in a worker."""
        if not self._asks.waiting():
            self._asks.run(lambda _op: sticks.sticks(), self._found)

    def _found(self, found: list[sticks.Stick]) -> None:
        if found != self._sticks:
            self._sticks = found
            self._make_cards()
            self._show()

    def _make_cards(self) -> None:
        """A card for each stick; that of the first is always there."""
        while len(self._further) + 1 > max(1, len(self._sticks)):
            card = self._further.pop()
            card.setChecked(False)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._further) + 1 < len(self._sticks):
            number = len(self._further) + 2
            card = PlaceCard("usb-flash-drive-outline", "", "", f"place_stick_{number}")
            card.clicked.connect(lambda _on=False, card=card: self._choose_stick(card))
            self._row.insertWidget(number - 1, card, 1)
            self._further.append(card)

    def _show(self) -> None:
        there = self._sticks[0] if self._sticks else None
        self._show_stick(self.stick, there)
        for card, further in zip(self._further, self._sticks[1:], strict=False):
            self._show_stick(card, further)
        self.outbox.set_words(tr("Surel, WhatsApp", "E-mail, WhatsApp"), shortened(outbox()))
        self.other.set_words(
            tr("Folder lain…", "Another folder…"),
            shortened(self._folder) if self._folder else tr("Pilih foldernya", "Choose the folder"),
        )
        last = self._memory.get(_LAST_PLACE, "stick" if there else "outbox")
        if last == "stick" and there is None:
            last = "outbox"
        if last == "other" and self._folder is None:
            last = "outbox"
        cards = {"stick": self._last_stick(), "outbox": self.outbox, "other": self.other}
        cards[last].setChecked(True)
        self._chosen()

    def _show_stick(self, card: PlaceCard, there: sticks.Stick | None) -> None:
        words = tr("Belum ditancapkan", "Not plugged in")
        if there is not None:
            free = telling.size(there.free)
            words = tr(f"{there.name}, sisa {free}", f"{there.name}, {free} free")
        card.set_words(tr("Flashdisk", "USB stick"), words)
        card.setEnabled(there is not None)
        card.dress()

    def _last_stick(self) -> PlaceCard:
        """The card of the stick that was chosen last, as long as it is plugged in."""
        cards = zip((self.stick, *self._further), self._sticks, strict=False)
        return next((card for card, there in cards if there.root == self._at), self.stick)

    def _chosen(self) -> None:
        """Tab goes to the card that is chosen; arrow keys go from there."""
        for card in (self.stick, *self._further, self.outbox, self.other):
            by_tab, by_click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(by_tab if card.isChecked() else by_click)
        self.chosen.emit()

    def _choose(self, place: str) -> None:
        self._memory[_LAST_PLACE] = place
        self._chosen()

    def _choose_stick(self, card: PlaceCard) -> None:
        place = 0 if card is self.stick else self._further.index(card) + 1
        self._at = self._sticks[place].root if place < len(self._sticks) else None
        self._choose("stick")

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), tr("Simpan paket di folder", "Keep the package in the folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(self._folder or Path.home()))
        dialog.fileSelected.connect(self.take_folder)
        dialog.finished.connect(lambda _result: self._show())
        dialog.open()

    def take_folder(self, folder: str) -> None:
        """Write to this folder from now on."""
        if folder:
            self._folder = Path(folder)
            self._memory[_OTHER] = folder
            self._memory[_LAST_PLACE] = "other"
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks as long as somebody looks here."""
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """See `showEvent`."""
        super().hideEvent(event)
        self._timer.stop()
