"""Did the score change, or only who answered? Rate and mix of a change, and Simpson's paradox.

A score is a mean over strata (say new and returning buyers) weighted by their shares. It can fall although every
stratum rose, when the share of an unhappy stratum grew: E. H. Simpson, "The Interpretation of Interaction in
Contingency Tables", JRSS B 13, 1951; best known from the admissions to Berkeley in 1973 (P. Bickel, E. Hammel and
J. O'Connell, Science 187, 1975), where women were admitted less often over all and more often in most departments.

Two answers to that. The *split* of a change into what the strata did (rate) and what their shares did (mix), with the
averages of both moments as weights, so that it adds up exactly and does not depend on the order (E. M. Kitagawa, JASA
50, 1955). And *standardised* values: both moments as if the strata had had the same shares, those of both together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.insights.parts import Part, together

OTHERS = "…"  # the strata that are too small to stand alone
LEAST = 10  # answers that a stratum needs on each side (methodology 2.6 b)

Strata = Mapping[str, Part]


@dataclass(frozen=True)
class Split:
    """The change of a mean: in all, by what the strata did, and by their shares; `rate` + `mix` = `change`."""

    change: float
    rate: float
    mix: float


def split(before: Strata, after: Strata) -> Split:
    """Return how much of the change from `before` to `after` is rate and how much mix.

    A stratum that one side lacks has no rate of its own there: its coming or going is mix. Refuses an empty side with
    ValueError.
    """
    was, now = _sizes(before, after)
    rate = mix = 0.0
    for name in sorted({*before, *after}):
        old, new = before.get(name) or after[name], after.get(name) or before[name]
        u, w = (
            (before[name].n / was if name in before else 0.0),
            (after[name].n / now if name in after else 0.0),
        )
        rate += (u + w) / 2 * (new.mean - old.mean)
        mix += (old.mean + new.mean) / 2 * (w - u)
    return Split(_mean(after) - _mean(before), rate, mix)


def standardised(before: Strata, after: Strata) -> tuple[float, float]:
    """Return both means as if each stratum had on both sides the size it has on both together."""
    total = sum(_sizes(before, after))
    values = [0.0, 0.0]
    for name in sorted({*before, *after}):
        old, new = before.get(name) or after[name], after.get(name) or before[name]
        size = sum(side[name].n for side in (before, after) if name in side)
        values = [values[0] + size / total * old.mean, values[1] + size / total * new.mean]
    return values[0], values[1]


def is_reversed(before: Strata, after: Strata) -> bool:
    """Tell whether most strata moved against the whole (Simpson's paradox); strata that did not move do not count."""
    change = _mean(after) - _mean(before)
    moves = [after[name].mean - before[name].mean for name in before.keys() & after.keys()]
    against = sum(move * change < 0 for move in moves)
    return against > sum(move * change > 0 for move in moves)


def collapsed(before: Strata, after: Strata, least: int = LEAST) -> tuple[dict[str, Part], dict[str, Part]]:
    """Return both sides with the strata put together as OTHERS that have fewer than `least` answers on one side.

    They take the next smallest along until they are enough on both sides, so that no stratum of a few can be worked out.
    """
    names = sorted({*before, *after}, key=lambda name: (_least(before, after, name), name))
    others = [name for name in names if _least(before, after, name) < least]
    for name in names[len(others) :]:
        if not others or all(
            sum(side[each].n for each in others if each in side) >= least for side in (before, after)
        ):
            break
        others.append(name)
    return _with_others(before, others), _with_others(after, others)


def _least(before: Strata, after: Strata, name: str) -> float:
    return min(side[name].n if name in side else 0.0 for side in (before, after))


def _with_others(strata: Strata, small: list[str]) -> dict[str, Part]:
    found = {name: part for name, part in sorted(strata.items()) if name not in small}
    others = together(strata[name] for name in small if name in strata)
    return found | ({OTHERS: others} if others else {})


def _sizes(before: Strata, after: Strata) -> tuple[float, float]:
    was, now = (sum(part.n for part in side.values()) for side in (before, after))
    if not was or not now:
        raise ValueError("No answers have no mean to compare")
    return was, now


def _mean(strata: Strata) -> float:
    return sum(part.n * part.mean for part in strata.values()) / sum(part.n for part in strata.values())
