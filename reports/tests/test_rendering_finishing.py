"""What is added to WeasyPrint's PDF/UA: artefacts, PDF/A-2a; and that the same Document is the same bytes anywhere."""

import os
import re
import subprocess
import sys
from functools import cache
from hashlib import sha256
from io import BytesIO

import page as page_validation
import pikepdf
import pydyf
import pytest
from django.conf import settings

from reports.document import to_json
from reports.rendering.finishing import make_archivable
from reports.rendering.pdf import render_pdf
from reports.rendering.structure import tree_of
from reports.tests import sample

RENDER = """
import sys
from hashlib import sha256
import django
django.setup()
from reports.document import from_json
from reports.rendering.pdf import render_pdf
print(sha256(render_pdf(from_json(sys.stdin.read())).pdf).hexdigest())
"""


@cache
def rendered():
    return render_pdf(sample.sample_document()).pdf


@cache
def opened():
    return pikepdf.open(BytesIO(rendered()))


@pytest.mark.parametrize(
    ("profile", "rules"),
    [(page_validation.ValidationProfile.PDF_UA_1, 104), (page_validation.ValidationProfile.PDF_A_2A, 154)],
)
def test_file_keeps_all_rules_of_both_standards(profile, rules):
    report = page_validation.validate_pdf_bytes(rendered(), profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.rules.total == rules


def test_file_says_that_it_is_both():
    metadata = opened().open_metadata()

    assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "2", "A")


def test_running_heads_and_feet_are_not_read():
    content = opened().pages[4].obj.Contents.read_bytes()
    tagged = {int(mcid) for mcid in re.findall(rb"/MCID (\d+)", content)}
    in_tree = {mcid for element in tree_of(opened()).elements for page, mcid in element.marks if page == 5}

    assert content.count(b"/Artifact\n<</Type /Pagination>>\nBDC") == 3
    assert tagged == in_tree


def test_page_without_running_head_has_none_marked():
    assert b"/Pagination" not in opened().pages[0].obj.Contents.read_bytes()


@pytest.mark.parametrize("content", [b"ends\r", b"ends\n", b"ends"])
def test_streams_are_as_long_as_they_say(content):
    pdf = pydyf.PDF()
    make_archivable(pdf)
    stream = pydyf.Stream([content])
    pdf.add_object(stream)

    end = {b"ends\r": b"\r\nendstream"}.get(content, b"\nendstream")
    assert stream.data == b"<</Length %d>>\nstream\n" % len(content) + content + end


def test_nothing_in_the_file_is_broken():
    assert opened().check_pdf_syntax() == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "Pacific/Auckland", "LANG": "de_DE.UTF-8", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711"},
    ],
    ids=["east", "west"],
)
def test_same_document_is_the_same_bytes_on_another_machine(elsewhere):
    done = subprocess.run(
        [sys.executable, "-c", RENDER],
        input=to_json(sample.sample_document()),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=settings.BASE_DIR,
        env=os.environ | elsewhere | {"PYTHONUTF8": "1"},
        check=True,
    )

    assert done.stdout.split()[-1] == sha256(rendered()).hexdigest()
