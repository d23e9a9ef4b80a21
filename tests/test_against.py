"""What a change weakens since a revision: which rule tells it, where, and which entry of the log explains it."""

from pathlib import Path

import pytest

from conftest import Cli
from policytree import BASELINE, KEYS, LENGTH, OLD
from revisions import BASE, DAY, EXCEPTION, FRAME, LOG, commit, entry, repository, told


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return repository(tmp_path)


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
        "    HEAD:policies/baselines/base.yaml:8:9: error[unknown-control]: there is no control 'keyz'; "
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
        FRAME.replace("controls: [{id: keys}]", "controls: [{id: length}, {id: keys}]").replace(
            "minimum: {at_least: 14}", "minimal: {at_least: 14}"
        )
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
