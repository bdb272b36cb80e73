"""Do what is due now, as Celery beat does each minute."""

from django.core.management.base import BaseCommand

from sscb_portal.tasks import run_due


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        run_due()
