"""Names of members: those of the files they hold, as far as every computer can write them."""

import re

_STRANGE = re.compile(r"[^A-Za-z0-9_+=@.-]")
_LONGEST_PART, _LONGEST = 80, 300


class Names:
    """Gives each file of a pack a name of its own, also where case does not count."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._directories: set[str] = set()

    def give(self, room: str, path: str) -> str:
        """Return a free name that looks like a path, below a directory of the pack."""
        below = "/".join(_safe(part) for part in path.split("/") if part not in {"", "."})[:_LONGEST].rstrip("/.")
        name, number = f"{room}/{below}", 1
        while not self._is_free(name.lower()):
            number += 1
            name = f"{room}-{number}/{below}"
        self._files.add(name.lower())
        self._directories.update(_above(name.lower()))
        return name

    def _is_free(self, name: str) -> bool:
        taken = name in self._files or name in self._directories
        return not taken and self._files.isdisjoint(_above(name))


def _above(name: str) -> set[str]:
    parts = name.split("/")
    return {"/".join(parts[:count]) for count in range(1, len(parts))}


def _safe(part: str) -> str:
    text = _STRANGE.sub("_", part)[:_LONGEST_PART]
    return "_" * len(text) if set(text) == {"."} else re.sub(r"\A\.", "_", text)
