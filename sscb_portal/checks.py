"""What must be true of the settings for a job to end in every case, checked whenever the portal starts."""

from itertools import pairwise

from django.conf import settings
from django.core.checks import Error, Warning, register

from partnership.scanning import address_fault
from partnership.theme import ThemeRefused, theme_in_force

TIMES = (
    "RENDER_WALL_SECONDS",
    "CELERY_TASK_SOFT_TIME_LIMIT",
    "CELERY_TASK_TIME_LIMIT",
    "JOB_LEASE_SECONDS",
    "VISIBILITY_TIMEOUT",
)
"""Each must be longer than the one before: a job is ended by the gentlest means and never runs twice at once."""


@register()
def job_times_are_in_order(app_configs, **kwargs):
    values = [getattr(settings, name) for name in TIMES]
    return [
        Error(
            f"{longer} ({values[number + 1]} s) must be longer than {shorter} ({values[number]} s).",
            hint="Set RENDER_WALL_SECONDS lower or JOB_LEASE_SECONDS higher.",
            id="portal.E001",
        )
        for number, (shorter, longer) in enumerate(pairwise(TIMES))
        if values[number] >= values[number + 1]
    ]


@register()
def virus_scanner_has_an_address(app_configs, **kwargs):
    fault = address_fault(settings.CLAMAV_URL) if settings.CLAMAV_URL else ""
    return [Error(f"CLAMAV_URL: {fault}", id="portal.E002")] if fault else []


@register()
def theme_can_be_used(app_configs, **kwargs):
    try:
        theme_in_force()
    except ThemeRefused as refusal:
        return [Error(f"Theme: {fault}", hint="See docs/theme.md.", id="portal.E003") for fault in refusal.faults]
    return []


@register(deploy=True)
def virus_scanner_is_set(app_configs, **kwargs):
    if settings.CLAMAV_URL:
        return []
    return [
        Warning(
            "Uploaded files are not scanned for viruses.",
            hint="Run ClamAV and set CLAMAV_URL, such as tcp://clamd:3310.",
            id="portal.W001",
        )
    ]
