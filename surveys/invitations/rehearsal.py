"""A rehearsal of asking: what would have become of past orders, by the same judgement as for real mails.

Time runs through all orders at once, so that the rest period of a person works as it would have.
Answers and open tasks are not rehearsed: nobody knows who would have answered.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from surveys.errors import N_
from surveys.invitations.cadence import AskingRule
from surveys.invitations.states import REASONS, Reason
from surveys.invitations.verdicts import YEAR, Past, Standing, refused, timed
from surveys.segments.conditions import Unmet

EXAMPLES = 3
NO_EVENT, ASKED = "no_event", "asked"
SAME_DAY = timedelta(days=1)
OUTCOMES: dict[str, str] = {
    ASKED: N_("Would have been asked."),
    NO_EVENT: N_("What the touchpoint waits for was not reported."),
    **{str(reason): said for reason, said in REASONS.items()},
}


@dataclass(frozen=True)
class Case:
    """One order at one touchpoint.

    `order` is its public id and its number; `person` stands for all customers of one address; `due`
    is None when the event has not come. `standing` holds whatever does not change with time.
    Conditions that change with time are judged by `unmet_at` instead.
    `followed` are the later orders of the person: when each was placed, and when it was called off.
    """

    order: tuple[str, str]
    touchpoint: str
    person: str
    rule: AskingRule
    trigger: str
    zone: ZoneInfo
    due: datetime | None
    is_drawn: bool
    standing: Standing
    rank: int = 5
    cancelled_at: datetime | None = None
    returned_at: datetime | None = None
    refunded_at: datetime | None = None
    followed: Sequence[tuple[datetime, datetime | None]] = ()
    unmet_at: Callable[[datetime], Unmet | None] | None = None

    def standing_at(self, now: datetime) -> Standing:
        """Return the standing with what had happened to the order and its customer by then."""
        return replace(
            self.standing,
            is_cancelled=happened(self.cancelled_at, now),
            is_refunded=happened(self.refunded_at, now),
            unmet=self.standing.unmet if self.unmet_at is None else self.unmet_at(now),
            has_bought_again=any(at <= now and not happened(off, now) for at, off in self.followed),
        )

    def held_at(self, now: datetime) -> Reason | None:
        """Return OPEN_RETURN while a return was under way."""
        under_way = happened(self.returned_at, now) and not happened(self.refunded_at, now)
        return Reason.OPEN_RETURN if under_way and self.trigger not in ("returned", "refunded") else None


def happened(at: datetime | None, now: datetime) -> bool:
    """Tell whether something had happened by `now`."""
    return at is not None and at <= now


@dataclass
class Outcome:
    """What would have become of the orders of one touchpoint: how many of each outcome, with examples."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    put_off: int = 0

    def add(self, code: str, order: tuple[str, str]) -> None:
        """Count one order."""
        self.counts[code] += 1
        if len(self.examples[code]) < EXAMPLES:
            self.examples[code].append(order)

    @property
    def refusals(self) -> list[tuple[str, int]]:
        """The outcomes other than being asked, the most frequent first."""
        return [(code, count) for code, count in self.counts.most_common() if code != ASKED]


@dataclass
class Rehearsal:
    """What would have become of `orders` orders, by touchpoint; `asked` of them would have led to a question."""

    orders: int
    asked: int
    outcomes: dict[str, Outcome]


def rehearse(cases: Iterable[Case], orders: int) -> Rehearsal:
    """Let time run through the cases and return what becomes of each."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    queue: list[tuple[datetime, int, int, Case]] = []
    for number, case in enumerate(cases):
        reason = reason_at_once(case)
        if reason is not None or case.due is None:
            outcomes[case.touchpoint].add(reason or NO_EVENT, case.order)
        else:
            heapq.heappush(queue, (case.due, case.rank, number, case))
    asked = run(queue, outcomes)
    return Rehearsal(orders, len(asked), dict(outcomes))


def reason_at_once(case: Case) -> str | None:
    """Return why the order would never come due, as planning would have found; None when it would."""
    if case.due is None:
        return NO_EVENT
    return None if case.is_drawn else Reason.NOT_DRAWN


def run(queue: list[tuple[datetime, int, int, Case]], outcomes: dict[str, Outcome]) -> set[str]:
    """Judge each case when it is due; return the orders that would have led to a question."""
    asked_at: dict[str, list[datetime]] = defaultdict(list)
    waiting = pending(case for _due, _rank, _number, case in queue)
    put_off: set[int] = set()
    asked: set[str] = set()
    while queue:
        now, rank, number, case = heapq.heappop(queue)
        assert case.due is not None
        reason = refused(case.standing_at(now), case.trigger)
        verdict = timed(case.due, now, case.rule, past_of(case, asked_at, waiting, now), case.zone)
        reason = reason or verdict.reason
        if reason is None and verdict.later is not None:
            put_off.add(number)
            heapq.heappush(queue, (verdict.later, rank, number, case))
            continue
        waiting[case.person].remove((case.due, case.rank))
        if reason is None:
            asked_at[case.person].append(now)
            asked.add(case.order[0])
            outcomes[case.touchpoint].put_off += number in put_off
        outcomes[case.touchpoint].add(reason or ASKED, case.order)
    return asked


def pending(cases: Iterable[Case]) -> dict[str, list[tuple[datetime, int]]]:
    """Return for each person when which rank of question is due."""
    found: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for case in cases:
        if case.due is not None:
            found[case.person].append((case.due, case.rank))
    return found


def past_of(
    case: Case,
    asked_at: dict[str, list[datetime]],
    waiting: dict[str, list[tuple[datetime, int]]],
    now: datetime,
) -> Past:
    """Return what would have happened with the person by then."""
    recent: Sequence[datetime] = asked_at[case.person]
    back = max(case.rule.rest, YEAR if case.rule.yearly else timedelta(0))
    first = any(rank < case.rank and due <= now + SAME_DAY for due, rank in waiting[case.person])
    return Past(asked=[at for at in recent if at >= now - back], held=case.held_at(now), gives_way=first)
