"""What ``manifest.json`` of a pack says: how it was made, which files it holds, and their hashes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from jsonschema import Draft202012Validator

from baselint.evidence_pack.archive import BrokenPackError

MANIFEST = "manifest.json"
KIND, FORMAT = "evidence-pack", 1
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arguments:
    """What decides the verdicts besides the files."""

    baselines: tuple[str, ...]
    """As they were named: ids or paths."""
    as_of: str
    captured_at: str | None
    directory: str
    """Name of the working directory where it is an account id, which then names the owner of files; else empty."""
    accounts: str | None = None
    """Path of the list of accounts that are expected."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A policy tree of the run."""

    name: str
    path: str
    shipped: bool


@dataclass(frozen=True, slots=True)
class PackedPolicyFile:
    """A policy file that took part."""

    member: str
    path: str
    tree: str | None
    """Name of its tree; None for a file that a baseline named by its path."""


@dataclass(frozen=True, slots=True)
class PackedExport:
    """A file of the snapshots as it lay there, or why it was not read."""

    place: str
    """From the working directory."""
    shown: str
    member: str | None
    refusal: str | None
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """Size and hash of a member."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a pack."""

    versions: Mapping[str, str]
    """Of baselint, Python and the report's format."""
    settings: Mapping[str, str | int | bool | None]
    """The project's settings, for the reader: what they decided is in the policy files."""
    arguments: Arguments
    trees: tuple[Tree, ...]
    policy: tuple[PackedPolicyFile, ...]
    exports: tuple[PackedExport, ...]
    members: tuple[MemberRecord, ...]
    """All but the manifest itself, in their order."""

    def dump(self) -> bytes:
        """Return the manifest as its file holds it."""
        document = {"kind": KIND, "format": FORMAT, **asdict(self)}
        return (json.dumps(document, indent=1, ensure_ascii=True) + "\n").encode("ascii")


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


_TEXT = {"type": "string"}
_TEXT_OR_NONE = {"type": ["string", "null"]}
_FLAG = {"type": "boolean"}
_SCHEMA = _object(
    kind={"const": KIND},
    format={"const": FORMAT},
    versions={"type": "object", "additionalProperties": _TEXT, "required": ["baselint"]},
    settings={"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean", "null"]}},
    arguments=_object(
        baselines={"type": "array", "items": _TEXT, "minItems": 1},
        as_of=_TEXT,
        captured_at=_TEXT_OR_NONE,
        accounts=_TEXT_OR_NONE,
        directory={"type": "string", "pattern": "^([0-9]{12})?$"},
    ),
    trees={"type": "array", "items": _object(name=_TEXT, path=_TEXT, shipped=_FLAG)},
    policy={"type": "array", "items": _object(member=_TEXT, path=_TEXT, tree=_TEXT_OR_NONE)},
    exports={
        "type": "array",
        "items": _object(place=_TEXT, shown=_TEXT, member=_TEXT_OR_NONE, refusal=_TEXT_OR_NONE, is_foreign=_FLAG),
    },
    members={"type": "array", "items": _object(name=_TEXT, size={"type": "integer", "minimum": 0}, sha256=_TEXT)},
)


def parse(content: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        BrokenPackError: it is none that this version of baselint would have written.
    """
    try:
        document = json.loads(content.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise BrokenPackError(f"{MANIFEST}: this is no JSON") from error
    if not Draft202012Validator(_SCHEMA).is_valid(document):
        raise BrokenPackError(f"{MANIFEST}: this is not what baselint writes, or a later format; use a later baselint")
    manifest = Manifest(
        versions=document["versions"],
        settings=document["settings"],
        arguments=Arguments(**document["arguments"] | {"baselines": tuple(document["arguments"]["baselines"])}),
        trees=tuple(Tree(**item) for item in document["trees"]),
        policy=tuple(PackedPolicyFile(**item) for item in document["policy"]),
        exports=tuple(PackedExport(**item) for item in document["exports"]),
        members=tuple(MemberRecord(**item) for item in document["members"]),
    )
    if manifest.dump() != content:
        raise BrokenPackError(f"{MANIFEST}: it says the same in other bytes than baselint writes")
    return manifest
