import json

import pytest
from sqlalchemy import func, select

from surveys.brand.editing import new_hook_secret
from surveys.brand.models import Brand
from surveys.customers.queries import permission_history
from surveys.customers.signatures import sign
from surveys.database import db
from surveys.permission.bouncing import Fate, record_bounce
from surveys.permission.models import Bounce
from surveys.permission.queries import is_objected, suppression_of

pytestmark = pytest.mark.once

HERE = "/hooks/mail/bounces"


@pytest.fixture
def post(make_today, client):
    """Post events signed with the shop's hook secret."""
    secret = new_hook_secret(make_today.brand(), make_today.now).secret
    db.session.commit()

    def send(body, secret=secret):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(HERE, data=raw, headers={"X-Nachklang-Signature": sign(raw, secret)})

    return send


def event(**values):
    return {"type": "bounce", "address": "pat@example.test", "status": "5.1.1"} | values


def test_bounces_and_complaints_are_taken(post):
    answer = post({"events": [event(), event(type="complaint", address="olga@example.test", status=None)]})

    assert (answer.status_code, answer.json) == (200, {"received": 2})
    brand = db.session.scalar(select(Brand))
    assert suppression_of("pat@example.test", brand.id).reason == "bounce"
    assert suppression_of("olga@example.test", brand.id).reason == "complaint"


def test_the_same_event_twice_counts_once(post):
    for _ in range(4):
        post({"events": [event(status="5.7.1", id="e-1")]})
    assert db.session.scalar(select(func.count()).select_from(Bounce)) == 1


def test_a_secret_acts_on_its_own_brand_only(post, make_today):
    shop = make_today.brand()
    other = make_today.brand("other")
    ours = make_today.customer("Pat", email="pat@example.test", brand=shop)
    theirs = make_today.customer("Pat", email="pat@example.test", brand=other)
    db.session.commit()

    post({"events": [event(), event(type="complaint", status=None)]})

    assert (is_objected(ours), is_objected(theirs)) == (True, False)
    assert permission_history(theirs) == []
    assert suppression_of("pat@example.test", other.id) is None
    # What this shop told does not help a single passing failure of our own to reach the whole house.
    passing = Fate("pat@example.test", "4.2.2", "", "smtp")
    assert record_bounce(passing, make_today.now)[1] is None


def test_a_wrong_signature_is_turned_away(post):
    assert post({"events": [event()]}, secret="another").status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, ""),
        ({"events": []}, 422, "/events"),
        ({"events": [event(type="open")]}, 422, "/events/0/type"),
        ({"events": [event(address="nobody")]}, 422, "/address"),
        ({"events": [event(), event(address="nobody", id="x")], "more": 1}, 422, "/more"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(post, body, status, said):
    answer = post(body)
    assert answer.status_code == status and said in answer.text
    assert db.session.scalar(select(func.count()).select_from(Bounce)) == 0
