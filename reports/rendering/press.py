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


TAKEN, RENDERED, ENDED = b"t", b".", b""
"""What a child says on its line: it has its order, it has rendered and stays; the line's end says the last."""


@dataclass
class Task:
    """An order with its descriptors, which are kept until a child has taken it."""

    order: bytes
    files: list[int]
    channel: socket.socket
    """To whom it is rendered for."""
    is_given_again: bool = False

    def let_go(self) -> None:
        """It is nobody else's to render."""
        for file in self.files:
            os.close(file)
        self.files = []


@dataclass
class Child:
    pid: int
    line: socket.socket
    task: Task | None = None
    """None while it waits."""

    def says(self) -> bytes:
        try:
            return self.line.recv(1)
        except ConnectionResetError:  # it ended before it took its order
            return ENDED


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
                    *files, channel = descriptors
                    self._busy += 1
                    self._give(Task(order, files, socket.socket(fileno=channel)))
                elif key.fileobj is child.line:
                    self._hear(child)
                elif child.task:
                    self._stop(child, child.task)

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

    def _give(self, task: Task) -> None:
        child = self._keeper if Order.unpack(task.order).may_keep and not task.is_given_again else None
        if child:
            self._keeper = None
        else:
            self._fork_ahead()
            child, self._waiting = self._waiting, None
        assert child
        with suppress(OSError):  # it may have died, which is told when it is buried
            socket.send_fds(child.line, [task.order], [*task.files, task.channel.fileno()])
        child.task = task
        self._selector.register(task.channel, selectors.EVENT_READ, child)

    def _hear(self, child: Child) -> None:
        said = child.says()
        if said == ENDED:
            self._bury(child)
        elif said == TAKEN:
            assert child.task
            child.task.let_go()
        else:
            self._rest(child)

    def _stop(self, child: Child, task: Task) -> None:
        """Nobody waits for it any more."""
        self._selector.unregister(task.channel)
        task.let_go()
        os.kill(child.pid, signal.SIGKILL)

    def _bury(self, child: Child) -> None:
        """Tell how it ended, and have the next one ready."""
        _, status = os.waitpid(child.pid, 0)
        self._selector.unregister(child.line)
        child.line.close()
        shutil.rmtree(scratch_of(child.pid), ignore_errors=True)
        if child is self._waiting:  # the system may kill one that waits, for want of memory
            self._waiting = None
        elif child is self._keeper:
            self._keeper = None
        if task := child.task:
            if task.files and not task.is_given_again:
                self._give_again(task)
            else:
                self._tell_the_end(child, os.waitstatus_to_exitcode(status))

    def _give_again(self, task: Task) -> None:
        """To another child: the one that was to render it was dead before it took the order."""
        self._selector.unregister(task.channel)
        task.is_given_again = True
        self._give(task)

    def _rest(self, child: Child) -> None:
        """It has rendered and kept; another one that had kept is no longer needed."""
        self._tell_the_end(child, 0)
        if self._keeper:
            os.kill(self._keeper.pid, signal.SIGKILL)
        self._keeper = child

    def _tell_the_end(self, child: Child, status: int) -> None:
        task, child.task = child.task, None
        assert task
        if task.channel in self._selector.get_map():
            self._selector.unregister(task.channel)
        with suppress(OSError):  # where nobody listens any more
            task.channel.send(json.dumps({"ended": status}).encode() + b"\n", socket.MSG_DONTWAIT)
        task.channel.close()
        task.let_go()
        self._busy -= 1
        self._fork_ahead()

    def _be_child(self, line: socket.socket, parent: int) -> NoReturn:
        try:
            die_with(parent)
            for key in self._selector.get_map().values():
                if key.data and key.data.task:
                    key.data.task.let_go()
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
        line.send(TAKEN)
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
        line.send(RENDERED)
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
