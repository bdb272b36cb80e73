from django.db import migrations

# As they were on the day of this migration: what a round asks may be worded in another way since.
QUESTIONS = (
    ("progress", "Progress this quarter", "What was done this quarter towards this priority?", True),
    ("impact", "Impact on children", "What changed for children, for which children, and how do you know?", True),
    ("barriers", "Barriers and challenges", "What stood in the way?", True),
    ("next_steps", "Next steps", "What will you do next quarter, and by when?", True),
    ("evidence", "Evidence", "Which documents, audits or figures show what you say?", False),
    (
        "child_voice",
        "Voice of the child",
        "What did children and young people tell you, and what did you do about it?",
        False,
    ),
    (
        "practitioner_voice",
        "Voice of practitioners",
        "What do practitioners say helps or hinders their work with children?",
        False,
    ),
    ("workforce", "Workforce", "Vacancies, turnover and training, where they affect this priority.", False),
    ("support", "Support or decisions asked of the board", "What do you need from the board, and by when?", False),
    ("risks", "Risks to raise", "What should the board know of before it goes wrong?", False),
)
COLUMNS = ("progress", "impact", "barriers", "next_steps")
AT_A_TIME = 500


def ask_in_every_round(apps, schema_editor):
    """Every round there is asks what was asked so far, and, as what may be left empty, the further questions."""
    Round, Question = apps.get_model("priorities", "UpdateRound"), apps.get_model("priorities", "Question")
    Question.objects.bulk_create(
        Question(round_id=pk, topic=topic, words=words, help=help, is_required=is_required, order=order)
        for pk in Round.objects.order_by("pk").values_list("pk", flat=True)
        for order, (topic, words, help, is_required) in enumerate(QUESTIONS)
    )


def answers_from_columns(apps, schema_editor):
    Update, Answer = apps.get_model("priorities", "QuarterlyUpdate"), apps.get_model("priorities", "Answer")
    Question = apps.get_model("priorities", "Question")
    asked = {(row.round_id, row.topic): row.pk for row in Question.objects.all()}
    answers = (
        Answer(update_id=update.pk, question_id=asked[update.round_id, name], text=getattr(update, name))
        for update in Update.objects.order_by("pk").iterator(chunk_size=AT_A_TIME)
        for name in COLUMNS
        if getattr(update, name)
    )
    Answer.objects.bulk_create(answers, batch_size=AT_A_TIME)


def answers_to_columns(apps, schema_editor):
    """The way back keeps the four answers that had columns; the rest had no place before."""
    Answer, Question = apps.get_model("priorities", "Answer"), apps.get_model("priorities", "Question")
    Update = apps.get_model("priorities", "QuarterlyUpdate")
    for answer in Answer.objects.filter(question__topic__in=COLUMNS).select_related("question"):
        Update.objects.filter(pk=answer.update_id).update(**{answer.question.topic: answer.text})
    Answer.objects.all().delete()
    Question.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("priorities", "0006_questions_and_answers"),
    ]

    operations = [
        migrations.RunPython(ask_in_every_round, migrations.RunPython.noop),
        migrations.RunPython(answers_from_columns, answers_to_columns),
    ]
