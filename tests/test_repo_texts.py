"""The project's own rules on its other files: policies, what the texts may name, and the build's fixed points."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from baselint import __version__
from checkout import ROOT, git

NOT_OURS = re.compile(r"(?:build|dist|node_modules|\.git|\.venv.*|\..*_cache|\.hypothesis|__pycache__|.*\.egg-info)\Z")
NAMED_BY_OTHERS = {"mkdocs.yml", "action.yml"}
"""Names that MkDocs and GitHub look for; all other YAML files end in ``.yaml``."""

NO_PACKAGES = {"policies", "schema", "site", "tests"}
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("proxy", "golang", "org"),
        ("anaconda", "org"),
        ("packagist", "org"),
        ("nuget", "org"),
        ("repo1", "maven", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
    )
)
HOMES = ("home", "root", "work", "Users")
# A separator in front of these words starts a path, unless something stands before it: a URL, an ARN, a variable.
MACHINE_PATH = re.compile(rf"(?<![\w.}}~*>)\]-])/(?:{'|'.join(HOMES)})/|\b[A-Za-z]:[\\/]+Users\b")

VERBS = {"demo", "test", "test-browser", "test-oracles", "lint", "format", "docs", "bench", "package"}
SEED = [
    "credential-report-recent",
    "credential-report-complete",
    "credential-report-reviewed",
    "root-mfa",
    "root-mfa-backup",
    "root-recovery-channels",
    "root-security-questions",
    "contact-billing",
    "contact-operations",
    "contact-security",
    "root-no-active-access-keys",
    "root-no-access-keys",
    "root-unused",
    "root-password-rotation",
    "root-password-strength",
    "password-policy-configured",
    "password-minimum-length",
    "password-symbols",
    "password-numbers",
    "password-uppercase",
    "password-lowercase",
    "password-reuse-prevention",
    "password-maximum-age",
    "password-no-hard-expiry",
    "password-users-may-change",
]


def project_files() -> list[str]:
    """The files that git tracks; of a tree without git all that are not made by a tool."""
    if (ROOT / ".git").exists():
        names = git(ROOT, "ls-files", "-z").split("\0")
    else:
        names = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
        names = [name for name in names if not any(NOT_OURS.match(part) for part in name.split("/"))]
    return [name for name in names if name and (ROOT / name).is_file()]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def misplaced(names: Iterable[str]) -> list[str]:
    """Tell files whose place or ending is wrong."""
    found = []
    for name in names:
        path = PurePosixPath(name)
        if path.name == "__init__.py" and path.parts[0] in NO_PACKAGES:
            found.append(f"{name}: only the package has __init__.py")
        if path.parts[0] == "policies" and path.suffix != ".yaml":
            found.append(f"{name}: policies holds only .yaml files")
        elif path.suffix == ".yml" and name not in NAMED_BY_OTHERS:
            found.append(f"{name}: name it .yaml")
    return found


def places_named(text: str) -> list[str]:
    """Tell package registries' hosts, and paths that hold on one machine only."""
    lower = text.lower()
    return [host for host in REGISTRIES if host in lower] + MACHINE_PATH.findall(text)


def missing_parts(control: dict[str, Any]) -> list[str]:
    """Tell what the runbook page of a control that is judged lacks."""
    if control.get("status") == "retired":
        return []
    procedure = control.get("procedure", {})
    texts = ("summary", "severity_reason", "rationale", "evidence_to_keep", "references")
    found = [part for part in texts if not control.get(part)]
    found.extend(f"procedure.{part}" for part in ("before", "verify", "rollback") if not procedure.get(part))
    if not procedure.get("console") and not procedure.get("cli"):
        found.append("procedure.console or procedure.cli")
    return found


def verbs(makefile: str) -> set[str]:
    """Return the targets that are declared to be words, not files."""
    phony = set(re.findall(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)[0].split())
    return phony & set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def package_names(requirements: Iterable[str]) -> set[str]:
    """Return the names of packages without their versions."""
    return {re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


def test_files_stand_where_they_belong() -> None:
    names = project_files()
    assert {"pyproject.toml", "policies/baselines/aws-root-hardening.yaml", "linter/baselint/cli.py"} <= set(names)
    assert misplaced(names) == []


def test_no_text_names_a_registry_or_a_place_on_a_machine() -> None:
    found = {}
    for name in project_files():
        # Some examples are UTF-16 on purpose: without their zeros they can be searched as well.
        text = (ROOT / name).read_bytes().replace(b"\0", b"").decode("utf-8", errors="replace")
        if named := places_named(text):
            found[name] = named
    assert found == {}


def test_every_active_control_has_a_whole_runbook() -> None:
    controls = [yaml.safe_load(path.read_bytes()) for path in (ROOT / "policies/controls").rglob("*.yaml")]
    assert len(controls) >= len(SEED)
    assert {control["id"]: parts for control in controls if (parts := missing_parts(control))} == {}


def test_the_default_baseline_is_the_seed_and_no_more() -> None:
    baseline = yaml.safe_load(read("policies/baselines/aws-root-hardening.yaml"))
    assert len(SEED) == 25
    assert sorted(selection["id"] for selection in baseline["controls"]) == sorted(SEED)
    assert not any(selection.get("exclude") for selection in baseline["controls"])
    assert "extends" not in baseline


def test_the_makefile_has_every_verb() -> None:
    assert verbs(read("Makefile")) >= VERBS


def test_the_readme_starts_with_two_verbs_of_the_makefile() -> None:
    named = re.findall(r"^make ([a-z-]+)", read("README.md"), re.MULTILINE)
    assert named[:2] == ["demo", "test"]
    assert set(named) <= verbs(read("Makefile"))


def test_the_readme_shows_the_hooks_of_this_version() -> None:
    assert re.findall(r"rev: (\S+)", read("README.md")) == [f"v{__version__}"]


def test_ci_runs_every_gate() -> None:
    lines = read(".ci/run").splitlines()
    assert "make lint test test-browser test-oracles" in lines
    assert "set -euo pipefail" in lines
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_the_site_is_never_built_over_its_sources() -> None:
    configuration = yaml.safe_load(read("mkdocs.yml"))
    assert (configuration["docs_dir"], configuration["site_dir"]) == ("build/docs", "build/site")


def test_the_core_needs_three_packages() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert package_names(project["dependencies"]) == {"pyyaml", "jsonschema", "jinja2"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tests/__init__.py", "only the package"),
        ("site/pages/__init__.py", "only the package"),
        ("policies/controls/README.md", "only .yaml files"),
        ("policies/controls/x.yml", "only .yaml files"),
        ("examples/x.yml", "name it .yaml"),
        ("site/mkdocs.yml", "name it .yaml"),
    ],
)
def test_a_misplaced_file_is_told(name: str, words: str) -> None:
    (found,) = misplaced([name, "linter/baselint/__init__.py", "mkdocs.yml", "policies/baselines/x.yaml"])
    assert found.startswith(f"{name}: ")
    assert words in found


@pytest.mark.parametrize("host", REGISTRIES)
def test_a_registry_is_told(host: str) -> None:
    assert places_named(f"see https://files.{host.upper()}/simple") == [host]


@pytest.mark.parametrize("directory", HOMES)
@pytest.mark.parametrize("before", ["", " ", "(", "`", "=", ":", "file://", '"'])
def test_a_path_of_a_machine_is_told(directory: str, before: str) -> None:
    path = "/".join(("", directory, "x"))
    assert places_named(f"{before}{path}") == [path[:-1]]


@pytest.mark.parametrize("separator", ["\\", "\\\\", "/"])
def test_a_path_of_windows_is_told(separator: str) -> None:
    assert len(places_named(separator.join(("c:", "Users", "x")))) == 1


@pytest.mark.parametrize("before", ["assumed-role", "https://example.com", "..", "~", "$HOME", "{directory}", "**"])
@pytest.mark.parametrize("directory", HOMES)
def test_what_only_looks_like_a_path_is_left_alone(before: str, directory: str) -> None:
    assert places_named("/".join((before, directory, "x"))) == []


def whole() -> dict[str, Any]:
    texts = dict.fromkeys(("summary", "severity_reason", "rationale", "evidence_to_keep", "references"), "x")
    steps = {part: ["x"] for part in ("before", "cli", "verify", "rollback")}
    return {"status": "active", **texts, "procedure": steps}


@pytest.mark.parametrize("part", ["summary", "severity_reason", "rationale", "evidence_to_keep", "references"])
def test_a_control_without_a_text_is_told(part: str) -> None:
    assert missing_parts(whole()) == []
    assert missing_parts({**whole(), part: ""}) == [part]
    assert missing_parts({**whole(), part: "", "status": "retired"}) == []


@pytest.mark.parametrize("part", ["before", "cli", "verify", "rollback"])
def test_a_control_without_steps_is_told(part: str) -> None:
    control = whole()
    del control["procedure"][part]
    (found,) = missing_parts(control)
    assert f"procedure.{part}" in found


def test_a_verb_is_a_target_and_no_file() -> None:
    assert verbs(".PHONY: a b\na:\n\techo\nc:\n\techo\n") == {"a"}


def test_names_of_packages_end_where_versions_start() -> None:
    assert package_names(["PyYAML>=6", "a-b_c.d[x]==1", "e ; python_version<'4'"]) == {"pyyaml", "a-b_c.d", "e"}
