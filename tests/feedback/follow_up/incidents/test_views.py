"""The page of an incident: preview in each language, who is left out, one send, one undo."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.conversation.models import Reply
from surveys.database import db

TEXTS = {"text_en": "the carrier lost a lorry.", "text_de": "dem Paketdienst fehlt ein Wagen."}


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


@pytest.fixture
def address(incident):
    return f"/inbox/incidents/{incident.public_id}"


def hidden(page, name):
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def ticked(page):
    return re.findall(r'name="without" id="[\w-]+" value="(\w+)" checked', page)


def test_the_page_asks_for_the_languages_of_the_customers_and_names_who_is_left_out(
    browser, part, address, incident
):
    part("Pat")
    part("Paula", locale="de")
    part("Urgent", priority="P0")

    page = browser.get(address).text

    assert "carrier DHL" in page and "2 customers can be written to." in page
    assert 'name="text_en"' in page and 'name="text_de"' in page and 'name="text_fr"' not in page
    assert "1 customer gets no letter" in page and "Write to the customer yourself" in page
    assert address in browser.get("/inbox?view=open").text
    assert "carrier DHL" in browser.get(f"/inbox?view=open&incident={incident.public_id}").text


@pytest.mark.once
def test_the_newest_comments_stand_above_the_letter_and_numbers_in_them_are_masked(
    browser, part, address, make_today
):
    for number, text in enumerate(("The oldest.", "It broke.", "Call 0171 1234567", "Broken again.")):
        customer = make_today.customer(f"Customer {number}")
        part(response=make_today.response(2, text, customer=customer), customer=customer)
    part("Silent")

    page = browser.get(address).text

    assert page.index("Broken again.") < page.index("It broke.") < page.index("One letter to everybody")
    assert "The oldest." not in page.partition("One letter to everybody")[0] and "1234567" not in page


@pytest.mark.once
def test_a_queue_with_nothing_in_it_is_marked_unless_one_stands_in_it(browser, part):
    part("Pat")

    page = browser.get("/inbox?view=snoozed").text

    assert re.search(r'<li class="views__empty"><a class="views__link" id="view-waiting"', page)
    assert re.search(r'<li><a class="views__link" id="view-snoozed"', page)
    assert re.search(r'<li><a class="views__link" id="view-open"', page)


@pytest.mark.once
def test_a_letter_is_previewed_in_each_language_sent_and_taken_back(browser, part, address):
    tasks = [part("Pat"), part("Paula", locale="de")]

    preview = browser.post(f"{address}/letter", data={**TEXTS, "letters": 0, "send": "y"})
    assert preview.status_code == 200 and "Hello Pat," in preview.text and "Guten Tag Paula," in preview.text
    assert "Send 2 letters" in preview.text and db.session.scalar(select(Reply)) is None

    seen = {"letters": hidden(preview.text, "letters"), "tried": hidden(preview.text, "tried"), "send": "y"}
    sent = browser.post(f"{address}/letter", data={**TEXTS, **seen})
    assert sent.status_code == 303
    progress = browser.get(sent.location).text
    assert "2 letters were written." in progress and "data-hx-get" in progress and "Undo" in progress
    again = browser.post(f"{address}/letter", data={**TEXTS, **seen})
    assert again.status_code == 409 and "Another letter to everybody" in again.text
    assert "2 letters were written." in browser.get(address).text
    history = browser.get(f"/tasks/{tasks[0].public_id}").text
    assert "wrote to all customers with tasks from the same cause" in history

    undone = browser.post(f"{sent.location}/undo")
    assert undone.location == address
    mended = browser.get(address).text
    assert (
        "2 letters were taken back." in mended and TEXTS["text_en"] in mended and TEXTS["text_de"] in mended
    )
    assert {row.state for row in db.session.scalars(select(Reply))} == {"taken_back"}
    assert "Undo</button>" not in browser.get(sent.location).text


@pytest.mark.once
def test_whoever_did_not_take_the_letter_back_begins_with_the_draft(
    browser, part, address, signed_in, make_today
):
    part("Pat")
    preview = browser.post(f"{address}/letter", data={"text_en": "one thing", "letters": 0})
    seen = {"letters": 0, "tried": hidden(preview.text, "tried"), "send": "y"}
    sent = browser.post(f"{address}/letter", data={"text_en": "one thing", **seen})
    assert "[what has happened]" in browser.get(address).text

    browser.post(f"{sent.location}/undo")
    theirs = signed_in(make_today.staff("Nadia")).get(address).text
    assert "[what has happened]" in theirs and "1 letter was taken back." in theirs


def test_the_letter_is_reached_from_a_task_also_when_no_further_ones_come(browser, part, address, incident):
    task = part("Pat")
    incident.last_at -= timedelta(days=3)
    incident.began_at = incident.last_at
    db.session.commit()
    assert address not in browser.get("/inbox?view=open").text
    assert f'href="{address}"' in browser.get(f"/tasks/{task.public_id}").text


def test_what_was_changed_after_the_preview_is_previewed_again(browser, part, address):
    part("Pat")
    preview = browser.post(f"{address}/letter", data={"text_en": "one thing", "letters": 0})
    seen = {"letters": 0, "tried": hidden(preview.text, "tried"), "send": "y"}
    other = browser.post(f"{address}/letter", data={"text_en": "another thing", **seen})
    assert other.status_code == 200 and "another thing" in other.text
    assert db.session.scalar(select(Reply)) is None


def test_single_customers_are_left_out_and_counted_and_a_changed_choice_is_previewed_again(
    browser, part, address
):
    part("Pat")
    spared, other = part("Spared"), part("Other")
    letter = {"text_en": "one thing", "letters": 0, "without": [spared.public_id]}

    preview = browser.post(f"{address}/letter", data=letter).text
    assert "2 customers can be written to." in preview and "Send 2 letters" in preview
    assert "1 customer gets no letter" in preview and "Left out by hand" in preview
    assert ticked(preview) == [spared.public_id]

    seen = {**letter, "tried": hidden(preview, "tried"), "send": "y"}
    both = [spared.public_id, other.public_id]
    changed = browser.post(f"{address}/letter", data={**seen, "without": both})
    assert changed.status_code == 200 and "Send 1 letter<" in changed.text
    assert db.session.scalar(select(Reply)) is None

    sent = browser.post(f"{address}/letter", data=seen)
    assert "Left out by hand. The task stays as it is." in browser.get(sent.location).text
    assert len(db.session.scalars(select(Reply)).all()) == 2
    theirs, others = (browser.get(f"/tasks/{each.public_id}").text for each in (spared, other))
    assert "was not written here: Left out by hand." in theirs and "was not written here" not in others
    browser.post(f"{sent.location}/undo")
    assert ticked(browser.get(address).text) == [spared.public_id]
    assert "was not written here" not in browser.get(f"/tasks/{spared.public_id}").text


@pytest.mark.once
def test_why_a_letter_was_not_written_is_said_in_the_language_of_whoever_reads_it(
    part, address, signed_in, make_today
):
    part("Pat")
    urgent = part("Urgent", priority="P1")
    german, english = (
        signed_in(make_today.staff(name, locale=name[:2].lower())) for name in ("Dehla", "Enid")
    )

    seen = {"text_en": "one thing", "letters": 0}
    preview = german.post(f"{address}/letter", data=seen).text
    german.post(f"{address}/letter", data={**seen, "tried": hidden(preview, "tried"), "send": "y"})

    for page in (f"/tasks/{urgent.public_id}", address):
        assert "kein Brief an viele" not in english.get(page).text
        assert "A task of priority P0 or P1 gets no letter to many." in english.get(page).text
        assert "P0 oder P1" in german.get(page).text


@pytest.mark.once
def test_who_is_left_out_for_the_same_reason_stands_together(browser, part, address):
    part("Pat")
    urgent = [part(f"Urgent {number}", priority="P1") for number in range(3)]

    page = browser.get(address).text

    assert page.count("gets no letter to many") == 1 and "3 customers" in page
    assert all(f"/tasks/{each.public_id}" in page for each in urgent)


@pytest.mark.once
def test_unfinished_letters_and_strange_addresses_are_refused(browser, part, address, signed_in, make_today):
    part("Pat")
    bracket = browser.post(f"{address}/letter", data={"text_en": "because [why]", "letters": 0})
    assert bracket.status_code == 422 and "[why]" in bracket.text
    empty = browser.post(f"{address}/letter", data={"text_en": " ", "letters": 0})
    assert empty.status_code == 422 and "Write a text first" in empty.text
    assert browser.post(f"{address}/letter", data={"text_en": "x", "letters": "many"}).status_code == 422
    assert browser.get("/inbox/incidents/none").status_code == 404
    analyst = signed_in(make_today.staff("Nadia", role="analyst"))
    assert analyst.get(address).status_code == 403


@pytest.mark.once
def test_with_nobody_to_write_to_the_page_says_so(browser, part, address):
    part("Urgent", priority="P1")
    assert "0 customers can be written to." in browser.get(address).text
    nobody = browser.post(f"{address}/letter", data={"text_en": "x", "letters": 0})
    assert nobody.status_code == 409 and "None of these customers can be written to" in nobody.text


@pytest.mark.once
def test_what_is_wrong_is_listed_in_the_order_in_which_the_page_asks(browser, part, address):
    part("Pat")
    for name in ("Paula", "Petra"):
        part(name, locale="de")

    page = browser.post(
        f"{address}/letter", data={f"text_{code}": "x" * 20_001 for code in ("en", "de")}
    ).text

    fields, errors = (
        re.findall(r'<textarea[^>]* name="(\w+)"', page),
        re.findall(r'<a href="#(text_\w+)"', page),
    )
    assert errors == fields == ["text_de", "text_en"]


@pytest.mark.once
def test_whoever_writes_is_told_when_not_all_are_about_the_same(browser, part, address):
    for name, reason in (("Pat", "DELIVERY.LATE"), ("Paul", "DELIVERY.LOST"), ("Petra", None)):
        part(name, reason=reason)
    assert "not all about the same" not in browser.get(address).text

    part("Paula", reason="PRODUCT_QUALITY.DURABILITY")

    assert "They are not all about the same: Delivery (2), Product quality (1)." in browser.get(address).text
