"""Pages of privacy: requests, the data map, disclosure, erasure."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.privacy.models import Erasure
from surveys.audit.models import AuditEvent
from surveys.customers.models import PrivacyRequest
from surveys.database import db
from surveys.languages.choosing import use
from surveys.locales import ADDED
from tests.feedback.privacy.people import EMAIL, NAME, traces, wanda
from tests.surveys.locales.test_customers_pages import english_in


@pytest.fixture
def owner(make_today, signed_in):
    return signed_in(make_today.staff("Olga", role="owner"))


def test_a_person_is_erased_once_the_name_was_typed(make_today, owner):
    address = f"/customers/{wanda(make_today).public_id}/erase"

    asked = owner.get(address).text
    wrong = owner.post(address, data={"typed": "somebody"})
    assert wrong.status_code == 422 and "This is not" in wrong.text
    owner.post(address, data={"typed": f" {NAME.upper()} "})
    done = owner.get("/settings/privacy")

    assert "Lines of the consent history" in asked and NAME in asked
    assert "Erased. Counted scores stay" in done.text
    assert db.session.scalars(select(Erasure)).one().by.name == "Olga"
    assert traces() == []
    assert owner.get(address).status_code == 404


@pytest.mark.once
def test_only_owners_erase_and_agents_see_nothing_of_privacy(make_today, signed_in):
    person = make_today.customer()
    admin, agent = (signed_in(make_today.staff(role=role)) for role in ("admin", "agent"))

    assert admin.get(f"/customers/{person.public_id}/erase").status_code == 403
    assert admin.get("/settings/privacy").status_code == 200
    for page in ("/settings/privacy", "/settings/privacy/data-map", "/settings/changes"):
        assert agent.get(page).status_code == 403
    assert agent.get(f"/customers/{person.public_id}/disclosure.zip").status_code == 403


def test_everything_about_a_person_leaves_in_one_file_and_that_is_noted(make_today, owner):
    person = wanda(make_today)

    answer = owner.get(f"/customers/{person.public_id}/disclosure.zip")

    files = zipfile.ZipFile(io.BytesIO(answer.data))
    told = json.loads(files.read("your-data.json"))
    page = files.read("your-data.html").decode()
    assert {
        "customer",
        "purchase",
        "response",
        "task_event",
        "reply",
        "permission_event",
        "invitation",
    } <= set(told)
    assert told["customer"][0]["email"] == EMAIL and "My canary parcel never came." in page
    assert "Wanda called" in page and "secret" not in told and "notice" not in told
    noted = db.session.scalars(select(AuditEvent)).one()
    assert (noted.way, noted.action, noted.object_id) == ("export", "disclosure.disclosure", person.public_id)


@pytest.mark.once
@pytest.mark.parametrize("language", ADDED)
def test_the_file_speaks_the_persons_language_where_it_is_in_use(make_today, owner, language):
    person = wanda(make_today)
    person.locale = f"{language}-XX"
    db.session.commit()

    def page():
        answer = owner.get(f"/customers/{person.public_id}/disclosure.zip")
        return zipfile.ZipFile(io.BytesIO(answer.data)).read("your-data.html").decode()

    assert '<html lang="en">' in page()
    use(language, True)
    db.session.commit()
    said = page()
    assert f'<html lang="{language}">' in said
    assert english_in(" ".join(re.findall(r"<(?:h1|h2|p|title)>.*?</", said))) == []


def test_a_request_is_noted_by_hand_shown_with_its_day_and_settled(make_today, owner):
    person = make_today.customer("Dora Detractor", email="dora@example.test")
    form = {"who": "dora@example.test", "kind": "disclosure", "brand": "demo", "note": "by letter"}

    owner.post("/settings/privacy", data=form)
    page = owner.get("/settings/privacy").text
    request = db.session.scalars(select(PrivacyRequest)).one()
    assert request.customer_id == person.id and request.due_at - request.received_at == timedelta(days=28)
    assert "wants to see their data" in page and "by letter" in page and "Download their data" in page

    owner.post(f"/settings/privacy/requests/{request.public_id}/done")
    assert (request.email, request.note) == (None, None) and request.done_at is not None
    assert "No request is open." in owner.get("/settings/privacy").text
    assert owner.post(f"/settings/privacy/requests/{request.public_id}/done").status_code == 409


def test_a_request_of_nobody_or_for_an_unknown_shop_is_refused_in_words(make_today, owner):
    make_today.brand()

    refused = owner.post("/settings/privacy", data={"who": "", "kind": "disclosure", "brand": "nowhere"})

    assert refused.status_code == 422 and "Please look at this again" in refused.text


@pytest.mark.once
def test_the_data_map_shows_every_table(owner):
    page = owner.get("/settings/privacy/data-map").text

    assert all(f"map-{table.name}" in page for table in db.metadata.sorted_tables)
    assert "24 months after the answer" in page
