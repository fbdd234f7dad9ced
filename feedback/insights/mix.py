"""Did the score change, or only who answered? Rate and mix of a change, and when one must say that the mix changed.

A score is a mean over strata (say new and returning buyers) weighted by their shares. It can fall although every
stratum rose, when the share of an unhappy stratum grew: E. H. Simpson, "The Interpretation of Interaction in
Contingency Tables", JRSS B 13, 1951; best known from the admissions to Berkeley in 1973 (P. Bickel, E. Hammel and
J. O'Connell, Science 187, 1975), where women were admitted less often over all and more often in most departments.

Two answers to that. The *split* of a change into what the strata did (rate) and what their shares did (mix), with the
averages of both moments as weights, so that it adds up exactly and does not depend on the order (E. M. Kitagawa,
"Components of a Difference Between Two Rates", JASA 50, 1955; methodology 2.6 c): with w the share of a stratum and t
its score the change is the sum over all strata of (w1 + w2) / 2 (t2 - t1), the rate, and (t1 + t2) / 2 (w2 - w1), the
mix. The shares change by 0 together, so that any constant may be taken from the scores of the mix without changing its
sum; taken is the mean of both scores of all. Then a stratum that grew counts for as much as it differs from the others,
and not for its size. And *standardised* values: both moments as if the strata had had the same shares, those of both
together.

Pages say that the mix changed by one rule (`told`), whatever they show: where more strata went against the whole than
with it, and so did all of them at equal shares (Simpson's paradox); and where the score changed clearly and the mix
carries at least half of that. Then the change is one of who answered, and no part of them is named for it. A smaller
shift than `SLIGHT` changes nothing that is shown, and strata of fewer than ten answers stand together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.insights.parts import Part, part_of, together
from feedback.insights.scores import HEADLINES

OTHERS = "…"  # the strata that are too small to stand alone
LEAST = 10  # answers that a stratum needs on each side (methodology 2.6 b)
MOST_OF_IT = 0.5
SLIGHT = {"net": 1.0, "share": 1.0, "mean": 0.05}  # points of the headline
# What happened to an order is a reason to answer otherwise, and no trait of who answers: more late parcels are more late
# parcels, and a shop that leaves a bad carrier has done something about it. To say "other people answered" of either
# would hide what the customers say.
HAPPENED = frozenset({"lateness", "carrier"})

Strata = Mapping[str, Part]
Cells = Mapping[tuple[str, ...], Mapping[int, int]]


@dataclass(frozen=True)
class Split:
    """What strata add to the change of a mean: by what they did (`rate`), and by their shares (`mix`)."""

    rate: float
    mix: float

    @property
    def change(self) -> float:
        """All that is added."""
        return self.rate + self.mix


@dataclass(frozen=True)
class Mix:
    """What the mix along one dimension did to a change: its split, both standardised values, and the strata."""

    dimension: str
    split: Split
    before: float
    after: float
    is_reversed: bool
    strata: tuple[tuple[str, Part | None, Part | None], ...]

    @property
    def carries_most(self) -> bool:
        """Whether other people having answered makes at least half of the change."""
        change = self.split.change
        return self.dimension not in HAPPENED and change != 0 and self.split.mix / change >= MOST_OF_IT


def contribution(before: Part | None, after: Part | None, was: Part, is_: Part) -> Split:
    """Return what one stratum adds to the change from the whole `was` to the whole `is_`.

    A stratum that one side lacks has no rate of its own there: its coming or going is mix.
    """
    old, new = before or after, after or before
    if old is None or new is None:
        return Split(0.0, 0.0)
    u, w = (side.n / whole.n if side else 0.0 for side, whole in ((before, was), (after, is_)))
    middle = (was.mean + is_.mean) / 2
    return Split((u + w) / 2 * (new.mean - old.mean), ((old.mean + new.mean) / 2 - middle) * (w - u))


def split(before: Strata, after: Strata) -> Split:
    """Return how much of the change from `before` to `after` is rate and how much mix.

    Refuses an empty side with ValueError.
    """
    was, is_ = together(before.values()), together(after.values())
    if was is None or is_ is None:
        raise ValueError("No answers have no mean to compare")
    each = [contribution(before.get(name), after.get(name), was, is_) for name in sorted({*before, *after})]
    return Split(sum(one.rate for one in each), sum(one.mix for one in each))


def standardised(before: Strata, after: Strata) -> tuple[float, float]:
    """Return both means as if each stratum had on both sides the size it has on both together."""
    total = sum(part.n for side in (before, after) for part in side.values())
    values = [0.0, 0.0]
    for name in sorted({*before, *after}):
        old, new = before.get(name) or after[name], after.get(name) or before[name]
        size = sum(side[name].n for side in (before, after) if name in side)
        values = [values[0] + size / total * old.mean, values[1] + size / total * new.mean]
    return values[0], values[1]


def is_reversed(before: Strata, after: Strata) -> bool:
    """Tell whether most strata moved against the whole (Simpson's paradox); strata that did not move do not count."""
    was, is_ = together(before.values()), together(after.values())
    if was is None or is_ is None:
        return False
    change = is_.mean - was.mean
    moves = [after[name].mean - before[name].mean for name in before.keys() & after.keys()]
    against = sum(move * change < 0 for move in moves)
    return against > sum(move * change > 0 for move in moves)


def mix_along(dimension: str, before: Strata, after: Strata, slight: float) -> Mix | None:
    """Return what the mix along a dimension did; None where fewer than two strata are large enough to compare.

    Where the whole moved by less than `slight` points there is nothing to reverse, nor where it would have moved the same
    way, or hardly, without the mix.
    """
    was, is_ = collapsed(before, after)
    names = sorted({*was, *is_}, key=lambda name: (name == OTHERS, name))
    if len(names) < 2 or not was or not is_:
        return None
    parted, (then, now) = split(was, is_), standardised(was, is_)
    return Mix(
        dimension=dimension,
        split=parted,
        before=then,
        after=now,
        is_reversed=is_reversed(was, is_) and parted.rate * parted.change < 0 and _moved(parted) >= slight,
        strata=tuple((name, was.get(name), is_.get(name)) for name in names),
    )


def _moved(parted: Split) -> float:
    """Return by how many points at least both the whole and what its strata did moved."""
    return min(abs(parted.change), abs(parted.rate))


def mixes(kind: str, names: Iterable[str], before: Cells, after: Cells) -> list[Mix]:
    """Return what the mix along each of `names` did to the change of the headline of the scale `kind`.

    The cells have one value for each name. They come in the order of `by_weight`.
    """
    slight = SLIGHT[HEADLINES[kind]]
    each = (
        mix_along(name, _strata(kind, before, at), _strata(kind, after, at), slight)
        for at, name in enumerate(names)
    )
    return by_weight(mix for mix in each if mix is not None)


def by_weight(found: Iterable[Mix]) -> list[Mix]:
    """Return mixes in their order: those that must be told come first, each the largest mix first."""
    return sorted(found, key=lambda mix: (not mix.is_reversed, -abs(mix.split.mix)))


def told(found: Iterable[Mix], *, is_clear: bool) -> list[Mix]:
    """Return the mixes that a page must speak of; `is_clear` says that the score changed by more than chance explains.

    Of a change that chance explains nobody asks what it comes from, but that most parts went the other way is told.
    """
    return [mix for mix in found if mix.is_reversed or (is_clear and mix.carries_most)]


def of_who(found: Iterable[Mix]) -> list[Mix]:
    """Return the mixes of who answered, without those of what happened to their orders."""
    return [mix for mix in found if mix.dimension not in HAPPENED]


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


def _strata(kind: str, cells: Cells, at: int) -> dict[str, Part]:
    """Return the strata along the dimension at one place of the cells."""
    found: dict[str, dict[int, int]] = {}
    for cell, counts in cells.items():
        stratum = found.setdefault(cell[at], {})
        for score, n in counts.items():
            stratum[score] = stratum.get(score, 0) + n
    parts = {value: part_of(kind, counts) for value, counts in found.items()}
    return {value: part for value, part in parts.items() if part is not None}
