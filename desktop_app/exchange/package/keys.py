"""The keys of a site: Ed25519 to sign what it sends, age (X25519) to open what is sent to it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyrage import IdentityError, RecipientError, x25519

from desktop_app.exchange.package.codes import spelled

_GROUPS, _LETTERS = 6, 4
_SIGNED = b"pelita package 1\n"
"""What is signed begins with this, so that a signature can't be taken for one of something else."""


class KeyCard(NamedTuple):
    """The public keys of a site. `sign`: base64 of the 32 bytes of its Ed25519 key; `age`: its age recipient ("age1...")."""

    sign: str
    age: str

    @property
    def fingerprint(self) -> str:
        """What two people compare on the telephone: six groups of four letters, 120 bits of SHA-256 over both keys."""
        digest = hashlib.sha256(f"{self.sign}\n{self.age}".encode("ascii")).digest()
        letters = spelled(int.from_bytes(digest[:15], "big"), _GROUPS * _LETTERS)
        return "-".join(letters[start : start + _LETTERS] for start in range(0, _GROUPS * _LETTERS, _LETTERS))

    @property
    def is_sound(self) -> bool:
        """Whether both texts are keys."""
        return len(_from_base64(self.sign)) == 32 and is_recipient(self.age)

    def verifies(self, content: bytes, signature: str) -> bool:
        """Whether this site signed that content (the canonical form of `datapackage.json`)."""
        try:
            Ed25519PublicKey.from_public_bytes(_from_base64(self.sign)).verify(
                _from_base64(signature), _SIGNED + content
            )
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Keys:
    """Both secret keys of a site; its text is kept in the table `secret` and nowhere else."""

    _sign: bytes = field(repr=False)
    identity: str = field(repr=False)
    """The age identity ("AGE-SECRET-KEY-1...")."""

    @classmethod
    def new(cls) -> Keys:
        """New keys for a site."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw(), str(x25519.Identity.generate()))

    @classmethod
    def read(cls, text: str) -> Keys:
        """The keys of their text. Raises ValueError when it isn't one."""
        sign, _, identity = text.partition(" ")
        keys = cls(_from_base64(sign), identity)
        if len(keys._sign) != 32 or not _is_identity(identity):
            raise ValueError("not a pair of keys")
        return keys

    @property
    def text(self) -> str:
        """The keys as one line of text."""
        return f"{_base64(self._sign)} {self.identity}"

    @cached_property
    def card(self) -> KeyCard:
        """The public keys."""
        public = Ed25519PrivateKey.from_private_bytes(self._sign).public_key().public_bytes_raw()
        return KeyCard(_base64(public), str(x25519.Identity.from_str(self.identity).to_public()))

    @property
    def fingerprint(self) -> str:
        """See `KeyCard.fingerprint`."""
        return self.card.fingerprint

    def signature(self, content: bytes) -> str:
        """The signature of the canonical form of a `datapackage.json`, in base64."""
        return _base64(Ed25519PrivateKey.from_private_bytes(self._sign).sign(_SIGNED + content))


def is_recipient(text: str) -> bool:
    """Whether a text is an age recipient (what settings hold for the escrow recipient)."""
    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def _is_identity(text: str) -> bool:
    try:
        x25519.Identity.from_str(text)
    except IdentityError:
        return False
    return True


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
