"""When a customer's turn in a round comes: the same place in every round, evenly spread over days and hours."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from surveys.invitations.cadence import AskingRule, first_instant, opening
from surveys.invitations.draws import draw


def place_of(touchpoint: str, customer: str) -> float:
    """Return where in a round, from 0 to below 1, a customer's turn is, by public ids: always the same place."""
    return draw("turn", touchpoint, customer)


def turn_at(
    starts_at: datetime, ends_at: datetime, place: float, rule: AskingRule, zone: ZoneInfo
) -> datetime:
    """Return when the turn at `place` comes in a round from `starts_at` to `ends_at`.

    A round covers the days after the one it starts on up to the one it ends on, in the customer's
    zone; the next one begins behind them. Each day on which the rule lets people be asked gets the
    same part of the places, and each of its hours the same part of those. Only where the clocks skip all of
    a day's hours, its turns come with the next day's.
    """
    days = open_days(starts_at.astimezone(zone).date(), ends_at.astimezone(zone).date(), rule)
    number = int(place * len(days))
    part = place * len(days) - number
    midnight = datetime.combine(days[number], time())
    opens = first_instant(midnight + timedelta(hours=rule.opens), zone)
    closes = first_instant(midnight + timedelta(hours=rule.closes), zone)
    # Between instants, so that on a day whose clocks go forward within the hours nobody is pushed to the next.
    seconds = int(part * (closes - opens).total_seconds())
    return opening(opens + timedelta(seconds=seconds), rule, zone)


@lru_cache(maxsize=1024)
def open_days(after: date, until: date, rule: AskingRule) -> tuple[date, ...]:
    """Return the days behind `after` up to `until` on which the rule lets people be asked; every day if none."""
    days = [after + timedelta(days=number) for number in range(1, max((until - after).days, 1) + 1)]
    return tuple(day for day in days if not rule.is_closed(day)) or tuple(days)


def send_at(starts_at: datetime, place: float, rule: AskingRule, zone: ZoneInfo) -> datetime:
    """Return when a one-time send reaches the customer at `place`: within the rule's spread behind its start."""
    return opening(starts_at + rule.spread * place, rule, zone)
