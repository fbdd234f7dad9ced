"""What a change of the score mostly consists of: a theme, a place, or a theme in a place; or nothing that one may say.

Before anything is named the mix is looked at (`mix.told`): where the change comes from who answered, that is what is
said, and no part of the customers is named for it.

A theme carries so much of a change as the change would be smaller without the answers that mention it: the difference
of its impacts in both periods. A place carries its `mix.contribution`. Either is named only when it carries at least half
and chance does not explain it; a place moreover only when it went another way than the rest, since half of every
change lies in a place where half of all customers live. What is told goes together with the change; nobody says that
it causes it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import NamedTuple

from feedback.insights.breakdowns import CHANCE, PARTITIONS
from feedback.insights.differences import adjusted, compare
from feedback.insights.impact import Drift, Impact, drift
from feedback.insights.intervals import z_of
from feedback.insights.mix import MOST_OF_IT, Mix, contribution, of_who, told
from feedback.insights.selection import DIMENSIONS
from feedback.insights.suppression import ANY, Cell
from feedback.insights.themes.heard import Heard
from feedback.insights.trends import Verdict

# A detail or a narrower place is named for the wider one when it carries nearly as much.
NEARLY = 0.75
FEWEST_MENTIONS = 10
# A theme that says only whether people are happy explains nothing.
TELLS_NOTHING = frozenset({"PRAISE", "OTHER"})


@dataclass(frozen=True)
class Summary:
    """What most of a change goes together with: the code of a theme, the values of a place, both, or neither.

    `is_rarer`: the theme is mentioned less often than before. Where a `mix` is to be told nothing else is.
    """

    theme: str | None = None
    is_rarer: bool = False
    place: Mapping[str, str] = field(default_factory=dict)
    mix: Mix | None = None


class Periods(NamedTuple):
    """Two periods that are compared in one cell, and by how many points the score of the later one is higher."""

    before: Heard
    now: Heard
    cell: Cell
    difference: float

    def share(self, part: float) -> float:
        """Return which share of the change so many points are; below 0 where they go the other way."""
        return part / self.difference

    def drift(self, code: str, where: Cell | None = None) -> Drift:
        """Return how the impact of a theme, or of those from `where` who mention it, has changed."""
        now, before = (self._impact(heard, code, where) for heard in (self.now, self.before))
        return drift(now, before)

    def _impact(self, heard: Heard, code: str, where: Cell | None) -> Impact:
        # What nobody mentions does nothing.
        nothing = Impact(0.0, 0, 0, 0.0, 0.0, 0.0, 0.0)
        return heard.impact(self.cell, code, where) or nothing

    def may_tell(self, cell: Cell, code: str | None = None) -> bool:
        """Tell whether a cell may be shown in both periods (nobody at all may), or who mention a theme there named.

        Of a theme in a place no number is told, so that ten who mention it in one period are enough.
        """
        periods = (self.now, self.before)
        if code is None:
            return all(not heard.size(cell) or heard.is_shown(cell) for heard in periods)
        return max(heard.size(cell, code) for heard in periods) >= FEWEST_MENTIONS


def sum_up(before: Heard, now: Heard, cell: Cell, change: Verdict, mixes: Iterable[Mix] = ()) -> Summary:
    """Return what most of a change goes together with; of one that chance explains no more than what the mix did."""
    mix = mix_to_tell(change, mixes)
    if mix or change.outcome != "changed" or not change.difference:
        return Summary(mix=mix)
    periods = Periods(before, now, cell, change.difference)
    theme = _theme(periods)
    places = _places(periods)
    if theme is None:
        return Summary(place=_carrying(periods, places))
    found = _carrying(periods, places, theme)
    rates = [heard.size(cell, theme) / max(1, heard.size(cell)) for heard in (before, now)]
    return Summary(theme, rates[1] < rates[0], found)


def mix_to_tell(change: Verdict, mixes: Iterable[Mix]) -> Mix | None:
    """Return the mix of who answered that a sentence on a change must speak of, the largest; None without one."""
    return next(iter(told(of_who(mixes), is_clear=change.outcome == "changed")), None)


def why_apart(heard: Heard, cell: Cell, named: Mapping[str, str], difference: float) -> str | None:
    """Return the theme that carries most of the difference between a place and the rest of a cell, in points.

    It is the same arithmetic, with the rest in the place of the period before.
    """
    place = place_in(cell, named)
    inside, outside = heard.apart(place)
    return _theme(Periods(outside, inside, cell, difference)) if difference else None


def _theme(periods: Periods) -> str | None:
    """Return the theme that carries most of the change, or the detail of it that carries nearly as much."""
    both = {*periods.now.themes, *periods.before.themes} - TELLS_NOTHING
    theme = _first(periods, sorted(both), MOST_OF_IT)
    if theme is None:
        return None
    least = max(MOST_OF_IT, NEARLY * periods.share(periods.drift(theme).value))
    details = {*periods.now.details(theme), *periods.before.details(theme)}
    return _first(periods, sorted(details), least) or theme


def _first(periods: Periods, codes: Sequence[str], least: float) -> str | None:
    """Return the code that carries the largest share of the change, at least so much and more than by chance."""
    cell = periods.cell
    told = [code for code in codes if periods.may_tell(cell, code)]
    drifts = [periods.drift(code) for code in told]
    ps = adjusted([each.p for each in drifts])
    carrying = [
        (periods.share(each.value), code)
        for code, each, p in zip(told, drifts, ps, strict=True)
        if p <= CHANCE and periods.share(each.value) >= least
    ]
    return max(carrying, default=(0.0, None))[1]


def _places(periods: Periods) -> dict[Cell, dict[str, str]]:
    """Return the places that went another way than the rest, in the direction of the change, with their values."""
    open_ones = [name for name, value in zip(DIMENSIONS, periods.cell, strict=True) if value == ANY]
    found: list[tuple[Cell, dict[str, str], float]] = []
    for dimensions in PARTITIONS:
        if set(dimensions) <= set(open_ones):
            for values in sorted(_values(periods, dimensions)):
                named = dict(zip(dimensions, values, strict=True))
                place = place_in(periods.cell, named)
                p = _apart(periods, place) if periods.may_tell(place) else None
                if p is not None:
                    found.append((place, named, p))
    ps = adjusted([p for _, _, p in found])
    return {place: named for (place, named, _), p in zip(found, ps, strict=True) if p <= CHANCE}


def _values(periods: Periods, dimensions: Sequence[str]) -> Iterator[tuple[str, ...]]:
    at = [DIMENSIONS.index(name) for name in dimensions]
    return iter({tuple(place[i] for i in at) for place in periods.now.everybody})


def place_in(cell: Cell, named: Mapping[str, str]) -> Cell:
    """Return the place within a cell that has these values by dimension."""
    return tuple(named.get(name, value) for name, value in zip(DIMENSIONS, cell, strict=True))


def _apart(periods: Periods, place: Cell) -> float | None:
    """Return the p-value of "this place changed like the rest"; 1 where it went the other way, None where it is small."""
    kind = periods.now.kind
    now, before = (heard.groups(place) for heard in (periods.now, periods.before))
    rest_now, rest_before = (
        {group: n - part[group] for group, n in heard.groups(periods.cell).items()}
        for heard, part in ((periods.now, now), (periods.before, before))
    )
    its, others = compare(kind, now, before), compare(kind, rest_now, rest_before)
    if "too_few" in (its.outcome, others.outcome) or not its.interval or not others.interval:
        return None
    difference = (its.difference or 0.0) - (others.difference or 0.0)
    if difference * periods.difference <= 0:
        return 1.0
    widths = [(each.high - each.low) / 2 / z_of(each.level) for each in (its.interval, others.interval)]
    return 2 * NormalDist().cdf(-abs(difference) / math.hypot(*widths))


def _carrying(
    periods: Periods, places: Mapping[Cell, Mapping[str, str]], theme: str | None = None
) -> Mapping[str, str]:
    """Return the values of the place that carries most of the change, or most of it by those who mention `theme`.

    Of two that carry nearly as much, the smaller says more.
    """
    carried = {place: share for place in places if (share := _share(periods, place, theme)) >= MOST_OF_IT}
    # A language is where people are from, told less exactly.
    carried = {place: carried[place] for place in carried if set(places[place]) != {"language"}} or carried
    if not carried:
        return {}
    enough = NEARLY * max(carried.values())
    sizes = {place: periods.now.size(place) for place, share in carried.items() if share >= enough}
    return places[min(sizes, key=lambda place: (sizes[place], place))]


def _share(periods: Periods, place: Cell, theme: str | None) -> float:
    if theme is not None:
        moved = periods.drift(theme, where=place)
        is_told = periods.may_tell(place, theme) and moved.p <= CHANCE
        return periods.share(moved.value) if is_told else 0.0
    whole, part = (
        [heard.part(each) for heard in (periods.before, periods.now)] for each in (periods.cell, place)
    )
    if whole[0] is None or whole[1] is None:
        return 0.0
    return periods.share(contribution(part[0], part[1], whole[0], whole[1]).change)
