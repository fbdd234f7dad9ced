"""The owner sets a goal: reads what it takes first, and finds the verdict when its day is over."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from feedback.aiming.settling import settle_due
from surveys.clock import business_now, real_now
from surveys.database import db
from tests.browser.finding_faults import faults, narrow_faults
from tests.browser.test_the_loop_in_a_browser import sign_in
from tests.factories import Make
from tests.feedback.aiming.test_setting import DAY, answered
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def house(tmp_path):
    """A living house with a hundred answers of last month and a hundred better ones of today."""
    living = LivingHouse(tmp_path, f"sqlite:///{tmp_path / 'goals.sqlite'}").make_tables()
    with living.inside():
        make = Make(real_now())
        answered(make, make.now - 30 * DAY, (20, 30, 50))
        answered(make, make.now - timedelta(seconds=1), (5, 15, 80))
        db.session.commit()
    with living:
        yield living


def test_the_owner_sets_a_goal(browser, house):
    page = sign_in(browser, house, "olga", "owner")
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{house.base}/insights")
    page.get_by_role("link", name="Goals").click()
    page.get_by_role("main").get_by_role("link", name="New goal").first.click()
    page.get_by_label("How much").fill("10")
    page.get_by_role("button", name="See what it takes").click()
    expect(page.get_by_text("the goal is 40")).to_be_visible()
    found = faults(page, "en") + narrow_faults(page)

    page.get_by_role("button", name="Set the goal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("NPS 40 or more")
    expect(page.locator(".headline")).to_contain_text("at the goal for now")
    page.get_by_text("How sure is this?").click()
    expect(page.get_by_text("A verdict is given once")).to_be_visible()
    found += faults(page, "en") + narrow_faults(page)

    house.set_forward(92 * DAY)
    with house.inside():
        settle_due(business_now(), 10)
    page.goto(f"{house.base}/insights/goals")
    expect(page.get_by_text("Reached, confirmed", exact=True)).to_be_visible()
    assert found + faults(page, "en") + narrow_faults(page) == []
