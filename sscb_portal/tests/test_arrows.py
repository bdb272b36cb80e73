"""The arrows of docs/architecture.md, held against the imports."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

APPS = {
    "partnership": set(),
    "priorities": {"partnership"},
    "training": {"priorities", "partnership"},
    "reviews": {"priorities", "partnership"},
    "reports": {"training", "reviews", "priorities", "partnership"},
    "sscb_portal": {"reports", "training", "reviews", "priorities", "partnership"},
}
"""For each app the apps it may import."""

ROOMS = (
    "urls",
    "audit_urls",
    "plan_urls",
    "record_urls",
    "views",
    "doing",
    "forms",
    "evidence_forms",
    "import_forms",
    "outline_forms",
    "comment_forms",
    "signing_forms",
    "statutory_forms",
    "term_forms",
    "govuk",
    "form_errors",
    "tasks",
    "sending",
    "publishing",
    "importing",
    "inviting",
    "evidence",
    "reminding",
    "rounds",
    "actions",
    "due",
    "signing",
    "verifying",
    "overview",
    "side_by_side",
    "comparison",
    "assemble",
    "blocks",
    "reader",
    "rendering",
    "editor",
    "references",
    "coverage",
    "emails",
    "grid",
    "year_grid",
    "briefing",
    "tracker",
    "progress",
    "import_plan",
    "scorecard",
    "trend",
    "uses",
    "yearly",
    "answers",
    "audit_results",
    "survey",
    "costs",
    "queries",
    "funding",
    "attendance",
    "shares",
    "chains",
    "asked",
    "figures",
    "evaluation",
    "figurebook",
    "rag",
    "concerns",
    "counts",
    "rates",
    "steps",
    "wording",
    "disclosure",
    "reminders",
    "counting",
    "imports",
    "matching",
    "addresses",
    "moments",
    "typed",
    "standard_questions",
    "careful_text",
    "audit",
    "jobs",
    "years",
    "interrupted",
    "downloads",
    "spreadsheets",
    "words_shown",
    "retelling",
    "plainness",
    "document",
    "sparkline",
    "attention",
    "carrying",
    "changed_figures",
    "lapses",
    "headings",
    "standard_outline",
    "standard_guidance",
    "numbering",
    "merging",
    "difference",
    "passages",
    "joining",
    "alignment",
    "import_parts",
    "abbreviations",
    "content",
    "word",
    "richtext",
    "theme",
    "colour",
    "inspection",
    "confined",
    "confinement",
    "scanning",
    "uploads",
    "identifiers",
    "first_names",
    "permissions",
    "models",
    "money",
    "ages",
    "deadlines",
    "stages",
    "filetypes",
    "states",
    "findings",
    "choices",
)
"""Inside an app, a room may import those further down only."""

OPEN_ROOMS = {
    "middleware",
    "checks",
    "management",
    "demo",
    "tests",
    "migrations",
    "apps",
    "account_urls",
    "accounts",
    "context",
    "templatetags",
}
"""Rooms that use the others but are not used by them."""


def modules(app):
    for path in sorted((ROOT / app).rglob("*.py")):
        parts = path.relative_to(ROOT / app).with_suffix("").parts
        if parts[0] not in {"tests", "migrations"}:
            yield path, parts[0]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("app", APPS)
def test_apps_import_only_along_the_arrows(app):
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path, _ in modules(app)
        for name, line in imports(path)
        if (other := name.split(".")[0]) in APPS and other != app and other not in APPS[app]
    ]

    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_rooms_of_an_app_import_only_downwards(app):
    wrong = []
    for path, room in modules(app):
        if room in OPEN_ROOMS or room not in ROOMS:
            continue
        for name, line in imports(path):
            parts = name.split(".")
            if parts[0] != app or len(parts) < 2 or parts[1] == room or parts[1] not in (*ROOMS, *OPEN_ROOMS):
                continue
            if parts[1] in OPEN_ROOMS or ROOMS.index(parts[1]) < ROOMS.index(room):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {room} imports {parts[1]}")

    assert wrong == []


def test_every_file_stands_in_a_known_room():
    known = {*ROOMS, *OPEN_ROOMS, "__init__", "celery", "settings", "wsgi"}
    unknown = [str(path.relative_to(ROOT)) for app in APPS for path, room in modules(app) if room not in known]

    assert unknown == []
