"""The smallest valid report, section and blocks, made by the actions."""

from partnership.models import User
from partnership.tests.factories import make_agency, make_erin, make_partnership, make_period
from reports import actions, document
from reports.actions import BlockSave
from reports.assemble import assemble
from reports.choices import Kind
from reports.content import BlockContent, content_of
from reports.models import AnnualReport, Block, Section


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


def make_block(section: Section | None = None, kind: str = Kind.TEXT, *, by: User | None = None, **content) -> Block:
    """A block of a section with this content."""
    section = section or make_section()
    by = by or make_erin()
    block = actions.add_block(section=section, kind=kind, by=by)
    write(block, BlockContent(**content), by=by)
    block.refresh_from_db()
    return block


def read_new(kind: str, **content) -> document.Block:
    """What a block of this kind shows in the report of 2022/23, made of the records that there are."""
    block = make_block(kind=kind, **content)
    return assemble(block.section.report).sections[0].blocks[0]


def write(block: Block, content: BlockContent, *, by: User) -> None:
    """Save a block as somebody who has seen its latest version."""
    block = Block.objects.get(pk=block.pk)
    if content != content_of(block):
        actions.save_section(section=block.section, saves={block.pk: BlockSave(block.version, content)}, by=by)
