"""Ports for servers that are processes of their own and must be told one before they start."""

from __future__ import annotations

import secrets
import socket


def free_port() -> int:
    """A free port below those that the system gives to whoever asks for any.

    One of those could be given away before the server takes it, or while it is being started again: even to a client
    that tries to reach that very server, which then talks to itself.
    """
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
