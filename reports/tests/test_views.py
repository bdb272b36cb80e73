import re
from urllib.parse import urlencode

import lxml.html
import pytest
from django.urls import reverse

from partnership.tests.factories import make_alice, make_bob, make_erin, make_frank, make_period
from priorities.choices import UpdateStatus
from priorities.tests.factories import make_measure, make_priority, make_update, make_value
from reports import publishing
from reports.actions import BlockSave, save_section
from reports.choices import Kind, PublicationStatus
from reports.content import BlockContent, ItemContent, content_of
from reports.models import Block, Publication
from reports.tests.factories import make_block, make_report, make_section, write


def form_of(page):
    """What a browser would post back from a section's page that nobody touched."""
    data = {}
    for editor in page.context["editors"]:
        management = [editor.rows.management_form] if editor.rows else []
        for form in [*editor.forms, editor.started, *management]:
            for field in form:
                value = field.value()
                if value is not None and value is not False:
                    data[field.html_name] = value
        data[editor.end_name] = "1"
    return data


def edit_page(client, section):
    return client.get(reverse("reports:section-edit", args=[section.pk]))


def save(client, section, data):
    return client.post(reverse("reports:section-edit", args=[section.pk]), data)


def stored(block):
    return content_of(Block.objects.get(pk=block.pk))


def test_untouched_page_changes_nothing(client, db):
    client.force_login(make_alice())
    section = make_section()
    make_block(section, heading="Heading", body="<p>One <strong>two</strong></p>\n<ul><li>three</li></ul>")
    make_block(section, Kind.BARRIERS, items=(ItemContent("First"), ItemContent("Second <em>point</em>")))
    versions = section.versions.count()

    response = save(client, section, form_of(edit_page(client, section)))

    assert response.status_code == 302
    assert section.versions.count() == versions


def test_pages_of_a_section_lead_to_the_records_that_its_blocks_are_drawn_from(client, db):
    section = make_section()
    for kind in (Kind.TEXT, Kind.INSPECTIONS, Kind.THEMES, Kind.INSPECTIONS):
        make_block(section, kind)
    inspections, themes = reverse("reviews:inspection-list"), reverse("reviews:theme-list")
    client.force_login(make_alice())

    read = client.get(reverse("reports:section-detail", args=[section.pk])).content.decode()
    edit = edit_page(client, section).content.decode()

    assert re.findall(rf'href="({inspections}|{themes})">(.*?)</a>', read) == [
        (inspections, "inspections"),
        (themes, "themes over the years"),
    ]
    assert re.findall(rf'href="({inspections}|{themes})">(.*?)</a>', edit) == [
        (inspections, "Change the records of inspections"),
        (themes, "Change the records of themes over the years"),
        (inspections, "Change the records of inspections"),
    ]


def test_who_only_reads_a_section_is_not_sent_to_the_records(client, db):
    block = make_block(kind=Kind.INSPECTIONS)
    client.force_login(make_frank())

    page = client.get(reverse("reports:section-detail", args=[block.section.pk])).content.decode()

    assert "No inspection began in 2022/23." in page
    assert "Parts of this section are drawn from records" not in page


def test_note_of_a_block_of_records_is_kept(client, db):
    client.force_login(make_alice())
    block = make_block(kind=Kind.THEMES, heading="Which themes return")
    data = form_of(edit_page(client, block.section))

    save(client, block.section, data | {f"block-{block.pk}-source": "Years before 2020 are illustrative."})

    assert stored(block).source == "Years before 2020 are illustrative."


def test_typed_text_is_cleaned_and_kept(client, db):
    client.force_login(make_alice())
    block = make_block(body="<p>Old</p>")
    data = form_of(edit_page(client, block.section))

    save(client, block.section, data | {f"block-{block.pk}-body": "<p onclick='x()'>New</p><script>alert(1)</script>"})

    assert stored(block).body == "<p>New</p>"


def test_points_can_be_added_moved_and_removed(client, db):
    client.force_login(make_alice())
    block = make_block(kind=Kind.FOCUS, items=(ItemContent("One"), ItemContent("Two"), ItemContent("Three")))
    rows = f"block-{block.pk}-rows"
    data = form_of(edit_page(client, block.section))

    save(
        client,
        block.section,
        data | {f"{rows}-0-ORDER": "9", f"{rows}-1-DELETE": "on", f"{rows}-3-text": "Four", f"{rows}-3-ORDER": "4"},
    )

    assert [item.text for item in stored(block).items] == ["Three", "Four", "One"]


def test_stale_save_is_refused_and_shows_both_texts(client, db):
    block = make_block(body="<p>Old</p>")
    client.force_login(make_alice())
    data = form_of(edit_page(client, block.section))
    write(block, BlockContent(body="<p>What Erin wrote</p>"), by=make_erin())
    mine = data | {f"block-{block.pk}-body": "<p>What Alice wrote</p>"}

    refused = save(client, block.section, mine)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert stored(block).body == "<p>What Erin wrote</p>"
    assert "you and Erin changed the same words" in page
    assert "What Alice wrote" in page
    again = save(client, block.section, form_of(refused))
    assert (again.status_code, stored(block).body) == (302, "<p>What Alice wrote</p>")


def test_a_block_that_somebody_else_changed_is_left_alone_by_who_did_not_touch_it(client, db):
    section = make_section()
    mine, theirs = make_block(section, body="<p>Mine</p>"), make_block(section, body="<p>Theirs</p>")
    client.force_login(make_alice())
    data = form_of(edit_page(client, section))
    write(theirs, BlockContent(body="<p>Theirs, changed</p>"), by=make_erin())

    response = save(client, section, data | {f"block-{mine.pk}-body": "<p>Mine, changed</p>"})

    assert response.status_code == 302
    assert (stored(mine).body, stored(theirs).body) == ("<p>Mine, changed</p>", "<p>Theirs, changed</p>")


def test_error_in_a_block_keeps_everything_typed(client, db):
    client.force_login(make_alice())
    section = make_section()
    text, quotes = make_block(section, body="<p>Old</p>"), make_block(section, Kind.QUOTES)
    data = form_of(edit_page(client, section))

    response = save(
        client,
        section,
        data
        | {
            f"block-{text.pk}-body": "<p>Typed</p>",
            f"block-{quotes.pk}-rows-0-attribution": "A parent",
            f"block-{quotes.pk}-rows-0-text": "",
        },
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Edit" in page
    assert f'href="#id_block-{quotes.pk}-rows-0-text"' in page
    assert 'value="A parent"' in page
    assert "&lt;p&gt;Typed&lt;/p&gt;" in page
    assert stored(text).body == "<p>Old</p>"


@pytest.mark.parametrize("rows", [1, 3])
def test_section_page_takes_the_same_number_of_queries_for_every_size(client, db, django_assert_num_queries, rows):
    client.force_login(make_frank())
    section = make_section()
    for number in range(rows):
        make_block(section, body=f"<p>{number}</p>", items=(ItemContent("x"),))

    with django_assert_num_queries(43):
        client.get(reverse("reports:section-detail", args=[section.pk]))


def test_accepted_update_is_offered_and_says_where_it_is_used(client, db):
    client.force_login(make_alice())
    section = make_section(priority=make_priority())
    update = make_update(UpdateStatus.ACCEPTED, by=make_bob())
    make_update(UpdateStatus.SUBMITTED, agency="health", by=make_bob())
    block = make_block(section, Kind.DIFFERENCE)
    data = {"update": update.pk, "answer": "impact", "block": block.pk}

    client.post(reverse("reports:section-bring-in", args=[section.pk]), data)
    page = client.get(reverse("reports:section-updates", args=[section.pk]))

    assert stored(block).items == (ItemContent(update.answer("impact"), update.pk),)
    assert [(offer["update"], list(offer["used"])) for offer in page.context["offers"]] == [
        (update, ["What difference have we made?"])
    ]


@pytest.mark.parametrize("change", [{"update": "abc"}, {"answer": "status"}, {"block": ""}])
def test_bringing_in_what_is_not_offered_is_refused(client, db, change):
    client.force_login(make_alice())
    section = make_section(priority=make_priority())
    update = make_update(UpdateStatus.ACCEPTED, by=make_bob())
    block = make_block(section, Kind.DIFFERENCE)
    data = {"update": update.pk, "answer": "impact", "block": block.pk} | change

    response = client.post(reverse("reports:section-bring-in", args=[section.pk]), data, follow=True)

    assert "This text can no longer be brought in" in response.content.decode()
    assert stored(block).items == ()


def test_figure_search_finds_by_any_word_and_offers_what_can_be_shown(client, db):
    client.force_login(make_alice())
    measure = make_measure("MACE_CHILDREN", name="Children discussed at panels")
    make_value(measure, 508, period=make_period("2021-22"))
    make_value(measure, 610)
    make_value(make_measure("OTHER"), 7)

    found = client.get(reverse("reports:figure-search"), {"q": "panels county"}).json()["results"]

    assert [(result["code"], result["period"]) for result in found] == [
        ("MACE_CHILDREN", "2022-23"),
        ("MACE_CHILDREN", "2021-22"),
    ]
    assert [(show["show"], show["text"]) for show in found[0]["shows"]] == [
        ("value", "610"),
        ("change", "102"),
        ("percent-change", "20%"),
    ]


def test_figure_texts_are_looked_up_and_unknown_ones_left_out(client, db):
    client.force_login(make_alice())
    make_value(make_measure("MACE_CHILDREN"), 610)
    codes = "MACE_CHILDREN:2022-23:value,NOWHERE:2022-23:value,nonsense"

    texts = client.get(reverse("reports:figure-search"), {"codes": codes}).json()["texts"]

    assert texts == {
        "MACE_CHILDREN:2022-23:value": {
            "text": "610",
            "label": "Mace children, 2022/23",
            "about": "County · A return · Agreed",
        }
    }


def test_figure_search_finds_what_reads_as_a_number_before_what_is_called_so(client, db):
    client.force_login(make_alice())
    make_value(make_measure("MACE_CHILDREN"), 1_610)
    make_value(make_measure("SECTION_1610", name="Section 1,610"), 7)
    make_value(make_measure("OTHER"), 16)

    def found(words):
        results = client.get(reverse("reports:figure-search"), {"q": words}).json()["results"]
        return [result["code"] for result in results]

    assert found("1,610") == ["MACE_CHILDREN", "SECTION_1610"]
    assert found("1610") == ["MACE_CHILDREN", "SECTION_1610"]
    assert found("161") == ["SECTION_1610"]


def test_a_contributor_finds_figures_for_the_section_they_write(client, db):
    client.force_login(make_bob())
    make_value(make_measure("MACE_CHILDREN"), 610)

    found = client.get(reverse("reports:figure-search"), {"q": "mace"}).json()["results"]

    assert [result["code"] for result in found] == ["MACE_CHILDREN"]


def test_asking_twice_for_the_pdf_leads_to_the_same_job_and_looking_does_not_enqueue(
    client, db, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr("reports.tasks.render_publication.delay", rung.append)
    client.force_login(make_frank())
    make_block(body="<p>Words</p>")
    make = reverse("reports:publication-make", args=["2022-23"])

    with django_capture_on_commit_callbacks(execute=True):
        first, second = client.post(make), client.post(make)
        for _ in range(3):
            client.get(first.url, headers={"HX-Request": "true"})

    publication = Publication.objects.get()
    assert first.url == second.url == reverse("reports:publication-detail", args=[publication.pk])
    assert set(rung) == {publication.pk}
    assert len(rung) == 2


def test_failed_job_says_why_and_can_be_tried_again(client, db):
    frank = make_frank()
    client.force_login(frank)
    block = make_block(body="<p>Words</p>")
    publication = publishing.ask_for_publication(report=block.section.report, by=frank)
    publishing.give_up(publishing.claim(publication.pk), "The report is too large.")

    page = client.get(reverse("reports:publication-detail", args=[publication.pk])).content.decode()
    client.post(reverse("reports:publication-retry", args=[publication.pk]))

    assert "The report is too large." in page
    assert Publication.objects.get().status == PublicationStatus.QUEUED


def test_downloaded_file_has_the_reports_name(client, db):
    frank = make_frank()
    client.force_login(frank)
    block = make_block(body="<p>Words</p>")
    publication = publishing.ask_for_publication(report=block.section.report, by=frank)
    publishing.keep_file(publishing.claim(publication.pk), b"%PDF-")

    response = client.get(reverse("reports:publication-download", args=[publication.pk]))

    assert response.headers["Content-Disposition"] == 'attachment; filename="annual-report-2022-23.pdf"'
    assert b"".join(response.streaming_content) == b"%PDF-"


def test_measure_page_says_where_the_report_shows_it(client, db):
    client.force_login(make_frank())
    make_value(make_measure("MACE_CHILDREN"), 610)
    report = make_report()
    token = '<span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span>'
    shows, does_not = make_section(report, number="1"), make_section(report, number="2")
    make_block(shows, body=f"<p>{token}</p>")
    make_block(does_not, body="<p>Nothing</p>")

    page = client.get(reverse("reports:measure-detail", args=["MACE_CHILDREN"]))

    assert [place.section for place in page.context["places"]] == [shows]


def test_version_of_a_section_can_be_read(client, db):
    client.force_login(make_frank())
    block = make_block(body="<p>First words</p>")
    save_section(
        section=block.section,
        saves={block.pk: BlockSave(block.version, BlockContent(body="<p>Second words</p>"))},
        by=make_alice(),
    )

    page = client.get(reverse("reports:section-version", args=[block.section.pk, 1])).content.decode()

    assert "First words" in page
    assert "Second words" not in page


def test_point_brought_in_while_the_page_was_open_is_kept_and_not_taken_for_a_row_of_the_page(client, db):
    section = make_section()
    block = make_block(section, Kind.DIFFERENCE, items=(ItemContent("One"),))
    client.force_login(make_alice())
    data = form_of(edit_page(client, section))
    write(block, BlockContent(items=(ItemContent("One"), ItemContent("Erin's"))), by=make_erin())

    response = save(client, section, data | {f"block-{block.pk}-rows-0-text": "One, changed"})

    assert response.status_code == 302
    assert [item.text for item in stored(block).items] == ["One, changed", "Erin's"]


def test_origin_of_a_point_is_not_believed(client, db):
    client.force_login(make_alice())
    block = make_block(kind=Kind.FOCUS, items=(ItemContent("One"),))
    draft = make_update(UpdateStatus.DRAFT, by=make_bob())
    data = form_of(edit_page(client, block.section))

    save(
        client,
        block.section,
        data | {f"block-{block.pk}-rows-0-update_id": str(draft.pk), f"block-{block.pk}-rows-0-text": "Two"},
    )

    assert stored(block).items == (ItemContent("Two"),)


@pytest.mark.parametrize("text", ["\n\n".join(["word"] * 101), "w" * 4001])
def test_text_that_the_form_could_not_hold_is_not_brought_in(client, db, text):
    client.force_login(make_alice())
    section = make_section(priority=make_priority())
    update = make_update(UpdateStatus.ACCEPTED, by=make_bob(), answers={"impact": text})
    block = make_block(section, Kind.DIFFERENCE)
    data = {"update": update.pk, "answer": "impact", "block": block.pk}

    response = client.post(reverse("reports:section-bring-in", args=[section.pk]), data, follow=True)

    assert "Copy what you need from the update" in response.content.decode()
    assert stored(block).items == ()


@pytest.mark.parametrize("query", [{"q": "\0"}, {"codes": "\0:a:b"}, {"q": "word " * 2000}])
def test_search_answers_whatever_is_typed(client, db, query):
    client.force_login(make_alice())
    make_value(make_measure("MACE_CHILDREN"), 610)

    assert set(client.get(reverse("reports:figure-search"), query).json()) in ({"results"}, {"texts"})


def test_pages_of_people_who_are_signed_in_are_kept_nowhere(client, db):
    client.force_login(make_alice())
    section = make_section()

    assert (
        client.get(reverse("reports:section-detail", args=[section.pk])).headers["Cache-Control"] == "private, no-store"
    )


@pytest.mark.parametrize("letter", ["x ", "é"])
def test_a_paste_of_two_megabytes_is_refused_beside_its_field(client, db, letter):
    client.force_login(make_alice())
    block = make_block(body="<p>Words</p>")
    address = reverse("reports:section-edit", args=[block.section_id])
    page = lxml.html.fromstring(client.get(address).content)
    form = next(form for form in page.forms if f"block-{block.pk}-body" in form.fields)
    sent = {name: value or "" for name, value in form.fields.items()}
    sent[f"block-{block.pk}-body"] = "<p>" + letter * (2_000_000 // len(letter.encode())) + "</p>"

    answer = client.post(address, urlencode(sent), content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert "Text must be 1,000,000 characters or fewer." in answer.content.decode()
    assert stored(block).body == "<p>Words</p>"


@pytest.mark.parametrize(("make", "may"), [(make_alice, True), (make_bob, False)])
def test_a_missing_value_is_named_in_words_and_leads_those_who_may_to_enter_it(client, db, make, may):
    client.force_login(make())
    make_measure("MACE_CHILDREN", name="Children discussed")
    token = '<span data-figure="MACE_CHILDREN" data-period="2022-23" data-show="value"></span>'
    block = make_block(body=f"<p>{token}</p>")

    page = client.get(reverse("reports:section-detail", args=[block.section.pk]))

    assert [each.message for each in page.context["problems"]] == [
        "There is no value of Children discussed for 2022/23."
    ]
    links = lxml.html.fromstring(page.content).xpath('//*[@id="problems"]//a/@href')
    assert links == (["/measures/MACE_CHILDREN/record-value/?period=2022-23"] if may else [])
