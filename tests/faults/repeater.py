"""A small proxy before the program that delivers each request more than once, late and out of order, as a bad network may."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import threading
import time

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Repeater:
    """Takes requests of one connection each at :attr:`url`; gives back the answer to the copy that is answered first.

    Args:
        target: host and port of the program.
        copies: how often each request is delivered.
        late_s: a copy is held back by up to so much, each by another time: later ones overtake.
    """

    def __init__(
        self, target: tuple[str, int], *, copies: int = 2, late_s: float = 0.05, seed: int = 7
    ) -> None:
        self._target, self._copies, self._late_s, self._chance = target, copies, late_s, random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._open: list[threading.Thread] = []
        self.delivered = 0
        self._count = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where clients go."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def settle(self) -> None:
        """Wait until every copy was delivered and answered."""
        while self._open:
            self._open.pop().join()

    def close(self) -> None:
        """Take nothing more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
                self._open.append(thread)
                thread.start()

    def _serve(self, client: socket.socket) -> None:
        with client:
            request = _read_request(client)
            if not request:
                return
            first = threading.Event()
            copies = [
                threading.Thread(
                    target=self._deliver, args=(request, client, first, self._late()), daemon=True
                )
                for _ in range(self._copies)
            ]
            for thread in copies:
                thread.start()
            for thread in copies:
                thread.join()

    def _late(self) -> float:
        with self._count:
            return self._chance.uniform(0, self._late_s)

    def _deliver(self, request: bytes, client: socket.socket, first: threading.Event, late_s: float) -> None:
        time.sleep(late_s)
        with socket.create_connection(self._target) as server:
            server.sendall(request)
            answer = b"".join(iter(lambda: server.recv(65536), b""))
        with self._count:
            self.delivered += 1
            if first.is_set():
                return
            first.set()
        client.sendall(answer)


def _read_request(client: socket.socket) -> bytes:
    content = b""
    while b"\r\n\r\n" not in content:
        more = client.recv(65536)
        if not more:
            return b""
        content += more
    head, _, body = content.partition(b"\r\n\r\n")
    found = _LENGTH.search(head)
    while found and len(body) < int(found[1]):
        body += client.recv(65536)
    # One request a connection, so that the end of the answer is the end of the connection.
    head = re.sub(rb"connection: *[\w-]+", b"Connection: close", head, flags=re.IGNORECASE)
    return head + b"\r\n\r\n" + body
