"""Numbers to the geometry of a picture: how often each score was given, as columns that start at 0.

Like `charts`: what is drawn is worked out here, and templates draw it as it is.
"""

from collections.abc import Mapping
from typing import NamedTuple

from feedback.insights.geometry import Bar, DistributionChart, GroupSpan, Size, Text, tenth
from feedback.insights.scores import largest_remainder
from surveys.scales import SCALES, Scale, mood_of

# Room for the unit and the number on the tallest column; for the scores, the brackets and the groups.
COLUMN_TOP = 42.0
GROUP_LINES = 66.0
COLUMN_FILL = 0.78


class Columns(NamedTuple):
    """How wide the place of a column is, where all of them stand, and how high one answer is."""

    slot: float
    base: float
    answer: float


def distribution(kind: str, counts: Mapping[int, int], unit: str, size: Size) -> DistributionChart:
    """Return the picture of how often each score was given; `kind` is that of a scale.

    `unit` stands above and says that the numbers are percent of all answers. The tallest column fills the
    height. Refuses scores off the scale and negative counts with ValueError.
    """
    scale = SCALES[kind]
    totals = scale.tally(counts)
    numbers = [counts.get(score, 0) for score in scale.scores]
    shares = largest_remainder(numbers)
    base = size.height - GROUP_LINES
    answer = (base - COLUMN_TOP) / max(*numbers, 1)
    columns = Columns(size.width / len(numbers), base, answer)
    bars = tuple(
        _bar(scale, score, count, share, columns)
        for score, count, share in zip(scale.scores, numbers, shares, strict=True)
    )
    return DistributionChart(
        size=size,
        n=sum(numbers),
        base=base,
        unit=Text(0.0, 13.0, unit, "start"),
        bars=bars,
        spans=_spans(scale, totals, columns),
    )


def _bar(scale: Scale, score: int, count: int, share: int, columns: Columns) -> Bar:
    # One answer among thousands is still an answer and must be seen.
    height = tenth(max(count * columns.answer, 1.0 if count else 0.0))
    middle, top = tenth(columns.slot * (score - scale.low + 0.5)), tenth(columns.base - height)
    group = scale.group_of(score)
    return Bar(
        score=score,
        group=group,
        tone=mood_of(group),
        count=count,
        x=tenth(middle - columns.slot * COLUMN_FILL / 2),
        y=top,
        width=tenth(columns.slot * COLUMN_FILL),
        height=height,
        share=Text(middle, tenth(top - 5), "<1" if count and not share else str(share), "middle"),
        label=Text(middle, tenth(columns.base + 17), str(score), "middle"),
    )


def _spans(scale: Scale, totals: Mapping[str, int], columns: Columns) -> tuple[GroupSpan, ...]:
    shares = largest_remainder(list(totals.values()))
    slot, base, _ = columns
    inset = slot * (1 - COLUMN_FILL) / 2
    return tuple(
        GroupSpan(
            group=group.name,
            tone=group.mood,
            count=totals[group.name],
            x1=tenth(slot * (group.low - scale.low) + inset),
            x2=tenth(slot * (group.high - scale.low + 1) - inset),
            y=tenth(base + 25),
            share=Text(
                tenth(slot * ((group.low + group.high + 1) / 2 - scale.low)),
                tenth(base + 43),
                str(share),
                "middle",
            ),
            name_y=tenth(base + 60),
        )
        for group, share in zip(scale.groups, shares, strict=True)
    )
