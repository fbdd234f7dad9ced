"""Several tasks at once through the web."""

import pytest

from feedback.follow_up.inbox.many.working import AT_ONCE, work_on_many

pytestmark = pytest.mark.once


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben")


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


def test_selected_tasks_are_taken_and_given_back_by_one_undo(browser, make_today, ben):
    one, two, other = (make_today.task() for _each in range(3))
    chosen = {"kind": "take", "task": [one.public_id, two.public_id]}
    answer = browser.get(browser.post("/inbox/many?view=open", data=chosen).location)
    assert {one.assignee, two.assignee} == {ben} and other.assignee is None
    assert "many__undo" in answer.text and "2 tasks" in answer.text
    address = answer.text.split('action="/inbox/many/')[1].split('"')[0]
    browser.post(f"/inbox/many/{address}".replace("&amp;", "&"))
    assert one.assignee is None and one.state == "new"
    assert "many__undo" not in browser.get("/inbox?view=open").text


def test_one_task_is_told_as_one(browser, make_today):
    taken = browser.post(
        "/inbox/many?view=open", data={"kind": "take", "task": [make_today.task().public_id]}
    )
    page = browser.get(taken.location).text
    assert ">1 task<" in page and "1 tasks" not in page


def test_what_is_wrong_is_said_on_the_page(browser, make_today):
    task = make_today.task()
    nothing = browser.post("/inbox/many?view=open", data={"kind": "take"})
    assert nothing.status_code == 422 and "Select the tasks first" in nothing.text
    chosen = {"kind": "close", "task": task.public_id}
    without = browser.post("/inbox/many?view=open", data=chosen)
    assert without.status_code == 422 and "choose one of the outcomes" in without.text
    assert (
        browser.post("/inbox/many?view=open", data={"kind": "burn", "task": task.public_id}).status_code
        == 422
    )
    assert (
        browser.post("/inbox/many?view=open", data={**chosen, "snoozed_until": "yesterday"}).status_code
        == 422
    )


def test_a_whole_queue_is_worked_off_behind_with_progress_and_failures(browser, make_today, signed_in):
    for _each in range(AT_ONCE + 1):
        make_today.task(priority="P3")
    urgent = make_today.task(priority="P0")
    data = {"kind": "snooze", "reason": "Stock arrives", "all": "y"}
    address = browser.post("/inbox/many?view=open", data=data).location
    page = browser.get(address)
    assert f"0 of {AT_ONCE + 2} tasks are done" in page.text and "data-hx-get" in page.text
    work_on_many(make_today.now, 100)
    after = browser.get(address).text
    assert f"Done with {AT_ONCE + 1} tasks." in after and "1 task was left as it is" in after
    assert urgent.public_id in after and "stays in sight" in after
    # The queue goes along, so that the next task of it is one key away from one that was left as it is.
    assert f'href="/tasks/{urgent.public_id}?view=open"' in after
    progress = browser.get(address.replace("?", "/progress?"))
    assert progress.status_code == 200 and f"/tasks/{urgent.public_id}?view=open" in progress.text
    assert signed_in(make_today.staff("Dora")).get(address).status_code == 404
