"""What makes WeasyPrint quicker changes nothing that it makes."""

import hashlib
import subprocess
import sys

import pydyf
import pytest
import weasyprint

from reports.rendering.assets import BUILD_DIR
from reports.rendering.html import report_html
from reports.rendering.quicker import VERSIONS
from reports.tests import sample

SCRIPT = """
import sys
from pathlib import Path
from reports.rendering.confined import Typesetter
typesetter = Typesetter(Path(sys.argv[1]), is_quick=sys.argv[2] == "quick")
sys.stdout.buffer.write(typesetter.to_pdf(sys.stdin.read()))
"""
WORDS = "Partners met each month and looked at what had changed for children since the last meeting. " * 3
SQUARE = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9' {}/></svg>"
)
TYPOGRAPHY = f"""
<style>
  @page {{ size: 400px 600px }}
  p, pre, li {{ font: 16px "DejaVu Sans"; margin: 4px }}
  li {{ list-style: none; background: url("{SQUARE.format("fill='teal'")}") no-repeat 0 0 / 9px 9px }}
  .faint {{ background-image: url("{SQUARE.format("fill-opacity='.3'")}"); background-repeat: repeat }}
</style>
<p style="text-align: justify">{WORDS}<p style="hyphens: auto" lang="en">{WORDS}<p style="letter-spacing: 2px">{WORDS}
<p style="text-decoration: underline overline">{WORDS}<p style="word-spacing: 9px; font-variant: small-caps">{WORDS}
<p style="overflow: hidden; white-space: nowrap; text-overflow: ellipsis">{WORDS}<p dir="rtl">سارة الأحمد {WORDS}
<pre>One line
and\tanother

and a third</pre><p>before&shy;hand {"long" * 60} <a href="https://www.example.org/">linked</a> &#x2028; end&#x2029;over
<ul><li>One<li>Two<li class="faint">Three<li class="faint">Four</ul>
<svg viewBox="0 0 40 20"><defs><path id="a" d="M0 0 L5 5 A3 3 0 0 1 9 0 Q4 4 0 0 z"/></defs>
<use href="#a"/><use href="#a" x="10" fill="red"/><g opacity=".5"><use href="#a" x="20"/></g>
<text y="15">Words</text></svg>
"""


def made(html, *, how):
    command = [sys.executable, "-c", SCRIPT, str(BUILD_DIR), how]
    pdf = subprocess.run(command, input=html.encode(), capture_output=True, check=True).stdout
    return pdf[:5], hashlib.sha256(pdf).hexdigest()


def test_versions_are_those_it_was_written_for():
    """With other versions nothing is changed, and renderings are slower: read `quicker.py` beside them."""
    assert (weasyprint.__version__, pydyf.__version__) == VERSIONS


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(lambda: report_html(sample.sample_document(), for_pdf=True), id="report"),
        pytest.param(lambda: report_html(sample.large_document(chapters=2), for_pdf=True), id="large report"),
        pytest.param(lambda: TYPOGRAPHY, id="typography"),
    ],
)
def test_bytes_are_the_same(html):
    assert made(html(), how="quick") == made(html(), how="plain")
