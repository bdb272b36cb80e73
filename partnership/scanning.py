"""The virus scanner ClamAV, asked over its socket (clamd's INSTREAM command)."""

import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

SECONDS = 30
"""So long the scanner may take for one file, all in all."""
LONGEST_ANSWER = 4096
PIECE = 64 * 1024


class ScannerAway(Exception):
    """The scanner gave no answer that can be relied on: nothing is known of the file."""


def scan(content: Iterable[bytes], *, address: str) -> str:
    """The name of the virus that the scanner finds in the content, empty where it finds none.

    `address` is `tcp://host:3310` or `unix:/path`. Raises `ScannerAway` for anything but a plain answer.
    """
    ends = time.monotonic() + SECONDS
    try:
        with _connected(address) as connection:
            # A scanner that has seen enough answers and hangs up while we still send.
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(connection, content, ends)
            answer = _answer(connection, ends)
    except (OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error
    return _virus_in(answer)


def address_fault(address: str) -> str:
    """What is wrong with the address of a scanner, empty where nothing is."""
    try:
        parts = urlsplit(address)
        is_good = (parts.scheme == "tcp" and parts.hostname and parts.port) or (parts.scheme == "unix" and parts.path)
    except ValueError:
        is_good = False
    return "" if is_good else f"{address} is not an address such as tcp://host:3310 or unix:/path."


def _connected(address: str) -> socket.socket:
    if fault := address_fault(address):
        raise ValueError(fault)
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SECONDS)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _send(connection: socket.socket, content: Iterable[bytes], ends: float) -> None:
    connection.sendall(b"zINSTREAM\0")
    for chunk in content:
        for start in range(0, len(chunk), PIECE):
            piece = chunk[start : start + PIECE]
            _wait_no_longer_than(connection, ends)
            connection.sendall(struct.pack("!I", len(piece)) + piece)
    connection.sendall(struct.pack("!I", 0))


def _answer(connection: socket.socket, ends: float) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        _wait_no_longer_than(connection, ends)
        received = connection.recv(LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer


def _wait_no_longer_than(connection: socket.socket, ends: float) -> None:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner took too long")
    connection.settimeout(left)


def _virus_in(answer: bytes) -> str:
    """Only these two answers say something of the file; half of one says nothing."""
    words = answer.decode("utf-8", "replace")
    if words == "stream: OK\0":
        return ""
    if words.startswith("stream: ") and words.endswith(" FOUND\0"):
        return words.removeprefix("stream: ").removesuffix(" FOUND\0")
    raise ScannerAway(words.rstrip("\0") or "no answer")
