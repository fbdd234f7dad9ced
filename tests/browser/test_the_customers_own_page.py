"""From the thanks to the customer's own page: correct, pause, take the data out, be erased; without JavaScript."""

import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.finding_faults import faults, narrow_faults
from tests.browser.test_the_respondents_page import bytes_of
from tests.journeys.living import LivingHouse, eventually, link_in, purchase

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PHONE = {"width": 320, "height": 568}
WORDS = {
    "en": ("See or correct your answer", "Correct this answer", "Save the correction", "6 months"),
    "de": (
        "Antwort ansehen oder berichtigen",
        "Diese Antwort berichtigen",
        "Berichtigung speichern",
        "6 Monate",
    ),
}
DATA = {"en": ("Download my data", "Download"), "de": ("Meine Daten herunterladen", "Herunterladen")}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingHouse]:
    """One house for all the customers of this file."""
    folder = tmp_path_factory.mktemp("own-page")
    with LivingHouse(folder, f"sqlite:///{folder / 'own.sqlite'}").make_tables() as living:
        yield living


def invited(house, address, language):
    """Let a customer be asked and return the link in their mail."""
    order = purchase(f"A-{address}", address)
    customer = {**order["customer"], "locale": language}
    house.machine().post_json("/api/v1/purchases", order | {"customer": customer})
    return link_in(eventually(lambda: house.mailbox.to(address), "the invitation")[0])


def data_link(house, address, number):
    """Return the link to their own data in the newest of so many mails."""
    mail = eventually(lambda: house.mailbox.to(address)[number - 1 :], "the mail with the link")[0]
    return re.search(r"http://\S+/me/data/[\w-]+", mail.get_body(("plain",)).get_content())[0]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_customer_corrects_pauses_and_takes_their_data_out(browser, house, tmp_path, language):
    address, (see, correct, save, six) = f"dora-{language}@example.test", WORDS[language]
    link = invited(house, address, language)
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(link + "?score=9")
    page.get_by_role("textbox").fill("Lovely, " + "x" * 60)
    page.locator("form button").click()
    page.get_by_role("link", name=see).click()
    own = page.url
    expect(page.locator("main")).to_contain_text("Lovely")

    page.get_by_role("link", name=correct).click()
    page.locator("#score-4").check(force=True)
    page.locator("#may").check(force=True)
    page.get_by_role("button", name=save).click()
    expect(page.locator(".answer strong")).to_have_text("4")
    page.get_by_role("button", name=six).click()
    expect(page.get_by_role("button", name=six)).to_have_count(0)

    page.get_by_role("button", name=DATA[language][0]).click()
    page.goto(data_link(house, address, 2))
    with page.expect_download() as download:
        page.get_by_role("button", name=DATA[language][1]).click()
    saved = tmp_path / "data.zip"
    download.value.save_as(saved)
    assert sorted(zipfile.ZipFile(saved).namelist()) == ["your-data.html", "your-data.json"]

    looked = browser.new_context(viewport=PHONE, locale=language).new_page()
    found = []
    for place in (own, link, page.url):
        looked.goto(place)
        assert looked.locator("html").get_attribute("lang") == language
        found += faults(looked, "en") + narrow_faults(looked)
    looked.goto(own)
    looked.get_by_role("link", name=correct).click()
    found += faults(looked, "en") + narrow_faults(looked)
    assert found == []
    where = urlsplit(own)
    weight, text = bytes_of(where.netloc, where.path)
    sheet = re.search(r'rel="stylesheet" href="([^"]+)"', text)[1]
    assert weight + bytes_of(where.netloc, sheet)[0] <= 15 * 1024


def test_a_customer_is_erased_by_the_mailed_link_alone(browser, house):
    link = invited(house, "dora@example.test", "en")
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(link + "?score=2")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="See or correct your answer").click()
    own = page.url
    page.get_by_role("button", name="Erase me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(data_link(house, "dora@example.test", 2))
    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Really erase everything?")
    page.get_by_role("button", name="Yes, erase it for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything about you is erased.")

    assert page.goto(own).status == 404
    answers = house.machine().get("/api/v1/responses").json["items"]
    assert [each["score"] for each in answers if each["customer"] is None] == [2]
