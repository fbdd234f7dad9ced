"""Two periods, or two groups, side by side: the difference, and whether only the mix of those who answered changed.

Groups that overlap have answers in common and cannot be compared with each other, only each with all the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedback.insights.differences import compare
from feedback.insights.dimensions.names import OVERLAPPING
from feedback.insights.exploring.breaking_down import CHANCE, parts_along
from feedback.insights.mix import OTHERS, Mix, told
from feedback.insights.mixing import mixes_between
from feedback.insights.parts import part_of, smallest_seen
from feedback.insights.queries import score_counts
from feedback.insights.scores import Measure, measure
from feedback.insights.selection import Selection
from feedback.insights.suppression import is_uniform
from feedback.insights.trends import Verdict
from feedback.insights.withholding import is_withheld
from surveys.errors import N_, Refusal
from surveys.questionnaires.models import Survey

REST = "rest"


class Overlapping(Refusal):
    """Two groups that may have answers in common."""

    phrase = N_("One answer can belong to both groups. Compare each of them with all the others.")


class SamePeriod(Refusal):
    """Two periods that have days in common."""

    phrase = N_("The two periods have days in common. Choose periods that do not overlap.")


class TooFewToCompare(Refusal):
    """So few people stand behind one side that its figure is not shown."""

    status = 403
    phrase = N_(
        "Fewer than five people stand behind one of the two sides, or could be worked out from it. Choose larger ones."
    )


@dataclass(frozen=True)
class Comparison:
    """Two sides, `verdict` being of the first against the second.

    `smallest` is the smallest true difference that so many answers show in eight of ten cases, in points. `mixes` are of
    two periods only, the one with the largest share in the change first. A side without answers has no measure.
    """

    first: Measure | None
    second: Measure | None
    verdict: Verdict
    smallest: float | None
    mixes: Sequence[Mix] = ()

    @property
    def banners(self) -> list[Mix]:
        """The mixes that must be spoken of."""
        return told(self.mixes, is_clear=self.verdict.outcome == "changed")


def periods(survey: Survey, later: Selection, earlier: Selection, now: datetime) -> Comparison:
    """Return the later period against the earlier one; refuse periods that overlap, and sides that are withheld."""
    later, earlier = later.of(survey.key), earlier.of(survey.key)
    if not _are_apart(later, earlier):
        raise SamePeriod(field="than_since")
    if is_withheld(later, now) or is_withheld(earlier, now):
        raise TooFewToCompare()
    counts = score_counts(later, now), score_counts(earlier, now)
    return _comparison(
        survey.kind, *counts, mixes=_mixes(survey.kind, earlier, later, now) if all(counts) else ()
    )


def groups(
    survey: Survey, selection: Selection, name: str, first: str, second: str, now: datetime
) -> Comparison:
    """Return one part along `name` against another, or against REST; refuse what overlaps or is withheld."""
    if name in OVERLAPPING and second != REST:
        raise Overlapping(field="second")
    selection = selection.of(survey.key).where(**{name: None})
    shown, _ = parts_along(selection, name, now)
    if is_withheld(selection, now) or first not in shown or (second != REST and second not in shown):
        raise TooFewToCompare()
    these, those = shown[first], shown.get(second, {})
    if second == REST:
        those = {score: n - these.get(score, 0) for score, n in score_counts(selection, now).items()}
    return _comparison(survey.kind, these, those)


def _comparison(
    kind: str, these: Mapping[int, int], those: Mapping[int, int], mixes: Sequence[Mix] = ()
) -> Comparison:
    first, second = measure(kind, these), measure(kind, those)
    one, other = part_of(kind, these), part_of(kind, those)
    if first is None or second is None or one is None or other is None:
        return Comparison(first, second, Verdict("too_few", None, None, None), None)
    verdict = compare(kind, first.groups, second.groups)
    return Comparison(first, second, verdict, smallest_seen(one, other), mixes)


def judged(found: Comparison, p: float | None) -> Comparison:
    """Return a comparison with the verdict that holds among others; `p` is adjusted for all that is compared at once."""
    if found.verdict.outcome != "changed" or p is None or p <= CHANCE:
        return found
    return replace(found, verdict=replace(found.verdict, outcome="not_distinguishable"))


def names_everybody(found: Measure | None) -> bool:
    """Tell whether a side is so small and of one mind that its score would name each of its people."""
    return found is not None and is_uniform(found.groups.values())


def _are_apart(later: Selection, earlier: Selection) -> bool:
    if later.since is None or earlier.until is None:
        return later.until is not None and earlier.since is not None and later.until <= earlier.since
    return earlier.until <= later.since or (
        later.until is not None and earlier.since is not None and later.until <= earlier.since
    )


def _mixes(kind: str, earlier: Selection, later: Selection, now: datetime) -> list[Mix]:
    """Return what the mix along each standard dimension did to the change; dimensions without two strata say nothing.

    Strata of fewer than ten answers stand together, so that none of a few people is to be seen.
    """
    found = mixes_between(kind, earlier, later, now)
    return [
        *(_shown(mix, earlier, later, now) for mix in found[:1]),
        *(replace(mix, strata=()) for mix in found[1:]),
    ]


def _shown(mix: Mix, earlier: Selection, later: Selection, now: datetime) -> Mix:
    """Return the mix with those strata only that may be shown as parts of both periods."""
    known = [parts_along(each, mix.dimension, now)[0] for each in (earlier, later)]
    kept = (row for row in mix.strata if row[0] == OTHERS or all(row[0] in shown for shown in known))
    return replace(mix, strata=tuple(kept))
