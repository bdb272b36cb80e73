"""Write the report of a year to a file, from the stored data and without a broker."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from reports import publishing
from reports.assemble import assemble
from reports.choices import Variant
from reports.document import Document, to_json
from reports.models import AnnualReport
from reports.queries import report_for_year
from reports.rendering.data import figures_csv, summary_json
from reports.rendering.failed import RenderingFailed
from reports.rendering.html import report_html
from reports.rendering.word import report_docx
from reports.retelling import retold, told

WRITERS = {
    "pdf": lambda document, report: publishing.checked_pdf(document, report),
    "html": lambda document, report: report_html(document, for_pdf=False).encode(),
    "docx": lambda document, report: report_docx(document),
    "csv": lambda document, report: figures_csv(document),
    "json": lambda document, report: to_json(document).encode(),
    "summary": lambda document, report: summary_json(document),
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("year", help="written 2022-23")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
        parser.add_argument("--format", choices=WRITERS, default="pdf")
        parser.add_argument("--variant", choices=Variant.values, default=Variant.REPORT)

    def handle(self, *, year, output, format, variant, **options):
        try:
            report = report_for_year(year)
            document: Document = assemble(report)
            if variant not in (Variant.REPORT, *told(document)):
                self.stop(f"Nothing is marked for the {Variant(variant).label.lower()} of {year}.")
            document = retold(document, variant)
            output.write_bytes(WRITERS[format](document, report))
        except AnnualReport.DoesNotExist:
            self.stop(f"There is no report for {year}.")
        except RenderingFailed as failure:
            self.stop(str(failure))
        except OSError as error:
            self.stop(f"{output} could not be written: {error.strerror}.")
        for problem in document.problems:
            self.stderr.write(f"{problem.section}: {problem.message}")
        self.stdout.write(f"{output}: {document.title} {document.year_label}")

    def stop(self, reason):
        self.stderr.write(reason)
        sys.exit(2)
