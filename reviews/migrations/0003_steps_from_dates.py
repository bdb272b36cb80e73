"""Give each date of a review its row. What a date meant hung on the kind of review."""

from django.db import migrations

DATES = {"rapid-review": {"started_on": "in-progress", "decided_on": "completed"}}
OTHERS = {"decided_on": "to-start", "started_on": "in-progress", "published_on": "published"}
STAGES = {
    "rapid-review": {"to-start": "in-progress", "final-draft": "panel", "awaiting-publication": "completed"}
    | {"published": "completed"},
}


def steps_from_dates(apps, schema_editor):
    ReviewStep = apps.get_model("reviews", "ReviewStep")
    for review in apps.get_model("reviews", "PracticeReview").objects.all():
        for name, stage in DATES.get(review.kind, OTHERS).items():
            if on := getattr(review, name):
                ReviewStep.objects.create(review=review, stage=stage, on=on)
        # A stage that the kind has no more becomes the nearest that it has.
        others = {"completed": "published" if review.published_on else "awaiting-publication"}
        review.stage = STAGES.get(review.kind, others).get(review.stage, review.stage)
        review.save()


def dates_from_steps(apps, schema_editor):
    for review in apps.get_model("reviews", "PracticeReview").objects.all():
        steps = dict(review.steps.values_list("stage", "on"))
        for name, stage in DATES.get(review.kind, OTHERS).items():
            setattr(review, name, steps.get(stage))
        review.save()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_review_stages")]

    operations = [migrations.RunPython(steps_from_dates, dates_from_steps)]
