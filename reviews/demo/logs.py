from partnership.models import Agency
from reviews import actions


def load(data, *, by):
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    for row in data["challenge"]:
        links = {name: agencies[row[name]] for name in ("raised_by", "raised_to")}
        actions.record_partner_challenge(**row | links, by=by)
    for row in data["risk"]:
        reviews = row.pop("review", [])
        scores = {name: tuple(row[name]) for name in ("initial", "target")}
        risk = actions.record_risk(**row | scores | {"owner": agencies[row["owner"]]}, by=by)
        for review in reviews:
            risk.refresh_from_db()
            actions.review_risk(risk=risk, version=risk.version, **review, by=by)
