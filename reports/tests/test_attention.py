"""Which points on impact have something linked that shows it, by the rule alone and as the pages read it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import IntegrityError
from django.urls import reverse
from playwright.sync_api import expect

from partnership.tests.factories import make_alice, make_bob, make_frank
from priorities.actions import HowImpactIsKnown, KnownBy
from priorities.choices import HowKnown, UpdateStatus
from priorities.figurebook import Figure
from priorities.tests.factories import make_measure, make_priority, make_update, make_value
from reports.assemble import assemble
from reports.attention import Evidence, Point, Tally, evidence_in_text, figures_that_show, tally, tally_by_section
from reports.choices import Kind
from reports.content import ItemContent, content_of, from_json
from reports.document import content_hash
from reports.models import Block, ListItem
from reports.queries import measures_that_show, points_on_impact
from reports.richtext import FigureToken
from reports.tests.factories import make_block, make_report, make_section
from reports.tests.test_views import form_of

TOKEN = '<span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span>'
AUDIT = ItemContent("Plans improved.", how_known=HowKnown.AUDIT, known_from="Peer audit, July 2022")


def figure(code="MACE_CHILDREN", text="610"):
    return Figure(
        code=code,
        name=f"Name of {code}",
        show="value",
        text=text,
        period_code="2022-23",
        period="2022/23",
        area="",
        source="",
        as_at="",
    )


def point(section=1, evidence=()):
    return Point(section_id=section, block_id=1, position=0, text="Words", evidence=tuple(evidence))


def known_by(kind, description):
    """What a partner's update names as showing its impact."""
    return HowImpactIsKnown(known_by=(KnownBy(kind=kind, description=description),))


def points(section):
    return points_on_impact([section], assemble(section.report).figures)


# The rule


def test_figure_in_a_text_shows_it_once_however_often_it_stands_there():
    tokens = [FigureToken("MACE_CHILDREN", "2022-23", "value")] * 2

    assert evidence_in_text(tokens, figures_that_show([figure()])) == (Evidence("measure", "Name of MACE_CHILDREN"),)


@pytest.mark.parametrize("figures", [[], [figure("OTHER")], [figure(text="not available")]])
def test_figure_that_the_report_does_not_have_shows_nothing(figures):
    tokens = [FigureToken("MACE_CHILDREN", "2022-23", "value")]

    assert evidence_in_text(tokens, figures_that_show(figures)) == ()


def test_hidden_figure_was_counted_and_shows_it():
    assert list(figures_that_show([figure(text="hidden to protect people")])) == [("MACE_CHILDREN", "2022-23", "value")]


def test_tally_counts_what_has_nothing_linked():
    shown = point(evidence=[Evidence("audit", "Peer audit")])

    assert tally([]) == Tally(0, 0)
    assert tally([point(), shown, point()]) == Tally(points=3, activity_only=2)
    assert tally_by_section([point(1), shown, point(2)]) == {1: Tally(2, 1), 2: Tally(1, 1)}


def test_evidence_reads_as_its_kind_and_which_one():
    assert str(Evidence("audit", "Peer audit, July 2022")) == "An audit: Peer audit, July 2022"


# The reads


def test_point_is_shown_by_what_is_said_by_its_figures_and_by_its_accepted_update(db):
    measure = make_measure()
    make_value(measure, 610)
    known = known_by(HowKnown.FEEDBACK, "Survey of families")
    update = make_update(UpdateStatus.ACCEPTED, by=make_bob(), known=known)
    section = make_section()
    make_block(
        section,
        Kind.DIFFERENCE,
        items=(
            AUDIT,
            ItemContent("By a measure.", how_known=HowKnown.MEASURE, known_measure_id=measure.pk),
            ItemContent(f"In all {TOKEN} children."),
            ItemContent("From the police.", update.pk),
            ItemContent("<em>How we know:</em> partners say so."),
        ),
    )

    assert [list(map(str, each.evidence)) for each in points(section)] == [
        ["An audit: Peer audit, July 2022"],
        ["A figure: Mace children"],
        ["A figure: Mace children"],
        ["Feedback from children, families or practitioners: Survey of families"],
        [],
    ]


def test_evidence_of_an_update_counts_only_while_it_is_accepted(db):
    known = known_by(HowKnown.AUDIT, "Peer audit")
    update = make_update(UpdateStatus.REOPENED, by=make_bob(), known=known)
    section = make_section()
    make_block(section, Kind.DIFFERENCE, items=(ItemContent("From the police.", update.pk),))

    assert tally(points(section)) == Tally(1, 1)


def test_other_lists_claim_no_impact(db):
    section = make_section()
    make_block(section, Kind.DELIVERABLES, items=(ItemContent("We met."),))

    assert points(section) == []


def test_measures_without_a_number_cannot_show_anything(db):
    counted, empty = make_measure("COUNTED"), make_measure("EMPTY")
    make_value(counted, 610)
    twin = make_measure("TWIN", name="Counted")
    make_value(twin, 7)

    assert measures_that_show() == {counted.pk: "Counted (COUNTED)", twin.pk: "Counted (TWIN)"}
    assert empty.pk not in measures_that_show()


def test_long_evidence_of_an_update_is_named_by_its_first_words(db):
    update = make_update(UpdateStatus.ACCEPTED, by=make_bob(), known=known_by(HowKnown.AUDIT, "word\n" * 500))
    section = make_section()
    make_block(section, Kind.DIFFERENCE, items=(ItemContent("From the police.", update.pk),))

    (found,) = points(section)

    assert str(found.evidence[0]) == "An audit: " + "word " * 19 + "word …"


@pytest.mark.parametrize(
    "fields",
    [
        {"how_known": "audit"},
        {"known_from": "Peer audit"},
        {"how_known": "measure"},
        {"how_known": "measure", "known_from": "Words"},
        {"how_known": "hearsay", "known_from": "Words"},
    ],
)
def test_database_refuses_evidence_that_does_not_say_by_what(db, fields):
    block = make_block(kind=Kind.DIFFERENCE)

    with pytest.raises(IntegrityError, match="point_known_says_by_what"):
        ListItem.objects.create(block=block, order=0, text="Words", **fields)


def test_what_shows_a_point_is_not_in_the_document_that_is_signed(db):
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(ItemContent(AUDIT.text),))
    before = content_hash(assemble(section.report))

    ListItem.objects.filter(block=block).update(how_known=AUDIT.how_known, known_from=AUDIT.known_from)

    assert content_hash(assemble(section.report)) == before


# The pages


def test_section_counts_its_activity_and_names_it(client, db):
    client.force_login(make_frank())
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(AUDIT, ItemContent("We <em>met</em>."), ItemContent("Spoken.")))

    page = client.get(reverse("reports:section-detail", args=[section.pk]))

    html = page.content.decode()
    assert page.context["impact"] == Tally(3, 2)
    assert "2 of 3 points on impact have nothing linked that shows it." in html
    assert re.findall(r'<li><a class="govuk-link" href="([^"]+)">([^<]+)</a></li>', html) == [
        (f"#block-{block.pk}", "We met."),
        (f"#block-{block.pk}", "Spoken."),
    ]
    assert re.findall(r'<span class="point-remark">([^<]+)</span>', html) == [
        "An audit: Peer audit, July 2022",
        "Activity only: nothing linked shows it",
        "Activity only: nothing linked shows it",
    ]


def test_editor_of_a_section_is_led_to_the_point_itself(client, db):
    client.force_login(make_alice())
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(AUDIT, ItemContent("We met.")))

    page = client.get(reverse("reports:section-detail", args=[section.pk])).content.decode()
    form = client.get(reverse("reports:section-edit", args=[section.pk])).content.decode()

    assert f'href="{reverse("reports:section-edit", args=[section.pk])}#block-{block.pk}-rows-1"' in page
    assert f'id="block-{block.pk}-rows-1"' in form


def test_section_with_nothing_to_say_of_activity_says_nothing(client, db):
    client.force_login(make_frank())
    section = make_section()
    make_block(section, Kind.DIFFERENCE, items=(AUDIT,))

    assert 'id="activity-only"' not in client.get(reverse("reports:section-detail", args=[section.pk])).content.decode()


def test_remarks_stay_out_of_the_whole_report(client, db):
    client.force_login(make_frank())
    make_block(kind=Kind.DIFFERENCE, items=(AUDIT, ItemContent("We met.")))

    page = client.get(reverse("reports:report-preview", args=["2022-23"])).content.decode()

    assert "We met." in page
    assert "Peer audit" not in page
    assert "Activity only" not in page


def test_report_counts_the_activity_of_each_section_and_of_all(client, db):
    client.force_login(make_frank())
    report = make_report()
    first, second, _ = (make_section(report, number=number) for number in "123")
    make_block(first, Kind.DIFFERENCE, items=(AUDIT, ItemContent("We met.")))
    make_block(second, Kind.DIFFERENCE, items=(AUDIT,))

    page = client.get(reverse("reports:report-detail", args=["2022-23"]))

    assert [row.impact for row in page.context["rows"]] == [Tally(2, 1), Tally(1, 0), Tally(0, 0)]
    assert "1 of 3 points on impact has nothing linked that shows it." in page.content.decode()


@pytest.mark.parametrize("sections", [5, 20])
def test_report_page_takes_the_same_number_of_queries_for_every_size(client, db, django_assert_num_queries, sections):
    client.force_login(make_frank())
    report = make_report()
    update = make_update(UpdateStatus.ACCEPTED, by=make_bob())
    for number in range(sections):
        section = make_section(report, number=str(number))
        make_block(section, Kind.DIFFERENCE, items=(AUDIT, ItemContent("We met.", update.pk)))

    with django_assert_num_queries(43):
        client.get(reverse("reports:report-detail", args=["2022-23"]))


def save(client, section, change):
    """Post the section's form as the browser has it, with this change."""
    address = reverse("reports:section-edit", args=[section.pk])
    return client.post(address, form_of(client.get(address)) | change)


def test_how_a_point_is_known_is_written_in_the_editor(client, db):
    client.force_login(make_alice())
    measure = make_measure()
    make_value(measure, 610)
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(ItemContent("One"), ItemContent("Two"), AUDIT))
    row = f"block-{block.pk}-rows"

    save(
        client,
        section,
        {
            f"{row}-0-how_known": "feedback",
            f"{row}-0-known_from": "Survey of families",
            f"{row}-1-how_known": "measure",
            f"{row}-1-known_from": "mace CHILDREN",
            f"{row}-2-how_known": "",
            f"{row}-2-known_from": "",
        },
    )

    kept = (
        ItemContent("One", how_known="feedback", known_from="Survey of families"),
        ItemContent("Two", how_known="measure", known_measure_id=measure.pk),
        ItemContent(AUDIT.text),
    )
    assert content_of(Block.objects.get(pk=block.pk)).items == kept
    assert from_json(section.versions.first().blocks[0]).items == kept


def test_untouched_point_that_is_known_by_a_measure_stays_as_it_is(client, db):
    client.force_login(make_alice())
    measure = make_measure()
    make_value(measure, 610)
    section = make_section()
    make_block(
        section,
        Kind.DIFFERENCE,
        items=(AUDIT, ItemContent("Two", how_known="measure", known_measure_id=measure.pk)),
    )
    versions = section.versions.count()

    assert save(client, section, {}).status_code == 302
    assert section.versions.count() == versions


@pytest.mark.parametrize(
    ("kind", "words", "field", "message"),
    [
        ("audit", "", "known_from", "Say which one it was, and when."),
        ("measure", "", "known_from", "Write the name of a measure that has a figure"),
        ("measure", "No such measure", "known_from", "Write the name of a measure that has a figure"),
        ("", "Peer audit", "how_known", "Choose what kind of evidence this is."),
        ("hearsay", "Peer audit", "how_known", "Select a valid choice"),
        ("audit", "A\0B", "known_from", "Null characters are not allowed."),
        ("audit", "x" * 201, "known_from", "at most 200 characters"),
    ],
)
def test_half_of_an_answer_is_refused_beside_its_field_and_nothing_is_lost(client, db, kind, words, field, message):
    client.force_login(make_alice())
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(ItemContent("One"),))
    row = f"block-{block.pk}-rows-0"

    page = save(client, section, {f"{row}-how_known": kind, f"{row}-known_from": words, f"{row}-text": "One, changed"})

    (form,) = page.context["editors"][0].rows.initial_forms
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert f'href="#id_{row}-{field}"' in page.content.decode()
    assert (form["known_from"].value(), form["text"].value()) == (words, "One, changed")
    assert [item.text for item in content_of(Block.objects.get(pk=block.pk)).items] == ["One"]


def test_editor_marks_the_points_with_nothing_linked_and_names_what_shows_the_others(client, db):
    client.force_login(make_alice())
    section = make_section()
    make_block(section, Kind.DIFFERENCE, items=(AUDIT, ItemContent("We met.")))

    page = client.get(reverse("reports:section-edit", args=[section.pk]))

    (editor,) = page.context["editors"]
    assert [row.point.is_activity_only for row in editor.rows.initial_forms] == [False, True]
    assert page.content.decode().count("Nothing linked shows it.") == 1
    assert "An audit: Peer audit, July 2022" in page.content.decode()


def test_saving_to_add_a_point_comes_back_to_the_empty_one(client, db):
    client.force_login(make_alice())
    section = make_section()
    block = make_block(section, Kind.FOCUS, items=(ItemContent("One"), ItemContent("Two")))
    rows = f"block-{block.pk}-rows"

    response = save(client, section, {f"{rows}-2-text": "Three", "add": str(block.pk)})

    address, _, place = response.url.partition("#")
    assert (address, place) == (reverse("reports:section-edit", args=[section.pk]), f"{rows}-3")
    assert f'id="{place}"' in client.get(address).content.decode()
    assert [item.text for item in content_of(Block.objects.get(pk=block.pk)).items] == ["One", "Two", "Three"]


@pytest.mark.browser
def test_points_are_added_in_the_browser_and_saved_together(client, page, live_server, transactional_db):
    client.force_login(make_alice())
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(AUDIT,))
    page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in client.cookies.items()]
    )
    page.goto(live_server.url + reverse("reports:section-edit", args=[section.pk]))

    for words in ("Two", "Three"):
        page.get_by_role("button", name="Add a point").click()
        expect(page.get_by_role("textbox", name="Point").last).to_be_focused()
        page.keyboard.type(words)
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    page.get_by_role("button", name="Save section").click()
    page.wait_for_url(live_server.url + reverse("reports:section-detail", args=[section.pk]))

    kept = content_of(Block.objects.get(pk=block.pk)).items
    assert kept == (AUDIT, ItemContent("Two"), ItemContent("Three"))


@pytest.mark.parametrize("add", ["999999", "x", "\0"])
def test_row_for_a_block_that_is_not_there_leads_to_the_section(client, db, add):
    client.force_login(make_alice())
    section = make_section()
    make_block(section, Kind.FOCUS, items=(ItemContent("One"),))

    assert save(client, section, {"add": add}).url == reverse("reports:section-detail", args=[section.pk])


def test_section_kept_before_points_said_how_they_are_known_can_be_read(db):
    old = {"heading": "", "body": "", "source": "", "items": [{"text": "One", "update_id": None}]}

    assert from_json(old | {"quotations": [], "measures": []}).items == (ItemContent("One"),)


def test_impact_brought_in_keeps_the_evidence_of_its_update(client, db):
    client.force_login(make_alice())
    section = make_section(priority=make_priority())
    block = make_block(section, Kind.DIFFERENCE)
    known = known_by(HowKnown.AUDIT, "Peer audit, July 2022")
    shown = make_update(UpdateStatus.ACCEPTED, by=make_bob(), known=known)
    activity = make_update(UpdateStatus.ACCEPTED, by=make_bob(), agency="health")
    offered = client.get(reverse("reports:section-updates", args=[section.pk])).content.decode()

    for update in (shown, activity):
        data = {"update": update.pk, "answer": "impact", "block": block.pk}
        client.post(reverse("reports:section-bring-in", args=[section.pk]), data)

    assert offered.count("An audit: Peer audit, July 2022") == 1
    assert offered.count("The update links nothing that shows it.") == 1
    assert [list(map(str, each.evidence)) for each in points(section)] == [["An audit: Peer audit, July 2022"], []]


@pytest.mark.parametrize("updates", [1, 3])
def test_updates_are_offered_in_the_same_number_of_queries(client, db, django_assert_num_queries, updates):
    client.force_login(make_alice())
    section = make_section(priority=make_priority())
    known = known_by(HowKnown.AUDIT, "Peer audit, July 2022")
    for agency in ("police", "health", "council")[:updates]:
        make_update(UpdateStatus.ACCEPTED, by=make_bob(), agency=agency, known=known)

    with django_assert_num_queries(12):
        client.get(reverse("reports:section-updates", args=[section.pk]))


@pytest.mark.parametrize("rows", [1, 3])
def test_form_of_a_section_takes_the_same_number_of_queries_for_every_size(client, db, django_assert_num_queries, rows):
    client.force_login(make_alice())
    section = make_section()
    make_block(section, Kind.DIFFERENCE, items=(AUDIT,) * rows)

    with django_assert_num_queries(37):
        client.get(reverse("reports:section-edit", args=[section.pk]))
