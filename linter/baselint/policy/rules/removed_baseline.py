"""A baseline is not removed, unless another takes its place or a new entry in `changes` of another says why.

Told with `--against REVISION` where the whole tree is compared, and by the hook `baselint-no-weakening`. The accounts of a baseline that
is gone are judged by nobody. One that was renamed is no weakening: another baseline is at least as strict.

Bad, after `git rm policies/baselines/acme-test.yaml`:

```yaml
changes: []
```

Good, in a baseline that is still there:

```yaml
changes:
  - {date: "2026-11-25", control: acme-test, reason: The test accounts were closed., approved_by: CISO}
```
"""

from collections.abc import Iterator

from baselint.errors import Diagnostic, Location, PolicyError
from baselint.policy.differences import difference
from baselint.policy.earlier import Earlier
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.resolve import ResolvedBaseline, resolve
from baselint.policy.rules.against import entry_to_add
from baselint.policy.rules.rule import Context, Rule


def removed_baselines(context: Context) -> Iterator[Diagnostic]:
    """Yield a mistake for each baseline of the earlier revision that is gone, and that nothing replaces or explains."""
    earlier = context.earlier
    if earlier is None:
        return
    gone = [name for name in earlier.library.ids(PolicyKind.BASELINE) if _is_gone(name, context)]
    present = tuple(_resolved(context.library)) if gone else ()
    for name in gone:
        logged = any(earlier.is_logged_anew(item.baseline, name) for item in present)
        if not logged and not _is_replaced(name, present, earlier):
            message = (
                f"the baseline {name} is gone, and was there at {earlier.name}; "
                "put it back, or add to 'changes' of another baseline who decided it and why"
            )
            place = Location(earlier.path(name))
            yield Diagnostic(place, "removed-baseline", message, correction=entry_to_add(name, context))


def _is_gone(name: str, context: Context) -> bool:
    return context.library.entry(PolicyKind.BASELINE, name) is None


def _resolved(library: PolicyLibrary) -> Iterator[ResolvedBaseline]:
    """Yield the user's own baselines that can be resolved: one that ships is there whether somebody follows it or not."""
    for entry in library.entries:
        if entry.kind is not PolicyKind.BASELINE or not entry.is_own:
            continue
        try:
            yield resolve(library.baseline(entry.id), library)
        except PolicyError:
            continue


def _is_replaced(name: str, present: tuple[ResolvedBaseline, ...], earlier: Earlier) -> bool:
    try:
        old = resolve(earlier.library.baseline(name), earlier.library)
    except PolicyError:  # what it asked cannot be seen, so nothing is known to replace it
        return False
    return any(not difference(old, item).may_weaken for item in present)


RULE = Rule(ids=("removed-baseline",), kinds=(), check=lambda _file, _context: iter(()), page=__doc__)
