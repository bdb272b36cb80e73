"""The smallest valid inspections, child deaths, restraint, voice, challenges and risks."""

from datetime import date, timedelta

from django.utils import timezone

from partnership import actions as partnership_actions
from partnership.choices import AgencyKind
from partnership.models import Agency, ReportingPeriod
from partnership.tests.factories import make_agency, make_alice, make_area, make_erin, make_period
from reviews import actions
from reviews.choices import ControlsWork, FeedbackMethod, FeedbackSource, RiskCategory, RiskTreatment
from reviews.models import (
    ChildDeathSummary,
    Feedback,
    Inspection,
    PartnerChallenge,
    RestraintScrutiny,
    Risk,
)


def make_closed(code: str = "2022-23") -> ReportingPeriod:
    """The period, closed as when its report is signed."""
    return partnership_actions.close_period(period=make_period(code), by=make_erin())


def make_inspection(subject: str = "Focused visit", **fields) -> Inspection:
    return actions.record_inspection(
        **{
            "body": "Ofsted",
            "subject": subject,
            "agency": make_agency(),
            "started_on": date(2022, 5, 3),
            "by": make_alice(),
            **fields,
        }
    )


def make_child_deaths(code: str = "2022-23", **fields) -> ChildDeathSummary:
    counts = {"notified": 79, "unexpected": 17, "reviewed": 107, "modifiable": 28}
    return actions.record_child_deaths(
        **{"period": make_period(code), "area": make_area(), **counts, "by": make_alice(), **fields}
    )


def make_establishment(code: str = "custody") -> Agency:
    return Agency.objects.filter(code=code).first() or partnership_actions.add_agency(
        code=code, name=f"{code.title()} centre", short_name=code.title(), kind=AgencyKind.CUSTODY, by=None
    )


def make_restraint(code: str = "2022-23", **fields) -> RestraintScrutiny:
    """A scrutiny of 20 incidents of two types, all of them acceptable."""
    return actions.record_restraint(
        **{
            "period": make_period(code),
            "establishment": make_establishment(),
            "incidents": 20,
            "unacceptable": 0,
            "types": [("Pain-inducing", None), ("Group assault", None)],
            "by": make_alice(),
            **fields,
        }
    )


def make_question(scrutiny: RestraintScrutiny | None = None):
    return actions.ask_restraint(
        scrutiny=scrutiny or make_restraint(), text="Who relieves staff?", asked_on=date(2023, 2, 1), by=make_alice()
    )


def make_feedback(title: str = "Being listened to", *, is_quotable: bool = False, **fields) -> Feedback:
    feedback = actions.record_feedback(
        **{
            "source": FeedbackSource.CHILDREN,
            "method": FeedbackMethod.SURVEY,
            "title": title,
            "period": make_period(),
            "agency": make_agency(),
            "took_part": 40,
            "summary": "They want one worker who stays.",
            "by": make_alice(),
            **fields,
        }
    )
    return confirm(feedback) if is_quotable else feedback


def confirm(feedback: Feedback) -> Feedback:
    """Consent confirmed and anonymity checked."""
    feedback.refresh_from_db()
    return actions.confirm_feedback(
        feedback=feedback,
        version=feedback.version,
        consent_by="Participation lead",
        anonymity_by="Board officer",
        by=make_alice(),
    )


def make_partner_challenge(title: str = "Late health checks", **fields) -> PartnerChallenge:
    return actions.record_partner_challenge(
        **{
            "raised_by": make_agency("council"),
            "raised_to": make_agency("health"),
            "raised_on": date(2023, 1, 10),
            "title": title,
            "text": "Why are they late?",
            "by": make_alice(),
            **fields,
        }
    )


def make_risk(code: str = "SR1", **fields) -> Risk:
    """A risk scored 4 × 4 in May 2022, to be reviewed half a year on, with a target of 2 × 3."""
    return actions.record_risk(
        **{
            "code": code,
            "title": "Too few social workers",
            "category": RiskCategory.WORKFORCE,
            "owner": make_agency("council"),
            "owner_post": "Head of safeguarding",
            "controls_work": ControlsWork.PARTLY,
            "treatment": RiskTreatment.TREAT,
            "initial": (4, 4),
            "target": (2, 3),
            "recorded_on": date(2022, 5, 3),
            "review_due_on": date(2022, 11, 3),
            "by": make_alice(),
            **fields,
        }
    )


def make_record_world() -> dict[str, dict]:
    """One of each, as the routes name them."""
    scrutiny = make_restraint()
    feedback = make_feedback()
    quote = actions.add_quote(feedback=feedback, words="Stay.", by=make_alice())
    closed = make_risk("SR2")
    actions.close_risk(
        risk=closed,
        version=closed.version,
        closed_on=timezone.localdate() - timedelta(days=1),
        closed_reason="Gone",
        by=make_alice(),
    )
    inspection = make_inspection()
    return {
        "inspection": {"pk": inspection.pk},
        "child deaths": {"pk": make_child_deaths().pk},
        "restraint": {"pk": scrutiny.pk},
        "restraint question": {"pk": make_question(scrutiny).pk},
        "feedback": {"pk": confirm(feedback).pk},
        "quote": {"pk": quote.pk},
        "partner challenge": {"pk": make_partner_challenge().pk},
        "risk": {"pk": make_risk().pk},
        "closed risk": {"pk": closed.pk},
        "record": {"noun": "inspection", "pk": inspection.pk},
    }
