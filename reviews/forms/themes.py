from django import forms

from partnership.careful_text import CarefulCharField, CarefulForm
from reviews.models import Theme


class ThemeForm(CarefulForm):
    """A theme's name."""

    name = CarefulCharField(
        label="Theme",
        max_length=200,
        help_text="In the words of practice, such as professional curiosity.",
        error_messages={"required": "Enter the theme"},
    )

    def __init__(self, *args, theme=None, **kwargs):
        self.theme = theme
        super().__init__(*args, initial={"name": theme.name} if theme else None, **kwargs)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        others = Theme.objects.exclude(pk=self.theme.pk) if self.theme else Theme.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError("This theme is on the list already")
        return name


class ThemeMergeForm(forms.Form):
    """Which theme takes another in."""

    into = forms.ModelChoiceField(
        Theme.objects.all(),
        label="Which theme means the same?",
        empty_label="Choose a theme",
        error_messages={"required": "Choose the theme that takes it in"},
    )

    def __init__(self, *args, theme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Theme.objects.exclude(pk=theme.pk)
