"""``baselint list``: what there is, one id a line first; ``--format json`` for machines."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from baselint.policy.coverage import FrameworkCoverage

_EXAMPLES = """\
  baselint list controls                                every control, one a line
  baselint list facts --format json                     every fact a check can name
  baselint list frameworks --baseline aws-cis-7.0       how a baseline stands to each standard
  baselint list exceptions --expiring-within 60d        the register of exceptions, and which end soon
"""
_REGISTERS = ("exceptions", "attestations")
_KINDS = ("controls", "baselines", "frameworks", "facts", "rules", "exports", "formats", *_REGISTERS)
_ONLY_FOR = {"baseline": ("frameworks", "exceptions"), "as_of": _REGISTERS, "expiring_within": _REGISTERS}

Row: TypeAlias = Mapping[str, Any]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=_KINDS, metavar="KIND", help=f"one of {', '.join(_KINDS)}")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="format of the list; as text, a line that begins with a space belongs to the id above",
    )
    parser.add_argument(
        "-b",
        "--baseline",
        metavar="BASELINE",
        help="frameworks: how this baseline stands to each requirement; exceptions: those of this baseline",
    )
    parser.add_argument(
        "--as-of", metavar="TIME", help="exceptions and attestations: how they stand on this day; default: today (UTC)"
    )
    parser.add_argument(
        "--expiring-within", metavar="DAYS", help="exceptions and attestations: what counts as ending; default: 30d"
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.terminal import one_line

    for option, kinds in _ONLY_FOR.items():
        if getattr(options, option) is not None and options.kind not in kinds:
            lists = " and ".join(f"'list {kind}'" for kind in kinds)
            raise UsageError(f"--{option.replace('_', '-')} goes with {lists}; leave it out")
    if options.kind in _REGISTERS:
        rows, lines = _register(options)
        if options.format == "text":
            streams.out.writelines(lines)
            return ExitCode.CLEAN
    else:
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

    settings, library = open_here()
    chosen = chosen_baselines((baseline,), library)
    prepared = prepare(chosen, library, frameworks=True, longest_exception=settings.longest_exception)
    (resolved,) = prepared.baselines
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

    return [{"id": name, "suffix": item.suffix, "summary": item.summary} for name, item in FORMATS.items()]


def _register(options: argparse.Namespace) -> tuple[list[Row], Iterator[str]]:
    from baselint.clock import parse_days
    from baselint.commands import moments, registers

    as_of = moments.as_of(options)
    within = parse_days("30d" if options.expiring_within is None else options.expiring_within, "--expiring-within")
    if options.kind == "exceptions":
        return registers.exceptions(options.baseline, as_of.date(), within)
    return registers.attestations(as_of.date(), within)


_LISTS: Mapping[str, Callable[[], list[Row]]] = {
    "controls": _controls,
    "baselines": _baselines,
    "frameworks": _frameworks,
    "facts": _facts,
    "rules": _rules,
    "exports": _exports,
    "formats": _formats,
}

COMMAND = Command(_EXAMPLES, _arguments, _run)
