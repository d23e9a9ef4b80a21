"""What a change weakens since a revision: which rule tells it, where, and which entry of the log explains it."""

from pathlib import Path

import pytest

from checkout import git
from conftest import Cli
from policytree import BASELINE, KEYS, LENGTH, OLD, tree

FRAME = """\
kind: framework
id: frame
title: Frame
publisher: Us
edition: "1"
url: "https://example.com"
relation: decides
requirements:
  - {id: "1.1", title: Passwords are long, controls: [{id: length, needs: {minimum: {at_least: 14}}}]}
  - {id: "1.2", title: Keys are young, controls: [{id: keys}]}
  - {id: "2", title: Passwords help, relation: supports, controls: [{id: length, needs: {minimum: {at_least: 12}}}]}
"""
EXCEPTION = """\
exceptions:
  - id: e
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-12-01"
"""
BASE = Path("policies/baselines/base.yaml")
DAY = "2026-11-25"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tree(tmp_path, frameworks__frame=FRAME)
    Path("baselint.toml").write_text("library = false\n")
    commit(tmp_path, first=True)
    return tmp_path


def commit(directory: Path, *, first: bool = False) -> None:
    if first:
        git(directory, "init", "--quiet", "--initial-branch", "main")
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "policy")


def told(cli: Cli, *arguments: str) -> list[str]:
    """Return what validate tells against HEAD, without the details below each line."""
    found = cli("validate", "--against", "HEAD", "--as-of", DAY, *arguments)
    return [line for line in found.out.splitlines() if not line.startswith(" ")]


def entry(control: str, reason: str = "why") -> str:
    return f'  - {{date: "{DAY}", control: {control}, reason: {reason}, approved_by: CISO}}\n'


LOG = "changes:\n"


@pytest.mark.parametrize(
    ("right", "wrong", "subject", "words"),
    [
        (
            "  - id: length\n",
            "  - {id: length, parameters: {minimum: 8}}\n",
            "length",
            "base.yaml:7:31: error[weakened-parameter]: length: minimum is 8, and was 14 at HEAD, which is weaker; ",
        ),
        (
            "  - id: keys\n",
            "",
            "keys",
            "base.yaml:2:5: error[excluded-control]: keys is not selected, and was required at HEAD, which is weaker; ",
        ),
        (
            "  - id: keys\n",
            "  - {id: keys, exclude: true, reason: r}\n",
            "keys",
            "base.yaml:8:5: error[excluded-control]: keys is excluded, and was required at HEAD, which is weaker; ",
        ),
        (
            "  - id: keys\n",
            "  - {id: keys, severity: low}\n",
            "keys",
            "base.yaml:8:16: error[lowered-severity]: keys: the severity is low, and was high at HEAD, which is weaker; ",
        ),
        (
            "owner: ops\n",
            'owner: ops\napplies_to: {accounts: ["111122223333"]}\n',
            "base",
            "base.yaml:2:5: error[narrowed-scope]: the accounts it applies to are 111122223333, and were all at HEAD, "
            "which is weaker; ",
        ),
        (
            "  - id: review\n",
            "  - id: review\n" + EXCEPTION,
            "keys",
            "base.yaml:11:5: error[widened-exception]: exception e for keys (111122223333, 2026-01-01 through 2026-12-01) "
            "was not there at HEAD, which is weaker; ",
        ),
    ],
)
def test_each_kind_of_weakening_needs_a_new_entry(
    here: Path, cli: Cli, right: str, wrong: str, subject: str, words: str
) -> None:
    text = BASELINE.replace(right, wrong)
    assert text != BASELINE
    BASE.write_text(text)
    (line,) = [item for item in told(cli) if "error" in item]
    assert line.startswith(f"policies/baselines/{words}")
    assert line.endswith("take it back, or add to 'changes' of policies/baselines/base.yaml who decided it and why")
    found = cli("validate", "--against", "HEAD", "--as-of", DAY)
    assert found.code == 1
    assert f'    write: - {{date: "{DAY}", control: {subject}, reason: WHY, approved_by: WHO}}\n' in found.out
    BASE.write_text(text + LOG + entry(subject))
    assert [item for item in told(cli) if "error" in item] == []
    BASE.write_text(text + LOG + entry("review"))
    assert [item for item in told(cli) if "error" in item] == [line]


def test_the_standards_that_a_weaker_value_breaks_are_named(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}"))
    shown = cli("validate", "--against", "HEAD").out
    assert "    it was set at HEAD:policies/controls/g/length.yaml:7:53\n" in shown
    assert "    breaks frame 1.1: Minimum: at least 14 characters\n" in shown
    assert "    gives less evidence for frame 2: Minimum: at least 12 characters\n" in shown
    assert "1.2" not in shown


def test_a_claimed_standard_stands_first_and_the_others_in_one_line(here: Path, cli: Cli) -> None:
    many = "".join(
        f'  - {{id: "3.{number}", title: T, controls: [{{id: length, needs: {{minimum: {{at_least: 9}}}}}}]}}\n'
        for number in range(14)
    )
    Path("policies/frameworks/other.yaml").write_text(
        FRAME.split("requirements:")[0].replace("id: frame", "id: other") + "requirements:\n" + many
    )
    BASE.write_text(BASELINE.replace("owner: ops", "owner: ops\nsatisfies: [frame]"))
    commit(here)
    weak = BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}")
    BASE.write_text(weak.replace("owner: ops", "owner: ops\nsatisfies: [frame]"))
    shown = cli("validate", "--against", "HEAD").out
    assert "    breaks frame 1.1, which this baseline claims: Minimum: at least 14 characters\n" in shown
    assert "    breaks 14 more, not claimed: other 3.0, other 3.1, " in shown
    BASE.write_text(weak)
    shown = cli("validate", "--against", "HEAD").out
    assert "    breaks other 3.10: Minimum: at least 9 characters\n" in shown
    assert "    breaks 3 more: other 3.11, other 3.12, other 3.13\n" in shown
    assert "    gives less evidence for 1 more: frame 2\n" in shown


def test_an_old_entry_is_no_permit_and_neither_is_an_edited_one(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE + LOG + entry("length", "long ago"))
    commit(here)
    weak = BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}")
    BASE.write_text(weak + LOG + entry("length", "long ago"))
    assert [line.split(": ")[1] for line in told(cli)] == ["error[weakened-parameter]"]
    BASE.write_text(weak + LOG + entry("length", "just now"))
    assert [line.split(": ")[1] for line in told(cli)] == ["error[weakened-parameter]", "warning[rewritten-change]"]
    BASE.write_text(weak + LOG + entry("length", "long ago") + entry("length", "just now"))
    assert told(cli) == []


def test_an_entry_that_is_gone_is_told(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE + LOG + entry("length", "long ago"))
    commit(here)
    BASE.write_text(BASELINE)
    found = cli("validate", "--against", "HEAD")
    assert found.code == 0
    assert found.out == (
        "policies/baselines/base.yaml:1:1: warning[rewritten-change]: the entry of 2026-11-25 on length is no longer in "
        "'changes'; put it back as it was\n    it stood at HEAD:policies/baselines/base.yaml:11:5: long ago\n"
    )


def test_a_weaker_control_weakens_every_baseline_that_selects_it(here: Path, cli: Cli) -> None:
    child = 'kind: baseline\nid: child\ntitle: C\nversion: "1"\nowner: o\nextends: [base]\ncontrols:\n  - id: review\n'
    Path("policies/baselines/child.yaml").write_text(child)
    commit(here)
    Path("policies/controls/g/keys.yaml").write_text(
        KEYS.replace("check:\n", "check:\n  applies_when: {fact: root.exists, equals: true}\n")
    )
    first, second = told(cli)
    place = "policies/controls/g/keys.yaml:2:5: error[weakened-check]: keys asks: for each access key"
    assert [line.startswith(place) for line in (first, second)] == [True, True]
    assert "; at HEAD it asked: for each access key" in second
    assert (
        "add to 'changes' of policies/baselines/child.yaml or 'changes' of policies/baselines/base.yaml who" in second
    )
    BASE.write_text(BASELINE + LOG + entry("keys"))
    assert told(cli) == []


def test_a_retired_control_is_told_as_one(here: Path, cli: Cli) -> None:
    retired = OLD.replace("id: old", "id: keys")
    Path("policies/controls/g/keys.yaml").write_text(retired)
    found = [line for line in told(cli) if "error" in line]
    assert found == [
        "policies/controls/g/keys.yaml:2:5: error[excluded-control]: keys is retired, and was required at HEAD, which is "
        "weaker; take it back, or add to 'changes' of policies/baselines/base.yaml who decided it and why"
    ]


def test_another_value_that_is_neither_stricter_nor_weaker_counts_as_weaker(here: Path, cli: Cli) -> None:
    exact = LENGTH.replace("at_least: $minimum", "equals: $minimum")
    Path("policies/controls/g/length.yaml").write_text(exact)
    commit(here)
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 15}}"))
    (line,) = told(cli)
    assert "minimum is 15, and was 14 at HEAD, which may let through what was refused; " in line


def test_what_is_stricter_needs_no_entry(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 20}, severity: high}"))
    assert told(cli) == []
    Path("policies/baselines/more.yaml").write_text(BASELINE.replace("id: base", "id: more"))
    assert told(cli) == []


def test_a_baseline_that_is_gone_is_told_unless_another_takes_its_place(here: Path, cli: Cli) -> None:
    Path("policies/baselines/more.yaml").write_text(
        BASELINE.replace("id: base", "id: more").replace("  - id: keys\n", "")
    )
    commit(here)
    BASE.unlink()
    (line,) = told(cli)
    assert line == (
        "policies/baselines/base.yaml: error[removed-baseline]: the baseline base is gone, and was there at HEAD; "
        "put it back, or add to 'changes' of another baseline who decided it and why"
    )
    more = Path("policies/baselines/more.yaml").read_text()
    Path("policies/baselines/more.yaml").write_text(more + LOG + entry("base"))
    assert [item for item in told(cli) if "error" in item] == []
    Path("policies/baselines/more.yaml").write_text(BASELINE.replace("id: base", "id: more"))
    assert told(cli) == []
    Path("policies/baselines/more.yaml").write_text("kind: baseline\nid: [")
    assert [item.split("[")[1].split("]")[0] for item in told(cli)] == ["removed-baseline", "yaml-syntax"]


def test_a_baseline_that_was_broken_cannot_be_compared_and_says_so(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE.replace("- id: keys", "- id: keyz"))
    commit(here)
    BASE.write_text(BASELINE)
    found = cli("validate", "--against", "HEAD", "--as-of", DAY)
    assert found.out == (
        "policies/baselines/base.yaml:2:5: error[not-compared]: base cannot be compared with HEAD, where it was broken; "
        "compare by hand, and say so in 'changes'\n"
        "    HEAD:policies/baselines/base.yaml:8:5: error[unknown-control]: there is no control 'keyz'; "
        "see 'baselint list controls'; did you mean 'keys'?\n"
        f'    write: - {{date: "{DAY}", control: base, reason: WHY, approved_by: WHO}}\n'
    )
    BASE.write_text(BASELINE + LOG + entry("base"))
    assert told(cli) == []
    BASE.unlink()
    assert [item.split("[")[1].split("]")[0] for item in told(cli)] == ["removed-baseline"]


@pytest.mark.parametrize("broken", ["kind: baseline\nid: [", BASELINE.replace("- id: keys", "- id: keyz")])
def test_a_baseline_that_is_broken_now_is_told_by_its_own_mistakes(here: Path, cli: Cli, broken: str) -> None:
    BASE.write_text(broken)
    assert [item.split("[")[1].split("]")[0] for item in told(cli)] in (["yaml-syntax"], ["unknown-control"])


def test_a_file_that_was_no_yaml_has_no_log_to_compare(here: Path, cli: Cli) -> None:
    BASE.write_text("kind: baseline\nid: [")
    commit(here)
    BASE.write_text(BASELINE)
    assert [item.split("[")[1].split("]")[0] for item in told(cli)] == ["not-compared"]
    Path("policies/baselines/child.yaml").write_text(
        BASELINE.replace("id: base", "id: child").replace("owner: ops", "owner: ops\nextends: [base]")
    )
    assert len(told(cli)) == 1


def test_without_a_revision_nothing_is_compared(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    assert cli("validate").out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("validate", "--against", "nowhere"), "nowhere: there is no such revision; see 'git log' for what there is"),
        (("validate", "--against", "--help"), "--help: there is no such revision"),
        (("diff", "HEAD:", "base"), "HEAD:: names no baseline; write HEAD:ID or HEAD:PATH"),
        (
            ("diff", "HEAD:policies/baselines/nobody.yaml", "base"),
            "HEAD:policies/baselines/nobody.yaml: there is no such",
        ),
        (("diff", "HEAD:../../../x.yaml", "base"), "../../../x.yaml: lies outside of the git repository"),
        (
            ("diff", "HEAD:bose", "base"),
            "there is no baseline 'bose'; see 'baselint list baselines'; did you mean 'base'?",
        ),
    ],
)
def test_a_revision_or_baseline_that_is_not_there_is_told(
    here: Path, cli: Cli, arguments: tuple[str, ...], words: str
) -> None:
    if "--help" in arguments:
        arguments = ("validate", "--against=--help")
    found = cli(*arguments)
    assert found.code == 2
    assert words in found.err


def test_outside_a_repository_nothing_can_be_compared(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree(tmp_path))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    found = cli("validate", "--against", "HEAD")
    assert found.code == 2
    assert "run it inside a git repository" in found.err
    monkeypatch.setenv("PATH", str(tmp_path))
    found = cli("validate", "--against", "HEAD")
    assert (found.code, found.err) == (2, "baselint: git: cannot be run (No such file or directory); install git\n")


def test_before_the_first_commit_everything_is_new(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree(tmp_path))
    Path("baselint.toml").write_text("library = false\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    assert cli("validate", "--against", "HEAD").code == 0
    assert cli("validate", "--staged").err == "nothing to compare: no policy file differs from HEAD\n"
    git(tmp_path, "add", "--all")
    assert cli("validate", "--staged").err == "1 file checked: 0 error(s), 0 warning(s)\n"
    assert "there is no such file" in cli("diff", "HEAD:policies/baselines/base.yaml", "base").err
    assert cli("diff", ":policies/baselines/base.yaml", "base").code == 0


def test_only_what_is_staged_is_compared(here: Path, cli: Cli) -> None:
    assert cli("validate", "--staged").err == "nothing to compare: no policy file differs from HEAD\n"
    weak = BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}")
    BASE.write_text(weak)
    assert cli("validate", "--staged").code == 0
    git(here, "add", "--all")
    BASE.write_text(BASELINE)
    found = cli("validate", "--staged")
    assert found.code == 1
    assert found.out.startswith("policies/baselines/base.yaml:7:31: error[weakened-parameter]: ")
    assert (
        "\nbaseline base 1 (HEAD:policies/baselines/base.yaml) -> baseline base 1 (policies/baselines/base.yaml)\n"
        in found.out
    )
    assert "weaker: 1 change: 0 stricter, 1 weaker, 0 different, 0 equal\n" in found.out
    BASE.write_text(weak + LOG + entry("length"))
    git(here, "add", "--all")
    assert cli("validate", "--staged").code == 0


def test_only_the_weakened_baselines_are_shown(here: Path, cli: Cli) -> None:
    Path("policies/baselines/more.yaml").write_text(BASELINE.replace("id: base", "id: more"))
    commit(here)
    Path("policies/baselines/more.yaml").write_text(
        BASELINE.replace("id: base", "id: more").replace("  - id: keys\n", "")
    )
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 20}}"))
    git(here, "add", "--all")
    shown = cli("validate", "--staged").out
    assert "baseline more 1 (HEAD" in shown
    assert "baseline base 1 (HEAD" not in shown


def test_two_files_with_one_id_are_told_where_they_are_staged(here: Path, cli: Cli) -> None:
    Path("policies/baselines/length.yaml").write_text(BASELINE.replace("id: base", "id: length"))
    git(here, "add", "--all")
    found = cli("validate", "--staged")
    assert found.code == 1
    assert "error[duplicate-id]" in found.out


def test_a_hook_without_files_looks_only_for_what_was_deleted(here: Path, cli: Cli) -> None:
    BASE.write_text("broken: [")
    assert cli("validate", "--hook").code == 0
    assert cli("validate", "--hook", str(BASE)).code == 1
    BASE.write_text(BASELINE)
    git(here, "rm", "--quiet", "policies/controls/g/keys.yaml")
    assert "there is no control 'keys'" in cli("validate", "--hook").out
    git(here, "rm", "--quiet", "-r", "policies")
    found = cli("validate", "--hook")
    assert found.code == 0
    assert cli("validate").code == 2
    assert cli("validate", "--staged").code == 1


def test_revisions_that_the_runner_names_are_compared(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    commit(here)
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    found = cli("validate", "--staged")
    assert found.code == 1
    assert "HEAD:policies/baselines/base.yaml:2:5: error[excluded-control]: keys is not selected" in found.out


def test_a_baseline_elsewhere_in_the_repository_can_be_compared(here: Path, cli: Cli) -> None:
    Path("teams").mkdir()
    ours = BASELINE.replace("id: base", "id: ours").replace(
        "owner: ops", "owner: ops\nextends: [../policies/baselines/base.yaml]"
    )
    Path("teams/ours.yaml").write_text(ours)
    commit(here)
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}"))
    found = cli("diff", "HEAD:teams/ours.yaml", "teams/ours.yaml")
    assert "  weaker     length  minimum: 14 -> 8\n" in found.out


def test_from_a_sub_directory_the_same_is_compared(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    monkeypatch.chdir(here / "policies/baselines")
    found = cli("validate", "--against", "HEAD")
    assert "base.yaml:2:5: error[excluded-control]: keys is not selected, and was required at HEAD" in found.out
    assert cli("diff", "HEAD:./base.yaml", "base").code == 0


def test_links_are_no_policy_files_and_too_many_files_are_no_tree(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("policies/baselines/link.yaml").symlink_to("base.yaml")
    commit(here)
    assert cli("diff", "HEAD:link", "base").code == 2
    monkeypatch.setattr("baselint.policy.revision._MOST_FILES", 2)
    found = cli("diff", "HEAD:base", "base")
    assert (found.code, found.err) == (2, "baselint: HEAD:policies: holds more than 2 files; this is no policy tree\n")


def test_a_prolonged_exception_is_told_with_both_terms(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE + EXCEPTION)
    commit(here)
    BASE.write_text(BASELINE + EXCEPTION.replace("2026-12-01", "2026-12-31"))
    (line,) = [item for item in told(cli) if "error" in item]
    assert (
        "exception e for keys is for 111122223333, 2026-01-01 through 2026-12-31, and was for "
        "111122223333, 2026-01-01 through 2026-12-01 at HEAD, which is weaker; "
    ) in line


def test_a_standard_whose_file_is_broken_says_nothing_of_a_change(here: Path, cli: Cli) -> None:
    Path("policies/frameworks/frame.yaml").write_text("# length\nkind: framework\nid: [")
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}"))
    shown = cli("validate", "--against", "HEAD").out
    assert "error[weakened-parameter]" in shown
    assert "breaks" not in shown


def test_a_standard_that_names_what_is_gone_still_names_the_requirement(here: Path, cli: Cli) -> None:
    Path("policies/frameworks/frame.yaml").write_text(
        FRAME.replace("minimum: {at_least: 14}", "minimal: {at_least: 14}")
    )
    commit(here)
    Path("policies/controls/g/keys.yaml").unlink()
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    shown = cli("validate", "--against", "HEAD").out
    assert "    breaks frame 1.2: keys\n" in shown


def test_a_parent_whose_file_was_no_yaml_explains_nothing(here: Path, cli: Cli) -> None:
    child = 'kind: baseline\nid: child\ntitle: C\nversion: "1"\nowner: o\nextends: [more]\ncontrols:\n  - {id: %s}\n'
    Path("policies/baselines/child.yaml").write_text(child.replace("extends: [more]\n", "") % "length")
    Path("policies/baselines/more.yaml").write_text("kind: baseline\nid: [")
    commit(here)
    Path("policies/baselines/more.yaml").write_text(BASELINE.replace("id: base", "id: more") + LOG + entry("length"))
    Path("policies/controls/g/length.yaml").write_text(LENGTH.replace("default: 14", "default: 8"))
    Path("policies/baselines/child.yaml").write_text(child % "length")
    weaker = [line for line in told(cli) if "weakened-parameter" in line]
    assert ["more.yaml" in line for line in weaker] == [False, True]


def test_of_a_file_the_log_is_compared_where_the_file_is_named(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    assert [line.split("[")[1].split("]")[0] for line in told(cli, str(BASE))] == ["excluded-control"]
    git(here, "rm", "--quiet", "--cached", str(BASE))
    assert cli("validate", "--staged").code == 1
