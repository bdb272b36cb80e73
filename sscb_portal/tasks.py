"""What is done each minute, by Celery beat or by `manage.py run_due`."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from partnership.actions import add_years
from partnership.tasks import ring_for_waiting
from priorities import rounds
from priorities.tasks import send_reminders
from reports.actions import forget_who_left, thin_revisions, void_what_changed
from reports.tasks import ring_for_forgotten
from training.tasks import ring_for_waiting_sheets, send_letters, tidy_training


@shared_task
def run_due() -> None:
    """Everything that is due now. Running it twice does no harm."""
    add_years(until=timezone.localdate())
    SessionStore.clear_expired()  # what was typed in them is kept no longer
    ring_for_forgotten()
    ring_for_waiting()
    ring_for_waiting_sheets()
    rounds.ask_where_due()
    send_reminders()
    tidy_training()
    send_letters()
    void_what_changed()
    forget_who_left()
    thin_revisions()
