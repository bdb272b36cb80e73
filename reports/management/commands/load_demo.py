"""Load the demo partnership and its year 2022/23, built through the actions. A second run changes nothing."""

import os

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import partnership.demo
import priorities.demo
import reports.demo
import reviews.demo
import training.demo
from partnership.models import Partnership, User
from reports.models import AnnualReport

PASSWORD = "safeguarding-demo"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        password = os.environ.get("DEMO_PASSWORD", PASSWORD)
        if AnnualReport.objects.filter(period__code=reports.demo.YEAR).exists():
            self.stdout.write("The demo partnership is there already.")
        elif Partnership.objects.exists() or User.objects.exists():
            raise CommandError("This database holds a partnership already; the demo is only loaded into an empty one.")
        else:
            self.load(password)
        self.stdout.write("\nDemo accounts (password for all of them: " + password + ")\n")
        for account in partnership.demo.ACCOUNTS:
            self.stdout.write(f"  {account.email:32} {account.name}")

    @transaction.atomic
    def load(self, password):
        people = partnership.demo.load(password=password)
        priorities.demo.load(people)
        training.demo.load(people)
        reviews.demo.load(people)
        reports.demo.load(people)
        self.stdout.write("The demo partnership was loaded.")
