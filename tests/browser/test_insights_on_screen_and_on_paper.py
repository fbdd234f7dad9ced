"""Pages of insights: no choice is cut on a wide screen, and a sheet of paper has what was found and nothing to press."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_every_page_is_accessible import sign_in
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PAGES = ("", "/themes", "/explore?compare=before&by=carrier", "/goals", "/improvements", "/worth")
# A list of its own, as wide as what is chosen in it, is the measure of one that may be too narrow.
CUT = """() => [...document.querySelectorAll("main select")].filter(select => {
  const own = select.cloneNode(true);
  own.selectedIndex = select.selectedIndex;
  own.style.cssText = "field-sizing: content; width: auto; position: absolute; font-size: "
    + getComputedStyle(select).fontSize;
  select.after(own);
  const wanted = own.offsetWidth;
  own.remove();
  return select.offsetWidth > 0 && select.offsetWidth < wanted - 1;
}).map(select => `${select.name}: ${select.selectedOptions[0].text}`)"""
TO_PRESS = "nav, .masthead, .demo-bar, .filters, .button, summary, .section__head a"


@pytest.fixture(params=["en", "de"])
def page(browser: Browser, demo: LivingHouse, request: pytest.FixtureRequest):
    """A page of somebody who is signed in, in the language with the longer words too."""
    context = browser.new_context(reduced_motion="reduce", locale=request.param)
    yield sign_in(context, demo, request.param)
    context.close()


def test_what_is_chosen_can_be_read_whole(page: Page, demo: LivingHouse):
    for address in (*PAGES, "/goals/new", "/explore/coverage"):
        for width in (1280, 768):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{demo.base}/insights{address}")
            assert page.evaluate(CUT) == [], (address, width)


def test_on_paper_there_are_findings_in_black_on_white_and_nothing_to_press(page: Page, demo: LivingHouse):
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 688, "height": 970})  # A4 between margins of 14 mm
    for address in PAGES:
        page.goto(f"{demo.base}/insights{address}")
        seen = [each.inner_text() for each in page.locator(TO_PRESS).all() if each.is_visible()]
        assert seen == [], address
        colour = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (colour, wide) == ("rgb(0, 0, 0)", 0), address
        assert page.locator("h1").is_visible() and page.locator("main").inner_text().strip()


def test_on_paper_a_long_list_is_whole_and_what_else_is_folded_up_is_left_out(page: Page, demo: LivingHouse):
    page.goto(f"{demo.base}/huddle")
    folded = "<details{}><summary>More</summary><p>{}</p></details>"
    both = folded.format(" class='rest'", "The eleventh") + folded.format("", "As a table")
    page.evaluate("both => document.querySelector('main').insertAdjacentHTML('beforeend', both)", both)
    page.emulate_media(media="print")
    assert page.get_by_text("The eleventh").is_visible() and not page.get_by_text("As a table").is_visible()
