"""What migrations do with the attendances of a portal that is in use."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("training", "0001_initial")]
AFTER = [("training", "0003_attendance_by_agency")]


@pytest.fixture
def migrate_to(transactional_db):
    """Take the database to some migrations and give the models as they were then; at the end, back to today."""
    if not isinstance(settings.MIGRATION_MODULES, dict):
        pytest.skip("This run makes its tables without migrations")

    def migrate(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield migrate
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_attendances_by_type_are_kept_as_they_are(migrate_to):
    old = migrate_to(BEFORE)
    course = old.get_model("training", "Course").objects.create(
        code="NEGLECT", title="Neglect", mode="virtual", kind="thematic"
    )
    session = old.get_model("training", "Session").objects.create(course=course, held_on=date(2022, 5, 1), capacity=30)
    for organisation_type, attended in (("police", 12), ("health", 0)):
        old.get_model("training", "Attendance").objects.create(
            session=session, organisation_type=organisation_type, attended=attended
        )

    new = migrate_to(AFTER)

    rows = new.get_model("training", "Attendance").objects.order_by("pk")
    assert list(rows.values_list("organisation_type", "attended", "agency", "role_group", "booked")) == [
        ("police", 12, None, "", None),
        ("health", 0, None, "", None),
    ]
    assert new.get_model("training", "Session").objects.values_list("capacity", "cost", "venue").get() == (30, None, "")
