"""What migrations do with the rows of a portal that is in use."""

from datetime import date

BEFORE = [("priorities", "0006_questions_and_answers")]
AFTER = [("priorities", "0008_drop_answer_columns")]


def make_old_updates(apps):
    """Two rounds of updates with texts in columns, as they were before rounds had questions."""
    get = apps.get_model
    area = get("partnership", "Area").objects.create(code="county", name="County")
    agency = get("partnership", "Agency").objects.create(code="police", name="Police", short_name="Police", area=area)
    plan = get("priorities", "BusinessPlan").objects.create(
        title="Plan", starts_on=date(2022, 4, 1), ends_on=date(2025, 3, 31)
    )
    priority = get("priorities", "Priority").objects.create(plan=plan, code="CE", title="Exploitation", sponsor=agency)
    texts = [
        {"progress": "  Panels met.\r\n\r\nTwice. ", "impact": "é ☃ <b>", "barriers": "", "next_steps": "n" * 50_000},
        {"progress": "", "impact": "", "barriers": "", "next_steps": ""},
    ]
    for number, answers in enumerate(texts):
        period = get("partnership", "ReportingPeriod").objects.create(
            code=f"q{number}",
            label=f"Quarter {number}",
            kind="quarter",
            starts_on=date(2022, 4, 1),
            ends_on=date(2022, 6, 30),
        )
        round = get("priorities", "UpdateRound").objects.create(
            title=f"Round {number}", period=period, opens_on=date(2022, 7, 1), due_on=date(2022, 7, 31)
        )
        get("priorities", "QuarterlyUpdate").objects.create(
            round=round, agency=agency, priority=priority, rag="green", rag_reason="All is well.", **answers
        )
    return texts


def test_every_answer_in_a_column_becomes_an_answer_to_its_question_and_back(migrate_to):
    texts = make_old_updates(migrate_to(BEFORE))

    apps = migrate_to(AFTER)

    updates = apps.get_model("priorities", "QuarterlyUpdate").objects.order_by("pk")
    found = [{each.question.topic: each.text for each in update.answers.all()} for update in updates]
    assert found == [{name: text for name, text in answers.items() if text} for answers in texts]
    assert [(update.rag, update.rag_reason) for update in updates] == [("green", "All is well.")] * 2
    rounds = apps.get_model("priorities", "UpdateRound").objects.all()
    assert [round.questions.count() for round in rounds] == [10, 10]
    assert [round.questions.filter(is_required=True).count() for round in rounds] == [4, 4]

    apps = migrate_to(BEFORE)

    updates = apps.get_model("priorities", "QuarterlyUpdate").objects.order_by("pk")
    assert [{name: getattr(update, name) for name in texts[0]} for update in updates] == texts
