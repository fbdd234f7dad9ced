"""The product manager finds the cause of a drop among the insights and starts an improvement from there."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from surveys.clock import real_now
from surveys.database import db
from tests.browser.test_the_loop_in_a_browser import sign_in
from tests.factories import Make
from tests.feedback.improving.raising import answered, raised
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def house(tmp_path):
    """A living house in which parcels to Austria come late, and all others in time."""
    living = LivingHouse(tmp_path, f"sqlite:///{tmp_path / 'improving.sqlite'}").make_tables()
    with living.inside():
        make = Make(real_now())
        at = make.now - timedelta(days=20)
        with make.at_one_go():
            austrian = make.customer("Anna Austrian", country="AT")
            for _ in range(30):
                raised(make, at, score=3, customer=austrian)
            answered(make, at, 40, customer=austrian, scores=(6, 7))
            answered(make, at, 90, customer=make.customer("Gerda German"), scores=(9, 10, 8))
        db.session.commit()
    with living:
        yield living


def test_from_the_drop_to_the_improvement(browser, house):
    page = sign_in(browser, house, "paula", "analyst")
    page.goto(f"{house.base}/insights")
    page.locator("#proof > summary").click()
    where = page.locator("#differences li").filter(has_text="Austria")
    expect(where.first).to_contain_text("lower than everywhere else")
    where.first.get_by_role("link", name="Start an improvement").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Start an improvement")
    expect(page.get_by_label("Country: Austria")).to_be_checked()
    subject = page.get_by_label("What is it about?")
    expect(subject.locator("option").first).to_have_text("Delivery: Late (30)")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".headline")).to_contain_text("30 of 70 answers raise it")
    page.get_by_label("What is to be changed").fill("Another carrier in Austria")
    page.get_by_role("button", name="Start", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Another carrier in Austria")
    expect(page.locator(".headline")).to_contain_text("An idea")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("button", name="It is in effect").click()
    expect(page.locator(".headline")).to_contain_text("In effect since")
    page.goto(f"{house.base}/insights/improvements")
    expect(page.get_by_role("link", name="Another carrier in Austria")).to_be_visible()
