"""A shop's page on another origin, with a policy as strict as one can be, shows a survey; and other pages cannot."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from surveys.brand.models import Brand
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.links.editing import LinkValues, add_link
from surveys.questionnaires.queries import survey_by_key
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]
LONG_ENOUGH = 2100  # what is answered more quickly is taken for a program's
PAGE = """<!doctype html><html lang="en"><head><title>Shop</title></head><body><main><h1>Thank you</h1>
<button id="before">Track my parcel</button> <label>Notes <input id="notes"></label>
%s
</main><script src="/heard.js"></script></body></html>"""
# Keeps what the page hears and where something broke its policy.
HEARD = """window.heard = []; window.broken = [];
for (const what of ["shown", "answered", "closed"])
  document.addEventListener("nachklang:" + what, (e) => heard.push(what + JSON.stringify(e.detail)));
document.addEventListener("securitypolicyviolation", (e) => broken.push(e.violatedDirective + " " + e.blockedURI));
"""


class Shop:
    """A shop on loopback; its page holds whatever `snippet` is."""

    def __init__(self, house: str):
        self.snippet, shop = "", self
        policy = (
            f"default-src 'none'; script-src 'self' {house}; frame-src {house}; style-src 'none';"
            " require-trusted-types-for 'script'"
        )

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_script = self.path == "/heard.js"
                body = (HEARD if is_script else PAGE % shop.snippet).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingHouse]:
    """A house without demo data."""
    folder = tmp_path_factory.mktemp("embedding")
    with LivingHouse(folder, f"sqlite:///{folder / 'embedding.sqlite'}").make_tables() as living:
        yield living


@pytest.fixture(scope="module")
def shop(house: LivingHouse) -> Iterator[Shop]:
    """A shop whose pages may show the survey."""
    found = Shop(house.base)
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def key(house: LivingHouse, shop: Shop) -> str:
    """A link that the shop's pages may show."""
    with house.inside():
        begin_writing()
        values = LinkValues("Inside", "embed", "", "", shop.address, 60)
        link = add_link(db.session.query(Brand).one(), survey_by_key("nps"), values, None, real_now())
        db.session.commit()
        return link.key


@pytest.fixture
def visit(browser: Browser, house: LivingHouse, shop: Shop, key: str):
    """Open the shop's page with the survey shown in a way."""
    contexts = []

    def open_page(way: str, more: str = "", **options) -> Page:
        shop.snippet = (
            f'<script src="{house.base}/embed.js" data-link="{key}" data-as="{way}" {more} defer></script>'
        )
        page = browser.new_context(**options).new_page()
        contexts.append(page.context)
        page.goto(shop.address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def inside(page: Page):
    return page.frame_locator("iframe[title=Survey]")


def leave(page: Page) -> None:
    """Let the pointer leave the page at its top, as on the way to the address bar."""
    page.evaluate("document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 }))")


def said(page: Page) -> list[str]:
    return [each.partition("{")[0] for each in page.evaluate("heard")]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]


def test_inline_it_is_as_tall_as_it_needs_and_is_answered(visit, house, key):
    page = visit("inline", viewport={"width": 320, "height": 568})
    scale = inside(page).locator("#score-9")
    expect(scale).to_be_visible()
    fits = "() => { const d = document.documentElement; return d.scrollHeight <= d.clientHeight + 1 }"
    page.wait_for_function("document.querySelector('iframe').offsetHeight > 300")
    assert page.frames[1].evaluate(fits)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.wait_for_timeout(LONG_ENOUGH)
    scale.press("Space")
    inside(page).get_by_role("button", name="Send").click()
    expect(inside(page).get_by_role("heading", level=1)).to_contain_text("Thank you")
    page.wait_for_function("heard.length === 2")

    assert said(page) == ["shown", "answered"]
    assert "9" not in "".join(page.evaluate("heard")).replace(key, "")
    assert page.evaluate("broken") == [] and violations(page) == []
    stored = house.machine().get("/api/v1/responses").json["items"]
    assert [(each["score"], each["attributes"]) for each in stored] == [(9, {})]


def test_a_popup_is_closed_by_escape_and_the_focus_returns(visit):
    page = visit("popup", "data-exit")
    page.locator("#before").focus()
    leave(page)
    dialog = page.get_by_role("dialog", name="Survey")
    expect(dialog).to_be_visible()
    expect(dialog).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("#before")).to_be_focused()
    assert said(page) == ["shown", "closed"] and page.evaluate("broken") == []
    assert page.evaluate("document.cookie") == ""

    page.reload()  # within the rest period
    leave(page)
    expect(page.locator("iframe")).to_have_count(0)


def test_escape_inside_the_survey_closes_it_too(visit):
    page = visit("popup", 'data-rest-days="0"')
    expect(page.get_by_role("dialog")).to_be_visible()
    inside(page).get_by_role("textbox").first.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_slide_waits_for_its_moment_and_leaves_who_is_typing_alone(visit):
    page = visit("slide", 'data-pages="2" data-exit data-delay="0.1"')
    leave(page)
    page.wait_for_timeout(300)
    expect(page.locator("iframe")).to_have_count(0)  # the first page of two
    page.reload()
    page.locator("#notes").focus()
    leave(page)
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#notes")).to_be_focused()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_who_is_not_drawn_sees_nothing(visit):
    page = visit("inline", 'data-sample="0"')
    page.wait_for_timeout(400)
    expect(page.locator("iframe")).to_have_count(0)


def test_a_page_that_the_link_does_not_name_shows_nothing(visit, house, shop):
    stranger = Shop(house.base)
    try:
        page = visit("inline")
        stranger.snippet = shop.snippet
        page.goto(stranger.address)
        page.wait_for_timeout(800)
        assert said(page) == []
        expect(page.locator("iframe")).not_to_be_visible()
    finally:
        stranger.server.shutdown()
        stranger.server.server_close()
