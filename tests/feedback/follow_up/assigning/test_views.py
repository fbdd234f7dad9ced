"""The page that hands tasks over, the settings of who gets tasks, and how the reason reads."""

import pytest

from feedback.follow_up.assigning.queries import stands_in
from surveys.database import db


def test_open_tasks_go_to_colleagues_by_one_button(make_today, signed_in):
    ben, nadia = make_today.staff("Ben"), make_today.staff("Nadia")
    tasks = [make_today.task(assignee=ben) for _ in range(2)]
    browser = signed_in(ben)
    address = f"/hand-over/{ben.public_id}"
    assert address in browser.get("/account/absences").text
    assert "Hand 2 tasks over" in browser.get(address).text

    refused = browser.post(address, data={"note": ""})
    done = browser.post(address, data={"note": "All traced."})

    assert (refused.status_code, done.status_code) == (422, 303)
    after = browser.get(address).text
    assert "2 tasks went to colleagues." in after and "no open task" in after
    db.session.expire_all()
    assert {task.assignee for task in tasks} == {nadia}
    page = browser.get(f"/tasks/{tasks[0].public_id}").text
    assert "gave it to Nadia: least load among those present" in page
    assert "It has changed hands once." in page and "All traced." in page


def test_what_nobody_is_free_for_is_told(make_today, signed_in):
    ben = make_today.staff("Ben")
    make_today.task(assignee=ben)

    browser, address = signed_in(ben), f"/hand-over/{ben.public_id}"

    browser.post(address, data={"note": "All traced."})

    assert "1 task stays, because nobody is free for it." in browser.get(address).text


@pytest.mark.once
def test_tasks_of_others_are_handed_over_by_those_who_manage_the_team(make_today, signed_in):
    ben, nadia = make_today.staff("Ben"), make_today.staff("Nadia")
    task = make_today.task(assignee=ben)
    address = f"/hand-over/{ben.public_id}"

    assert signed_in(nadia).post(address, data={"note": "Mine now."}).status_code == 403
    assert signed_in(make_today.staff("Ada", "admin")).post(address, data={"note": "Ill."}).status_code == 303
    db.session.refresh(task)
    assert task.assignee is nadia


def test_the_settings_show_who_has_how_much_and_the_switch(make_today, signed_in):
    ben = make_today.staff("Ben", capacity=12, languages=["de"])
    make_today.task(assignee=ben, priority="P0")
    make_today.task(assigned_because="full")
    browser = signed_in(make_today.staff("Ada", "admin"))

    page = browser.get("/settings/assigning").text
    assert "German" in page and ">12<" in page and ">8<" in page
    assert "1 task waits for somebody to be free." in page

    assert browser.post("/settings/assigning", data={"stands_in": "yes"}).status_code == 303
    assert stands_in() and "Leave it with its owner" in browser.get("/settings/assigning").text
    browser.post("/settings/assigning", data={"stands_in": "no"})
    db.session.rollback()
    assert not stands_in()


def test_the_reason_stands_on_the_task_in_the_readers_language(make_today, signed_in):
    ben = make_today.staff("Ben")
    known = make_today.task(assignee=ben, assigned_because="handled_before:2026-03-03")
    polish = make_today.task(assigned_because="no_speaker:pl")
    browser = signed_in(ben)

    assert "Why: handled this customer on 3 March." in browser.get(f"/tasks/{known.public_id}").text
    assert "Why: nobody present speaks Polish." in browser.get(f"/tasks/{polish.public_id}").text
    ben.locale = "de"
    db.session.commit()
    assert "3. März" in browser.get(f"/tasks/{known.public_id}").text


@pytest.mark.once
def test_the_api_tells_the_rule_and_how_often_a_task_changed_hands(make_today, machine):
    ben, nadia = make_today.staff("Ben"), make_today.staff("Nadia")
    task = make_today.task(assignee=ben, assigned_because="speaks_least_loaded:de")
    address = f"/api/v1/tasks/{task.public_id}"

    before = machine.get(address).json
    after = machine.patch(address, json={"assignee": nadia.email}).json

    assert before["assigned_because"] == {"rule": "speaks_least_loaded", "fact": "de"}
    assert (before["reassigned"], after["reassigned"]) == (0, 1)
    assert after["assigned_because"] is None
