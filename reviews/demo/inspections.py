from partnership.models import Agency
from reviews import actions
from reviews.models import Inspection


def load(data, *, by):
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    inspections: dict[str, Inspection] = {}
    for row in sorted(data["inspection"], key=lambda row: row["started_on"]):
        links = {"agency": agencies[row["agency"]], "follows_on": inspections.get(row.get("follows_on", ""))}
        inspections[row["subject"]] = actions.record_inspection(**row | links, by=by)
