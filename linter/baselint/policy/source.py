"""Reads one policy file through every gate: bounds, YAML, kind, schema, model."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from baselint import yamlsource
from baselint.attestation import Attestation
from baselint.baseline import Baseline
from baselint.errors import Diagnostic, PolicyError
from baselint.framework import Framework
from baselint.model import Control
from baselint.policy import load
from baselint.policy.kinds import PolicyKind
from baselint.suggestion import did_you_mean, nearest
from baselint.yamldocument import Document

if TYPE_CHECKING:
    from baselint.policy.schema_check import SchemaChecker

Loaded: TypeAlias = Control | Baseline | Framework | tuple[Attestation, ...]
_Model = TypeVar("_Model", bound=Loaded, covariant=True)


@dataclass(frozen=True, slots=True)
class PolicyFile(Generic[_Model]):
    """A policy file that passed its schema: its kind, its positions and its model."""

    kind: PolicyKind
    document: Document
    model: _Model
    stem: str
    """Name of the file without its ending."""
    group: str
    """Name of the folder that holds it."""


def read_kind(document: Document) -> PolicyKind:
    """Return what kind of policy file a document says it is.

    Raises:
        PolicyError: it is no mapping, has no kind, an unknown kind, or another key stands first.
    """
    data = document.data
    if not isinstance(data, dict):
        raise _refuse(document, "wrong-type", "a policy file is a mapping whose first key is 'kind'")
    names = [str(name) for name in PolicyKind]
    known = ", ".join(names)
    if "kind" not in data:
        near = [key for key in data if nearest(key, ("kind",))]
        if near:
            message = (
                f"the key {near[0]!r} is not known; 'kind' says which of {known} the file is; did you mean 'kind'?"
            )
            raise PolicyError((Diagnostic(document.at_key((near[0],)), "unknown-key", message),))
        raise _refuse(document, "missing-key", f"the file lacks the key 'kind'; add one of {known}")
    kind = data["kind"]
    if not isinstance(kind, str) or kind not in names:
        guess = did_you_mean(kind, names) if isinstance(kind, str) else ""
        message = f"'kind' is not one of {known}{guess}"
        raise PolicyError((Diagnostic(document.at(("kind",)), "value-not-allowed", message),))
    if next(iter(data)) != "kind":
        message = "'kind' must be the first key of the file; move it to the top"
        raise PolicyError((Diagnostic(document.at_key(("kind",)), "kind-first", message),))
    return PolicyKind(kind)


def _refuse(document: Document, rule: str, message: str) -> PolicyError:
    return PolicyError((Diagnostic(document.at(()), rule, message),))


def read(content: bytes, path: str, stem: str, group: str, checker: "SchemaChecker") -> PolicyFile[Loaded]:
    """Read a policy file of any kind.

    Raises:
        PolicyError: every mistake that YAML and the schema see.
    """
    document = yamlsource.load(content, path)
    kind = read_kind(document)
    mistakes = checker.check(document, kind)
    if mistakes:
        raise PolicyError(mistakes)
    return PolicyFile(kind, document, _build(kind, document, group), stem, group)


def _build(kind: PolicyKind, document: Document, group: str) -> Loaded:
    match kind:
        case PolicyKind.CONTROL:
            return load.control(document, group)
        case PolicyKind.BASELINE:
            return load.baseline(document)
        case PolicyKind.FRAMEWORK:
            return load.framework(document)
    return load.attestations(document)
