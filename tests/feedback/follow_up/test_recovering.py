"""The customer has the last word: recovered, partly, not, or silence."""

from datetime import timedelta

import pytest

from feedback.follow_up import triaging
from feedback.follow_up.effect.queries import tallies
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from feedback.follow_up.recovering import ask_back, put_off, record_outcomes
from feedback.insights.queries import score_counts
from feedback.insights.selection import Selection
from surveys.database import db
from surveys.questionnaires.queries import surveys_on_scales


@pytest.fixture
def solved(make, now):
    """A resolved task whose customer has just been asked."""
    make.survey()

    def solve(task=None, at=now):
        task = task or make.task()
        triaging.resolve(task, "refund", "carrier", at, actor=make.staff())
        db.session.commit()
        ask_back(at, 10)
        sent(task, at)
        return task

    return solve


def sent(task, at):
    invitation = task.verification
    invitation.state, invitation.due_at, invitation.sent_at = "sent", None, at
    db.session.commit()


def answer(make, task, said, **values):
    return make.response(
        None,
        survey_key="check-back",
        customer=task.customer,
        invitation=task.verification,
        answers={"solved": said},
        **values,
    )


@pytest.mark.once
def test_resolving_asks_the_customer(make, now):
    make.survey()
    make.brand(check_back_after=timedelta(days=7))
    task = make.task()
    triaging.resolve(task, "refund", "carrier", now, actor=make.staff())
    db.session.commit()
    assert (ask_back(now, 10), ask_back(now, 10)) == (1, 0)
    assert task.state == "verifying" and task.verification.due_at == now + timedelta(days=7)
    assert [e.kind for e in task.history][-2:] == ["moved", "check_back"]


@pytest.mark.once
@pytest.mark.parametrize("said, outcome", [("yes", "recovered"), ("partly", "partly")])
def test_yes_and_partly_close_the_task(make, now, solved, said, outcome):
    task = solved()
    answer(make, task, said, comment="Thanks")
    assert (record_outcomes(now, 10), record_outcomes(now, 10)) == (1, 0)
    assert (task.state, task.outcome) == ("closed", outcome)
    (event,) = [e for e in task.history if e.kind == "answered"]
    assert (event.after, event.text, event.actor) == (said, "Thanks", None)


@pytest.mark.once
def test_a_first_no_reopens_more_urgently_and_a_second_closes(make, now, solved):
    task = solved()
    answer(make, task, "no")
    record_outcomes(now, 10)
    assert (task.state, task.reopened, task.priority) == ("in_progress", 1, "P1")
    later = now + timedelta(days=1)
    solved(task, later)
    answer(make, task, "no")
    record_outcomes(later, 10)
    assert (task.state, task.outcome) == ("closed", "not_recovered")


def test_a_no_lifts_to_p0_behind_what_is_dangerous_by_itself(make, now, solved):
    late, danger = make.task(priority="P1"), make.task(priority="P0")
    for task in (late, danger):
        answer(make, solved(task), "no")
    record_outcomes(now, 10)
    db.session.commit()

    assert (late.priority, late.is_lifted, late.standing) == ("P0", True, 0)
    assert (danger.priority, danger.is_lifted, danger.standing) == ("P0", False, -1)


@pytest.mark.once
def test_fourteen_days_of_silence_close_as_unverified(now, solved):
    task = solved()
    record_outcomes(now + timedelta(days=14) - timedelta(seconds=1), 10)
    assert task.state == "verifying"
    record_outcomes(now + timedelta(days=14), 10)
    assert (task.state, task.outcome, task.history[-1].text) == ("closed", "unverified", "silence")


def test_without_a_way_to_ask_the_task_closes_at_once_and_says_why(make, now):
    make.survey()
    task = make.task(make.response(2, customer=make.customer(email=None, reference="C-1")))
    triaging.resolve(task, "refund", "carrier", now, actor=make.staff())
    db.session.commit()
    ask_back(now, 10)
    assert (task.state, task.outcome, task.history[-1].text) == ("closed", "unverified", "no_address")


def test_a_question_that_came_back_closes_the_task(now, solved):
    task = solved()
    task.verification.state = "failed"
    db.session.commit()
    record_outcomes(now, 10)
    assert (task.outcome, task.history[-1].text) == ("unverified", "undeliverable")


def test_a_late_answer_replaces_unverified(make, now, solved):
    task = solved()
    late = now + timedelta(days=15)
    record_outcomes(late, 10)
    answer(make, task, "yes")
    record_outcomes(late, 10)
    assert (task.state, task.outcome) == ("closed", "recovered")


def test_a_late_no_reopens_within_thirty_days_and_is_noted_after(make, now, solved):
    first, second = solved(), solved(make.task(make.response(1)))
    closed = now + timedelta(days=14)
    record_outcomes(closed, 10)
    answer(make, first, "no")
    record_outcomes(closed + timedelta(days=30), 10)
    assert first.state == "in_progress"
    answer(make, second, "no")
    record_outcomes(closed + timedelta(days=31), 10)
    assert (second.state, second.outcome) == ("closed", "not_recovered")


def test_an_answer_to_a_task_in_work_is_noted_only(make, now, solved):
    task = solved()
    triaging.reopen(task, "They called", now, actor=None)
    answer(make, task, "yes")
    record_outcomes(now, 10)
    assert task.state == "in_progress" and task.history[-1].kind == "answered"


@pytest.mark.once
def test_a_check_back_left_half_way_waits_half_an_hour(make, now, solved):
    task = solved()
    answer(make, task, "yes", is_partial=True, submitted_at=None)
    assert record_outcomes(now + timedelta(minutes=29), 10) == 0
    record_outcomes(now + timedelta(minutes=30), 10)
    assert task.outcome == "recovered"


def test_usually_a_week_passes_before_the_customer_is_asked(make, now):
    make.survey()
    task = make.task()
    triaging.resolve(task, "refund", "carrier", now, actor=make.staff())
    db.session.commit()
    ask_back(now, 10)
    assert task.verification.due_at == now + timedelta(days=7)


@pytest.fixture
def replaced(make, now):
    """A task whose customer gets something sent anew; the check-back is planned."""
    make.survey()
    customer = make.customer()
    task = make.task(make.response(3, "Broken", customer=customer, purchase=make.purchase(customer)))
    triaging.resolve(task, "replacement", "carrier", now, actor=make.staff())
    db.session.commit()
    ask_back(now, 10)
    return task


def arrived(make, task, at, **values):
    placed = values.pop("placed_at", task.opened_at + timedelta(hours=1))
    return make.purchase(task.customer, placed_at=placed, delivered_at=at, changed_at=at, **values)


@pytest.mark.once
def test_once_a_replacement_has_arrived_three_days_pass(make, now, replaced):
    assert replaced.verification.due_at == now + timedelta(days=7)
    at = now + timedelta(days=6)
    arrived(make, replaced, at)

    assert (ask_back(at, 10), ask_back(at, 10)) == (1, 0)

    assert replaced.verification.due_at == at + timedelta(days=3)
    put_off(replaced.id, at + timedelta(minutes=1))  # as a second scheduler does, whose list is older
    assert [each.kind for each in replaced.history].count("check_back_moved") == 1
    assert replaced.verification.due_at == at + timedelta(days=3)


def test_a_replacement_that_is_known_to_have_arrived_needs_no_second_look(make, now):
    make.survey()
    task = make.task()
    arrived(make, task, now, placed_at=now)
    triaging.resolve(task, "replacement", "carrier", now, actor=make.staff())
    db.session.commit()
    task.opened_at = now - timedelta(days=4)
    db.session.commit()
    ask_back(now, 10)
    assert task.verification.due_at == now + timedelta(days=3)


def test_an_older_order_or_a_mail_on_its_way_moves_nothing(make, now, replaced):
    at = now + timedelta(days=2)
    arrived(make, replaced, at, placed_at=replaced.opened_at - timedelta(days=30))
    assert ask_back(at, 10) == 0
    arrived(make, replaced, at)
    replaced.verification.begun_at = at
    db.session.commit()
    ask_back(at, 10)
    assert replaced.verification.due_at == now + timedelta(days=7)


def test_what_is_answered_to_a_check_back_opens_no_task_and_moves_no_score(make, now, solved):
    task = solved()
    open_tasks(now, 10)
    before = score_counts(Selection(survey="nps"), now)
    answer(make, task, "no", comment="Horrible, I want my money back at once")
    record_outcomes(now, 10)
    later = now + timedelta(days=1)
    assert open_tasks(later, 10) == 0
    assert score_counts(Selection(survey="nps"), later) == before
    assert "check-back" not in {survey.key for survey in surveys_on_scales()}


@pytest.mark.once
def test_silence_is_no_success(make, now, solved):
    solved()
    at = now + timedelta(days=14)
    record_outcomes(at, 10)
    (tally,) = tallies(Selection(), at, Task.priority).values()
    assert (tally.n, tally.resolved, tally.answered, tally.recovered) == (1, 1, 0, 0)
