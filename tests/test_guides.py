"""The hand-written guides: dated, usable in an emergency, and agreeing with each other."""

import re

import pytest

from baselint import resources

GUIDES = {path.rsplit("/", 1)[-1][:-3]: text for path, text in dict(resources.texts("site", "pages")).items()}
MADE = "how-verdicts-are-decided"
INCIDENTS = ["incident-root-alarm", "incident-root-key-found", "incident-root-mfa-lost"]
URGENT = ["break-glass", *INCIDENTS]
FENCE = re.compile(r"^( *)```sh\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def section(text: str, title: str) -> str:
    """Return what stands under a heading, down to the next one that is not below it."""
    heading = re.compile(rf"^(#+) {re.escape(title)}\n", re.MULTILINE).search(text)
    assert heading, title
    rest = text[heading.end() :]
    end = re.compile(rf"^#{{1,{len(heading[1])}}} ", re.MULTILINE).search(rest)
    return rest[: end.start()] if end else rest


def commands(text: str) -> list[str]:
    """Return the blocks that a reader copies into a shell."""
    return [found[2] for found in FENCE.finditer(text)]


@pytest.mark.parametrize("name", sorted(GUIDES.keys() - {MADE}))
def test_every_guide_says_at_its_end_when_it_was_checked(name: str) -> None:
    assert re.search(r"\nChecked on \d{4}-\d\d-\d\d\.\n\Z", GUIDES[name])


@pytest.mark.parametrize("name", INCIDENTS)
def test_an_incident_page_has_its_parts_in_the_order_of_need(name: str) -> None:
    text = GUIDES[name]
    parts = ["The first minute", "The first ten minutes", "Whom to call", "Evidence to keep", "How to close it"]
    places = [text.index(f"\n## {part}\n") for part in parts]
    assert places == sorted(places)
    assert text.index('!!! danger "Do not"') < places[0], "what not to do stands before the first step"
    assert "### Call AWS\n" in section(text, "Whom to call")


@pytest.mark.parametrize("name", INCIDENTS)
def test_each_step_of_the_first_minute_says_what_to_expect(name: str) -> None:
    minute = section(GUIDES[name], "The first minute")
    steps = re.split(r"^\d+\. ", minute, flags=re.MULTILINE)[1:]
    assert len(steps) == 3, "a minute has room for three"
    assert all("*Expect:* " in step for step in steps)


@pytest.mark.parametrize("name", URGENT)
def test_a_block_is_one_command(name: str) -> None:
    for block in commands(GUIDES[name]):
        lines = block.strip().splitlines()
        assert len(lines) == 1 or (lines[0].startswith("for ") and lines[-1].strip() == "done"), block


def test_the_way_to_aws_is_told_alike() -> None:
    alarm, key, _ = (section(GUIDES[name], "Call AWS") for name in INCIDENTS)
    assert alarm == key


def test_the_policy_of_the_emergency_is_the_one_of_the_control() -> None:
    policy = re.search(r"printf '%s' '(\{.*\})' > deny-root-user\.json", GUIDES["incident-root-alarm"])
    control = dict(resources.texts("policies", "controls"))["organization/root-denied-by-scp.yaml"]
    assert policy
    assert re.sub(r"\s+", "", policy[1]) in re.sub(r"\s+", "", control)


@pytest.mark.parametrize("part", ["Words of AWS", "Words of baselint"])
def test_the_glossary_is_in_order_and_short(part: str) -> None:
    words = section(GUIDES["glossary"], part)
    terms = re.findall(r"^### (.+)$", words, re.MULTILINE)
    assert terms == sorted(terms, key=str.lower)
    for term in terms:
        told = re.sub(r"https?://\S+|\]\([^)]*\)|`[^`]*`", "", section(words, term).split("Checked on")[0])
        assert len(re.findall(r"[.:] [A-Z]", told)) <= 2, f"{term}: one or two sentences, and where to read on"
