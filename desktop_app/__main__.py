"""`python -m desktop_app` opens the window; `python -m desktop_app COMMAND` does one thing and ends, without loading Qt."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

gc.disable()  # nothing that is loaded goes again, and looking for it again and again takes a tenth of a start

from desktop_app import bootstrap
from desktop_app.cli.main import Opened, Window, run
from desktop_app.services.context import AppContext


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with these words (the command line's by default); the exit code."""
    gc.freeze()
    gc.enable()
    return run(
        sys.argv[1:] if words is None else words,
        Opened(bootstrap.default_place, bootstrap.server_place, bootstrap.open_context, bootstrap.log_file),
        _window,
    )


def _window(window: Window) -> int:
    """Open the window; only here Qt is imported."""
    gc.disable()  # `ui.app` turns it on again when all is loaded
    from desktop_app.ui import app

    locks = []

    def open_context(folder: Path) -> AppContext:
        ctx, lock = bootstrap.open_for_window(folder, person=window.person, database=window.database)
        locks.append(lock)
        return ctx

    shared = bootstrap.shared_place() if window.folder == bootstrap.default_place() else None
    on_server = bool(window.database)
    options = app.Options(
        window.folder, on_server, shared, window.shot, window.page, window.size, window.dark, window.language
    )
    try:
        return app.main(open_context, options)
    finally:
        gc.enable()
        for lock in locks:
            lock.release()


if __name__ == "__main__":
    sys.exit(main())
