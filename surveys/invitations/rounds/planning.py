"""Give customers their turns: a batch at a time, by ascending number, so that a killed run goes on where it was.

The batch and the mark how far it came are one transaction; UNIQUE(round, customer) is the last word.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import insert

from surveys.database import db
from surveys.invitations.cadence import zone_of
from surveys.invitations.draws import draw
from surveys.invitations.judging import rule_of
from surveys.invitations.models import AskingRound, Invitation, Touchpoint
from surveys.invitations.rounds.queries import (
    ROUNDS,
    SETTLED,
    Candidate,
    candidates,
    first_orders,
    last_round,
    locked_programme,
    programmes_with_work,
    with_a_turn,
)
from surveys.invitations.rounds.turns import place_of, send_at, turn_at
from surveys.invitations.states import Reason, State
from surveys.languages.queries import language_for
from surveys.questionnaires.definition import languages
from surveys.work import one_by_one


def plan_rounds(now: datetime, limit: int) -> int:
    """Look at up to `limit` customers of each programme; return at how many. Commits each programme by itself."""
    looked_at: list[int] = []

    def plan(touchpoint_id: int) -> None:
        looked_at.append(plan_some(touchpoint_id, now, limit))

    one_by_one(ROUNDS, programmes_with_work(now), plan)
    return sum(looked_at)


def plan_some(touchpoint_id: int, now: datetime, limit: int) -> int:
    """Give the next customers of one programme their turns; return how many customers were looked at."""
    touchpoint = locked_programme(touchpoint_id)
    round_ = round_at(touchpoint, now) if touchpoint is not None else None
    if touchpoint is None or round_ is None or round_.starts_at > now:
        return 0
    found = candidates(touchpoint, round_.passed_id, round_.last_id, limit)
    if round_.last_id is None:
        found = list(takewhile(lambda each: each.created_at <= now - SETTLED, found))
    rows = list(turns(touchpoint, round_, found, now))
    if rows:
        db.session.execute(insert(Invitation), rows)
    if found:
        round_.passed_id = found[-1].id
    if round_.last_id is not None and len(found) < limit:
        round_.passed_id = round_.last_id
    return len(found)


def round_at(touchpoint: Touchpoint, now: datetime) -> AskingRound | None:
    """Return the round a programme is in; a rolling one begins the next when the last is over.

    It begins where the last one ended, or now when that was too long ago to catch up.
    """
    last = last_round(touchpoint)
    if touchpoint.trigger != "rolling" or (
        last is not None and last.ends_at is not None and last.ends_at > now
    ):
        return last
    starts_at = now
    if last is not None and last.ends_at is not None and now - last.ends_at <= touchpoint.latest:
        starts_at = last.ends_at
    round_ = AskingRound(
        touchpoint=touchpoint,
        number=last.number + 1 if last is not None else 1,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=touchpoint.every_days),
        passed_id=0,
        created_at=now,
    )
    db.session.add(round_)
    db.session.flush()
    return round_


def turns(
    touchpoint: Touchpoint, round_: AskingRound, found: Iterable[Candidate], now: datetime
) -> Iterator[dict[str, Any]]:
    """Yield an invitation for each customer who has a turn in the round and none yet.

    In a rolling one nobody has whose place came before they had been a customer for long enough.
    """
    rule, brand = rule_of(touchpoint), touchpoint.brand
    spoken = languages(touchpoint.survey.current.definition)
    ids = [each.id for each in found]
    have_one = with_a_turn(round_, ids)
    ordered = first_orders(ids) if touchpoint.trigger == "rolling" else {}
    for each in found:
        zone = zone_of(each.time_zone, brand.time_zone)
        place = place_of(touchpoint.public_id, each.public_id)
        if round_.ends_at is None:
            due = send_at(max(round_.starts_at, now), place, rule, zone)
        else:
            due = turn_at(round_.starts_at, round_.ends_at, place, rule, zone)
            known_since = min(each.created_at, ordered.get(each.id, each.created_at))
            if due < known_since + touchpoint.delay:
                continue
        if each.id not in have_one:
            yield turn_of(touchpoint, round_, each, due) | {
                "locale": language_for(each.locale, brand.locale, spoken=spoken),
                "planned_at": now,
            }


def turn_of(
    touchpoint: Touchpoint, round_: AskingRound, customer: Candidate, due: datetime
) -> dict[str, Any]:
    """Return a customer's invitation in a round: due at their turn, or refused when they were not drawn."""
    share = touchpoint.share / 100
    number = str(round_.number)
    is_drawn = share >= 1 or draw("sample", touchpoint.public_id, customer.public_id, number) < share
    return {
        "touchpoint_id": touchpoint.id,
        "round_id": round_.id,
        "customer_id": customer.id,
        "version_id": touchpoint.survey.current.id,
        "state": State.PLANNED if is_drawn else State.REFUSED,
        "reason": None if is_drawn else Reason.NOT_DRAWN,
        "due_at": due if is_drawn else None,
        "first_due_at": due,
        "share": share,
        "facts": {"clock": touchpoint.trigger, "round": round_.number},
    }
