"""One task per response that needs one, given to somebody, with its promises."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from feedback.analysis.models import Analysis, Mention
from feedback.follow_up.models import Task, TaskEvent
from feedback.follow_up.opening import consider, open_tasks, why_no_task
from feedback.follow_up.queries import unconsidered_responses
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from surveys.responses.excluding import put_back
from surveys.responses.models import CONSIDERED, NEW, WAITS_FOR_READING
from tests.surveys.questionnaires.asking import row

BERLIN = ZoneInfo("Europe/Berlin")


def tasks() -> list[Task]:
    return list(db.session.scalars(select(Task).order_by(Task.id)))


def read(make, response, label="negative", polarity=-0.8):
    make.keep(
        Analysis(
            response=response,
            label=label,
            polarity=polarity,
            subjectivity=None,
            analyzer="test",
            analysed_at=make.now,
        )
    )
    response.analysed_at = make.now
    db.session.commit()


def test_a_low_score_opens_a_task_at_once_without_any_reading(make, now):
    response = make.response(3, "It came much too late")
    assert open_tasks(now, 10) == 1
    (task,) = tasks()
    assert (task.response_id, task.state, task.priority, task.rule) == (
        response.id,
        "new",
        "P2",
        "low_score",
    )
    # 8 business hours from Tuesday noon with 9 to 18 o'clock: 6 today, 2 tomorrow.
    assert task.contact_due_at == datetime(2026, 3, 11, 11, tzinfo=BERLIN) == task.due_at
    assert task.resolution_due_at == datetime(2026, 3, 17, 12, tzinfo=BERLIN)
    assert response.follow_up_stage == WAITS_FOR_READING


@pytest.mark.once
def test_a_ticked_reason_is_what_the_task_is_about(make, now):
    asked = {**NPS, "questions": [row("q1", "reasons", reasons={"": ["DELIVERY.LATE", "PRICE"]})]}
    version = publish(make.survey("nps"), asked, now)
    make.response(3, version=version, answers={"q1": ["DELIVERY.LATE", "PRICE"]})
    make.response(2)

    open_tasks(now, 10)

    assert [task.reason for task in tasks()] == ["DELIVERY.LATE", None]


def test_looking_twice_opens_one_task(make, now):
    response = make.response(0)
    assert (open_tasks(now, 10), open_tasks(now, 10)) == (1, 0)
    assert response.follow_up_stage == CONSIDERED
    assert consider(response.id, now) is None
    assert len(tasks()) == 1


@pytest.mark.once
def test_a_happy_score_with_bitter_words_opens_a_task_when_the_reading_arrives(make, now):
    response = make.response(9, "Never again, horrible")
    assert open_tasks(now, 10) == 1 and not tasks()
    assert open_tasks(now, 10) == 0
    read(make, response)
    open_tasks(now, 10)
    assert [(task.rule, task.priority) for task in tasks()] == [("negative_comment", "P2")]
    assert response.follow_up_stage == CONSIDERED


def test_a_later_reading_makes_an_open_task_more_urgent_and_its_promises_nearer(make, now):
    response = make.response(1, "Horrible")
    open_tasks(now, 10)
    read(make, response)
    open_tasks(now + timedelta(minutes=1), 10)
    (task,) = tasks()
    assert task.priority == "P1"
    # 4 business hours after the opening, not after the reading.
    assert task.due_at == now + timedelta(hours=4)
    assert [(e.kind, e.before, e.after) for e in task.history] == [
        ("opened", None, "P2"),
        ("raised", "P2", "P1"),
    ]


@pytest.mark.once
def test_a_second_scheduler_that_comes_late_does_not_keep_the_words_from_being_judged(make, now):
    response = make.response(1, "Horrible")
    consider(response.id, now)

    assert consider(response.id, now) is None  # its list was made before the first one had looked
    read(make, response)
    open_tasks(now, 10)

    assert [task.priority for task in tasks()] == ["P1"]


@pytest.mark.once
def test_an_unreadable_comment_leaves_the_task_as_the_score_made_it(make, now):
    response = make.response(1, "…")
    open_tasks(now, 10)
    read(make, response, "unreadable", None)
    open_tasks(now, 10)
    assert tasks()[0].priority == "P2" and response.follow_up_stage == CONSIDERED


@pytest.mark.once
@pytest.mark.parametrize(
    "values",
    [
        {"contact_permission": False},
        {"channel": "import"},
        {"score": 7},
        {"score": None, "survey_key": "check-back", "answers": {"solved": "no"}},
    ],
)
def test_some_answers_open_nothing(make, now, values):
    make.response(**({"score": 2, "comment": None} | values))
    open_tasks(now, 10)
    assert not tasks()


def test_an_answer_older_than_fourteen_days_opens_nothing(make, now):
    make.response(2)
    open_tasks(now + timedelta(days=14, seconds=1), 10)
    assert not tasks()


def test_an_answer_of_nobody_opens_nothing(make, now):
    response = make.response(2)
    response.customer = None
    db.session.commit()
    open_tasks(now, 10)
    assert not tasks() and response.follow_up_stage == CONSIDERED


def test_an_unanswered_permission_opens_a_task_that_says_so(make, now):
    make.response(2, contact_permission=None)
    open_tasks(now, 10)
    assert tasks()[0].permission_unanswered and tasks()[0].priority == "P3"


@pytest.mark.once
def test_a_page_left_half_way_counts_after_half_an_hour(make, now):
    response = make.response(2, is_partial=True, submitted_at=None)
    assert open_tasks(now + timedelta(minutes=29), 10) == 0
    assert response.follow_up_stage == NEW
    assert open_tasks(now + timedelta(minutes=30), 10) == 1
    assert len(tasks()) == 1


def test_contact_refused_in_the_rest_of_a_half_way_answer_closes_the_task(make, now):
    response = make.response(2, contact_permission=None, is_partial=True, submitted_at=None)
    later = now + timedelta(minutes=30)
    open_tasks(later, 10)
    (task,) = tasks()
    assert task.permission_unanswered
    response.contact_permission, response.is_partial, response.submitted_at = False, False, later
    response.follow_up_stage = NEW
    db.session.commit()

    open_tasks(later, 10)

    assert (task.state, task.outcome, task.permission_unanswered) == ("closed", "no_permission", False)


def test_the_customers_own_contact_gets_the_task(make, now):
    make.staff("Ben")
    olga = make.staff("Olga", role="admin")
    make.response(2, customer=make.customer(owner=olga))
    open_tasks(now, 10)
    assert tasks()[0].assignee is olga and tasks()[0].assigned_because == "dedicated"


@pytest.mark.once
def test_else_the_agent_with_fewest_open_tasks_gets_it_and_history_says_why(make, now):
    ben, nadia = make.staff("Ben"), make.staff("Nadia")
    make.staff("Paula", is_away=True)
    make.task(assignee=ben)
    make.response(2)
    open_tasks(now, 10)
    task = tasks()[-1]
    assert task.assignee is nadia and task.assigned_because == "least_loaded"
    event = task.history[-1]
    assert (event.kind, event.after, event.text) == ("assigned", nadia.public_id, "least_loaded")


@pytest.mark.once
def test_of_two_with_as_few_open_tasks_it_goes_to_whom_the_last_was_given_longest_ago(make, now):
    ben, nadia = make.staff("Ben"), make.staff("Nadia")
    for owner, days in ((ben, 1), (nadia, 2), (nadia, 9)):
        opened_at = now - timedelta(days=days)
        make.task(assignee=owner, opened_at=opened_at, state="closed", outcome="no_action", closed_at=now)
    make.response(2)
    open_tasks(now, 10)
    # Nadia has had more in all, but closed tasks weigh nothing.
    assert tasks()[-1].assignee is nadia and tasks()[-1].assigned_because == "longest_without"


def test_without_agents_the_task_waits_unassigned(make, now):
    make.staff("Olga", role="owner")
    make.response(2)
    open_tasks(now, 10)
    assert tasks()[0].assignee is None and tasks()[0].assigned_because == "nobody"


@pytest.mark.once
def test_the_limit_is_kept_and_the_oldest_answer_goes_first(make, now):
    first, second = make.response(2), make.response(2)
    assert open_tasks(now, 1) == 1
    assert [task.response for task in tasks()] == [first]
    open_tasks(now, 1)
    assert [task.response for task in tasks()] == [first, second]


@pytest.mark.once
def test_new_answers_go_before_what_was_read_and_a_file_of_old_ones_behind_both(make, now):
    imported = make.response(2, channel="import")
    has_words, new = make.response(1, "Horrible"), make.response(2)
    consider(has_words.id, now)
    read(make, has_words)

    order = []
    while waiting := unconsidered_responses("test", now, 1):
        order += waiting
        open_tasks(now, 1)

    assert order == [new.id, has_words.id, imported.id]


@pytest.mark.once
def test_history_begins_with_the_opening(make, now):
    make.response(2)
    open_tasks(now, 10)
    event = db.session.scalars(select(TaskEvent)).one()
    assert (event.kind, event.after, event.text, event.at, event.actor) == (
        "opened",
        "P3",
        "low_score",
        now,
        None,
    )


def test_an_excluded_answer_opens_nothing_until_it_is_put_back(make, now):
    response = make.response(2, excluded_at=now, excluded_reason="bot")
    assert open_tasks(now, 10) == 0
    assert consider(response.id, now) is None
    assert why_no_task(response, None) == "excluded"

    put_back(response)
    db.session.commit()

    assert open_tasks(now, 10) == 1
    assert [task.response_id for task in tasks()] == [response.id]


def test_what_was_judged_before_it_was_excluded_keeps_its_reason(make, now):
    response = make.response(10, excluded_at=now, excluded_reason="bot", follow_up_stage=CONSIDERED)

    assert why_no_task(response, None) == "not_needed"


def test_an_anonymous_answer_opens_nothing_and_says_why(make, now):
    make.anonymous()
    response = make.response(0, "Terrible.")
    read(make, response)

    assert open_tasks(now, 10) == 1

    assert tasks() == []
    assert (response.follow_up_stage, why_no_task(response, None)) == (CONSIDERED, "anonymous")


def mention(response, code, polarity, start=0):
    analysis = db.session.scalar(select(Analysis).where(Analysis.response_id == response.id))
    analysis.mentions.append(Mention(kind="theme", code=code, start=start, end=start + 3, polarity=polarity))
    db.session.commit()


def test_the_worst_theme_is_what_a_task_is_about_once_the_comment_is_read(make, now):
    response = make.response(3, "Too late and too dear")
    open_tasks(now, 10)
    assert tasks()[0].reason is None
    read(make, response)
    mention(response, "PRICE.TOO_EXPENSIVE", -0.2, 13)
    mention(response, "DELIVERY", -0.7)
    mention(response, "DELIVERY.LATE", -0.7, 4)

    open_tasks(now, 10)

    assert tasks()[0].reason == "DELIVERY.LATE"


def test_what_was_ticked_or_chosen_before_stays(make, now):
    chosen = make.response(3, "Too late")
    open_tasks(now, 10)
    tasks()[0].reason = "PRICE"
    read(make, chosen)
    mention(chosen, "DELIVERY.LATE", -0.7)
    asked = {**NPS, "questions": [row("q1", "reasons", reasons={"": ["PACKAGING", "PRICE"]})]}
    version = publish(make.survey("nps"), asked, now)
    ticked = make.response(3, "Too late", version=version, answers={"q1": ["PACKAGING"]})
    read(make, ticked)
    mention(ticked, "DELIVERY.LATE", -0.7)

    open_tasks(now, 10)

    assert [task.reason for task in tasks()] == ["PRICE", "PACKAGING"]


@pytest.mark.once
def test_praise_is_not_what_a_task_is_about(make, now):
    response = make.response(3, "Nice people")
    read(make, response)
    mention(response, "PRAISE.PERSON", 0.5)

    open_tasks(now, 10)

    assert tasks()[0].reason is None
