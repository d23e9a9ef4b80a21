"""Makes the files of a starter policy tree from the templates in ``scaffold/``."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import yaml
from jinja2 import Environment, StrictUndefined

from baselint import resources
from baselint.configuration import OWN_FILE
from baselint.errors import UsageError

FALLBACK_ID = "our-accounts"
DEFAULT_OWNER = "the maintainers of this repository"
SCHEMAS = ".baselint/schema"
"""Where the schemas for editors lie; the first line of each policy file leads there."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")
_LONGEST_ID = 80
_LONGEST_LINE = 300
_TEMPLATES: Mapping[str, str] = {
    ".gitignore": "gitignore.j2",
    ".pre-commit-config.yaml": "pre-commit-config.yaml.j2",
    "README.md": "README.md.j2",
    OWN_FILE: "baselint.toml.j2",
    "policies/baselines/{id}.yaml": "baseline.yaml.j2",
}


@dataclass(frozen=True, slots=True)
class Starter:
    """What a starter tree is made for."""

    id: str
    owner: str
    today: date


def id_from_name(name: str) -> str:
    """Return a valid id that is near to the name of a directory."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", errors="ignore").decode("ascii").lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.lstrip("0123456789 -_.")))
    return words[:_LONGEST_ID].rstrip("-") or FALLBACK_ID


def require_id(text: str) -> str:
    """Return an id that was given.

    Raises:
        UsageError: policy files may not have such an id.
    """
    if not _ID.fullmatch(text) or len(text) > _LONGEST_ID:
        example = "lower-case words joined by '-' or '.', for example acme-accounts"
        raise UsageError(f"--id: {text!r} is no id; write at most {_LONGEST_ID} characters, {example}")
    return text


def require_owner(text: str) -> str:
    """Return an owner that was given.

    Raises:
        UsageError: it does not fit on one line.
    """
    owner = text.strip()
    if not owner or len(owner) > _LONGEST_LINE or not owner.isprintable():
        raise UsageError(f"--owner: {text!r} is no line of text; write at most {_LONGEST_LINE} printable characters")
    return owner


def files(starter: Starter) -> Mapping[str, str]:
    """Return the text of every file, by its path below the directory.

    Raises:
        UsageError: the year after that day is beyond the calendar.
    """
    try:
        days = {name: starter.today + timedelta(days=number) for name, number in (("year", 365), ("quarter", 90))}
    except OverflowError as error:
        raise UsageError(f"--as-of: {starter.today} has no year after it; write an earlier day") from error
    templates = Environment(
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - nothing here is HTML; what was given is quoted by the filter
        keep_trailing_newline=True,
    )
    templates.filters["scalar"] = _scalar
    values = {
        "id": starter.id,
        "owner": starter.owner,
        "today": starter.today,
        "year": starter.today.year,
        "review_by": days["year"],
        "exception_end": days["quarter"],
    }
    made = {
        path.format(id=starter.id): templates.from_string(resources.read_text("scaffold", name)).render(values)
        for path, name in _TEMPLATES.items()
    }
    made["mkdocs.yml"] = _site_settings(f"{starter.id} runbook")
    made["mkdocs-offline.yaml"] = resources.read_text("mkdocs-offline.yaml")
    return dict(sorted(made.items()))


def _site_settings(title: str) -> str:
    """Return baselint's own MkDocs settings under another title, for pages that are committed in ``docs/``."""
    own = {
        "INHERIT": "docs/.mkdocs-menu.yml # the menu, which render writes as well",
        "site_name": _scalar(title),
        "docs_dir": "docs",
        "site_dir": "build/site",
    }
    lines = [
        "# Builds the runbook from the Markdown that `baselint render --output docs` writes; baselint init made it."
    ]
    for line in resources.read_text("mkdocs.yml").split("\n"):
        key = line.partition(":")[0]
        if not line.startswith("#"):
            lines.append(f"{key}: {own[key]}" if key in own else line)
    return "\n".join(lines)


def _scalar(text: str) -> str:
    """Return a text as YAML: plain where every reader takes it for a text, else in quotes."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9 .-]*", text) and yaml.safe_load(text) == text
    return text if plain else json.dumps(text, ensure_ascii=False)
