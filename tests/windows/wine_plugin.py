"""For tests inside Wine 8, which lacks CopyFile2 and ends whoever calls it: Python then copies files as it does elsewhere."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import _winapi

    if hasattr(_winapi, "CopyFile2"):
        del _winapi.CopyFile2
