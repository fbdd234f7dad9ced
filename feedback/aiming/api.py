"""Goals over the JSON API: list them, set one, end one."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import AfterValidator, Field

from feedback.aiming import queries, setting
from feedback.aiming.models import Goal
from feedback.aiming.setting import Wish
from feedback.aiming.settling import standing_at
from feedback.aiming.standings import Standing
from feedback.insights.api import DECIMALS
from feedback.insights.intervals import Interval
from feedback.insights.scores import METRICS, rounded_to
from surveys.api.door import MachineDoor
from surveys.api.shapes import Body, Line40, Line100, Line200, Line400, OnePath, Query, written
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.queries import staff_by_email

door = MachineDoor("goals_api", __name__, url_prefix="/api/v1/goals")


def a_day(text: str) -> str:
    """Return `text` if it is a day like 2027-03-31; raise ValueError otherwise."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(N_("wants a day, such as 2027-03-31")) from None
    return text


class NotOfTheTeam(Refusal):
    """Nobody signs in with that address."""

    phrase = N_("Nobody of the team has that address. Leave it out, or give one of the team.")


class PartIn(Body):
    """Which part of the customers, all that is given together; a goal is never about a member of the team."""

    country: Line40 | None = None
    carrier: Line100 | None = None
    language: Line40 | None = None


class GoalIn(Body):
    """What is to be reached, by whom, and until when. The baseline is measured by us."""

    survey: Line100 = Field(description="Key of a survey on a scale.")
    brand: Line40 | None = Field(None, description="Key of a brand; null for all.")
    part: PartIn = Field(default_factory=PartIn)
    unit: Literal["points", "relative", "score"] = Field(
        description="How `amount` is meant: points more, percent more of today's score, or the score itself."
    )
    amount: float = Field(ge=-1000, le=1000)
    until: Annotated[str, AfterValidator(a_day)] = Field(
        max_length=10, description="The last day, in the brand's calendar."
    )
    owner: Line200 | None = Field(
        None, description="E-mail address of the member of the team who sees to it."
    )

    def wish(self) -> Wish:
        """Return what was sent as a wish."""
        part = {name: value for name, value in self.part.model_dump().items() if value}
        day = date.fromisoformat(self.until)
        return Wish(self.survey, self.brand, part, self.unit, self.amount, day)


class EndIn(Body):
    """Why a goal ends before its day."""

    because: Line400


class GoalsQuery(Query):
    """Which goals; those that run, or those that are over (the newest 50)."""

    state: Literal["running", "over"] = "running"


@door.get("")
def list_goals(query: GoalsQuery) -> Response:
    """List goals: running ones as they stood at `measured_at`, past ones with what came of them."""
    if query.state == "running":
        items = [
            goal_shape(goal, queries.shown_so_far(goal), goal.so_far_at) for goal in queries.running_goals()
        ]
    else:
        items = [goal_shape(goal, goal.settled_standing, goal.settled_at) for goal in queries.past_goals()]
    return jsonify({"items": items, "next": None})


@door.post("")
def set_goal(body: GoalIn) -> tuple[Response, int]:
    """Set a goal; `feasibility` says whether the change could be seen with the answers that will come."""
    now = business_now()
    made = setting.set_goal(body.wish(), owner_with(body.owner), now, by=None)
    db.session.commit()
    return jsonify(goal_shape(made, standing_at(made, now), now)), 201


@door.get("/<public_id>")
def one_goal(path: OnePath) -> Response:
    """Return one goal."""
    return jsonify(shape_now(queries.goal_or_missing(path.public_id)))


@door.post("/<public_id>/end")
def end_goal(path: OnePath, body: EndIn) -> Response:
    """End a goal before its day; 409 when it is over."""
    goal = queries.goal_or_missing(path.public_id, locked=True)
    setting.end(goal, body.because, business_now(), by=None)
    db.session.commit()
    return jsonify(shape_now(goal))


def owner_with(email: str | None) -> StaffMember | None:
    """Return the member of the team with an address, None for none; refuse an unknown one."""
    if email is None:
        return None
    found = staff_by_email(email)
    if found is None or not found.is_active:
        raise NotOfTheTeam(field="owner")
    return found


def shape_now(goal: Goal) -> dict[str, Any]:
    """Return the JSON form of a goal as it stands now."""
    now = business_now()
    if goal.is_running:
        return goal_shape(goal, standing_at(goal, now), now)
    return goal_shape(goal, goal.settled_standing, goal.settled_at)


def goal_shape(goal: Goal, found: Standing | None, measured_at: datetime | None) -> dict[str, Any]:
    """Return the JSON form; `standing` is null where too few have answered, `outcome` until the goal is settled.

    `measured_at` is null while the loop has not measured it, and where it ended before its day.
    """
    return {
        "id": goal.public_id,
        "survey": goal.survey.key,
        "metric": METRICS[goal.survey.kind],
        "brand": goal.brand.key if goal.brand else None,
        "part": goal.part,
        "unit": goal.unit,
        "amount": goal.amount,
        "target": goal.target,
        "baseline": {
            "score": rounded_to(goal.baseline, DECIMALS),
            "n": goal.baseline_n,
            "low": rounded_to(goal.baseline_low, DECIMALS),
            "high": rounded_to(goal.baseline_high, DECIMALS),
            "since": goal.baseline_first_day.isoformat(),
            "until": goal.baseline_last_day.isoformat(),
        },
        "feasibility": {
            "expected": goal.expected,
            "needed": goal.needed,
            "enough": goal.expected >= goal.needed,
        },
        "since": goal.first_day.isoformat(),
        "until": goal.last_day.isoformat(),
        "owner": goal.owner.email if goal.owner else None,
        "standing": standing_shape(found) if found else None,
        "measured_at": written(measured_at),
        "outcome": goal.outcome,
        "settled_at": written(goal.settled_at),
        "ended_at": written(goal.ended_at),
        "ended_because": goal.ended_because,
    }


def standing_shape(found: Standing) -> dict[str, Any]:
    """Return the JSON form of where a goal stands; `sure` has the one-sided 80 % bounds it is settled by."""
    return {
        "score": rounded_to(found.score, DECIMALS),
        "n": found.n,
        "interval": ends(found.interval),
        "sure": ends(found.sure),
    }


def ends(interval: Interval) -> dict[str, Any]:
    """Return the JSON form of an interval."""
    low, high = (rounded_to(end, DECIMALS) for end in (interval.low, interval.high))
    return {"low": low, "high": high, "level": rounded_to(interval.level, DECIMALS)}
