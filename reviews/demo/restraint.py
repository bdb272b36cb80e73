from partnership.demo import periods as demo_periods
from partnership.models import Agency
from priorities.models import Measure
from reviews import actions

MEASURES = ("training_measure", "paperwork_measure")


def load(data, *, by):
    periods = demo_periods()
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    for row in data["restraint"]:
        questions = row.pop("question", [])
        links = {"period": periods[row["period"]], "establishment": agencies[row["establishment"]]}
        links |= {name: measures[row[name]] for name in MEASURES if name in row}
        types = [(each["name"], each.get("incidents")) for each in row.pop("type", [])]
        scrutiny = actions.record_restraint(**row | links, types=types, by=by)
        for question in questions:
            asked = actions.ask_restraint(
                scrutiny=scrutiny, text=question["text"], asked_on=question["asked_on"], by=by
            )
            if "answer" in question:
                actions.answer_restraint(
                    question=asked, answer=question["answer"], answered_on=question["answered_on"], by=by
                )
