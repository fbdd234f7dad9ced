"""One key corrects how a comment was read, and none does while somebody types."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_c_opens_the_control_and_a_letter_corrects(browser: Browser, demo: LivingHouse):
    page = browser.new_page()
    page.goto(demo.base + "/sign-in")
    page.get_by_role("button", name=re.compile("^(Agent|Bearbeitung)$")).click()
    page.goto(demo.base + "/responses")
    comment = page.locator("[data-comment]:has([data-correct])").nth(2)

    page.locator("#q").press("c")
    expect(page.locator("[data-correct][open]")).to_have_count(0)
    page.locator("h1").click()
    comment.hover()
    page.keyboard.press("c")
    expect(comment.locator("[data-correct]")).to_have_attribute("open", "")
    with page.expect_navigation():
        page.keyboard.press("m")

    expect(comment.locator("summary")).to_have_text(re.compile("(Corrected|Confirmed|Berichtigt|Bestätigt)"))
    assert "/responses#reading-" in page.url


def test_without_focus_or_pointer_c_opens_the_first_comment_to_be_seen(browser: Browser, demo: LivingHouse):
    page = browser.new_page()
    page.goto(demo.base + "/sign-in")
    page.get_by_role("button", name=re.compile("^(Agent|Bearbeitung)$")).click()
    page.goto(demo.base + "/responses")
    fifth = page.locator("[data-correct]").nth(4)
    page.mouse.move(0, 0)

    page.keyboard.press("c")
    expect(page.locator("[data-correct]").first).to_have_attribute("open", "")
    page.keyboard.press("c")
    fifth.evaluate("(control) => control.scrollIntoView({block: 'start'})")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("c")
    expect(fifth).to_have_attribute("open", "")


def test_the_keys_can_be_switched_off(browser: Browser, demo: LivingHouse):
    page = browser.new_page()
    page.goto(demo.base + "/sign-in")
    page.get_by_role("button", name=re.compile("^(Agent|Bearbeitung)$")).click()
    page.goto(demo.base + "/responses")
    comment = page.locator("[data-comment]:has([data-correct])").first
    comment.locator("summary").first.click()
    comment.get_by_role("link", name=re.compile("^(Switch the keys off|Tasten abschalten)")).click()
    page.get_by_role("button", name=re.compile("^(Switch the keys off|Tasten abschalten)")).click()
    page.goto(demo.base + "/responses")

    page.locator("[data-comment]:has([data-correct])").first.hover()
    page.keyboard.press("c")

    expect(page.locator("[data-correct][open]")).to_have_count(0)

    page.goto(demo.base + "/account")
    page.get_by_role("button", name=re.compile("^(Switch the keys on|Tasten einschalten)")).click()
    expect(
        page.get_by_role("button", name=re.compile("^(Switch the keys off|Tasten abschalten)"))
    ).to_be_visible()
