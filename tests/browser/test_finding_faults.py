"""Faults are found wherever they stand, although what axe has passed once is not shown to it again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.finding_faults import faults, narrow_faults

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><title>Parcels</title><style>
  :root {{ color-scheme: light dark }} body {{ color: #111; background: #fff }}
  .pale, .vip:nth-child(5) {{ color: #999 }} .grey {{ background: #fff; color: #555 }} a {{ text-decoration: none }}
  @media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #111 }} .grey {{ background: #333 }} }}
</style></head><body><main><h1>Parcels</h1>{}</main></body></html>"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab in which axe has passed the usual looks."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    assert found(page, "<p>On its way</p><p>Delivered</p><p><a href='/'>Alone</a></p>") == []
    yield page
    context.close()


def found(page: Page, inside: str, language: str = "en") -> list[str]:
    """Open a page with `inside`; return its faults."""
    page.unroute_all()
    page.route("**/*", lambda route: route.fulfill(body=PAGE.format(inside), content_type="text/html"))
    page.goto("http://127.0.0.1/parcels")
    return faults(page, language)


def test_the_same_looks_again_are_no_fault(page: Page):
    assert found(page, "<p>Delivered</p><p>On its way</p>") == []


@pytest.mark.parametrize(
    ("inside", "where"),
    [
        ('<p class="pale">On its way</p>', {"light"}),
        ('<p class="grey">On its way</p>', {"dark"}),
        ('<p style="color: #222">On its way</p>', {"dark"}),
        ("<p>Wait</p>" * 5 + '<p>Wait <b class="pale">for it</b></p>', {"light"}),
        ('<p class="vip">Here</p>' * 6, {"light"}),
        (
            "<button disabled>Send</button>" * 5 + "<button style='color: #888'>Send</button>",
            {"light", "dark"},
        ),
        ('<p class="pale" hidden>Wait</p>' * 5 + '<p class="pale">Wait</p>', {"light"}),
        ('<p><a href="/">Alone</a></p>' * 5 + '<p>Look at <a href="/">this</a> too</p>', {"light", "dark"}),
    ],
)
def test_what_is_hard_to_read_is_found_after_pages_of_the_same_looks(
    page: Page, inside: str, where: set[str]
):
    faulty = found(page, inside)
    assert {theme for theme in ("light", "dark") if any(f"in {theme}" in fault for fault in faulty)} == where
    assert len(faulty) == len(where)


def test_what_is_no_colour_is_found_in_each_language_and_each_time(page: Page):
    nameless = "<button></button><p id='a'>One</p><p id='a'>Two</p>"
    for language in ("en", "de"):
        twice, unnamed = found(page, nameless, language)
        assert "has the id a twice" in twice and "button-name" in unnamed
        assert [fault.split(": ")[0] for fault in narrow_faults(page)] == [
            f"{page.url} at 320",
            f"{page.url} at 768",
        ]
