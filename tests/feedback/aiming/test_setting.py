"""A goal is set on what is measured, stays as it was set, and ends once."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from feedback.aiming.models import Goal
from feedback.aiming.queries import past_goals, running_goals, selection_of
from feedback.aiming.setting import GoalIsOver, NothingToStartFrom, Wish, change, end, plan, set_goal
from surveys.database import db
from surveys.errors import Refusal

DAY = timedelta(days=1)


def wish(now, **values):
    usual = {"survey": "nps", "brand": None, "part": {}, "unit": "points", "amount": 10.0}
    return Wish(**(usual | {"last_day": in_days(now, 45)} | values))


def in_days(now, days):
    """Return the day so many days ahead, as the shop's calendar has it."""
    return (now.astimezone(ZoneInfo("Europe/Berlin")) + days * DAY).date()


def answered(make, at, counts=(10, 30, 60), **values):
    scores = [score for score, n in zip((3, 7, 10), counts, strict=True) for _ in range(n)]
    make.responses(scores, submitted_at=at, saved_at=at, **values)


@pytest.fixture
def ben(make):
    return make.staff("Ben", "owner")


@pytest.mark.once
def test_the_baseline_is_what_the_same_customers_said_in_the_ninety_days_before_today(make, now, ben):
    austrian = make.customer(country="AT")
    answered(make, now - 30 * DAY, customer=austrian)
    answered(make, now - 30 * DAY, (50, 0, 0))  # Germans
    answered(make, now - 100 * DAY, (20, 0, 0), customer=austrian)  # too long ago
    answered(make, now, (7, 0, 0), customer=austrian)  # today counts for the goal

    goal = set_goal(wish(now, part={"country": "AT", "carrier": ""}), ben, now, by=ben)

    assert (goal.baseline, goal.baseline_n, goal.target) == (50, 100, 60)
    assert (goal.baseline_low, goal.baseline_high) == pytest.approx((35.5692, 61.8762), abs=5e-5)
    assert goal.part == {"country": "AT"} and selection_of(goal).country == "AT"
    assert (goal.first_day, goal.baseline_last_day) == (now.date(), now.date() - DAY)
    # A hundred answers in 30 days make 153 in 46; ten points take (z / 0.1)^2 * 0.45 - 3.
    assert (goal.expected, goal.needed) == (153, 170)
    answered(make, now - 20 * DAY, (99, 0, 0), customer=austrian)
    assert running_goals() == [goal] and goal.baseline == 50, "what was measured stays"


@pytest.mark.once
def test_few_answers_of_a_quarter_let_the_baseline_look_back_a_year(make, now):
    answered(make, now - 200 * DAY, (10, 10, 20))
    answered(make, now - 10 * DAY, (0, 0, 5))

    found = plan(wish(now), now)

    assert (found.baseline.n, found.baseline_days.length) == (45, 365)


@pytest.mark.once
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"survey": "check-back"}, "survey"),
        ({"survey": "csat"}, "survey"),  # nobody has answered
        ({"brand": "nowhere"}, "brand"),
        ({"part": {"country": "Austria"}}, "country"),
        ({"unit": "score", "amount": 40.0}, "amount"),
        ({"last_day": timedelta()}, "until"),
        ({"last_day": timedelta(days=900)}, "until"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(make, now, values, field):
    make.survey("check-back")
    answered(make, now - 30 * DAY)
    if "last_day" in values:
        values = {"last_day": now.date() + values["last_day"]}

    with pytest.raises(Refusal) as refused:
        set_goal(wish(now, **values), None, now, by=None)

    assert refused.value.field == field and not running_goals()


@pytest.mark.once
def test_few_people_are_no_start_and_neither_is_a_held_back_survey(make, now):
    answered(make, now - 30 * DAY)
    answered(make, now - 30 * DAY, (1, 1, 1), customer=make.customer(country="AT"))

    with pytest.raises(NothingToStartFrom):
        plan(wish(now, part={"country": "AT"}), now)


def test_day_and_owner_may_change_start_and_goal_may_not_and_it_ends_once(make, now, ben):
    answered(make, now - 30 * DAY)
    goal = set_goal(wish(now), ben, now, by=ben)
    target, baseline = goal.target, goal.baseline

    change(goal, now.date() + 60 * DAY, None, now + DAY)
    with pytest.raises(Refusal, match="lie ahead"):
        change(goal, now.date(), ben, now + 2 * DAY)
    assert (goal.owner, goal.last_day, goal.target, goal.baseline) == (
        None,
        now.date() + 60 * DAY,
        target,
        baseline,
    )

    with pytest.raises(Refusal, match="why it ends"):
        end(goal, "  ", now, by=ben)
    end(goal, "We sold the shop", now + DAY, by=ben)
    db.session.commit()
    assert not running_goals() and past_goals() == [goal]
    for again in (lambda: end(goal, "Again", now, by=ben), lambda: change(goal, goal.last_day, ben, now)):
        with pytest.raises(GoalIsOver):
            again()


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": 40.0},
        {"unit": "people"},
        {"outcome": "confirmed"},
        {"ended_because": "No reason is no end"},
        {"reached_n": 5},
        {"baseline_n": 0},
        {"last_day": timedelta()},
    ],
)
def test_what_must_never_be_true_cannot_be_stored(make, now, wrong):
    answered(make, now - 30 * DAY)
    goal = set_goal(wish(now), None, now, by=None)
    db.session.commit()
    for name, value in wrong.items():
        setattr(goal, name, now.date() + value if isinstance(value, timedelta) else value)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_there_is_no_place_for_a_person_in_a_goal():
    about_people = {
        column.name for column in Goal.__table__.columns if "staff_member" in str(column.foreign_keys)
    }

    assert about_people == {"owner_id", "created_by_id", "ended_by_id"}
