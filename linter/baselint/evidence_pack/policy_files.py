"""The policy files that take part in a run, as bytes; and a library that is opened from such bytes alone."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources.abc import Traversable
from typing import Any, cast

from baselint.baseline import Baseline
from baselint.errors import UsageError
from baselint.evidence_pack.manifest import Tree
from baselint.policy import mapping
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary, PolicyRoot, read_file
from baselint.policy.prepare import PreparedPolicy
from baselint.policy.resolve import ResolvedBaseline, resolve

OWN, LIBRARY = "own", "library"
LARGEST = 64 * 1024 * 1024
"""The most that all policy files of a pack have together."""


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy file: the path that messages print, its tree, and its bytes."""

    path: str
    tree: str | None
    content: bytes


def trees_of(library: PolicyLibrary) -> tuple[Tree, ...]:
    """Return the trees of a library, in their order."""
    roots = dict.fromkeys(entry.root for entry in library.entries)
    return tuple(Tree(LIBRARY if root.shipped else OWN, root.shown, root.shipped) for root in roots)


def taking_part(library: PolicyLibrary, policy: PreparedPolicy) -> tuple[PolicyText, ...]:
    """Return every file that verdicts and the report stand on.

    These are the baselines with their parents, their controls, left out ones too, the standards that name these or that a
    baseline claims, and every attestation.
    """
    baselines = library.loaded(PolicyKind.BASELINE)
    wanted = {(PolicyKind.CONTROL, name) for baseline in policy.baselines for name in _controls(baseline)}
    wanted.update((PolicyKind.FRAMEWORK, name) for name in _frameworks(library, policy))
    for file in baselines:
        wanted.update((PolicyKind.FRAMEWORK, name) for name in cast("Baseline", file.model).satisfies)
    paths = {file.document.path for file in baselines}
    texts = [
        PolicyText(entry.path, LIBRARY if entry.root.shipped else OWN, entry.source.read_bytes())
        for entry in library.entries
        if entry.path in paths or (entry.kind, entry.id) in wanted or entry.kind is PolicyKind.ATTESTATIONS
    ]
    named = sorted(paths - {text.path for text in texts})
    return (*texts, *(PolicyText(path, None, read_file(path)) for path in named))


def open_texts(texts: Iterable[PolicyText], trees: Sequence[Tree]) -> PolicyLibrary:
    """Open a library that holds these files and nothing else; no file is read from a disk."""
    files = tuple(texts)
    by_path = {text.path: text.content for text in files}

    def read(path: str) -> bytes:
        if path not in by_path:
            raise UsageError(f"{path}: the pack does not hold this file")
        return by_path[path]

    roots = tuple(PolicyRoot(_directory(files, tree), tree.path, tree.shipped) for tree in trees)
    return PolicyLibrary(roots, read)


def prepared(library: PolicyLibrary, names: Iterable[str]) -> PreparedPolicy:
    """Resolve baselines of a library whose files were checked by the rules when they were packed.

    Raises:
        UsageError: there is no such baseline.
        PolicyError: a file that takes part is broken.
    """
    chosen = {baseline.id: baseline for baseline in map(library.baseline, names)}
    resolved = tuple(resolve(baseline, library) for baseline in chosen.values())
    return PreparedPolicy(resolved, library.attestations())


def resolved_document(baselines: Iterable[ResolvedBaseline]) -> bytes:
    """Return the values by which accounts were judged, as JSON."""
    document = {"baselines": [_resolved(item) for item in baselines]}
    return (json.dumps(document, indent=2, ensure_ascii=True) + "\n").encode("ascii")


def _controls(baseline: ResolvedBaseline) -> Iterator[str]:
    yield from (item.control.id for item in baseline.controls)
    yield from (item.control for item in baseline.excluded)


def _frameworks(library: PolicyLibrary, policy: PreparedPolicy) -> set[str]:
    frameworks = [library.framework(name) for name in library.ids(PolicyKind.FRAMEWORK)]
    found = mapping.by_control(policy.baselines, frameworks)
    return {item.framework.id for items in found.values() for item in items}


def _directory(files: Iterable[PolicyText], tree: Tree) -> Traversable:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for text in files:
            if text.tree == tree.name:
                archive.writestr(text.path.removeprefix(f"{tree.path}/"), text.content)
    return zipfile.Path(zipfile.ZipFile(held))


def _resolved(item: ResolvedBaseline) -> Mapping[str, Any]:
    baseline = item.baseline
    return {
        "id": baseline.id,
        "title": baseline.title,
        "version": baseline.version,
        "owner": baseline.owner,
        "approved": {"by": baseline.approved.by, "date": str(baseline.approved.date)} if baseline.approved else None,
        "path": baseline.location.path,
        "resolved_sha256": item.sha256,
        "applies_to": asdict(baseline.applies_to),
        "controls": [
            {
                "id": control.control.id,
                "severity": control.severity,
                "parameters": control.parameters,
                "origins": {name: str(place) for name, place in control.origins.items()},
                "selected_at": str(control.location),
                "reason": control.reason,
            }
            for control in item.controls
        ],
        "excluded": [{"id": selection.control, "reason": selection.reason} for selection in item.excluded],
        "exceptions": [exception.id for exception in baseline.exceptions],
    }
