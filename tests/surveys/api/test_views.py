import inspect
from typing import get_type_hints

import pytest

from surveys.api.door import MachineDoor

pytestmark = pytest.mark.once


def test_a_key_is_shown_once_and_revoked_on_its_page(make_today, signed_in, client):
    admin = signed_in(make_today.staff("Ada", "admin"))
    page = admin.post("/settings/keys", data={"name": "Shop system"}).text
    secret = page.split('id="secret">')[1].split("<")[0]

    assert client.get("/api/v1/purchases", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    listing = admin.get("/settings/keys").text
    assert secret not in listing
    public_id = listing.split("/settings/keys/")[1].split("/")[0]
    admin.post(f"/settings/keys/{public_id}/revoke")

    answer = client.get("/api/v1/purchases", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_keys_come_by_basic_as_well_and_never_by_cookie(make_today, signed_in, machine, client):
    secret = machine.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")

    assert client.get("/api/v1/purchases", auth=(secret, "")).status_code == 200
    assert signed_in(make_today.staff("Olga", "owner")).get("/api/v1/purchases").status_code == 401


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (None, 200),
        ("", 200),
        ("*/*", 200),
        ("application/*", 200),
        ("application/json", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("application/problem+json", 200),
        ("text/csv, application/json;q=0.1", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("text/csv", 406),
        ("text/*, application/xml", 406),
        ("application/json;q=0", 406),
    ],
)
def test_who_takes_no_json_is_told_that_there_is_nothing_else(machine, accept, status):
    answer = machine.get("/api/v1/purchases", headers={} if accept is None else {"Accept": accept})

    assert answer.status_code == status
    if status == 406:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["detail"] == "This address answers with JSON only."


def test_what_does_not_fit_is_quoted_as_it_was_sent(machine):
    sent = {"reference": True, "placed_at": 2.5, "customer": "Pat"}

    errors = machine.post("/api/v1/purchases", json=sent).json["errors"]

    said = {each["pointer"]: each["detail"].rpartition("(got ")[2] for each in errors}
    assert said == {"/reference": "true)", "/placed_at": "2.5)", "/customer": "Pat)"}


def test_nothing_is_stored_for_somebody_who_could_not_read_the_answer(machine, make):
    make.brand()
    order = {"reference": "A-1", "placed_at": "2026-03-01T10:00:00Z", "customer": {"reference": "C-1"}}

    assert machine.post("/api/v1/purchases", json=order, headers={"Accept": "text/csv"}).status_code == 406
    assert machine.get("/api/v1/purchases").json["items"] == []


@pytest.mark.once
def test_the_api_describes_all_of_itself(app, client):
    described = client.get("/api/openapi.json").json
    assert described["openapi"].startswith("3.")
    schemas = described["components"]["schemas"]
    for rule in app.url_map.iter_rules():
        if not isinstance(app.blueprints.get(rule.endpoint.rpartition(".")[0]), MachineDoor):
            continue
        path = rule.rule.replace("<", "{").replace(">", "}")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert method.lower() in described["paths"][path], (method, path)
            told = described["paths"][path][method.lower()]
            assert told["summary"], path
            assert "application/problem+json" in told["responses"]["422"]["content"], path
            takes = get_type_hints(inspect.unwrap(app.view_functions[rule.endpoint]))
            asked = {each["name"] for each in told.get("parameters", ())}
            for kind in ("path", "query"):
                if kind in takes:
                    assert set(takes[kind].model_fields) <= asked, path
            if "body" in takes:
                # Two bodies of one name would describe each other.
                reference = told["requestBody"]["content"]["application/json"]["schema"]["$ref"]
                assert set(schemas[reference.rpartition("/")[2]]["properties"]) == set(
                    takes["body"].model_fields
                ), path
