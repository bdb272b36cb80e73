from django.db import models


class CourseMode(models.TextChoices):
    FACE_TO_FACE = "face-to-face", "Face to face"
    VIRTUAL = "virtual", "Virtual"
    E_LEARNING = "e-learning", "E-learning"


class CourseKind(models.TextChoices):
    MANDATORY = "mandatory", "Mandatory"
    THEMATIC = "thematic", "Thematic"


class OrganisationType(models.TextChoices):
    """Where people who attend come from, in the order in which charts show them."""

    SCHOOLS = "schools", "Schools and colleges"
    EARLY_YEARS = "early-years", "Early years"
    HEALTH = "health", "Health"
    COUNCIL = "council", "Council"
    POLICE = "police", "Police"
    VOLUNTARY = "voluntary", "Voluntary sector"
    OTHER = "other", "Other organisations"
