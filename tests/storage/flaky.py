"""A network between the program and the database server that breaks when it is told to."""

from __future__ import annotations

import socket
import threading
from typing import Literal, Self

_PIECE = 65536


class Network:
    """Passes bytes on to a server's socket. `breaks`: at the next COMMIT the line goes dead, before the server hears of it or after
    it has done it; "silent": the server hears neither of the COMMIT nor of the end of the line.
    """

    def __init__(self, server_socket: str) -> None:
        self.server_socket = server_socket
        self.breaks: Literal["", "before", "after", "silent"] = ""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for line in (self._listening, *self._lines):
            _hang_up(line)

    def _accept(self) -> None:
        while True:
            try:
                program, _ = self._listening.accept()
            except OSError:  # closed: the test is over
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.server_socket)
            self._lines += [program, server]
            threading.Thread(target=self._questions, args=(program, server), daemon=True).start()
            threading.Thread(target=_pass_on, args=(server, program), daemon=True).start()

    def _questions(self, program: socket.socket, server: socket.socket) -> None:
        while data := _read(program):
            if b"COMMIT" in data and self.breaks:
                dead, self.breaks = self.breaks, ""
                if dead == "after":
                    program.shutdown(socket.SHUT_WR)  # whatever the server answers does not arrive
                    server.sendall(data)
                    server.shutdown(socket.SHUT_WR)  # it ends when it has done what it was asked
                    return
                if dead == "silent":
                    _hang_up(program)
                    return
                break
            server.sendall(data)
        _hang_up(program)
        _hang_up(server)


def _read(line: socket.socket) -> bytes:
    try:
        return line.recv(_PIECE)
    except OSError:
        return b""


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    while data := _read(source):
        try:
            target.sendall(data)
        except OSError:  # the line is dead: what is said is lost
            continue
    _hang_up(target)


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
    finally:
        line.close()
