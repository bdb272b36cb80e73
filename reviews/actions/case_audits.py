"""Changes to multi-agency audits and what they found."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from partnership import audit
from partnership.models import Agency, ReportingPeriod, User
from partnership.states import WrongState, require_version
from reviews.actions.recommendations import record_recommendation
from reviews.actions.themes import named_themes
from reviews.choices import RecommendationSource
from reviews.models import AuditFinding, CaseAudit, Recommendation, Theme


@transaction.atomic
def record_case_audit(
    *,
    topic: str,
    month: date,
    cases: int,
    good_practice: str = "",
    themes: Iterable[str] = (),
    findings: Iterable[str] = (),
    kept: Iterable[str] = (),
    by: User,
) -> CaseAudit:
    """Add a multi-agency audit, held in the month of a day; themes are named and added to the list where new."""
    case_audit = CaseAudit.objects.create(
        topic=topic, month=month.replace(day=1), cases=cases, good_practice=good_practice
    )
    case_audit.themes.set(named_themes(themes))
    AuditFinding.objects.bulk_create(AuditFinding(audit=case_audit, text=text) for text in findings)
    audit.record("case-audit.recorded", target=case_audit, by=by, detail="\n".join(kept))
    return case_audit


@transaction.atomic
def change_case_audit(
    *,
    case_audit: CaseAudit,
    version: int,
    topic: str,
    month: date,
    cases: int,
    good_practice: str,
    themes: Iterable[Theme],
    kept: Iterable[str] = (),
    by: User,
) -> CaseAudit:
    """Correct a multi-agency audit; raises `StaleSave` if it was changed since `version`.

    Raises `WrongState` for another month or number of cases where a signed report counts it.
    """
    case_audit = CaseAudit.objects.select_for_update().get(pk=case_audit.pk)
    require_version(case_audit, version)
    if (case_audit.month, case_audit.cases) != (month.replace(day=1), cases):
        _require_uncounted(case_audit)
    case_audit.topic, case_audit.month, case_audit.cases = topic, month.replace(day=1), cases
    case_audit.good_practice = good_practice
    case_audit.version += 1
    case_audit.save()
    case_audit.themes.set(themes)
    audit.record("case-audit.changed", target=case_audit, by=by, detail="\n".join(kept))
    return case_audit


@transaction.atomic
def add_finding(*, case_audit: CaseAudit, text: str, kept: Iterable[str] = (), by: User) -> AuditFinding:
    """Add one thing that the audit found."""
    finding = AuditFinding.objects.create(audit=case_audit, text=text)
    audit.record("case-audit.finding-added", target=case_audit, by=by, detail="\n".join([str(finding), *kept]))
    return finding


@transaction.atomic
def change_finding(*, finding: AuditFinding, text: str, kept: Iterable[str] = (), by: User) -> AuditFinding:
    """Say a finding otherwise."""
    finding = AuditFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    detail = f"It was: {finding}"
    finding.text = text
    finding.save()
    audit.record("case-audit.finding-changed", target=finding.audit, by=by, detail="\n".join([detail, *kept]))
    return finding


@transaction.atomic
def recommend_from_finding(
    *,
    finding: AuditFinding,
    text: str,
    agency: Agency,
    due_on: date | None = None,
    kept: Iterable[str] = (),
    by: User,
) -> Recommendation:
    """Recommend something to an agency because of a finding, today, under the audit's themes."""
    finding = AuditFinding.objects.select_for_update(of=("self",)).select_related("audit").get(pk=finding.pk)
    recommendation = record_recommendation(
        text=text,
        source=RecommendationSource.AUDIT,
        source_text=str(finding.audit)[:200],
        agency=agency,
        made_on=timezone.localdate(),
        due_on=due_on,
        themes=finding.audit.themes.all(),
        kept=kept,
        by=by,
    )
    finding.recommendations.add(recommendation)
    audit.record("case-audit.finding-recommended", target=finding.audit, by=by, detail=f"{finding}\nTo {agency}")
    return recommendation


def _require_uncounted(case_audit: CaseAudit) -> None:
    """Raise `WrongState` where a signed report counts the audit (decision 0010)."""
    month = case_audit.month
    closed = ReportingPeriod.objects.filter(
        closed_at__gte=case_audit.recorded_at, starts_on__lte=month, ends_on__gte=month
    )
    if first := closed.first():
        raise WrongState(f"The report of {first} is signed and counts this audit: its month and cases stay.")
