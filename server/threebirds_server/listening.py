"""The socket on which a server listens, or why there is none."""

import errno
import socket

BACKLOG = 2_048
DEAD_PEER_MS = 10_000
"""A peer that takes nothing for so long is gone. Whoever is accepted here inherits it."""


class CannotListenError(Exception):
    """The message is for the operator."""


def listen(host: str, port: int) -> socket.socket:
    """Raise `CannotListenError`."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CannotListenError(_why_not(error, host, port)) from error
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_PEER_MS)
    return listening


def _why_not(error: OSError, host: str, port: int) -> str:
    if isinstance(error, PermissionError):
        return f"Port {port} is reserved for the system's own services: choose one above 1023 with --port."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is in use: stop what uses it, or choose another one with --port."
    return f"This machine cannot listen on {host}, port {port}: {error.strerror}."
