"""Mail → answer on a phone without JavaScript → inbox → reply → resolve → check-back → closed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from feedback.follow_up.models import Task
from surveys.database import db
from tests.journeys.living import LivingHouse, eventually, purchase

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PHONE = {"width": 320, "height": 568}


def open_mail(browser: Browser, mail, **options) -> Page:
    """Show a mail's HTML part as a mail program on a phone would."""
    page = browser.new_context(viewport=PHONE, java_script_enabled=False, **options).new_page()
    page.set_content(mail.get_body(("html",)).get_content())
    return page


def sign_in(browser: Browser, house: LivingHouse, name: str, role: str) -> Page:
    """Add somebody and sign them in by the sign-in page."""
    house.flask("staff", "add", f"{name}@shop.test", "--role", role, typed="a sentence nobody knows\n")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(house.base)
    page.get_by_label("E-mail address").fill(f"{name}@shop.test")
    page.get_by_label("Password").fill("a sentence nobody knows")
    page.get_by_role("button", name="Sign in").click()
    return page


def test_the_loop_in_a_browser(browser, house):
    agent = sign_in(browser, house, "ben", "agent")
    house.machine().post_json("/api/v1/purchases", purchase("A-1", "dora@example.test"))
    [invitation] = eventually(lambda: house.mailbox.to("dora@example.test"), "the invitation")

    phone = open_mail(browser, invitation)
    phone.locator("a[href*='score=2']").click()
    expect(phone.locator("body")).to_contain_text("2")
    phone.get_by_role("textbox").fill("The parcel came two weeks late and the mug was broken.")
    phone.get_by_label("Yes").check(force=True)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank", ignore_case=True)

    row = agent.get_by_text("The parcel came two weeks late")
    agent.goto(f"{house.base}/inbox")
    expect(row).to_be_visible(timeout=45_000)  # the page renews itself
    # Whoever writes while the task is raised by what the comment says is asked to look again.
    eventually(lambda: priority_in(house) == "P1", "the comment to be read")
    agent.get_by_role("link", name="Dora Detractor").first.click()
    expect(agent.get_by_role("heading", level=1)).to_contain_text("Dora Detractor")
    reply(agent)
    letter = eventually(
        lambda: [m for m in house.mailbox.to("dora@example.test") if "new mug" in text_of(m)], "the reply"
    )
    assert letter[0]["Subject"]
    case = agent.url
    resolve(agent)  # the next case of the queue opens, or the inbox when there is none
    agent.wait_for_load_state()
    house.set_forward(timedelta(days=7, minutes=2))  # a week later the customer is asked

    check_back = eventually(lambda: house.mailbox.to("dora@example.test")[2:], "the check-back")[0]
    phone = open_mail(browser, check_back)
    phone.locator("a[href*='solved=yes']").click()
    phone.get_by_role("button", name="Send").click()
    agent.wait_for_timeout(3000)
    agent.goto(case)
    expect(agent.locator("body")).to_contain_text("recovered", ignore_case=True, timeout=45_000)


def priority_in(house: LivingHouse) -> str | None:
    """Return the priority of the house's only task."""
    with house.inside():
        return db.session.scalar(select(Task.priority))


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def reply(agent: Page) -> None:
    """Write the reply the way the page offers it."""
    if not agent.get_by_role("textbox", name=re.compile("message|text|reply", re.I)).last.is_visible():
        agent.locator("summary", has_text="Reply").first.click()
    body = agent.get_by_role("textbox", name=re.compile("message|text|reply", re.I)).last
    body.fill("Hello Dora,\n\na new mug is on its way and will be with you on Friday.\n\nBen")
    agent.get_by_role("button", name=re.compile("send", re.I)).first.click()


def resolve(agent: Page) -> None:
    """Resolve with what was done and what the cause was."""
    done = agent.get_by_label("What was done")
    if not done.is_visible():
        agent.locator("summary", has_text="Resolve").click()
    done.select_option("replacement")
    agent.get_by_label("What the cause was").select_option("carrier")
    agent.get_by_role("button", name="Resolve").click()
