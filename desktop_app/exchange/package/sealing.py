"""Closing and opening the envelope: age (age-encryption.org/v1) to several recipients, opened into a limited buffer."""

from __future__ import annotations

import io
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO

import pyrage
from pyrage import x25519

from desktop_app.exchange.package.guard import truncated
from desktop_app.exchange.package.refusing import COPY_AGAIN, SEND_AGAIN, Refused

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

AGE_BEGIN = b"age-encryption.org/v1\n"
_CHUNK, _SEAL = 64 * 1024, 16
"""What age encrypts at a time, and the proof behind each piece."""


def seal(plain: BinaryIO, target: BinaryIO, recipients: tuple[str, ...]) -> None:
    """Encrypt a file to all recipients ("age1..."); each of them can open it alone. Raises ValueError when one is no recipient."""
    try:
        keys = [x25519.Recipient.from_str(one) for one in dict.fromkeys(recipients)]
    except pyrage.RecipientError as wrong:
        raise ValueError("not an age recipient") from wrong
    pyrage.encrypt_io(plain, target, keys)


def reopen(sealed: IO[bytes], plain: BinaryIO, identity: str) -> None:
    """Decrypt a file that this site sealed for itself a moment ago."""
    sealed.seek(0)
    pyrage.decrypt_io(sealed, plain, [x25519.Identity.from_str(identity)])


def unseal(
    sealed: BinaryIO, size: int, identities: tuple[str, ...], buffer: SpooledTemporaryFile[bytes], most: int
) -> int:
    """Decrypt a file of `size` bytes into a buffer that takes no more than `most` bytes; how many there were. Raises `Refused`."""
    target = _Limited(buffer, most)
    try:
        pyrage.decrypt_io(sealed, target, [x25519.Identity.from_str(one) for one in identities])
    except pyrage.DecryptError as wrong:
        if "No matching keys" in str(wrong):  # 8
            raise Refused(
                "other_recipient",
                "Paket ini terkunci untuk penerima lain; kunci kantor ini tidak bisa membukanya.",
                "This package is locked for another recipient; this office's key can't open it.",
            ) from wrong
        raise damaged() from wrong
    except _TooMuch as wrong:
        raise too_large() from wrong
    except OSError as wrong:
        # It broke in the last piece that is there: most likely the rest is missing (6). Before that: something in it changed (7).
        cut = size < target.written // _CHUNK * (_CHUNK + _SEAL) + _CHUNK + _SEAL + _longest_head(sealed)
        raise (truncated() if cut else damaged()) from wrong
    return target.written


def _longest_head(sealed: BinaryIO) -> int:
    """The bytes before the first encrypted piece: the header's lines up to its proof, and a nonce of 16 bytes."""
    sealed.seek(0)
    begin = sealed.read(64 * 1024)
    return begin.find(b"\n", begin.find(b"\n--- ") + 1) + 1 + 16


class _TooMuch(Exception):  # noqa: N818  (never leaves this module)
    """More came out than a package may have."""


class _Limited(io.RawIOBase):
    """Where age writes to."""

    def __init__(self, file: SpooledTemporaryFile[bytes], most: int) -> None:
        self._file = file
        self._most = most
        self.written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        piece = bytes(data)
        self.written += len(piece)
        if self.written > self._most:
            raise _TooMuch
        self._file.write(piece)
        return len(piece)


def damaged() -> Refused:
    """7: what was encrypted is not what is there."""
    return Refused(
        "flipped", "Berkas ini rusak di perjalanan.", "This file was damaged on the way.", COPY_AGAIN
    )


def too_large() -> Refused:
    """15: larger than any package."""
    return Refused(
        "too_large",
        "Berkas ini lebih besar daripada paket mana pun.",
        "This file is larger than any package.",
        SEND_AGAIN,
    )
