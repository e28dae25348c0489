"""SQLAlchemy without the parts of Python that it names and Pelita never makes it use.

It imports `asyncio` (and with it TLS and subprocesses) and `importlib.metadata` (and with it `email`) for what only other programs ask of
it: 5 MB, and a fifth of the time that loading it takes. While it is first loaded, stand-ins take their names; each fetches
the real one when it is asked for anything.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import threading
from types import ModuleType
from typing import Any

_UNUSED = ("asyncio", "importlib.metadata")
_lock = threading.Lock()


class StandIn(ModuleType):
    """Answers for a module that nobody has needed yet."""

    def __getattr__(self, name: str) -> Any:
        """Whatever is asked for, from the real module, which is loaded now."""
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def load_sqlalchemy() -> None:
    """Load it before anything imports it (in a program that starts; a second call does nothing)."""
    with _lock:
        if "sqlalchemy" in sys.modules:
            return
        stand_ins = [StandIn(name) for name in _UNUSED if name not in sys.modules]
        for one in stand_ins:
            if one.__name__ == "asyncio":
                one.iscoroutine = inspect.iscoroutine  # type: ignore[attr-defined]  # the only thing it takes while it is loaded
            sys.modules[one.__name__] = one
            package, _, name = one.__name__.rpartition(".")
            if package:
                setattr(
                    sys.modules[package], name, one
                )  # `import importlib.metadata` is asked for by this path
        try:
            importlib.import_module("sqlalchemy")
            importlib.import_module("sqlalchemy.dialects.sqlite")
        finally:
            for one in stand_ins:
                if sys.modules.get(one.__name__) is one:
                    del sys.modules[one.__name__]
