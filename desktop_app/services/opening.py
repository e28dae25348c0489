"""What is still being opened while the window is drawn: whoever needs it waits for it, in a thread of his own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Opening(Generic[T]):
    """Stands for the opened thing: every use of it waits until it is there. `start` begins the work in a thread."""

    def __init__(self, open_it: Callable[[], T]) -> None:
        self._open_it = open_it
        self._future: Future[T] = Future()
        self._begun = threading.Event()

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if not self._begun.is_set():
            self._begun.set()
            threading.Thread(target=self._work, name="pelita-opening", daemon=True).start()

    def _work(self) -> None:
        try:
            self._future.set_result(self._open_it())
        except BaseException as problem:  # noqa: BLE001  (raised where somebody waits for it)
            self._future.set_exception(problem)

    def is_ready(self) -> bool:
        """Whether it is open (or has failed to): using it does not wait."""
        return self._future.done()

    def opened(self) -> T:
        """The opened thing; waits for it. Raises what opening it raised.

        The main thread can't wait for a beginning that it has to make itself: there, the first use begins it.
        """
        if threading.current_thread() is threading.main_thread():
            self.start()
        return self._future.result()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.opened(), name)
