"""Free text that is read for what could tell who a child is: the form says so and asks, each thing once."""

from django import forms

from partnership.identifiers import Finding, find_identifiers

MOST_QUESTIONS = 10
"""More than this is a text to write anew, not one to tick."""


class CarefulCharField(forms.CharField):
    """Free text of a `CarefulForm`."""


class CarefulForm(forms.Form):
    """A form that asks about what looks like an identifier in its `CarefulCharField`s.

    The first post comes back with the question beside the field and a tick for each finding; a post with every tick
    passes. A tick is for one excerpt: whatever is typed afterwards is asked about anew. What stood in the text before
    was asked about then, unless the form `keeps_drafts`, which nobody is asked about: such a form says itself when it
    asks, by `ask_about_findings`. `kept` says what was ticked, for the line in the record of changes.
    """

    keeps_drafts = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.findings: dict[str, dict[str, Finding]] = {}
        if not self.keeps_drafts:
            self.ask_about_findings()

    def ask_about_findings(self):
        """Put the ticks beside their fields. `clean` asks what is not ticked."""
        for name, field in list(self.fields.items()):
            if isinstance(field, CarefulCharField) and self.is_bound and (found := self._findings(name, field)):
                self.findings[name] = found
                self.fields[_tick(name)] = _tick_field(found)
        names = list(self.fields)
        self.order_fields(each for name in names if not name.endswith(TICK) for each in (name, _tick(name)))

    def leave_out(self, *names):
        """Take fields out, each with its ticks: this form does not ask for them."""
        for name in names:
            del self.fields[name]
            self.fields.pop(_tick(name), None)
            self.findings.pop(name, None)

    @property
    def said(self):
        """The bound fields without the ticks."""
        return tuple(field for field in self if not field.name.endswith(TICK))

    def with_ticks(self, name):
        """A field, and beneath it its ticks where there are any."""
        return [self[each] for each in (name, _tick(name)) if each in self.fields]

    def _findings(self, name: str, field: CarefulCharField) -> dict[str, Finding]:
        """What is to be asked about, by its excerpt."""
        text = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)) or ""
        if field.max_length and len(text) > field.max_length:
            return {}  # refused for its length
        initial = "" if self.keeps_drafts else str(self.get_initial_for_field(field, name) or "")
        before = {finding.excerpt for finding in find_identifiers(initial)}
        found = {finding.excerpt: finding for finding in find_identifiers(text)}
        return {excerpt: finding for excerpt, finding in found.items() if excerpt not in before}

    def clean(self):
        data = super().clean()
        self.kept: list[str] = []
        for name, found in self.findings.items():
            ticked = set(data.pop(_tick(name), ()))
            for excerpt, finding in list(found.items())[:MOST_QUESTIONS]:
                if excerpt in ticked:
                    self.kept.append(f"Kept “{excerpt}”, which looks like {finding.kind}.")
                else:
                    self.add_error(name, finding.question)
            if len(found) > MOST_QUESTIONS:
                self.add_error(
                    name, "There is more like this. Write the text anew, so that no child can be told from it."
                )
        return data


TICK = "_keep"


def _tick(name: str) -> str:
    return f"{name}{TICK}"


class _Ticks(forms.MultipleChoiceField):
    """Ticks for findings; one for a finding that has since left the text is nobody's error."""

    def valid_value(self, value):
        return True


def _tick_field(found: dict[str, Finding]) -> forms.Field:
    return _Ticks(
        label="Take it out, or say that it is safe",
        choices=[(each, f"No child can be told from “{each}”: keep it") for each in list(found)[:MOST_QUESTIONS]],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
