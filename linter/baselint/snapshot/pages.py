"""Tells whether an answer is one page of several: by what it says itself, and by the command that asked for it."""

import re
from collections.abc import Mapping
from typing import Any

_PART = re.compile(r"--(?:max-items|starting-token|marker|next-token|cli-input-json|cli-input-yaml)\b")
_FIRST_PAGE = re.compile(r"--no-paginate\b")


def is_cut(data: Mapping[str, Any]) -> bool:
    """Tell whether an answer says that it is one page of several."""
    return data.get("IsTruncated") not in (None, False) or bool(data.get("NextToken")) or bool(data.get("Marker"))


def asks_for_a_part(command: str | None) -> bool:
    """Tell whether a command asks for a part of a list: the last page does not say that others come before it."""
    return bool(_PART.search(command or ""))


def asks_for_one_page(command: str | None) -> bool:
    """Tell whether a command asks for one page, which only the whole answer says."""
    return asks_for_a_part(command) or bool(_FIRST_PAGE.search(command or ""))
