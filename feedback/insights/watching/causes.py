"""What probably lies behind a change: other answerers, one part of them, or nothing that stands out.

What a part adds to a change, by itself (*rate*) and by its share (*mix*), says `mix.contribution`; that other answerers
carry most of it, `Mix.carries_most`. A part is named only where it moved by more than chance although many were looked
at (Benjamini and Hochberg), makes at least half of the change, moved much further than the others, and may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from feedback.insights.breakdowns import CHANCE, PARTITIONS, Count, cell_of, score_counts_of, sizes_of
from feedback.insights.differences import adjusted, compare, share_p
from feedback.insights.mix import MOST_OF_IT, SLIGHT, contribution, mix_along
from feedback.insights.parts import Part
from feedback.insights.selection import Selection
from feedback.insights.suppression import hidden_cells, is_uniform
from feedback.insights.watching.course import Metric, figure_of, hits_of, value_of
from surveys.scales import SCALES

# A part stands out if it moved so many times as far as all the others together.
TIMES = 2
# A narrower part is named instead of a wider one that holds it, if it explains nearly as much.
NEARLY = 0.9


@dataclass(frozen=True)
class Cause:
    """The part that did most of it with its figure before and after, or the dimension whose mix did; else neither."""

    part: Mapping[str, str] | None = None
    before: float | None = None
    after: float | None = None
    n: int = 0
    mix: tuple[str, ...] = ()


class Moved(NamedTuple):
    """One part that may be shown, before and after, and how much of the change its rate makes."""

    part: Mapping[str, str]
    before: float
    after: float
    n: int
    rate: float
    p: float
    stands_out: bool


def cause(
    metric: Metric, kind: str, earlier: Sequence[Count], later: Sequence[Count], selection: Selection
) -> Cause:
    """Return what lies behind the change from `earlier` to `later`: counts of one survey from everywhere."""
    before, after = score_counts_of(earlier, selection), score_counts_of(later, selection)
    if not sum(before.values()) or not sum(after.values()):
        return Cause()
    change = value_of(metric, kind, after).value - value_of(metric, kind, before).value
    found = []
    for dimensions in PARTITIONS:
        if all(getattr(selection, name) is None for name in dimensions):
            found += parts(metric, kind, earlier, later, selection, dimensions)
            if len(dimensions) == 1 and is_mix(metric, kind, earlier, later, selection, dimensions[0]):
                return Cause(mix=dimensions)
    clear = [each for each, p in zip(found, adjusted([each.p for each in found]), strict=True) if p <= CHANCE]
    strong = [each for each in clear if each.stands_out and change and each.rate / change >= MOST_OF_IT]
    if not strong:
        return Cause()
    most = max(each.rate / change for each in strong)
    best = max(
        (each for each in strong if each.rate / change >= NEARLY * most), key=lambda each: len(each.part)
    )
    return Cause(best.part, best.before, best.after, best.n)


def parts(
    metric: Metric,
    kind: str,
    earlier: Sequence[Count],
    later: Sequence[Count],
    selection: Selection,
    dimensions: tuple[str, ...],
) -> list[Moved]:
    """Return the parts along some dimensions that have answers both times and may be shown both times."""
    hidden = hidden_cells(sizes_of(earlier)) | hidden_cells(sizes_of(later))
    before, after = score_counts_of(earlier, selection), score_counts_of(later, selection)
    was, is_ = part(metric, kind, before), part(metric, kind, after)
    found = []
    for values in sorted({tuple(getattr(each, name) for name in dimensions) for each in (*earlier, *later)}):
        named = dict(zip(dimensions, values, strict=True))
        cell = cell_of(selection, named)
        narrower = Selection(**{**_chosen(selection), **named})
        old, new = score_counts_of(earlier, narrower), score_counts_of(later, narrower)
        if cell in hidden or not any(old.values()) or not any(new.values()):
            continue
        first, second = part(metric, kind, old), part(metric, kind, new)
        if (first.n, second.n) == (was.n, is_.n) or is_uniform(SCALES[kind].tally(new).values()):
            continue
        rate = contribution(first, second, was, is_).rate
        p = p_of(metric, kind, old, new)
        far = stands_out(metric, kind, (old, new), (before, after), second.mean - first.mean)
        found.append(Moved(named, first.mean, second.mean, sum(new.values()), rate, p, far))
    return found


def is_mix(
    metric: Metric,
    kind: str,
    earlier: Sequence[Count],
    later: Sequence[Count],
    selection: Selection,
    name: str,
) -> bool:
    """Return whether the mix along one dimension carries most of the change."""
    sides = []
    for counts in (earlier, later):
        narrower = {
            value: replace(selection, **{name: value}) for value in {getattr(each, name) for each in counts}
        }
        chosen = {value: score_counts_of(counts, each) for value, each in narrower.items()}
        sides.append(
            {value: part(metric, kind, scores) for value, scores in chosen.items() if any(scores.values())}
        )
    found = mix_along(name, sides[0], sides[1], SLIGHT[figure_of(metric, kind)])
    return found is not None and found.carries_most


def part(metric: Metric, kind: str, scores: Mapping[int, int]) -> Part:
    """Return some answers with the figure that is watched."""
    return Part(sum(scores.values()), value_of(metric, kind, scores).value)


def stands_out(
    metric: Metric,
    kind: str,
    part: tuple[Mapping[int, int], Mapping[int, int]],
    everybody: tuple[Mapping[int, int], Mapping[int, int]],
    moved: float,
) -> bool:
    """Return whether a part moved much further than all the others together, between the two stretches."""
    rest = [
        {score: n - own.get(score, 0) for score, n in all_of_them.items()}
        for own, all_of_them in zip(part, everybody, strict=True)
    ]
    if not all(any(counts.values()) for counts in rest):
        return True
    others = value_of(metric, kind, rest[1]).value - value_of(metric, kind, rest[0]).value
    return abs(moved) > TIMES * abs(others) or moved * others < 0


def p_of(metric: Metric, kind: str, old: Mapping[int, int], new: Mapping[int, int]) -> float:
    """Return the two-sided p-value of "the part has not changed"; 1 where it has too few answers to tell."""
    scale = SCALES[kind]
    if metric == "score":
        verdict = compare(kind, scale.tally(new), scale.tally(old))
        return 1.0 if verdict.p is None else verdict.p
    hits = hits_of(metric, kind, new), hits_of(metric, kind, old)
    return share_p(hits[0], sum(new.values()), hits[1], sum(old.values()))


def _chosen(selection: Selection) -> dict[str, str]:
    return {name: value for name in ("country", "carrier", "language") if (value := getattr(selection, name))}
