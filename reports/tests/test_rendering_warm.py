"""The press: warm, one for each process of the portal, and every rendering by itself."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reports.rendering import warm
from reports.rendering.failed import RenderingFailed
from reports.rendering.html import report_html
from reports.rendering.pdf import render_pdf, typeset
from reports.tests import sample
from reports.tests.test_rendering_pdf import BOMB, LIMITS, rendered

SMALL = '<html lang="en"><title>Small</title><p>Small'

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def children_of(pid):
    """The processes that a process has started and that are still running."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


def is_gone(pid, *, within=5):
    deadline = time.monotonic() + within
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not Path(f"/proc/{pid}").exists()


def fresh_press():
    """The process id of a press of which no child has kept anything."""
    if warm._press:
        warm._press.end()
    return press()


def press():
    """The process id of the press, which has rendered something."""
    typeset(SMALL, limits=LIMITS)
    return warm._press._process.pid


def waiting_child():
    """The process id of the child that the press has forked ahead."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if children := children_of(warm._press._process.pid):
            return children[0]
        time.sleep(0.02)


def kill_the_child(stage):
    """While it lays out the pages, the one child of the press is the one that renders."""
    if stage == "Laying out the pages":
        (child,) = children_of(warm._press._process.pid)
        os.kill(child, signal.SIGKILL)


def test_a_warm_press_makes_the_same_bytes_as_a_fresh_one():
    fresh = rendered().pdf
    warm._press.end()
    typeset(report_html(sample.large_document(chapters=1), for_pdf=True), limits=LIMITS)

    assert render_pdf(sample.sample_document()).pdf == fresh


def test_one_press_serves_every_rendering():
    before = press()

    assert press() == before


def test_pictures_are_of_every_page():
    html = f"<style>@page {{ size: 600px 300px }} p {{ break-after: page }}</style>{SMALL}<p>pages<p>three"
    pictures = [Image.open(BytesIO(picture)) for picture in typeset(html, limits=LIMITS, picture_width=300).pictures]

    assert [picture.size for picture in pictures] == [(300, 150)] * 3
    assert all(len(picture.convert("L").getcolors()) > 2 for picture in pictures)


def test_several_renderings_at_once():
    sizes = [f"@page {{ size: {width}px 300px }}" for width in range(300, 900, 100)]
    with ThreadPoolExecutor(len(sizes)) as pool:
        renderings = pool.map(
            lambda size: typeset(f"<style>{size}</style>{SMALL}", limits=LIMITS, picture_width=150), sizes
        )
        heights = [Image.open(BytesIO(rendering.pictures[0])).height for rendering in renderings]

    assert heights == [150, 113, 90, 75, 65, 57]


@linux_only
def test_a_killed_rendering_costs_only_itself():
    before = fresh_press()
    with pytest.raises(RenderingFailed, match="SIGKILL"):
        typeset(BOMB, limits=LIMITS, on_stage=kill_the_child)

    assert press() == before


def test_a_press_that_died_is_replaced():
    before = press()
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)

    assert press() != before


def test_a_press_that_dies_while_it_renders_is_replaced_once():
    stages = []

    def kill_the_press(stage):
        stages.append(stage)
        if len(stages) == 1:
            os.kill(warm._press._process.pid, signal.SIGKILL)

    rendering = typeset(SMALL, limits=LIMITS, on_stage=kill_the_press)

    assert rendering.pdf == typeset(SMALL, limits=LIMITS).pdf
    assert stages[-1] == "Writing the PDF"


def test_a_press_that_never_starts_is_told(monkeypatch):
    os.kill(press(), signal.SIGKILL)
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(RenderingFailed, match="did not start"):
        typeset(SMALL, limits=LIMITS)


class Interrupted(Exception):
    """As Celery's soft time limit does, raised from a signal in the middle of everything."""


@linux_only
def test_rendering_ends_when_its_caller_is_interrupted():
    rendering = []

    def interrupt(number, frame):
        rendering.extend(children_of(warm._press._process.pid))
        raise Interrupted

    fresh_press()
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        with pytest.raises(Interrupted):
            typeset(BOMB, limits=LIMITS)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    (child,) = rendering
    assert is_gone(child, within=0)


@linux_only
def test_press_and_rendering_die_with_the_portal():
    script = (
        "import django; django.setup()\n"
        "from reports.tests import test_rendering_pdf as tests\n"
        "tests.typeset(tests.BOMB, limits=tests.LIMITS, on_stage=lambda stage: print(stage, flush=True))"
    )
    portal = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert portal.stdout.readline() == "Reading the report\n"
    (pressing,) = children_of(portal.pid)
    (rendering,) = children_of(pressing)
    portal.kill()
    portal.wait()
    portal.stdout.close()

    assert is_gone(pressing)
    assert is_gone(rendering)


@linux_only
def test_press_has_nothing_of_the_portal(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "hush")
    with (tmp_path / "open.txt").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        pid = fresh_press()
        links = [link for of in (pid, waiting_child()) for link in Path(f"/proc/{of}/fd").iterdir()]
        opened = {os.readlink(link) for link in links}

    names = {line.partition("=")[0] for line in Path(f"/proc/{pid}/environ").read_text().split("\0") if line}
    assert names <= {*warm.PASSED_ON, "LANG", "TZ", "PYTHONHASHSEED", "TMPDIR"}
    assert {name for name in opened if name.startswith("/") and "deleted" not in name} == set()


@linux_only
def test_a_fork_of_the_portal_starts_a_press_of_its_own():
    before = press()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, str(press()).encode())
        os._exit(0)
    os.close(writing)
    with open(reading) as told:
        other = int(told.read())
    os.waitpid(child, 0)

    assert other != before
    assert is_gone(other)
    assert press() == before


@linux_only
def test_nothing_is_left_of_a_rendering():
    face = "font-family: A; src: url(asset:fonts/atkinson-hyperlegible-next-latin-400-normal.woff2)"
    fresh_press()
    typeset(f"<style>@font-face {{ {face} }}</style>{SMALL}", limits=LIMITS)
    child = waiting_child()

    # The child that waits by now has a folder of its own, or will have.
    assert {path.name for path in Path(warm._press._scratch).glob("child-*")} <= {f"child-{child}"}


# What is kept


def shorter(document, section):
    """The document with a word less in a section."""
    changed = replace(section, blocks=(replace(section.blocks[0], html="<p>Fewer words.</p>"), *section.blocks[1:]))
    sections = tuple(changed if each == section else each for each in document.sections)
    return replace(document, sections=sections)


@pytest.mark.parametrize("place", [0, 4, -1])
def test_a_report_with_one_section_changed_is_as_from_scratch(place):
    before = sample.large_document(chapters=4)
    after = shorter(before, before.sections[place])
    render_pdf(before)
    again = render_pdf(after)
    warm._press.end()

    assert render_pdf(after) == again


def test_a_report_is_as_from_scratch_when_chapters_went_and_came():
    before = sample.large_document(chapters=4)
    sections = (*before.sections[4:6], *before.sections[0:2], *sample.sample_document().sections)
    render_pdf(before)
    again = render_pdf(replace(before, sections=sections))
    warm._press.end()

    assert render_pdf(replace(before, sections=sections)) == again


def two_children():
    """The press's children at rest: one that waits and one that has kept a report."""
    deadline = time.monotonic() + 5
    while len(children := children_of(warm._press._process.pid)) != 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    return set(children)


@linux_only
def test_whole_reports_are_rendered_by_the_child_that_kept_the_last_one():
    fresh_press()
    render_pdf(sample.large_document(chapters=1))
    before = two_children()
    render_pdf(sample.large_document(chapters=2))

    assert two_children() == before


@linux_only
def test_a_child_that_kept_is_replaced_when_it_is_killed():
    document = sample.large_document(chapters=1)
    first = render_pdf(document)
    with pytest.raises(RenderingFailed, match="SIGKILL"):
        render_pdf(sample.large_document(chapters=6), on_stage=kill_all_children)

    assert render_pdf(document) == first


@linux_only
def test_an_order_goes_to_another_child_when_one_is_killed_before_taking_it():
    document = sample.sample_document()
    first = render_pdf(document)
    waiting = children_of(warm._press._process.pid)
    for child in waiting:
        os.kill(child, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as pool:
        again = pool.submit(render_pdf, document)
        time.sleep(0.3)
        for child in waiting:
            os.kill(child, signal.SIGKILL)

        assert again.result() == first


def kill_all_children(stage):
    if stage == "Laying out the pages":
        for child in children_of(warm._press._process.pid):
            os.kill(child, signal.SIGKILL)


def test_two_reports_at_once():
    documents = [sample.large_document(chapters=2), sample.sample_document()] * 2
    with ThreadPoolExecutor(len(documents)) as pool:
        made = [rendering.pdf for rendering in pool.map(render_pdf, documents)]

    assert made[:2] == made[2:]
    assert made[1] == rendered().pdf
