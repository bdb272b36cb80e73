"""What must be true of the settings for a job to end in every case, checked whenever the portal starts."""

from itertools import pairwise

from django.conf import settings
from django.core.checks import Error, register

TIMES = (
    "RENDER_WALL_SECONDS",
    "CELERY_TASK_SOFT_TIME_LIMIT",
    "CELERY_TASK_TIME_LIMIT",
    "PUBLICATION_LEASE_SECONDS",
    "VISIBILITY_TIMEOUT",
)
"""Each must be longer than the one before: a job is ended by the gentlest means and never runs twice at once."""


@register()
def job_times_are_in_order(app_configs, **kwargs):
    values = [getattr(settings, name) for name in TIMES]
    return [
        Error(
            f"{longer} ({values[number + 1]} s) must be longer than {shorter} ({values[number]} s).",
            hint="Set RENDER_WALL_SECONDS lower or PUBLICATION_LEASE_SECONDS higher.",
            id="portal.E001",
        )
        for number, (shorter, longer) in enumerate(pairwise(TIMES))
        if values[number] >= values[number + 1]
    ]
