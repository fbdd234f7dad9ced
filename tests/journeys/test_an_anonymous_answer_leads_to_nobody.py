"""Somebody answers an anonymous survey, by mail and by a link; whoever holds the whole database cannot say who it was."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from feedback.privacy.data_map import entry_of
from surveys.brand.models import Brand
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation
from surveys.links.editing import LinkValues, add_link
from surveys.links.signatures import secret_of, sign
from surveys.questionnaires.anonymity import FEWEST_SHOWN
from surveys.questionnaires.promising import promise
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.models import Response
from tests.journeys.living import eventually, link_in, purchase, submission_of

pytestmark = [pytest.mark.processes, pytest.mark.once]

PROMISE = "Your answer is anonymous: we store it without your name, your order or the time."
OF_THE_ANSWER = {"response", "analysis"}
SHORTEST = 8  # of what can be taken for a token: ids, digests, keys, addresses


def test_by_mail_nothing_in_any_table_joins_customer_and_answer(house):
    shop, olga = house.machine(), house.hire("Olga", "owner")
    make_anonymous(house)
    assert shop.post_json("/api/v1/purchases", purchase("A-1", "dora@example.test")).status == 201
    [mail] = eventually(lambda: house.mailbox.to("dora@example.test"), "the invitation")
    html = mail.get_body(("html",)).get_content()
    assert PROMISE in html and "score=" not in html
    eventually(lambda: state_of_the_invitation(house) == "sent", "the mail to be settled")

    link, begun = link_in(mail), datetime.now(UTC)
    page = shop.get(link + "?score=2").text
    assert PROMISE in page and "contact_permission" not in page and "checked" not in page
    fields = {
        "score": "2",
        "comment": "It arrived broken and nobody answered my mail. Terrible.",
        "submission_id": submission_of(page),
        "anonymous": "1",
    }
    assert shop.post(link, fields | {"partial": "1"}).status == 204
    assert answers_read(house) == []  # what is not sent was not said
    first, again = shop.post(link, fields), shop.post(link, fields)
    assert first.status == 200 and first.text == again.text  # sent again: the same thanks
    assert PROMISE in first.text and "/me/" not in first.text
    other = {**fields, "score": "9", "submission_id": submission_of(page)[::-1]}
    assert shop.post(link, other).status == 409  # a second tab

    [answer_id] = eventually(lambda: answers_read(house), "the reading")
    nothing_leads_back(house, begun)
    assert shop.get(f"/api/v1/responses/{answer_id}").status == 403  # a single one would tell who gave it
    told = told_among_others(shop, answer_id)
    assert (told["score"], told["customer"], told["purchase"], told["anonymous"]) == (2, None, None, True)
    assert shop.get("/api/v1/tasks").json["items"] == []
    nothing_is_told_of_it(house, olga, mail, told["id"])


def test_by_a_link_the_shops_signature_and_the_form_leave_nothing_either(house):
    shop = house.machine()
    make_anonymous(house)
    assert shop.post_json("/api/v1/purchases", purchase("A-1", "dora@example.test")).status == 201
    eventually(lambda: house.mailbox.to("dora@example.test"), "the invitation")
    eventually(lambda: state_of_the_invitation(house) == "sent", "the mail to be settled")
    link, begun = house.base + signed_link(house), datetime.now(UTC)

    page = shop.get(link).text
    form = submission_of(page)
    fields = {"score": "3", "comment": "Late.", "submission_id": form, "anonymous": "1"}
    assert PROMISE in page
    assert [shop.post(link, fields).status for _ in range(2)] == [200, 200]

    [answer_id] = eventually(lambda: answers_read(house), "the reading")
    rows = nothing_leads_back(house, begun)
    assert not [row for row in rows if form in map(str, row[1].values())]
    told = told_among_others(shop, answer_id)
    assert (told["customer"], told["purchase"]) == (None, None)
    assert (told["attributes"], told["attributes_verified"]) == ({"store": "Berlin"}, True)


def make_anonymous(house):
    with house.inside():
        begin_writing()
        promise(survey_by_key("nps"), True)
        db.session.commit()


def answers_read(house):
    """Return the ids of the answers whose comments were read; the API does not show so few."""
    with house.inside():
        return list(db.session.scalars(select(Response.public_id).where(Response.analysed_at.is_not(None))))


def told_among_others(shop, answer_id):
    """Let enough others answer, and return what the API tells of the one then; what came fast by a link may not count."""
    for _ in range(FEWEST_SHOWN):
        assert shop.post_json("/api/v1/responses", {"survey": "nps", "score": 9}).status == 201
    return shop.get(f"/api/v1/responses/{answer_id}").json


def state_of_the_invitation(house):
    with house.inside():
        return db.session.scalar(select(Invitation.state))


def signed_link(house):
    """Make a link and return its address as the shop's page after the order A-1 has it."""
    with house.inside() as app:
        begin_writing()
        brand = db.session.scalars(select(Brand)).one()
        values = LinkValues("Thanks page", "link", "", "store = Berlin", "", 60)
        key = add_link(brand, survey_by_key("nps"), values, None, datetime.now(UTC)).key
        db.session.commit()
        signature = sign({"ref": "A-1"}, secret_of(key, app.config["LINK_SECRETS"][0]))
    return f"/l/{key}?ref=A-1&sig={signature}&score=3"


def nothing_leads_back(house, begun):
    """Look through every row of every table; return them as (table, row)."""
    with house.inside():
        zone = ZoneInfo(db.session.scalars(select(Brand.time_zone)).one())
        rows = [
            (table.name, dict(row._mapping))
            for table in db.metadata.sorted_tables
            for row in db.session.execute(select(table))
        ]
    answer = [row for table, row in rows if table in OF_THE_ANSWER]
    [response] = [row for table, row in rows if table == "response"]
    assert len(answer) == 2
    for name in ("invitation_id", "customer_id", "purchase_id", "submission_id", "external_id"):
        assert response[name] is None
    nothing_was_written_together(house)
    no_token_is_shared(rows, answer)
    no_hour_is_told(rows, answer, begun, zone)
    return rows


def nothing_was_written_together(house):
    """PostgreSQL keeps with every row which transaction wrote it; the loop has written the answer again since."""
    with house.inside():
        if db.engine.dialect.name == "postgresql":
            together = text("SELECT i.id FROM invitation i JOIN response r ON r.xmin::text = i.xmin::text")
            assert db.session.execute(together).all() == []


def no_token_is_shared(rows, answer):
    others = [row for table, row in rows if table not in OF_THE_ANSWER]
    tokens = {value for row in answer for value in row.values() if is_token(value)}
    assert response_ids(answer) <= tokens
    for row in others:
        shared = {value for value in tokens if any(value in str(each) for each in row.values())}
        assert not shared - {"promoter", "detractor"}, (shared, row)


def is_token(value):
    return isinstance(value, str) and len(value) >= SHORTEST and re.fullmatch(r"\S+", value) is not None


def response_ids(answer):
    return {row["public_id"] for row in answer if "public_id" in row}


def no_hour_is_told(rows, answer, begun, zone):
    """The answer knows its day, and no row about a customer has changed since the page was opened."""
    for row in answer:
        for at in (value for value in row.values() if isinstance(value, datetime)):
            assert at.astimezone(zone).time() == datetime.min.time(), row
    for table, row in rows:
        for column, value in row.items():
            if isinstance(value, datetime) and entry_of(table, column).about == "customer":
                assert not begun <= value <= datetime.now(UTC), (table, column, value)


def nothing_is_told_of_it(house, olga, mail, answer_id):
    """Neither the customer's own page nor what the team sees of the customer knows the answer."""
    own = re.search(r"http://\S+/me/[A-Za-z0-9_-]+", mail.get_body(("plain",)).get_content())[0]
    assert "It arrived broken" not in olga.get(own).text
    with house.inside():
        customer = db.session.scalars(select(Invitation)).one().customer.public_id
    page = olga.get(f"/customers/{customer}").text
    assert "answered anonymously" in page and "It arrived broken" not in page and answer_id not in page
    assert "anonymous" in olga.get("/responses").text
    page = olga.get(f"/responses/{answer_id}").text
    assert "Anonymous: nobody knows whose answer this is" in page and "dora@example.test" not in page
    why = house.flask("why", "A-1")
    assert answer_id not in why
