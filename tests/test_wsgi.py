"""Every address is behind a door: the URL map is walked as a stranger and as each role."""

import pytest
from flask import Flask

from surveys.api.door import MachineDoor
from surveys.doors import Door, OpenDoor, RespondentDoor
from surveys.staff.door import StaffDoor
from surveys.staff.models import ROLES
from surveys.staff.permissions import may

# Open to everybody, each for a reason.
OPEN = {
    "static",  # style sheets, scripts, the font
    "brand_sheets.sheet",  # the survey page's style sheet
    "embed.script",  # what a shop pastes into its page
    "staff.sign_in",
    "staff.first_owner",  # behind a one-time link
    "staff.ask_for_link",
    "staff.new_password",  # behind a one-time link
    "api_description.openapi",  # says nothing about anybody
    "health.alive",
    "health.ready",  # names what fails, without details
    "health.metrics",  # wants a token, or to be asked by this machine
}
PLACES = {
    "public_id": "x" * 22,
    "customer_id": "c" * 22,
    "survey_id": "s" * 22,
    "token": "t" * 44,
    "key": "demo",
    "secret": "s",
    "secret_id": 1,
    "absence_id": 1,
    "promise_id": "x" * 22,
    "reply_id": "r" * 22,
    "file_id": 1,
    "event_id": 1,
    "merge_id": "m" * 22,
    "name": "n",
    "role": "agent",
    "language": "en",
    "at": 0,
    "number": 1,
    "link_id": "l" * 22,
    "year": 2026,
    "month": 3,
}


def rules(app: Flask, kind: type[Door]):
    """Return (rule, method, address) for every address behind doors of `kind`."""
    found = []
    for rule in app.url_map.iter_rules():
        door = app.blueprints.get(rule.endpoint.rpartition(".")[0])
        if isinstance(door, kind):
            places = {name: PLACES[name] for name in rule.arguments}
            adapter = app.url_map.bind("localhost")
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                found.append((door, method, adapter.build(rule.endpoint, places, method=method)))
    return found


def test_every_blueprint_is_a_door_and_every_open_address_is_listed(app):
    for name, blueprint in app.blueprints.items():
        assert isinstance(blueprint, Door), f"{name} is no door: nobody guards it"
    for rule in app.url_map.iter_rules():
        door = app.blueprints.get(rule.endpoint.rpartition(".")[0])
        if door is None or isinstance(door, OpenDoor):
            assert rule.endpoint in OPEN, f"{rule.endpoint} is open to everybody; say why in OPEN"


def test_a_stranger_is_sent_to_sign_in_by_every_staff_address(app, client):
    addresses = rules(app, StaffDoor)
    assert len(addresses) > 20
    for _, method, address in addresses:
        answer = client.open(address, method=method)
        assert answer.status_code == 303, address
        assert answer.location.startswith("/sign-in"), address


def test_a_machine_without_a_key_is_refused_by_every_machine_address(app, client):
    addresses = rules(app, MachineDoor)
    assert addresses
    for _, method, address in addresses:
        answer = client.open(address, method=method)
        assert answer.status_code == 401, address
        assert answer.content_type == "application/problem+json", address


# Who gets in is the same on either database; what an owner finds inside is walked on both.
AS_EACH_ROLE = [pytest.param(role, marks=() if role == "owner" else pytest.mark.once) for role in ROLES]


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("role", AS_EACH_ROLE)
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(app, make_today, signed_in, role):
    browser = signed_in(make_today.staff("Somebody", role))
    for door, method, address in rules(app, StaffDoor):
        if door.name == "account":
            continue  # one's own; signing out would end the walk
        answer = browser.open(address, method=method)
        if may(role, door.permission):
            assert answer.status_code not in (401, 403, 500), (
                f"{role} {method} {address}: {answer.status_code}"
            )
        else:
            assert answer.status_code == 403, f"{role} {method} {address}: {answer.status_code}"


def test_no_respondent_address_sets_a_cookie(app, client):
    addresses = rules(app, RespondentDoor)
    assert addresses
    for _, method, address in addresses:
        answer = client.open(address, method=method)
        assert "Set-Cookie" not in answer.headers, address
        assert answer.headers["Referrer-Policy"] == "no-referrer", address


def test_every_answer_carries_the_headers_that_protect_it(app, client):
    for address in ("/sign-in", "/s/unknown", "/api/v1/purchases", "/nowhere", "/static/css/staff.css"):
        headers = client.get(address).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers.get("Content-Security-Policy", "")
        assert "unsafe" not in policy
        if address != "/static/css/staff.css" and address != "/nowhere":
            assert "default-src 'none'" in policy


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "DELETE"])
def test_methods_nobody_offers_are_refused_with_those_that_are(client, method):
    answer = client.open("/sign-in", method=method)

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "Go back to the page before" in answer.text


def test_a_piece_that_a_file_does_not_have_is_no_failure_of_ours(client):
    answer = client.get("/static/js/staff.js", headers={"Range": "bytes=999999999-"})

    assert answer.status_code == 416 and answer.headers["Content-Range"].startswith("bytes */")
    assert "could not be read" in answer.text and "failed on our side" not in answer.text


def test_an_unknown_address_says_so_to_people_and_to_machines(client):
    assert client.get("/nowhere").status_code == 404
    assert "nothing at this address" in client.get("/nowhere").text
    assert client.get("/api/v1/nowhere").content_type == "application/problem+json"
