"""``baselint list``: what there is, one id a line first; ``--format json`` for machines."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from baselint.policy.coverage import FrameworkCoverage

_EXAMPLES = """\
  baselint list controls                                every control, one a line
  baselint list facts --format json                     every fact a check can name
  baselint list frameworks --baseline aws-cis-7.0       how a baseline stands to each standard
"""
_KINDS = ("controls", "baselines", "frameworks", "facts", "rules", "exports", "formats", "exceptions", "attestations")

Row: TypeAlias = Mapping[str, Any]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=_KINDS, metavar="KIND", help=f"one of {', '.join(_KINDS)}")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="format of the list")
    parser.add_argument(
        "-b",
        "--baseline",
        metavar="BASELINE",
        help="frameworks only: tell how this baseline stands to each requirement",
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.terminal import one_line

    if options.baseline is not None and options.kind != "frameworks":
        raise UsageError("--baseline goes with 'list frameworks'; leave it out")
    rows = _coverage(options.baseline) if options.baseline is not None else _LISTS[options.kind]()
    if options.format == "json":
        streams.out.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
        return ExitCode.CLEAN
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        rest = "  ".join(
            one_line(value) for key, value in row.items() if key != "id" and isinstance(value, str) and value
        )
        streams.out.write(f"{one_line(row['id']):<{width}}  {rest}".rstrip() + "\n")
    return ExitCode.CLEAN


def _controls() -> list[Row]:
    from baselint.commands.policy_access import open_here
    from baselint.policy.kinds import PolicyKind

    _, library = open_here()
    controls = [library.control(name) for name in library.ids(PolicyKind.CONTROL)]
    return [
        {
            "id": control.id,
            "severity": control.severity,
            "status": "retired" if control.retired else "active",
            "title": control.title,
        }
        for control in controls
    ]


def _baselines() -> list[Row]:
    from baselint.commands.policy_access import open_here
    from baselint.policy.kinds import PolicyKind

    _, library = open_here()
    baselines = [library.baseline(name) for name in library.ids(PolicyKind.BASELINE)]
    return [{"id": item.id, "version": item.version, "title": item.title} for item in baselines]


def _frameworks() -> list[Row]:
    from baselint.commands.policy_access import open_here
    from baselint.policy.kinds import PolicyKind

    _, library = open_here()
    frameworks = [library.framework(name) for name in library.ids(PolicyKind.FRAMEWORK)]
    return [
        {"id": item.id, "edition": item.edition, "relation": item.relation, "title": item.title} for item in frameworks
    ]


def _coverage(baseline: str) -> list[Row]:
    """Return every framework with how a baseline stands to it; as JSON also requirement by requirement."""
    from baselint.commands.policy_access import chosen_baselines, open_here
    from baselint.policy.coverage import ResolvedChoices, coverage
    from baselint.policy.kinds import PolicyKind
    from baselint.policy.prepare import prepare

    _, library = open_here()
    (resolved,) = prepare(chosen_baselines((baseline,), library), library, frameworks=True).baselines
    frameworks = (library.framework(name) for name in library.ids(PolicyKind.FRAMEWORK))
    return [_standing(coverage(item, ResolvedChoices(resolved)), resolved.baseline.satisfies) for item in frameworks]


def _standing(covered: "FrameworkCoverage", claims: tuple[str, ...]) -> Row:
    framework = covered.framework
    return {
        "id": framework.id,
        "relation": framework.relation,
        "claimed": "claimed" if framework.id in claims else "",
        "summary": ", ".join(f"{number} {status}" for status, number in covered.counts.items() if number),
        "requirements": [
            {
                "id": item.requirement.id,
                "title": item.requirement.title,
                "status": item.status,
                "controls": [
                    {
                        "id": control.id,
                        "selected": control.selected,
                        "bounds": [
                            {
                                "parameter": bound.bound.parameter,
                                str(bound.bound.operator): bound.bound.value,
                                "value": bound.value,
                                "met": bound.met,
                            }
                            for bound in control.bounds
                        ],
                    }
                    for way in item.alternatives
                    for control in way.controls
                ],
                "not_covered": item.requirement.not_covered,
                "limits": item.requirement.limits,
            }
            for item in covered.requirements
        ],
    }


def _facts() -> list[Row]:
    from baselint.facts import FACTS

    return [
        {
            "id": item.name,
            "type": item.type,
            "scope": item.scope,
            "label": item.label,
            "exports": ", ".join(item.exports),
        }
        for item in FACTS.values()
    ]


def _rules() -> list[Row]:
    from baselint.policy.rules.table import rule_pages

    return [
        {"id": name, "level": rule.level, "summary": rule.page.split("\n\n", 1)[0]}
        for name, rule in sorted(rule_pages().items())
    ]


def _exports() -> list[Row]:
    from baselint.exports import EXPORTS

    return [
        {"id": kind, "title": item.title, "command": item.commands[-1] if item.commands else ""}
        for kind, item in EXPORTS.items()
    ]


def _formats() -> list[Row]:
    from baselint.report.formats import FORMATS

    return [{"id": name} for name in FORMATS]


def _exceptions() -> list[Row]:
    from baselint.commands.policy_access import open_here
    from baselint.policy.kinds import PolicyKind

    _, library = open_here()
    baselines = [library.baseline(name) for name in library.ids(PolicyKind.BASELINE)]
    return [
        {
            "id": item.id,
            "baseline": baseline.id,
            "control": item.control,
            "accounts": ", ".join(item.accounts),
            "expires": item.expires.isoformat(),
            "owner": item.owner,
        }
        for baseline in baselines
        for item in baseline.exceptions
    ]


def _attestations() -> list[Row]:
    from baselint.commands.policy_access import open_here

    _, library = open_here()
    return [
        {
            "id": item.control,
            "accounts": ", ".join(item.accounts),
            "outcome": item.outcome,
            "date": item.date.isoformat(),
            "by": item.by,
        }
        for item in library.attestations()
    ]


_LISTS: Mapping[str, Callable[[], list[Row]]] = {
    "controls": _controls,
    "baselines": _baselines,
    "frameworks": _frameworks,
    "facts": _facts,
    "rules": _rules,
    "exports": _exports,
    "formats": _formats,
    "exceptions": _exceptions,
    "attestations": _attestations,
}

COMMAND = Command("list", "list what there is", _EXAMPLES, _arguments, _run)
