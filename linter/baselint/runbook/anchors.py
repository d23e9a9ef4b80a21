"""Addresses inside pages: anchors made of ids alone, for each requirement of a framework and for each exception."""

import re
from collections.abc import Iterable, Mapping

from baselint.framework import Requirement

_PREFIX = "requirement-"
"""Keeps an id that somebody chose away from the names that a site's own scripts use."""


def requirement_anchors(requirements: Iterable[Requirement]) -> Mapping[str, str]:
    """Return the anchor of each requirement by its id, for example ``requirement-2.8``; two ids never share one."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for item in requirements:
        plain = _PREFIX + (re.sub(r"[^A-Za-z0-9._-]+", "-", item.id).strip("-") or "other")
        anchor, number = plain, 1
        while anchor in taken:
            number += 1
            anchor = f"{plain}-{number}"
        taken.add(anchor)
        made[item.id] = anchor
    return made


def exception_anchor(baseline: str, exception: str) -> str:
    """Return where an exception stands in the register; no id has two hyphens in a row."""
    return f"exception-{baseline}--{exception}"
