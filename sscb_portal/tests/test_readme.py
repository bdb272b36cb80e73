"""The README says what is so."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def test_every_environment_variable_is_explained():
    settings = (ROOT / "sscb_portal" / "settings.py").read_text()
    variables = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))

    assert [name for name in sorted(variables) if f"`{name}`" not in README] == []


def test_every_command_and_script_that_is_named_is_there():
    commands = re.findall(r"python manage\.py (\w+)", README)
    scripts = re.findall(r"\bscripts/(\w+)", README)

    assert [name for name in commands if not list(ROOT.glob(f"*/management/commands/{name}.py"))] == []
    assert [name for name in scripts if not (ROOT / "scripts" / name).exists()] == []


def test_pictures_are_there():
    assert [path for path in re.findall(r"!\[.*?\]\((.*?)\)", README) if not (ROOT / path).exists()] == []
