import json
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from surveys.customers.models import Customer, Purchase
from surveys.database import db
from tests.factories import NOON

WHOLE = {
    "reference": "A-1001",
    "brand": "demo",
    "customer": {
        "reference": "C-7",
        "email": "pat@example.test",
        "name": "Pat Example",
        "locale": "de",
        "time_zone": "Europe/Berlin",
        "country": "DE",
        "permission": {
            "basis": "opt_in",
            "at": "2026-10-01T09:00:00Z",
            "evidence": "Ticked: yes, you may ask me how it was.",
            "confirmed_at": "2026-10-01T09:05:00Z",
        },
    },
    "items": [
        {
            "sku": "MUG-1",
            "name": "Mug",
            "category": "Kitchen",
            "quantity": 2,
            "price": {"amount": 999, "currency": "EUR"},
        }
    ],
    "total": {"amount": 1998, "currency": "EUR"},
    "ship_country": "DE",
    "carrier": "DHL",
    "order_url": "https://shop.example/admin/orders/1001",
    "tracking_url": None,
    "placed_at": "2026-11-01T10:00:00Z",
    "promised_at": "2026-11-03T18:00:00Z",
    "shipped_at": None,
    "delivered_at": "2026-11-04T15:30:00Z",
    "cancelled_at": None,
    "returned_at": None,
    "refunded_at": None,
    "attributes": {"channel": "web"},
}
SMALL = {"reference": "A-1", "customer": {"email": "pat@example.test"}, "placed_at": "2026-11-01T10:00:00Z"}
POST = "/api/v1/purchases"


@pytest.fixture
def shop(make):
    return make.brand()


def stored():
    return db.session.scalar(select(func.count()).select_from(Purchase))


def pointers(answer):
    return [error["pointer"] for error in answer.json["errors"]]


def test_a_purchase_comes_back_as_it_was_told(machine, shop):
    answer = machine.post(POST, json=WHOLE)
    assert answer.status_code == 201
    told = answer.json
    assert told.pop("id")
    customer = told.pop("customer")
    assert customer.pop("id")
    assert (customer.pop("brand"), customer.pop("objected_at")) == ("demo", None)
    assert told | {"customer": customer} == WHOLE


def test_the_same_reference_updates_and_fields_left_out_stay(machine, shop):
    first = machine.post(POST, json=WHOLE).json
    later = SMALL | {
        "reference": "A-1001",
        "customer": {"reference": "C-7"},
        "returned_at": "2026-11-09T10:00:00Z",
    }
    answer = machine.post(POST, json=later)
    assert answer.status_code == 200
    assert answer.json == first | {"returned_at": "2026-11-09T10:00:00Z"}
    assert stored() == 1


def test_a_replay_changes_nothing(machine, shop):
    first = machine.post(POST, json=WHOLE).json
    changed_at = db.session.scalars(select(Purchase)).one().changed_at
    answer = machine.post(POST, json=WHOLE)
    assert (answer.status_code, answer.json) == (200, first)
    assert db.session.scalars(select(Purchase)).one().changed_at == changed_at


def test_the_brand_may_be_left_out_when_there_is_one(machine, make):
    make.brand()
    assert machine.post(POST, json=SMALL).json["brand"] == "demo"
    make.brand("second")
    missing = machine.post(POST, json=SMALL | {"reference": "A-2"})
    unknown = machine.post(POST, json=SMALL | {"reference": "A-2", "brand": "third"})
    for refused in (missing, unknown):
        assert (refused.status_code, pointers(refused)) == (422, ["/brand"])
        assert "demo, second" in refused.json["detail"]
    assert stored() == 1


def test_any_offset_is_understood_and_written_in_utc(machine, shop):
    told = machine.post(POST, json=SMALL | {"placed_at": "2026-11-01T10:00:00.5+05:30"}).json
    assert told["placed_at"] == "2026-11-01T04:30:00.500000Z"


@pytest.mark.once
@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"reference": None}, "/reference"),
        ({"reference": ""}, "/reference"),
        ({"reference": "  "}, "/reference"),
        ({"reference": 7}, "/reference"),
        ({"reference": "x" * 201}, "/reference"),
        ({"reference": "a\nb"}, "/reference"),
        ({"customer": {}}, "/customer"),
        ({"customer": {"reference": None, "email": None}}, "/customer"),
        ({"customer": None}, "/customer"),
        ({"customer": [1]}, "/customer"),
        ({"customer": {"email": "pat"}}, "/customer/email"),
        ({"customer": {"email": "a@b..c"}}, "/customer/email"),
        ({"customer": {"email": "a" * 300 + "@example.test"}}, "/customer/email"),
        ({"customer": {"email": "a@b.test\r\nBcc: c@d.test"}}, "/customer/email"),
        ({"customer": {"reference": "C", "locale": "german"}}, "/customer/locale"),
        ({"customer": {"reference": "C", "time_zone": "CEST"}}, "/customer/time_zone"),
        ({"customer": {"reference": "C", "country": "Germany"}}, "/customer/country"),
        ({"customer": {"reference": "C", "name": "Pat\x07"}}, "/customer/name"),
        ({"customer": {"reference": "C", "name": "x" * 201}}, "/customer/name"),
        ({"customer": {"reference": "C", "id": 1}}, "/customer/id"),
        ({"customer": {"reference": "C", "permission": {"basis": "yes"}}}, "/customer/permission/basis"),
        (
            {"customer": {"reference": "C", "permission": {"basis": "opt_in", "at": "2026-01-01"}}},
            "/customer/permission/at",
        ),
        ({"placed_at": None}, "/placed_at"),
        ({"placed_at": "2026-11-01T10:00:00"}, "/placed_at"),
        ({"placed_at": "2026-11-01"}, "/placed_at"),
        ({"placed_at": "2026-02-30T10:00:00Z"}, "/placed_at"),
        ({"placed_at": "2026-06-30T23:59:60Z"}, "/placed_at"),
        ({"placed_at": "0001-01-01T00:00:00+14:00"}, "/placed_at"),
        ({"placed_at": "9999-12-31T23:59:59-14:00"}, "/placed_at"),
        ({"placed_at": 1793527200}, "/placed_at"),
        ({"placed_at": "yesterday"}, "/placed_at"),
        ({"total": {"amount": 19.98, "currency": "EUR"}}, "/total/amount"),
        ({"total": {"amount": "1998", "currency": "EUR"}}, "/total/amount"),
        ({"total": {"amount": True, "currency": "EUR"}}, "/total/amount"),
        ({"total": {"amount": 2**40, "currency": "EUR"}}, "/total/amount"),
        ({"total": {"amount": 1998}}, "/total/currency"),
        ({"total": {"amount": 1998, "currency": "EURO"}}, "/total/currency"),
        ({"items": None}, "/items"),
        ({"items": {}}, "/items"),
        ({"items": [{"sku": "A"}]}, "/items/0/name"),
        ({"items": [{"name": "A"}, {"name": "B", "quantity": 0}]}, "/items/1/quantity"),
        ({"items": [{"name": "A", "quantity": 2**40}]}, "/items/0/quantity"),
        ({"items": [{"name": "A", "price": 9}]}, "/items/0/price"),
        ({"items": [{"name": "A"}] * 201}, "/items"),
        ({"order_url": "javascript:alert(1)"}, "/order_url"),
        ({"order_url": "https://a.test/" + "x" * 2000}, "/order_url"),
        ({"ship_country": "XX"}, "/ship_country"),
        ({"attributes": {"a": {"b": 1}}}, "/attributes/a"),
        ({"attributes": {str(n): n for n in range(51)}}, "/attributes"),
        ({"attributes": []}, "/attributes"),
        ({"id": "abc"}, "/id"),
        ({"created_at": "2026-11-01T10:00:00Z"}, "/created_at"),
        ({"delievered_at": "2026-11-01T10:00:00Z"}, "/delievered_at"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_field_named(machine, shop, change, pointer):
    answer = machine.post(POST, json=SMALL | change)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert all(each.startswith(pointer) for each in pointers(answer)) and pointers(answer)
    assert (stored(), db.session.scalar(select(Customer.id))) == (0, None)


def good(extra: str = "") -> bytes:
    return json.dumps(SMALL)[:-1].encode() + extra.encode("utf-8", "surrogatepass") + b"}"


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        (b"", {400}),
        (b"   ", {400}),
        (b"[]", {400}),
        (b'"text"', {400}),
        (b"null", {400}),
        (b"7", {400}),
        (b"{", {400}),
        (b"{'a': 1}", {400}),
        (good() + b"x", {400}),
        (b"[" * 100_000, {400}),
        (b'{"attributes":' * 33 + b"1" + b"}" * 33, {400}),
        (good(', "carrier": "a", "carrier": "b"'), {400}),
        (good(', "total": {"amount": NaN, "currency": "EUR"}'), {400}),
        (good(', "total": {"amount": Infinity, "currency": "EUR"}'), {400}),
        (good(', "total": {"amount": 1e999, "currency": "EUR"}'), {400, 422}),
        (good(f', "total": {{"amount": {2**53}, "currency": "EUR"}}'), {422}),
        (good(f', "total": {{"amount": {2**70}, "currency": "EUR"}}'), {400, 422}),
        (good(f', "attributes": {{"n": {"9" * 5000}}}'), {400, 422}),
        (good(r', "carrier": "\u0000"'), {422}),
        (good(r', "carrier": "\ud800"'), {400, 422}),
        (good(r', "attributes": {"\udfff": 1}'), {400, 422}),
        (good(', "carrier": "\ud800"'), {400}),
        (b"\xef\xbb\xbf" + good(), {400}),
        (good().decode().encode("utf-16"), {400}),
        (good().decode().encode("utf-16-le"), {400}),
        (good().decode().encode("utf-32"), {400}),
        (b"\x1f\x8b\x08" + b"\x00" * 30, {400}),
        (good(', "carrier": "ä"').decode().encode("latin-1"), {400}),
        (b'{"reference": "' + b"x" * 300_000 + b'"}', {413}),
    ],
)
def test_json_that_is_not_strict_is_refused_and_nothing_is_stored(machine, shop, body, statuses):
    answer = machine.post(POST, data=body, content_type="application/json")
    assert answer.status_code in statuses
    assert answer.mimetype == "application/problem+json"
    assert stored() == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "multipart/form-data"}, 415),
        ({"Content-Type": ""}, 415),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
        ({"Content-Type": "application/json", "Authorization": "Bearer wrong"}, 401),
        ({"Content-Type": "application/json", "Authorization": "Bearer ü".encode().decode("latin-1")}, 401),
        ({"Content-Type": "application/json", "Authorization": "Digest x"}, 401),
    ],
)
def test_the_wrong_wrapping_is_refused(machine, shop, headers, status):
    answer = machine.post(POST, data=good(), headers=headers)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert stored() == 0


def test_a_body_in_utf8_with_all_of_unicode_is_stored_as_it_is(machine, shop):
    name = "Zoë 🧑‍🚀 שָׁלוֹם"
    told = machine.post(POST, json=SMALL | {"customer": {"reference": "C", "name": name}}).json
    assert told["customer"]["name"] == name


def test_lists_lead_from_page_to_page(machine, make):
    references = [make.purchase(reference=f"A-{n}").reference for n in range(5)]
    seen, url = [], "/api/v1/purchases?limit=2&brand=demo"
    while url:
        answer = machine.get(url)
        assert answer.status_code == 200
        seen += [item["reference"] for item in answer.json["items"]]
        url = answer.json["next"]
        assert url is None or (
            url.startswith("http://127.0.0.1:8000/api/v1/purchases?") and "brand=demo" in url
        )
    assert seen == references[::-1]


def test_customers_are_listed_and_shown(machine, make):
    pat = make.customer("Pat", email="pat@example.test", reference="C-7", objected_at=NOON)
    make.customer("Nadia")
    listed = machine.get("/api/v1/customers?email=Pat@example.test").json
    assert [item["id"] for item in listed["items"]] == [pat.public_id]
    one = machine.get(f"/api/v1/customers/{pat.public_id}").json
    assert one == listed["items"][0]
    assert one["objected_at"] == "2026-03-10T11:00:00Z"
    assert len(machine.get("/api/v1/customers").json["items"]) == 2


def test_one_purchase_is_shown_by_its_id_and_found_by_its_reference(machine, make):
    purchase = make.purchase(placed_at=NOON - timedelta(days=1))
    one = machine.get(f"/api/v1/purchases/{purchase.public_id}").json
    assert (one["id"], one["placed_at"]) == (purchase.public_id, "2026-03-09T11:00:00Z")
    found = machine.get("/api/v1/purchases", query_string={"reference": purchase.reference}).json
    assert found["items"] == [one]


@pytest.mark.once
@pytest.mark.parametrize("room", ["purchases", "customers"])
@pytest.mark.parametrize("name", ["1", "x" * 22, "%00", "ü", "' OR 1=1"])
def test_an_unknown_id_is_not_found(machine, shop, room, name):
    assert machine.get(f"/api/v1/{room}/{name}").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("room", ["purchases", "customers"])
@pytest.mark.parametrize(
    ("query", "status", "pointer"),
    [
        ("limit=0", 422, "/limit"),
        ("limit=-1", 422, "/limit"),
        ("limit=501", 422, "/limit"),
        ("limit=1000000000", 422, "/limit"),
        ("limit=abc", 422, "/limit"),
        ("limit=", 422, "/limit"),
        ("cursor=abc", 400, "/cursor"),
        ("cursor=%ff%ff", 400, "/cursor"),
        ("cursor=%00", 422, "/cursor"),
        ("reference=%00", 422, "/reference"),
        ("brand=%00", 422, "/brand"),
        ("cursor=WyJ4Il0", 400, "/cursor"),
        ("sort=name", 422, "/sort"),
        ("brand=third", 422, "/brand"),
        ("reference=" + "x" * 201, 422, "/reference"),
    ],
)
def test_a_list_refuses_what_it_does_not_know(machine, shop, room, query, status, pointer):
    answer = machine.get(f"/api/v1/{room}?{query}")
    assert (answer.status_code, pointers(answer)) == (status, [pointer])


def test_strangers_learn_how_to_send_a_key(client, shop):
    for answer in (client.get("/api/v1/customers"), client.post(POST, json=SMALL)):
        assert answer.status_code == 401
        assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.thorough
def test_the_number_of_questions_does_not_grow_with_the_list(machine, make):
    for n in range(3):
        make.purchase(reference=f"A-{n}")
    statements(machine)  # The first use of a key is noted.
    few = statements(machine)
    for n in range(3, 12):
        make.purchase(reference=f"A-{n}")
    assert statements(machine) == few


def statements(machine) -> int:
    count = []

    def note(*arguments):
        count.append(1)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert machine.get("/api/v1/purchases").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(count)
