"""What a step's box is called: the first sentence of its action, where that is short and plain."""

import re
from collections.abc import Mapping

from baselint import placeholders

_OPENING = re.compile(r"(?P<sentence>(?:(?!\n\n).){12,200}?[.!?])(?:\s+(?P<rest>.*))?\Z", re.DOTALL)
_PLAIN = re.compile(r"[\w ,;:'\"()/.?!@+&%=*`-]+")
"""What a label may hold besides words: marks of emphasis and of code, and nothing that could be more."""


def opening(action: str, words: Mapping[str, str]) -> tuple[str, str]:
    """Return the sentence that names a step and the rest of its action, placeholders filled.

    The sentence is empty where it is long, or holds more than plain words: the step's id has to name it then.
    """
    filled = placeholders.fill(action, words).strip()
    found = _OPENING.match(filled)
    sentence = " ".join(found["sentence"].split()) if found else ""
    if found is None or not _PLAIN.fullmatch(sentence) or not _whole(sentence):
        return "", filled
    return sentence, found["rest"] or ""


def _whole(sentence: str) -> bool:
    """Say whether every mark and parenthesis that is opened is closed: `US East (N.` is no sentence."""
    return sentence.count("(") == sentence.count(")") and not any(sentence.count(mark) % 2 for mark in "*`")
