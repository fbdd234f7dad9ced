"""The page of a touchpoint's own words: written, seen as a letter, sent to oneself."""

import pytest


@pytest.fixture
def admin(make_today, signed_in):
    return signed_in(make_today.staff("Ada", role="admin"))


@pytest.fixture
def place(make_today):
    touchpoint = make_today.touchpoint()
    make_today.purchase(make_today.customer("Dora Detractor"))
    return f"/settings/touchpoints/{touchpoint.public_id}/letter"


@pytest.mark.once
def test_words_are_written_per_language_and_seen_as_a_letter(admin, place):
    saved = admin.post(f"{place}/de", data={"subject": "Hallo {customer.first_name|zusammen}"})

    page = admin.get(f"{place}/de").text
    assert saved.status_code == 303
    assert "Hallo Dora" in page and "Saved. Letters that leave" in page
    letter = admin.get(f"{place}/de/preview")
    assert "Wie wahrscheinlich ist es" in letter.text
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    assert "Hallo" not in admin.get(f"{place}/en").text


def test_what_no_letter_can_bear_is_said_beside_its_field(admin, place):
    answer = admin.post(f"{place}/en", data={"subject": "Hello {firstname}", "introduction": "Kept."})

    assert answer.status_code == 422
    assert "{firstname} is not known here" in answer.text and "Kept.</textarea>" in answer.text


def test_a_test_letter_goes_to_who_asks(app, admin, place, channels, kept, monkeypatch):
    monkeypatch.setitem(app.extensions, "channels", channels)
    admin.post(f"{place}/en", data={"subject": "Hello {customer.first_name|there}"})

    answer = admin.post(f"{place}/en/test")

    (mail,) = kept.messages
    assert answer.status_code == 303
    assert (mail.to_name, mail.subject) == ("Ada", "Hello Dora")
    assert "List-Unsubscribe" not in mail.headers


@pytest.mark.once
def test_without_an_order_the_page_says_when_there_is_a_letter(admin, make_today):
    touchpoint = make_today.touchpoint()
    place = f"/settings/touchpoints/{touchpoint.public_id}/letter/en"

    assert "As soon as there is an order" in admin.get(place).text
    assert admin.get(f"{place}/preview").status_code == 404
    assert admin.post(f"{place}/test").status_code == 404


def test_a_language_that_the_survey_does_not_speak_is_not_found(admin, place):
    assert admin.get(f"{place}/xx").status_code == 404
