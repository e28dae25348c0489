"""Why a package is not taken: one sentence that says what is wrong with it and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words

if TYPE_CHECKING:
    from desktop_app.exchange.package.header import Header
    from desktop_app.exchange.package.keys import KeyCard

COPY_AGAIN = Words(
    "Salin lagi berkasnya dari asalnya, atau minta dikirim ulang.",
    "Copy the file from where it came from again, or ask for it to be sent again.",
)
SEND_AGAIN = Words(
    "Minta pengirim mengirim ulang berkas aslinya.", "Ask the sender to send the original file again."
)
ASK_HEAD = Words(
    "Jangan diterima; hubungi pengirim lewat telepon dan tanyakan.",
    "Don't take it; ask the sender by telephone.",
)


class Refused(KnownError):  # noqa: N818  (a package that is not taken, not a failure of the program)
    """A package that is not taken; nothing was changed. `case` is a short code for tests and tables ("truncated", "bomb")."""

    def __init__(self, case: str, indonesian: str, english: str, what_to_do: Words = SEND_AGAIN) -> None:
        super().__init__(Words(f"{indonesian} {what_to_do.id}", f"{english} {what_to_do.en}"))
        self.case = case


class TooNewError(Refused):
    """A package of a newer program, whole and rightly signed: to be kept until the program is updated (bad input 43)."""

    def __init__(self, header: Header, pid: str, key: KeyCard) -> None:
        super().__init__(
            "too_new",
            f"Paket ini dibuat dengan Pelita {header.program}, yang lebih baru daripada Pelita di komputer ini.",
            f"This package was made by Pelita {header.program}, which is newer than the one on this computer.",
            Words(
                "Perbarui Pelita, lalu terima paket ini lagi.", "Update Pelita, then take this package again."
            ),
        )
        self.header = header
        self.pid = pid
        self.key = key
