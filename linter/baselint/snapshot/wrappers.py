"""Takes off what lies around an answer: recordings, lines of other programs, pages, and wrappers that were cut away."""

import json
import re
from collections.abc import Callable
from typing import Any

_MOST_LINES = 10
_MOST_BEGINNINGS = 5
_BEGINNING = re.compile(r"^[{\[]", re.MULTILINE)
_MORE = re.compile(r'[{\[]\s{0,1000}["{]')
_FENCE = "```"
_OPEN, _CLOSING = ("{", "[", ",", ":", "(", "="), ("}", "]", ",", ":", ")")


def unwrap(data: Any) -> Any:
    """Return the data of an answer without what records it, and with the wrapper that a usual --query took off."""
    if isinstance(data, dict) and data.keys() == {"status_code", "data"} and data["status_code"] == 200:
        return data["data"]  # a recording of placebo
    if not isinstance(data, list) or not data or not all(isinstance(item, dict) for item in data):
        return data
    if all(_names(item.get("Arn"), ":saml-provider/") for item in data):
        return {"SAMLProviderList": data}
    if all(_names(item.get("SerialNumber"), ":mfa/") and item.keys().isdisjoint({"UserName", "User"}) for item in data):
        return {"VirtualMFADevices": data, "IsTruncated": True}  # whether more pages follow is not said
    return data


def _names(arn: Any, part: str) -> bool:
    return isinstance(arn, str) and arn.startswith("arn:") and part in arn


def join_pages(data: Any) -> Any:
    """Return the pages of one answer as one, as the CLI does for JSON; any other data as they are."""
    pages = data if isinstance(data, list) and all(isinstance(page, dict) for page in data) else []
    lists = [frozenset(key for key, value in page.items() if isinstance(value, list)) for page in pages]
    if not pages or (len(pages) > 1 and not (lists[0] and len(set(lists)) == 1)):
        return data
    return pages[-1] | {key: [item for page in pages for item in page[key]] for key in lists[0]}


def find_json(text: str, read: Callable[[str], Any]) -> tuple[Any, int] | None:
    """Return the one JSON document among a few lines of other programs, and its line; None where there is no such.

    Raises:
        ValueError: ``read`` refuses the document.
    """
    for beginning, _ in zip(_BEGINNING.finditer(text), range(_MOST_BEGINNINGS), strict=False):
        start = beginning.start()
        try:
            end = json.JSONDecoder().raw_decode(text, start)[1]
        except (ValueError, RecursionError):
            continue
        before, after = text[:start].strip(), text[end:].strip()
        inside = before.endswith(_OPEN) or after.startswith(_CLOSING)
        if not inside and _is_chatter(before) and _is_chatter(after) and _MORE.match(text, start):
            return read(text[start:end]), text.count("\n", 0, start) + 1
    return None


def _is_chatter(text: str) -> bool:
    """Tell whether a text is no more than a program says in passing."""
    return text.count("\n") <= _MOST_LINES and _FENCE not in text and _MORE.search(text) is None
