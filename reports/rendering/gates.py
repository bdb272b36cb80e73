"""The two gates that a report's PDF goes through before it is given out.

The first is the 104 rules of PDF/UA-1 by `page-validation`. It lets pass what is well-formed but wrong, so the second
looks at the tags and holds them against the page that the PDF was made from.
"""

from collections.abc import Iterator
from io import BytesIO

import page as page_validation
import pikepdf

from reports.rendering import file_rules, tag_rules
from reports.rendering.faults import Fault
from reports.rendering.landmarks import Landmarks, landmarks_of
from reports.rendering.matching import match
from reports.rendering.structure import tree_of
from reports.rendering.tag_rules import Tagged

MOST_FAULTS = 50
"""More help nobody."""


def check_file(pdf: bytes, html: str) -> tuple[Fault, ...]:
    """What is wrong with a PDF that was made from this HTML, the same fault in the same place once; usually nothing."""
    seen = dict.fromkeys(_look(pdf, html))
    named = {fault.rule for fault in seen if fault.rule}
    seen |= dict.fromkeys(fault for fault in _broken_rules(pdf) if fault.rule not in named)
    return tuple(seen)[:MOST_FAULTS]


def _look(pdf: bytes, html: str) -> Iterator[Fault]:
    landmarks = landmarks_of(html)
    try:
        opened = pikepdf.open(BytesIO(pdf))
    except pikepdf.PdfError:
        yield Fault(message="The file is damaged")
        return
    with opened:
        yield from _look_at_tags(opened, landmarks)
        for rule in file_rules.RULES:
            yield from rule(opened, landmarks)


def _look_at_tags(pdf: pikepdf.Pdf, landmarks: Landmarks) -> Iterator[Fault]:
    tree = tree_of(pdf)
    if not tree.elements:
        yield Fault(message="The file has no tags")
        return
    matched = match(tree, landmarks)
    yield from matched.faults
    for rule in tag_rules.RULES:
        yield from rule(Tagged(pdf, tree, matched, landmarks))


def _broken_rules(pdf: bytes) -> Iterator[Fault]:
    try:
        report = page_validation.validate_pdf_bytes(pdf, profile=page_validation.ValidationProfile.PDF_UA_1)
    except page_validation.PageError as error:
        yield Fault(message=f"The file could not be checked: {error}")
        return
    for failure in report.failures:
        yield Fault(message=f"Not PDF/UA: {failure.message} ({failure.rule_id})", rule=failure.rule_id)
