import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.brand.models import HookSecret
from surveys.clock import real_now
from surveys.customers.models import OrderEvent, Purchase
from surveys.customers.signatures import sign
from surveys.database import db

HOOK = "/hooks/orders/generic"
SECRET, RETIRED, SECOND = "demo-secret-1", "demo-secret-0", "second-secret"
EVENT = {"reference": "A-1", "customer": {"email": "pat@example.test"}, "placed_at": "2026-11-01T10:00:00Z"}
BODY = json.dumps(EVENT).encode()


@pytest.fixture
def shops(make):
    day = timedelta(days=1)
    for brand, secret, retired_at in (
        (make.brand(), SECRET, None),
        (make.brand(), RETIRED, real_now() - day),
        (make.brand(), "leaving", real_now() + day),
        (make.brand("second"), SECOND, None),
    ):
        make.keep(HookSecret(brand=brand, secret=secret, created_at=make.now, retired_at=retired_at))


def send(client, body=BODY, secret=SECRET, **headers):
    signature = {"X-Nachklang-Signature": sign(body, secret)}
    return client.post(HOOK, data=body, headers={"Content-Type": "application/json"} | signature | headers)


def events():
    return list(db.session.scalars(select(OrderEvent).order_by(OrderEvent.id)))


def test_a_signed_event_is_stored_as_it_came_and_acknowledged(client, shops):
    answer = send(client)
    assert (answer.status_code, answer.json) == (200, {"received": True})
    (event,) = events()
    assert (event.body, event.source, event.brand.key, event.read_at) == (BODY, "generic", "demo", None)
    assert db.session.scalar(select(Purchase)) is None


@pytest.mark.parametrize("secret", [SECRET, "leaving"])
def test_both_secrets_of_a_rotation_are_good(client, shops, secret):
    assert send(client, secret=secret).status_code == 200


def test_the_secret_decides_the_brand(client, shops):
    assert send(client, secret=SECOND).status_code == 200
    assert events()[0].brand.key == "second"


def test_a_body_that_names_its_own_brand_is_good_and_another_is_not(client, shops):
    own = json.dumps(EVENT | {"brand": "demo"}).encode()
    other = json.dumps(EVENT | {"brand": "second"}).encode()
    assert send(client, own).status_code == 200
    answer = send(client, other)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert [event.body for event in events()] == [own]


def test_a_replay_is_acknowledged_and_stored_once(client, shops):
    assert [send(client).status_code for _ in range(3)] == [200, 200, 200]
    assert len(events()) == 1


@pytest.mark.once
@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256=",
        "sha256=0",
        "sha256=" + "0" * 64,
        "sha256=ü".encode().decode("latin-1"),
        "sha256=\xff\xfe",
        sign(BODY, SECRET).removeprefix("sha256="),
        sign(BODY, SECRET)[:-1],
        sign(BODY, SECRET) + "0",
        sign(BODY, RETIRED),
        sign(BODY, "unknown"),
        sign(json.dumps(EVENT, indent=1).encode(), SECRET),  # the same order, written differently
    ],
)
def test_without_a_valid_signature_nothing_is_read_or_stored(client, shops, signature):
    headers = {"X-Nachklang-Signature": signature} if signature is not None else {}
    answer = client.post(HOOK, data=BODY, headers=headers, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
    assert events() == []


@pytest.mark.once
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"brand": 7}', b'{"a": 1, "a": 2}', b"webhook_id=7"],
)
def test_a_signed_body_that_cannot_be_read_is_kept_so_that_the_shop_goes_on(client, shops, body):
    assert send(client, body).status_code == 200
    assert [event.body for event in events()] == [body]


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""]
)
def test_the_signature_counts_whatever_type_the_body_is_said_to_have(client, shops, kind):
    assert send(client, **{"Content-Type": kind}).status_code == 200
    assert events()[0].body == BODY


@pytest.mark.once
def test_two_mebibytes_go_in_and_no_more(client, shops):
    most = b" " * (2 * 1024 * 1024 - len(BODY)) + BODY
    assert send(client, most).status_code == 200
    answer = send(client, b" " + most)
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    assert len(events()) == 1


def test_only_posts_are_taken_and_only_at_known_sources(client, shops):
    assert client.get(HOOK).status_code == 405
    assert client.post("/hooks/orders/unknown", data=BODY).status_code == 404
