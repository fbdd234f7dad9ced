"""Improvements over the JSON API."""

from typing import Any, Literal, cast

from flask import Response, jsonify
from pydantic import Field

from feedback.follow_up.closing.causes import labels
from feedback.follow_up.closing.queries import own_details
from feedback.improving import queries
from feedback.improving.changing import LONGEST_NOTE, Given, change
from feedback.improving.measuring import comparison, subject_of
from feedback.improving.models import Improvement
from feedback.improving.starting import Draft, start
from feedback.improving.states import State
from feedback.improving.subjects import label
from feedback.improving.telling.queries import letters_by_state
from feedback.improving.verdicts import Comparison, Hope, Side
from feedback.insights.api import score_shape
from feedback.insights.queries import calendar_zone
from feedback.insights.scores import measure, rounded_to
from feedback.insights.selection import DIMENSIONS, Selection, read
from feedback.insights.trends import Verdict
from surveys.api.door import MachineDoor, listing
from surveys.api.shapes import (
    Body,
    Day,
    Line40,
    Line100,
    Line200,
    Line400,
    Line500,
    ListQuery,
    OnePath,
    written,
)
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.queries import staff_by_email

door = MachineDoor("improvements_api", __name__, url_prefix="/api/v1/improvements")

DECIMALS = 2
StateName = Literal["idea", "planned", "in_effect", "checked", "declined"]
MeasureName = Literal["score", "share"]
DirectionName = Literal["up", "down"]


class ImprovementQuery(ListQuery):
    """Which improvements to list, the newest first."""

    state: StateName | None = None
    brand: str | None = Field(None, max_length=40)


class AboutIn(Body):
    """What it is about."""

    kind: Literal["theme", "cause"]
    code: Line100 = Field(
        description="A theme of the code book, or a cause; `GET /api/v1/tasks/codes` lists them."
    )


class EvidenceIn(Body):
    """Where it was raised: the days, both included, in the calendar of the brand."""

    survey: Line100
    since: Day
    until: Day
    brand: Line40 | None = None
    where: dict[str, str] = Field({}, description=f"Values by dimension: {', '.join(DIMENSIONS)}.")


class ImprovementIn(Body):
    """An improvement to be started as an idea."""

    title: Line200
    about: AboutIn
    evidence: EvidenceIn
    owner: Line400 | None = Field(None, description="E-mail of a staff member.")
    measure: MeasureName = Field(
        "share", description="What should move: the score, or the share that raises it."
    )
    direction: DirectionName = "down"
    least: float | None = Field(
        None, gt=0, le=200, description="By at least so many points; null for any change."
    )
    hypothesis: Line500 | None = None


class ImprovementPatch(Body):
    """What to change; what is left out stays as it is."""

    title: Line200 | None = None
    owner: Line400 | None = Field(None, description="E-mail of a staff member; null for nobody.")
    measure: MeasureName | None = None
    direction: DirectionName | None = None
    least: float | None = Field(None, gt=0, le=200)
    hypothesis: Line500 | None = None
    effect_on: Day | None = Field(None, description="Since which day it is in effect.")
    check_on: Day | None = Field(None, description="On which day it is judged, 7 to 366 days later.")
    note: str | None = Field(None, max_length=LONGEST_NOTE)
    state: StateName | None = None
    reason: Line500 | None = Field(None, description="Why it is declined; goes with that state.")


@door.get("")
def list_improvements(query: ImprovementQuery) -> Response:
    """List improvements, the newest first."""
    page = queries.page_of_improvements(query.limit, query.cursor, query.state, query.brand)
    return listing([shape(each) for each in page.items], page.next)


@door.get("/<public_id>")
def one_improvement(path: OnePath) -> Response:
    """Return one improvement with its figures before and after; while it is in effect, those so far."""
    return jsonify(shape(queries.improvement_or_missing(path.public_id)))


@door.post("")
def start_improvement(body: ImprovementIn) -> tuple[Response, int]:
    """Start an improvement as an idea; its evidence is frozen as it is now."""
    hope = Hope(body.measure, body.direction, body.least)
    draft = Draft(
        body.title, body.about.kind, body.about.code, hope, body.hypothesis or "", staff_called(body.owner)
    )
    made = start(draft, selection_in(body.evidence), business_now(), actor=None)
    db.session.commit()
    return jsonify(shape(made)), 201


@door.patch("/<public_id>")
def patch_improvement(path: OnePath, body: ImprovementPatch) -> Response:
    """Change or move an improvement; 409 names the moves that are possible."""
    found = queries.improvement_or_missing(path.public_id, locked=True)
    change(found, given_in(body), business_now())
    db.session.commit()
    return jsonify(shape(queries.improvement_or_missing(path.public_id)))


def selection_in(body: EvidenceIn) -> Selection:
    """Return the answers that evidence speaks of; refuses what cannot be."""
    if unknown := body.where.keys() - set(DIMENSIONS):
        raise Refusal(N_("“%(name)s” is no dimension."), field="evidence/where", name=min(unknown)[:40])
    zone = calendar_zone(body.brand)
    days = {"since": body.since.isoformat(), "until": body.until.isoformat()}
    chosen = {"survey": body.survey, "brand": body.brand or "", **days, **body.where}
    return read(chosen, business_now().astimezone(zone).date(), zone)


def given_in(body: ImprovementPatch) -> Given:
    """Return what a patch gives; null where nothing can be none stays as it is."""
    sent = {name: getattr(body, name) for name in body.model_fields_set}
    given: dict[str, Any] = {
        name: value
        for name, value in sent.items()
        if value is not None or name in ("owner", "least", "effect_on", "check_on", "hypothesis", "note")
    }
    if "owner" in given:
        given["owner"] = staff_called(given["owner"])
    if "state" in given:
        given["state"] = State(given["state"])
    for name in ("hypothesis", "note"):
        if name in given:
            given[name] = given[name] or ""
    return cast(Given, given)


def staff_called(email: str | None) -> StaffMember | None:
    """Return who has this address; refuse an unknown one."""
    if email is None:
        return None
    found = staff_by_email(email)
    if found is None:
        raise Refusal(N_("Nobody here has this address."), field="owner")
    return found


def shape(found: Improvement) -> dict[str, Any]:
    """Return the JSON form of an improvement."""
    seen = comparison(found, business_now())
    return {
        "id": found.public_id,
        "title": found.title,
        "state": found.state,
        "about": {
            "kind": found.about,
            "code": found.code,
            "label": label(subject_of(found), labels(own_details()), "en"),
        },
        "evidence": evidence_shape(found),
        "owner": found.owner.email if found.owner else None,
        "measure": found.measure,
        "direction": found.direction,
        "least": found.least,
        "hypothesis": found.hypothesis,
        "effect_on": found.effect_on.isoformat() if found.effect_on else None,
        "check_on": found.check_on.isoformat() if found.check_on else None,
        "reason": found.reason,
        "verdict": found.verdict,
        "why": found.why,
        "judged_at": written(found.judged_at),
        "figures": figures_shape(seen) if seen is not None and not seen.is_hidden else None,
        "note": found.note,
        "published_at": written(found.published_at),
        "letters": letters_by_state(found.id),
        "made_at": written(found.made_at),
        "changed_at": written(found.changed_at),
    }


def evidence_shape(found: Improvement) -> dict[str, Any]:
    """Return the JSON form of what was raised, as it was at the start."""
    kind = found.survey.kind
    scores = {int(score): n for score, n in found.evidence_scores.items()}
    return {
        "survey": found.survey.key,
        "brand": found.brand.key if found.brand else None,
        "where": dict(found.parts),
        "since": found.evidence_since.isoformat(),
        "until": found.evidence_until.isoformat(),
        "answers": found.evidence_answers,
        "raised": found.evidence_raised,
        "score": score_shape(kind, measure(kind, scores)),
        "examples": [response.public_id for response, _reading in queries.examples_of(found)],
    }


def figures_shape(seen: Comparison) -> dict[str, Any]:
    """Return the JSON form of both windows, and of the differences between them (after minus before)."""
    return {
        "before": side_shape(seen, seen.before),
        "after": side_shape(seen, seen.after),
        "score_change": change_shape(seen.by_score),
        "share_change": change_shape(seen.by_share),
        "mix_changed": list(seen.mixed),
    }


def side_shape(seen: Comparison, side: Side) -> dict[str, Any]:
    """Return the JSON form of one window; the share is per 100 answers."""
    interval = side.share_interval
    return {
        "since": side.days.first.isoformat(),
        "until": side.days.last.isoformat(),
        "answers": side.n,
        "raised": side.raised,
        "share": None if side.share is None else rounded_to(side.share, DECIMALS),
        "share_interval": None
        if interval is None
        else {"low": rounded_to(interval.low, DECIMALS), "high": rounded_to(interval.high, DECIMALS)},
        "open_tasks": side.unsettled,
        "score": score_shape(seen.kind, seen.measure(side)),
    }


def change_shape(change: Verdict) -> dict[str, Any]:
    """Return the JSON form of a difference; null where there are no answers on one side."""
    known = change.interval is not None and change.difference is not None
    return {
        "outcome": change.outcome,
        "difference": rounded_to(change.difference, DECIMALS) if change.difference is not None else None,
        "interval": {
            "low": rounded_to(change.interval.low, DECIMALS),
            "high": rounded_to(change.interval.high, DECIMALS),
            "method": change.interval.method,
        }
        if known and change.interval is not None
        else None,
        "p": rounded_to(change.p, 4) if change.p is not None else None,
    }
