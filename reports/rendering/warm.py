"""The portal's side of the press: one for each of its processes, started when it is first needed.

A press is a program of its own that is started afresh, not a fork of the portal: it has none of our memory, descriptors
or environment.
"""

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import IO, Any

from django.conf import settings

from reports.rendering.assets import BUILD_DIR, built
from reports.rendering.orders import Order

PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "HOME")
"""All of the environment that the press gets: no passwords and no keys."""
SECONDS_TO_STOP = 2

Event = dict[str, Any]


class PressGone(Exception):
    """The press ended before it told how the rendering ended; the message is what it said last."""


class Press:
    """A running press. Several threads may order at once."""

    def __init__(self) -> None:
        self._built = _built()
        self._scratch = tempfile.mkdtemp(prefix="press-")
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 the press goes on writing into it
        self._control, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "reports.rendering.press"),
                    *("--assets", str(BUILD_DIR), "--scratch", self._scratch),
                ],
                cwd=settings.BASE_DIR,
                env=_environment(self._scratch),
                stdin=there.fileno(),
                stdout=self._said,
                stderr=self._said,
                start_new_session=True,
            )

    @property
    def is_ready(self) -> bool:
        """Whether it runs, with the stylesheets as they are built now."""
        return self._process.poll() is None and self._built == _built()

    def send(self, order: Order, descriptors: list[int]) -> None:
        try:
            socket.send_fds(self._control, [order.pack()], descriptors)
        except OSError as error:
            raise self.gone() from error

    def gone(self) -> PressGone:
        """What to raise where it does not answer; it is not asked again."""
        self.end()
        self._said.seek(0)
        return PressGone(self._said.read()[-4000:].decode(errors="replace"))

    def end(self) -> None:
        """End it and whatever it renders."""
        self.forget()
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def forget(self) -> None:
        """Let go of it without a word, as a fork of the portal must: it belongs to the process that started it."""
        self._control.close()


_lock = Lock()
_press: Press | None = None


def _forget_after_fork() -> None:
    global _lock, _press
    _lock = Lock()
    if _press:
        _press.forget()
        _press = None


os.register_at_fork(after_in_child=_forget_after_fork)


@contextmanager
def ordered(order: Order, source: IO[bytes], target: IO[bytes], *, until: float) -> Iterator[Iterator[Event | str]]:
    """Have HTML rendered; gives what the child tells as it comes, other lines as they are, and last how it ended.

    Reading on after `until`, by the monotonic clock, raises `TimeoutError`; a press that went away raises `PressGone`.
    However the block is left, nothing of the rendering goes on running.
    """
    channel, there = socket.socketpair()
    with channel:
        with there:
            press = _order(order, [source.fileno(), target.fileno(), there.fileno()])
        try:
            yield _told(channel, until, press)
        finally:
            _stop(channel, press)


def _order(order: Order, descriptors: list[int]) -> Press:
    global _press
    with _lock:
        if _press and not _press.is_ready:
            _press.end()
            _press = None
        _press = _press or Press()
        _press.send(order, descriptors)
        return _press


def _told(channel: socket.socket, until: float, press: Press) -> Iterator[Event | str]:
    for line in _lines(channel, until):
        event = _event(line)
        yield event or line
        if "ended" in event:
            return
    raise press.gone()


def _stop(channel: socket.socket, press: Press) -> None:
    """Tell the press that nobody waits any more, and wait until nothing runs; a press that does not answer is ended."""
    with suppress(OSError):
        channel.shutdown(socket.SHUT_WR)
    try:
        for _ in _lines(channel, time.monotonic() + SECONDS_TO_STOP):
            pass
    except TimeoutError:
        press.end()


def _lines(channel: socket.socket, until: float) -> Iterator[str]:
    """What comes, line by line; raises `TimeoutError` at that time."""
    rest = b""
    while True:
        readable, _, _ = select.select([channel], [], [], max(until - time.monotonic(), 0))
        if not readable:
            raise TimeoutError
        try:
            chunk = channel.recv(65536)
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            break
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode(errors="replace") for line in lines)
    if rest:
        yield rest.decode(errors="replace")


def _event(line: str) -> Event:
    """What a child or the press tells; empty for other lines, which libraries write as they please."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _environment(scratch: str) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "TMPDIR": scratch}


def _built() -> int:
    """Another number for stylesheets that were built anew."""
    return built("report-pdf.css").stat().st_mtime_ns
