from datetime import timedelta

from django.utils import timezone

from partnership.models import Agency
from priorities.actions import complete_action, rate_action
from priorities.models import Measure
from reviews import actions
from reviews.actions.themes import named_themes
from reviews.models import Inspection, PracticeReview, Recommendation


def load(data, *, by):
    """Each recommendation with what came of it; `recommendations.toml` describes the parts of a row."""
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    reviews = {review.reference: review for review in PracticeReview.objects.all()}
    inspections = {inspection.subject: inspection for inspection in Inspection.objects.all()}
    for row in data["recommendation"]:
        link = next((name for name in ("review", "inspection") if name in row), "")
        recommendation = actions.record_recommendation(
            text=row["text"],
            source=row.get("source", link),
            review=reviews.get(row.get("review", "")),
            inspection=inspections.get(row.get("inspection", "")),
            source_text=row.get("source_text", ""),
            agency=agencies[row["agency"]],
            made_on=row["made_on"],
            due_on=_day(row, "due"),
            themes=named_themes(row.get("themes", ())),
            by=by,
        )
        _go_on(recommendation, row, by=by)


def _go_on(recommendation: Recommendation, row, *, by):
    """What has happened to a recommendation since it was made."""
    for planned in row.get("action", ()):
        _act(recommendation, planned, by=by)
    if "signed_off" in row:
        said = row["signed_off"]
        recommendation = actions.sign_off_recommendation(
            recommendation=recommendation,
            version=recommendation.version,
            signed_off_on=said["on"],
            sign_off_body=said["body"],
            evidence=said["evidence"],
            check_due_on=_day(said, "check_due"),
            by=by,
        )
    for check in row.get("check", ()):
        actions.check_recommendation(
            recommendation=recommendation,
            version=recommendation.version,
            **{name: check[name] for name in ("checked_on", "outcome", "finding")},
            how_known=check.get("how_known", ""),
            measure=Measure.objects.get(code=check["measure"]) if "measure" in check else None,
            next_check_on=_day(check, "next_check"),
            by=by,
        )
        recommendation.refresh_from_db()


def _act(recommendation, planned, *, by):
    action = actions.agree_recommended_action(
        recommendation=recommendation,
        text=planned["text"],
        owner=recommendation.agency,
        owner_post=planned.get("owner_post", ""),
        due_on=_day(planned, "due"),
        by=by,
    )
    if "rag" in planned:
        rate_action(action=action, version=action.version, rag=planned["rag"], reason=planned["reason"], by=by)
    if "evidence" in planned:
        complete_action(action=action, version=action.version, evidence=planned["evidence"], by=by)


def _day(row, name):
    """The day of a row: as it stands there, or so many days from today; None where there is none."""
    if f"{name}_in_days" in row:
        return timezone.localdate() + timedelta(days=row[f"{name}_in_days"])
    return row.get(f"{name}_on")
