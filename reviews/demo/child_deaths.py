from partnership.demo import periods as demo_periods
from partnership.models import Area
from reviews import actions


def load(data, *, by):
    periods = demo_periods()
    areas = {area.code: area for area in Area.objects.all()}
    for row in data["child_deaths"]:
        links = {"period": periods[row["period"]], "area": areas[row["area"]]}
        actions.record_child_deaths(**row | links, by=by)
