"""Makes schemas for editors: the shipped ones, with the ids of a library as proposals and errors in words."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from baselint.facts import FACTS
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.schema_check import load_schema
from baselint.policy.schema_forms import PATTERN_WORDS

_Proposals: TypeAlias = list[dict[str, str]]


def editor_schemas(library: PolicyLibrary) -> Mapping[str, str]:
    """Return the schema of each kind of policy file, by file name.

    They accept what the shipped schemas accept. What is added are keywords of VS Code and of the YAML language
    server, which every other reader of a schema passes by.
    """
    proposals = {
        "control-id": _ids(library, PolicyKind.CONTROL),
        "framework-id": _ids(library, PolicyKind.FRAMEWORK),
        "baseline-name": _ids(library, PolicyKind.BASELINE),
        "fact": [_proposal(fact.name, fact.label) for fact in FACTS.values()],
    }
    made = {}
    for kind in PolicyKind:
        schema = _with_words(load_schema(kind))
        for name, definition in schema["$defs"].items():
            if proposals.get(name):
                definition["defaultSnippets"] = proposals[name]
        made[f"{kind}.schema.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return made


def _ids(library: PolicyLibrary, kind: PolicyKind) -> _Proposals:
    """A broken file is proposed as well: what is wrong with it is told where it is validated."""
    entries = sorted((entry for entry in library.entries if entry.kind is kind), key=lambda entry: entry.id)
    return [
        _proposal(entry.id, library.peek(entry, "title") or "")
        for entry in entries
        if library.peek(entry, "status") != "retired"
    ]


def _proposal(value: str, description: str) -> dict[str, str]:
    return {"label": value, "description": description, "body": value}


def _with_words(node: Any) -> Any:
    """Add words for people to every pattern, which an editor would print as it is."""
    if isinstance(node, list):
        return [_with_words(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _with_words(value) for key, value in node.items()}
    if isinstance(node.get("pattern"), str):
        made["patternErrorMessage"] = f"This must be {PATTERN_WORDS[node['pattern']]}."
    return made
