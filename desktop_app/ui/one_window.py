"""One window per data folder: a second start brings the first one to the front instead of opening another, and hands it its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_WAIT_MS = 500
_TRIES_WITH_FILES = 20
"""A first window that is still opening its data hears nothing yet: with files in hand it is waited for."""
_ANSWER_MS = 10_000
"""So long the first window may be busy before it answers that it has heard."""
_HEARD = b"heard\n"


def _name(folder: Path) -> str:
    return "pelita-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]


def raise_other(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Ask the window that works on this folder to come to the front and to receive these files; whether there was one that heard it."""
    for _ in range(_TRIES_WITH_FILES if files else 1):
        socket = QLocalSocket()
        socket.connectToServer(_name(folder))
        if socket.waitForConnected(_WAIT_MS):
            socket.write(json.dumps([str(file) for file in files]).encode("ascii") + b"\n")
            # What was written says nothing: it may lie unread, and on Windows it may have gone before one can wait for it.
            heard = socket.waitForReadyRead(_ANSWER_MS)
            socket.disconnectFromServer()
            if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
                socket.waitForDisconnected(_WAIT_MS)
            return heard
        if files:
            QThread.msleep(_WAIT_MS)
    return False


class Listener(QObject):
    """Brings this program's window to the front when another start of it asks so."""

    given = Signal(object)
    """The files (a list of paths) that another start was to receive."""

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
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._read(socket))
        self._read(socket)
        window = self._window()
        if window is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()

    def _read(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            files = _paths(bytes(socket.readLine().data()))
            if files:
                self.given.emit(files)
            socket.write(_HEARD)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()


def _paths(line: bytes) -> list[Path]:
    """The files of a line; none of anything else that may have come that way."""
    try:
        told = json.loads(line)
    except ValueError:
        return []
    return [Path(one) for one in told if isinstance(one, str)] if isinstance(told, list) else []
