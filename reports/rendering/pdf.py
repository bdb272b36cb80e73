"""The report as PDF/UA, laid out by a child of the press that is stopped when it takes too much."""

import errno
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from partnership.confinement import Limits
from reports.document import Document
from reports.rendering.failed import RenderingFailed
from reports.rendering.html import report_html
from reports.rendering.orders import Order
from reports.rendering.warm import Event, PressGone, ordered

LAST_LINES = 40
MEMORY_FULL = ("MemoryError", "failed to allocate", "Cannot allocate memory", "Resource temporarily unavailable")
"""How Python, GLib and the system say that there is no more memory, where the renderer cannot say it itself."""

NO_PRESS = (
    "The program that lays out the pages did not start. Try again. If it fails again, send this message to those who "
    "look after the portal."
)

OnStage = Callable[[str], None]


@dataclass(frozen=True)
class Rendering:
    pdf: bytes
    warnings: tuple[str, ...]
    """What WeasyPrint had to say, such as an address it was not allowed to open."""
    pictures: tuple[bytes, ...] = ()
    """The pages as JPEG, if they were asked for."""


def render_pdf(document: Document, *, on_stage: OnStage | None = None) -> Rendering:
    """The report as PDF/UA-1; the same Document gives the same bytes.

    `on_stage` is called with a few words at each step. Raises `RenderingFailed`. Whatever interrupts it, Celery's
    soft time limit for one, the renderer is ended before the exception goes on.
    """
    tell = on_stage or (lambda stage: None)
    tell("Drawing the charts")
    html = report_html(document, for_pdf=True)
    return typeset(html, limits=limits_from_settings(), on_stage=tell, may_keep=True)


def limits_from_settings() -> Limits:
    return Limits(
        cpu_seconds=settings.RENDER_CPU_SECONDS,
        wall_seconds=settings.RENDER_WALL_SECONDS,
        memory_mb=settings.RENDER_MEMORY_MB,
    )


def typeset(
    html: str,
    *,
    limits: Limits,
    on_stage: OnStage = lambda stage: None,
    picture_width: int = 0,
    may_keep: bool = False,
) -> Rendering:
    """The PDF of an HTML document, made within the limits, and pictures of its pages if a width is given.

    Where it `may_keep`, the chapters of a report are kept for the next one that may, in a process that goes on.
    Raises `RenderingFailed`.
    """
    deadline = time.monotonic() + limits.wall_seconds
    order = Order(limits.cpu_seconds, limits.memory_mb, picture_width, may_keep)
    try:
        return _rendered(html, order, limits, deadline, on_stage)
    except PressGone:
        pass  # it may just have ended after a long rest; the next one is fresh
    try:
        return _rendered(html, order, limits, deadline, on_stage)
    except PressGone as gone:
        raise RenderingFailed(NO_PRESS, str(gone)) from gone


def _rendered(html: str, order: Order, limits: Limits, deadline: float, on_stage: OnStage) -> Rendering:
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(html.encode())
        source.seek(0)
        with ordered(order, source, target, until=deadline) as events:
            warnings, sizes = _followed(events, limits, on_stage)
        target.seek(0)
        pdf = target.read(sizes[0] if sizes else -1)
        pictures = tuple(target.read(size) for size in sizes[1:])
    return Rendering(pdf=pdf, warnings=tuple(dict.fromkeys(warnings)), pictures=pictures)


def _followed(events: Iterator[Event | str], limits: Limits, on_stage: OnStage) -> tuple[list[str], list[int]]:
    """Follow a rendering to its end; gives its warnings, and the sizes of PDF and pictures where there are any."""
    warnings: list[str] = []
    sizes: list[int] = []
    failure, returncode, lines = "", 0, deque[str](maxlen=LAST_LINES)
    try:
        for event in events:
            match event:
                case {"stage": stage}:
                    on_stage(stage)
                case {"warning": warning}:
                    warnings.append(warning)
                case {"pictures": [*sizes]}:
                    pass
                case {"failure": str(failure)}:
                    pass
                case {"ended": int(returncode)}:
                    pass
                case _:
                    lines.append(str(event))
    except TimeoutError:
        raise RenderingFailed(_too_long(limits), "\n".join(lines)) from None
    if returncode:
        raise RenderingFailed(_reason(returncode, failure, lines, limits), "\n".join(lines))
    return warnings, sizes


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
