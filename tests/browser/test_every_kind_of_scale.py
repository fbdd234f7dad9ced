"""Each kind of scale in a browser: reached by the keyboard, named in words, no axe violation, nothing too small."""

import pytest
from playwright.sync_api import Page, expect

from surveys.database import db
from surveys.scales import SCALES
from tests.browser.conftest import HOST
from tests.browser.finding_faults import faults, narrow_faults
from tests.factories import KEY_OF, Make, words_for
from tests.surveys.responses.links import link_to, only_response

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


@pytest.mark.parametrize(
    ("kind", "language"),
    [(kind, "en") for kind in SCALES] + [(kind, "de") for kind, scale in SCALES.items() if scale.mark],
)
def test_a_point_is_chosen_by_the_keyboard_and_sent(phone: Page, make_today: Make, kind: str, language: str):
    touchpoint = make_today.touchpoint(survey_key=KEY_OF[kind])
    purchase = make_today.purchase(make_today.customer(locale=language))
    link = link_to(make_today.invitation(purchase, touchpoint=touchpoint))
    scale, words = SCALES[kind], words_for(kind, language)

    phone.goto(HOST + link)
    assert faults(phone, language) + narrow_faults(phone) == []
    points = phone.get_by_role("group", name=words.question).get_by_role("radio")
    assert points.count() == len(scale.scores)
    for label in words.points:
        expect(phone.get_by_role("radio", name=label, exact=True)).to_have_count(1)
    for box in (label.bounding_box() for label in phone.locator(".scale label").all()):
        assert box is not None and box["width"] >= 24 and box["height"] >= 48
        assert box["x"] + box["width"] <= 320
    points.first.focus()
    for _ in scale.scores[1:]:
        phone.keyboard.press("ArrowDown")
    expect(points.last).to_be_checked()
    expect(phone.get_by_label(words.why[scale.groups[-1].name])).to_be_visible()
    phone.get_by_role("button", name="Senden" if language == "de" else "Send").click()

    expect(phone.locator("form")).to_have_count(0)
    db.session.rollback()
    assert (only_response().score, only_response().group) == (scale.high, scale.groups[-1].name)


@pytest.mark.parametrize("kind", ["nps", "enps", "ces7"])
def test_every_point_fits_a_frame_on_a_small_phone(phone: Page, make_today: Make, kind: str):
    link = link_to(make_today.invitation(touchpoint=make_today.touchpoint(survey_key=KEY_OF[kind])))
    phone.set_viewport_size({"width": 272, "height": 568})  # as in a page with a margin of 24 px

    phone.goto(HOST + link)
    for box in (label.bounding_box() for label in phone.locator(".scale label").all()):
        assert box is not None and box["width"] >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= 272
    assert phone.evaluate("document.documentElement.scrollWidth") <= 272


@pytest.mark.parametrize("kind", ["smileys", "stars_five", "thumbs"])
def test_a_point_from_the_mail_is_said_in_words(phone: Page, make_today: Make, kind: str):
    link = link_to(make_today.invitation(touchpoint=make_today.touchpoint(survey_key=KEY_OF[kind])))
    scale, points = SCALES[kind], words_for(kind, "en").points

    phone.goto(f"{HOST}{link}?score={scale.low}")
    said = phone.locator(".chosen strong")
    expect(said).to_have_text(points[0])
    phone.locator(".chosen summary").click()
    phone.get_by_role("radio", name=points[-1], exact=True).check(force=True)
    phone.locator(".chosen summary").click()

    expect(said).to_have_text(points[-1])
