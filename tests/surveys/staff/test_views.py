import pytest
from sqlalchemy import select

from surveys.channels.message import Channel
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import db
from surveys.staff import signing_in
from surveys.staff.models import FailedSignIn
from surveys.staff.views import safe_next
from tests.factories import hash_of

SENTENCE = "a sentence only Olga knows"


@pytest.fixture
def olga(make_today):
    return make_today.staff("Olga", "owner", email="olga@shop.test", password_hash=hash_of(SENTENCE))


def test_signing_in_leads_on_and_signing_out_ends_it(olga, client):
    answer = client.post("/sign-in?next=/settings", data={"email": "olga@shop.test", "password": SENTENCE})
    assert (answer.status_code, answer.location) == (303, "/settings")
    assert client.get("/settings").status_code == 200

    client.post("/account/sign-out")

    assert client.get("/settings").location == "/sign-in?next=/settings"


def test_a_wrong_password_is_told_on_the_page(olga, client):
    answer = client.post("/sign-in", data={"email": "olga@shop.test", "password": "wrong"})

    assert answer.status_code == 422
    assert "do not fit together" in answer.text


@pytest.mark.once
def test_the_sixth_try_is_told_to_wait(olga, client):
    for _ in range(5):
        client.post("/sign-in", data={"email": "olga@shop.test", "password": "wrong"})

    answer = client.post("/sign-in", data={"email": "olga@shop.test", "password": SENTENCE})

    assert answer.status_code == 429
    assert "15 minutes" in answer.text


@pytest.mark.parametrize(
    "target",
    [
        None, "", "//evil.test", "/\\evil.test", "https://evil.test", "javascript:alert(1)",
        "/a\\b", "/a\nb", "/\t/evil.test",
        "evil", "\\\\evil.test", "///evil.test", " /x", "/x y", "data:text/html,x",
    ],
)  # fmt: skip
def test_a_target_that_could_leave_the_site_becomes_the_first_page(target):
    assert safe_next(target) == "/"


def test_a_path_of_ours_is_kept():
    assert safe_next("/tasks/abc?view=mine") == "/tasks/abc?view=mine"


@pytest.mark.once
def test_the_printed_link_makes_the_first_owner_and_closes(app, client):
    link = signing_in.issue_link(None, real_now())
    db.session.commit()
    fields = {"name": "Olga", "email": "olga@shop.test", "password": SENTENCE}

    assert client.get(f"/first/{link}").status_code == 200
    assert client.post(f"/first/{link}", data={**fields, "password": "short"}).status_code == 422
    assert client.post(f"/first/{link}", data=fields).status_code == 303
    assert client.get("/settings").status_code == 200
    assert client.post(f"/first/{link}", data={**fields, "email": "nadia@shop.test"}).status_code == 404


def test_a_password_link_is_mailed_and_works_once(olga, client, app, kept):
    app.extensions["channels"], before = (
        type(app.extensions["channels"])(kept, kept),
        app.extensions["channels"],
    )
    known = client.post("/password", data={"email": "olga@shop.test"})
    unknown = client.post("/password", data={"email": "nadia@shop.test"})
    app.extensions["channels"] = before

    assert known.text == unknown.text
    [mail] = kept.messages
    link = "/password/" + mail.text.split("/password/")[1].split()[0]
    assert client.post(link, data={"password": "quite another sentence"}).status_code == 303
    assert client.get(link).status_code == 404


def test_no_transaction_is_open_while_a_password_link_is_mailed(olga, client, app):
    class Watching(Channel):
        def deliver(self, message):
            self.was_open = db.session().in_transaction()

    watching = Watching()
    usual = app.extensions["channels"]
    app.extensions["channels"] = Channels(mail=watching, kept=watching)
    try:
        client.post("/password", data={"email": "olga@shop.test"})
    finally:
        app.extensions["channels"] = usual

    assert watching.was_open is False


@pytest.mark.once
def test_an_admin_adds_a_colleague_who_chooses_a_password(make_today, signed_in, client):
    admin = signed_in(make_today.staff("Ada", "admin"))

    page = admin.post("/settings/team", data={"name": "Ben", "email": "ben@shop.test", "role": "agent"}).text

    link = "/password/" + page.split("/password/")[1].split("<")[0]
    assert client.post(link, data={"password": "a sentence only Ben knows"}).status_code == 303
    assert client.get("/account").status_code == 200


def test_roles_are_changed_and_people_let_go_on_the_team_page(make_today, signed_in):
    owner, ben = make_today.staff("Olga", "owner"), make_today.staff("Ben")
    olga, bens = signed_in(owner), signed_in(ben)

    olga.post(f"/settings/team/{ben.public_id}", data={"role": "analyst"})
    assert bens.get("/account").text.count("analyst")
    olga.post(f"/settings/team/{ben.public_id}/switch")
    assert bens.get("/account").status_code == 303
    assert olga.post(f"/settings/team/{owner.public_id}/switch").status_code == 409


def test_one_changes_ones_own_password_language_and_presence(olga, client):
    client.post("/sign-in", data={"email": "olga@shop.test", "password": SENTENCE})

    wrong = client.post("/account", data={"old": "wrong", "password": "quite another sentence"})
    right = client.post("/account", data={"old": SENTENCE, "password": "quite another sentence"})
    client.post("/account/away", data={"away": "yes"})
    client.post("/account/language", data={"language": "de"})

    assert (wrong.status_code, right.status_code) == (422, 303)
    db.session.refresh(olga)
    assert (olga.is_away, olga.locale) == (True, "de")


@pytest.mark.once
@pytest.mark.parametrize("referrer", ["http://[", "http://a]b/", "//evil.test//x", "https://evil.test//x"])
def test_a_damaged_referrer_leads_to_the_first_page(olga, client, referrer):
    client.post("/sign-in", data={"email": "olga@shop.test", "password": SENTENCE})

    answer = client.post("/account/language", data={"language": "en"}, headers={"Referer": referrer})

    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.once
@pytest.mark.parametrize(
    ("seen", "next_page"),
    [
        ("/settings/team?shown=all", "/settings/team?shown=all"),
        ("/account/sign-out", "/account"),  # shown by a form alone
        ("/no/such/page", "/"),
    ],
)
def test_another_language_leads_back_to_a_page_that_opens(olga, client, seen, next_page):
    client.post("/sign-in", data={"email": "olga@shop.test", "password": SENTENCE})

    back = {"Referer": f"http://localhost{seen}"}
    answer = client.post("/account/language", data={"language": "en"}, headers=back)

    assert (answer.status_code, answer.location) == (303, next_page)


@pytest.mark.once
def test_a_form_without_its_token_is_refused(olga, client, app):
    client.post("/sign-in", data={"email": "olga@shop.test", "password": SENTENCE})
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post("/account/away", data={"away": "yes"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert answer.status_code == 403
    db.session.refresh(olga)
    assert not olga.is_away


@pytest.mark.parametrize("cookie", ["", "garbage", "a.b.c", "x" * 4000, "é"])
def test_a_damaged_cookie_is_a_stranger_not_an_error(client, cookie):
    client.set_cookie("nachklang", cookie)

    assert client.get("/account").status_code == 303


@pytest.mark.parametrize("field", ["email", "password"])
def test_a_nul_character_is_refused_before_the_database_hears_of_it(client, field):
    form = {"email": "olga@shop.test", "password": "wrong"} | {field: "x\x00y"}
    assert client.post("/sign-in", data=form).status_code == 422


@pytest.mark.once
@pytest.mark.parametrize("query", ["q=%00", "before=%00", "q=a&q=b%00"])
def test_a_nul_character_in_a_query_is_refused_as_well(olga, client, query):
    client.post("/sign-in", data={"email": "olga@shop.test", "password": SENTENCE})

    assert client.get(f"/settings/purchases?{query}").status_code == 422


def test_no_address_holds_a_nul_character(client):
    assert client.get("/password/%00").status_code == 404


def test_no_address_is_kept_of_who_typed_a_wrong_password(make_today, client):
    client.post("/sign-in", data={"email": "olga@shop.test", "password": "not the right one at all"})

    kept = db.session.scalars(select(FailedSignIn.address)).one()
    assert "127.0.0" not in kept and len(kept) == 40
