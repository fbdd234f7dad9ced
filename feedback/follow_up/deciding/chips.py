"""Why a task stands where it stands, as few words as possible: the strongest reasons first, three at most."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from feedback.follow_up.deciding.points import INTENT_WEIGHTS
from feedback.follow_up.deciding.priorities import HIGH_VALUE

MOST = 3


class Weighed(Protocol):
    """What an answer asks for, as it is kept."""

    @property
    def why(self) -> str: ...
    @property
    def parts(self) -> dict[str, float]: ...
    @property
    def finds(self) -> list[list[Any]]: ...


class Chip(NamedTuple):
    """One reason, a key of `words.CHIPS`; `place` is where the comment of the `signal`-th answer says it."""

    code: str
    signal: int | None = None
    place: tuple[int, int] | None = None


def chips_of(signals: Sequence[Weighed], is_broken: bool) -> list[Chip]:
    """Return the reasons of a task's answers; `is_broken` says that a promise to the customer is over."""
    found: dict[str, Chip] = {}
    for number, signal in enumerate(signals):
        for intent, start, end in sorted(signal.finds, key=lambda find: find[1]):
            found.setdefault(intent, Chip(intent, number, (start, end)))
    chips = sorted(found.values(), key=lambda chip: -INTENT_WEIGHTS.get(chip.code, 0.0))
    strong = [chip for chip in chips if INTENT_WEIGHTS.get(chip.code, 0.0) >= 0.9]
    reasons = {signal.why for signal in signals}
    said = {
        "broken": is_broken,
        "undelivered": "undelivered" in reasons,
        "unhappy_vip": "unhappy_vip" in reasons,
        "same_order": "same_order" in reasons,
        "disaster": "disaster" in reasons,
        "several": len(signals) > 1,
    }
    further = {
        "valued": any(signal.parts.get("value", 0.0) >= HIGH_VALUE for signal in signals),
        "again": "same_order" not in reasons
        and any(signal.parts.get("repetition", 0.0) > 0 for signal in signals),
        "scale_reversal": "scale_reversal" in reasons,
        "mixed": "mixed" in reasons,
    }
    rest = [chip for chip in chips if chip not in strong]
    ordered = [*strong, *_plain(said), *rest, *_plain(further)]
    return ordered[:MOST]


def _plain(said: dict[str, bool]) -> list[Chip]:
    """Return the reasons that hold and have no place in a comment."""
    return [Chip(code) for code, holds in said.items() if holds]
