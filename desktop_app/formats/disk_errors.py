"""What a disk or a stick says when a file can't be written or read, in words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words

_BUSY = Words(
    "berkas itu terbuka di program lain, atau tidak boleh dipakai di sana",
    "it is open in another program, or may not be used there",
)
_WHY = {
    errno.ENOENT: Words("berkas atau foldernya tidak ada", "there is no such file or folder"),
    errno.ENOTDIR: Words("foldernya tidak ada", "there is no such folder"),
    errno.EISDIR: Words("itu sebuah folder", "it is a folder"),
    errno.EACCES: _BUSY,
    errno.EPERM: _BUSY,
    errno.EROFS: _BUSY,
    errno.ENOSPC: Words("disk penuh", "the disk is full"),
    errno.EDQUOT: Words("jatah disk habis", "the disk quota is used up"),
}


def why(wrong: OSError) -> Words:
    """What the system said, as the second half of a sentence."""
    return _WHY.get(wrong.errno or 0) or Words(str(wrong.strerror or wrong), str(wrong.strerror or wrong))


def not_written(name: str, wrong: OSError) -> KnownError:
    """The refusal when the file `name` can't be written."""
    words = why(wrong)
    return KnownError(
        Words(f"{name} tidak bisa ditulis: {words.id}.", f"{name} can't be written: {words.en}.")
    )


@contextmanager
def explained_writing(name: str) -> Iterator[None]:
    """Turn what the system says while the file `name` is written into `KnownError`."""
    try:
        yield
    except OSError as wrong:
        raise not_written(name, wrong) from wrong
