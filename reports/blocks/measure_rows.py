"""Choosing measures and periods, for the table and the chart alike."""

from django import forms

from partnership.models import ReportingPeriod
from priorities.models import Measure
from reports.blocks.kind import RowForm, Rows
from reports.content import MeasureContent


def measure_choices():
    return [("", "Choose a measure"), *Measure.objects.values_list("pk", "name").order_by("name")]


def period_choices():
    return [("", "Choose a period"), *ReportingPeriod.objects.values_list("pk", "label").order_by("starts_on")]


class MeasureRowForm(RowForm):
    measure_id = forms.TypedChoiceField(label="Measure", choices=measure_choices, coerce=int)
    period_id = forms.TypedChoiceField(label="Period", choices=period_choices, coerce=int)


ROWS = Rows(
    form=MeasureRowForm,
    field="measures",
    content=MeasureContent,
    initial=lambda row: {"measure_id": row.measure_id, "period_id": row.period_id},
    noun="measure",
)
