"""A scanner for tests: it listens on a real socket and speaks clamd's INSTREAM."""

import socket
import struct
import threading
from contextlib import contextmanager

VIRUS = b"".join((b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!$H+H*"))
"""The string that every scanner reports and that harms nobody, in pieces so that this file is not reported."""


class Scanner:
    """What it was sent is in `seen`. `answers` replaces what it says; `hangs_up_after` ends it in mid-stream."""

    def __init__(self, path, *, answers=None, hangs_up_after=None):
        self.answers, self.hangs_up_after = answers, hangs_up_after
        self.seen = []
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(str(path))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                self._talk(connection, stream)

    def _talk(self, connection, stream):
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(length)
            if self.hangs_up_after is not None and len(content) > self.hangs_up_after:
                return
        self.seen.append(content)
        found = b"stream: Eicar-Signature FOUND\0" if VIRUS in content else b"stream: OK\0"
        connection.sendall(found if self.answers is None else self.answers)

    def close(self):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@contextmanager
def scanner(folder, **behaviour):
    """The scanner and its address."""
    path = folder / "clamd.sock"
    running = Scanner(path, **behaviour)
    try:
        yield running, f"unix:{path}"
    finally:
        running.close()
