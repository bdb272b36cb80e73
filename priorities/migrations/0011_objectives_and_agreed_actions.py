import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import partnership.states

RAGS = [
    ("blue", "Complete and evidenced"),
    ("green", "On track"),
    ("amber", "At risk"),
    ("red", "Off track"),
]


def person():
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def person_who_ended():
    return models.ForeignKey(
        blank=True,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def together(at, by, name):
    return models.CheckConstraint(
        condition=Q((f"{at}__isnull", True), (f"{by}__isnull", True))
        | Q((f"{at}__isnull", False), (f"{by}__isnull", False)),
        name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0001_initial"),
        ("priorities", "0010_update_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(name="businessplan", options={"ordering": ["-starts_on", "-pk"]}),
        migrations.AddField(
            model_name="priority",
            name="ended_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(model_name="priority", name="ended_by", field=person_who_ended()),
        migrations.AddConstraint(
            model_name="priority", constraint=together("ended_at", "ended_by", "priority_ended_at_and_by_together")
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_by", person_who_ended()),
                ("title", models.CharField(max_length=300)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="priorities.priority",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "abstract": False,
                "constraints": [together("ended_at", "ended_by", "objective_ended_at_and_by_together")],
            },
        ),
        migrations.CreateModel(
            name="SuccessMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_by", person_who_ended()),
                ("looks_like", models.CharField(max_length=500, verbose_name="what success looks like")),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="priorities.measure",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="success_measures",
                        to="priorities.objective",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [together("ended_at", "ended_by", "successmeasure_ended_at_and_by_together")],
            },
        ),
        migrations.CreateModel(
            name="AgreedAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what will be done")),
                ("owner_post", models.CharField(blank=True, max_length=150, verbose_name="post of the owner")),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("completed", "Completed"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("rag", models.CharField(blank=True, choices=RAGS, max_length=6, verbose_name="rating")),
                ("rag_reason", models.TextField(blank=True, verbose_name="reason for the rating")),
                ("rated_at", models.DateTimeField(blank=True, null=True)),
                ("rated_by", person()),
                ("evidence", models.TextField(blank=True, verbose_name="what shows that it is done")),
                ("agreed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", person()),
                ("status_reason", models.TextField(blank=True, verbose_name="why it was withdrawn or reopened")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreed_actions",
                        to="partnership.agency",
                    ),
                ),
                (
                    "priority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="priorities.priority",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="priorities.objective",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="themed_actions", to="priorities.priority"),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(objective__isnull=True) | Q(priority__isnull=False),
                        name="action_objective_has_priority",
                    ),
                    together("rated_at", "rated_by", "action_rated_at_and_by_together"),
                    models.CheckConstraint(
                        condition=Q(status="open", closed_at__isnull=True, closed_by__isnull=True)
                        | (~Q(status="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                        name="action_closed_at_and_by_unless_open",
                    ),
                    models.CheckConstraint(
                        condition=~Q(rag__in=("green", "amber", "red")) | ~Q(rag_reason=""),
                        name="action_rated_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=(Q(status="completed", rag="blue") & ~Q(evidence=""))
                        | (~Q(status="completed") & ~Q(rag="blue")),
                        name="action_blue_when_completed_with_evidence",
                    ),
                    models.CheckConstraint(
                        condition=~Q(status="withdrawn") | ~Q(status_reason=""),
                        name="action_withdrawn_with_a_reason",
                    ),
                ],
            },
            bases=(partnership.states.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="DateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.TextField()),
                ("changed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="date_changes",
                        to="priorities.agreedaction",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(from_on=F("to_on")), name="date_change_changes"),
                    models.CheckConstraint(condition=~Q(reason=""), name="date_change_with_a_reason"),
                ],
            },
        ),
    ]
