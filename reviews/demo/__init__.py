"""The demo partnership's reviews, inspections and child-death figures. Dates of single reviews are illustrative."""

import tomllib
from pathlib import Path

from partnership.demo import periods as demo_periods
from partnership.models import Agency, Area, User
from reviews import actions
from reviews.models import Inspection, PracticeReview

HERE = Path(__file__).parent


def load(people: dict[str, User]) -> None:
    data = tomllib.loads((HERE / "reviews.toml").read_text())
    manager = people["board.manager"]
    reviews: dict[str, PracticeReview] = {}
    for row in sorted(data["review"], key=lambda row: "follows" in row):
        follows = reviews.get(row.get("follows", ""))
        reviews[row["reference"]] = actions.record_review(**row | {"follows": follows}, by=manager)
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    inspections: dict[str, Inspection] = {}
    for row in sorted(data["inspection"], key=lambda row: row["started_on"]):
        links = {"agency": agencies[row["agency"]], "follows_on": inspections.get(row.get("follows_on", ""))}
        inspections[row["subject"]] = actions.record_inspection(**row | links, by=manager)
    periods = demo_periods()
    areas = {area.code: area for area in Area.objects.all()}
    for row in data["child_deaths"]:
        links = {"period": periods[row["period"]], "area": areas[row["area"]]}
        actions.record_child_deaths(**row | links, by=manager)
