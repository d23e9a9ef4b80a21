"""Explanations in the terminal: Markdown texts wrapped, code left as it is."""

from pathlib import Path

import pytest

from baselint.explanation import explain_policy
from policytree import LENGTH, library, tree

RATIONALE = """\
rationale: |
  A short password is guessed in an afternoon, by anybody who has the hash and a machine that can be rented by the hour.

  - one reason, told in so many words that the line has to be broken somewhere, long before all that there is to say of it has been said in full
  1. another

  ```sh
  aws   iam get-account-password-policy --output json --query PasswordPolicy.MinimumPasswordLength --profile audit
  ```
  After it.
"""


def test_code_keeps_its_lines_and_paragraphs_are_wrapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened = library(tree(tmp_path, controls__g__length=LENGTH + RATIONALE))
    lines = explain_policy("length", opened, lambda: None).split("\n")
    code = "aws   iam get-account-password-policy --output json --query PasswordPolicy.MinimumPasswordLength --profile audit"
    assert f"    {code}" in lines
    assert "  After it." in lines
    assert "```" not in "".join(lines)
    assert all(len(line) <= 110 for line in lines if code not in line)
    (first,) = (line for line in lines if line.startswith("  - one reason"))
    assert lines[lines.index(first) + 1].startswith("    ")
