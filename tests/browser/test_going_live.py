"""From an empty installation through the checklist to the first real mail, as an owner does it in a browser."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.living import LivingHouse, Web, eventually, purchase

pytestmark = [pytest.mark.browser, pytest.mark.processes]
EVIDENCE = "Beside the address field: we may ask how it was; you can object at any time, free of charge."


def first_owner(browser: Browser, house: LivingHouse) -> Page:
    """Make the first account by the link the house printed."""
    link = eventually(lambda: re.search(r"http://\S+/first/\S+", house.log.read_text()), "the first link")
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(link[0])
    page.get_by_label("Name").fill("Olga Owner")
    page.get_by_label("E-mail address").fill("olga@olive.test")
    page.get_by_label("Password").fill("a sentence only Olga knows")
    page.get_by_role("button", name="Make the account").click()
    return page


def step(page: Page, house: LivingHouse, key: str):
    """Open the checklist and return one of its steps."""
    page.goto(f"{house.base}/going-live")
    return page.locator(f"#{key}")


def tick(page: Page, house: LivingHouse, key: str, button: str) -> None:
    """Tick a step that only a person can know to be done."""
    step(page, house, key).get_by_role("button", name=button).click()
    expect(page.locator(f"#{key}")).to_contain_text("ticked")


def tell_who_asks(page: Page, house: LivingHouse) -> None:
    """Fill in the shop's page, by the link of the step."""
    step(page, house, "shops").get_by_role("link", name="Settings of Shop").click()
    page.get_by_label("Name of the shop").fill("Olive & Salt")
    page.get_by_label("Sender's address").fill("hello@olive.test")
    page.get_by_label("Answers go to").fill("care@olive.test")
    page.get_by_label("Postal address").fill("Market 1, 1010 Vienna")
    page.get_by_label("Privacy notice").fill("https://olive.test/privacy")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(step(page, house, "shops").get_by_text("done")).to_be_visible()


def try_the_mail(page: Page, house: LivingHouse) -> None:
    """Send a test mail, find it in the mailbox, and tick it."""
    expect(step(page, house, "mail").get_by_role("button", name="It arrived")).to_have_count(0)
    step(page, house, "mail").get_by_role("button", name="Test mail").click()
    expect(page.locator("body")).to_contain_text("The test mail has left")
    [mail] = eventually(lambda: house.mailbox.to("olga@olive.test"), "the test mail")
    assert (mail["From"].addresses[0].addr_spec, mail["Reply-To"]) == ("hello@olive.test", "care@olive.test")
    tick(page, house, "mail", "It arrived")
    step(page, house, "dns").get_by_role("link", name="The records to enter").click()
    expect(page.locator("body")).to_contain_text("_dmarc.olive.test")
    tick(page, house, "dns", "The records are entered")


def declare(page: Page, house: LivingHouse) -> None:
    """Say where the permission comes from."""
    step(page, house, "permission").get_by_role("link", name="Permission of Olive & Salt").click()
    page.get_by_label("What they are shown, word for word").fill(EVIDENCE)
    since = datetime.now(UTC) - timedelta(days=400)
    page.get_by_label("Shown since").fill(f"{since:%Y-%m-%d}")
    page.get_by_role("button", name="Declare").click()
    expect(step(page, house, "permission").get_by_text("done")).to_be_visible()


def let_a_purchase_in(page: Page, house: LivingHouse) -> None:
    """Make a key and let the shop's system tell a purchase with it."""
    step(page, house, "connected").get_by_role("link", name="API keys").click()
    page.get_by_label("Which system will use it?").fill("the shop")
    page.get_by_role("button", name="Make the key").click()
    key = page.locator("#secret").inner_text()
    told = purchase("A-1", "dora@example.test")
    del told["customer"]["permission"]
    assert Web(house.base, key).post_json("/api/v1/purchases", told).status == 201
    expect(step(page, house, "connected").get_by_text("done")).to_be_visible()


def test_from_an_empty_installation_to_the_first_real_mail(browser, house):
    page = first_owner(browser, house)
    tell_who_asks(page, house)
    try_the_mail(page, house)
    declare(page, house)
    tick(page, house, "team", "I work alone")
    let_a_purchase_in(page, house)
    step(page, house, "dry_run").get_by_role("link", name="Dry run of Olive & Salt").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tick(page, house, "dry_run", "I have looked at it")

    [asked] = eventually(lambda: house.mailbox.to("dora@example.test"), "the first real question")

    assert asked["From"].addresses[0].addr_spec == "hello@olive.test"
    assert "Market 1, 1010 Vienna" in asked.get_body(("plain",)).get_content()
    still_open = step(page, house, "demo").page.locator(".settings__row", has_text="to do")
    # The house of this story is on loopback, where a real one has an address with a certificate.
    expect(still_open).to_have_count(1)
    expect(still_open).to_contain_text("Be reachable")
