"""Two people have the same task open: each sees that the other is there, and that a mail is being written."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from feedback.follow_up.models import Task
from surveys.clock import real_now
from surveys.database import db
from surveys.responses.models import CONSIDERED
from tests.browser.finding_faults import faults, narrow_faults
from tests.browser.test_the_loop_in_a_browser import sign_in
from tests.factories import Make
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingHouse]:
    """A living house with a task about a late parcel for each story of this file."""
    folder = tmp_path_factory.mktemp("two")
    living = LivingHouse(folder, f"sqlite:///{folder / 'two.sqlite'}").make_tables()
    with living.inside():
        make = Make(real_now())
        for _ in range(3):
            answer = make.response(2, "The parcel came late", follow_up_stage=CONSIDERED)
            make.task(answer, due_at=make.now + timedelta(days=1))
    with living:
        yield living


@pytest.fixture(scope="module")
def addresses(living: LivingHouse) -> list[str]:
    """The addresses of the tasks."""
    with living.inside():
        return [
            f"{living.base}/tasks/{public_id}" for public_id in db.session.scalars(select(Task.public_id))
        ]


@pytest.fixture(scope="module")
def two(browser: Browser, living: LivingHouse) -> tuple[Page, Page]:
    """Two of the team, each with a browser of their own."""
    return sign_in(browser, living, "ben", "agent"), sign_in(browser, living, "mara", "agent")


@pytest.fixture
def address(addresses: list[str]) -> str:
    """The address of a task at which nobody has been yet."""
    return addresses.pop()


def test_who_types_a_mail_is_seen_by_whoever_has_the_same_task_open(browser, living, two, address):
    ben, mara = two
    mara.goto(address)
    here, by_the_button = mara.locator("#present-here"), mara.locator("#writing-here")
    expect(here).to_have_text("")
    mara.locator("#ReplyForm > summary").click()
    places = [mara.get_by_role("heading", level=1), mara.get_by_role("button", name="Send the mail")]
    before = [place.bounding_box() for place in places]

    ben.goto(address)
    expect(here).to_have_text(re.compile(r"is looking at this\.$"))
    ben.locator("#ReplyForm > summary").click()
    ben.locator("#ReplyForm textarea").press_sequentially("We are sorry. ")
    expect(here).to_have_text(re.compile(r"is writing to the customer\.$"))
    expect(by_the_button).to_have_text(re.compile("is writing to the customer just now"))
    expect(ben.locator("#present-here")).to_have_text(re.compile(r"^mara.* is looking at this\.$", re.I))
    expect(ben.locator("#writing-here")).to_have_text("")
    assert [place.bounding_box() for place in places] == before  # nothing has jumped
    mara.emulate_media(reduced_motion="reduce")
    assert faults(mara, "en") + narrow_faults(mara) == []

    queue = sign_in(browser, living, "cleo", "agent")
    queue.goto(f"{living.base}/inbox?view=open")
    expect(queue.locator(".inbox .presence")).to_have_text(re.compile("are here$"))
    queue.emulate_media(reduced_motion="reduce")
    assert faults(queue, "en") + narrow_faults(queue) == []
    ben.goto(f"{living.base}/inbox?view=snoozed")
    expect(here).to_have_text("")
    expect(by_the_button).to_have_text("")


def test_only_what_has_changed_is_said_anew(two, address):
    ben, mara = two
    mara.goto(address)
    mara.locator("#present-here").evaluate(
        "here => { window.said = 0; new MutationObserver(() => said++).observe(here, {childList: true}) }"
    )
    ben.goto(address)
    expect(mara.locator("#present-here")).not_to_have_text("")
    with mara.expect_response("**/presence"):
        pass
    with mara.expect_response("**/presence"):
        pass
    assert mara.evaluate("said") == 1


def test_without_scripts_others_are_seen_and_oneself_is_not(browser, two, address):
    ben, mara = two
    mara.goto("about:blank")
    with ben.expect_response("**/presence"):
        ben.goto(address)
    signed_in = mara.context.storage_state()
    mara = browser.new_context(storage_state=signed_in, java_script_enabled=False).new_page()
    mara.goto(address)
    expect(mara.locator("#present-here")).to_have_text(re.compile(r"is looking at this\.$"))
    ben.reload()
    expect(ben.locator("#present-here")).to_have_text("")
