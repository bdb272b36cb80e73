from django import forms
from django.core.validators import RegexValidator

from priorities.models import Priority
from training.choices import CourseKind, CourseMode
from training.models import Course

CODE = RegexValidator(r"^[A-Z0-9][A-Z0-9-]*\Z", "Enter capital letters, digits and hyphens, like GCP2-SUP")


class CourseForm(forms.Form):
    """What a course is. Its code is chosen once, since sheets and figures name the course by it."""

    TEXTS = ("title", "mode", "kind", "priority", "learning_outcomes", "is_offered", "version")

    title = forms.CharField(label="Title", max_length=200, error_messages={"required": "Enter the title"})
    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="A short name for sheets and figures, such as GCP2. It cannot be changed later.",
        validators=[CODE],
        error_messages={"required": "Enter a code"},
    )
    mode = forms.ChoiceField(
        label="How is it held?",
        choices=CourseMode,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is held"},
    )
    kind = forms.ChoiceField(
        label="What kind of course is it?",
        choices=CourseKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of course it is"},
    )
    priority = forms.ModelChoiceField(
        Priority.objects.all(), label="Priority", empty_label="No single priority", required=False
    )
    learning_outcomes = forms.CharField(
        label="Learning outcomes",
        help_text="What will somebody know or do afterwards? One on each line.",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_offered = forms.BooleanField(label="It is part of the programme now", required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, course=None, **kwargs):
        initial = {name: getattr(course, name) for name in self.TEXTS} if course else None
        super().__init__(*args, initial=initial, **kwargs)
        if course:
            del self.fields["code"]
        else:
            del self.fields["version"], self.fields["is_offered"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if Course.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError("There is a course with this code already")
        return code
