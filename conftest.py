"""What every test may rely on."""

import os
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sscb_portal.tests.stack import database

hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")
"""The same examples in each run, however busy the machine is; --hypothesis-profile=default looks for new ones."""


def pytest_configure():
    """Settings that only make tests quicker or self-contained; everything else is as it runs."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    # The browser tests' own event loop must not forbid the test to look into the database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Files that a test makes end with it."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def migrate_to(django_db_setup, django_db_blocker):
    """Takes a database that began empty to some migrations, and gives the models as they were then."""
    if connection.vendor != "postgresql" or not isinstance(settings.MIGRATION_MODULES, dict):
        pytest.skip("Only PostgreSQL lets a test have a database of its own, and this needs the migrations")

    def migrate(targets):
        MigrationExecutor(connection).migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    with django_db_blocker.unblock(), database() as address, pytest.MonkeyPatch.context() as patch:
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", urlsplit(address).path.removeprefix("/"))
        yield migrate
        connection.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"),
        "args": ["--no-sandbox", "--disable-background-networking"],
    }
