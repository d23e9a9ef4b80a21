"""Checklists: ticks that last, one set for each account, progress, reset, and the copy for a ticket."""

from collections.abc import Callable

from playwright.sync_api import Page

from visit import Visit

BASELINE = "baselines/aws-root-hardening/"
MFA = "controls/root-user/root-mfa/"
REFUSES = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def progress(page: Page) -> str:
    return page.locator(".bl-progress").inner_text()


def button(page: Page, name: str) -> None:
    page.locator(".bl-checklist").get_by_role("button", name=name).click()


def name_account(page: Page, account: str) -> None:
    page.get_by_label("Account", exact=True).fill(account)
    page.keyboard.press("Enter")


def test_ticks_survive_a_reload_and_pages_keep_their_own(visit: Callable[..., Visit]) -> None:
    window = visit(BASELINE)
    page = window.page
    assert progress(page) == "0 of 25 done"
    page.get_by_label("The root user signs in with a second factor").check()
    assert progress(page) == "1 of 25 done"
    page.reload()
    assert progress(page) == "1 of 25 done"
    assert page.get_by_label("The root user signs in with a second factor").is_checked()
    assert progress(window.open(MFA)).startswith("0 of ")


def test_a_box_is_ticked_by_keyboard_and_has_a_name(visit: Callable[..., Visit]) -> None:
    page = visit(BASELINE).page
    page.locator("[data-bl-tick]").first.focus()
    page.keyboard.press("Space")
    assert progress(page) == "1 of 25 done"
    assert page.locator(".bl-progress").get_attribute("role") == "status"
    assert all(page.locator("[data-bl-tick]").evaluate_all("(boxes) => boxes.map((box) => box.labels[0].innerText)"))


def test_each_account_has_ticks_of_its_own(visit: Callable[..., Visit]) -> None:
    window = visit(f"{BASELINE}?account=111122223333")
    page = window.page
    page.locator("[data-bl-tick]").first.check()
    name_account(page, "4444 5555 6666")
    assert progress(page) == "0 of 25 done"
    assert page.url.endswith("?account=444455556666")
    name_account(page, "111122223333")
    assert progress(page) == "1 of 25 done"
    assert window.open(MFA).url.endswith("?account=111122223333")
    name_account(page, "")
    assert progress(window.open(BASELINE)) == "0 of 25 done"


def test_what_is_no_account_is_told_and_changes_nothing(visit: Callable[..., Visit]) -> None:
    page = visit(f"{BASELINE}?account=%3Cimg%20src=x%3E").page
    assert "12 digits" in page.locator(".bl-mistake").inner_text()
    assert page.locator(".bl-checklist img").count() == 0
    name_account(page, "12345")
    assert page.get_by_label("Account", exact=True).get_attribute("aria-invalid") == "true"


def test_reset_asks_first_and_clears_this_account_only(visit: Callable[..., Visit]) -> None:
    page = visit(f"{BASELINE}?account=111122223333").page
    page.locator("[data-bl-tick]").nth(1).check()
    name_account(page, "444455556666")
    page.locator("[data-bl-tick]").first.check()
    page.locator("[data-bl-tick]").nth(2).check()
    button(page, "Reset")
    assert "Clear 2 ticks of 444455556666?" in page.locator(".bl-asking").inner_text()
    page.keyboard.press("Escape")
    assert progress(page) == "2 of 25 done"
    button(page, "Reset")
    page.keyboard.press("Enter")
    assert progress(page) == "0 of 25 done"
    page.reload()
    assert progress(page) == "0 of 25 done"
    name_account(page, "111122223333")
    assert progress(page) == "1 of 25 done"


def test_only_the_open_way_counts(visit: Callable[..., Visit]) -> None:
    page = visit(MFA).page
    before = progress(page)
    page.locator(".tabbed-labels label", has_text="CLI").first.click()
    page.wait_for_function(f"document.querySelector('.bl-progress').textContent !== {before!r}")


def test_the_copy_is_a_task_list_for_a_ticket(visit: Callable[..., Visit]) -> None:
    window = visit(f"{BASELINE}?account=111122223333", permissions=["clipboard-read", "clipboard-write"])
    page = window.page
    page.locator("[data-bl-tick]").nth(1).check()
    button(page, "Copy as Markdown")
    page.wait_for_function("document.querySelector('.bl-said').textContent === 'Copied.'")
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "# Hardening of the root user and the password policy"
    assert lines[2] == f"<{window.address}{BASELINE}?account=111122223333>"
    assert lines[4] == "Account: 111122223333"
    assert "## 1.1 Generate and review the credential report" in lines
    tasks = [line for line in lines if line.startswith("- [")]
    assert len(tasks) == 25
    assert tasks[:2] == [
        "- [ ] The credential report under review is recent",
        "- [x] The credential report lists every IAM user of the account",
    ]


def test_a_browser_that_refuses_to_copy_shows_the_text(visit: Callable[..., Visit]) -> None:
    page = visit(BASELINE).page
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error('no')))")
    button(page, "Copy as Markdown")
    page.locator(".bl-paper").wait_for()
    assert "- [ ] The credential report under review is recent" in page.locator(".bl-paper").input_value()


def test_a_browser_that_keeps_nothing_says_so_and_ticks_all_the_same(visit: Callable[..., Visit]) -> None:
    window = visit("controls/")
    window.page.add_init_script(REFUSES)
    page = window.open(BASELINE)
    assert "lost when you leave" in page.locator(".bl-note").inner_text()
    page.locator("[data-bl-tick]").first.check()
    assert progress(page) == "1 of 25 done"
    assert window.errors == []


def test_the_note_says_that_ticks_are_no_evidence(visit: Callable[..., Visit]) -> None:
    assert "no evidence" in visit(BASELINE).page.locator(".bl-checklist .bl-note").inner_text()
