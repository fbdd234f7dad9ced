"""Unsubscribing, the outbox, touchpoints and decisions, through the web."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys import tokens
from surveys.channels.outbox import Outbox
from surveys.customers.models import Customer, Objection
from surveys.database import db
from surveys.invitations.composing import compose
from surveys.invitations.sending import send_due
from surveys.staff.mailing import link_mail
from tests.conftest import SECRET


def stop_link(invitation):
    return f"/u/{tokens.make(tokens.UNSUBSCRIBE, invitation.public_id, SECRET)}"


def objections():
    return db.session.scalar(select(func.count()).select_from(Objection))


@pytest.fixture
def olga(make_today, signed_in):
    return signed_in(make_today.staff("Olga", role="admin"))


@pytest.fixture
def outbox(app):
    """An outbox of this test's own."""
    folder = app.config["SETTINGS"].instance / "outbox"
    yield Outbox(folder)
    for file in folder.glob("*.eml"):
        file.unlink()


def test_looking_at_the_way_out_stops_nothing(make, client):
    invitation = make.invitation()
    for _ in range(3):
        page = client.get(stop_link(invitation))
        client.head(stop_link(invitation))
        client.options(stop_link(invitation))

    assert page.status_code == 200
    assert "No more questions from Demo Shop?" in page.text
    assert (objections(), invitation.customer.objected_at) == (0, None)
    assert "Set-Cookie" not in page.headers


@pytest.mark.once
def test_one_press_stops_all_questions_of_the_shop(make_today, client, channels, kept, post):
    make = make_today
    customer = make.customer("Pat", email="pat@example.test", reference="C-1")
    twin = make.customer("Pat", email="pat@example.test", reference="C-2")
    planned = make.invitation(make.purchase(twin), "planned", skip_window=True)
    page = client.post(stop_link(make.invitation(make.purchase(customer))))

    assert (page.status_code, objections()) == (200, 1)
    assert "You will get no more questions from Demo Shop." in page.text
    assert customer.objected_at is not None
    send_due(make.now + timedelta(hours=1), 10, channels, post)
    assert (planned.state, planned.reason, kept.messages) == ("refused", "objected", [])


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_of_the_mail_program_works_without_a_cookie_and_twice(make, client, content_type):
    invitation = make.invitation()
    for _ in range(2):
        page = client.post(
            stop_link(invitation), data={"List-Unsubscribe": "One-Click"}, content_type=content_type
        )
        assert page.status_code == 200
        assert "Set-Cookie" not in page.headers

    assert objections() == 1
    assert db.session.scalar(select(Objection.source)) == "one_click"


def test_the_page_speaks_the_customers_language(make, client):
    page = client.get(stop_link(make.invitation(locale="de")), headers={"Accept-Language": "en"})

    assert '<html lang="de">' in page.text


def test_a_cut_link_asks_to_copy_the_whole_one_in_the_language_of_the_browser(make, client):
    page = client.get(stop_link(make.invitation())[:-5], headers={"Accept-Language": "fr-CH, en;q=0.5"})

    assert page.status_code == 404
    assert 'lang="fr"' in page.text and "Copiez le lien entier" in page.text


@pytest.mark.once
@pytest.mark.parametrize("spoil", ["forged", "answer", "short", "unknown"])
def test_a_link_that_is_not_one_stops_nothing(make, client, spoil):
    invitation = make.invitation()
    link = {
        "forged": stop_link(invitation)[:-1] + ("A" if stop_link(invitation)[-1] != "A" else "Q"),
        "answer": f"/u/{tokens.make(tokens.ANSWER, invitation.public_id, SECRET)}",
        "short": "/u/abc",
        "unknown": f"/u/{tokens.make(tokens.UNSUBSCRIBE, 'a' * 22, SECRET)}",
    }[spoil]

    assert [client.get(link).status_code, client.post(link).status_code] == [404, 404]
    assert objections() == 0


def test_scanners_that_follow_every_link_of_a_mail_write_nothing(make, client, post):
    invitation = make.invitation(state="sent")
    before = list(db.session.execute(select(Customer.objected_at)))
    for part in compose(invitation, post, make.now, None).html.split('href="')[1:]:
        path = part.partition('"')[0].removeprefix(post.base_url)
        client.get(path)
        client.head(path)

    assert list(db.session.execute(select(Customer.objected_at))) == before
    assert objections() == 0
    assert invitation.answered_at is None


@pytest.mark.once
def test_every_mail_of_the_outbox_can_be_read(make, olga, outbox, post):
    invitation = make.invitation(make.purchase(make.customer("Pat Example")))
    outbox.deliver(compose(invitation, post, make.now, None))
    name = f"{invitation.public_id}@feedback.shop.test"

    assert "How was your order from Demo Shop?" in olga.get("/outbox").text
    letter = olga.get(f"/outbox/{name}").text
    assert "Hello Pat Example," in letter
    assert f'src="/outbox/{name}/html"' in letter
    assert "List-Unsubscribe" not in letter
    html = olga.get(f"/outbox/{name}/html")
    assert '<base target="_top">' in html.text
    policy = html.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy


@pytest.mark.once
def test_the_outbox_is_searched_for_words(make, olga, outbox, post):
    for name in ("Pat Example", "Dora Example"):
        outbox.deliver(compose(make.invitation(make.purchase(make.customer(name))), post, make.now, None))

    found = olga.get("/outbox?q=hello+dora+EXAMPLE").text
    assert "dora" in found and "1 mail" in found and 'value="hello dora EXAMPLE"' in found
    nothing = olga.get("/outbox?q=nobody").text
    assert "No mail fits" in nothing and "Show all mails" in nothing


def test_only_owners_read_mails_with_the_link_for_a_password(make_today, signed_in, olga, outbox):
    owner = make_today.staff("Nadia", role="owner")
    outbox.deliver(link_mail(owner, "https://feedback.shop.test/password/x", "shop@shop.test"))
    [mail] = outbox.newest(1)

    assert "Your new password" not in olga.get("/outbox").text
    assert olga.get(f"/outbox/{mail.name}").status_code == 404
    assert "Your new password" in signed_in(owner).get(f"/outbox/{mail.name}").text


@pytest.mark.once
@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fsecret_key", ".hidden", "a%00b", "x" * 300])
def test_names_lead_to_no_other_file(olga, outbox, name):
    assert olga.get(f"/outbox/{name}").status_code == 404
    assert olga.get(f"/outbox/{name}/html").status_code == 404


def test_an_empty_outbox_says_so(olga, outbox):
    assert "No mail yet" in olga.get("/outbox").text


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
@pytest.mark.parametrize("path", ["/outbox", "/settings/touchpoints", "/settings/purchases"])
def test_only_owners_and_admins_come_in(make_today, signed_in, role, path):
    assert signed_in(make_today.staff(role=role)).get(path).status_code == 403
