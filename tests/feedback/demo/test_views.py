import pytest
from sqlalchemy import select

from feedback.demo.models import DemoMarker
from feedback.demo.peopling import hire, open_shops
from surveys.clock import ClockOffset, real_now
from surveys.customers.models import Purchase
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.invitations.planning import plan_new
from surveys.links.models import Link
from surveys.questionnaires.publishing import publish_starters
from surveys.responses.models import CONSIDERED

pytestmark = pytest.mark.once

HOME = "http://localhost"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def demo(app):
    now = real_now()
    open_shops(now)
    hire(now)
    db.session.add(DemoMarker(id=1, filled_at=now, seed=1))
    db.session.commit()


def test_the_bar_stands_over_the_pages_of_a_demo(demo, client):
    page = client.get("/sign-in", base_url=HOME)

    assert "demo-bar" in page.text and "Sign in as" in page.text
    assert "+7 days" in page.text


def test_the_bar_is_unfolded_for_whoever_has_yet_to_become_somebody(demo, client):
    assert (
        '<details class="demo-bar__more fold fold--long" open>' in client.get("/sign-in", base_url=HOME).text
    )
    client.post("/demo/sign-in/owner", base_url=HOME, headers=FROM_HERE)

    page = client.get("/settings", base_url=HOME)

    assert '<details class="demo-bar__more fold fold--long">' in page.text


def hint(client, language="en"):
    page = client.get("/sign-in", base_url=HOME, headers={"Accept-Language": language}).text
    return page.split('class="demo-bar__next"')[1].split("</section>")[0]


def test_the_bar_says_at_each_station_of_the_loop_what_to_do_next(demo, client, make):
    assert "somebody buys something" in hint(client) and 'href="/demo/purchase"' in hint(client)
    assert "kauft" in hint(client, "de")

    given = {"language": "en", "delivery": "AT:Bergbote"}
    client.post("/demo/purchase", base_url=HOME, headers=FROM_HERE, data=given)
    assert "some seconds" in hint(client)
    assert 'fold--long" open' not in client.get("/sign-in", base_url=HOME).text
    plan_new(real_now(), 10)
    db.session.commit()
    assert "Seven days after delivery" in hint(client) and 'name="hours" value="168"' in hint(client)

    invitation = db.session.scalars(select(Invitation)).one()
    invitation.state, invitation.due_at, invitation.sent_at = "sent", None, real_now()
    db.session.commit()
    assert "answer in their place" in hint(client) and invitation.customer.display_name in hint(client)
    assert "/outbox?q=" in hint(client)

    invitation.answered_at = real_now()
    db.session.commit()
    assert "No task came of this answer" in hint(client), "an anonymous answer names no invitation"
    response = make.response(
        2, customer=invitation.customer, invitation=invitation, follow_up_stage=CONSIDERED
    )
    assert "No task came of this answer" in hint(client)
    task = make.task(response)
    assert "resolve it" in hint(client) and f"/tasks/{task.public_id}" in hint(client)
    task.state, task.outcome, task.closed_at = "closed", "no_action", real_now()
    db.session.commit()
    assert "without the customer's word" in hint(client) and "/insights" in hint(client)


def test_looking_again_leads_to_no_other_site(demo, client):
    client.post(
        "/demo/purchase",
        base_url=HOME,
        headers=FROM_HERE,
        data={"language": "en", "delivery": "AT:Bergbote"},
    )

    page = client.get("//evil.example/x", base_url=HOME).text
    assert "some seconds" in page
    assert 'href="//evil.example' not in page and 'value="//evil.example' not in page


def test_without_the_marker_there_is_neither_bar_nor_address(client):
    assert "demo-bar" not in client.get("/sign-in", base_url=HOME).text
    assert client.get("/demo/purchase", base_url=HOME).status_code == 404
    for address in ("/demo/clock", "/demo/sign-in/owner", "/demo/purchase"):
        assert client.post(address, base_url=HOME, headers=FROM_HERE).status_code == 404


@pytest.mark.parametrize(
    ("base_url", "headers"),
    [
        ("http://shop.example", {}),
        ("http://localhost.shop.example", {}),
        (HOME, {"X-Forwarded-For": "203.0.113.9"}),
        (HOME, {"Forwarded": "for=203.0.113.9"}),
        (HOME, {"X-Forwarded-Host": "shop.example"}),
    ],
)
def test_nobody_from_outside_sees_or_uses_it(demo, client, base_url, headers):
    assert "demo-bar" not in client.get("/sign-in", base_url=base_url, headers=headers).text
    answer = client.post("/demo/sign-in/owner", base_url=base_url, headers=headers | FROM_HERE)
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://evil.example"}],
)
def test_another_site_cannot_press_its_buttons(demo, client, headers):
    answer = client.post("/demo/clock", base_url=HOME, headers=headers, data={"hours": "24"})

    assert answer.status_code == 403
    assert db.session.get(ClockOffset, 1) is None


def test_an_old_browser_says_by_origin_where_it_comes_from(demo, client):
    answer = client.post("/demo/clock", base_url=HOME, headers={"Origin": HOME}, data={"hours": "24"})

    assert answer.status_code == 303


@pytest.mark.parametrize("role", ["owner", "admin", "agent", "analyst"])
def test_one_click_signs_in_as_any_role(demo, client, role):
    answer = client.post(f"/demo/sign-in/{role}", base_url=HOME, headers=FROM_HERE)

    assert (answer.status_code, answer.location) == (303, "/")
    page = client.get("/account", base_url=HOME)
    assert page.status_code == 200
    assert f'sign-in/{role}" aria-pressed="true"' in page.text


def test_an_unknown_role_is_nobody(demo, client):
    assert client.post("/demo/sign-in/king", base_url=HOME, headers=FROM_HERE).status_code == 404


def test_the_clock_goes_on_and_leads_back_to_the_same_page(demo, client):
    given = {"hours": "168", "next": "/inbox?view=mine"}

    answer = client.post("/demo/clock", base_url=HOME, headers=FROM_HERE, data=given)

    assert answer.location == "/inbox?view=mine"
    assert db.session.get(ClockOffset, 1).seconds == 7 * 86_400
    bad = client.post("/demo/clock", base_url=HOME, headers=FROM_HERE, data={"hours": "9999999"})
    assert bad.status_code == 422


def test_whoever_becomes_somebody_goes_on_reading_in_the_language_of_the_page(demo, client):
    german = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
    page = client.get("/sign-in", base_url=HOME, headers=german).text
    assert '<input type="hidden" name="language" value="de">' in page

    given = {"language": "de"}
    client.post("/demo/sign-in/agent", base_url=HOME, headers=FROM_HERE | german, data=given)
    inbox = client.get("/inbox", base_url=HOME, headers={"Accept-Language": "en"}).text

    assert '<html lang="de"' in inbox
    # The next role is entered from a German page, whatever the browser prefers.
    assert '<input type="hidden" name="language" value="de">' in inbox
    client.post("/demo/sign-in/owner", base_url=HOME, headers=FROM_HERE, data={"language": "xx"})
    assert '<html lang="en"' in client.get("/settings", base_url=HOME, headers=german).text


def test_a_purchase_is_placed_and_delivered(demo, client):
    given = {"email": "", "language": "en", "delivery": "AT:Bergbote"}

    answer = client.post("/demo/purchase", base_url=HOME, headers=FROM_HERE, data=given)
    page = client.get(answer.location, base_url=HOME)

    purchase = db.session.scalars(select(Purchase)).one()
    assert purchase.delivered_at is not None
    assert purchase.reference in page.text
    assert "move the clock by 7 days" in page.text

    there = f"/settings/purchases/{purchase.public_id}"
    assert "sign-in/admin" in page.text and f'name="next" value="{there}"' in page.text
    became = client.post("/demo/sign-in/admin", base_url=HOME, headers=FROM_HERE, data={"next": there})
    assert became.location == there
    assert purchase.reference in client.get(there, base_url=HOME).text


def test_a_purchase_is_carried_by_a_carrier_of_its_country(demo, client):
    page = client.get("/demo/purchase", base_url=HOME).text

    assert (
        page.index("Germany, Flinkpaket") < page.index("Germany, Stadtbote") < page.index("Austria, Bergbote")
    )
    # One answer about a carrier that no other customer of the country has would hide the others there.
    given = {"language": "en", "delivery": "DE:Leichtpost"}
    answer = client.post("/demo/purchase", base_url=HOME, headers=FROM_HERE, data=given)
    assert answer.status_code == 422
    assert db.session.scalars(select(Purchase)).all() == []


def test_signing_in_leads_to_no_other_site(demo, client):
    given = {"next": "//evil.example"}

    assert client.post("/demo/sign-in/admin", base_url=HOME, headers=FROM_HERE, data=given).location == "/"


def test_a_wrong_address_is_said_and_what_was_chosen_stays(demo, client):
    given = {"email": "nobody@", "language": "de", "delivery": "AT:Bergbote"}

    answer = client.post("/demo/purchase", base_url=HOME, headers=FROM_HERE, data=given)

    assert answer.status_code == 422
    assert "nobody@" in answer.text
    assert '<option selected value="de">' in answer.text
    assert db.session.scalars(select(Purchase)).all() == []


def test_the_shops_own_page_shows_a_survey_about_an_order(demo, client):
    assert client.get("/demo/shop", base_url=HOME).status_code == 404
    publish_starters(real_now())
    db.session.commit()

    visit = client.post("/demo/shop", base_url=HOME, headers=FROM_HERE)
    client.post(
        "/demo/purchase",
        base_url=HOME,
        headers=FROM_HERE,
        data={"language": "en", "delivery": "AT:Bergbote"},
    )
    page = client.get(visit.location, base_url=HOME).text

    link, order = db.session.scalars(select(Link)).one(), db.session.scalars(select(Purchase)).one()
    assert f'data-link="{link.key}" data-as="inline" data-ref="{order.reference}" data-sig="' in page
    assert link.origins == [HOME]
    for way in ("popup", "slide"):
        assert f'data-as="{way}"' in client.get(f"/demo/shop?as={way}", base_url=HOME).text
    assert 'data-as="inline"' in client.get("/demo/shop?as=banner", base_url=HOME).text
