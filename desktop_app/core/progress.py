"""How a long operation tells what it is doing and learns that it shall stop."""

from __future__ import annotations

from typing import Protocol

from desktop_app.core.errors import Cancelled
from desktop_app.core.words import Words


class Progress(Protocol):
    """Given to every operation that may take longer than half a second."""

    def at(self, done: int, total: int | None = None, doing: Words | None = None) -> None:
        """Say how far it is; raises `Cancelled` when the user wants to stop. Cheap: call it every few hundred rows."""


class Quiet:
    """For callers that show nothing; `cancel_after` lets a test stop an operation on its way."""

    def __init__(self, cancel_after: int | None = None) -> None:
        self.cancel_after = cancel_after

    def at(self, done: int, total: int | None = None, doing: Words | None = None) -> None:  # noqa: ARG002
        """See `Progress.at`."""
        if self.cancel_after is not None and done >= self.cancel_after:
            raise Cancelled
