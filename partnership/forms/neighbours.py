import re

from django import forms

from partnership.models import StatisticalNeighbour

ONS_CODE = re.compile(r"[EWSN]\d{8}", re.ASCII)
LONGEST_NEIGHBOUR = StatisticalNeighbour._meta.get_field("name").max_length


class NeighboursForm(forms.Form):
    """The statistical neighbours as people paste them: a line for each, with its name and its code."""

    MOST = 20

    neighbours = forms.CharField(
        label="Statistical neighbours",
        help_text="One local authority on each line: its name, a comma and its ONS code, such as Kent, E10000016.",
        widget=forms.Textarea(attrs={"rows": 12}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args, area, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["neighbours"].widget.attrs["maxlength"]  # a limit that no list comes near needs no counter
        self.area = area

    def clean_neighbours(self):
        """Names with their codes, in the order they were given."""
        lines = [line.strip() for line in self.cleaned_data["neighbours"].splitlines() if line.strip()]
        if len(lines) > self.MOST:
            raise forms.ValidationError(f"Enter at most {self.MOST} local authorities")
        found = {}
        problems = []
        for line in lines:
            name, _, code = (part.strip() for part in re.sub(r"[\t;]", ",", line).rpartition(","))
            if problem := self._problem(line, name, code.upper(), found):
                problems.append(problem)
            else:
                found[code.upper()] = name
        if problems:
            raise forms.ValidationError(problems)
        return [(name, code) for code, name in found.items()]

    def _problem(self, line, name, code, found):
        if not name or not ONS_CODE.fullmatch(code):
            return f"“{line[:100]}” is not a name, a comma and an ONS code. A code has a letter and eight digits"
        if len(name) > LONGEST_NEIGHBOUR:
            return f"“{name[:40]}…” is too long for a name"
        if code in found or name.casefold() in map(str.casefold, found.values()):
            return f"{name} stands here twice"
        if self.area and (code == self.area.ons_code or name.casefold() == self.area.name.casefold()):
            return f"{name} is the partnership's own area. An authority is not its own neighbour"
        return ""
