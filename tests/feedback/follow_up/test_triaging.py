"""What staff do with a task."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from feedback.follow_up import triaging
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.moving import ChangedMeanwhile, check_seen, record
from feedback.follow_up.queries import last_change
from feedback.follow_up.states import DetailMissing, IllegalMove, ReopenTooLate
from feedback.follow_up.triaging import Change
from surveys.channels.message import HeaderRefused
from surveys.database import db

BERLIN = ZoneInfo("Europe/Berlin")


def kinds(task):
    return [event.kind for event in task.history]


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def task(make):
    return make.task()


def test_taking_a_task_begins_it(task, ben, now):
    triaging.take(task, ben, now)
    assert (task.state, task.assignee) == ("in_progress", ben)
    assert [(e.kind, e.before, e.after, e.actor) for e in task.history] == [
        ("assigned", None, ben.public_id, ben),
        ("moved", "new", "in_progress", ben),
    ]


def test_tasks_go_only_to_people_who_work_them(task, make, now):
    for nobody in (make.staff("Dora", role="analyst"), make.staff("Pat", is_active=False)):
        with pytest.raises(triaging.NotAssignable, match=nobody.name):
            triaging.give(task, nobody, now, actor=None)


def test_giving_it_to_its_owner_again_changes_nothing(task, ben, now):
    triaging.give(task, ben, now, actor=ben)
    triaging.give(task, ben, now, actor=ben)
    assert kinds(task) == ["assigned"]


def test_waiting_for_the_customer_stops_the_clock_and_going_on_gives_back_what_was_left(task, ben, now):
    triaging.take(task, ben, now)
    triaging.note(task, "Spoke on the phone", now, actor=ben, contacted=True)
    # P2: the next word within 2 business days, solved within 5, Tuesday noon in a week; that is 45 business hours.
    assert task.due_at == datetime(2026, 3, 12, 12, tzinfo=BERLIN)
    assert task.resolution_due_at == datetime(2026, 3, 17, 12, tzinfo=BERLIN)
    triaging.wait_for_customer(task, now + timedelta(days=6), now, actor=ben)
    assert task.due_at is None
    triaging.resume(task, now + timedelta(days=2), actor=ben)
    # 18 and 45 business hours from Thursday noon.
    assert task.due_at == datetime(2026, 3, 16, 12, tzinfo=BERLIN)
    assert task.resolution_due_at == datetime(2026, 3, 19, 12, tzinfo=BERLIN)
    assert task.waiting_until is None


def test_a_promise_broken_before_the_wait_stays_broken(task, ben, now):
    triaging.take(task, ben, now)
    triaging.note(task, "Spoke on the phone", now, actor=ben, contacted=True)
    late = now + timedelta(days=8)
    triaging.wait_for_customer(task, late + timedelta(days=2), late, actor=ben)
    triaging.resume(task, late + timedelta(days=1), actor=ben)
    # As late as it was: the day of the wait counts for nobody.
    assert task.resolution_due_at == datetime(2026, 3, 18, 12, tzinfo=BERLIN) == late


def test_waiting_for_colleagues_lets_the_clock_run(task, ben, now):
    triaging.take(task, ben, now)
    triaging.wait_for_colleagues(task, "Warehouse counts again", now + timedelta(days=1), now, actor=ben)
    assert task.state == "waiting_internal" and task.due_at == task.contact_due_at
    assert task.history[-1].text == "Warehouse counts again"


@pytest.mark.parametrize("days", [0, 8])
def test_the_wait_has_a_date_within_seven_days(task, ben, now, days):
    triaging.take(task, ben, now)
    with pytest.raises(DetailMissing):
        triaging.wait_for_customer(task, now + timedelta(days=days), now, actor=ben)


def told(task):
    return [(event.after, event.text) for event in task.history if event.kind == "mentioned"]


def test_whoever_is_named_as_the_one_to_do_something_hears_of_it(make, task, ben, now):
    ann, said = make.staff("Ann"), "@Ann looks for the parcel, @Ben waits"
    triaging.take(task, ben, now)
    for _ in range(2):
        triaging.wait_for_colleagues(task, said, now + timedelta(days=1), now, actor=ben)
    assert told(task) == [(ann.public_id, said)]


def test_a_machines_note_with_a_move_tells_whoever_it_names(make, task, ben, now):
    ann = make.staff("Ann")
    triaging.take(task, ben, now)
    tomorrow = now + timedelta(days=1)
    wanted = Change(state="waiting_internal", waiting_until=tomorrow, note="@Ann knows")
    triaging.change(task, wanted, now, actor=ben)
    assert told(task) == [(ann.public_id, "@Ann knows")]


def test_resolving_a_new_task_takes_it_first_and_stops_the_clocks(task, ben, now):
    triaging.resolve(task, "refund", "carrier", now, actor=ben)
    assert (task.state, task.assignee, task.due_at) == ("resolved", ben, None)
    assert kinds(task) == ["assigned", "moved", "found", "moved"]
    assert [(e.before, e.after) for e in task.history if e.kind == "found"] == [("refund", "carrier")]


def test_resolving_says_what_was_done_and_why_it_happened(task, ben, now):
    with pytest.raises(DetailMissing, match="cause"):
        triaging.resolve(task, "refund", "", now, actor=ben)


def test_closing_says_why(task, ben, now):
    with pytest.raises(DetailMissing):
        triaging.close(task, "recovered", now, actor=ben)
    triaging.close(task, "duplicate", now, actor=ben, text="See the other one")
    assert (task.state, task.outcome, task.closed_at) == ("closed", "duplicate", now)


def test_reopening_starts_the_solutions_clock_anew_and_takes_the_findings_back(task, ben, now):
    triaging.resolve(task, "refund", "carrier", now, actor=ben)
    later = now + timedelta(days=1)
    triaging.reopen(task, "They called", later, actor=ben)
    assert (task.state, task.reopened, task.resolution, task.cause) == ("in_progress", 1, None, None)
    # 5 business days from Wednesday noon.
    assert task.resolution_due_at == datetime(2026, 3, 18, 12, tzinfo=BERLIN)


def test_a_closed_task_may_be_taken_up_for_thirty_days(task, ben, now):
    triaging.close(task, "no_action", now, actor=ben)
    with pytest.raises(ReopenTooLate):
        triaging.reopen(task, "", now + timedelta(days=30, seconds=1), actor=ben)
    triaging.reopen(task, "", now + timedelta(days=30), actor=ben)
    assert task.state == "in_progress" and task.outcome is None and task.closed_at is None


def test_a_note_needs_words(task, ben, now):
    with pytest.raises(triaging.TextMissing):
        triaging.note(task, "  ", now, actor=ben)


def test_a_reply_takes_a_new_task_and_waits_to_be_sent(task, ben, now):
    reply = triaging.reply(task, "Re: your  order\n", "Dear Dora, sorry.", now, actor=ben)
    assert (reply.state, reply.due_at, reply.subject) == ("queued", now + triaging.UNDO_FOR, "Re: your order")
    assert (task.state, task.assignee, task.contacted_at) == ("in_progress", ben, None)
    assert kinds(task) == ["assigned", "moved", "replied"]


@pytest.mark.once
@pytest.mark.parametrize(
    "subject, body, refusal",
    [
        ("Re", "Hello, [what I did]", triaging.PlaceholderLeft),
        ("[subject]", "Hello", triaging.PlaceholderLeft),
        ("Re", "  ", triaging.TextMissing),
        (" ", "Hello", triaging.TextMissing),
        ("Re\x00", "Hello", HeaderRefused),
    ],
)
def test_an_unfinished_reply_is_not_stored(task, ben, now, subject, body, refusal):
    with pytest.raises(refusal):
        triaging.reply(task, subject, body, now, actor=ben)
    assert task.state == "new" and db.session.scalar(select(Reply)) is None


def test_without_an_address_there_is_no_reply(make, ben, now):
    task = make.task(make.response(2, customer=make.customer(email=None, reference="C-1")))
    with pytest.raises(triaging.NoAddress):
        triaging.reply(task, "Re", "Hello", now, actor=ben)


def test_a_form_of_an_older_version_is_refused(task, ben, now):
    seen = last_change(task.id)
    triaging.take(task, ben, now)
    with pytest.raises(ChangedMeanwhile):
        check_seen(task, seen)
    check_seen(task, last_change(task.id))
    check_seen(task, None)


@pytest.mark.once
@pytest.mark.parametrize("report", ["reply_sent", "reply_failed", "escalated"])
def test_what_the_house_only_reports_makes_no_form_too_old(task, now, report):
    seen = last_change(task.id)
    record(task, report, now)
    check_seen(task, seen)


def test_a_machine_changes_several_things_at_once_or_none(task, ben, now):
    with pytest.raises(IllegalMove) as refused:
        triaging.change(task, Change(state="resolved", resolution="refund", cause="it"), now)
    assert "in_progress, closed" in str(refused.value)
    triaging.change(task, Change(state="in_progress", assignee=ben, note="From the help desk"), now)
    assert (task.state, task.assignee) == ("in_progress", ben)
    assert task.history[-1].text == "From the help desk"
    triaging.change(task, Change(unassign=True), now)
    assert task.assignee is None
    triaging.change(task, Change(state="in_progress", note="Still"), now)
    assert kinds(task)[-1] == "noted"


def test_a_machines_detail_comes_with_its_move(task, now):
    with pytest.raises(triaging.StateNeeded) as refused:
        triaging.change(task, Change(resolution="refund"), now)
    assert refused.value.field == "resolution"
