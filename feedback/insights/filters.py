"""How scores, intervals, changes and places read in a sentence."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from flask import Flask
from flask_babel import format_currency, format_date, get_locale, gettext, ngettext

from feedback.insights.breakdowns import Row
from feedback.insights.dimensions.names import Band, band_of, question_of
from feedback.insights.exploring.queries import names_of
from feedback.insights.exploring.words import DIMENSIONS, NOT_KNOWN, NOWHERE_KNOWN, VALUES
from feedback.insights.mix import OTHERS
from feedback.insights.scores import HEADLINES, MEAN_DIGITS, Measure, rounded
from feedback.insights.selection import UNKNOWN, Days
from feedback.insights.suppression import is_uniform
from feedback.insights.trends import Bucket, Extent, Unit, Verdict
from feedback.insights.words import HEADLINES as SENTENCES
from feedback.insights.words import LABELS, METRICS, PLURALS
from surveys.code_book.themes import label as theme_label
from surveys.filters import NBSP, apart, number, percent, plain_day, signed
from surveys.questionnaires.groups import GROUPS
from surveys.scales import mood_of
from surveys.segments.past import STAGES

LONGEST_UNBROKEN = 28  # letters, which fit into a line of the narrowest page
INTERVAL = re.compile(rf"\([^()]{{1,{LONGEST_UNBROKEN}}}\)")


def metric_name(kind: str) -> str:
    """Return the short name of a scale's metric."""
    return str(gettext(METRICS[kind]))


def is_mean(kind: str) -> bool:
    """Return whether the figure of a kind is a mean, in points of its scale."""
    return HEADLINES[kind] == "mean"


def is_one_mind(found: Measure | None) -> bool:
    """Return whether a part is so small and of one mind that its figure would name each of its people."""
    return found is not None and is_uniform(found.groups.values())


def headline(found: Measure, kind: str) -> str:
    """Return the figure of a survey as a sentence."""
    return str(gettext(SENTENCES[kind], score=score_text(found.score, kind)))


def group_word(group: str) -> str:
    """Return the word for one member of a group."""
    return str(gettext(GROUPS[group]))


def group_words(group: str) -> str:
    """Return the word for many members of a group."""
    return str(gettext(PLURALS[group]))


def reading_word(label: str) -> str:
    """Return the word for what the reader made of a comment."""
    return str(gettext(LABELS[label]))


def score_text(score: float | None, kind: str) -> str:
    """Return a score as people write it: NPS as a signed number, shares in percent, means with two decimals."""
    if HEADLINES[kind] == "net":
        return signed(score)
    if HEADLINES[kind] == "share" or score is None:
        return percent(score)
    return number(score, MEAN_DIGITS)


def interval_text(found: Measure, kind: str) -> str:
    """Return the interval in words."""
    low, high = score_text(found.interval.low, kind), score_text(found.interval.high, kind)
    return str(gettext("%(low)s to %(high)s", low=low, high=high))


def place_name(value: str, dimension: str, names: Mapping[str, str] | None = None) -> str:
    """Return the words for a value of a dimension; `names` are those of keys, looked up where they are not given.

    Of a question they have to be given, with those for no answer.
    """
    if question_of(dimension) is not None:
        return (names or {}).get(value, value)
    if value == UNKNOWN:
        return str(gettext(NOT_KNOWN.get(dimension, NOWHERE_KNOWN)))
    if value == OTHERS:
        return str(gettext("all others"))
    if dimension in VALUES:
        return str(gettext(VALUES[dimension].get(value, value)))
    if dimension == "stage":
        return str(gettext(STAGES.get(value, value)))
    locale = get_locale()
    if dimension == "country":
        return str(locale.territories.get(value, value))
    if dimension == "language":
        return str(locale.languages.get(value.lower(), value))
    if dimension == "theme":
        return theme_label(value, str(locale))
    if dimension == "value":
        return band_text(band_of(value))
    known = names_of(dimension, [value]) if names is None else names
    return known.get(value, value)


def names_of_values(dimension: str, values: Collection[str]) -> Mapping[str, str]:
    """Return the names of the values that addresses know by a key."""
    return names_of(dimension, values)


def band_text(band: Band) -> str:
    """Return a range of order values with its currency."""
    low, high = (None if edge is None else whole_money(edge, band.currency) for edge in (band.low, band.high))
    if high is None:
        return str(gettext("from %(low)s", low=low))
    return str(
        gettext("%(low)s to under %(high)s", low=low, high=high)
        if band.low
        else gettext("under %(high)s", high=high)
    )


def whole_money(units: int, currency: str) -> str:
    """Return an amount in whole units of its currency."""
    pattern = get_locale().currency_formats["standard"].pattern.replace(".00", "")
    return apart(str(format_currency(units, currency, format=pattern, currency_digits=False)))


def where_text(row: Row) -> str:
    """Return the names of a part, such as "Austria, Postbus"."""
    return ", ".join(place_name(value, dimension) for dimension, value in row.values.items())


def dimension_name(dimension: str) -> str:
    """Return the word for a dimension."""
    return str(gettext(DIMENSIONS[dimension]))


def days_text(days: Days) -> str:
    """Return the period as two dates."""
    return f"{day_text(days.first)} – {day_text(days.last)}"


def bucket_label(bucket: Bucket, unit: Unit) -> str:
    """Return the short name of a stretch of time, as it stands under a chart."""
    patterns = {"week": gettext("d MMM"), "month": "MMM yy", "quarter": "QQQ yy"}
    return str(format_date(bucket.start, patterns[unit]))


def extent_word(extent: Extent) -> str:
    """Return how much of a stretch of time is in its figure; nothing for all of it."""
    words = {"whole": "", "so_far": gettext("so far"), "in_part": gettext("in part")}
    return str(words[extent])


def day_text(day: date) -> str:
    """Return a day with its year."""
    return plain_day(day)


def has_a_side(change: Verdict) -> bool:
    """Tell whether a difference would be clear if nothing else had been compared: its interval leaves out 0."""
    return change.interval is not None and not change.interval.low <= 0 <= change.interval.high


def groups_text(verdict: Verdict, kind: str, first: str, second: str) -> str:
    """Return one sentence on whether the score of a group differs from another's, and by how much."""
    if verdict.difference is None or verdict.interval is None:
        return str(gettext("One of the two groups has no answers in these days."))
    values = {"first": first, "second": second, "range": range_text(verdict, kind)}
    if verdict.outcome == "too_few":
        phrase = gettext(
            "Too few answers to say whether “%(first)s” differs from “%(second)s” (%(range)s).", **values
        )
    elif verdict.outcome == "not_distinguishable" and has_a_side(verdict):
        if verdict.difference < 0:
            phrase = gettext(
                "Perhaps “%(first)s” is lower than “%(second)s”;"
                " among all that is compared here it may be chance (%(range)s).",
                **values,
            )
        else:
            phrase = gettext(
                "Perhaps “%(first)s” is higher than “%(second)s”;"
                " among all that is compared here it may be chance (%(range)s).",
                **values,
            )
    elif verdict.outcome == "not_distinguishable":
        phrase = gettext("No clear difference between “%(first)s” and “%(second)s” (%(range)s).", **values)
    else:
        values["points"] = points_text(verdict.difference, kind)
        if verdict.difference < 0:
            phrase = gettext(
                "“%(first)s” is %(points)s lower than “%(second)s”: more than chance (%(range)s).", **values
            )
        else:
            phrase = gettext(
                "“%(first)s” is %(points)s higher than “%(second)s”: more than chance (%(range)s).", **values
            )
    return str(phrase)


def points_text(difference: float, kind: str) -> str:
    """Return the size of a difference, in points of the NPS, percentage points or stars."""
    if is_mean(kind):
        return str(gettext("%(size)s stars", size=number(abs(difference), MEAN_DIGITS)))
    points = abs(rounded(difference))
    if HEADLINES[kind] == "net":
        return str(ngettext("%(num)s point", "%(num)s points", points))
    return str(ngettext("%(num)s percentage point", "%(num)s percentage points", points))


def range_text(change: Verdict, kind: str) -> str:
    """Return the interval of a difference with signs, such as "−3 to +21"."""
    if change.interval is None:
        return "–"
    low, high = with_sign(change.interval.low, kind), with_sign(change.interval.high, kind)
    return str(gettext("%(low)s to %(high)s", low=low, high=high))


def chance_text(p: float) -> str:
    """Return a probability with three decimals, a smaller one as less than that."""
    least = 0.001
    return f"< {number(least, 3)}" if p < least else number(p, 3)


def unbroken(sentence: str) -> str:
    """Return a sentence whose intervals in brackets, such as "(−10 to +19 points)", stand in one line each."""
    return INTERVAL.sub(lambda found: found[0].replace(" ", NBSP), sentence)


def with_sign(value: float, kind: str) -> str:
    """Return a difference in points with its sign, such as "+21" or "−0.13"."""
    if is_mean(kind):
        exact = number(abs(value), MEAN_DIGITS)
        return f"+{exact}" if value > 0 else f"\N{MINUS SIGN}{exact}"
    whole = rounded(value)
    return f"+{whole}" if whole > 0 else signed(whole)


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        metric_name,
        is_mean,
        headline,
        mood_of,
        group_word,
        group_words,
        reading_word,
        score_text,
        interval_text,
        place_name,
        names_of_values,
        where_text,
        dimension_name,
        days_text,
        bucket_label,
        extent_word,
        day_text,
        has_a_side,
        groups_text,
        points_text,
        chance_text,
        is_one_mind,
        range_text,
        unbroken,
        with_sign,
    ):
        app.add_template_filter(function)
