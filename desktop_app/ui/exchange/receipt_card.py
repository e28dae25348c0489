"""The card that takes what headquarters answers: the code said on the telephone, or the file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.words import tr
from desktop_app.ui import theme
from desktop_app.ui.widgets import Button, Hairline, Label, MessageLine

CODE_LETTERS = 12
_EXAMPLE = "7KMQ2-4D29X-HT"


def letters_of(text: str) -> int:
    """How many letters of a code have been typed; spaces and dashes don't count."""
    return sum(letter.isalnum() for letter in text)


class ReceiptCard(QFrame):
    """`code_given` carries a code of twelve letters as typed; `files_asked` wants the dialog."""

    code_given = Signal(str)
    files_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._asked = ""
        words = Label(tr("Kode tanda terima lewat telepon", "Receipt code by telephone"), "label")
        self.code = QLineEdit()
        self.code.setObjectName("phone_code")
        self.code.setProperty("look", "code")
        self.code.setAccessibleName(words.text())
        self.code.setMaxLength(40)
        words.setBuddy(self.code)
        self.message = MessageLine()
        self.message.setObjectName("message_phone_code")
        self.receive = Button(
            tr("Buka berkas…", "Open files…"), "outlined", "folder-open-outline", name="action_receive"
        )
        self._drop = Label(tr("atau seret ke jendela ini", "or drop them on this window"), "meta", wrap=True)
        self._clock = QLabel()
        self._last = Label("", "meta", wrap=True)
        self._box = QVBoxLayout(self)
        self._box.addWidget(Label(tr("Terima dari Pusat", "Receive from headquarters"), "section"))
        for widget in (words, self.code, self.message, Hairline()):
            self._box.addWidget(widget)
        self._box.addWidget(
            Label(tr("Atau berkas jawaban Pusat", "Or headquarters' answer as a file"), "label")
        )
        self._row = QHBoxLayout()
        self._row.addWidget(self.receive)
        self._row.addWidget(self._drop, 1)
        self._box.addLayout(self._row)
        self._box.addStretch(1)
        self._own = Label("", "meta", wrap=True)
        self._own.setObjectName("own_fingerprint")
        self._own.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._own.hide()
        self._box.addWidget(self._own)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._clock)
        self._foot.addWidget(self._last, 1)
        self._box.addLayout(self._foot)
        self.code.textChanged.connect(self._typed)
        self.code.returnPressed.connect(self._give)
        self.receive.clicked.connect(self.files_asked)
        self._typed()
        self.restyle()
        theme.changed.connect(self.restyle)

    def restyle(self) -> None:
        """Sizes after a change of text size."""
        look = theme.current()
        self._box.setContentsMargins(look.px(6), look.px(5), look.px(6), look.px(5))
        self._box.setSpacing(look.px(2.5))
        self._row.setSpacing(look.px(3))
        self._foot.setSpacing(look.px(2))
        self._clock.setPixmap(theme.pixmap("clock-outline", "text3", look.px(4), self.devicePixelRatioF()))

    def _typed(self) -> None:
        theme.set_state(self.code, "")
        typed, words = (
            letters_of(self.code.text()),
            tr(f"12 huruf dan angka, seperti {_EXAMPLE}.", f"12 letters and digits, like {_EXAMPLE}."),
        )
        if 0 < typed < CODE_LETTERS:
            left = CODE_LETTERS - typed
            words += tr(f" Kurang {left} lagi.", f" {left} more.")
        elif typed > CODE_LETTERS:
            words += tr(f" Lebih {typed - CODE_LETTERS}.", f" {typed - CODE_LETTERS} too many.")
        self.message.show_message("hint", words)
        if typed == CODE_LETTERS:
            self._give()
        else:
            self._asked = ""

    def _give(self) -> None:
        """Twelve letters are asked about at once; Enter asks again, about what has another length too."""
        text = self.code.text().strip()
        if text and text != self._asked:
            self._asked = text
            self.code_given.emit(text)

    def accepted(self, words: str) -> None:
        """The code was right."""
        self.code.clear()
        self.message.show_message("hint", words)

    def refuse(self, words: str) -> None:
        """The code is wrong, and why."""
        self._asked = ""
        theme.set_state(self.code, "error")
        self.message.show_message("error", words)

    def show_last(self, words: str) -> None:
        """The last receipt."""
        self._last.setText(words)

    def show_fingerprint(self, fingerprint: str) -> None:
        """The fingerprint of this office's keys: headquarters asks for it on the telephone."""
        self._own.setText(
            tr(f"Sidik kunci kantor ini:\n{fingerprint}", f"This office's fingerprint:\n{fingerprint}")
        )
        self._own.setVisible(bool(fingerprint))
