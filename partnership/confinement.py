"""How a process that may be killed is confined. It knows nothing of Django or of settings.

`partnership.confined` looks into a file in such a process, a child of `reports.rendering.press` makes a PDF in one.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
BIGGEST_FILE = 256 * 1024 * 1024


def die_with(parent: int) -> None:
    """End when the process ends that started this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before we could ask to be told
        sys.exit(1)


def confine(*, parent: int, cpu_seconds: int, memory_mb: int) -> None:
    """Die with the parent, and stay within these limits from now on."""
    die_with(parent)
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIGGEST_FILE, BIGGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
