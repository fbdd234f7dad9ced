"""The pages about permission, as owners, agents and customers see them."""

import pytest

from surveys import tokens
from surveys.customers.consenting import take_basis
from surveys.customers.pausing import pause
from surveys.customers.records import Permission
from surveys.database import db
from surveys.permission.queries import declarations, is_objected
from surveys.permission.requesting import LIVES, request_consent
from tests.conftest import SECRET

NOTICE = "The checkout says: we may ask how it was; you can object at any time."


@pytest.fixture
def olga(make_today, signed_in):
    return signed_in(make_today.staff("Olga", "owner"))


@pytest.fixture
def ben(make_today, signed_in):
    return signed_in(make_today.staff("Ben", "agent"))


def test_an_owner_declares_and_takes_back(make_today, olga):
    brand = make_today.brand("shop", name="My Shop", declared=False)
    assert "Nothing is declared" in olga.get("/settings/permission").text
    form = {"source": "api", "basis": "existing_customer", "evidence": NOTICE, "since": "2025-01-01"}

    assert olga.post("/settings/permission/shop", data=form).status_code == 303
    page = olga.get("/settings/permission/shop").text
    assert NOTICE in page and "By API" in page and "Olga" in page
    (row,) = declarations(brand.id)
    assert row.since.isoformat() == "2024-12-31T23:00:00+00:00"  # midnight in Berlin

    olga.post(f"/settings/permission/shop/{row.public_id}/withdraw")
    assert NOTICE not in olga.get("/settings/permission/shop").text


@pytest.mark.once
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"since": "soon"}, "Write the day as in 2026-11-04."),
        ({"since": "2199-01-01"}, "This day lies in the future"),
        ({"evidence": "short"}, "Write what customers are shown"),
        ({"source": "pigeon"}, "Not a valid choice"),
    ],
)
def test_a_declaration_with_a_fault_comes_back_with_it(make_today, olga, change, said):
    make_today.brand("shop", declared=False)
    form = {"source": "api", "basis": "opt_in", "evidence": NOTICE, "since": "2025-01-01"} | change
    answer = olga.post("/settings/permission/shop", data=form)

    assert answer.status_code == 422 and said in answer.text


def test_strict_countries_are_chosen(make_today, olga):
    brand = make_today.brand("shop")
    answer = olga.post("/settings/permission/shop/strict", data={"strict_countries": "DE Mars"})
    assert answer.status_code == 422 and "is not a country" in answer.text and "DE Mars" in answer.text
    olga.post("/settings/permission/shop/strict", data={"strict_countries": "ch de"})
    assert brand.strict_countries == ["CH", "DE"]
    assert 'value="CH DE"' in olga.get("/settings/permission/shop").text


def test_the_page_of_a_customer_says_what_is_missing_and_asks_for_it(make_today, ben):
    brand = make_today.brand("shop", default_basis="none")
    pat = make_today.customer("Pat", brand=brand)
    take_basis(pat, Permission("opt_in", evidence=NOTICE), "api", make_today.now)
    db.session.commit()
    here = f"/customers/{pat.public_id}/permission"
    page = ben.get(here).text

    assert "the consent was not confirmed a second time" in page and NOTICE in page
    assert "CSV" not in page
    ben.post(here + "/request")
    assert "Confirmation asked for" in ben.get(here).text
    ben.post(here + "/request")
    assert "on its way already" in ben.get(here).text
    assert ben.get(here + ".csv").status_code == 403


@pytest.mark.once
def test_staff_note_an_objection_with_their_name(make_today, ben):
    pat = make_today.customer("Pat")
    here = f"/customers/{pat.public_id}/permission"
    assert "Basis and proof are there" in ben.get(here).text
    ben.post(here + "/object")
    page = ben.get(here).text

    assert is_objected(pat) and "(Ben)" in page and "does not want to be asked" in page


def test_a_pause_is_shown(make_today, ben):
    pat = make_today.customer("Pat")
    pause(pat, 3, make_today.now)
    db.session.commit()
    page = ben.get(f"/customers/{pat.public_id}/permission").text

    assert "The customer has paused questions until" in page and "Asked for a pause" in page


def test_the_history_is_a_file(make_today, olga):
    pat = make_today.customer("Pat")
    take_basis(pat, Permission("opt_in"), "api", make_today.now)
    db.session.commit()
    told = olga.get(f"/customers/{pat.public_id}/permission.json")
    table = olga.get(f"/customers/{pat.public_id}/permission.csv")

    assert [line["kind"] for line in told.json["history"]] == ["told"]
    assert table.text.startswith("at,kind,basis,source,details\r\n")
    assert f"permission-{pat.public_id}.csv" in table.headers["Content-Disposition"]


def test_only_a_press_confirms(make_today, client):
    pat = make_today.customer("Pat", basis="opt_in", locale="de")
    asked = request_consent(pat, None, make_today.now)
    db.session.commit()
    link = f"/c/{tokens.make(tokens.CONSENT, asked.public_id, SECRET)}"
    for method in ("get", "head", "options"):
        getattr(client, method)(link)
    assert pat.basis_confirmed_at is None
    page = client.get(link)
    assert asked.text in page.text and page.headers["Referrer-Policy"] == "no-referrer"

    assert client.post(link).status_code == 200
    assert pat.basis_confirmed_at is not None
    assert client.post(link).status_code == 200
    assert "<form" not in client.get(link).text


def test_a_link_that_ran_out_or_belongs_to_something_else_confirms_nothing(make_today, client):
    pat = make_today.customer("Pat", basis="opt_in")
    asked = request_consent(pat, None, make_today.now - LIVES)
    db.session.commit()
    link = f"/c/{tokens.make(tokens.CONSENT, asked.public_id, SECRET)}"

    assert "run out" in client.get(link).text
    assert client.post(link).status_code == 410
    assert client.post(f"/c/{tokens.make(tokens.ANSWER, asked.public_id, SECRET)}").status_code == 404
    assert pat.basis_confirmed_at is None


def test_an_owner_switches_asking_for_confirmations_on(make_today, olga):
    brand = make_today.brand("shop", default_basis="none", declared=False)
    form = {"source": "api", "basis": "opt_in", "evidence": NOTICE, "since": "2025-01-01"}
    olga.post("/settings/permission/shop", data=form)
    assert (
        "In strict countries an opt-in counts once it is confirmed."
        in olga.get("/settings/permission/shop").text
    )
    pat = make_today.customer("Pat", brand=brand)
    take_basis(pat, Permission("opt_in", make_today.now), "api", make_today.now)
    make_today.purchase(pat, placed_at=make_today.now)
    assert "1, while this is off" in olga.get("/settings/permission/shop").text
    assert "that can be switched on" in olga.get(f"/customers/{pat.public_id}/permission").text

    answer = olga.post("/settings/permission/shop/confirm", data={"asks_to_confirm": "y"})
    assert answer.status_code == 303 and brand.asks_to_confirm
    page = olga.get("/settings/permission/shop").text
    assert "while this is off" not in page and " checked" in page
    assert "leaves by itself within a minute" in olga.get(f"/customers/{pat.public_id}/permission").text
    olga.post("/settings/permission/shop/confirm", data={})
    assert not brand.asks_to_confirm
