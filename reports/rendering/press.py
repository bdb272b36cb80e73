"""The press: a process that has WeasyPrint and the stylesheets ready and forks a child for each rendering.

`warm.py` starts it as `python -m reports.rendering.press` with one end of a socket as its standard input, and ends it
by closing the other. A rendering comes as an `Order` with three descriptors: the HTML, the file for the PDF, and a
channel on which the child tells what happens and the press, at last, how it ended. Closing the channel stops the
rendering.

One child is always forked ahead. It has a map of fonts of its own and has rehearsed, so it renders at once. The press
itself lays out nothing, so it has no thread that a fork would lose. A child ends with its work, but for the one that
rendered a whole report last: it keeps the chapters, and lays out only those that are new in the next one.
"""

import argparse
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from partnership.confinement import confine, die_with
from reports.rendering.confined import Typesetter, Work, do, has_room_to_go_on
from reports.rendering.orders import DESCRIPTORS, PACKED, Order

IDLE_SECONDS = 900
"""A press that nobody needed for so long ends; the next order pays the half second that a new one takes to start."""


@dataclass
class Child:
    pid: int
    line: socket.socket
    """To the child; at its end once the child has ended."""
    channel: socket.socket | None = None
    """To whom it renders for; None while it waits."""

    def has_said_something(self) -> bool:
        """Whether it has rendered and stays; otherwise it has ended."""
        try:
            return bool(self.line.recv(1))
        except ConnectionResetError:  # it ended before it took its order
            return False


class Press:
    """Gives each order to a child and tells how it ended."""

    def __init__(self, control: socket.socket, typesetter: Typesetter):
        self._control = control
        self._typesetter = typesetter
        self._waiting: Child | None = None
        self._keeper: Child | None = None
        """The child that rendered a whole report last and has kept its chapters; None while it renders again."""
        self._busy = 0
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)

    def run(self) -> None:
        """Go on until the portal's process closes its end, or asks nothing for a while."""
        self._fork_ahead()
        while events := self._selector.select(None if self._busy else IDLE_SECONDS):
            for key, _ in events:
                child: Child | None = key.data
                if child is None:
                    order, descriptors, _, _ = socket.recv_fds(self._control, PACKED.size, DESCRIPTORS)
                    if not order:
                        return
                    self._give(order, descriptors)
                elif key.fileobj is child.line:
                    (self._rest if child.has_said_something() else self._bury)(child)
                elif child.channel:
                    self._stop(child)

    def _fork_ahead(self) -> None:
        if self._waiting:
            return
        here, there = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            here.close()
            self._be_child(there, parent)
        there.close()
        self._waiting = Child(pid, here)
        self._selector.register(here, selectors.EVENT_READ, self._waiting)

    def _give(self, order: bytes, descriptors: list[int]) -> None:
        child = self._keeper if Order.unpack(order).may_keep else None
        if child:
            self._keeper = None
        else:
            self._fork_ahead()
            child, self._waiting = self._waiting, None
        assert child
        with suppress(OSError):  # it may have died, which is told when it is buried
            socket.send_fds(child.line, [order], descriptors)
        source, target, channel = descriptors
        os.close(source)
        os.close(target)
        child.channel = socket.socket(fileno=channel)
        self._selector.register(child.channel, selectors.EVENT_READ, child)
        self._busy += 1

    def _stop(self, child: Child) -> None:
        """Nobody waits for it any more."""
        assert child.channel
        self._selector.unregister(child.channel)
        os.kill(child.pid, signal.SIGKILL)

    def _bury(self, child: Child) -> None:
        """Tell how it ended, and have the next one ready."""
        _, status = os.waitpid(child.pid, 0)
        self._selector.unregister(child.line)
        child.line.close()
        shutil.rmtree(scratch_of(child.pid), ignore_errors=True)
        if child.channel:
            self._tell_the_end(child, os.waitstatus_to_exitcode(status))
        elif child is self._waiting:  # the system may kill one that waits, for want of memory
            self._waiting = None
        elif child is self._keeper:
            self._keeper = None

    def _rest(self, child: Child) -> None:
        """It has rendered and kept; another one that had kept is no longer needed."""
        self._tell_the_end(child, 0)
        if self._keeper:
            os.kill(self._keeper.pid, signal.SIGKILL)
        self._keeper = child

    def _tell_the_end(self, child: Child, status: int) -> None:
        assert child.channel
        if child.channel in self._selector.get_map():
            self._selector.unregister(child.channel)
        with suppress(OSError):  # where nobody listens any more
            child.channel.send(json.dumps({"ended": status}).encode() + b"\n", socket.MSG_DONTWAIT)
        child.channel.close()
        child.channel = None
        self._busy -= 1
        self._fork_ahead()

    def _be_child(self, line: socket.socket, parent: int) -> NoReturn:
        try:
            die_with(parent)
            for key in self._selector.get_map().values():
                os.close(key.fd)
            self._selector.close()
            tempfile.tempdir = str(scratch_of(os.getpid()))
            os.mkdir(tempfile.tempdir, 0o700)
            self._typesetter.start_in_child()
            while self._work_off(line, parent):
                gc.collect()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _work_off(self, line: socket.socket, parent: int) -> bool:
        """Render what is ordered; gives whether to go on, which the press has then been told."""
        packed, descriptors, _, _ = socket.recv_fds(line, PACKED.size, DESCRIPTORS)
        if not packed:
            return False
        source, target, channel = descriptors
        order, own = Order.unpack(packed), os.dup(sys.stderr.fileno())
        os.dup2(channel, sys.stderr.fileno())
        os.close(channel)
        confine(parent=parent, cpu_seconds=order.cpu_seconds, memory_mb=order.memory_mb, goes_on=True)
        do(Work(source, target, picture_width=order.picture_width, may_keep=order.may_keep), self._typesetter)
        if not order.may_keep or not has_room_to_go_on():
            return False
        os.dup2(own, sys.stderr.fileno())  # so that nobody listens to us any more
        os.close(own)
        line.send(b".")
        return True


def scratch_of(pid: int) -> Path:
    """The folder of a child's own files."""
    return Path(tempfile.gettempdir(), f"child-{pid}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True)
    arguments = parser.parse_args()
    tempfile.tempdir = str(arguments.scratch)
    typesetter = Typesetter(arguments.assets)
    gc.collect()
    gc.freeze()  # so that collecting in a child leaves the pages shared that it has of us
    try:
        Press(socket.socket(fileno=os.dup(sys.stdin.fileno())), typesetter).run()
    finally:
        shutil.rmtree(arguments.scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
