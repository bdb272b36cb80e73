"""Add the first board manager, who then invites everybody else. They choose their password by email."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partnership import actions, emails
from partnership.choices import Role
from partnership.models import Agency, User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("agency", help="the code of the board team's agency, such as board")

    @transaction.atomic
    def handle(self, *, email, name, agency, **options):
        found = Agency.objects.filter(code=agency).first()
        if found is None:
            raise CommandError(f"There is no agency with the code {agency}.")
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} has an account already.")
        user = actions.add_person(email=email, name=name, by=None)
        actions.give_role(user=user, agency=found, role=Role.BOARD_MANAGER, by=None)
        transaction.on_commit(lambda: emails.send_invitation(user))
        self.stdout.write(f"{name} has an account and is sent an invitation.")
