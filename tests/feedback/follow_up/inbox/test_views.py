"""The inbox: counts, order, paging, and keeping itself up to date."""

import re
from datetime import timedelta

import pytest

from feedback.analysis.models import Analysis
from feedback.follow_up.deciding.ageing import age_tasks
from feedback.follow_up.inbox.views import ROWS


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben")


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


def names(answer):
    return re.findall(r'class="inbox__who"[^>]*>([^<]+)<', answer.text)


def counts(answer):
    return [int(n) for n in re.findall(r'views__count">(\d+)<', answer.text)]


def task_of(make, name, **values):
    return make.task(make.response(2, f"Words of {name}", customer=make.customer(name)), **values)


def test_everybody_starts_where_they_work(browser, signed_in, make_today):
    assert browser.get("/").location == "/inbox"
    analyst = signed_in(make_today.staff("Dora", role="analyst"))
    assert analyst.get("/").location == "/insights"
    assert analyst.get("/inbox").status_code == 403


@pytest.mark.once
def test_the_most_urgent_comes_first(browser, make_today):
    now, hour = make_today.now, timedelta(hours=1)
    task_of(make_today, "Waiting", state="waiting_customer", waiting_until=now + hour, due_at=None)
    task_of(make_today, "Later", priority="P2", due_at=now + 5 * hour)
    task_of(make_today, "Sooner", priority="P2", due_at=now + 4 * hour)
    task_of(make_today, "Urgent", priority="P1", due_at=now + 9 * hour)
    task_of(make_today, "Broken", priority="P3", due_at=now - hour)
    age_tasks(now, 10)
    page = browser.get("/inbox?view=open")
    # A broken promise lifts from P3 to the P2s, and waiting has brought it to the top of them.
    assert names(page) == ["Urgent", "Broken", "Sooner", "Later", "Waiting"]
    assert "overdue by" in page.text and "Words of Broken" in page.text


@pytest.mark.once
def test_the_page_explains_priorities_and_times_by_the_promises_that_hold(browser, make_today, signed_in):
    page = browser.get("/inbox").text
    assert "What P0 to P4 and the times mean" in page
    assert (
        "clearly negative comment. First contact within 4 business hours, solved within 2 business days."
        in page
    )
    german = signed_in(make_today.staff(locale="de")).get("/inbox").text
    assert "Erster Kontakt innerhalb von 16 Geschäftsstunden, Lösung innerhalb von 10 Arbeitstagen." in german
    assert "What P0" not in browser.get("/inbox/rows").text


@pytest.mark.once
def test_a_late_parcel_and_an_overdue_task_are_told_apart(browser, make_today):
    now, day = make_today.now, timedelta(days=1)
    order = make_today.purchase(
        make_today.customer("Dora"), promised_at=now - 3 * day, delivered_at=now - day
    )
    answer = make_today.response(2, customer=order.customer, purchase=order)
    make_today.task(answer, due_at=now - 3 * day)
    page = browser.get("/inbox?view=open").text

    assert "<span>parcel came late</span>" in page and ">overdue by 3 d<" in page


def test_the_counts_are_exact_and_follow_the_brand(browser, make_today, ben):
    other = make_today.brand("other", name="Other Shop")
    task_of(make_today, "One", assignee=ben)
    task_of(make_today, "Two")
    task_of(make_today, "Three", state="waiting_internal")
    task_of(
        make_today,
        "Four",
        state="closed",
        outcome="no_action",
        closed_at=make_today.now,
        due_at=None,
    )
    make_today.task(make_today.response(1, customer=make_today.customer("Five", brand=other)))
    until = {"snoozed_at": make_today.now, "snoozed_until": make_today.now + timedelta(days=1)}
    task_of(make_today, "Six", **until)
    # Mine, unassigned, soon, late, reopened, silent, waiting, snoozed, stuck, all open, done lately.
    page = browser.get("/inbox")
    assert counts(page) == [1, 3, 0, 0, 0, 0, 1, 1, 0, 4, 1] and names(page) == ["One"]
    assert counts(browser.get("/inbox?brand=other")) == [0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert names(browser.get("/inbox?brand=other")) == ["Five"]
    assert names(browser.get("/inbox?view=resolved")) == ["Four"]
    assert names(browser.get("/inbox?view=waiting")) == ["Three"]
    snoozed = browser.get("/inbox?view=snoozed")
    assert names(snoozed) == ["Six"] and "put off until" in snoozed.text
    assert browser.get("/inbox?brand=nowhere").status_code == 404


def test_what_nobody_touches_although_it_is_due_stands_among_the_stuck(browser, make_today, ben):
    now = make_today.now

    def left(name, days, **values):
        values.setdefault("assignee", ben)
        task_of(make_today, name, touched_at=now - timedelta(days=days), **values)

    left("Nobodys", 5, assignee=None)
    left("Nobodys fresh", 0, assignee=None)
    left("Nobodys turn", 5, assignee=None, state="waiting_customer", waiting_until=now, due_at=None)
    left("Colleagues", 7, state="waiting_internal")
    left("Colleagues lately", 1, state="waiting_internal")
    left("Mine", 12, state="in_progress")
    left("Mine lately", 3, state="in_progress")
    left("Promised nothing", 30, priority="P4", contact_due_at=None, resolution_due_at=None, due_at=None)
    left("Told to the owners", 0, state="in_progress", escalation_level=3)
    left("Asleep", 12, snoozed_at=now, snoozed_until=now + timedelta(days=1))
    page = browser.get("/inbox?view=stuck")
    assert sorted(names(page)) == ["Asleep", "Colleagues", "Mine", "Nobodys", "Told to the owners"]
    assert "nobody does anything about it" in page.text
    assert "Nothing is stuck" in browser.get(f"/inbox?view=stuck&brand={make_today.brand('none').key}").text


@pytest.mark.once
@pytest.mark.thorough
def test_pages_follow_one_another_without_gap_or_repetition(browser, make_today):
    customer = make_today.customer()
    wanted = {f"N{n}" for n in range(ROWS + 2)}
    with make_today.at_one_go():
        for n, _ in enumerate(wanted):
            due = make_today.now + timedelta(hours=3 + n % 2)
            make_today.task(make_today.response(2, f"N{n}", customer=customer), due_at=due)
    seen, address, pages = [], "/inbox?view=open", 0
    while address:
        page = browser.get(address)
        seen += re.findall(r'class="inbox__comment">([^<]+)<', page.text)
        found = re.search(r'href="([^"]+)" rel="next"', page.text)
        address, pages = found.group(1).replace("&amp;", "&") if found else None, pages + 1
    assert pages == 2 and len(seen) == ROWS + 2 and set(seen) == wanted
    assert browser.get("/inbox?view=open&after=rubbish!").status_code == 400


@pytest.mark.once
def test_the_row_of_a_comment_that_also_praises_begins_with_the_complaint(browser, make_today):
    comment = "Such a pretty lamp, but the shade was broken. Ask for Frau Lutz."
    at = comment.index("but")
    mixed = make_today.response(3, comment, analysed_at=make_today.now)
    make_today.task(mixed)
    make_today.keep(
        Analysis(
            response=mixed, label="mixed", polarity=-0.3, analyzer="t", analysed_at=make_today.now,
            clauses=[[0, at - 2, 0.9], [at, at + 25, -0.9], [at + 26, len(comment), 0.0]],
        )
    )  # fmt: skip
    plain = make_today.response(3, "The box was wet, but the lamp is fine.", analysed_at=make_today.now)
    make_today.task(plain)

    page = browser.get("/inbox?view=open").text

    assert '<p class="inbox__comment">… but the shade was broken. Ask for Frau [name].</p>' in page
    assert "The box was wet, but the lamp is fine." in page


def test_the_queue_answers_304_until_something_changes(browser, make_today):
    task_of(make_today, "One")
    first = browser.get("/inbox/rows?view=open")
    assert names(first) == ["One"] and "<html" not in first.text
    tag = {"If-None-Match": first.headers["ETag"]}
    again = browser.get("/inbox/rows?view=open", headers=tag)
    assert (again.status_code, again.text) == (304, "")
    task_of(make_today, "Two")
    assert browser.get("/inbox/rows?view=open", headers=tag).status_code == 200


@pytest.mark.once
def test_an_empty_inbox_says_what_was_solved(browser, make_today):
    assert "Nobody has answered yet" in browser.get("/inbox").text
    make_today.response(9)
    assert "Nothing waits here" in browser.get("/inbox").text
    done = {"state": "closed", "outcome": "recovered", "resolution": "refund", "cause": "it", "due_at": None}
    now = make_today.now
    task_of(make_today, "One", resolved_at=now, closed_at=now, **done)
    assert "1 task was solved this week" in browser.get("/inbox").text


def test_refused_contact_is_counted_at_the_foot(browser, make_today):
    make_today.response(1, contact_permission=False)
    make_today.response(9, contact_permission=False)
    make_today.response(1, contact_permission=True)
    page = browser.get("/inbox").text
    assert "1 unhappy answer is not followed up: the customer does not want to be contacted" in page
    assert "/responses?contact=refused&amp;mood=unhappy" in page


def test_inbox_insights_and_list_say_the_same_of_answers_that_are_not_followed_up(make_today, signed_in):
    make_today.response(1, contact_permission=False)
    make_today.response(1, survey_key="csat", contact_permission=False)
    make_today.response(
        1, contact_permission=False, is_partial=True, submitted_at=None, saved_at=make_today.now
    )
    olga = signed_in(make_today.staff("Olga", "owner"))
    pages = {
        name: re.sub(r"<[^>]+>", "", olga.get(f"/{name}").text) for name in ("inbox", "insights?survey=nps")
    }
    link = re.search(r'href="(/responses\?contact=refused[^"]*)"', olga.get("/inbox").text)
    listed = olga.get(link[1].replace("&amp;", "&")).text

    assert (
        "2 unhappy answers are not followed up: the customers do not want to be contacted" in pages["inbox"]
    )
    assert "(all surveys, the last 90 days)" in pages["inbox"]
    assert (
        "1 unhappy answer is not followed up: the customer does not want to be contacted (only this survey"
        in pages["insights?survey=nps"]
    )
    assert "2 responses" in listed and "these customers do not want to be contacted" in listed


@pytest.mark.once
def test_the_first_steps_of_a_new_installation_are_shown_to_those_who_may_take_them(make_today, signed_in):
    for page in ("/inbox", "/responses", "/insights"):
        olga = signed_in(make_today.staff("Olga", "owner")).get(page).text
        ben = signed_in(make_today.staff("Ben", "agent")).get(page).text
        assert 'href="/going-live">To “Going live”' in olga
        assert "Owners and admins connect the shop" in ben and "To “Going live”" not in ben


def test_views_are_narrowed_down_and_kept_as_filters(browser, make_today, signed_in):
    task_of(make_today, "Anna Amber", priority="P2", reason="DELIVERY.LATE")
    task_of(make_today, "Bert Blue", priority="P3")
    assert names(browser.get("/inbox?view=open&q=amber")) == ["Anna Amber"]
    assert names(browser.get("/inbox?view=open&priority=P3")) == ["Bert Blue"]
    assert names(browser.get("/inbox?view=open&reason=DELIVERY")) == ["Anna Amber"]
    assert "Nothing fits" in browser.get("/inbox?view=open&q=100%25").text
    assert (
        browser.post(
            "/inbox/filters?view=open&priority=P3", data={"name": "Quiet", "shared": "y"}
        ).status_code
        == 303
    )
    again = browser.post("/inbox/filters?view=open", data={"name": "Quiet"})
    assert again.status_code == 409 and "filter of this name already" in again.text
    colleagues = signed_in(make_today.staff("Dora")).get("/inbox?view=mine").text
    assert 'href="/inbox?view=open&amp;priority=P3"' in colleagues and "(Ben)" in colleagues


def test_silent_late_soon_and_reopened_ones_have_their_views(browser, make_today, ben):
    now, hour = make_today.now, timedelta(hours=1)
    task_of(make_today, "Late", due_at=now - hour)
    task_of(make_today, "Soon", due_at=now + hour)
    task_of(make_today, "Again", reopened=1, due_at=now + 9 * hour)
    task_of(make_today, "Silent", is_silent=True, due_at=now + 9 * hour)
    for view, name in (("late", "Late"), ("soon", "Soon"), ("reopened", "Again"), ("silent", "Silent")):
        assert names(browser.get(f"/inbox?view={view}")) == [name]


@pytest.mark.once
def test_the_queue_beside_a_task_asks_for_news_and_gets_304_without(browser, make_today):
    task = task_of(make_today, "One")
    address = f"/inbox/beside/{task.public_id}?view=open"
    answer = browser.get(address)
    assert "One" in answer.text and "Two" not in answer.text
    same = browser.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert same.status_code == 304
    task_of(make_today, "Two")
    assert "Two" in browser.get(address).text
