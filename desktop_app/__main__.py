"""`python -m desktop_app` opens the window; `python -m desktop_app COMMAND` does one thing and ends, without loading Qt."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

gc.disable()  # nothing that is loaded goes again, and looking for it again and again takes a tenth of a start

from desktop_app import bootstrap
from desktop_app.cli.main import DONE, Opened, Window, is_package, run
from desktop_app.services import installed
from desktop_app.services.context import AppContext


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with these words (the command line's by default); the exit code."""
    gc.freeze()
    gc.enable()
    given = list(sys.argv[1:] if words is None else words)
    opened = Opened(bootstrap.default_place, bootstrap.server_place, _open_context, bootstrap.log_file)
    try:
        code = run(given, opened, _window)
    finally:
        installed.end()
    if code == installed.START_ANEW:
        installed.start_anew([word for word in given if not is_package(word)])
        return DONE
    return code


def _open_context(
    folder: Path, *, person: str = "", must_exist: bool = False, database: str = ""
) -> AppContext:
    """For a command: a new version that has a data folder open is the one to stay."""
    with installed.doubted(folder):
        ctx = bootstrap.open_context(folder, person=person, must_exist=must_exist, database=database)
    installed.prove()
    return ctx


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
        window.folder,
        on_server,
        shared,
        window.shot,
        window.page,
        window.size,
        window.dark,
        window.language,
        window.files,
    )
    try:
        with installed.doubted(window.folder):
            return app.main(open_context, options)
    finally:
        gc.enable()
        for lock in locks:
            lock.release()


if __name__ == "__main__":
    sys.exit(main())
