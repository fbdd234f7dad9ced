"""Ten cases are worked with the keyboard alone, and nothing happens by a key while somebody types."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.deciding.points import calm_of
from feedback.follow_up.models import Signal, Task
from feedback.follow_up.moving import record
from feedback.follow_up.states import State
from feedback.follow_up.triaging import take, wait_for_colleagues
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.responses.models import CONSIDERED
from surveys.staff.models import StaffMember
from tests.browser.test_the_loop_in_a_browser import sign_in
from tests.factories import Make
from tests.journeys.living import LivingHouse

pytestmark = [pytest.mark.browser, pytest.mark.processes]
# What the house and its loop made for themselves; all else came with a story and goes with it.
OF_THE_HOUSE = {
    "brand",
    "permission_source",
    "survey",
    "survey_version",
    "touchpoint",
    "loop_leader",
    "tick_run",
}


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivingHouse]:
    """A living house with a shop, for all stories of this file."""
    folder = tmp_path_factory.mktemp("keys")
    living = LivingHouse(folder, f"sqlite:///{folder / 'keys.sqlite'}").make_tables()
    with living.inside():
        Make(real_now()).brand()
    with living:
        yield living


@pytest.fixture
def house(living: LivingHouse) -> LivingHouse:
    """The living house with nothing but ten tasks about late parcels, the first first."""
    with living.inside():
        begin_writing()
        for table in reversed(db.metadata.sorted_tables):
            if table.name not in OF_THE_HOUSE:
                db.session.execute(table.delete())
        make = Make(real_now())
        with make.at_one_go():
            for number in range(10):
                make_a_task(make, number)
    return living


def make_a_task(make: Make, number: int) -> None:
    """Make a task about a late parcel, the more urgent the smaller its number."""
    customer = make.customer(f"Customer {number}")
    answer = make.response(2, f"Parcel {number} came late", customer=customer, follow_up_stage=CONSIDERED)
    due = make.now + timedelta(hours=number + 20)
    values = {"due_at": due, "contact_due_at": due, "reason": "DELIVERY.LATE", "priority": "P3"}
    # Points of their own and the place these lead to, or the loop would put one after the other there meanwhile.
    task = make.task(answer, points=20.0, calm=calm_of(20.0, 0.0), **values)
    kept = {"rule": "low_score", "rule_version": 1, "priority": "P3", "why": "low_with_comment"}
    make.keep(Signal(task=task, response=answer, at=make.now, points=20.0, **kept))
    record(task, "opened", make.now, after="P3", text="low_score")


def states(house):
    with house.inside():
        return list(db.session.scalars(db.select(Task.state).order_by(Task.id)))


def arrive(page, name):
    """Wait until the task of this customer is open and its scripts are there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_load_state()


def inbox(browser, house):
    page = sign_in(browser, house, "ben", "agent")
    page.goto(f"{house.base}/inbox?view=open")
    return page


def test_ten_cases_by_the_keyboard_alone(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    # Seven are resolved as preselected: E and Enter, and the next case opens by itself.
    for number in range(7):
        arrive(page, f"Customer {number}")
        page.keyboard.press("e")
        expect(page.locator(":focus")).to_contain_text("Resolve")
        page.keyboard.press("Enter")
        arrive(page, f"Customer {number + 1}")
    # One is put off, one is noted and gone past, one is taken.
    page.keyboard.press("h")
    page.keyboard.type("The parcel is on its way j k e")
    page.keyboard.press("Enter")
    arrive(page, "Customer 8")
    page.keyboard.press("n")
    page.keyboard.type("Called")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Noted.")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("j")
    arrive(page, "Customer 9")
    page.keyboard.press("a")
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    found = states(house)
    # The loop may have asked the customer already whether it is solved.
    assert set(found[:7]) <= {State.RESOLVED, State.VERIFYING, State.CLOSED}
    assert found[7:] == [State.NEW, State.NEW, State.IN_PROGRESS]


def test_what_is_not_preselected_is_chosen_and_sent_by_key_and_the_task_gone_back_to(browser, house):
    with house.inside():
        begin_writing()
        first = db.session.scalars(db.select(Task).order_by(Task.id)).first()
        first.reason = None
        db.session.commit()
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.keyboard.press("e")
    expect(page.locator("#resolve-resolution")).to_be_focused()
    page.keyboard.type("apo")
    page.keyboard.press("Tab")
    page.keyboard.type("ext")
    page.keyboard.press("Control+Enter")
    arrive(page, "Customer 1")
    # A slip is one key away.
    page.keyboard.press("b")
    arrive(page, "Customer 0")
    assert states(house)[0] in (State.RESOLVED, State.VERIFYING)


def test_a_task_that_waits_is_gone_on_with_by_key(browser, house):
    page = inbox(browser, house)
    with house.inside():
        begin_writing()
        first = db.session.scalars(db.select(Task).order_by(Task.id)).first()
        ben = db.session.scalars(db.select(StaffMember)).one()
        take(first, ben, real_now())
        wait_for_colleagues(
            first, "The warehouse looks", real_now() + timedelta(days=1), real_now(), actor=ben
        )
        db.session.commit()
    page.get_by_role("link", name="Customer 0", exact=True).click()
    arrive(page, "Customer 0")
    page.keyboard.press("a")
    expect(page.locator(".flash")).to_have_text("Go on.")
    assert states(house)[0] == State.IN_PROGRESS


def test_the_list_of_keys_is_read_from_its_top(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.keyboard.press("?")
    expect(page.locator("#keys-heading")).to_be_in_viewport(ratio=1)


def test_a_letter_is_filled_in_and_sent_and_the_next_case_opened_without_leaving_the_keys(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.keyboard.press("r")
    for part in ("the parcel came late", "I have asked the carrier.", "a new one until Friday"):
        page.keyboard.type(part)
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your mail leaves in")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("n")
    page.keyboard.type("j")
    page.keyboard.press("Escape")
    expect(page.locator("#NoteForm > summary")).to_be_focused()
    page.keyboard.press("j")
    arrive(page, "Customer 1")
    with house.inside():
        (body,) = db.session.scalars(db.select(Reply.body))
    assert "[" not in body and "a new one until Friday." in body


def test_a_letter_that_was_taken_back_is_mended_by_key_and_a_part_in_brackets_can_wait(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.keyboard.press("r")
    # The first part is left for the end: the keys go on to the second and the third, then come back to it.
    for part in ("", "I have asked the carrier.", "a new one until Friday", "the parcel came late"):
        page.keyboard.type(part)
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your mail leaves in")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("r")
    written = page.locator("#ReplyForm textarea")
    expect(written).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("P.S. Sorry again.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Your mail leaves in")).to_be_visible()
    with house.inside():
        (body,) = db.session.scalars(db.select(Reply.body).order_by(Reply.id.desc()).limit(1))
    assert "[" not in body and "the parcel came late" in body and "P.S. Sorry again." in body


def test_an_urgent_task_explains_why_it_stays_and_letters_wait_until_that_is_left(browser, house):
    with house.inside():
        begin_writing()
        first = db.session.scalars(db.select(Task).order_by(Task.id)).first()
        first.priority = "P1"
        db.session.commit()
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.keyboard.press("h")
    said = page.locator("#SnoozeForm [data-explains]")
    expect(said).to_be_focused()
    expect(said).to_contain_text("stays in sight")
    page.keyboard.type("jae")
    page.wait_for_timeout(300)
    arrive(page, "Customer 0")
    assert states(house)[0] == State.NEW
    expect(said).to_be_focused()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    page.keyboard.press("j")
    arrive(page, "Customer 1")


def test_search_is_one_key_away_from_a_task(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.keyboard.press("/")
    expect(page).to_have_url(f"{house.base}/inbox?view=open#q")
    expect(page.locator("#q")).to_be_focused()


@pytest.mark.parametrize("language", ["English", "Deutsch"])
def test_all_queues_stand_in_one_line_and_a_phone_has_a_way_to_what_can_be_done(browser, house, language):
    page = inbox(browser, house)
    page.set_viewport_size({"width": 1280, "height": 900})
    if language != "English":
        page.get_by_role("button", name=language).click()
    expect(page.locator("html")).to_have_attribute("lang", "en" if language == "English" else "de")
    counts = "document.querySelectorAll('.views__count').forEach(each => each.textContent = '888')"
    lines = "new Set([...document.querySelectorAll('.views--queues li')].map(each => each.offsetTop)).size"
    assert page.evaluate(f"{counts}; {lines}") == 1

    page.set_viewport_size({"width": 320, "height": 568})
    first = page.locator(".inbox__who").first
    name = first.inner_text().splitlines()[0]
    first.click()
    arrive(page, name)
    jump = page.locator(".task__jump a")
    expect(jump).to_be_in_viewport()
    jump.click()
    expect(page.locator("#moves button").first).to_be_in_viewport(ratio=1)


def test_several_are_selected_taken_and_given_back_by_key(browser, house):
    page = inbox(browser, house)
    for _each in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("#many [data-said]")).to_have_text("Selected: 2")
    page.keyboard.press("a")
    expect(page.get_by_text("2 tasks")).to_be_visible()
    assert states(house) == ["in_progress"] * 2 + ["new"] * 8
    page.keyboard.press("z")
    expect(page.get_by_text("Undone")).to_be_visible()
    assert states(house) == ["new"] * 10


def test_shift_selects_the_rows_between_by_key_and_by_mouse(browser, house):
    page = inbox(browser, house)
    said, ticked = page.locator("#many [data-said]"), page.locator("[data-row] input:checked")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(said).to_have_text("Selected: 1")
    for _each in range(4):
        page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(said).to_have_text("Selected: 5")
    # One is left out again; from a row that is ticked no more nothing is counted.
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(ticked).to_have_count(5)
    page.locator("[data-row] input").last.click(modifiers=["Shift"])
    expect(said).to_have_text("Selected: 8")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Select all rows from the last selected to this one")


def test_what_is_done_with_the_selected_leaves_them_in_sight(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("h")
    expect(page.locator("#bulk-reason")).to_be_focused()
    expect(page.locator("#bulk-reason")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_a_task_leads_to_every_queue_by_key_and_by_link(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.keyboard.press("g")
    page.keyboard.press("u")
    expect(page).to_have_url(f"{house.base}/inbox?view=unassigned")
    page.go_back()
    arrive(page, "Customer 0")
    page.locator(".task__queues > summary").click()
    page.get_by_role("link", name="Done lately").click()
    expect(page).to_have_url(f"{house.base}/inbox?view=resolved")


def test_the_time_left_is_explained_on_hover_by_key_and_by_touch(browser, house):
    page = inbox(browser, house)
    when = page.locator(".inbox__when").first
    under = "each => document.elementFromPoint(...['x', 'y'].map(at => each.getBoundingClientRect()[at] + 5)).title"
    assert when.evaluate(under).startswith("First contact: ")
    when.click()
    arrive(page, "Customer 0")
    clock = page.locator("#clocks summary").first
    expect(clock).to_be_in_viewport()
    expect(clock).to_have_attribute("title", re.compile("business hours"))
    clock.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".clocks__said").first).to_contain_text("So it is due")


def test_on_paper_a_task_says_what_was_read_and_how_its_times_were_reckoned(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "Customer 0")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 970})  # A4 between margins of 14 mm
    assert page.locator(".task__read").evaluate("each => each.checkVisibility()")
    assert page.locator(".clocks__said").count() == 2
    for said in page.locator(".clocks__said").all():
        expect(said).to_be_visible()
    for to_press in (".task__way", ".task__moves", ".masthead"):
        assert page.locator(to_press).evaluate("each => each.offsetHeight") == 0, to_press


def test_news_come_by_themselves_and_move_neither_focus_nor_selection(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("j")
    page.keyboard.press("x")
    focused = page.evaluate("document.activeElement.id")
    said = {"survey": "nps", "score": 1, "comment": "Broken", "contact_permission": True}
    said["customer"] = {"email": "nora@example.test", "name": "Nora New"}
    assert house.machine().post_json("/api/v1/responses", said).status == 201
    expect(page.get_by_role("link", name="Nora New")).to_be_visible(timeout=45_000)
    assert page.evaluate("document.activeElement.id") == focused
    assert page.locator("[data-row] input:checked").count() == 1
    expect(page.locator("#queue-news")).to_have_text("New here: 1")


def test_keys_do_nothing_while_typing_in_a_dialog_or_when_switched_off(browser, house):
    page = inbox(browser, house)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("jag")
    expect(page.locator("#q")).to_have_value("jag")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.press("Escape")
    expect(page.locator("[data-row] input:checked")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page).to_have_url(f"{house.base}/inbox?view=mine")
    page.goto(f"{house.base}/account")
    page.get_by_role("button", name="Switch the keys off").click()
    page.goto(f"{house.base}/inbox?view=open")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
