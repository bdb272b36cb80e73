"""Looking through a whole file in a process that cannot take the portal down with it."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from partnership.choices import FileKind
from partnership.filetypes.refused import REFUSED_STATUS, RefusedFile

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
CPU_SECONDS = 30
WALL_SECONDS = 45
MEMORY_MB = 1024

TOO_HARD = (
    "This file could not be checked: it is damaged, or made in an unusual way. "
    "Open it in the program that made it, save it again, or save it as a PDF, then send that."
)


def inspect(content: bytes, kind: FileKind) -> bytes:
    """What is kept of a file of this kind; raises `RefusedFile`, also where looking at it took too much."""
    limits = {"--parent": os.getpid(), "--cpu-seconds": CPU_SECONDS, "--memory-mb": MEMORY_MB}
    command = [sys.executable, "-m", "partnership.confined", kind]
    try:
        done = subprocess.run(
            [*command, *(str(word) for limit in limits.items() for word in limit)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFile(TOO_HARD) from error
    if done.returncode == REFUSED_STATUS:
        raise RefusedFile(done.stderr.decode())
    if done.returncode or not done.stdout:
        log.warning("A file could not be looked through (%s): %s", done.returncode, done.stderr[-1000:].decode())
        raise RefusedFile(TOO_HARD)
    return done.stdout
