"""Memory that one large question needed goes back to the system: the C library would keep it for the next one."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return what is free. For a worker: it takes some milliseconds, in which the window goes on."""
    if sys.platform == "win32":
        ctypes.CDLL("ucrtbase")._heapmin()  # noqa: SLF001  (its name)
    elif trim := getattr(ctypes.CDLL(None), "malloc_trim", None):  # where the C library is glibc
        trim(0)
