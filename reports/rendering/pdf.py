"""The report as PDF/UA, laid out in a process of its own that is stopped when it takes too much."""

import errno
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from reports.document import Document
from reports.rendering.assets import BUILD_DIR
from reports.rendering.html import report_html

PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_CACHE_HOME", "HOME")
"""All of the environment that the renderer gets: no passwords and no keys."""
LAST_LINES = 40
MEMORY_FULL = ("MemoryError", "failed to allocate", "Cannot allocate memory", "Resource temporarily unavailable")
"""How Python, GLib and the system say that there is no more memory, where the renderer cannot say it itself."""

OnStage = Callable[[str], None]


@dataclass(frozen=True)
class Rendering:
    pdf: bytes
    warnings: tuple[str, ...]
    """What WeasyPrint had to say, such as an address it was not allowed to open."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    cpu_seconds: int
    wall_seconds: float
    memory_mb: int


class RenderingFailed(Exception):
    """The PDF could not be made; the message says why in words for the board's officers, `details` for developers."""

    def __init__(self, reason: str, details: str = ""):
        super().__init__(reason)
        self.details = details


def render_pdf(document: Document, *, on_stage: OnStage | None = None) -> Rendering:
    """The report as PDF/UA-1; the same Document gives the same bytes.

    `on_stage` is called with a few words at each step. Raises `RenderingFailed`. Whatever interrupts it, Celery's
    soft time limit for one, the renderer is ended before the exception goes on.
    """
    tell = on_stage or (lambda stage: None)
    tell("Drawing the charts")
    html = report_html(document, for_pdf=True)
    return typeset(html, limits=limits_from_settings(), on_stage=tell)


def limits_from_settings() -> Limits:
    return Limits(
        cpu_seconds=settings.RENDER_CPU_SECONDS,
        wall_seconds=settings.RENDER_WALL_SECONDS,
        memory_mb=settings.RENDER_MEMORY_MB,
    )


def typeset(html: str, *, limits: Limits, on_stage: OnStage = lambda stage: None) -> Rendering:
    """The PDF of an HTML document, made within the limits. Raises `RenderingFailed`."""
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(html, encoding="utf-8")
        with source.open("rb") as stdin, target.open("wb") as stdout:
            warnings = _run(stdin, stdout, folder, limits, on_stage)
        return Rendering(pdf=target.read_bytes(), warnings=tuple(dict.fromkeys(warnings)))


def _run(stdin: IO[bytes], stdout: IO[bytes], scratch: str, limits: Limits, on_stage: OnStage) -> list[str]:
    """Run the renderer to its end; gives its warnings or raises `RenderingFailed`."""
    warnings, failure, lines = [], "", deque[str](maxlen=LAST_LINES)
    with _renderer(stdin, stdout, scratch, limits) as process:
        deadline = time.monotonic() + limits.wall_seconds
        try:
            for line in _lines(process.stderr, deadline):
                event = _event(line)
                if "stage" in event:
                    on_stage(event["stage"])
                elif "warning" in event:
                    warnings.append(event["warning"])
                elif "failure" in event:
                    failure = event["failure"]
                else:
                    lines.append(line)
            process.wait(timeout=max(deadline - time.monotonic(), 0))
        except (TimeoutError, subprocess.TimeoutExpired):
            raise RenderingFailed(_too_long(limits), "\n".join(lines)) from None
    if process.returncode:
        raise RenderingFailed(_reason(process.returncode, failure, lines, limits), "\n".join(lines))
    return warnings


@contextmanager
def _renderer(stdin: IO[bytes], stdout: IO[bytes], scratch: str, limits: Limits) -> Iterator["subprocess.Popen[bytes]"]:
    """The renderer's process, in a group of its own; however the block is left, nothing of it goes on running."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "reports.rendering.confined"),
            *("--parent", str(os.getpid())),
            *("--cpu-seconds", str(limits.cpu_seconds)),
            *("--memory-mb", str(limits.memory_mb)),
            *("--assets", str(BUILD_DIR)),
        ],
        cwd=settings.BASE_DIR,
        env=_environment(scratch),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stderr:
            process.stderr.close()


def _environment(scratch: str) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "TMPDIR": scratch}


def _lines(stream: IO[bytes] | None, deadline: float) -> Iterator[str]:
    """What the renderer says, line by line as it comes; raises `TimeoutError` at the deadline."""
    assert stream is not None
    rest = b""
    while True:
        readable, _, _ = select.select([stream], [], [], max(deadline - time.monotonic(), 0))
        if not readable:
            raise TimeoutError
        chunk = os.read(stream.fileno(), 65536)
        if not chunk:
            break
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.decode(errors="replace") for line in lines)
    if rest:
        yield rest.decode(errors="replace")


def _event(line: str) -> dict[str, str]:
    """What `confined` tells; empty for other lines, which libraries write to standard error as they please."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


ADVICE = (
    "Try again. If it stops again, look in the sections edited last for a very long table "
    "or for text pasted from another program."
)


def _too_long(limits: Limits) -> str:
    return f"The PDF was not ready after {limits.wall_seconds:g} seconds, so making it was stopped. {ADVICE}"


def _reason(returncode: int, failure: str, lines: Iterable[str], limits: Limits) -> str:
    if returncode == -signal.SIGXCPU:
        return f"Making the PDF took more than {limits.cpu_seconds} seconds of computing, so it was stopped. {ADVICE}"
    if returncode == errno.ENOMEM or any(sign in line for line in (failure, *lines) for sign in MEMORY_FULL):
        return f"Making the PDF took more than {limits.memory_mb} MB of memory, so it was stopped. {ADVICE}"
    ended = failure or (
        f"ended by the system, {signal.Signals(-returncode).name}" if returncode < 0 else f"exit status {returncode}"
    )
    return (
        f"The program that lays out the pages failed ({ended}). Try again. If it fails again, "
        "send this message to those who look after the portal."
    )
