"""Judges of shells accept the export script: ShellCheck for sh, and a grammar of PowerShell; each is shown a fault as well."""

import subprocess
import sys
from pathlib import Path

import tree_sitter
import tree_sitter_powershell

BIN = Path(sys.executable).parent


def script(shell: str) -> str:
    words = [BIN / "baselint", "export-script", "--shell", shell]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def shellcheck(text: str) -> str:
    words = [BIN / "shellcheck", "--shell", "sh", "--enable", "all", "--exclude", "SC2249,SC2250,SC2310,SC2312", "-"]
    return subprocess.run(words, input=text, capture_output=True, text=True, check=False).stdout


def wrong_places(text: str) -> list[int]:
    """Return the lines that the grammar of PowerShell does not understand."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    nodes = [parser.parse(text.encode()).root_node]
    found = []
    while nodes:
        node = nodes.pop()
        if node.is_error or node.is_missing:
            found.append(node.start_point.row + 1)
        nodes.extend(node.children)
    return sorted(found)


def test_shellcheck_finds_nothing_in_the_script_for_sh() -> None:
    text = script("sh")
    assert shellcheck(text) == ""
    assert "SC2086" in shellcheck(text.replace('mkdir -p "$directory" "$state"', "mkdir -p $directory $state"))


def test_the_script_for_powershell_is_powershell() -> None:
    text = script("powershell")
    assert wrong_places(text) == []
    assert wrong_places(text + "\nif ($x {\n") != []
