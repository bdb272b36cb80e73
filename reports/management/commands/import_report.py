"""Make the report of a year from a Word file, and say what could not be kept."""

import re
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from partnership.choices import Permission, roles_that_may
from partnership.filetypes import LARGEST_FILE, RefusedFile
from partnership.models import Agency, User
from partnership.states import WrongState
from partnership.years import code_of
from reports import actions
from reports.word import read_word


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--year", required=True, help="written 2023-24; it is added if it is new")
        parser.add_argument(
            "--owner", metavar="AGENCY", help="code of the agency of the sections; else that of the person"
        )
        parser.add_argument("--by", metavar="EMAIL", help="who imports it; else the first of the board team")

    def handle(self, *, file, year, owner, by, **options):
        begins = self.year(year)
        person = self.person(by)
        agency = self.agency(owner, person)
        try:
            outline = read_word(self.content(file))
            report = actions.import_report(outline=outline, year=begins, owner=agency, by=person)
        except (RefusedFile, WrongState) as refusal:
            self.stop(refusal)
        for lost in outline.lost:
            place = f"{lost.where}: " if lost.where else ""
            times = f" ({lost.count} times)" if lost.count > 1 else ""
            self.stderr.write(f"{place}{lost.loss}{times}")
        words = sum(section.words for section in outline.sections)
        self.stdout.write(f"{report}: {len(outline.sections)} sections, {words:,} words.")

    def year(self, text):
        found = re.fullmatch(r"(20\d\d)-\d\d", text)
        if not found or code_of(int(found[1])) != text:
            self.stop(f"“{text}” is not a year. Write it as 2023-24.")
        return int(found[1])

    def content(self, file):
        try:
            with file.open("rb") as opened:
                return opened.read(LARGEST_FILE + 1)
        except OSError as error:
            self.stop(f"{file} could not be read: {error.strerror}.")

    def person(self, email):
        people = User.objects.filter(
            is_active=True, memberships__role__in=roles_that_may(Permission.REPORT_ARRANGE)
        ).order_by("joined_at", "pk")
        if email:
            people = people.filter(email__iexact=email)
        said = f"Nobody {f'with the address {email} ' if email else ''}may {Permission.REPORT_ARRANGE}."
        return people.first() or self.stop(said)

    def agency(self, code, person):
        if not code:
            return Agency.objects.filter(pk__in=person.agency_ids_where(Permission.REPORT_ARRANGE)).first()
        return Agency.objects.filter(code=code).first() or self.stop(f"There is no agency “{code}”.")

    def stop(self, reason):
        self.stderr.write(str(reason))
        sys.exit(2)
