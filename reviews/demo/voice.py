from partnership.demo import periods as demo_periods
from partnership.models import Agency
from priorities.models import Measure, Priority
from reviews import actions


def load(data, *, by):
    periods = demo_periods()
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    priorities = {priority.code: priority for priority in Priority.objects.all()}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    for row in data["feedback"]:
        quotes, confirmed = row.pop("quote", []), row.pop("confirmed", None)
        links = {
            "period": periods[row["period"]],
            "agency": agencies[row["agency"]],
            "priority": priorities[row["priority"]],
            "counted_by": measures.get(row.get("counted_by", "")),
        }
        feedback = actions.record_feedback(**row | links, by=by)
        for quote in quotes:
            actions.add_quote(feedback=feedback, **quote, by=by)
        if confirmed:
            feedback.refresh_from_db()
            actions.confirm_feedback(feedback=feedback, version=feedback.version, **confirmed, by=by)
