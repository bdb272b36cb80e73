from reviews import actions
from reviews.briefing import page_of
from reviews.models import PracticeReview


def load(data, *, by):
    """Each briefing as it was written, and cleared for its readers."""
    for row in data["briefing"]:
        words = {name: row[name].strip() for name in ("title", "what_happened", "learned", "questions")}
        review = PracticeReview.objects.get(reference=row["review"])
        briefing = actions.write_briefing(review=review, version=0, **words, by=by)
        actions.clear_briefing(briefing=briefing, seen=page_of(briefing).hash, by=by)
