from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from priorities.actions import HowImpactIsKnown, KnownBy
from priorities.choices import HowKnown
from priorities.models import Measure, QuarterlyUpdate

LONGEST_DESCRIPTION = 1000
NOTHING = "nothing"
ASKED_FOR = {
    HowKnown.AUDIT: "Which audit, and what did it say?",
    HowKnown.FEEDBACK: "Whose feedback, and what did they say?",
    HowKnown.EVALUATION: "Which evaluation, and what did it say?",
}
MISSING = {
    HowKnown.AUDIT: "Say which audit it was and what it said",
    HowKnown.FEEDBACK: "Say whose feedback it was and what they said",
    HowKnown.EVALUATION: "Say which evaluation it was and what it said",
}


class HowKnownForm(CarefulForm):
    """How the agency knows the impact that it describes: ticks, and for each tick which one it was.

    Without JavaScript every detail is there to write in, so new words count as ticked. Words that were there before
    and have lost their tick are taken away. `must_be_complete` as in `UpdateForm`.
    """

    keeps_drafts = True

    is_shown = forms.CharField(widget=forms.HiddenInput, required=False, initial="yes")
    kinds = forms.MultipleChoiceField(
        label="How do you know?",
        help_text="Tick all that show the impact that you describe.",
        choices=[*HowKnown.choices, (NOTHING, "Nothing yet shows it")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measures = forms.ModelMultipleChoiceField(
        Measure.objects.none(), label="Which figure shows it?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, update: QuarterlyUpdate, must_be_complete: bool = False):
        self.linked = list(update.impact_evidence.select_related("measure"))
        said = {each.kind: each.description for each in self.linked if each.kind != HowKnown.MEASURE}
        initial = {
            "is_shown": "yes",
            "kinds": [
                *dict.fromkeys(each.kind for each in self.linked),
                *([NOTHING] if update.is_impact_unshown else []),
            ],
            "measures": [each.measure_id for each in self.linked if each.measure_id],
        }
        super().__init__(data, prefix="known", initial=initial | said)
        for kind, label in ASKED_FOR.items():
            self.fields[kind.value] = CarefulCharField(
                label=label,
                required=False,
                max_length=LONGEST_DESCRIPTION,
                widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "true"}),
            )
        self._offer_measures(update)
        if must_be_complete:
            self.ask_about_findings()

    def _offer_measures(self, update):
        own = list(update.requested_measures.values_list("measure", flat=True))
        linked = [each.measure_id for each in self.linked if each.measure_id]
        offered = Measure.objects.filter(pk__in=[*own, *linked]) | Measure.objects.filter(priority=update.priority_id)
        self.fields["measures"].queryset = offered.distinct()
        self.own = {*own, *linked}

    def clean(self):
        data = super().clean()
        self.ticked = set(data.get("kinds", ())) | {kind.value for kind in HowKnown if self._is_new(data, kind)}
        if NOTHING in self.ticked and len(self.ticked) > 1:
            self.add_error("kinds", "Tick what shows it, or that nothing yet shows it, not both")
        if HowKnown.MEASURE in self.ticked and "measures" in data and not data["measures"]:
            self.add_error("measures", "Choose the figure that shows it")
        for kind, words in MISSING.items():
            if kind in self.ticked and kind in data and not data[kind]:
                self.add_error(kind, words)
        return data

    def _is_new(self, data, kind):
        if kind == HowKnown.MEASURE:
            return {measure.pk for measure in data.get("measures", ())} - set(self.initial["measures"])
        return data.get(kind, "") and data[kind] != self.initial.get(kind, "")

    @property
    def known(self) -> HowImpactIsKnown | None:
        """What a draft keeps: where a detail has an error, the one kept before. None: leave all as it is."""
        data = self.cleaned_data
        if not data.get("is_shown") or "measures" in self.errors or ("kinds" in self.errors and not self.ticked):
            return None
        measures = data["measures"] if HowKnown.MEASURE in self.ticked else ()
        said = {kind: data.get(kind, self.initial.get(kind, "")) for kind in ASKED_FOR if kind in self.ticked}
        known_by = [KnownBy(kind=HowKnown.MEASURE, measure=measure) for measure in measures]
        known_by += [KnownBy(kind=kind, description=words) for kind, words in said.items() if words]
        return HowImpactIsKnown(known_by=tuple(known_by), is_unshown=NOTHING in self.ticked and not known_by)

    @property
    def options(self):
        """The boxes to tick, each with what is asked where it is ticked."""
        chosen = set(self["kinds"].value() or ())
        return [
            Option(
                value,
                label,
                f"{self['kinds'].auto_id}_{number}",
                value in chosen,
                self.with_ticks(value) if value in ASKED_FOR else (),
            )
            for number, (value, label) in enumerate(self.fields["kinds"].choices)
        ]

    @property
    def measure_options(self):
        """The measures to choose from: those of this update first."""
        chosen = {str(getattr(value, "pk", value)) for value in self["measures"].value() or ()}
        measures = sorted(self.fields["measures"].queryset, key=lambda measure: measure.pk not in self.own)
        return [
            Option(str(measure.pk), str(measure), f"{self['measures'].auto_id}_{number}", str(measure.pk) in chosen)
            for number, measure in enumerate(measures)
        ]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    id: str
    is_ticked: bool
    details: Sequence[forms.BoundField] = ()

    @property
    def is_of_measures(self):
        return self.value == HowKnown.MEASURE
