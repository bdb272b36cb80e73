from django import forms

from priorities.choices import Topic
from priorities.models import Priority, Question, UpdateRound


class QuestionForm(forms.Form):
    """A question of a round, new or to be changed."""

    topic = forms.ChoiceField(
        label="What is it about?",
        choices=Topic,
        help_text="Answers stand beside those of the quarter before by this, and go into the report by it.",
    )
    words = forms.CharField(
        label="The question, as partners read it", max_length=200, error_messages={"required": "Enter the question"}
    )
    help = forms.CharField(
        label="Help below it",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What belongs into the answer, in a sentence.",
    )
    is_required = forms.BooleanField(label="It must be answered before an update can be submitted", required=False)
    priority = forms.ModelChoiceField(
        Priority.objects.all(), label="Ask it of", required=False, empty_label="All priorities"
    )

    mark_optional = True

    def __init__(self, data=None, *, round: UpdateRound, question: Question | None = None):
        self.question = question or Question(round=round)
        names = ("topic", "words", "help", "is_required")
        initial = {name: getattr(self.question, name) for name in names} | {"priority": self.question.priority_id}
        super().__init__(data, initial=initial if question else {"topic": Topic.OTHER})

    def clean(self):
        data = super().clean()
        wanted = Question(
            pk=self.question.pk, round=self.question.round, topic=data.get("topic", ""), priority=data.get("priority")
        )
        if "topic" in data and Question.objects.about_the_same_as(wanted).exists():
            label = wanted.get_topic_display()
            self.add_error("topic", f"This round asks about “{label}” already. Choose “{Topic.OTHER.label}”.")
        return data
