import io
import json
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from partnership import inspection
from partnership.filetypes import LARGEST_FILE, RefusedFile
from partnership.models import AuditEvent
from partnership.tests import sample_files
from partnership.tests.factories import make_alice, make_bob, make_charlie, make_erin
from reports import actions
from reports.models import ReportImage, Section
from reports.tests.factories import make_report, make_section


def file_of(picture, format="PNG", **options):
    kept = io.BytesIO()
    picture.save(kept, format, **options)
    return kept.getvalue()


def noise(size, mode="RGB"):
    """As many colours as a photo has."""
    return (
        Image.effect_noise(size, 90).convert(mode)
        if mode == "L"
        else Image.merge("RGB", [Image.effect_noise(size, 60 + 20 * band) for band in range(3)])
    )


def drawing(mode="RGB", size=(300, 200)):
    picture = Image.new(mode, size, 0)
    ImageDraw.Draw(picture).ellipse((20, 20, 180, 180), fill=1 if mode in ("1", "P") else "teal")
    return picture


def kept_file(image):
    return Image.open(image.file.open())


def keep(data, report=None):
    return actions.keep_image(report=report or make_report(), data=data, by=make_erin())


def test_a_photo_is_kept_upright_as_jpeg_and_tells_nothing_of_where_it_was_taken(db):
    taken = file_of(noise((400, 300)), "JPEG", exif=Image.open(io.BytesIO(sample_files.photo())).getexif())

    image = keep(taken)

    picture = kept_file(image)
    assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (300, 400), {})
    assert (image.width, image.height) == (300, 400)
    assert image.file.name == f"report-images/{image.digest}.jpg"


def test_a_photo_of_25_megapixels_is_made_as_small_as_print_allows(db):
    image = keep(file_of(Image.effect_noise((5_800, 4_350), 90).convert("RGB"), "JPEG"))

    assert (image.width, image.height) == (2_000, 1_500)
    assert kept_file(image).format == "JPEG"


def test_a_photo_in_greys_is_a_photo_though_it_has_few_colours(db):
    picture = kept_file(keep(file_of(noise((400, 300), "L"), "JPEG")))

    assert (picture.format, picture.mode) == ("JPEG", "L")


@pytest.mark.parametrize(("mode", "kept"), [("1", "L"), ("L", "L"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGB")])
def test_a_drawing_is_kept_as_png_without_a_palette(db, mode, kept):
    picture = kept_file(keep(file_of(drawing(mode))))

    assert (picture.format, picture.mode, picture.size) == ("PNG", kept, (300, 200))


def test_what_was_transparent_is_white_as_on_paper(db):
    picture = kept_file(keep(file_of(Image.new("RGBA", (20, 20), (0, 0, 0, 0)))))

    assert picture.getcolors() == [(400, (255, 255, 255))]


def test_the_same_picture_twice_is_one_row_and_in_two_reports_one_file(db):
    report, data = make_report(), file_of(drawing())

    first, again = keep(data, report), keep(data, report)
    other = keep(data, make_report("2021-22"))

    assert first == again
    assert other.pk != first.pk
    assert other.file.name == first.file.name
    assert [event.verb for event in AuditEvent.objects.filter(verb="image.kept")] == ["image.kept"] * 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", inspection.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", inspection.NO_PICTURE),
        (file_of(drawing(size=(64, 64)), "ICNS"), inspection.NO_PICTURE),
        (file_of(drawing(), "GIF"), inspection.NO_PICTURE),
        (file_of(drawing(), "BMP"), inspection.NO_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "This file is damaged."),
        (file_of(noise((90, 90)), "JPEG")[:-900], "This file is damaged."),
        (b"\xff\xd8\xff" + b"x" * LARGEST_FILE, "This file is larger than 20 MB."),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason_and_leaves_nothing(db, data, reason):
    with pytest.raises(RefusedFile) as refusal:
        keep(data)

    assert str(refusal.value).startswith(reason)
    assert ReportImage.objects.count() == 0


def test_a_picture_that_takes_too_much_is_refused(db, monkeypatch):
    monkeypatch.setattr(inspection, "LIMITS", replace(inspection.LIMITS, memory_mb=40))

    with pytest.raises(RefusedFile, match="This picture is damaged"):
        keep(file_of(noise((3_000, 3_000)), "JPEG"))


# The pages for the editor


def send(client, data, year="2022-23"):
    sent = {"picture": SimpleUploadedFile("wall.png", data)} if data else {}
    return client.post(reverse("reports:image-keep", args=[year]), sent)


def test_the_board_adds_a_picture_and_everybody_who_reads_the_report_sees_it(client, db):
    section = make_section()
    client.force_login(make_alice())
    added = send(client, file_of(drawing()))
    image = ReportImage.objects.get()

    client.force_login(make_charlie())
    seen = client.get(added.json()["address"])

    assert added.json() == {"image": image.pk, "address": f"/images/{image.pk}/"}
    assert image.report == section.report
    assert (seen["Content-Type"], seen["Cache-Control"]) == ("image/png", "private, no-cache")
    assert b"".join(seen.streaming_content) == image.file.read()


def test_a_browser_asks_each_time_whether_it_may_show_the_picture_that_it_has(client, db):
    make_section()
    client.force_login(make_alice())
    address = send(client, file_of(drawing())).json()["address"]
    known = {"If-None-Match": client.get(address)["ETag"]}

    again = client.get(address, headers=known)
    client.logout()

    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")
    assert client.get(address, headers=known).status_code == 302


def test_a_contributor_adds_pictures_where_they_were_asked_to_write(client, db):
    section, bob = make_section(), make_bob()
    client.force_login(bob)
    assert send(client, file_of(drawing())).status_code == 403

    Section.objects.filter(pk=section.pk).update(writer=bob)

    assert send(client, file_of(drawing())).json()["image"] == ReportImage.objects.get().pk


@pytest.mark.parametrize(("data", "reason"), [(b"", "Choose a picture."), (b"GIF89a", inspection.NO_PICTURE)])
def test_the_editor_is_told_why_a_picture_is_not_taken(client, db, data, reason):
    make_section()
    client.force_login(make_alice())

    answer = send(client, data)

    assert (answer.status_code, answer.json()) == (400, {"error": reason})


def test_a_picture_whose_file_is_lost_is_not_found(client, db):
    image = keep(file_of(drawing()))
    image.file.storage.delete(image.file.name)
    client.force_login(make_alice())

    assert client.get(reverse("reports:image-file", args=[image.pk])).status_code == 404


def test_references_are_listed_for_those_who_write(client, db):
    section = make_section(number="4.1", title="Child exploitation")
    client.force_login(make_alice())

    listed = json.loads(client.get(reverse("reports:reference-targets", args=["2022-23"])).content)

    assert listed == {
        "targets": [{"ref": f"section:{section.pk}", "text": "section 4.1", "label": "4.1 Child exploitation"}]
    }
