"""The team over the JSON API: who gets tasks, how much everybody has, who is away, and handing tasks over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up.assigning import giving, queries
from feedback.follow_up.assigning.giving import LONGEST_NOTE
from feedback.follow_up.queries import TASK_ROLES, worker_named
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import Body, Day, Line100, Line400, ListQuery, OnePath, written
from surveys.clock import business_now
from surveys.database import db
from surveys.staff import queries as staff
from surveys.staff.absences import planning
from surveys.staff.absences.planning import LEAST_CAPACITY, MOST_CAPACITY
from surveys.staff.hiring import check_may_manage
from surveys.staff.models import StaffAbsence, StaffMember
from surveys.staff.permissions import KEYS_ACT_AS

door = MachineDoor("staff_api", __name__, url_prefix="/api/v1/staff")


class WorkPatch(Body):
    """How much of which work somebody is given; what is left out stays as it is."""

    capacity: int | None = Field(
        None,
        ge=LEAST_CAPACITY,
        le=MOST_CAPACITY,
        description="How many points of open tasks they are given at most; null for no limit.",
    )
    languages: list[str] | None = Field(
        None, max_length=20, description="Codes such as `de`: in which they take tasks; empty for all."
    )


class AbsenceIn(Body):
    """Days on which somebody is not there, both included; new tasks go to others."""

    first_day: Day
    last_day: Day
    time_zone: Line100 | None = Field(
        None, description="In which the days begin and end, such as Europe/Berlin; theirs if left out."
    )


class HandOverIn(Body):
    """What colleagues must know."""

    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NOTE)] = (
        Field(description="It is noted on each of the tasks.")
    )
    by: Line400 | None = Field(None, description="E-mail or id of the staff member who hands over.")


class StandingIn(Body):
    """Whether somebody stands in."""

    stands_in: bool


class AbsencePath(OnePath):
    """The address of an absence of somebody."""

    absence_id: str


@door.get("/standing-in")
def read_standing_in() -> Response:
    """Return whether late tasks of people who are away go to a free colleague, and how many tasks wait for anybody."""
    return standing_in()


@door.put("/standing-in")
def set_standing_in(body: StandingIn) -> Response:
    """Say whether late tasks of people who are away go to a free colleague."""
    giving.set_standing_in(body.stands_in)
    db.session.commit()
    return standing_in()


@door.get("")
def list_staff(query: ListQuery) -> Response:
    """List everybody who works here, also those who have left (`is_active`); those who came first first."""
    page = staff.page_of_team(query.limit, query.cursor)
    return listing(members(page.items, business_now()), page.next)


@door.get("/<public_id>")
def one_member(path: OnePath) -> Response:
    """Return one of the team."""
    return told(staff.staff_or_missing(path.public_id))


@door.patch("/<public_id>")
def change_work(path: OnePath, body: WorkPatch) -> Response:
    """Say how much of which work somebody is given. 403 for owners: a key acts as an admin."""
    member = managed(path.public_id)
    capacity = body.capacity if "capacity" in body.model_fields_set else member.capacity
    languages = body.languages if body.languages is not None else member.languages
    planning.set_work(member, capacity, languages)
    db.session.commit()
    return told(member)


@door.get("/<public_id>/absences")
def list_absences(path: OnePath) -> Response:
    """List the absences of somebody that are not over, the first to begin first; at most 50."""
    found = staff.absences_of(staff.staff_or_missing(path.public_id), business_now())
    return jsonify({"items": [absence_shape(each) for each in found], "next": None})


@door.post("/<public_id>/absences")
def plan_absence(path: OnePath, body: AbsenceIn) -> tuple[Response, int]:
    """Plan an absence of somebody. 403 for owners: a key acts as an admin."""
    member = managed(path.public_id)
    zone = body.time_zone or member.time_zone
    made = planning.plan_absence(member, body.first_day, body.last_day, zone, business_now())
    db.session.commit()
    return jsonify(absence_shape(made)), 201


@door.delete("/<public_id>/absences/<absence_id>")
def drop_absence(path: AbsencePath) -> tuple[str, int]:
    """Take an absence back; whoever is away by it is back at once. 403 for owners."""
    planning.drop_absence(staff.absence_or_missing(managed(path.public_id), path.absence_id))
    db.session.commit()
    return "", 204


@door.post("/<public_id>/hand-over")
def hand_over(path: OnePath, body: HandOverIn) -> Response:
    """Give somebody's open tasks to colleagues by the rules, at most 200 at once; what nobody is free for stays."""
    by = worker_named(body.by, "by") if body.by else None
    member = staff.staff_or_missing(path.public_id)
    done = giving.hand_over(member, body.note, business_now(), actor=by)
    db.session.commit()
    return jsonify(done._asdict())


def standing_in() -> Response:
    """Return the switch and what waits as an answer."""
    waits = queries.waiting_for_somebody(business_now())
    return jsonify({"stands_in": queries.stands_in(), "waiting": waits})


def managed(public_id: str) -> StaffMember:
    """Return somebody whom a key may manage; refuse unknown people and owners."""
    member = staff.staff_or_missing(public_id)
    check_may_manage(member, KEYS_ACT_AS)
    return member


def told(member: StaffMember) -> Response:
    """Return one of the team as an answer."""
    return jsonify(members([member], business_now())[0])


def members(found: Sequence[StaffMember], now: datetime) -> list[dict[str, Any]]:
    """Return people in their JSON form.

    `load` is what they have open, in points; new tasks come to who `takes_tasks` and is `there`.
    """
    loads, absent = queries.loads(), staff.absent_now(now)
    return [member_shape(each, loads.get(each.id, 0), absent.get(each.id)) for each in found]


def member_shape(member: StaffMember, load: int, absence: StaffAbsence | None) -> dict[str, Any]:
    """Return the JSON form of one of the team; `absent_until` is null for who is not absent by the calendar."""
    return {
        "id": member.public_id,
        "email": member.email,
        "name": member.name,
        "role": member.role,
        "is_active": member.is_active,
        "takes_tasks": member.is_active and member.role in TASK_ROLES,
        "is_away": member.is_away,
        "absent_until": written(absence.ends_at) if absence else None,
        "there": member.is_active and not member.is_away and absence is None,
        "time_zone": member.time_zone,
        "capacity": member.capacity,
        "load": load,
        "languages": member.languages,
    }


def absence_shape(absence: StaffAbsence) -> dict[str, Any]:
    """Return the JSON form of an absence; `begins_at` and `ends_at` are the midnights of its days."""
    return {
        "id": absence.public_id,
        "first_day": absence.first_day.isoformat(),
        "last_day": absence.last_day.isoformat(),
        "begins_at": written(absence.begins_at),
        "ends_at": written(absence.ends_at),
    }
