"""No axe violation on any page, in both themes and both languages; nothing overflows, targets are large enough."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from feedback.follow_up.incidents.models import Incident
from feedback.follow_up.models import Signal
from surveys.clock import real_now
from surveys.database import begin_writing
from surveys.responses.models import CONSIDERED
from tests.browser.finding_faults import faults, narrow_faults
from tests.factories import Make
from tests.journeys.living import LivingHouse, Web, eventually

pytestmark = [pytest.mark.browser, pytest.mark.processes]
STAFF_PAGES = (
    "/inbox",
    "/inbox?view=open",
    "/inbox?view=waiting",
    "/inbox?view=snoozed",
    "/inbox?view=stuck",
    "/inbox?view=silent",
    "/inbox?view=open&q=nobody+at+all",
    "/inbox?view=resolved",
    "/news",
    "/huddle",
    "/insights",
    "/insights?survey=csat",
    "/insights?brand=nowhere",
    "/insights/subjects",
    "/insights/goals",
    "/insights/goals/new",
    "/insights/worth?margin=50&discount=1",
    "/insights/reports?survey=nps",
    "/insights/monthly",
    "/insights/watch",
    "/insights/events",
    "/insights/explore?compare=before&by=lateness&first=late",
    "/insights/explore?by=theme&country=AT",
    "/insights/explore/coverage",
    "/responses",
    "/responses?q=nothing+at+all",
    "/responses?flag=any",
    "/settings",
    "/settings/team",
    "/settings/keys",
    "/settings/brands/demo",
    "/settings/touchpoints",
    "/settings/purchases",
    "/settings/privacy",
    "/settings/privacy/data-map",
    "/settings/changes",
    "/settings/touchpoints/new/demo",
    "/settings/capacity/demo",
    "/settings/touchpoints/new/demo?after=lapsed",
    "/settings/touchpoints/new/demo?after=rolling",
    "/settings/touchpoints/new/demo?after=once",
    "/settings/waiting",
    "/settings/funnel",
    "/settings/segments",
    "/settings/dry-run/demo",
    "/settings/links",
    "/settings/links/new",
    "/settings/permission",
    "/settings/permission/demo",
    "/settings/suppressions",
    "/settings/incoming",
    "/settings/shops",
    "/settings/shops/new",
    "/settings/imports",
    "/settings/mail",
    "/settings/languages",
    "/settings/languages/fr",
    "/insights/accuracy",
    "/insights/themes",
    "/insights/themes?theme=DELIVERY",
    "/settings/notices",
    "/account/news",
    "/settings/rules",
    "/settings/rules/low_score",
    "/settings/rules/new?kind=intent",
    "/settings/rules/weights",
    "/inbox/register",
    "/insights/follow-up",
    "/insights/improvements",
    "/insights/improvements/new",
    "/insights/improvements/new?theme=DELIVERY.LATE&since=2026-01-01",
    "/thanks",
    "/testimonials",
    "/settings/assigning",
    "/account/absences",
    "/settings/themes",
    "/settings/themes/DELIVERY.LATE",
    "/surveys",
    "/surveys/new",
    "/going-live",
    "/going-live/records",
    "/loop",
    "/outbox",
    "/account",
    "/nowhere",
)
OPEN_PAGES = (
    "/sign-in",
    "/password",
    "/s/unknown",
    "/u/unknown",
    "/me/unknown",
    "/said-and-done/demo",
    "/shared/unknown",
    "/stop/unknown",
)
LINKED = (
    ("/inbox?view=open", r"/tasks/\w+\?view=open"),
    ("/responses", r"/responses/\w{22}"),
    ("/responses", r"/customers/\w{22}"),
    ("/settings/touchpoints", r"/settings/touchpoints/\w{22}"),
    ("/settings/purchases", r"/settings/purchases/\w{22}"),
    ("/settings/assigning", r"/settings/team/\w{22}/work"),
    ("/account/absences", r"/hand-over/\w{22}"),
    ("/surveys", r"/surveys/\w{22}"),
    ("/insights/monthly", r"/insights/monthly/\d{4}-\d{2}"),
    ("/insights/watch", r"/insights/watch/\w{22}"),
    ("/outbox", r"/outbox/[^\"'?/]+"),
)


def sign_in(context: BrowserContext, house: LivingHouse, language: str) -> Page:
    """Sign in as the demo's owner by the demo bar and choose a language."""
    page = context.new_page()
    page.goto(house.base + "/sign-in")
    page.get_by_role("button", name=re.compile("^(Owner|Leitung)$")).click()
    page.goto(house.base + "/account")
    if page.locator("html").get_attribute("lang") != language:
        page.get_by_role("button", name="Deutsch" if language == "de" else "English").click()
    return page


def every_address(page: Page, house: LivingHouse) -> list[str]:
    """Return the staff pages and the first thing each list leads to."""
    found = list(STAFF_PAGES)
    for listing, shape in LINKED:
        page.goto(house.base + listing)
        link = re.search(rf'href="({shape})"', page.content())
        assert link, f"{listing} leads to no {shape}"
        found.append(link[1])
        if shape.startswith("/responses"):
            found.append(f"{link[1]}/alike")
        if listing == "/settings/touchpoints":
            found.append(f"{link[1]}/letter/{language_of(page)}")
    link = an_open_link(page, house)
    improvement = an_improvement(page, house)
    found += [improvement, f"{improvement}/told"]
    found += ["/insights/excluded", exclude_one(page, house), link, f"{link}/slip"]
    found += [an_undone_deed(page, house), with_two_answers(house, language_of(page))]
    found.append(many_from_one_cause(house, language_of(page)))
    found += handed_on(page, house)
    return found + [programme(page, house, kind) for kind in ("rolling", "once")]


def an_undone_deed(page: Page, house: LivingHouse) -> str:
    """Take some tasks at once, undo it, and return the page that tells how that went."""
    page.goto(f"{house.base}/inbox?view=open")
    for box in page.locator("input[name=task]").all()[:3]:
        box.check()
    page.locator("#many button[value=take]").click()
    page.locator(".flash a").first.click()
    page.locator("form[action*='/undo'] button").click()
    return page.locator(".flash a").first.get_attribute("href") or ""


def with_two_answers(house: LivingHouse, language: str) -> str:
    """Return the page of a task with two answers, which can be split, whose customer has another open task to merge."""
    with house.inside():
        begin_writing()  # the house writes, too
        make = Make(real_now())
        with make.at_one_go():
            customer = make.customer("Twice Unhappy", email=f"twice-{language}@example.test")
            first, second, other = (
                make.response(2, words, customer=customer, follow_up_stage=CONSIDERED)
                for words in ("Late", "Still not here", "And now it is broken")
            )
            task = make.task(first)
            make.task(other)
            for answer in (first, second):
                kept = {"rule": "low_score", "rule_version": 1, "priority": "P2", "why": "low_with_comment"}
                make.keep(Signal(task=task, response=answer, at=make.now, points=20.0, **kept))
        return f"/tasks/{task.public_id}?view=open"


def many_from_one_cause(house: LivingHouse, language: str) -> str:
    """Return the page of an incident, from which all its customers but the one in danger can be written to."""
    with house.inside():
        begin_writing()  # the house writes, too
        make = Make(real_now())
        with make.at_one_go():
            values = {"sign": "theme", "named": "DELIVERY", "title": "DELIVERY", "usual": 0.5}
            incident = Incident(brand=make.brand(), began_at=make.now, last_at=make.now, **values)
            for priority in ("P0", "P3"):
                customer = make.customer(email=f"{priority.lower()}-{language}@example.test")
                answer = make.response(2, customer=customer, follow_up_stage=CONSIDERED)
                make.task(answer, priority=priority, incident=incident)
        return f"/inbox/incidents/{incident.public_id}"


def language_of(page: Page) -> str:
    """Return the language the page speaks."""
    return page.locator("html").get_attribute("lang") or ""


def an_open_link(page: Page, house: LivingHouse) -> str:
    """Make a link that pages may show, of which the demo has none, and return its page."""
    page.goto(f"{house.base}/settings/links/new")
    page.fill("#name", f"Parcel {language_of(page)}")
    page.fill("#origins", "https://shop.example")
    page.locator("main form.form button.button--primary").click()
    return page.url.removeprefix(house.base)


def handed_on(page: Page, house: LivingHouse) -> list[str]:
    """Save a view, store its numbers and make a link to it, of which the demo has none; return the three pages."""
    page.goto(f"{house.base}/insights?survey=nps")
    page.locator("details.keep summary").click()
    page.fill("#keep-name", f"Board {language_of(page)}")
    page.locator("details.keep button").click()
    view = page.url.removeprefix(house.base)
    page.locator("#stored button").click()
    stored = page.url.removeprefix(house.base)
    page.goto(house.base + view)
    page.locator("#links form[action$='/links'] button").click()
    return [view, stored, page.locator("#new-link").inner_text().removeprefix(house.base)]


def an_improvement(page: Page, house: LivingHouse) -> str:
    """Start an improvement from what is raised most, of which a small demo has none, and let it be in effect."""
    page.goto(f"{house.base}/insights/improvements/new")
    for _step in ("go on", "start", "plan", "in effect"):
        page.locator("main form.form button.button--primary").click()
    return page.url.removeprefix(house.base)


def exclude_one(page: Page, house: LivingHouse) -> str:
    """Exclude the newest answer that counts and return its page."""
    page.goto(f"{house.base}/responses?only=counted")
    page.goto(house.base + re.search(r'href="(/responses/\w{22})"', page.content())[1])
    page.select_option("#reason", "bot")
    page.locator("form[action$='/exclude'] button").click()
    return page.url.removeprefix(house.base)


def programme(page: Page, house: LivingHouse, kind: str) -> str:
    """Add a programme of the kind, of which the demo has none, and return its page."""
    page.goto(f"{house.base}/settings/touchpoints/new/demo?after={kind}")
    page.fill("#name", f"{kind} {language_of(page)}")
    page.locator("main form.form button.button--primary").click()
    return page.url.removeprefix(house.base)


@pytest.mark.parametrize("language", ["en", "de"])
def test_staff_pages(browser: Browser, demo: LivingHouse, language: str):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale=language, reduced_motion="reduce"
    )
    page = sign_in(context, demo, language)
    found = []
    for address in every_address(page, demo):
        page.goto(demo.base + address)
        assert page.locator("html").get_attribute("lang") == language, address
        found += faults(page, language) + narrow_faults(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_open_and_respondents_pages(browser: Browser, demo: LivingHouse, language: str):
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, locale=language, reduced_motion="reduce"
    )
    page = context.new_page()
    survey, leave, own = eventually(lambda: links_of_an_invitation(demo), "an open invitation in the outbox")
    page.goto(demo.base + "/sign-in")
    page.get_by_role("button", name=re.compile("^(Visit the shop|Den Shop besuchen)$")).click()
    anybody = "/l/" + (page.locator("[data-link]").get_attribute("data-link") or "")
    found = []
    for address in (*OPEN_PAGES, survey, f"{survey}?score=3", leave, own, anybody, "/demo/shop"):
        page.goto(demo.base + address)
        found += faults(page, language) + narrow_faults(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_phone_shows_the_page_before_what_leads_elsewhere(
    browser: Browser, demo: LivingHouse, language: str
):
    context = browser.new_context(
        viewport={"width": 320, "height": 568},
        locale=language,
        reduced_motion="reduce",
        java_script_enabled=False,
    )
    page = sign_in(context, demo, language)
    page.goto(demo.base + "/insights?survey=nps")
    assert page.locator(".demo-bar").bounding_box()["height"] < 100
    sentence = page.locator(".headline").bounding_box()
    assert sentence["y"] < 450, "the sentence begins below the first screen"

    surveys = page.get_by_role("link", name=re.compile("^(Surveys|Umfragen)$"))
    assert not surveys.is_visible()
    page.locator(".masthead__menu > summary").click()
    surveys.click()
    assert page.url.endswith("/surveys")
    page.locator(".demo-bar summary").click()
    page.get_by_role("button", name=re.compile(r"^\+1 (hour|Stunde)$")).click()
    assert page.url.endswith("/surveys")

    page.goto(demo.base + "/insights/monthly")
    for name in page.locator(".facts--figures dt").all():
        assert name.bounding_box()["width"] > 90, f"“{name.inner_text()}” is squeezed by its figure"

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(demo.base + "/insights")
    page.evaluate(
        """() => {
          const [news, name] = document.querySelectorAll(".masthead__name");
          news.innerHTML += ' <span class="masthead__count">888</span>';
          name.textContent = "Somebody with a long name";
        }"""
    )
    rows = {entry.bounding_box()["y"] for entry in page.locator(".masthead__link").all()}
    assert len(rows) == 1, "the navigation stands in one line, whatever stands beside it"
    for shown in (".masthead__link", ".views__link", "#survey", ".demo-bar button"):
        assert page.locator(shown).first.is_visible(), f"{shown} is shown without a press"
    assert not page.locator(".fold > summary").first.is_visible()
    context.close()


def links_of_an_invitation(demo: LivingHouse) -> tuple[str, str, str] | None:
    """Return the links of a mail in the outbox: to the survey, to stop, and to the customer's own page; None yet."""
    for mail in sorted((demo.folder / "outbox").glob("*.eml")):
        text = message_from_bytes(mail.read_bytes(), policy=default).get_body(("plain",)).get_content()
        survey, leave = re.search(r"/s/[\w-]{44}", text), re.search(r"/u/[\w-]{44}", text)
        own = re.search(r"/me/[\w-]{44}", text)
        if survey and leave and own and Web(demo.base).get(survey[0]).text.count('type="radio"') > 5:
            return survey[0], leave[0], own[0]
    return None
