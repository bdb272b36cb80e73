from reviews import actions
from reviews.choices import FOLLOWS
from reviews.models import PracticeReview


def load(data, *, by):
    reviews: dict[str, PracticeReview] = {}
    for row in sorted(data["review"], key=_depth):
        follows = reviews.get(row.get("follows", ""))
        reviews[row["reference"]] = actions.record_review(**row | {"follows": follows}, by=by)


def _depth(row):
    """How far down its case's line a review stands: what it follows comes first."""
    return 1 + list(FOLLOWS).index(row["kind"]) if "follows" in row else 0
