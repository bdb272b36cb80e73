"""Evidence files of an answer: who sends them, who takes them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership.models import AuditEvent
from partnership.tasks import check_evidence
from partnership.tests import sample_files
from partnership.tests.factories import make_agency, make_alice, make_bob, make_charlie, make_partnership
from reviews import actions
from reviews.choices import AssessmentStatus
from reviews.models import AnswerEvidence
from reviews.tests.audit_factories import make_answer_evidence, make_assessment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_partnership")]


@pytest.fixture
def _partnership():
    make_partnership()


def address(name, assessment):
    return reverse(f"reviews:{name}", args=[assessment.pk, assessment.round.standards.first().pk])


def test_a_file_is_sent_with_an_answer(client):
    assessment = make_assessment()
    client.force_login(make_bob())

    response = client.post(
        address("answer-evidence-add", assessment),
        {"files": SimpleUploadedFile("audit.pdf", sample_files.pdf()), "title": "What staff said"},
    )

    assert response.url == address("answer-evidence", assessment)
    [link] = AnswerEvidence.objects.all()
    assert (link.answer.standard.code, link.evidence.name, link.evidence.title) == ("1", "audit.pdf", "What staff said")


def test_what_is_no_file_of_ours_is_refused_beside_the_field(client):
    assessment = make_assessment()
    client.force_login(make_bob())

    page = client.post(address("answer-evidence-add", assessment), {"files": SimpleUploadedFile("a.exe", b"MZ\x90")})

    assert list(page.context["form"].errors) == ["files"]
    assert AnswerEvidence.objects.count() == 0


def test_a_checked_file_is_taken_by_the_peer_once_signed_off_and_the_record_says_so(client):
    bob, charlie = make_bob(), make_charlie()
    assessment = make_assessment(AssessmentStatus.DRAFT, by=bob)
    link = make_answer_evidence(assessment, by=bob)
    check_evidence(link.evidence_id)
    actions.choose_peer(assessment=assessment, peer=make_agency("health"), by=make_alice())
    client.force_login(charlie)
    download = reverse("reviews:answer-evidence-download", args=[link.pk])
    assert client.get(download).status_code == 404

    actions.sign_off_assessment(assessment=assessment, name="N", post="P", by=bob)
    response = client.get(download)

    assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AuditEvent.objects.filter(verb="evidence.downloaded", by=charlie).count() == 1
