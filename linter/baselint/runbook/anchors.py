"""Addresses inside pages: an anchor for each requirement of a framework, made from its id and from nothing else."""

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
