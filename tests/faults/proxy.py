"""A small proxy between the program and its database, so that the database can be away without being stopped.

Unix socket in, unix socket out. ``away()`` breaks every connection and takes no new one, ``silent()`` takes them and
answers nothing, ``back()`` lets everything through again, ``slow(seconds)`` holds each answer back.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from pathlib import Path


class Proxy:
    """The way to the database at ``target`` for clients of the folder ``folder``."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder, self.target = folder, target
        self.state, self.delay_s = "back", 0.0
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self.back()

    def away(self) -> None:
        """The database is gone: connections break, new ones are refused."""
        self.state = "away"
        self._unlisten()
        self._break()

    def silent(self) -> None:
        """The database hangs: bytes go in and none come out, on old and new connections."""
        self.state = "silent"

    def slow(self, seconds: float) -> None:
        """Each piece of an answer comes so much later."""
        self.delay_s = seconds

    def back(self) -> None:
        """Everything passes again; connections that hung are broken, as a restarted server would."""
        self.state, self.delay_s = "back", 0.0
        self._break()
        if self._listener is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / self.target.name).unlink(missing_ok=True)
            self._listener = socket.socket(socket.AF_UNIX)
            self._listener.bind(str(self.folder / self.target.name))
            self._listener.listen(128)
            threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def close(self) -> None:
        """Stop for good."""
        self.away()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(str(self.target))
            except OSError:
                client.close()
                server.close()
                continue
            with self._lock:
                # Who is let in while the database goes away would go on with it.
                if self._listener is not listener:
                    client.close()
                    server.close()
                    return
                self._ends |= {client, server}
            for source, sink, held in ((client, server, False), (server, client, True)):
                threading.Thread(target=self._carry, args=(source, sink, held), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, held: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                while self.state == "silent":
                    time.sleep(0.02)
                if held and self.delay_s:
                    time.sleep(self.delay_s)
                sink.sendall(data)
        self._forget(source, sink)
        # Each carrier closes the end that it reads from; the other one may still be written to.
        source.close()

    def _break(self) -> None:
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _forget(self, *ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            with self._lock:
                self._ends.discard(end)

    def _unlisten(self) -> None:
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is not None:
            (self.folder / self.target.name).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
