"""What the demo partnership learned, a file for each noun. Dates of single reviews are illustrative."""

import tomllib
from pathlib import Path

from partnership.models import User
from reviews.demo import (
    audits,
    briefings,
    child_deaths,
    inspections,
    logs,
    practice_reviews,
    recommendations,
    restraint,
    voice,
)

HERE = Path(__file__).parent
NOUNS = (practice_reviews, inspections, child_deaths, recommendations, briefings, audits, restraint, voice, logs)


def load(people: dict[str, User]) -> None:
    for noun in NOUNS:
        data = tomllib.loads((HERE / f"{noun.__name__.rpartition('.')[2]}.toml").read_text())
        noun.load(data, by=people["board.manager"])
