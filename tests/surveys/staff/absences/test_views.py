"""The pages of absences and of how much of which work a colleague takes."""

from datetime import timedelta

import pytest

from surveys.clock import business_now
from surveys.database import db
from surveys.staff.models import StaffAbsence

DAY = timedelta(days=1)


def days(first, last, zone="Europe/Berlin"):
    today = business_now().date()
    return {
        "first_day": (today + first * DAY).isoformat(),
        "last_day": (today + last * DAY).isoformat(),
        "time_zone": zone,
    }


def absences():
    db.session.rollback()
    return db.session.query(StaffAbsence).order_by(StaffAbsence.id).all()


def test_everybody_plans_their_own_absence_and_takes_it_back(make_today, signed_in):
    ben = make_today.staff("Ben")
    browser = signed_in(ben)

    answer = browser.post("/account/absences", data=days(-1, 5))

    assert (answer.status_code, answer.location) == (303, "/account/absences")
    assert "away" in browser.get("/account/absences").text
    assert "absent by the calendar until" in browser.get("/account").text
    [absence] = absences()
    assert browser.post(f"/account/absences/{absence.public_id}/drop").status_code == 303
    assert absences() == []


def test_what_cannot_be_is_told_on_the_page_with_what_was_typed(make_today, signed_in):
    browser = signed_in(make_today.staff("Ben"))
    for wrong, said in (
        (days(5, 3), "Swap them"),
        ({"first_day": "", "last_day": "2026-99-99", "time_zone": "UTC"}, "First day"),
        (days(0, 1, "Mars"), "no time zone of this name"),
    ):
        answer = browser.post("/account/absences", data=wrong)

        assert answer.status_code == 422 and said in answer.text
        assert f'value="{wrong["time_zone"]}"' in answer.text
    assert absences() == []


def test_an_admin_plans_for_a_colleague_and_says_how_much_of_which_work_they_take(make_today, signed_in):
    ben, admin = make_today.staff("Ben"), signed_in(make_today.staff("Ada", "admin"))
    work = f"/settings/team/{ben.public_id}/work"
    assert work in admin.get(f"/settings/team/{ben.public_id}").text

    assert admin.post(work, data={"capacity": "12", "languages": ["de", "pl"]}).status_code == 303
    assert admin.post(f"/settings/team/{ben.public_id}/absences", data=days(-1, 1)).status_code == 303

    db.session.refresh(ben)
    assert (ben.capacity, ben.languages) == (12, ["de", "pl"])
    page = admin.get(work).text
    assert 'value="12"' in page and page.count("checked") == 2
    assert "away" in admin.get("/settings/team").text
    [absence] = absences()
    assert admin.post(f"/settings/team/{ben.public_id}/absences/{absence.public_id}/drop").status_code == 303
    assert absences() == []
    assert admin.post(work, data={"capacity": ""}).status_code == 303
    db.session.refresh(ben)
    assert (ben.capacity, ben.languages) == (None, [])


@pytest.mark.parametrize("wrong", [{"capacity": "7"}, {"capacity": "many"}, {"languages": ["xx"]}])
def test_work_that_cannot_be_is_refused(make_today, signed_in, wrong):
    ben, admin = make_today.staff("Ben"), signed_in(make_today.staff("Ada", "admin"))

    assert admin.post(f"/settings/team/{ben.public_id}/work", data=wrong).status_code == 422
    db.session.refresh(ben)
    assert (ben.capacity, ben.languages) == (None, [])


@pytest.mark.once
def test_nobody_plans_for_others_without_leave(make_today, signed_in):
    ben, olga = make_today.staff("Ben"), make_today.staff("Olga", "owner")
    agent, admin = signed_in(make_today.staff("Nadia")), signed_in(make_today.staff("Ada", "admin"))

    assert agent.post(f"/settings/team/{ben.public_id}/absences", data=days(0, 1)).status_code == 403
    # An admin does not manage an owner.
    assert admin.post(f"/settings/team/{olga.public_id}/absences", data=days(0, 1)).status_code == 403
    assert admin.post(f"/settings/team/{olga.public_id}/work", data={"capacity": "9"}).status_code == 403
    assert absences() == []


def test_an_absence_of_somebody_else_is_not_there(make_today, signed_in):
    ben, nadia = make_today.staff("Ben"), make_today.staff("Nadia")
    signed_in(ben).post("/account/absences", data=days(0, 1))
    [absence] = absences()

    assert signed_in(nadia).post(f"/account/absences/{absence.public_id}/drop").status_code == 404
    assert len(absences()) == 1
