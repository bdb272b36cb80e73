"""The smallest valid report, section and blocks, made by the actions."""

from datetime import date

from partnership.models import User
from partnership.tests.factories import make_agency, make_erin, make_partnership, make_period
from reports import actions, document
from reports.actions import BlockSave
from reports.assemble import assemble
from reports.choices import Kind, PlaceKind, Variant
from reports.content import BlockContent, content_of
from reports.models import AnnualReport, Block, Comment, Edition, ItemAnswer, ReportImage, ReportImport, Section, Term
from reports.word import ImportedSection, Outline


def make_report(code: str = "2022-23") -> AnnualReport:
    make_partnership()
    return actions.create_report(period=make_period(code), by=make_erin())


def make_section(report: AnnualReport | None = None, *, number: str = "1", **fields) -> Section:
    return actions.add_section(
        **{
            "report": report or make_report(),
            "number": number,
            "title": f"Section {number}",
            "owner": make_agency(),
            "by": make_erin(),
            **fields,
        }
    )


def make_submitted_section(report: AnnualReport | None = None, **fields) -> Section:
    """A section with a text, handed in by its writer, else by Erin."""
    section = make_section(report, **fields)
    make_block(section, body="<p>Words</p>")
    return actions.submit_section(section=section, by=section.writer or make_erin())


def make_returned_section(report: AnnualReport | None = None, *, reason: str = "Say more.", **fields) -> Section:
    section = make_submitted_section(report, **fields)
    return actions.return_section(section=section, reason=reason, seen=last_version(section), by=make_erin())


def make_approved_section(report: AnnualReport | None = None, **fields) -> Section:
    section = make_submitted_section(report, **fields)
    return actions.approve_section(section=section, seen=last_version(section), by=make_erin())


def last_version(section: Section) -> int:
    """The number of the section's latest version, as somebody sees it who reads the section now."""
    return section.versions.order_by("number").last().number


def make_block(
    section: Section | None = None,
    kind: str = Kind.TEXT,
    *,
    variant: str = Variant.REPORT,
    by: User | None = None,
    **content,
) -> Block:
    """A block of a section with this content."""
    section = section or make_section()
    by = by or make_erin()
    block = actions.add_block(section=section, kind=kind, variant=variant, by=by)
    write(block, BlockContent(**content), by=by)
    block.refresh_from_db()
    return block


def read_new(kind: str, **content) -> document.Block:
    """What a block of this kind shows in the report of 2022/23, made of the records that there are."""
    block = make_block(kind=kind, **content)
    return assemble(block.section.report).sections[0].blocks[0]


def make_image(report: AnnualReport | None = None) -> ReportImage:
    """A picture by its row alone; `actions.keep_image` makes one with a file."""
    digest = "0" * 64
    made = {"digest": digest, "file": f"report-images/{digest}.png", "width": 300, "height": 200}
    return ReportImage.objects.create(report=report or make_report(), added_by=make_erin(), **made)


def write(block: Block, content: BlockContent, *, by: User) -> None:
    """Save a block as somebody who has seen its latest version."""
    block = Block.objects.get(pk=block.pk)
    if content != content_of(block):
        actions.save_section(section=block.section, saves={block.pk: BlockSave(block.version, content)}, by=by)


def make_comment(section: Section | None = None, *, by: User | None = None, **fields) -> Comment:
    """A remark on a section by somebody of the board."""
    section = section or make_section()
    return actions.add_comment(**{"section": section, "text": "Who says so?", "by": by or make_erin(), **fields})


def make_item_answer(section: Section | None = None, code: str = "A1", **fields) -> ItemAnswer:
    """A section that answers an item of its report's guidance."""
    section = section or make_section()
    item = section.report.guidance.items.get(code=code)
    return actions.add_item_answer(**{"section": section, "item": item, "by": make_erin(), **fields})


def make_term(abbreviation: str = "MACE", meaning: str = "multi-agency child exploitation") -> Term:
    return actions.add_term(abbreviation=abbreviation, meaning=meaning, by=make_erin())


def make_report_import(*, by: User) -> ReportImport:
    """What was read from a Word file of one section, and waits for somebody to look at it."""
    section = ImportedSection(number="1", title="Neglect", level=1, texts=("<p>Words</p>",))
    return actions.keep_report_import(name="report.docx", outline=Outline(sections=(section,)), by=by)


def make_report_to_sign(code: str = "2022-23") -> AnnualReport:
    """A report with a text and the places of a partner (Dana's agency) and of the chair, and its signatures below."""
    report = make_report(code)
    make_block(make_section(report), body="<p>We heard 610 children, and acted.</p>")
    make_block(make_section(report, number="2"), Kind.SIGNATURES)
    for agency, kind in (("council", PlaceKind.PARTNER), ("board", PlaceKind.CHAIR)):
        actions.add_signing_place(
            report=report, agency=make_agency(agency), post=f"Head of {agency}", kind=kind, by=make_erin()
        )
    return report


def make_edition(report: AnnualReport | None = None, **fields) -> Edition:
    """A report in sign-off: nobody has signed it yet."""
    return actions.send_for_sign_off(report=report or make_report_to_sign(), **fields, by=make_erin())


def make_signed_edition(edition: Edition | None = None) -> Edition:
    """Signed by the partner, on paper."""
    edition = edition or make_edition()
    for signature in edition.signatures.missing():
        actions.record_signature(signature=signature, name="Dana", signed_on=date(2023, 9, 1), by=make_erin())
    return Edition.objects.get(pk=edition.pk)


def make_published_edition(code: str = "2022-23", report: AnnualReport | None = None) -> Edition:
    edition = make_signed_edition(make_edition(report or make_report_to_sign(code)))
    return actions.publish_edition(edition=edition, by=make_erin())


def make_corrected_edition(first: Edition, note: str = "A comma.") -> Edition:
    """The next version, published in the place of the first."""
    actions.begin_correction(report=first.report, by=make_erin())
    second = make_signed_edition(make_edition(first.report, correction_note=note))
    return actions.publish_edition(edition=second, by=make_erin())


def make_retold_report(code: str = "2022-23") -> AnnualReport:
    """A report to be signed, of which a sentence stands in the short version and another in the children's version."""
    report = make_report_to_sign(code)
    section = report.sections.first()
    make_block(section, variant=Variant.SHORT, heading="In short", body="<p>We heard 610 children, in short.</p>")
    make_block(section, variant=Variant.CHILDRENS, heading="We listen", body="<p>We listened to you.</p>")
    return report


def make_change(report: AnnualReport) -> None:
    """A comma is taken out of the report's first section."""
    block = Block.objects.filter(section__report=report).first()
    write(block, BlockContent(body=block.body.replace(",", "")), by=make_erin())


def make_sign_off_world() -> dict[str, dict[str, object]]:
    """One of each thing of sign-off, by the words of the access test: of other years than the report being written."""
    published = make_published_edition(report=make_retold_report("2021-22"))
    edition = make_edition(make_report_to_sign("2020-21"))
    place = actions.add_signing_place(
        report=make_report("2019-20"), agency=make_agency("council"), post="Director", by=make_erin()
    )
    recipient = actions.add_recipient(name="National panel", by=make_erin())
    receipt = published.receipts.create(name="Foundations")
    return {
        "signed year": {"year": edition.report.period.code},
        "signing place": {"pk": place.pk},
        "signature": {"pk": edition.signatures.get(kind=PlaceKind.PARTNER).pk},
        "statement": {"pk": edition.signatures.get(kind=PlaceKind.CHAIR).pk},
        "edition": {"pk": edition.pk},
        "recipient": {"pk": recipient.pk},
        "receipt": {"pk": receipt.pk},
        "published edition": {"year": "2021-22", "number": 1},
        "published year": {"year": "2021-22"},
        "published image": {"year": "2021-22", "number": 1, "pk": 1},
        "retold year": {"year": "2021-22", "variant": "short"},
        "retold edition": {"pk": published.pk, "variant": "short"},
        "published retelling": {"year": "2021-22", "number": 1, "variant": "short"},
        "retelling's file": {"year": "2021-22", "number": 1, "variant": "short", "format": "pdf"},
        "published file": {"year": "2021-22", "number": 1, "format": "pdf"},
    }
