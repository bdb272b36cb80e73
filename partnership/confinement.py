"""How a process that may be killed is confined. It knows nothing of Django or of settings.

`partnership.confined` looks into a file in such a process, a child of `reports.rendering.press` makes a PDF in one.
"""

import argparse
import ctypes
import math
import os
import resource
import signal
import sys
import time
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1
BIGGEST_FILE = 256 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a confined process may take before it is stopped."""

    cpu_seconds: int
    wall_seconds: float
    memory_mb: int


def die_with(parent: int) -> None:
    """End when the process ends that started this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask to be told
        sys.exit(1)


def confine(*, parent: int, cpu_seconds: int, memory_mb: int, goes_on: bool = False) -> None:
    """Die with the parent, and stay within these limits from now on.

    A process that goes on to other work counts its seconds from now, and may be given new limits for that.
    """
    die_with(parent)
    memory = memory_mb * 1024 * 1024
    seconds = cpu_seconds + (math.ceil(time.process_time()) if goes_on else 0)
    last = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, last if goes_on else seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, last if goes_on else memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIGGEST_FILE, BIGGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_arguments(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """What the process was started with, its limits among it: they hold from now on. `inspection` names them."""
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--cpu-seconds", type=int, required=True)
    parser.add_argument("--memory-mb", type=int, required=True)
    arguments = parser.parse_args()
    confine(parent=arguments.parent, cpu_seconds=arguments.cpu_seconds, memory_mb=arguments.memory_mb)
    return arguments
