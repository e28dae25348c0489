"""The ZIP format as far as packages use it (PKWARE's APPNOTE, 4.3), and its writer: members one after the other, nothing else."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, NamedTuple

from isal import isal_zlib

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
LOCAL_MARK, CENTRAL_MARK, END_MARK, AFTER_MARK = b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\7\x08"
STORED, DEFLATED = 0, 8
_VERSION = 20
_DATE = 0x21
"""1 January 1980: a package doesn't tell more about a PC than it must."""


class Written(NamedTuple):
    """What the directory will say of a member."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    sha256: str


class _Packing:
    """One member on its way into the file: packed, counted, hashed."""

    def __init__(self, file: BinaryIO, *, deflate: bool) -> None:
        self._file = file
        # Raw deflate at its fastest level, by a library several times as fast as zlib.
        self._packer = isal_zlib.compressobj(1, isal_zlib.DEFLATED, -15) if deflate else None
        self.crc = self.size = 0
        self.sha256 = hashlib.sha256()

    def take(self, chunk: bytes) -> None:
        self.crc = isal_zlib.crc32(chunk, self.crc)
        self.size += len(chunk)
        self.sha256.update(chunk)
        self._file.write(self._packer.compress(chunk) if self._packer else chunk)

    def finish(self) -> None:
        if self._packer:
            self._file.write(self._packer.flush())


class ZipWriter:
    """Writes members one after the other into a file that can be sought in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._members: list[Written] = []

    def add(self, name: str, chunks: Iterable[bytes], *, deflate: bool) -> Written:
        """Write one member from its content, piece by piece; what was written."""
        file, offset = self._file, self._file.tell()
        file.write(bytes(LOCAL.size + len(name)))
        packing = _Packing(file, deflate=deflate)
        # Beside the making of the next piece: asking the database and packing overlap.
        with ThreadPoolExecutor(1) as thread:
            working = thread.submit(packing.take, b"")
            for chunk in chunks:
                working.result()
                working = thread.submit(packing.take, chunk)
            working.result()
        packing.finish()
        end = file.tell()
        method = DEFLATED if deflate else STORED
        sizes = (end - offset - LOCAL.size - len(name), packing.size)
        member = Written(name, method, packing.crc, *sizes, offset, packing.sha256.hexdigest())
        file.seek(offset)
        file.write(_local(member))
        file.seek(end)
        self._members.append(member)
        return member

    def finish(self) -> None:
        """Write the directory."""
        begin = self._file.tell()
        for member in self._members:
            self._file.write(_central(member))
        size, count = self._file.tell() - begin, len(self._members)
        self._file.write(END.pack(END_MARK, 0, 0, count, count, size, begin, 0))


def _local(member: Written) -> bytes:
    name = member.name.encode("ascii")
    return (
        LOCAL.pack(
            LOCAL_MARK,
            *(_VERSION, 0, member.method, 0, _DATE),
            *(member.crc, member.packed, member.size),
            *(len(name), 0),
        )
        + name
    )


def _central(member: Written) -> bytes:
    name = member.name.encode("ascii")
    return (
        CENTRAL.pack(
            CENTRAL_MARK,
            *(_VERSION, _VERSION, 0, member.method, 0, _DATE),
            *(member.crc, member.packed, member.size),
            *(len(name), 0, 0, 0, 0),
            *(0, member.offset),
        )
        + name
    )
