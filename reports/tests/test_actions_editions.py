from dataclasses import replace
from datetime import date
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from partnership import actions as partnership_actions
from partnership.models import AuditEvent, ReportingPeriod
from partnership.states import WrongState
from partnership.tests.factories import make_agency, make_dana, make_erin, make_frank, make_person
from priorities.tests.factories import make_measure, make_value
from reports import actions
from reports.assemble import assemble
from reports.choices import (
    EDITION_TRANSITIONS,
    REPORT_TRANSITIONS,
    EditionStatus,
    Format,
    Kind,
    PlaceKind,
    ReportStatus,
    SignatureStatus,
    SigningOrder,
    Variant,
)
from reports.content import content_of
from reports.document import content_hash, from_json, signed_hash, to_json
from reports.models import AnnualReport, Block, Edition, Publication, Signature
from reports.retelling import retold
from reports.signing import frozen, has_changed, what_changed
from reports.tests.factories import (
    make_block,
    make_change,
    make_edition,
    make_published_edition,
    make_report,
    make_report_to_sign,
    make_retold_report,
    make_section,
    make_signed_edition,
    write,
)


def of_partner(edition):
    return edition.signatures.get(kind=PlaceKind.PARTNER)


def of_chair(edition):
    return edition.signatures.get(kind=PlaceKind.CHAIR)


def period_of(edition):
    return ReportingPeriod.objects.get(pk=edition.report.period_id)


def states(edition):
    edition = Edition.objects.select_related("report").get(pk=edition.pk)
    return edition.status, edition.report.status


def signatures_in(document):
    return [(each.name, each.signed_on) for block in document.sections[-1].blocks for each in block.signatures]


# Sign-off


def test_sign_off_freezes_the_report_and_asks_everybody_with_a_place(db):
    edition = make_edition()

    assert states(edition) == (EditionStatus.IN_SIGN_OFF, ReportStatus.IN_SIGN_OFF)
    assert edition.document == to_json(assemble(edition.report))
    assert [(each.post, each.status) for each in edition.signatures.all()] == [
        ("Head of council", SignatureStatus.AWAITED),
        ("Head of board", SignatureStatus.AWAITED),
    ]


def test_report_that_nobody_is_to_sign_is_not_put_to_sign_off(db):
    report = make_report()
    actions.add_signing_place(
        report=report, agency=make_agency("board"), post="Chair", kind=PlaceKind.CHAIR, by=make_erin()
    )

    with pytest.raises(WrongState, match="who signs"):
        make_edition(report)

    assert AnnualReport.objects.get().status == ReportStatus.DRAFTING


def test_who_signs_cannot_be_changed_during_sign_off(db):
    edition = make_edition()

    with pytest.raises(WrongState, match="who signs it can no longer be changed"):
        actions.add_signing_place(report=edition.report, agency=make_agency(), post="Chief", by=make_erin())
    with pytest.raises(WrongState, match="who signs it can no longer be changed"):
        actions.remove_signing_place(place=edition.report.signing_places.first(), by=make_erin())


def test_signature_binds_name_post_time_and_hash(db):
    edition = make_edition()
    dana = make_dana()

    given = actions.give_signature(signature=of_partner(edition), name="Dana Dee", by=dana)

    assert (given.name, given.post, given.acted_by, given.signed_hash, given.is_on_paper) == (
        "Dana Dee",
        "Head of council",
        dana,
        signed_hash(assemble(edition.report)),
        False,
    )
    assert given.acted_at
    assert AuditEvent.objects.get(verb="signature.given").detail == f"Dana Dee, {edition.signed_hash[:16]}"


def test_last_signature_makes_the_report_signed_and_closes_the_year(db):
    edition = make_edition()

    actions.give_signature(signature=of_partner(edition), name="Dana", by=make_dana())

    assert states(edition) == (EditionStatus.SIGNED, ReportStatus.SIGNED)
    assert period_of(edition).closed_at


def test_signing_changes_nothing_of_what_was_signed(db):
    edition = make_edition()

    actions.give_signature(signature=of_partner(edition), name="Dana", by=make_dana())

    assert not has_changed(edition)
    assert Edition.objects.get().document == edition.document


def test_signature_on_paper_is_recorded_with_the_day_on_it(db):
    edition = make_edition()
    erin = make_erin()

    given = actions.record_signature(signature=of_partner(edition), name="Dana", signed_on=date(2023, 11, 14), by=erin)

    assert (given.is_on_paper, given.signed_on, given.acted_by) == (True, date(2023, 11, 14), erin)
    assert AuditEvent.objects.get(verb="signature.recorded").detail == "On paper: Dana, 14 November 2023"


def test_nobody_signs_twice(db):
    edition = make_edition()
    at_one_desk, at_another = of_partner(edition), of_partner(edition)
    actions.give_signature(signature=at_one_desk, name="Dana", by=make_dana())

    with pytest.raises(WrongState):
        actions.give_signature(signature=at_another, name="Dora", by=make_dana())

    assert of_partner(edition).name == "Dana"


def make_edition_of_two(order):
    report = make_report_to_sign()
    actions.add_signing_place(report=report, agency=make_agency("police"), post="Chief", by=make_erin())
    return make_edition(report, order=order)


def test_report_is_signed_by_the_last_of_the_partners_and_not_before(db):
    edition = make_edition_of_two(SigningOrder.IN_PARALLEL)
    first, second = edition.signatures.filter(kind=PlaceKind.PARTNER)

    actions.give_signature(signature=second, name="Grace", by=make_dana())
    after_one = states(edition)
    actions.give_signature(signature=first, name="Dana", by=make_dana())

    assert after_one == (EditionStatus.IN_SIGN_OFF, ReportStatus.IN_SIGN_OFF)
    assert states(edition) == (EditionStatus.SIGNED, ReportStatus.SIGNED)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="The test database of SQLite is in one connection")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_the_same_moment_one_is_the_last():
    edition = make_edition_of_two(SigningOrder.IN_PARALLEL)
    first, second = edition.signatures.filter(kind=PlaceKind.PARTNER)
    dana, grace = make_dana(), make_person("Grace", "signatory", "police")

    def sign_too():
        actions.give_signature(signature=second, name="Grace", by=grace)
        connection.close()

    thread = Thread(target=sign_too)
    with transaction.atomic():
        actions.give_signature(signature=first, name="Dana", by=dana)
        thread.start()
        thread.join(timeout=1)  # who signs second waits for the first
    thread.join()

    assert states(edition) == (EditionStatus.SIGNED, ReportStatus.SIGNED)
    assert AuditEvent.objects.filter(verb="edition.signed").count() == 1


def test_in_order_the_second_waits_for_the_first(db):
    edition = make_edition_of_two(SigningOrder.IN_ORDER)
    first, second = edition.signatures.filter(kind=PlaceKind.PARTNER)

    with pytest.raises(WrongState, match="Head of council, County Council signs first"):
        actions.give_signature(signature=second, name="Grace", by=make_dana())
    actions.give_signature(signature=first, name="Dana", by=make_dana())

    assert actions.give_signature(signature=second, name="Grace", by=make_dana()).name == "Grace"


def test_who_refuses_says_why_and_may_sign_after_all(db):
    edition = make_edition()
    dana = make_dana()

    refused = actions.refuse_signature(signature=of_partner(edition), reason="Chapter 3 is wrong.", by=dana)
    state_of_refused = states(edition)
    actions.give_signature(signature=refused, name="Dana", by=dana)

    assert refused.reason == "Chapter 3 is wrong."
    assert state_of_refused == (EditionStatus.IN_SIGN_OFF, ReportStatus.IN_SIGN_OFF)
    assert states(edition) == (EditionStatus.SIGNED, ReportStatus.SIGNED)


def test_nobody_waits_for_the_chair_who_may_still_comment_on_what_is_signed(db):
    edition = make_signed_edition()

    made = actions.make_statement(signature=of_chair(edition), name="Frank", comment="A fair picture.", by=make_frank())

    assert (made.status, made.comment) == (SignatureStatus.GIVEN, "A fair picture.")
    assert states(edition) == (EditionStatus.SIGNED, ReportStatus.SIGNED)


# Void


def test_changed_comma_voids_the_signatures_and_opens_the_year_again(db):
    edition = make_signed_edition()
    make_change(edition.report)

    is_void = actions.void_if_changed(edition=edition)

    assert is_void
    assert states(edition) == (EditionStatus.VOID, ReportStatus.DRAFTING)
    assert not period_of(edition).closed_at


def test_sweep_voids_what_changed_and_leaves_the_rest(db):
    changed, same = make_edition(), make_edition(make_report_to_sign("2023-24"))
    make_change(changed.report)

    actions.void_what_changed()

    assert [states(changed)[0], states(same)[0]] == [EditionStatus.VOID, EditionStatus.IN_SIGN_OFF]


def test_changed_record_voids_too(db):
    report = make_report_to_sign()
    measure = make_measure("MISSING")
    value = make_value(measure, 610)
    token = f'<span data-figure="{measure.code}" data-period="{value.period.code}" data-show="value"></span>'
    make_block(make_section(report, number="3"), body=f"<p>We saw {token} children.</p>")
    edition = make_edition(report)

    make_value(measure, 611)

    assert actions.void_if_changed(edition=edition)


@pytest.mark.parametrize("verb", ["give", "record", "refuse", "state", "publish"])
def test_nothing_is_signed_or_published_that_the_report_no_longer_says(db, verb):
    edition = make_signed_edition() if verb == "publish" else make_edition()
    make_change(edition.report)
    verbs = {
        "give": lambda: actions.give_signature(signature=of_partner(edition), name="Dana", by=make_dana()),
        "record": lambda: actions.record_signature(
            signature=of_partner(edition), name="Dana", signed_on=date(2023, 9, 1), by=make_erin()
        ),
        "refuse": lambda: actions.refuse_signature(signature=of_partner(edition), reason="No.", by=make_dana()),
        "state": lambda: actions.make_statement(signature=of_chair(edition), name="Frank", comment="", by=make_frank()),
        "publish": lambda: actions.publish_edition(edition=edition, by=make_erin()),
    }

    with pytest.raises(WrongState, match="has changed since it was put to sign-off"):
        verbs[verb]()


def test_those_who_signed_are_told_that_it_no_longer_holds(db, mailoutbox, django_capture_on_commit_callbacks):
    edition = make_edition()
    dana = make_dana()
    actions.give_signature(signature=of_partner(edition), name="Dana", by=dana)
    make_change(edition.report)

    with django_capture_on_commit_callbacks(execute=True):
        actions.void_if_changed(edition=edition)

    assert [(each.to, each.subject) for each in mailoutbox] == [
        ([dana.email], "Your signature no longer holds: Annual report 2022/23")
    ]
    assert [each.edition for each in Signature.objects.voided_for(dana)] == [edition]


def test_those_whose_turn_it_is_are_asked(db, mailoutbox, django_capture_on_commit_callbacks):
    report = make_report_to_sign()
    dana, frank = make_dana(), make_frank()

    with django_capture_on_commit_callbacks(execute=True):
        make_edition(report)

    assert [each.to for each in mailoutbox] == [[dana.email], [frank.email]]
    assert [each.post for each in Signature.objects.awaiting(dana)] == ["Head of council"]
    assert [each.post for each in Signature.objects.awaiting(frank)] == ["Head of board"]
    assert list(Signature.objects.awaiting(make_erin())) == []


def test_what_was_taken_back_is_void_with_the_reason_and_its_number_is_free(db):
    edition = make_signed_edition()

    taken_back = actions.take_back_edition(edition=edition, reason="A chapter is missing.", by=make_erin())
    again = make_edition(edition.report)

    assert (taken_back.status, taken_back.reason) == (EditionStatus.VOID, "A chapter is missing.")
    assert (taken_back.number, again.number) == (1, 1)
    assert not Signature.objects.voided_for(make_dana()).exists()


# Publishing


def test_published_report_is_the_frozen_one_with_the_signatures_filled_in(db):
    edition = make_published_edition()

    document = from_json(edition.published)

    assert states(edition) == (EditionStatus.PUBLISHED, ReportStatus.PUBLISHED)
    assert document.status == "Published"
    assert signatures_in(document) == [("Dana", "1 September 2023"), ("", "")]
    assert signed_hash(document) == edition.signed_hash


def test_publishing_has_every_format_made_from_what_was_published(db):
    edition = make_published_edition()

    files = edition.files.order_by("format")

    assert sorted(each.format for each in files) == sorted(Format.values)
    assert {(each.document, each.content_hash) for each in files} == {
        (edition.published, content_hash(from_json(edition.published)))
    }


def test_record_changed_after_freezing_changes_nothing_published(db):
    edition = make_published_edition()
    as_published = edition.published
    make_change(edition.report)

    actions.void_what_changed()

    assert Edition.objects.get().published == as_published
    assert Publication.objects.filter(edition=edition).values_list("document", flat=True)[0] == as_published
    assert states(edition) == (EditionStatus.PUBLISHED, ReportStatus.PUBLISHED)


def test_corrected_version_supersedes_the_one_before_which_stays(db):
    first = make_published_edition()
    as_published = first.published
    actions.begin_correction(report=first.report, by=make_erin())
    make_change(first.report)

    second = make_signed_edition(make_edition(first.report, correction_note="The comma in chapter 1."))
    actions.publish_edition(edition=second, by=make_erin())

    first.refresh_from_db()
    second.refresh_from_db()
    assert [(each.number, each.status) for each in (first, second)] == [
        (1, EditionStatus.SUPERSEDED),
        (2, EditionStatus.PUBLISHED),
    ]
    assert first.published == as_published
    assert from_json(second.published).status == "Published, version 2"


def test_correction_opens_the_year_and_needs_a_note(db):
    edition = make_published_edition()

    actions.begin_correction(report=edition.report, by=make_erin())
    is_open = period_of(edition).closed_at is None

    with pytest.raises(WrongState, match="Say what this version corrects"):
        make_edition(edition.report)
    assert is_open
    assert signatures_in(assemble(AnnualReport.objects.get())) == [("", ""), ("", "")]


def test_withdrawn_version_stays_and_says_why(db):
    edition = make_published_edition()

    withdrawn = actions.withdraw_edition(edition=edition, reason="A child could be recognised.", by=make_erin())

    assert states(edition) == (EditionStatus.WITHDRAWN, ReportStatus.WITHDRAWN)
    assert (withdrawn.reason, withdrawn.published) == ("A child could be recognised.", edition.published)


def test_withdrawing_an_earlier_version_leaves_the_later_published(db):
    first = make_published_edition()
    actions.begin_correction(report=first.report, by=make_erin())
    second = make_signed_edition(make_edition(first.report, correction_note="A comma."))
    actions.publish_edition(edition=second, by=make_erin())

    actions.withdraw_edition(edition=first, reason="Wrong.", by=make_erin())

    assert states(first) == (EditionStatus.WITHDRAWN, ReportStatus.PUBLISHED)


# Every status × every verb

REACH = {
    EditionStatus.IN_SIGN_OFF: lambda: make_edition(),
    EditionStatus.SIGNED: lambda: make_signed_edition(),
    EditionStatus.PUBLISHED: lambda: make_published_edition(),
    EditionStatus.VOID: lambda: actions.take_back_edition(edition=make_edition(), reason="Wrong.", by=make_erin()),
    EditionStatus.WITHDRAWN: lambda: actions.withdraw_edition(
        edition=make_published_edition(), reason="Wrong.", by=make_erin()
    ),
}
ACT = {
    "give": lambda edition: actions.give_signature(signature=of_partner(edition), name="Dana", by=make_dana()),
    "refuse": lambda edition: actions.refuse_signature(signature=of_partner(edition), reason="No.", by=make_dana()),
    "record": lambda edition: actions.record_signature(
        signature=of_partner(edition), name="Dana", signed_on=date(2023, 9, 1), by=make_erin()
    ),
    "state": lambda edition: actions.make_statement(
        signature=of_chair(edition), name="Frank", comment="", by=make_frank()
    ),
    "take back": lambda edition: actions.take_back_edition(edition=edition, reason="Wrong.", by=make_erin()),
    "publish": lambda edition: actions.publish_edition(edition=edition, by=make_erin()),
    "withdraw": lambda edition: actions.withdraw_edition(edition=edition, reason="Wrong.", by=make_erin()),
    "correct": lambda edition: actions.begin_correction(report=edition.report, by=make_erin()),
    "send": lambda edition: actions.send_for_sign_off(
        report=edition.report, correction_note="A comma.", by=make_erin()
    ),
}
ALLOWED = {
    EditionStatus.IN_SIGN_OFF: {"give", "refuse", "record", "state", "take back"},
    EditionStatus.SIGNED: {"state", "take back", "publish"},
    EditionStatus.PUBLISHED: {"withdraw", "correct"},
    EditionStatus.VOID: {"send"},
    EditionStatus.WITHDRAWN: {"correct"},
}


@pytest.mark.parametrize("verb", ACT)
@pytest.mark.parametrize("status", REACH)
def test_each_verb_works_in_its_states_and_is_refused_in_the_others(db, status, verb):
    edition = REACH[status]()
    before = states(edition)

    try:
        with transaction.atomic():
            ACT[verb](edition)
        is_done = True
    except WrongState:
        is_done = False

    assert is_done == (verb in ALLOWED[status])
    if not is_done:
        assert states(edition) == before


def test_tables_of_states_name_every_state():
    assert set(EDITION_TRANSITIONS) == set(EditionStatus)
    assert set(REPORT_TRANSITIONS) == set(ReportStatus)


def test_report_has_one_edition_in_sign_off(db):
    edition = make_edition()

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            report=edition.report, number=2, document="{}", signed_hash="0" * 64, frozen_by=make_erin()
        )


def test_frozen_document_shows_who_has_signed_by_now(db):
    edition = make_edition()
    actions.give_signature(signature=of_partner(edition), name="Dana", by=make_dana())

    document = frozen(edition)

    assert document.status == "Final draft"
    assert [name for name, _ in signatures_in(document)] == ["Dana", ""]


def test_closing_the_year_does_not_void_the_report_that_closed_it(db):
    report = make_report_to_sign()
    make_block(make_section(report, number="3"), Kind.PRACTICE_REVIEWS)
    make_block(make_section(report, number="4"), Kind.CHILD_DEATHS)

    edition = make_signed_edition(make_edition(report))

    assert not actions.void_if_changed(edition=edition)


def test_reopened_year_can_be_closed_again_by_signing(db):
    edition = make_signed_edition()
    actions.take_back_edition(edition=edition, reason="Wrong.", by=make_erin())

    again = make_signed_edition(make_edition(edition.report))

    assert period_of(again).closed_at


def test_other_partner_of_the_same_agency_may_sign_for_it(db):
    edition = make_edition()
    deputy = make_person("Grace", "signatory", "council")
    partnership_actions.close_account(user=make_dana(), by=make_erin())

    assert [each.post for each in Signature.objects.awaiting(deputy)] == ["Head of council"]
    assert edition.signatures.of(deputy).count() == 1


# The short version and the children's version


def test_changed_comma_of_the_short_version_voids_the_signatures(db):
    edition = make_signed_edition(make_edition(make_retold_report()))
    block = Block.objects.get(heading="In short")

    write(block, replace(content_of(block), body=block.body.replace(",", "")), by=make_erin())

    assert actions.void_if_changed(edition=edition)
    again = make_edition(edition.report)
    assert [each.title for each in what_changed(edition, again)] == ["In short (short version)"]


def test_signatures_in_a_retelling_are_no_change_of_it(db):
    report = make_report_to_sign()
    signatures = Block.objects.get(kind=Kind.SIGNATURES)
    actions.mark_block(block=signatures, variant=Variant.SHORT, is_in=True, by=make_erin())

    edition = make_signed_edition(make_edition(report))

    assert not has_changed(edition)


def test_publishing_makes_a_file_of_each_retelling_from_what_was_published(db):
    edition = make_published_edition(report=make_retold_report())

    files = edition.files.exclude(variant=Variant.REPORT).order_by("pk")

    assert [(file.variant, file.format, file.file_name) for file in files] == [
        ("short", "pdf", "annual-report-2022-23-short.pdf"),
        ("childrens", "pdf", "annual-report-2022-23-childrens.pdf"),
    ]
    published = from_json(edition.published)
    assert [from_json(file.document) for file in files] == [retold(published, file.variant) for file in files]
    assert {from_json(file.document).status for file in files} == {"Published"}
