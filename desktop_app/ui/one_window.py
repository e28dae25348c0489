"""One window per data folder: a second start brings the first one to the front instead of opening another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_WAIT_MS = 500


def _name(folder: Path) -> str:
    return "pelita-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]


def raise_other(folder: Path) -> bool:
    """Ask the window that works on this folder to come to the front; whether there was one that heard it."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    heard = socket.waitForConnected(_WAIT_MS)
    socket.disconnectFromServer()
    return heard


class Listener(QObject):
    """Brings this program's window to the front when another start of it asks so."""

    def __init__(self, folder: Path, window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._window = window
        self._server = QLocalServer(self)
        QLocalServer.removeServer(
            _name(folder)
        )  # left behind by a crash; the lock file says that nobody else is there
        self._server.newConnection.connect(self._asked)
        self._server.listen(_name(folder))

    def _asked(self) -> None:
        self._server.nextPendingConnection().close()
        window = self._window()
        if window is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()

    def close(self) -> None:
        """Listen no more."""
        self._server.close()
