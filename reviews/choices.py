from django.db import models


class ReviewKind(models.TextChoices):
    RAPID_REVIEW = "rapid-review", "Rapid review"
    LCSPR = "lcspr", "Local child safeguarding practice review"
    THEMATIC = "thematic", "Thematic review"
    DHR = "dhr", "Domestic homicide review"


class ReviewStage(models.TextChoices):
    TO_START = "to-start", "To start"
    IN_PROGRESS = "in-progress", "In progress"
    FINAL_DRAFT = "final-draft", "Final draft"
    AWAITING_PUBLICATION = "awaiting-publication", "Completed, awaiting publication"
    PUBLISHED = "published", "Published"
    COMPLETED = "completed", "Completed"
