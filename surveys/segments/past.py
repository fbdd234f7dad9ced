"""What a customer's past says at a moment: in which stage their buying is, and what they answered last."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from surveys.errors import N_
from surveys.questionnaires.groups import GROUPS as WORDS
from surveys.scales import GROUPS

# Each customer is in one of them; who has no order that stands is in none.
STAGES: dict[str, str] = {
    "new": N_("new"),
    "active": N_("active"),
    "at_risk": N_("at risk"),
    "lapsed": N_("lapsed"),
}
# The group of the last answer on a scale; scales with the same groups count as one.
LAST: dict[str, tuple[str, ...]] = {
    "last_nps": ("nps",),
    "last_enps": ("enps",),
    "last_csat": ("csat", "csat3"),
    "last_ces": ("ces", "ces7"),
    "last_smileys": ("smileys",),
    "last_stars": ("stars_five",),
    "last_thumbs": ("thumbs",),
    "last_pmf": ("pmf",),
}
NEVER = "never"
LAST_GROUPS: dict[str, dict[str, str]] = {
    field: {name: WORDS[name] for name in GROUPS[kinds[0]]} | {NEVER: N_("never answered")}
    for field, kinds in LAST.items()
}


class Limits(NamedTuple):
    """How long after the last order a customer counts as active, and after which they have lapsed."""

    active: timedelta
    lapsed: timedelta


class Answered(NamedTuple):
    """A submitted answer with its group on the scale `kind`; of two at one moment the later `id` counts."""

    at: datetime
    id: int
    kind: str
    group: str


class History(NamedTuple):
    """What a customer did: when each order was placed and, if it was, cancelled or refunded; what they answered."""

    orders: Sequence[tuple[datetime, datetime | None]] = ()
    answers: Sequence[Answered] = ()


def stage_at(history: History, limits: Limits, now: datetime) -> str | None:
    """Return the customer's stage at `now`, one of STAGES, by the orders that stood then; None without any."""
    placed = [at for at, off_at in history.orders if at <= now and (off_at is None or off_at > now)]
    if not placed:
        return None
    since = now - max(placed)
    if since > limits.lapsed:
        return "lapsed"
    if since > limits.active:
        return "at_risk"
    return "new" if len(placed) == 1 else "active"


def last_group_at(history: History, kinds: Collection[str], now: datetime) -> str:
    """Return the group of the customer's last answer on the scales `kinds` at `now`; NEVER without any."""
    given = [answer for answer in history.answers if answer.kind in kinds and answer.at <= now]
    return max(given).group if given else NEVER
