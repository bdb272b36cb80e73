"""Name the partnership of an empty portal and add its first board manager, who then invites everybody else."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from partnership import actions, emails
from partnership.choices import AgencyKind, Role
from partnership.models import Partnership


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("name", help="of the partnership")
        parser.add_argument("short_name", help="as it stands in the header")
        parser.add_argument("area", help="the area it works for, such as Staffordshire")
        parser.add_argument("email", help="of the board manager")
        parser.add_argument("manager", help="the board manager's name")

    @transaction.atomic
    def handle(self, *, name, short_name, area, email, manager, **options):
        if Partnership.objects.exists():
            raise CommandError("This portal has its partnership already.")
        covered = actions.add_area(code=slugify(area), name=area, by=None)
        accent = Partnership._meta.get_field("accent").default
        actions.set_up_partnership(name=name, short_name=short_name, area=covered, accent=accent, by=None)
        team = actions.add_agency(
            code="board", name=f"{name} team", short_name="Board team", kind=AgencyKind.BOARD, area=covered, by=None
        )
        user = actions.add_person(email=email, name=manager, by=None)
        actions.give_role(user=user, agency=team, role=Role.BOARD_MANAGER, by=None)
        transaction.on_commit(lambda: emails.send_invitation(user))
        self.stdout.write(f"{name} is set up. {manager} is sent an invitation at {email}.")
