"""Figures from files: the file waits until somebody has seen what it would change, then all of it is taken."""

from collections.abc import Mapping

from django.db import transaction

from partnership import audit
from partnership.actions import add_area, add_period
from partnership.models import Agency, Partnership, ReportingPeriod, User
from partnership.states import StaleSave
from priorities.actions.measures import define_measure, set_disclosure
from priorities.actions.targets import set_target
from priorities.choices import (
    ComparatorKind,
    DisclosureRule,
    MeasureKind,
    Polarity,
    Tolerance,
    ValueStatus,
)
from priorities.import_plan import ImportPlan, PlannedValue, area_code, plan_import
from priorities.imports import Choice, ImportedFile
from priorities.models import (
    Comparator,
    Measure,
    MeasureImport,
    MeasureValue,
    Target,
)


@transaction.atomic
def keep_import(
    *, name: str, content: bytes, owner: Agency, is_from_the_department: bool = False, by: User
) -> MeasureImport:
    """Keep a file of figures for its sender to look at, in place of an earlier one; old ones of anybody go."""
    MeasureImport.objects.make_room(by=by)
    upload = MeasureImport.objects.create(
        name=name, content=content, is_from_the_department=is_from_the_department, owner=owner, uploaded_by=by
    )
    audit.record("import.uploaded", target=upload, by=by)
    return upload


@transaction.atomic
def choose_import(*, upload: MeasureImport, choice: Choice, by: User) -> MeasureImport:
    """Say what of the Department's file comes in; until it is confirmed, it can be said again."""
    upload.authority = choice.authority
    upload.columns = list(choice.columns)
    upload.categories = {column: list(kinds) for column, kinds in choice.categories.items()}
    upload.save(update_fields=["authority", "columns", "categories"])
    audit.record("import.chosen", target=upload, by=by, detail=f"{choice.authority}: {', '.join(choice.columns)}")
    return upload


@transaction.atomic
def drop_import(*, upload: MeasureImport, by: User) -> None:
    """Take a file of figures away without importing it."""
    audit.record("import.dropped", target=upload, by=by)
    upload.delete()


@transaction.atomic
def import_measures(*, imported: ImportedFile, owner: Agency, fingerprint: str = "", by: User) -> ImportPlan:
    """Bring a file's values into force, all or none, and say what was done; with faults, nothing is.

    Areas, periods and, for `owner`, the Department's measures are made where they are missing. A value that says what
    is in force already is left alone. With the `fingerprint` of a plan that somebody has looked at, raises `StaleSave`
    if the plan has become another.
    """
    Partnership.objects.select_for_update().first()  # one import at a time
    plan = plan_import(imported)
    if fingerprint and plan.fingerprint != fingerprint:
        raise StaleSave("Figures were changed since you looked at this file.")
    if plan.faults or plan.changes_nothing:
        return plan
    area = plan.area
    if plan.new_area:
        area = add_area(code=area_code(plan.new_area), name=plan.new_area.name, ons_code=plan.new_area.ons_code, by=by)
    periods = {
        new.code: add_period(
            code=new.code, label=new.label, kind=new.kind, starts_on=new.starts_on, ends_on=new.ends_on, by=by
        )
        for new in plan.new_periods
    }
    measures = {}
    for planned in plan.new_measures:
        assert planned.imported and area, "Only the Department's files define measures, and they name their area."
        measure = define_measure(
            code=planned.code,
            name=planned.name,
            definition=planned.imported.definition,
            unit=planned.unit,
            polarity=Polarity.CONTEXT,
            kind=MeasureKind.HOW_MUCH,
            area=area,
            owner=owner,
            decimals=planned.decimals,
            by=by,
        )
        # The Department has hidden what is small before it published (domain.md 5).
        measures[planned.code] = set_disclosure(measure=measure, rule=DisclosureRule.NOT_PEOPLE, by=by)
    rows = [(_imported_value(planned, measures, periods, by=by), planned) for planned in (*plan.new, *plan.changed)]
    _put_in_force(rows, by=by)
    for value, line in rows:
        _put_target(value, line, by=by)
    audit.record("measures.imported", target=owner, by=by, detail=plan.summary)
    return plan


def _imported_value(
    planned: PlannedValue, measures: Mapping[str, Measure], periods: Mapping[str, ReportingPeriod], *, by: User
) -> MeasureValue:
    new = planned.imported
    measure = planned.measure.stored or measures[planned.measure.code]
    return MeasureValue(
        measure=measure,
        period=planned.period.stored or periods[planned.period.imported.code],  # type: ignore[union-attr]
        area=measure.area,
        number=new.value.number,
        code=new.value.code,
        qualifier=new.qualifier,
        status=ValueStatus.AGREED,
        source=new.source,
        as_at=new.as_at,
        note=new.note,
        entered_by=by,
    )


def _put_in_force(rows: list[tuple[MeasureValue, PlannedValue]], *, by: User) -> None:
    """Store many values with their comparators in place of those in force, in few queries."""
    replaced = [planned.before.pk for _, planned in rows if planned.before]
    for start in range(0, len(replaced), 500):
        MeasureValue.objects.filter(pk__in=replaced[start : start + 500]).update(status=ValueStatus.SUPERSEDED)
    values = MeasureValue.objects.bulk_create([value for value, _ in rows], batch_size=500)
    Comparator.objects.bulk_create(
        [
            Comparator(
                value=value,
                kind=each.kind,
                label=each.label,
                number=each.value.number,
                code=each.value.code,
            )
            for value, (_, planned) in zip(values, rows, strict=True)
            for each in planned.imported.comparators
            if each.kind != ComparatorKind.TARGET
        ],
        batch_size=500,
    )
    lines = (
        (value, f"{value.qualifier} {value.number if value.number is not None else value.code}") for value in values
    )
    audit.record_each("value.recorded", targets=lines, by=by)


def _put_target(value: MeasureValue, planned: PlannedValue, *, by: User) -> None:
    """Set the target of the file's line where it is another; how far a value may miss it stays as it was set."""
    if planned.target is None or not planned.is_target_changed:
        return
    before = Target.objects.filter(measure=value.measure_id, period=value.period_id).first()
    set_target(
        measure=value.measure,
        period=value.period,
        number=planned.target,
        tolerance=before.tolerance if before else None,
        tolerance_kind=before.tolerance_kind if before else Tolerance.UNIT,
        note=value.source,
        by=by,
    )
