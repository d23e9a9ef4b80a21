"""The sentence that names a step: its action's first one, where that is short, plain and whole."""

import pytest

from baselint.runbook.step_label import opening


@pytest.mark.parametrize(
    ("action", "sentence", "rest"),
    [
        ("Sign out of root.", "Sign out of root.", ""),
        ("Choose *Account*. Read the id.", "Choose *Account*.", "Read the id."),
        ("Type {$days} as the number.", "Type 30 as the number.", ""),
        ("None. AWS has no call for it.", "None. AWS has no call for it.", ""),
        ("Move the file\ninto `a/b.json`. Keep it.", "Move the file into `a/b.json`.", "Keep it."),
        ("Say it. Then `go` on. Done.", "Say it. Then `go` on.", "Done."),
        ("Give the pattern below.\n\n- one\n- two", "Give the pattern below.", "- one\n- two"),
    ],
)
def test_a_short_first_sentence_names_the_step(action: str, sentence: str, rest: str) -> None:
    assert opening(action, {"days": "30"}) == (sentence, rest)


@pytest.mark.parametrize(
    "action",
    [
        "Set every field:\n\n- one. Two",
        "No full stop",
        "Open the region US East (N. Virginia), and look. Then go on.",
        "Choose *Save. Then* go on. Done.",
        "Follow [this page](https://example.com/). Then go on.",
        "Press <b>here</b> at once. Then go on.",
        "Look into {$hostile} again. Then go on.",
        "word " * 41 + "end. Then go on.",
    ],
)
def test_any_other_action_stays_whole_below_the_id_of_the_step(action: str) -> None:
    words = {"hostile": "<script>"}
    assert opening(action, words) == ("", action.replace("{$hostile}", "<script>").strip())
