"""The page a customer answers on: light over the wire, right on a small phone, and nothing typed is lost."""

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import HOST
from tests.journeys.living import LivingHouse, Web, eventually, purchase
from tests.surveys.responses.links import link_to

pytestmark = [pytest.mark.browser, pytest.mark.processes]
SMALL_PHONE = {"width": 320, "height": 568}
LARGER_TEXT = "\nhtml { font-size: 130% }"
DISPATCHES = "abcdef"


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LivingHouse, Web, Iterator[str]]]:
    """A house that asked some customers; its API, and the links in their mails."""
    folder = tmp_path_factory.mktemp("asking")
    with LivingHouse(folder, f"sqlite:///{folder / 'asking.sqlite'}").make_tables() as house:
        machine = house.machine()
        for letter in DISPATCHES:
            machine.post_json("/api/v1/purchases", purchase(f"A-{letter}", f"{letter}@example.test"))
        eventually(lambda: len(house.mailbox.messages) >= len(DISPATCHES), "the invitations")
        yield house, machine, map(link_in, house.mailbox.messages[: len(DISPATCHES)])


@pytest.fixture
def link(asking) -> str:
    """A link that nobody has opened yet."""
    return next(asking[2])


@pytest.fixture
def stored(asking):
    """Return the responses there are, by comment."""

    def by_comment() -> dict[str, dict]:
        return {each["comment"]: each for each in asking[1].get("/api/v1/responses").json["items"]}

    return by_comment


def link_in(mail) -> str:
    """Return the address behind the mail's button."""
    return re.search(r"https?://\S+/s/[\w-]+", mail.get_body(("plain",)).get_content()).group()


def opened(browser: Browser, link: str, **options) -> Page:
    """Open a link on a small phone."""
    page = browser.new_context(viewport=SMALL_PHONE, **options).new_page()
    page.goto(link)
    return page


def bytes_of(address: str, path: str) -> tuple[int, str]:
    """Return how many bytes one answer has on the wire, head included, and its text."""
    with closing(http.client.HTTPConnection(address)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    assert answer.status == 200, path
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in answer.getheaders()), ""]
    return sum(len(line) + 2 for line in lines) + len(body), body.decode()


def test_all_files_together_are_three_and_weigh_less_than_15_kilobytes(browser, link):
    address, path = urlsplit(link).netloc, urlsplit(link).path
    weight, page = bytes_of(address, path)
    files = re.findall(r'(?:<script src|rel="stylesheet" href)="([^"]+)"', page)
    assert len(files) == 2
    assert weight + sum(bytes_of(address, file)[0] for file in files) <= 15 * 1024
    asked = []
    context = browser.new_context()
    context.on("request", lambda request: asked.append(request.url))
    context.new_page().goto(link, wait_until="networkidle")
    assert len(asked) <= 3, asked


@pytest.mark.parametrize("script", [True, False])
def test_a_chosen_score_change_and_send_are_in_the_first_screenful(browser, link, script):
    context = browser.new_context(viewport=SMALL_PHONE, java_script_enabled=script)

    def larger(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + LARGER_TEXT)

    context.route("**/*.css", larger)
    page = context.new_page()
    page.goto(link + "?score=3")
    for shown in ("You chose 3", "change", "Send"):
        box = page.get_by_text(shown, exact=shown != "You chose 3").first.bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= SMALL_PHONE["height"], shown
    page.get_by_text("change", exact=True).click()
    for target in page.locator("input[name=score]").all():
        box = target.bounding_box()
        assert box is not None and box["width"] >= 24 and box["height"] >= 48
        assert box["x"] + box["width"] <= SMALL_PHONE["width"]


def test_an_answer_half_way_is_kept_as_partial_and_comes_back(browser, link, stored):
    page = opened(browser, link)
    page.wait_for_timeout(1100)  # what is seen for less than a second is no answer
    page.locator("#score-2").press("Space")
    expect(page.get_by_label("What went wrong?")).to_be_visible()
    page.get_by_label("What went wrong?").press_sequentially("The lid was")
    page.goto("about:blank")
    partial = eventually(lambda: stored().get("The lid was"), "the partial answer")
    assert (partial["partial"], partial["score"], partial["submitted_at"]) == (True, 2, None)
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value("The lid was")
    expect(page.locator("#score-2")).to_be_checked()
    page.get_by_role("textbox").press("Control+End")
    page.get_by_role("textbox").press_sequentially(" cracked.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert stored()["The lid was cracked."]["id"] == partial["id"]
    assert stored()["The lid was cracked."]["partial"] is False


def test_a_broken_network_keeps_the_text_and_sends_it_once(browser, link, stored):
    page = opened(browser, link + "?score=9")
    failures = iter([True, True])

    def unreliable(route: Route) -> None:
        if route.request.method == "POST" and next(failures, False):
            route.abort()
        else:
            route.continue_()

    page.route("**/s/*", unreliable)
    page.get_by_role("textbox").fill("Came through a tunnel.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Trying again")
    expect(page.get_by_role("textbox")).to_have_value("Came through a tunnel.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you", timeout=15_000)
    assert stored()["Came through a tunnel."]["score"] == 9
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Already answered")


def test_without_a_score_the_error_is_read_out_and_nothing_typed_is_lost(browser, link, stored):
    page = opened(browser, link)
    page.get_by_role("textbox").fill("No score yet.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("No score yet.")
    page.locator("#score-10").check(force=True)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert stored()["No score yet."]["score"] == 10


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_before_it_is_sent_an_anonymous_answer_stays_in_the_browser(phone, make_today, is_anonymous):
    if is_anonymous:
        make_today.anonymous()
    link, posts = link_to(make_today.invitation()), []
    phone.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else None)

    phone.goto(HOST + link)
    phone.wait_for_timeout(1100)
    phone.locator("#score-2").press("Space")
    phone.get_by_role("textbox").press_sequentially("The lid was")
    phone.goto("about:blank")
    phone.wait_for_timeout(200)

    assert bool(posts) is not is_anonymous
