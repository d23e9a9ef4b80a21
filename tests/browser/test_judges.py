"""Broken pages that prove each judge of the other tests awake."""

from collections.abc import Callable

import pytest

from visit import PHONE, Visit

BREAKS = [
    ("<img alt='' src='http://127.0.0.1:9/outside.png'>", "outside", "http://127.0.0.1:9/outside.png"),
    ("<script>console.error('broken on purpose')</script>", "errors", "broken on purpose"),
    ("<script>throw new Error('thrown on purpose')</script>", "errors", "thrown on purpose"),
    ("<input type='checkbox'>", "barriers", "label"),
    ("<p style='color: #999; background: #fff'>pale</p>", "barriers", "color-contrast"),
    ("<div style='width: 900px'>wide</div>", "sideways", "px"),
    ("<h1>another</h1>", "headings", "2"),
]


def gathered(window: Visit) -> dict[str, list[str]]:
    window.page.wait_for_timeout(300)
    sideways = window.sideways()
    return {
        "outside": window.outside(),
        "errors": window.errors,
        "barriers": window.barriers(),
        "sideways": [f"{sideways} px"] if sideways > 0 else [],
        "headings": [str(count) for count in [window.page.locator("article h1").count()] if count != 1],
    }


@pytest.mark.parametrize(("break_", "judge", "words"), BREAKS, ids=[f"{item[1]}-{item[2]}" for item in BREAKS])
def test_a_broken_page_is_told(visit: Callable[..., Visit], break_: str, judge: str, words: str) -> None:
    window = visit("changes/", width=PHONE)
    assert not any(gathered(window).values())

    def broken(route: object) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</article>", f"{break_}</article>"))

    window.page.route("**/changes/", broken)
    window.open("changes/")
    assert any(words in item for item in gathered(window)[judge])
