"""Makes evidence packs of small projects, and makes them anew with other contents, as a forger would."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from baselint.cli import run
from baselint.commands.command import Streams
from baselint.evidence_pack.archive import PackWriter, contents, read_members

AS_OF = "2026-11-02"


def run_pack(*arguments: str) -> tuple[int, str, str]:
    """Run ``baselint evidence`` in the working directory."""
    out, err = io.StringIO(), io.StringIO()
    code = int(run(["evidence", *arguments], Streams(out, err)))
    return code, out.getvalue(), err.getvalue()


def members_of(pack: Path) -> dict[str, bytes]:
    """The contents of a pack by name, in their order."""
    with pack.open("rb") as stream:
        return {member.name: b"".join(contents(stream, member)) for member in read_members(stream, pack.stat().st_size)}


def write_members(pack: Path, members: Mapping[str, bytes]) -> Path:
    """Write a pack that is well built, whatever it holds."""
    with pack.open("w+b") as stream:
        writer = PackWriter(stream)
        for name, content in members.items():
            writer.add(name, (content,))
        writer.finish()
    return pack


def forge(
    pack: Path,
    target: Path,
    changed: Mapping[str, bytes | None] | None = None,
    manifest: Callable[[dict[str, Any]], object] = lambda _document: None,
) -> Path:
    """Make a pack anew with other contents, None for members to leave out, and with hashes that fit."""
    members = members_of(pack) | dict(changed or {})
    document = json.loads(members.pop("manifest.json") or b"")
    kept = {name: content for name, content in members.items() if content is not None}
    document["members"] = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in kept.items()
    ]
    manifest(document)
    return write_members(target, kept | {"manifest.json": (json.dumps(document, indent=1) + "\n").encode("ascii")})
