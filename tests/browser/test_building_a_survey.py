"""An owner builds a survey of five further questions with logic in a browser, walks through it, and publishes it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.finding_faults import faults, narrow_faults
from tests.browser.test_every_page_is_accessible import sign_in
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def add(page: Page, kind: str, english: str, german: str) -> None:
    """Open the form of a new question and write its words; the rest is the caller's."""
    page.get_by_label("Kind of question").select_option(label=kind)
    page.get_by_role("button", name="Add a question").click()
    page.locator("#question_en").fill(english)
    page.locator("#question_de").fill(german)


def keep(page: Page) -> None:
    """Keep what is in the form in the draft."""
    page.get_by_role("button", name="Keep in the draft").click()
    expect(page.get_by_text("Kept in the draft.").first).to_be_visible()


def write_the_questions(page: Page) -> None:
    """Write five questions: a reason, a choice, one that leads past another, a scale for some, a text."""
    add(page, "Reasons to tick", "What was it about?", "Worum ging es?")
    picker = page.locator("#reasons_all")
    picker.get_by_text("Delivery", exact=True).click()
    picker.get_by_label("Delivery: Late").check()
    picker.get_by_text("Packaging", exact=True).press("Enter")  # by keyboard too
    picker.get_by_label("Packaging: Too much").press("Space")
    expect(page.get_by_role("status").first).to_have_text("2 chosen")
    keep(page)
    add(page, "One choice", "Who brought it?", "Wer hat es gebracht?")
    page.locator("#choices_en").fill("DHL\nA neighbour")
    page.locator("#choices_de").fill("DHL\nNachbarn")
    page.locator("#show_0_of").select_option(label="Question 1 “What was it about?”")
    page.locator("#show_0_values").fill("Delivery: Late")
    keep(page)
    add(page, "Yes or no", "Did you write to us?", "Haben Sie uns geschrieben?")
    keep(page)
    add(page, "Scale with your own labels", "How easy was that?", "Wie leicht war das?")
    for field, text in {"low_en": "Hard", "high_en": "Easy", "low_de": "Schwer", "high_de": "Leicht"}.items():
        page.locator(f"#{field}").fill(text)
    keep(page)
    add(page, "Long text", "Anything else?", "")
    keep(page)


def lead_past_the_scale(page: Page) -> None:
    """Let everybody who did not write go on with the last question."""
    page.get_by_role("link", name="3. Did you write to us?").click()
    page.locator("#jump_0_0_of").select_option(label="Question 3 “Did you write to us?”")
    page.locator("#jump_0_0_values").fill("No")
    page.locator("#jump_0_to").select_option(label="Question 5 “Anything else?”")
    keep(page)
    expect(page.locator("#q3")).to_contain_text("on to: Question 5")


def walk_through(page: Page) -> None:
    """Answer in the preview as somebody whose parcel was late and who did not write."""
    frame = page.frame_locator(".preview__frame")
    frame.get_by_label("Very dissatisfied", exact=True).check()
    frame.locator(".send button").click()
    frame.get_by_label("It came late").check()
    frame.locator(".send button").click()
    expect(frame.locator("body")).to_contain_text("Who brought it?")
    frame.get_by_label("No", exact=True).check()
    frame.locator(".send button").click()
    expect(frame.locator("body")).to_contain_text("Anything else?")
    expect(frame.locator("body")).not_to_contain_text("How easy was that?")
    frame.locator(".send button").click()
    expect(frame.locator("h1")).to_have_text("Thank you for telling us")


def test_a_survey_with_logic_is_built_walked_through_and_published(browser: Browser, demo: LivingHouse):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en", reduced_motion="reduce"
    )
    page = sign_in(context, demo, "en")
    page.get_by_role("link", name="Surveys").click()
    page.get_by_role("link", name="New survey").click()
    page.get_by_label("Name").fill("After delivery, in depth")
    page.get_by_label("Begin with").select_option(label="Satisfaction (CSAT), five points")
    page.get_by_role("button", name="Begin").click()
    editor = page.url
    write_the_questions(page)
    lead_past_the_scale(page)

    page.get_by_role("button", name="Publish").click()
    found = faults(page, "en")
    expect(page.get_by_role("alert")).to_contain_text("Question 5: It has no words in German.")
    page.get_by_role("alert").get_by_role("link", name="Question 5").click()
    page.locator("#question_de").fill("Sonst noch etwas?")
    keep(page)
    walk_through(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published as version 1.").first).to_be_visible()
    page.goto(f"{demo.base}/surveys")
    expect(page.get_by_role("listitem").filter(has_text="After delivery, in depth")).to_contain_text(
        "published"
    )

    for path in (
        "",
        "?width=desktop",
        "/key",
        "/questions/q1",
        "/questions/q2",
        "/questions/q3",
        "/questions/q4",
        "/thanks/new",
        "/versions",
        "/texts",
        "/settings",
    ):
        page.goto(editor + path)
        found += faults(page, "en") + narrow_faults(page)
    context.close()
    assert found == []


def test_it_works_without_script_and_in_german(browser: Browser, demo: LivingHouse):
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, locale="de", java_script_enabled=False
    )
    page = sign_in(context, demo, "de")
    page.locator(".masthead__menu > summary").click()
    page.get_by_role("link", name="Umfragen").click()
    page.get_by_role("link", name="Zufriedenheit mit der Bestellung").click()
    page.get_by_label("Art der Frage").select_option("yes_no")
    page.get_by_role("button", name="Frage hinzufügen").click()
    page.locator("#question_de").fill("Kam es zu spät?")
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    expect(page.locator("#questions")).to_contain_text("1. Kam es zu spät?")
    page.locator("#language").select_option(label="Englisch")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.frame_locator(".preview__frame").locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator("#questions")).not_to_contain_text("Kam es zu spät?")
    context.close()
