"""Further questions on a phone with script: the way back, a gateway's error, a reload; nothing is lost on them."""

import pytest
from playwright.sync_api import Page, Route, expect

from surveys.database import db
from tests.browser.conftest import HOST
from tests.browser.finding_faults import faults, narrow_faults
from tests.factories import Make
from tests.surveys.responses.links import link_to, only_response
from tests.surveys.responses.test_further_questions import asking

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


@pytest.fixture
def link(make_today: Make) -> str:
    """A link to a survey whose further questions take four pages."""
    return HOST + link_to(asking(make_today, carrier="DHL"))


def go_on(phone: Page) -> None:
    phone.get_by_role("button", name="Next").click()


def on_page(phone: Page, number: int) -> None:
    expect(phone.get_by_text(f"Page {number} of")).to_be_visible()


def test_the_way_back_leads_to_the_page_before_and_keeps_what_was_said(phone: Page, link: str):
    phone.goto(link + "?score=3")
    phone.get_by_role("textbox").fill("Came late.")
    go_on(phone)
    on_page(phone, 2)
    phone.get_by_label("Yes").check(force=True)
    go_on(phone)
    on_page(phone, 3)
    phone.get_by_label("About q3?").fill("Two weeks.")

    phone.go_back()
    on_page(phone, 2)
    expect(phone.get_by_label("Yes")).to_be_checked()
    go_on(phone)
    on_page(phone, 3)
    expect(phone.get_by_label("About q3?")).to_have_value("Two weeks.")
    phone.go_back()
    on_page(phone, 2)
    phone.go_back()
    expect(phone.get_by_text("You chose 3")).to_be_visible()
    expect(phone.get_by_role("textbox")).to_have_value("Came late.")


def test_a_gateway_without_the_house_behind_it_takes_nothing_away(phone: Page, link: str):
    phone.goto(link + "?score=3")
    go_on(phone)
    on_page(phone, 2)
    phone.get_by_label("Yes").check(force=True)
    failures = iter([True])

    def restarting(route: Route) -> None:
        if route.request.method == "POST" and next(failures, False):
            route.fulfill(status=502, body="")
        else:
            route.fallback()

    phone.route("**/s/*", restarting)
    go_on(phone)
    expect(phone.get_by_role("alert")).to_contain_text("Trying again")
    expect(phone.get_by_role("alert")).to_be_in_viewport()
    on_page(phone, 3)


def test_a_score_changed_on_the_page_is_newer_than_the_links(phone: Page, link: str):
    phone.goto(link + "?score=3")
    phone.locator(".chosen summary").click()
    phone.locator("#score-9").check(force=True)

    phone.reload()

    expect(phone.locator("#score-9")).to_be_checked()
    go_on(phone)
    on_page(phone, 2)
    db.session.rollback()
    assert only_response().score == 9


def test_a_wrong_answer_is_said_with_its_field_and_the_link_to_it_is_no_step(phone: Page, link: str):
    phone.goto(link + "?score=9")
    go_on(phone)
    on_page(phone, 2)
    go_on(phone)
    on_page(phone, 3)
    phone.get_by_label("About q7?").fill("two")
    phone.get_by_role("button", name="Send").click()
    phone.get_by_role("link", name="in digits").click()

    field = phone.get_by_label("About q7?")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Please write a whole number, in digits.")
    assert "#" not in phone.url
    assert faults(phone, "en") + narrow_faults(phone) == []
