"""The window: the only part of Pelita that knows Qt.

PySide reads the source of every module that is imported after it, to see whether it wants "features" such as snake_case names, and
keeps the text: with what the program loads, a tenth of a second and 15 MB. Nothing here wants any, so it is told so beforehand.
"""

from PySide6 import QtCore  # noqa: F401  (brings `shibokensupport`)
from shibokensupport import feature  # type: ignore[import-not-found]

if hasattr(feature, "_mod_uses_pyside"):
    feature._mod_uses_pyside = lambda _module: False  # noqa: SLF001  (PySide has no switch for it)
