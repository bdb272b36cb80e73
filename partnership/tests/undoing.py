"""What a test does to the database, taken back; so that something costly is made once for many tests."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone():
    """Take back what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
