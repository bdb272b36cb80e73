"""Bring figures from a CSV or XLSX file into force: the Department for Education's layout or a simple one."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from partnership.choices import Permission, roles_that_may
from partnership.models import Agency, Partnership, User
from partnership.spreadsheets import LARGEST_FILE, UnreadableFile, read_table
from priorities import actions
from priorities.import_plan import plan_import, stored_neighbours
from priorities.imports import Choice, read_import


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--authority",
            metavar="NAME",
            help="the local authority to take from the Department's file, by name or code; else the partnership's area",
        )
        parser.add_argument(
            "--columns", metavar="A,B", help="the columns to take from the Department's file; else all with numbers"
        )
        parser.add_argument(
            "--owner", metavar="AGENCY", help="code of the agency of new measures; else that of the person"
        )
        parser.add_argument("--by", metavar="EMAIL", help="who enters the figures; else the first of the board team")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    @transaction.atomic
    def handle(self, *, file, authority, columns, owner, by, dry_run, **options):
        titles = tuple(title for each in (columns or "").split(",") if (title := each.strip()))
        choice = Choice(authority or self.area(), titles)
        imported = read_import(self.table(file), choice=choice, neighbours=stored_neighbours())
        if imported.faults:
            self.stop(*imported.faults)
        if dry_run:
            plan = plan_import(imported)
        else:
            person = self.person(by)
            plan = actions.import_measures(imported=imported, owner=self.owner(owner, person), by=person)
        if plan.faults:
            self.stop(*plan.faults)
        self.stdout.write(f"{file.name}, {'not imported, would be' if dry_run else 'imported'}: {plan.summary}.")
        if plan.missing_neighbours:
            self.stdout.write(f"Statistical neighbours not in the file: {', '.join(plan.missing_neighbours)}.")

    def table(self, file):
        try:
            with file.open("rb") as opened:
                return read_table(opened.read(LARGEST_FILE + 1), name=file.name)
        except OSError as error:
            self.stop(f"{file} could not be read: {error.strerror}.")
        except UnreadableFile as refusal:
            self.stop(refusal)

    def area(self):
        partnership = Partnership.objects.select_related("area").first()
        return partnership.area.name if partnership else ""

    def person(self, email):
        people = User.objects.filter(
            is_active=True, memberships__role__in=roles_that_may(Permission.MEASURE_IMPORT)
        ).order_by("joined_at", "pk")
        if email:
            people = people.filter(email__iexact=email)
        said = f"Nobody {f'with the address {email} ' if email else ''}may {Permission.MEASURE_IMPORT}."
        return people.first() or self.stop(said)

    def owner(self, code, person):
        if not code:
            return Agency.objects.filter(pk__in=person.agency_ids_where(Permission.MEASURE_IMPORT)).first()
        return Agency.objects.filter(code=code).first() or self.stop(f"There is no agency “{code}”.")

    def stop(self, *reasons):
        for reason in reasons:
            self.stderr.write(str(reason))
        sys.exit(1)
