"""Looking through a whole file in a process that cannot take the portal down with it."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from partnership.choices import FileKind
from partnership.confinement import Limits
from partnership.filetypes import LARGEST_FILE, TOO_LARGE
from partnership.filetypes.pictures import PICTURES_BEGIN
from partnership.filetypes.refused import REFUSED_STATUS, RefusedFile

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
LIMITS = Limits(cpu_seconds=30, wall_seconds=45, memory_mb=1024)

TOO_HARD = (
    "This file could not be checked: it is damaged, or made in an unusual way. "
    "Open it in the program that made it, save it again, or save it as a PDF, then send that."
)

NO_PICTURE = "A report takes pictures as JPEG or PNG. Save the picture as one of them, then add that."
TOO_HARD_TO_DRAW = "This picture is damaged. Open it, save it again as JPEG or PNG, then add that."


def inspect(content: bytes, kind: FileKind) -> bytes:
    """What is kept of a file of this kind; raises `RefusedFile`, also where looking at it took too much."""
    return look_through("partnership.confined", kind, content=content, too_hard=TOO_HARD)


def draw_for_print(content: bytes) -> bytes:
    """A picture as a report keeps it, a JPEG or a PNG; raises `RefusedFile` for anything that is no picture."""
    if len(content) > LARGEST_FILE:
        raise RefusedFile(TOO_LARGE)
    if not content.startswith(PICTURES_BEGIN):
        raise RefusedFile(NO_PICTURE)
    return look_through("partnership.confined", "--for-print", content=content, too_hard=TOO_HARD_TO_DRAW)


def redraw_logo(content: bytes) -> bytes:
    """A logo as covers show it: a JPEG, a PNG or an SVG; raises `RefusedFile`."""
    if len(content) > LARGEST_FILE:
        raise RefusedFile(TOO_LARGE)
    return look_through("partnership.confined", "--logo", content=content, too_hard=TOO_HARD_TO_DRAW)


def look_through(module: str, *words: str, content: bytes, too_hard: str, limits: Limits | None = None) -> bytes:
    """What a module's process, run within the limits, writes of a file; raises `RefusedFile` with what it says, or
    with `too_hard`.
    """
    limits = limits or LIMITS
    told = {"--parent": os.getpid(), "--cpu-seconds": limits.cpu_seconds, "--memory-mb": limits.memory_mb}
    command = [sys.executable, "-m", module, *words]
    try:
        done = subprocess.run(
            [*command, *(str(word) for each in told.items() for word in each)],
            input=content,
            capture_output=True,
            timeout=limits.wall_seconds,
            cwd=ROOT,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFile(too_hard) from error
    if done.returncode == REFUSED_STATUS:
        raise RefusedFile(done.stderr.decode())
    if done.returncode or not done.stdout:
        log.warning("A file could not be looked through (%s): %s", done.returncode, done.stderr[-1000:].decode())
        raise RefusedFile(too_hard)
    return done.stdout
