"""The register of danger and law: with and without a task, for owners and admins, and as a file."""

from feedback.analysis.models import INTENT, Analysis, Mention
from feedback.follow_up import triaging
from feedback.follow_up.deciding.weighing import set_priority
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from surveys.database import db


def said(make, intent, words, **values):
    """An answer whose comment was read, and in which something was found that a customer wants or threatens."""
    response = make.response(8, words, analysed_at=make.now, **values)
    make.keep(
        Analysis(
            response=response,
            label="negative",
            polarity=-0.2,
            subjectivity=None,
            analyzer="test",
            analysed_at=make.now,
            mentions=[Mention(kind=INTENT, code=intent, start=0, end=4)],
        )
    )
    return response


def test_who_spoke_of_danger_stays_on_the_register_with_what_was_done(make_today, signed_in, machine):
    make, now = make_today, make_today.now
    olga = make.staff("Olga", role="owner")
    said(make, "safety", "Fire came out of the charger", customer=make.customer("Hanna"))
    said(make, "legal", "My lawyer will write to you", customer=make.customer("Ludwig"))
    said(make, "safety", "Smoke in the kitchen", customer=make.customer("Stille"), contact_permission=False)
    said(make, "refund", "I want my money back", customer=make.customer("Ruth"))
    open_tasks(now, 10)
    task = db.session.query(Task).join(Task.customer).filter_by(name="Hanna").one()
    set_priority(task, "P3", "A lamp, not a charger; nobody was near.", now, actor=olga)
    triaging.resolve(task, "replacement", "supplier", now, actor=olga)
    db.session.commit()
    browser = signed_in(olga)

    page = browser.get("/inbox/register").text
    assert "Hanna" in page and "Ludwig" in page and "Ruth" not in page
    assert "Olga" in page and "replacement" in page.lower()
    assert "Stille" in page and "does not want to be contacted" in page
    only = browser.get("/inbox/register?kind=legal").text
    assert "Ludwig" in only and "Hanna" not in only
    file = browser.get("/inbox/export.csv?about=danger").text
    assert "Hanna" in file and "Ludwig" in file and "Ruth" not in file
    assert browser.get("/inbox/export.csv?about=weather").status_code == 422
    assert "/inbox/register" in browser.get("/inbox").text
    same = machine.get("/api/v1/exports/tasks?about=danger").text
    assert "Hanna" in same and "Ludwig" in same and "Ruth" not in same
    assert machine.get("/api/v1/exports/tasks?about=weather").status_code == 422


def test_the_register_is_for_owners_and_admins_and_says_when_it_is_empty(make_today, signed_in):
    assert "Nothing of the kind" in signed_in(make_today.staff(role="admin")).get("/inbox/register").text
    agent = signed_in(make_today.staff())
    assert agent.get("/inbox/register").status_code == 403
    assert "/inbox/register" not in agent.get("/inbox").text
